"""The described symbols of one note: which it uses, where they are seen, what is said twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.diagnostics import Diagnostic, Related, diagnose
from notesite.math.notation import (
    DOCUMENTATION,
    documented,
    marked,
    marking,
    pattern_of,
    shown_use,
    signs_of,
    written_use,
)
from notesite.math.values import UsedSymbol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from notesite.math.notation import Marking, Signs
    from notesite.math.scope import Scope
    from notesite.math.values import Formula, Macro, Rendered
    from notesite.spans import Span


class NoteNotation:
    """The notation of a note whose formulas were compiled in `scope`.

    `show` renders a formula by itself, beside those of the note.
    """

    def __init__(self, scope: Scope, file: str, show: Callable[[str], Rendered]) -> None:
        self._scope = scope
        self._file = file
        self._show = show
        self._symbols: dict[str, UsedSymbol] = {}
        self._signs: dict[str, Signs] = {}
        self._markings: dict[tuple[str, ...], Marking] = {}

    def read(self, formulas: Sequence[Formula]) -> list[Diagnostic]:
        """Takes over what comments say about the macros defined in these formulas."""
        told = [formula for formula in formulas if DOCUMENTATION in formula.tex]
        said = self._said_before() if told else {}
        doubts: list[Diagnostic] = []
        for formula in told:
            for name, meaning, start in documented(formula.tex):
                place = formula.origin.span(start, start + 1)
                known = self._scope.macros.get(name)
                doubts.extend(self._doubts(name, meaning, known, place, said))
                if known and meaning:
                    self._scope.describe(name, meaning)
        return doubts

    def _said_before(self) -> dict[str, tuple[str, Span | None]]:
        """What the note's front matter says about its macros, and where."""
        return {
            name: (macro.description, macro.defined_at.span)
            for name, macro in self._scope.described().items()
            if macro.defined_at and macro.defined_at.file == self._file
        }

    def _doubts(
        self,
        name: str,
        meaning: str,
        known: Macro | None,
        place: Span,
        said: dict[str, tuple[str, Span | None]],
    ) -> Iterator[Diagnostic]:
        if known is None or not meaning:
            message = "this comment describes no macro"
            hints = ("it belongs behind a definition: \\newcommand{…}{…} % notation: what it is",)
            yield diagnose("notation-orphan", message, self._file, place, hints=hints)
            return
        before, at = said.setdefault(name, (meaning, place))
        if before != meaning:
            message = f"'\\{name}' is described twice in this note, and differently"
            related = (Related(f"here it is: {before}", self._file, at),)
            yield diagnose("notation-twice", message, self._file, place, related=related)

    def mark(
        self, formulas: Sequence[Formula], rendered: tuple[Rendered, ...]
    ) -> tuple[tuple[Rendered, ...], tuple[UsedSymbol, ...]]:
        """The formulas with the described symbols marked in them, and these symbols."""
        pattern = pattern_of(self._scope.described()) if formulas else None
        if pattern is None:
            return rendered, ()
        shown = []
        for formula, each in zip(formulas, rendered, strict=True):
            names = tuple(pattern.findall(formula.tex)) if each.html else ()
            pieces = self._pieces(names) if names else ()
            is_marked = bool(pieces) and not each.failed
            shown.append(each._replace(html=marked(each.html, pieces)) if is_marked else each)
        return tuple(shown), tuple(self._symbols.values())

    def _pieces(self, names: tuple[str, ...]) -> Marking:
        """What marks the signs of these macros, which are used from now on."""
        if names not in self._markings:
            signs = [sign for name in dict.fromkeys(names) if (sign := self._sign(name))]
            self._markings[names] = marking(signs)
        return self._markings[names]

    def _sign(self, name: str) -> Signs | None:
        """What the macro is known by, if it can stand by itself; from now on it is used."""
        if name not in self._symbols:
            symbol = self._symbols[name] = self._symbol(name, self._scope.macros[name])
            if symbol.html:
                self._signs[name] = signs_of(name, symbol.html)
        return self._signs.get(name)

    def _symbol(self, name: str, macro: Macro) -> UsedSymbol:
        tex = shown_use(name, macro)
        shown = self._show(tex) if tex is not None else None
        is_whole = shown is not None and not shown.failed and "</math>" in shown.html
        html = shown.html if shown is not None and is_whole else ""
        written = written_use(name, macro)
        return UsedSymbol(name, written, html, macro.description, macro.defined_at)
