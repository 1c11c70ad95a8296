"""The other engine, by choice: latex2mathml, in a wrapper that makes it strict.

On its own it prints what it does not know as if it were a name, lets markup through, and collapses
some environments to a line. So texts, tables, names of operators and changes of alphabet are made
here and stand in its input as characters; it gets only commands that are known to come out right,
and its output is built anew in MathML Core. Of mistakes it sees few: in `{1^}` the closing brace
is an exponent to it. So the default engine, which takes a hundredth of the time, looks at all that
it accepts.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from notesite.math.engines.engine import EngineError
from notesite.math.engines.latex2mathml_choices import chosen
from notesite.math.engines.latex2mathml_commands import COMMANDS
from notesite.math.engines.latex2mathml_conversion import UPRIGHT, Conversion
from notesite.math.engines.mathcore import MathCoreEngine
from notesite.math.engines.placing import placed
from notesite.math.lacking import refuse_script_as_argument
from notesite.math.tex import MissingArgumentError, UnclosedGroupError, tokenize

if TYPE_CHECKING:
    from notesite.math.tex import Token

_MISTAKES = (
    "Duplicate subscript", "'^' or '_' directly", "Expected argument", "Expected closing token",
    "Unmatched closing token", "An argument of", "Found more than one infix",
    "There must be a parenthesis", 'Unknown command "\\"', 'Found "\\limits"', 'Found "\\nolimits"',
)  # fmt: skip
"""How the default engine's messages begin that are about the formula, whatever the engine."""


class Latex2MathmlEngine:
    """latex2mathml behind the protocol; its errors carry no offset, so that one is looked for."""

    name = "latex2mathml"
    commands = COMMANDS

    def __init__(self) -> None:
        self._reviewer = MathCoreEngine()
        self.version = f"{version('latex2mathml')} with {self._reviewer.version}"

    def convert(self, tex: str, display: bool) -> str:
        """The formula as MathML; raises EngineError."""
        try:
            converted = self._converted(tex, display)
        except EngineError as error:
            if error.offset >= 0:
                raise
            raise placed(error, tex, lambda part: self._converted(part, display)) from error
        self._review(tex, display)
        return converted

    def _review(self, tex: str, display: bool) -> None:
        """Raises EngineError for a mistake that latex2mathml makes something of."""
        try:
            reviewed = self._reviewer.convert(tex, display)
            if "<mrow></mrow>" in reviewed or "<mi></mi>" in reviewed:
                refuse_script_as_argument(tex)
        except EngineError as error:
            if error.message.startswith(_MISTAKES):
                raise

    def _converted(self, tex: str, display: bool) -> str:
        tokens = tokenize(tex)
        _check_braces(tokens)
        try:
            if "\\mathchoice" in tex:
                tokens = chosen(tokens, 0 if display else 1)
            content = Conversion(display=display).formula(tokens)
        except MissingArgumentError:
            raise EngineError(-1, "Expected argument but reached end of input.") from None
        except UnclosedGroupError as error:
            raise EngineError(error.token.start, 'Expected closing token "}", but') from None
        block = ' display="block"' if display else ""
        return f"<math{block}>{content}</math>".replace(UPRIGHT + ">", UPRIGHT[:-1] + ">")


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
