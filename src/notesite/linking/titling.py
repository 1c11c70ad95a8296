"""What references by name say in the titles of notes, before anybody shows a title."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from notesite.linking.bodies import fill
from notesite.linking.citing import page_citing
from notesite.linking.filling import Filling
from notesite.model import Reference, ReferenceKind, Title
from notesite.records import dataclass
from notesite.seeing import digest
from notesite.text import without_tags

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notesite.diagnostics import Diagnostic
    from notesite.linking.context import Context
    from notesite.model import Note

_END = Reference(ReferenceKind.END)


@dataclass(frozen=True, slots=True)
class SaidTitles:
    """The titles that have references by name, by the paths of their notes; what is wrong there."""

    titles: Mapping[str, Title]
    problems: tuple[Diagnostic, ...]

    @classmethod
    def of(cls, site: Context) -> SaidTitles:
        """Those of all notes of the site."""
        problems: list[Diagnostic] = []
        waiting = [note for note in site.notes.values() if note.title_body]
        # Those that name no other note come first, so that the rest can name them.
        first = [note for note in waiting if not _names_notes(note, site)]
        titles = {note.path: _said(note, site, problems) for note in first}
        if titles:
            known = cls(titles, ())
            site = replace(site, notes={p: known.titled(note) for p, note in site.notes.items()})
        rest = (note for note in waiting if note.path not in titles)
        said = {note.path: _said(note, site, problems) for note in rest}
        return cls(titles | said, tuple(problems))

    def titled(self, note: Note) -> Note:
        """The note under the title that is to be shown."""
        title = self.titles.get(note.path)
        if title is None:
            return note
        face = note.face and digest(note.face, title)
        return replace(note, title=title, title_body=(), face=face)


def _names_notes(note: Note, site: Context) -> bool:
    """Whether the title refers to anything but works of a bibliography."""
    references = [piece for piece in note.title_body if isinstance(piece, Reference)]
    return any(
        reference.kind is not ReferenceKind.CITE_OR_LABEL
        or any(site.labels.find(cited.key, note.path) for cited in reference.cited)
        for reference in references
    )


def _said(note: Note, site: Context, problems: list[Diagnostic]) -> Title:
    filling = Filling(note.path, note.file, site.urls[note.path], site, is_away=True)
    filling.citing = page_citing(note, site)
    text = note.title.text
    pieces = []
    for piece in note.title_body:
        if isinstance(piece, str):
            pieces.append(piece)
        elif piece.kind is not ReferenceKind.END:
            html = fill(filling, (piece, _END) if piece.kind is ReferenceKind.NOTE else (piece,))
            html = filling.citing.plain(html) if filling.citing else html
            pieces.append(html)
            text = text.replace(piece.text or "", without_tags(html), 1)
    problems.extend(filling.problems)
    return Title("".join(pieces), text)
