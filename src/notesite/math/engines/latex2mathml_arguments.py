r"""What stands behind a command and is misread by latex2mathml.

Arguments without braces it takes for whole numbers, where `\sqrt12` is √1 2; of `\nolimits` behind
an operator it makes nothing in a display, of `\limits` nothing in a line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.tex import braced
from notesite.patterns import pattern

if TYPE_CHECKING:
    from notesite.math.tex import Token, TokenStream

_ACCENTS = (
    "acute bar breve check dot ddot dddot ddddot grave hat mathring tilde vec "
    "overline underline widehat widetilde overrightarrow overleftarrow"
)

DIGITS_APART: dict[str, int] = {
    **dict.fromkeys(("binom", "dbinom", "tbinom", "overset", "underset", "stackrel"), 2),
    **dict.fromkeys(("sqrt", "phantom", "boxed", "cancel", "bcancel", "xcancel"), 1),
    **dict.fromkeys(_ACCENTS.split(), 1),
}
"""The commands whose arguments are looked at, by how many they have."""


_SWITCHES = frozenset({"limits", "nolimits"})
MOVABLE = pattern(r' movablelimits="true"')
"""What makes the place of an operator's scripts depend on whether it stands in a display."""


def limits_behind(stream: TokenStream) -> str:
    r"""The last of the `\limits` and `\nolimits` that come next, all taken away; empty for none."""
    found = ""
    while (name := _next_name(stream)) in _SWITCHES:
        found = name
        stream.skip_space()
        stream.pop()
    return found


def _next_name(stream: TokenStream) -> str:
    following = stream.peek()
    if following is not None and following.is_space:
        following = next(iter(stream.upcoming(2)[1:]), None)
    return following.name if following else ""


def digits_apart(command: Token, stream: TokenStream) -> None:
    """Puts braces around each argument of `command` that is a digit with others behind it.

    Raises MissingArgumentError or UnclosedGroupError.
    """
    following = stream.peek()
    if following is None or following.text == "{":
        return
    ahead: list[Token] = []
    if following.text == "[" and command.name == "sqrt":
        option = stream.bracketed() or []
        ahead += [following, *option, following.replaced("]")]
    for _ in range(DIGITS_APART[command.name]):
        stream.skip_space()
        is_group = (opening := stream.peek()) is not None and opening.text == "{"
        argument = stream.argument()
        is_digit = argument[:1] != [] and argument[0].text.isdecimal()
        ahead += braced(argument, command) if is_group or is_digit else argument
    stream.push(ahead)
