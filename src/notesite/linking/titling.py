"""What references by name say in the titles of notes, before anybody shows a title."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from notesite.linking.citing import page_citing
from notesite.linking.filling import Filling
from notesite.model import Reference, ReferenceKind, Title
from notesite.seeing import digest
from notesite.text import without_tags

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notesite.diagnostics import Diagnostic
    from notesite.linking.surroundings import Surroundings
    from notesite.model import Note

_END = Reference(ReferenceKind.END)


@dataclass(frozen=True, slots=True)
class SaidTitles:
    """The titles that have references by name, by the paths of their notes; what is wrong there."""

    titles: Mapping[str, Title]
    problems: tuple[Diagnostic, ...]

    @classmethod
    def of(cls, site: Surroundings) -> SaidTitles:
        """Those of all notes of the site."""
        problems: list[Diagnostic] = []
        titles = {
            path: _said(note, site, problems)
            for path, note in site.notes.items()
            if note.title_body
        }
        return cls(titles, tuple(problems))

    def titled(self, note: Note) -> Note:
        """The note under the title that is to be shown."""
        title = self.titles.get(note.path)
        if title is None:
            return note
        face = note.face and digest(note.face, title)
        return replace(note, title=title, title_body=(), face=face)


def _said(note: Note, site: Surroundings, problems: list[Diagnostic]) -> Title:
    filling = Filling(note.path, note.file, site.urls[note.path], site, is_away=True)
    filling.citing = page_citing(note, site)
    text = note.title.text
    pieces = []
    for piece in note.title_body:
        if isinstance(piece, str):
            pieces.append(piece)
        elif piece.kind is not ReferenceKind.END:
            html = filling.fill((piece, _END) if piece.kind is ReferenceKind.NOTE else (piece,))
            html = filling.citing.plain(html) if filling.citing else html
            pieces.append(html)
            text = text.replace(piece.text or "", without_tags(html), 1)
    problems.extend(filling.problems)
    return Title("".join(pieces), text)
