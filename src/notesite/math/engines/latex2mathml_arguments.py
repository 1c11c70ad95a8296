r"""Arguments without braces, which latex2mathml takes for whole numbers: `\sqrt12` is √1 2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.tex import braced

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
