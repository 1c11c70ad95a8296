r"""`\require{physics}`, by which notes for MathJax load what a set of macros has here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.macro_sets import MACRO_SETS
from notesite.math.tex import join

if TYPE_CHECKING:
    from notesite.diagnostics import Related
    from notesite.math.reader import FormulaReader
    from notesite.math.scope import Scope
    from notesite.math.tex import Token

PACKAGES: dict[str, str] = {"physics": "physics"}
"""The packages by the set of macros that says the same."""


def require(reader: FormulaReader, token: Token) -> None:
    r"""`\require{physics}`: a set of macros, from here to the end of the note.

    What other packages of MathJax define is there without them.
    """
    name = join(reader.stream.argument()).strip()
    if adopt_package(name, reader.scope, reader.locate(token)):
        reader.reading.defines = True


def adopt_package(name: str, scope: Scope, place: Related | None) -> bool:
    """Brings into force what a package defines; whether there is anything."""
    name = name.removeprefix("[tex]/")
    if name not in PACKAGES:
        return False
    scope.adopt(MACRO_SETS[PACKAGES[name]], place)
    return True
