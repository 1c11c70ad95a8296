"""Equation numbers, labels and references of one note, the same whatever the engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from notesite.diagnostics import Related, diagnose
from notesite.math.environments import Numbering
from notesite.math.mathml import EquationNumber
from notesite.math.reading import ReferenceHole
from notesite.math.tags import Tags, names_in, text_of
from notesite.math.values import EquationLabel
from notesite.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from notesite.diagnostics import Diagnostic
    from notesite.math.reading import Reading, Row
    from notesite.math.tex import Token
    from notesite.math.values import Formula, MathSettings
    from notesite.spans import Span


Labels = Mapping[str, EquationLabel]
NO_LABELS: Labels = MappingProxyType({})


class Numbers(NamedTuple):
    """The numbers of a formula: of the whole of it, or row by row.

    `anchor` is the id of a formula that has a name as a whole though its rows are numbered.
    """

    rows: tuple[EquationNumber | None, ...] = ()
    whole: EquationNumber | None = None
    anchor: str = ""


class NoteNumbering:
    """Counts the equations of a note and knows their labels.

    `referenced` has the names of all labels that the note's references name, `known` the labels as
    an earlier count has them, for tags that refer to them.
    """

    def __init__(
        self,
        file: str,
        settings: MathSettings,
        referenced: AbstractSet[str] = frozenset(),
        known: Mapping[str, EquationLabel] = NO_LABELS,
    ) -> None:
        self.labels: dict[str, EquationLabel] = {}
        self._referenced = referenced
        self._known = known
        self._file = file
        self._diagnostics: list[Diagnostic] = []
        self._policy = settings.number
        self._by_section = settings.number_by_section
        self._counts: Counter[str] = Counter()
        self._anchors: set[str] = set()
        self._tags = Tags(file)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is wrong with labels and tags."""
        return *self._diagnostics, *self._tags.diagnostics

    def number(self, formula: Formula, reading: Reading) -> Numbers:
        """The numbers of the formula, which comes after all that were numbered before."""
        if not formula.display:
            return Numbers()
        if reading.subequations:
            return self._subequations(formula, reading)
        counting = _Counting(self, formula)
        rows = self._rows(formula, reading, counting)
        if rows is not None:
            anchor = self._name_all(formula, rows) if formula.block_id else ""
            return Numbers(rows if any(rows) else (), anchor=anchor)
        is_numbered = reading.top.numbering is not Numbering.NONE
        by_default = is_numbered or (self._policy == "all" and not reading.name)
        return Numbers(
            whole=self._row(formula, reading.rows, counting, formula.block_id, by_default)
        )

    def next_number(self, formula: Formula) -> str:
        """The number that the next equation has, which is that of `formula`."""
        section = formula.section if self._by_section else ""
        self._counts[section] += 1
        return f"{section}.{self._counts[section]}" if section else str(self._counts[section])

    def _rows(
        self, formula: Formula, reading: Reading, counting: _Counting
    ) -> tuple[EquationNumber | None, ...] | None:
        """The numbers row by row; None for a formula that has one number as a whole."""
        numbering = reading.top.numbering
        is_named = numbering is Numbering.NONE and reading.name != ""
        if len(reading.rows) == 1 or not (numbering is Numbering.ROWS or is_named):
            return None
        by_default = numbering is Numbering.ROWS
        return tuple(self._row(formula, [row], counting, "", by_default) for row in reading.rows)

    def _subequations(self, formula: Formula, reading: Reading) -> Numbers:
        number = self.next_number(formula)
        label = reading.parent_label
        anchor = ""
        if label or formula.block_id:
            anchor = self._anchor(label[0] if label else formula.block_id, number)
        if label:
            self._label(formula, label, number, anchor)
        if formula.block_id:
            self._block_label(formula, number, anchor)
        counting = _Counting(self, formula, number)
        rows = self._rows(formula, reading, counting)
        if rows is not None:
            return Numbers(rows, anchor=anchor)
        return Numbers(whole=self._row(formula, reading.rows, counting, "", True), anchor=anchor)

    def _name_all(self, formula: Formula, rows: tuple[EquationNumber | None, ...]) -> str:
        """Names a formula with numbered rows by its block id, as the first of its numbers."""
        shown = next((row.shown for row in rows if row is not None), "")
        number = shown.removeprefix("(").removesuffix(")")
        anchor = self._anchor(formula.block_id, number)
        self._block_label(formula, number, anchor)
        return anchor

    def _row(
        self,
        formula: Formula,
        rows: list[Row],
        counting: _Counting,
        block_id: str,
        by_default: bool,
    ) -> EquationNumber | None:
        tags = [row.tag for row in rows if row.tag is not None]
        labels = [row.label for row in rows if row.label is not None]
        is_refused = any(row.is_unnumbered for row in rows)
        if tags:
            text = text_of(tags[0], self._known)
            self._tags.write(formula, tags[0], text)
            if names_in(tags[0]):
                own = labels[0][0] if labels else ""
                self._tags.refer(formula, tags[0], text, self._known, own)
            shown = f"({text})" if tags[0].parentheses else text
        elif self._is_counted(
            [name for name, _ in labels], block_id, by_default=by_default, is_refused=is_refused
        ):
            text = counting.following()
            self._tags.count(formula, text, labels[0][1] if labels else None)
            shown = f"({text})"
        elif labels:
            text = shown = ""
        else:
            return None
        anchor = self._anchor(labels[0][0] if labels else block_id, text)
        for label in labels:
            self._label(formula, label, text, anchor)
        if block_id:
            self._block_label(formula, text, anchor)
        return EquationNumber(shown, anchor)

    def _is_counted(
        self, labels: list[str], block_id: str, *, by_default: bool, is_refused: bool
    ) -> bool:
        r"""Whether an equation without a tag gets a number.

        One that `\notag` refuses has none, unless what names it is referred to.
        """
        if block_id:
            return True
        if self._policy == "referenced" or is_refused:
            return not self._referenced.isdisjoint(labels)
        return by_default or bool(labels)

    def _anchor(self, label: str, number: str) -> str:
        name = label.removeprefix("eq:").removeprefix("eq-")
        base = f"eq-{slugify(name) or slugify(number.replace('.', '-')) or 'tag'}"
        anchor = base
        copies = 1
        while anchor in self._anchors:
            copies += 1
            anchor = f"{base}-{copies}"
        self._anchors.add(anchor)
        return anchor

    def _label(self, formula: Formula, label: tuple[str, Token], number: str, anchor: str) -> None:
        name, token = label
        span = formula.origin.span(token.start, token.end)
        first = self.labels.get(name)
        if first is None:
            self.labels[name] = EquationLabel(name, number, anchor, span)
            return
        self._say_twice(f"the label '{name}'", span, first.span)

    def _say_twice(self, what: str, span: Span, first: Span | None) -> None:
        related = (Related("the first equation of this label", self._file, first),)
        message = f"{what} is given twice"
        self._diagnostics.append(
            diagnose("math-label-duplicate", message, self._file, span, related=related)
        )

    def _block_label(self, formula: Formula, number: str, anchor: str) -> None:
        name = f"^{formula.block_id}"
        span = formula.origin.span(0, 1)
        first = self.labels.setdefault(name, EquationLabel(name, number, anchor, span))
        if first.span is not span:
            self._say_twice(f"the block id '{name}'", span, first.span)


class _Counting:
    """The numbers of a formula's equations: the note's next ones, or parts of `parent`."""

    def __init__(self, numbering: NoteNumbering, formula: Formula, parent: str = "") -> None:
        self._numbering = numbering
        self._formula = formula
        self._parent = parent
        self._parts = 0

    def following(self) -> str:
        """The next number."""
        if not self._parent:
            return self._numbering.next_number(self._formula)
        self._parts += 1
        return self._parent + _letters(self._parts)


def _letters(count: int) -> str:
    """1 as `a`, 26 as `z`, 27 as `aa`."""
    text = ""
    while count:
        count, rest = divmod(count - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def references_in(readings: Iterable[Reading]) -> set[str]:
    """The names of all labels that these formulas refer to."""
    return {
        name
        for reading in readings
        for hole in reading.holes
        if isinstance(hole, ReferenceHole)
        for name in hole.names
    }


def references_in_tags(readings: Iterable[Reading]) -> set[str]:
    """The names of all labels that the tags of these formulas refer to."""
    return {
        name
        for reading in readings
        for row in reading.rows
        if row.tag is not None
        for name in names_in(row.tag)
    }
