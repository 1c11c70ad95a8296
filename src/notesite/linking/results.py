"""Which result uses which: made of the references in statements and proofs, never by hand."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from notesite.diagnostics import Related, diagnose
from notesite.model import LinkedResult
from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from notesite.diagnostics import Diagnostic
    from notesite.linking.finding import Finder
    from notesite.linking.labels import LabelIndex
    from notesite.model import Note, Result, Use
    from notesite.spans import Span

Key = tuple[str, str]
"""A result by its note's path and its anchor."""

_SOLUTION = "solution"

MOST_CYCLES = 20
"""How many cycles are reported in one build; each edge may be a part of many."""


@dataclass(frozen=True)
class ResultGraph:
    """The results of all notes and what each uses; `problems` are the circles among them.

    `results` is by URL, in the order of the notes; proofs and solutions are left out.
    """

    results: Mapping[str, LinkedResult]
    problems: tuple[Diagnostic, ...]

    @classmethod
    def of(
        cls,
        notes: Sequence[Note],
        urls: Mapping[str, str],
        labels: LabelIndex,
        finder: Finder,
    ) -> ResultGraph:
        """The graph of the published `notes`, whose pages are at `urls` by path."""
        edges = _Edges(notes, labels, finder)
        linked = {
            _url(key, urls): LinkedResult(
                result=result,
                path=key[0],
                url=_url(key, urls),
                uses=tuple(_url(each, urls) for each in _own_first(key, edges.uses[key])),
                used_by=tuple(_url(each, urls) for each in _own_first(key, edges.used_by[key])),
                is_proved=key in edges.proved,
            )
            for key, result in edges.results.items()
        }
        return cls(linked, tuple(edges.cycles()))


def _own_first(key: Key, others: Iterable[Key]) -> list[Key]:
    """The others of the same note before those of other notes."""
    return sorted(others, key=lambda other: other[0] != key[0])


def _url(key: Key, urls: Mapping[str, str]) -> str:
    return f"{urls[key[0]]}#{key[1]}"


class _Edges:
    """The results by place, and the edges between them."""

    def __init__(self, notes: Sequence[Note], labels: LabelIndex, finder: Finder) -> None:
        self._labels = labels
        self._finder = finder
        self._notes = {note.path: note for note in notes}
        self._places: dict[Key, Key] = {}
        self._spans: dict[tuple[Key, Key], tuple[str, Span | None]] = {}
        self.results: dict[Key, Result] = {}
        self.proved: set[Key] = set()
        for note in notes:
            self._place(note)
        self.uses: dict[Key, list[Key]] = {key: [] for key in self.results}
        self.used_by: dict[Key, list[Key]] = {key: [] for key in self.results}
        for note in notes:
            self._connect(note)

    def _place(self, note: Note) -> None:
        """Note what stands where: each result, and the equations in its statement."""
        anchors = {label.name: label.anchor for label in note.labels}
        for result in note.results:
            if result.is_proof:
                continue
            key = (note.path, result.anchor)
            self.results[key] = result
            self._places[key] = key
            for name in result.equations:
                self._places[note.path, anchors.get(name, name)] = key

    def _connect(self, note: Note) -> None:
        """Read the references of a note's results and proofs."""
        for result in note.results:
            user = self._user(note, result)
            if user is None:
                continue
            if result.is_proof and result.kind != _SOLUTION:
                self.proved.add(user)
            for use in result.uses:
                used = self._find(note, use)
                if used is not None and used != user and used not in self.uses[user]:
                    self.uses[user].append(used)
                    self.used_by[used].append(user)
                    self._spans[user, used] = (note.file, use.span or result.span)

    def _user(self, note: Note, result: Result) -> Key | None:
        """Whose a result's references are: its own, or those of what it proves."""
        if not result.is_proof:
            return (note.path, result.anchor)
        return self._find(note, result.of) if result.of else None

    def _find(self, note: Note, use: Use) -> Key | None:
        """The result that a reference leads to, or into the statement of which."""
        if use.target is None:
            homes = self._labels.find(use.name, note.path)
            place = (homes[0].path, homes[0].label.anchor) if homes else None
        else:
            place = self._linked(note, use)
        return self._places.get(place) if place else None

    def _linked(self, note: Note, use: Use) -> Key | None:
        path = note.path
        if use.target:
            relative = None if use.is_wikilink else self._finder.relative(use.target, note.path)
            found = relative or self._finder.by_name(use.target, note.path)
            if found is None:
                return None
            path = found.path
        name = use.name.removeprefix("^")
        labels = self._notes[path].labels
        label = next((e for e in labels if name in {e.anchor, e.name.removeprefix("^")}), None)
        return path, label.anchor if label else name

    def cycles(self) -> Iterator[Diagnostic]:
        """A warning for each cycle, at the reference that its first result makes."""
        graph = {key: list(used) for key, used in self.uses.items()}
        for _ in range(MOST_CYCLES):
            try:
                TopologicalSorter(graph).prepare()
            except CycleError as error:
                # It lists each before what uses it.
                cycle = _from_first(error.args[1][-1:0:-1])
                yield self._cycle(cycle)
                graph[cycle[0]].remove(cycle[1])
            else:
                return

    def _cycle(self, cycle: list[Key]) -> Diagnostic:
        names = [self._name(key) for key in (*cycle, cycle[0])]
        steps = list(zip(cycle, [*cycle[1:], cycle[0]], strict=True))
        places = [self._spans[step] for step in steps]
        related = tuple(
            Related(f"here {self._name(user)} uses {self._name(used)}", file, span)
            for (user, used), (file, span) in zip(steps[1:], places[1:], strict=True)
        )
        file, span = places[0]
        message = f"a circle of results: {' uses '.join(names)}"
        return diagnose("result-cycle", message, file, span, related=related)

    def _name(self, key: Key) -> str:
        result = self.results[key]
        name = result.label or result.anchor
        return f"'{name}' of {self._notes[key[0]].file}"


def _from_first(cycle: list[Key]) -> list[Key]:
    """The cycle from its least member on, so that it is named in one way."""
    at = cycle.index(min(cycle))
    return [*cycle[at:], *cycle[:at]]
