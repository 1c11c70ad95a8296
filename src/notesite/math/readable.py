"""A formula as readable Unicode text: for titles, feeds, search and those who copy.

Nothing here ever fails: what cannot be said in plain text stays as its name or falls away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.bodies import parts
from notesite.math.macros import Expander, MacroError
from notesite.math.readable_constructs import CONSTRUCTS, say_word, symbol_of
from notesite.math.readable_tokens import Pending, argument, bracketed, rest_of_group, skip_space
from notesite.math.spoken import (
    FUNCTIONS,
    LOOSE,
    SIGNS,
    lowered,
    raised,
)
from notesite.math.supplement import SUPPLEMENT
from notesite.math.tex import (
    MissingArgumentError,
    Token,
    TokenStream,
    UnclosedGroupError,
    texts_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notesite.math.values import Macro

_DEPTH_LIMIT = 50
_EXPANSION_LIMIT = 500
_SIZE_LIMIT = 20_000
_PLAIN = {"&": " ", "$": "", "#": "", "}": "", "~": " ", "=": " = ", "<": " < ", ">": " > "}
_MARKS = ("<", ">", "=", "~")

_NO_ALIASES: Mapping[str, str] = {}


def tex_to_text(
    tex: str, macros: Mapping[str, Macro], aliases: Mapping[str, str] = _NO_ALIASES
) -> str:
    r"""The formula `tex` in Unicode, such as `σ_max(A+B)` or `x²`, on one line.

    `aliases` has what `\let` made: the commands that stand for other ones.
    """
    text = _Speaker(macros, aliases).say(texts_of(tex))
    if "′′" in text:
        text = text.replace("′′′", "‴").replace("′′", "″")
    return " ".join(text.split())


class _Speaker:
    """Turns tokens into text; one per formula, so that its expansions are counted together."""

    def __init__(self, macros: Mapping[str, Macro], aliases: Mapping[str, str]) -> None:
        self.macros = macros
        self._aliases = aliases
        self._expansions = 0
        self._size = 0
        self._depth = 0

    def say(self, texts: list[str]) -> str:
        """The text of tokens, those of groups inside of them included."""
        if self._depth >= _DEPTH_LIMIT:
            return ""
        self._depth += 1
        said: list[str] = []
        pending = texts[::-1]
        while pending:
            text = pending.pop()
            if text[0] == "\\":
                self._command(text[1:], pending, said)
            elif text in {"^", "_"}:
                said.append(self._script(text, pending))
            elif text == "{":
                said.append(self.say(rest_of_group(pending)))
            elif text == "'":
                said.append("′")
            else:
                said.append(_plain(text))
        self._depth -= 1
        return "".join(said)

    def argument(self, pending: Pending) -> str:
        """The next argument, said."""
        return self.say(argument(pending)).strip()

    def _script(self, sign: str, pending: Pending) -> str:
        skip_space(pending)
        if pending and pending[-1][0] == "\\":
            said: list[str] = []
            self._command(pending.pop()[1:], pending, said, is_script=True)
            script = "".join(said).strip()
        else:
            script = self.argument(pending)
        return raised(script) if sign == "^" else lowered(script)

    def _command(
        self, name: str, pending: Pending, said: list[str], *, is_script: bool = False
    ) -> None:
        if name.isalpha():
            skip_space(pending)
        name = self._aliases.get(name, name)
        if name in _CLOSING:
            _drop_space(said)
        macro = self.macros.get(name) or (None if name in SIGNS else SUPPLEMENT.get(name))
        if macro is not None:
            expansion = self._expansion(macro, pending)
            if is_script:
                said.append(self.say(expansion))
            else:
                pending.extend(reversed(expansion))
        elif name in SIGNS:
            said.append(SIGNS[name])
        elif name in FUNCTIONS:
            say_word(FUNCTIONS[name], pending, said)
        elif name in CONSTRUCTS:
            CONSTRUCTS[name](self, name, pending, said)
        else:
            symbol = symbol_of(name)
            said.append(f"\\{name} " if symbol is None else LOOSE.get(symbol, symbol))

    def _expansion(self, macro: Macro, pending: Pending) -> list[str]:
        self._expansions += 1
        if self._expansions > _EXPANSION_LIMIT or self._size > _SIZE_LIMIT:
            return []
        if macro.form or macro.delimiters:
            return self._looked_ahead(macro, pending)
        arguments: list[list[str]] = []
        if macro.default is not None:
            given = bracketed(pending)
            arguments.append(texts_of(macro.default) if given is None else given)
        while len(arguments) < macro.arguments:
            arguments.append(argument(pending))
        expansion: list[str] = []
        for part in parts(macro.body):
            expansion.extend(arguments[part - 1] if isinstance(part, int) else part)
        self._size += len(expansion)
        return expansion

    def _looked_ahead(self, macro: Macro, pending: Pending) -> list[str]:
        """The expansion of a macro that reads its arguments in a way of its own."""
        nowhere = Token("{", 0, 0)
        stream = TokenStream(map(nowhere.replaced, reversed(pending)))
        try:
            expansion = Expander().expand(macro, nowhere, stream)
        except (MacroError, MissingArgumentError, UnclosedGroupError):
            return []
        pending[:] = [token.text for token in stream][::-1]
        self._size += len(expansion)
        return [token.text for token in expansion]


_CLOSING = frozenset({"rVert", "rvert", "rangle", "rfloor", "rceil", "rbrace"})
"""The commands before which a blank of the source is none in the text."""


def _drop_space(said: list[str]) -> None:
    while said and not said[-1].strip():
        said.pop()
    if said:
        said[-1] = said[-1].rstrip()


def _plain(text: str) -> str:
    if text in _PLAIN:
        return _PLAIN[text]
    if text.isspace():
        return " "
    for mark in _MARKS:
        if mark in text:
            text = text.replace(mark, _PLAIN[mark])
    return text
