"""What the fragment of a link names in a note."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from notesite.text import anchor, escape_html, slugify

if TYPE_CHECKING:
    from collections.abc import Callable

    from notesite.model import Body, Heading, Note


def find_heading(note: Note, wanted: str) -> Heading | None:
    """The heading that a fragment names, by its text or, as in `One#Two`, with those above it."""
    *outer, last = wanted.split("#")
    answers = [at for at, heading in enumerate(note.headings) if last and _is_named(heading, last)]
    for at in answers:
        above = _headings_above(note, at)
        if all(any(_is_named(heading, name) for heading in above) for name in outer if name):
            return note.headings[at]
    return note.headings[answers[0]] if answers else None


def _is_named(heading: Heading, name: str) -> bool:
    key, squeezed = anchor(name), slugify(name)
    is_same = name == heading.anchor or key in {heading.anchor, anchor(heading.source)}
    return is_same or bool(squeezed and slugify(heading.source) == squeezed)


def _headings_above(note: Note, at: int) -> list[Heading]:
    """The headings of the sections that the heading at that index stands in."""
    above: list[Heading] = []
    level = note.headings[at].level
    for heading in reversed(note.headings[:at]):
        if heading.level < level:
            above.append(heading)
            level = heading.level
    return above


def has_id(note: Note, name: str) -> bool:
    """Whether the HTML of the note has an element of that id."""
    return escape_html(name) in _ids_of(note.load_body)


_ID = re.compile(r"""\bid=["']([^"']*)["']""")


@lru_cache(maxsize=1000)
def _ids_of(load_body: Callable[[], Body]) -> frozenset[str]:
    """All ids in the HTML of a body; many links may lead into one note."""
    html = (piece for piece in load_body() if isinstance(piece, str))
    return frozenset(name for piece in html for name in _ID.findall(piece))
