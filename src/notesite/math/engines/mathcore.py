"""The default engine: math-core, in Rust, strict and fast."""

from __future__ import annotations

import re
from pathlib import Path

import math_core
from math_core import LatexError, LatexToMathML

from notesite.math.engines.engine import COLON, EngineError
from notesite.math.engines.mathcore_commands import COMMANDS, SYMBOLS
from notesite.patterns import pattern

_MESSAGE = pattern(r"(\d+): (.*)", re.DOTALL)
_FRAKTUR = pattern(r"\\(?:math)?frak(?![A-Za-z])\s*(?:\{(?:[^{}]|\{[^{}]*\})*\}|I)")


def _version() -> str:
    """The version of math-core, from the name of the folder that describes it.

    `importlib.metadata`, which would be asked otherwise, takes longer to import than math-core.
    """
    folders = Path(math_core.__file__).parents[1].glob("math_core-*.dist-info")
    found = [each.name.removesuffix(".dist-info").partition("-")[2] for each in folders]
    if len(found) == 1:
        return found[0]
    from importlib.metadata import version  # noqa: PLC0415 - as said

    return version("math-core")


class MathCoreEngine:
    """math-core behind the protocol; its errors carry the offset in code points."""

    name = "math-core"
    commands = COMMANDS | SYMBOLS

    def __init__(self) -> None:
        # "Unreliable" are only the wide accents, whose stretching depends on the font.
        self._converter = LatexToMathML(fancy_error=False, allow_unreliable_rendering=True)
        self.version = _version()

    def convert(self, tex: str, display: bool) -> str:
        """The formula as MathML; raises EngineError."""
        if "frak" in tex:
            # math-core takes the capital I for a double-struck H.
            tex = _FRAKTUR.sub(lambda match: match[0].replace("I", "\u2111"), tex)
        try:
            mathml = self._converter.convert_with_local_state(tex, displaystyle=display)
        except LatexError as error:
            match = _MESSAGE.fullmatch(str(error))
            if match is None:
                raise EngineError(0, str(error)) from error
            raise EngineError(int(match[1]), match[2]) from error
        return mathml.replace("<mi>:</mi>", COLON) if "\\colon" in tex else mathml
