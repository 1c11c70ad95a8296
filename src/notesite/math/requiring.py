r"""`\require{physics}`, by which notes for MathJax load what a set of macros has here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.definitions import Definition
from notesite.math.macro_sets import MACRO_SETS
from notesite.math.tex import join

if TYPE_CHECKING:
    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token

PACKAGES: dict[str, str] = {"physics": "physics"}
"""The packages by the set of macros that says the same."""


def require(reader: FormulaReader, token: Token) -> None:
    r"""`\require{physics}`: a set of macros, from here to the end of the note.

    What other packages of MathJax define is there without them.
    """
    name = join(reader.stream.argument()).strip()
    if name not in PACKAGES:
        return
    for macro, made in MACRO_SETS[PACKAGES[name]].items():
        if macro not in reader.scope.macros:
            reader.scope.define("def", Definition(macro, made), reader.locate(token))
    reader.reading.defines = True
