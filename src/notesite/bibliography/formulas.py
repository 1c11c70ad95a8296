"""Formulas in titles and notes of entries, compiled as those of notes are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.bibliography.entries import formulas_in
from notesite.math import Formula
from notesite.spans import Origin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from notesite.bibliography.entries import Entry
    from notesite.diagnostics import Diagnostic
    from notesite.math import MathCompiler


def compile_formulas(
    entries: Iterable[Entry], compiler: Callable[[], MathCompiler]
) -> tuple[dict[str, tuple[str, str]], tuple[Diagnostic, ...]]:
    """The HTML and the readable text of each formula in the entries that has no fault, by its TeX.

    `compiler` is asked for only when there is a formula.
    """
    compiled: dict[str, tuple[str, str]] = {}
    problems: list[Diagnostic] = []
    for entry in entries:
        missing = [tex for tex in formulas_in(entry) if tex not in compiled]
        if not missing:
            continue
        place = entry.span.start if entry.span else None
        origin = Origin.at(place.line, place.column) if place else Origin.at(1, 1)
        formulas = [Formula(tex, False, origin) for tex in missing]
        result = compiler().compile(formulas, entry.file)
        for tex, rendered in zip(missing, result.formulas, strict=True):
            if not rendered.failed:
                compiled[tex] = (rendered.html, rendered.say())
        problems.extend(result.diagnostics)
    return compiled, tuple(problems)
