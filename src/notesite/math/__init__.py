"""LaTeX in, MathML Core out: the formulas of a note with their numbers, labels and errors.

The values are here at once; what works on them is imported when it is first asked for, as a run
that parses nothing needs none of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from notesite.math.values import (
    CompiledMath,
    EquationLabel,
    Formula,
    Macro,
    MathSettings,
    OpenReference,
    Preamble,
    Rendered,
    UsedSymbol,
)

if TYPE_CHECKING:
    from notesite.math.compiler import MathCompiler
    from notesite.math.diagrams.document import diagrams_of
    from notesite.math.macros import macro_from_text
    from notesite.math.readable import tex_to_text

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
    "UsedSymbol",
    "diagrams_of",
    "macro_from_text",
    "tex_to_text",
]

_WORKING = {
    "MathCompiler": "compiler", "diagrams_of": "diagrams.document",
    "macro_from_text": "macros", "tex_to_text": "readable",
}  # fmt: skip


def __getattr__(name: str) -> object:
    if name not in _WORKING:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WORKING[name]}"), name)
