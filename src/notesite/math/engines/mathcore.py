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

# math-core takes the space of `\ ` and `~` for something that a sign may stand between.
_SPACE = "<mtext>\u00a0</mtext>"
_BEFORE_SIGN = (
    r"^<math[^>]*>|<m(?:row|td)>"
    r"|<mo(?: [^>]*)?>(?:[,;:=≤≥≠≈≡∈∼≃≅∝→⇒⇔↦⟹⟺(\[{⟨+−±×·⋅∧∨]|&[lg]t;)</mo>"
)
_SIGN_BEHIND_SPACE = pattern(
    rf"((?:{_BEFORE_SIGN})(?:<mspace[^>]*/>)*{_SPACE}(?:<mspace[^>]*/>|{_SPACE})*)<mo>([−+±∓])</mo>"
)
# Signs that browsers take for relations, with space beside them, and TeX does not.
_FENCE_WITH_SPACE = pattern(r"(<mo(?:(?! lspace)[^>])*)>(?=[\\⎰⎱]</mo>)")
# An arrow with a label has the space of a relation beside it, and would get a second one.
_LABELLED_ARROW = pattern(
    r'(<mspace width="0\.2777778em"/><m(?:under|over|underover)><mo)((?: stretchy="true")?>)'
)


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
        if f"{_SPACE}<m" in mathml:
            mathml = _SIGN_BEHIND_SPACE.sub(r'\1<mo lspace="0" rspace="0">\2</mo>', mathml)
        if '"0.4286em"' in mathml:
            mathml = _LABELLED_ARROW.sub(r'\1 lspace="0" rspace="0"\2', mathml)
        if "\\</mo>" in mathml or "moustache" in tex:
            mathml = _FENCE_WITH_SPACE.sub(r'\1 lspace="0" rspace="0">', mathml)
        return mathml.replace("<mi>:</mi>", COLON) if "\\colon" in tex else mathml
