"""When a note was written, and when it was changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from notesite.records import dataclass

if TYPE_CHECKING:
    from notesite.model import Note

History = Mapping[str, tuple[date, date]]
"""The dates of the first and the last change of a note, by its path."""


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of notes, from their front matter or else from the history of the site."""

    history: History

    def created(self, note: Note) -> date | None:
        """When the note was written, if anything says so."""
        history = self.history.get(note.path)
        return note.front_matter.date or (history[0] if history else None)

    def updated(self, note: Note) -> date | None:
        """When it was changed after that."""
        first, last = self.history.get(note.path, (None, None))
        # The commit that brought the file in changed nothing.
        updated = note.front_matter.updated or (last if last != first else None)
        created = self.created(note)
        return updated if updated and created and updated > created else None
