"""Reading the notes of a site, build after build: parsed again is what has changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from notesite.building.settings import math_settings, read_preamble
from notesite.cache.shelf import Loader
from notesite.diagnostics import Diagnostic
from notesite.model import Source
from notesite.sources import ReadSources, read_source

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from notesite.building.values import Project
    from notesite.cache.shelf import Shelf
    from notesite.cache.snapshots import Parts
    from notesite.config import Config
    from notesite.forking import Progress
    from notesite.markdown.note import NoteParser
    from notesite.model import Note
    from notesite.parsing import ParseSettings
    from notesite.sources import SourceTree


AT_ONCE = 30_000_000
"""Characters of sources that are in memory at a time: what they take is not given back."""


class NoteReader:
    """Reads the notes of one site; `jobs` processes may work at once."""

    def __init__(self, jobs: int, progress: Progress) -> None:
        self._jobs = jobs
        self._progress = progress
        self._sources = ReadSources()
        self._parser: tuple[ParseSettings, NoteParser] | None = None
        self._version = ""
        self.notes: dict[str, Note] = {}
        """The notes that were read last, by path."""
        self._numbered: dict[str, tuple[Note, frozenset[str], Note]] = {}
        self.edited: set[str] = set()
        """The paths of those that are new or other than before, none the first time."""

    @property
    def parser(self) -> NoteParser:
        """The parser, once `prepare` has been called."""
        assert self._parser
        return self._parser[1]

    def prepare(self, project: Project, config: Config, problems: list[Diagnostic]) -> bool:
        """Have the parser that the configuration asks for; whether it takes another one's place.

        Raises PluginError, and ValueError where there is no such math engine.
        """
        from notesite.parsing import ParseSettings  # noqa: PLC0415 - markdown-it is slow to import

        settings, macro_problems = math_settings(config)
        problems.extend(macro_problems)
        settings = replace(settings, preamble=read_preamble(project, config, problems))
        key = ParseSettings(config.markdown, settings, config.words(), config.results)
        before = self._parser
        if before is None or before[0] != key:
            if before or key.version() != self._version:
                self.notes = {}
            self._parser = (key, key.parser())
            self._version = key.version()
        problems.extend(self.parser.diagnostics)
        return before is not None and before is not self._parser

    def read(
        self,
        project: Project,
        tree: SourceTree,
        shelf: Shelf,
        problems: list[Diagnostic],
        *,
        touched: Collection[str] | None = None,
    ) -> list[Note]:
        """The notes of `tree` in its order, their bodies on the shelf.

        Of those that were read before only the `touched` ones are looked at, where these are known.
        """
        from notesite.parsing import (  # noqa: PLC0415 - it imports what parses
            ParseMeans,
            kept_notes,
            parse_notes,
        )

        assert self._parser
        settings, parser = self._parser
        looked_at = self._looked_at(tree, touched)
        known = self._sources.digests(project.source, looked_at)
        notes = {} if touched is None else {**self.notes}
        for path in known:
            note = notes.pop(path, None) or self.notes.get(path)
            if note and note.digest == known[path]:
                notes[path] = note
        stated = [
            (path, project.name(project.source / path), mark)
            for path, mark in known.items()
            if mark and path not in notes
        ]
        kept = kept_notes(stated, settings, shelf) if stated else {}
        unread = [path for path in looked_at if path not in notes and path not in kept]
        means = ParseMeans(shelf, self._jobs, self._progress)
        fresh = {
            note.path: note
            for sources in self._read(project, unread, problems)
            for note in parse_notes(sources, settings, parser, means, self.notes)
        }
        self._take({**notes, **kept, **fresh}, looked_at)
        return [self.notes[path] for path in tree.notes if path in self.notes]

    def _read(
        self, project: Project, paths: Iterable[str], problems: list[Diagnostic]
    ) -> Iterator[list[Source]]:
        """The sources of the notes at `paths`, as many at a time as are to be in memory."""
        sources: list[Source] = []
        size = 0
        for path in paths:
            name = project.name(project.source / path)
            source = self._sources.read(project.source, path, name)
            if isinstance(source, Diagnostic):
                problems.append(source)
                continue
            sources.append(source)
            size += len(source.text)
            if size > AT_ONCE:
                yield sources
                sources, size = [], 0
        yield sources

    def _looked_at(self, tree: SourceTree, touched: Collection[str] | None) -> Sequence[str]:
        """The paths of the notes that may be others than they were, or were not read before."""
        if touched is None:
            return tree.notes
        return [path for path in tree.notes if path in touched or path not in self.notes]

    def number(
        self,
        project: Project,
        notes: list[Note],
        shelf: Shelf,
        published: Callable[[Note], bool],
    ) -> list[Note]:
        """The notes with numbers for the equations that notes which are `published` refer to.

        Only where a setting wants that; such notes are read again, unless they were before.
        """
        from notesite.linking.labels import equations_to_number  # noqa: PLC0415 - rarely wanted
        from notesite.parsing import ParseMeans, parse_notes  # noqa: PLC0415 - as above

        assert self._parser
        settings, parser = self._parser
        if not parser.math.numbers_referenced:
            return notes
        wanted = equations_to_number(note for note in notes if published(note))
        known = {
            note.path: self._numbered[note.path][2]
            for note in notes
            if self._numbered.get(note.path, ())[:2] == (note, wanted.get(note.path))
        }
        sources = [
            replace(source, referred_to=wanted[note.path])
            for note in notes
            if note.path in wanted and note.path not in known
            and isinstance(source := read_source(project.source, note.path, note.file), Source)
            and source.digest == note.digest
        ]  # fmt: skip
        fresh = parse_notes(
            sources, settings, parser, ParseMeans(shelf, self._jobs, self._progress)
        )
        numbered = {**known, **{note.path: note for note in fresh}}
        self._numbered = {
            note.path: (note, wanted[note.path], numbered[note.path])
            for note in notes
            if note.path in numbered
        }
        return [numbered.get(note.path, note) for note in notes]

    def _take(self, notes: dict[str, Note], looked_at: Collection[str]) -> None:
        self._sources.keep(notes)
        before, self.notes = self.notes, notes
        changed = [path for path in looked_at if notes.get(path) is not before.get(path)]
        self.edited = {path for path in changed if before and notes.get(path) != before.get(path)}

    def keys(self) -> list[str]:
        """What the cache has the notes under, those with numbers for others too."""
        from notesite.parsing import workings_key  # noqa: PLC0415 - as above

        numbered = (note for _, _, note in self._numbered.values())
        keys = [note.key for note in (*self.notes.values(), *numbered)]
        return [*keys, *map(workings_key, keys)]

    def forget(self) -> None:
        """Let go of the notes."""
        self.notes = {}
        self._numbered = {}

    def remember(self, parts: Parts, shelf: Shelf) -> None:
        """Go on from what another reader of the same site left in a snapshot."""
        self._sources.known = parts.get("sources", {})
        self.notes = parts.get("notes", {})
        self._version = parts.get("parse-version", {}).get("", "")
        for note in self.notes.values():
            if isinstance(note.load_body, Loader):
                note.load_body.shelf = shelf

    def parts(self) -> Parts:
        """What a snapshot is to keep."""
        version = {"": self._version}
        return {"sources": self._sources.known, "notes": self.notes, "parse-version": version}
