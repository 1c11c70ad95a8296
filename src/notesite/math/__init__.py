"""LaTeX in, MathML Core out: the formulas of a note with their numbers, labels and errors."""

from notesite.math.compiler import MathCompiler
from notesite.math.macros import macro_from_text
from notesite.math.readable import tex_to_text
from notesite.math.values import (
    CompiledMath,
    EquationLabel,
    Formula,
    Macro,
    MathSettings,
    OpenReference,
    Preamble,
    Rendered,
)

__all__ = [
    "CompiledMath",
    "EquationLabel",
    "Formula",
    "Macro",
    "MathCompiler",
    "MathSettings",
    "OpenReference",
    "Preamble",
    "Rendered",
    "macro_from_text",
    "tex_to_text",
]
