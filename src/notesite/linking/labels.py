"""The labels of all notes: what a name may mean, wherever it is used."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from notesite.model import Label
from notesite.records import dataclass
from notesite.text import is_slip, match_key, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from notesite.model import Note


@dataclass(frozen=True, slots=True)
class Home:
    """A label and the note that it stands in, by the note's path."""

    path: str
    label: Label


class LabelIndex:
    """The labels of some notes by name.

    `eq:a` and `eq-a` are one name unless a note has both; so are capitals and small letters.
    """

    def __init__(self, notes: Iterable[Note]) -> None:
        self._homes: dict[str, list[Home]] = defaultdict(list)
        self._faces: list[tuple[str, str]] = []
        for note in notes:
            self._faces.append((note.path, note.face))
            for label in note.labels:
                self._homes[_key(label.name)].append(Home(note.path, label))

    def names(self) -> object:
        """All that the answers depend on: labels are part of a note's face."""
        return self._faces

    def find(self, name: str, path: str) -> Sequence[Home]:
        """What `name` may mean in the note at `path`: its own label, else those of others.

        More than one only where several other notes have it; the first is as good as any.
        """
        homes = self._homes.get(_key(name), ())
        exact = [home for home in homes if home.label.name == name]
        for group in (exact, homes):
            own = [home for home in group if home.path == path]
            if own:
                return own[:1]
        return list({home.path: home for home in reversed(exact or homes)}.values())[::-1]

    def nearest(self, name: str) -> tuple[str, ...]:
        """The hint "did you mean …?" as a tuple of no or one sentence."""
        names = (home.label.name for homes in self._homes.values() for home in homes)
        close = nearest(name, (each for each in names if not each.startswith("^")), count=5)
        meant = next((each for each in close if _is_alike(name, each)), "")
        return (f"did you mean '{meant}'?",) if meant else ()


def equations_to_number(notes: Iterable[Note]) -> dict[str, frozenset[str]]:
    """The labels of equations without numbers that something refers to, by the path of their note.

    A name that a note has itself means its own equation there; else the equations of all others
    that have it, be it in a link to one note alone.
    """
    listed = list(notes)
    own = {note.path: {_key(label.name) for label in note.labels} for note in listed}
    asked = {note.path: {_key(name) for name in note.asks} for note in listed}
    everywhere = {name for path, names in asked.items() for name in names - own[path]}
    found = {
        note.path: frozenset(
            label.name
            for label in note.labels
            if label.kind == "equation" and not label.number
            and _key(label.name) in everywhere | asked[note.path]
        )
        for note in listed
    }  # fmt: skip
    return {path: labels for path, labels in found.items() if labels}


def _is_alike(written: str, label: str) -> bool:
    """Whether two names are alike behind their kinds: both beginning with `thm-` says nothing."""
    bare, other = _without_kind(written), _without_kind(label)
    return is_slip(bare, other) or bool(nearest(bare, [other])) or bare == other


def _without_kind(name: str) -> str:
    return _key(name).partition("-")[2] or name


def _key(name: str) -> str:
    return match_key(name).replace(":", "-").removeprefix("^")


def labelled(note: Note, name: str) -> Label | None:
    """What of `note` has that label or that id, be it a label's or a mere number's."""
    bare = name.removeprefix("^")
    for label in note.labels:
        if bare in {label.name.removeprefix("^"), label.anchor}:
            return label
    for each in note.results:
        if bare == each.anchor and not each.is_proof:
            return Label(each.anchor, each.kind, each.number, each.anchor, each.span, each.name)
    return None
