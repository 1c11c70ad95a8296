"""The default engine: math-core, in Rust, strict and fast."""

from __future__ import annotations

import re
from importlib.metadata import version

from math_core import LatexError, LatexToMathML

from notesite.math.engines import COLON, EngineError
from notesite.math.engines.mathcore_commands import COMMANDS, SYMBOLS
from notesite.patterns import pattern

_MESSAGE = pattern(r"(\d+): (.*)", re.DOTALL)


class MathCoreEngine:
    """math-core behind the protocol; its errors carry the offset in code points."""

    name = "math-core"
    commands = COMMANDS | SYMBOLS

    def __init__(self) -> None:
        # "Unreliable" are only the wide accents, whose stretching depends on the font.
        self._converter = LatexToMathML(fancy_error=False, allow_unreliable_rendering=True)
        self.version = version("math-core")

    def convert(self, tex: str, display: bool) -> str:
        """The formula as MathML; raises EngineError."""
        try:
            mathml = self._converter.convert_with_local_state(tex, displaystyle=display)
        except LatexError as error:
            match = _MESSAGE.fullmatch(str(error))
            if match is None:
                raise EngineError(0, str(error)) from error
            raise EngineError(int(match[1]), match[2]) from error
        return mathml.replace("<mi>:</mi>", COLON) if "\\colon" in tex else mathml
