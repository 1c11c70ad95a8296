"""The other engine, by choice: latex2mathml, in a wrapper that makes it strict.

On its own it prints what it does not know as if it were a name, lets markup through, and collapses
some environments to a line. So texts, tables, names of operators and changes of alphabet are made
here and stand in its input as characters; it gets only commands that are known to come out right,
and its output is built anew in MathML Core.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from notesite.math.engines.engine import EngineError
from notesite.math.engines.latex2mathml_commands import COMMANDS
from notesite.math.engines.latex2mathml_conversion import Conversion
from notesite.math.engines.placing import placed
from notesite.math.tex import MissingArgumentError, UnclosedGroupError, tokenize

if TYPE_CHECKING:
    from notesite.math.tex import Token


class Latex2MathmlEngine:
    """latex2mathml behind the protocol; its errors carry no offset, so that one is looked for."""

    name = "latex2mathml"
    commands = COMMANDS

    def __init__(self) -> None:
        self.version = version("latex2mathml")

    def convert(self, tex: str, display: bool) -> str:
        """The formula as MathML; raises EngineError."""
        try:
            return self._converted(tex, display)
        except EngineError as error:
            if error.offset >= 0:
                raise
            raise placed(error, tex, lambda part: self._converted(part, display)) from error

    def _converted(self, tex: str, display: bool) -> str:
        tokens = tokenize(tex)
        _check_braces(tokens)
        try:
            content = Conversion(display=display).formula(tokens)
        except MissingArgumentError:
            raise EngineError(-1, "Expected argument but reached end of input.") from None
        except UnclosedGroupError as error:
            raise EngineError(error.token.start, 'Expected closing token "}", but') from None
        block = ' display="block"' if display else ""
        return f"<math{block}>{content}</math>"


def _check_braces(tokens: list[Token]) -> None:
    """Raise EngineError at a brace without its partner, which latex2mathml passes over."""
    opened: list[Token] = []
    for token in tokens:
        if token.text == "{":
            opened.append(token)
        elif token.text == "}":
            if not opened:
                raise EngineError(token.start, 'Unmatched closing token: "}".')
            opened.pop()
    if opened:
        raise EngineError(opened[-1].start, 'Expected closing token "}", but')
