"""From a linked site to the document of one of its notes, and to files."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from notesite.exporting.document import Document, document
from notesite.exporting.figures import write_picture
from notesite.exporting.macros import own_macros
from notesite.exporting.material import Material
from notesite.kinds import kinds_of
from notesite.linking.finding import Finder, note_finder
from notesite.linking.labels import LabelIndex
from notesite.linking.urls import absolute_url
from notesite.records import dataclass
from notesite.sources import read_source

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from notesite.building import Linked
    from notesite.diagnostics import Diagnostic
    from notesite.markdown.note import ReadNote
    from notesite.model import LinkedNote, Note, Source


@dataclass(frozen=True, slots=True)
class Export:
    """The document of a note, what its file is called, and what was found wrong on the way."""

    note: Note
    stem: str
    document: Document
    diagnostics: tuple[Diagnostic, ...]
    lines: list[str]

    @property
    def folder(self) -> str:
        """Where the document's pictures are, beside it."""
        return pictures_folder(self.stem)


def pictures_folder(stem: str) -> str:
    """The name of the folder for the pictures of the document `stem`.tex."""
    return re.sub(r"[^A-Za-z0-9-]+", "-", stem).strip("-") + "-pictures"


def find_note(linked: Linked, name: str, here: Path) -> Note | None:
    """The note that a person names by its file, its path among the notes, its name or its title."""
    source = linked.project.source.resolve()
    file = (here / name).resolve()
    path = file.relative_to(source).as_posix() if file.is_relative_to(source) else ""
    by_path = {note.path: note for note in linked.notes}
    if path in by_path or f"{path}.md" in by_path:
        return by_path.get(path) or by_path[f"{path}.md"]
    found = note_finder(linked.notes).by_name(name.removesuffix(".md"), "")
    if found is not None:
        return by_path[found.path]
    return next((note for note in linked.notes if note.title.text == name), None)


def suggestions(linked: Linked, name: str) -> list[str]:
    """The names of notes that a person may have meant."""
    return note_finder(linked.notes).suggestions(name)


def export(linked: Linked, note: Note, stem: str = "") -> Export:
    """The document of `note`; `stem` is its file's name without an extension."""
    stem = stem or note.path.rpartition("/")[2].removesuffix(".md")
    folder = pictures_folder(stem)
    material = _material(linked, note)
    read = material.read(note.path)
    assert read is not None
    shown = next((each for each in linked.site.notes.values() if each.note.path == note.path), None)
    macros = {**linked.parser.math.macros, **own_macros(note)}
    made = document(
        read, material, macros, linked.parser.math.aliases,
        authors=_authors(linked, note), day=_day(note, shown), folder=folder,
    )  # fmt: skip
    source = _source(linked, note.path)
    lines = source.text.splitlines() if source else []
    return Export(note, stem, made, tuple(material.problems), lines)


def _material(linked: Linked, note: Note) -> Material:
    base_url = linked.config.site.base_url
    published = {each.note.path: each for each in linked.site.notes.values()}
    notes = {each.path: each for each in linked.notes}

    def read(path: str) -> ReadNote | None:
        source = _source(linked, path)
        if source is None:
            return None
        labels = notes[path].labels if path in notes else ()
        numbered = (label.name for label in labels if label.kind == "equation" and label.number)
        return linked.parser.read(replace(source, referred_to=frozenset(numbered)))

    urls = {
        path: absolute_url(base_url, each.url) if base_url else ""
        for path, each in published.items()
    }
    return Material(
        config=linked.config,
        words=linked.config.words().of(note.front_matter.language),
        source=linked.project.source,
        urls=urls,
        # Those of the site under the titles that pages show.
        notes=notes | {path: each.note for path, each in published.items()},
        finder=note_finder(linked.notes),
        file_finder=Finder(linked.around.files),
        labels=LabelIndex(each.note for each in published.values()),
        kinds=kinds_of(linked.config.results),
        citing=linked.around.citing,
        read=read,
    )


def _source(linked: Linked, path: str) -> Source | None:
    """The source of a note; None where it can no longer be read."""
    from notesite.model import Source  # noqa: PLC0415 - told apart from a diagnostic

    source = linked.project.source
    found = read_source(source, path, linked.project.name(source / path))
    return found if isinstance(found, Source) else None


def _authors(linked: Linked, note: Note) -> tuple[str, ...]:
    site = linked.config.site.author
    return note.front_matter.authors or ((site,) if site else ())


def _day(note: Note, linked: LinkedNote | None) -> date | None:
    if linked is None:
        return note.front_matter.date
    return linked.updated or linked.created


def write_document(export: Export, target: Path) -> list[str]:
    """Write the document at `target` and its pictures beside it; the pictures that failed."""
    failed = []
    if export.document.pictures:
        folder = target.parent / export.folder
        folder.mkdir(parents=True, exist_ok=True)
        for name, source in sorted(export.document.pictures.items()):
            reason = write_picture(source, folder / name)
            if reason:
                failed.append(f"{source.name}: {reason}")
    target.write_text(export.document.latex, encoding="utf-8")
    return failed
