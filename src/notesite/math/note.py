"""One note on its way: its formulas are read in order, then those that wait are rendered.

Two passes are needed, as a reference may name an equation that comes later. A formula that uses
nothing of ours takes the short way: it goes to the engine as it stands.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from notesite.diagnostics import Diagnostic, Related, diagnose
from notesite.math import mathml
from notesite.math.engines import EngineError
from notesite.math.limits import LENGTH_LIMIT, forbidden_character, printable, too_large
from notesite.math.numbering import (
    NO_LABELS,
    Labels,
    NoteNumbering,
    Numbers,
    references_in,
    references_in_tags,
)
from notesite.math.plain import plain_rows, plain_tex
from notesite.math.reading import Problem, Reading, ReferenceHole
from notesite.math.references import NUMBERS_ALONE, referring
from notesite.math.rendering import FormulaError, convert, render
from notesite.math.symbols import NoteNotation
from notesite.math.tex import tokenize
from notesite.math.values import ARRAY_STRETCH, CompiledMath, Formula, OpenReference, Rendered
from notesite.records import dataclass
from notesite.spans import Origin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from notesite.math.engines import Engine
    from notesite.math.scope import Scope
    from notesite.math.tex import Token
    from notesite.math.values import Macro, MathSettings

    InForce = tuple[Mapping[str, Macro], Mapping[str, str]]
    """The macros and the aliases at some place of a note."""

Cache = dict[tuple[str, bool, bool], Rendered]
"""Rendered formulas by their TeX, whether displayed, and whether within a line."""

_MILD = frozenset({"math-habit"})


_UNNUMBERED = Numbers()
_TAG_ROUNDS = 5
"""How many tags may refer to one another in a chain that runs against the order of the note."""


@dataclass(slots=True)
class _Read:
    """A formula between the two passes, in which it gets its numbers."""

    formula: Formula
    reading: Reading
    numbers: Numbers = _UNNUMBERED
    is_cacheable: bool = False
    is_plain: bool = False
    """Whether it was not read token by token."""
    in_force: InForce | None = None
    """What was in force where it stands, for its text."""


class NoteCompilation:
    """What the formulas of one note have in common while they are compiled."""

    def __init__(
        self, engine: Engine, scope: Scope, cache: Cache, file: str, settings: MathSettings
    ) -> None:
        self._engine = engine
        self._scope = scope
        self._cache = cache
        self._file = file
        self._settings = settings
        self._numbers_all = settings.number == "all"
        self._numbering = NoteNumbering(file, settings)
        self._diagnostics: list[Diagnostic] = []

    def run(
        self, formulas: Sequence[Formula], referenced: frozenset[str] = frozenset()
    ) -> CompiledMath:
        """Compiles all of the note's formulas; its text refers to the labels `referenced`."""
        for formula in formulas:
            if "||" in formula.tex:
                from notesite.math.errors import bars  # noqa: PLC0415 - few formulas have such

                self._report(formula, bars(formula.tex))
        read = [self._first_pass(formula) for formula in formulas]
        self._number(read, referenced)
        rendered = tuple(
            item if isinstance(item, Rendered) else self._second_pass(item) for item in read
        )
        labels = tuple(self._numbering.labels.values())
        notation = NoteNotation(self._scope, self._file, self._shown)
        doubts = notation.read(formulas)
        marked, symbols = notation.mark(formulas, rendered)
        problems = (*self._numbering.diagnostics, *self._diagnostics, *doubts)
        return CompiledMath(marked, labels, problems, symbols)

    def _shown(self, tex: str) -> Rendered:
        """A formula beside those of the note, about which nothing is said."""
        said = len(self._diagnostics)
        first = self._first_pass(Formula(tex, display=False, origin=Origin.at(1, 1)))
        shown = first if isinstance(first, Rendered) else self._second_pass(first)
        del self._diagnostics[said:]
        return shown

    def _first_pass(self, formula: Formula) -> Rendered | _Read:
        if formula.block_id or (self._numbers_all and formula.display):
            return self._read(formula)
        key = (formula.tex, formula.display, formula.inline)
        cached = self._cache.get(key)
        if cached is not None:
            return cached
        tex = plain_tex(formula.tex, self._scope)
        if tex is not None:
            rendered = self._short_way(formula, tex)
            if rendered is not None:
                self._cache[key] = rendered
                return rendered
        return self._read(formula)

    @property
    def _in_force(self) -> InForce:
        # Definitions make new mappings, so that these stay as they are now.
        return self._scope.macros, self._scope.aliases

    def _short_way(self, formula: Formula, tex: str) -> Rendered | None:
        try:
            content = convert(self._engine, tex, display=formula.display)
        except EngineError:
            return None
        return self._finished(formula, content, _UNNUMBERED)

    def _read(self, formula: Formula) -> Rendered | _Read:
        problem = _outright(formula.tex)
        if problem is not None:
            return self._failed(formula, [problem])
        plain = plain_rows(formula.tex, self._scope) if formula.display else None
        if plain is not None:
            return _Read(formula, plain, is_plain=True, in_force=self._in_force)
        reading = self._read_tokens(formula)
        return _Read(formula, reading, in_force=self._in_force)

    def _read_tokens(self, formula: Formula) -> Reading:
        from notesite.math.mouth import Mouth  # noqa: PLC0415 - most formulas are plain

        scope = self._scope
        stretch = scope.macros.get(ARRAY_STRETCH)

        def locate(token: Token) -> Related:
            place = formula.origin.span(token.start, token.end)
            return Related("the macro is defined here", self._file, place)

        reader = Mouth(scope, display=formula.display, locate=locate)
        reading = reader.read(tokenize(formula.tex))
        if "%" in formula.tex and not reading.defines:
            from notesite.math.errors import swallowed  # noqa: PLC0415 - few have one

            reading.problems.extend(swallowed(formula.tex))
        if reading.defines and not all(row.is_empty for row in reading.rows):
            scope.set_array_stretch(stretch)
        if reading.defines:
            # What was rendered before may now look otherwise, and here otherwise than elsewhere.
            self._cache = {}
        return reading

    def _number(self, read: Sequence[Rendered | _Read], referenced: frozenset[str]) -> None:
        """Numbers what was read, once it is known what is referred to."""
        waiting = [item for item in read if isinstance(item, _Read)]
        in_tags = references_in_tags(item.reading for item in waiting)
        in_formulas = references_in(item.reading for item in waiting)
        referenced = referenced | in_formulas | in_tags
        self._count(waiting, referenced)
        for _ in range(_TAG_ROUNDS if in_tags else 0):
            before = self._numbering.labels
            self._count(waiting, referenced, before)
            if self._numbering.labels == before:
                break

    def _count(
        self, waiting: Sequence[_Read], referenced: frozenset[str], known: Labels = NO_LABELS
    ) -> None:
        """Numbers these from the first on; tags refer to the labels `known`."""
        self._numbering = NoteNumbering(self._file, self._settings, referenced, known)
        for item in waiting:
            reading = item.reading
            item.numbers = self._numbering.number(item.formula, reading)
            has_references = any(isinstance(hole, ReferenceHole) for hole in reading.holes)
            is_bare = item.numbers == _UNNUMBERED and not item.formula.block_id
            is_cacheable = is_bare and not has_references and not reading.defines
            item.is_cacheable = is_cacheable and not reading.problems

    def _second_pass(self, read: _Read) -> Rendered:
        formula, reading = read.formula, read.reading
        bad = [problem for problem in reading.problems if problem.code not in _MILD]
        self._report(formula, [problem for problem in reading.problems if problem not in bad])
        if bad:
            return self._failed(formula, bad)
        if all(row.is_empty for row in reading.rows):
            return self._empty(formula, reading)
        try:
            return self._render(read)
        except FormulaError as error:
            if read.is_plain:
                return self._second_pass(self._again(read))
            return self._failed(formula, error.problems)

    def _again(self, read: _Read) -> _Read:
        """The formula read token by token, to say what is wrong with it and where."""
        reading = self._read_tokens(read.formula)
        return _Read(read.formula, reading, read.numbers, read.is_cacheable, in_force=read.in_force)

    def _render(self, read: _Read) -> Rendered:
        formula, reading, numbers = read.formula, read.reading, read.numbers
        references: list[OpenReference] = []
        alone = _lone_reference(reading)
        if alone is not None:
            html, text = self._refer(alone, formula, references)
            return Rendered(html, partial(str, text), references=tuple(references))

        def refer(hole: ReferenceHole) -> str:
            return f"<mtext>{self._refer(hole, formula, references)[0]}</mtext>"

        content = render(
            self._engine, reading, display=formula.display, refer=refer, numbers=numbers
        )
        rendered = self._finished(formula, content, numbers, read.in_force)
        if references:
            return rendered._replace(references=tuple(references))
        if read.is_cacheable:
            self._cache[formula.tex, formula.display, formula.inline] = rendered
        return rendered

    def _refer(
        self, hole: ReferenceHole, formula: Formula, references: list[OpenReference]
    ) -> tuple[str, str]:
        """The HTML and the text of a reference.

        It is left open where it needs words, or is to no equation of this note.
        """
        labels = self._numbering.labels
        name = hole.names[0]
        if hole.token.name in NUMBERS_ALONE and name in labels:
            return referring(hole.token.name, labels[name])
        span = formula.origin.span(hole.token.start, hole.token.end)
        references.append(OpenReference(hole.token.name, hole.names, span))
        return f"\0{len(references) - 1}\0", " ".join(formula.tex.split())

    def _finished(
        self, formula: Formula, content: str, numbers: Numbers, in_force: InForce | None = None
    ) -> Rendered:
        say = partial(_say, formula.tex, *(in_force or self._in_force))
        if formula.display and formula.inline:
            html = mathml.inline_display(content, formula.tex, numbers.whole)
        elif formula.display:
            shown = mathml.formula(content, formula.tex, display=True)
            html = mathml.block(shown, numbers.whole, numbers.anchor)
        else:
            html = mathml.formula(content, formula.tex, display=False)
        return Rendered(html, say)

    def _empty(self, formula: Formula, reading: Reading) -> Rendered:
        if formula.display and not reading.defines:
            problem = Problem("math-empty", "a display formula with nothing in it", 0, 1)
            self._report(formula, [problem])
        return Rendered("", str)

    def _failed(self, formula: Formula, problems: Sequence[Problem]) -> Rendered:
        from notesite.math.errors import prose_hint  # noqa: PLC0415 - most formulas are right

        hints = () if formula.display else prose_hint(formula.tex)
        self._report(formula, problems, hints)
        display = formula.display and not formula.inline
        html = mathml.failure(printable(formula.tex), problems[0].message, display=display)
        return Rendered(html, partial(str, formula.tex), failed=True)

    def _report(
        self, formula: Formula, problems: Sequence[Problem], hints: tuple[str, ...] = ()
    ) -> None:
        from notesite.math.blame import macro_at_fault  # noqa: PLC0415 - most formulas are right

        for problem in problems:
            span = formula.origin.span(problem.start, problem.end)
            source = formula.tex[problem.start : problem.end]
            origin, related = macro_at_fault(source, problem.message, self._scope.macros)
            self._diagnostics.append(
                diagnose(
                    problem.code, problem.message, self._file, span,
                    hints=(*problem.hints, *origin, *hints), related=related,
                )
            )  # fmt: skip


def _say(tex: str, macros: Mapping[str, Macro], aliases: Mapping[str, str]) -> str:
    """The formula as readable text, for the few of which that is asked."""
    from notesite.math.readable import tex_to_text  # noqa: PLC0415 - as said

    return tex_to_text(tex, macros, aliases)


def _outright(tex: str) -> Problem | None:
    """What is wrong with a formula that is not even to be read."""
    if len(tex) > LENGTH_LIMIT:
        return Problem("math-too-large", too_large(tex) or "", 0, 1)
    offset = forbidden_character(tex)
    if offset is None:
        return None
    message = f"the character U+{ord(tex[offset]):04X} cannot stand in a formula"
    return Problem("math-syntax", message, offset, offset + 1)


def _lone_reference(reading: Reading) -> ReferenceHole | None:
    """The reference that is the whole of the formula, if it is."""
    if len(reading.rows) != 1 or len(reading.holes) != 1 or reading.trailing:
        return None
    shown = [token for token in reading.rows[0].tokens if not token.is_space]
    hole = reading.holes[0]
    return hole if len(shown) == 1 and isinstance(hole, ReferenceHole) else None
