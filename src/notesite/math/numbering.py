"""Equation numbers, labels and references of one note, the same whatever the engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from notesite.diagnostics import Related, diagnose
from notesite.math.environments import Numbering
from notesite.math.mathml import EquationNumber
from notesite.math.readable import tex_to_text
from notesite.math.reading import Problem
from notesite.math.values import EquationLabel
from notesite.text import did_you_mean, slugify

if TYPE_CHECKING:
    from notesite.diagnostics import Diagnostic
    from notesite.math.reading import Reading, ReferenceHole, Row, WrittenTag
    from notesite.math.tex import Token
    from notesite.math.values import Formula
    from notesite.spans import Span


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a formula: of the whole of it, or row by row."""

    whole: EquationNumber | None = None
    rows: tuple[EquationNumber | None, ...] = ()


class NoteNumbering:
    """Counts the equations of a note and knows their labels."""

    def __init__(self, file: str) -> None:
        self.labels: dict[str, EquationLabel] = {}
        self.diagnostics: list[Diagnostic] = []
        self._file = file
        self._count = 0
        self._anchors: set[str] = set()
        self._tags: dict[str, Span] = {}

    def number(self, formula: Formula, reading: Reading) -> Numbers:
        """The numbers of the formula, which comes after all that were numbered before."""
        numbering = reading.top.numbering
        if not formula.display:
            return Numbers()
        if numbering is Numbering.ROWS and len(reading.rows) > 1:
            rows = tuple(self._row(formula, [row], by_default=True) for row in reading.rows)
            return Numbers(rows=rows)
        if numbering is Numbering.NONE and len(reading.rows) > 1 and reading.name:
            rows = tuple(self._row(formula, [row], by_default=False) for row in reading.rows)
            return Numbers(rows=rows if any(rows) else ())
        is_numbered = numbering is not Numbering.NONE
        return Numbers(self._row(formula, reading.rows, by_default=is_numbered))

    def unknown(self, hole: ReferenceHole) -> Problem:
        """What to say of a reference to a label that is not in the note."""
        message = f"there is no equation labelled '{hole.name}' in this note"
        hints = did_you_mean(hole.name, self.labels)
        start, end = hole.token.start, hole.token.end
        return Problem("math-label-unknown", message, start, end, hints)

    def _row(self, formula: Formula, rows: list[Row], *, by_default: bool) -> EquationNumber | None:
        tags = [row.tag for row in rows if row.tag is not None]
        labels = [row.label for row in rows if row.label is not None]
        is_suppressed = any(row.is_unnumbered for row in rows)
        if tags:
            text = _tag_text(tags[0])
            self._check_tag(formula, tags[0], text)
            shown = f"({text})" if tags[0].parentheses else text
        elif labels or (by_default and not is_suppressed):
            self._count += 1
            text = str(self._count)
            shown = f"({text})"
        else:
            return None
        anchor = self._anchor(labels[0][0] if labels else "", text)
        for name, token in labels:
            self._label(formula, name, token, EquationLabel(name, text, anchor, None))
        return EquationNumber(shown, anchor)

    def _anchor(self, label: str, number: str) -> str:
        name = label.removeprefix("eq:").removeprefix("eq-")
        base = f"eq-{slugify(name) or slugify(number) or 'tag'}"
        anchor = base
        copies = 1
        while anchor in self._anchors:
            copies += 1
            anchor = f"{base}-{copies}"
        self._anchors.add(anchor)
        return anchor

    def _label(self, formula: Formula, name: str, token: Token, label: EquationLabel) -> None:
        span = formula.origin.span(token.start, token.end)
        first = self.labels.get(name)
        if first is None:
            self.labels[name] = EquationLabel(name, label.number, label.anchor, span)
            return
        related = (Related("the first equation of this label", self._file, first.span),)
        message = f"the label '{name}' is given twice"
        self.diagnostics.append(
            diagnose("math-label-duplicate", message, self._file, span, related=related)
        )

    def _check_tag(self, formula: Formula, tag: WrittenTag, text: str) -> None:
        span = formula.origin.span(tag.token.start, tag.token.end)
        first = self._tags.setdefault(text, span)
        if first is span:
            return
        related = (Related("the first equation of this tag", self._file, first),)
        message = f"the tag '{text}' is given twice"
        self.diagnostics.append(
            diagnose("math-label-duplicate", message, self._file, span, related=related)
        )


def _tag_text(tag: WrittenTag) -> str:
    return tex_to_text(f"\\text{{{tag.content}}}", {})
