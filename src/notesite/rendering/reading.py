"""What helps readers along, as templates see it: series, reasons, revisions, whole texts."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from itertools import islice
from typing import TYPE_CHECKING

from markupsafe import Markup

from notesite.linking import embedding
from notesite.rendering.views import (
    ChangeView,
    EntryView,
    LinkView,
    PartView,
    SeriesView,
    StreamView,
)
from notesite.rendering.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Protocol

    from notesite.languages import Catalogue
    from notesite.model import LinkedNote, Relation, Section, SeriesPlace, Site

    class At(Protocol):
        """The page that is being rendered."""

        @property
        def words(self) -> Catalogue:
            """The strings of its language."""

        def url(self, target: str) -> str:
            """The address of a page of the site from here."""

        def html(self, html: str) -> Markup:
            """HTML of the site as it stands here."""

        def link(self, address: str) -> Markup:
            """A link to the note at a URL."""

        def entry(self, address: str) -> EntryView:
            """The note at a URL as a line of a list."""


MOST_REASONS = 3
"""How many tags, notes or works a reason names."""
MOST_REVISED = 10
"""How many notes are listed as recently revised."""


def related_entries(
    linked: LinkedNote, notes: Mapping[str, LinkedNote], at: At
) -> tuple[EntryView, ...]:
    """The notes that are like this one and do not link to it, each with the reason."""
    relations = [each for each in linked.related if each.url not in linked.backlinks]
    titles = {work.identity: work.title or work.key for work in linked.works}
    return tuple(
        replace(at.entry(each.url), why=_reason(each, notes, titles, at)) for each in relations
    )


def _reason(
    relation: Relation, notes: Mapping[str, LinkedNote], titles: Mapping[str, str], at: At
) -> Markup:
    """Such as: shares a and b; both link to c."""
    # No more than are named: the page is then made again for these alone.
    links = islice((at.link(url) for url in relation.links if url in notes), MOST_REASONS)
    # Markup on purpose where it is made of markup; a tag or a title of a work is plain text.
    named = {
        "related.tags": [Markup.escape(tag) for tag in relation.tags],
        "related.links": list(links),
        "related.works": [Markup.escape(titles.get(key, key)) for key in relation.works],
    }
    words = Words(at.words)
    parts = [
        Markup(words(key, things=_listed(things[:MOST_REASONS], words)))  # noqa: S704
        for key, things in named.items()
        if things
    ]
    return _joined("list.semicolon", parts, words)


def _listed(things: Sequence[Markup], words: Words) -> Markup:
    if len(things) == 1:
        return things[0]
    first = _joined("list.comma", things[:-1], words)
    # Markup on purpose: both parts are, so that the whole is.
    return Markup(words("list.and", first=first, last=things[-1]))  # noqa: S704


def _joined(pattern: str, things: Sequence[Markup], words: Words) -> Markup:
    """The things with the language's comma or semicolon between them."""
    # Markup on purpose: all things are, so that the whole is.
    return reduce(lambda first, rest: Markup(words(pattern, first=first, rest=rest)), things)  # noqa: S704


def series_view(
    place: SeriesPlace | None, here: str, notes: Mapping[str, LinkedNote], at: At
) -> SeriesView | None:
    """The series that the note at the URL `here` is a part of."""
    if place is None:
        return None
    return SeriesView(
        name=place.name,
        number=place.number,
        total=place.total,
        parts=tuple(
            PartView(
                number,
                LinkView(at.url(url), at.html(notes[url].note.title.html), is_current=url == here),
            )
            for number, url in place.parts
        ),
    )


def neighbours(linked: LinkedNote) -> tuple[str | None, str | None]:
    """The notes to read before and after this one: those of its series, else of its section."""
    place = linked.series
    if place is None:
        return linked.previous, linked.following
    return place.previous, place.following


def changes_view(linked: LinkedNote) -> tuple[ChangeView, ...]:
    """What git says of the note's changes."""
    return tuple(ChangeView(change.day, change.subject) for change in linked.changes)


def recently_revised(site: Site, at: At) -> tuple[EntryView, ...]:
    """The notes that were revised last, the last first."""
    revised = [note for note in site.notes.values() if note.updated]
    revised.sort(key=lambda note: (-note.updated.toordinal() if note.updated else 0, note.url))
    return tuple(at.entry(note.url) for note in revised[:MOST_REVISED])


def streams(
    section: Section, notes: Mapping[str, LinkedNote], is_stream: Callable[[str], bool], at: At
) -> Iterator[StreamView]:
    """The whole texts of the section's own notes, if its style is to show them.

    Their ids get a prefix each, and their headings go below the title that each has here.
    """
    if not is_stream(section.id):
        return
    for number, url in enumerate(section.notes, 1):
        linked = notes[url]
        html = embedding.distinct(linked.html, number, url, 2)
        yield StreamView(at.entry(url), at.html(html), anchor=f"{embedding.EMBEDDED}{number}")
