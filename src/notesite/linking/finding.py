"""Finding what a reference names: the notes and files of a site by path, name and alias.

Obsidian's rules: an exact path from the root; a path relative to the linking note; the end of a
path; a file name, in any case and Unicode form; and, as a courtesy, an alias. Where several notes
answer, the one in the same folder wins, then the shallowest, then the first by name.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from notesite.records import dataclass
from notesite.text import Names, match_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from notesite.model import Note


@dataclass(frozen=True, slots=True)
class Found:
    """The path that a name led to, and all that answered to it when there were several."""

    path: str
    candidates: tuple[str, ...] = ()


class Finder:
    """Looks paths up among a fixed set of them."""

    def __init__(self, paths: Iterable[str], *, suffix: str = "") -> None:
        """`suffix` is what names may leave out, such as `.md`."""
        self._suffix = suffix
        self._by_path: dict[str, str] = {}
        self._by_name: dict[str, list[str]] = {}
        self._aliases: dict[str, list[str]] = {}
        self._suggestions: dict[str, list[str]] = {}
        self._names: Names | None = None
        for path in paths:
            key = self._key(path)
            self._by_path.setdefault(key, path)
            self._by_name.setdefault(key.rpartition("/")[2], []).append(path)

    def add_alias(self, alias: str, path: str) -> None:
        """Let `alias` name the file at `path` where no file has that name."""
        self._aliases.setdefault(match_key(alias), []).append(path)

    def names(self) -> tuple[object, ...]:
        """All that the answers depend on."""
        return self._suffix, tuple(self._by_path.values()), tuple(self._aliases.items())

    def _key(self, name: str) -> str:
        key = match_key(name)
        return key.removesuffix(self._suffix) if self._suffix else key

    def relative(self, target: str, origin: str) -> Found | None:
        """What a Markdown link or a raw `src` in the note at `origin` names."""
        if target.startswith("/"):
            return self._exact(target.lstrip("/"))
        folder = origin.rpartition("/")[0]
        if "/" not in target and target[:1] not in {"", "."}:
            return self._exact(f"{folder}/{target}" if folder else target)
        return self._exact(posixpath.normpath(posixpath.join(folder, target)))

    def by_name(self, target: str, origin: str) -> Found | None:
        """What a wikilink in the note at `origin` names."""
        if target.startswith(("./", "../")):
            return self.relative(target, origin)
        name = target.strip("/")
        return self._exact(name) or self._by_ending(name, origin) or self._by_alias(name, origin)

    def _exact(self, path: str) -> Found | None:
        found = self._by_path.get(self._key(path))
        return Found(found) if found is not None else None

    def _by_ending(self, name: str, origin: str) -> Found | None:
        key = self._key(name)
        answers = [
            path
            for path in self._by_name.get(key.rpartition("/")[2], ())
            if ("/" + self._key(path)).endswith("/" + key)
        ]
        return _choose(answers, origin)

    def _by_alias(self, name: str, origin: str) -> Found | None:
        return _choose(self._aliases.get(match_key(name), []), origin)

    def suggestions(self, target: str) -> list[str]:
        """Names that a person may have meant by `target`, as they would write them."""
        name = target.rpartition("/")[2].removesuffix(self._suffix)
        if name not in self._suggestions:
            if self._names is None:
                names = (paths[0].rpartition("/")[2] for paths in self._by_name.values())
                self._names = Names(each.removesuffix(self._suffix) for each in names)
            self._suggestions[name] = self._names.nearest(name)
        return self._suggestions[name]


def _choose(answers: list[str], origin: str) -> Found | None:
    if not answers:
        return None
    folder = posixpath.dirname(origin)
    ordered = sorted(
        dict.fromkeys(answers),
        key=lambda path: (posixpath.dirname(path) != folder, path.count("/"), path),
    )
    return Found(ordered[0], tuple(ordered) if len(ordered) > 1 else ())


def note_finder(notes: Iterable[Note]) -> Finder:
    """A finder of notes by path, name and the aliases of their front matter."""
    listed = list(notes)
    finder = Finder((note.path for note in listed), suffix=".md")
    for note in listed:
        for alias in note.front_matter.aliases:
            finder.add_alias(alias, note.path)
    return finder
