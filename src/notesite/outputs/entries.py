"""What both feeds say of a note, and which notes they hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notesite.linking import urls

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from notesite.config import Config
    from notesite.model import LinkedNote, Site

_OWN_ANCHOR = re.compile(r'(\s(?:href|src)=")#')
_USES = re.compile(r'<details class="result-uses">.*?</details>\n?', re.DOTALL)
"""What a result uses and what uses it: the site's own words, not the note's."""
_HEADING_ANCHOR = re.compile(r' <a class="heading-anchor"[^>]*>#</a>')


def public_notes(site: Site) -> Iterator[LinkedNote]:
    """The notes that are for everybody: no drafts, even where a build shows them."""
    return (note for note in site.notes.values() if not note.note.front_matter.is_draft)


def indexed_notes(site: Site) -> Iterator[LinkedNote]:
    """The public notes, without those that ask search engines to pass them by."""
    return (note for note in public_notes(site) if not note.note.front_matter.noindex)


def feed_notes(site: Site, config: Config) -> list[LinkedNote]:
    """The notes of a feed, in its order; notes without a date are left out."""
    dated = [note for note in public_notes(site) if note.created]
    day = changed if config.site.feed_order == "revised" else _created
    dated.sort(key=lambda note: (day(note), note.url), reverse=True)
    return dated[: config.site.feed_entries]


def changed(note: LinkedNote) -> date:
    """The day a dated note was last revised."""
    day = note.updated or note.created
    assert day
    return day


def _created(note: LinkedNote) -> date:
    assert note.created
    return note.created


def moment(day: date) -> str:
    """The day as RFC 3339 has it: midnight UTC, as notes are dated to the day."""
    return f"{day.isoformat()}T00:00:00Z"


def summary_text(linked: LinkedNote) -> str:
    """What a reader that shows no HTML gets: the summary, else how the text begins."""
    return linked.summary_text or linked.excerpt


def content_html(linked: LinkedNote, base_url: str) -> str:
    """The note as it stands on a page of somebody else: every address whole."""
    address = urls.absolute_url(base_url, linked.url)
    html = _HEADING_ANCHOR.sub("", _USES.sub("", linked.html))
    html = urls.fill_absolute(html, base_url)
    return _OWN_ANCHOR.sub(rf"\g<1>{address}#", html)


def picture(linked: LinkedNote, base_url: str) -> str:
    """The address of the note's image on the web, or empty."""
    if not linked.image or linked.image.startswith(("https://", "http://")):
        return linked.image
    return urls.absolute_url(base_url, linked.image)
