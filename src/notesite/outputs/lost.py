"""The list of all pages, from which the page of lost readers names the nearest ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.json_text import json_text
from notesite.outputs.entries import public_notes
from notesite.text import title_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from notesite.model import Section, Site


def page_list(site: Site) -> bytes:
    """The URL and the title of each note, section and tag, and the old addresses of notes."""
    notes = [(note.url, note.note.title.text) for note in public_notes(site)]
    titles = dict(notes)
    pages = [
        *notes,
        *((section.url, section.title.text) for section in _all(site.sections)),
        *((tag.url, f"#{tag.name}") for tag in site.tags),
    ]
    pages.sort(key=lambda page: (title_key(page[1]), page[0]))
    old = [
        (address, titles[url]) for address, url in sorted(site.redirects.items()) if url in titles
    ]
    rows = ",\n".join(json_text(page) for page in (*pages, *old))
    return f"[\n{rows}\n]\n".encode()


def _all(sections: Iterable[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _all(section.parts)
