"""One file for each note that other pages link to: what links to it show.

A file is a script that hands its parts over, because that works in pages opened from disk too,
where nothing can be fetched, and under a policy that allows the site's own scripts and no
connections. It holds the note's title and summary, and of its anchors only those that are referred
to from elsewhere, by other notes or on the pages of all results and of the notation: it depends on
its note and on them alone.

A note with very many of them has its parts in several further files, by the order of their anchors,
and the first file says with which anchor each of them begins: a link asks for two small files
rather than for one as long as the note.
"""

from __future__ import annotations

import json
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from notesite.linking import urls
from notesite.model import PlannedPage
from notesite.previewing.fragments import Page, detached
from notesite.text import escape_html

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from notesite.config import Config
    from notesite.model import LinkedNote, Site

EVENT = "notesite:preview"
"""The event by which a file hands its parts over; static/js/previews.js listens to it."""

MOST_IN_ONE = 48
"""The anchors of one file; a note with more has further files."""


def preview_files(site: Site, config: Config) -> Iterator[PlannedPage]:
    """The files of a site's previews."""
    if not config.theme.previews:
        return
    listed = _listed(site)
    for url, linked in site.notes.items():
        anchors = tuple(sorted({*linked.referred, *listed.get(url, ())}, key=_order))
        groups = _groups(anchors) if anchors else ()
        begins = tuple(group[0] for group in groups[1:])
        for number, group in enumerate(groups):
            told = (url, number, group, () if number else begins)
            yield PlannedPage(preview_url(url, number), _preview, told)


def _groups(anchors: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The anchors of each file; where there are several, the first has the note's face alone."""
    if len(anchors) <= MOST_IN_ONE:
        return (anchors,)
    named = tuple(filter(None, anchors))
    starts = range(0, len(named), MOST_IN_ONE)
    return ((), *(named[start : start + MOST_IN_ONE] for start in starts))


def _order(anchor: str) -> bytes:
    """What a browser compares strings by."""
    return anchor.encode("utf-16-be", "surrogatepass")


def _listed(site: Site) -> Mapping[str, list[str]]:
    """The anchors that the pages of results and of the notation lead to, by their notes' URLs."""
    found: dict[str, list[str]] = defaultdict(list)
    for result in site.results.values() if site.has_results else ():
        page, _, anchor = result.url.partition("#")
        found[page].append(anchor)
    for entry in site.notation:
        if entry.symbol.anchor:
            found[entry.notes[0]].append(entry.symbol.anchor)
    return found


def preview_url(url: str, number: int = 0) -> str:
    """Where the previews of the page at `url` lie, the first or a further file of them."""
    further = f"~{number}" if number else ""
    return f"{urls.PREVIEWS}/{url.removesuffix('.html')}{further}.js"


def _preview(
    site: Site, url: str, number: int, anchors: tuple[str, ...], begins: tuple[str, ...]
) -> bytes:
    linked = site.notes[url]
    # With a summary the text is asked for only where one of its anchors is.
    wants_text = any(anchors) or not linked.summary_html
    html = linked.html if wants_text else ""
    # Several files of one note are made one after the other, mostly.
    page = _last_page(html) if number or begins else Page(html)
    # The note itself is shown too where an anchor is not there.
    parts = {"": _face(linked, page)} if number == 0 else {}
    for anchor in filter(None, anchors):
        part = page.fragment(escape_html(anchor))
        if part is not None:
            parts[anchor] = detached(part, url)
    # Relative to the site's root, from where the script resolves them.
    told: dict[str, object] = {"url": url}
    told |= {"file": number} if number else {}
    told |= {"begins": begins} if begins else {}
    told["parts"] = {key: urls.fill_relative(part, "") for key, part in parts.items()}
    detail = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return f'document.dispatchEvent(new CustomEvent("{EVENT}",{{detail:{detail}}}));\n'.encode()


@lru_cache(maxsize=1)
def _last_page(html: str) -> Page:
    """The page, which is read once for all its files."""
    return Page(html)


def _face(linked: LinkedNote, page: Page) -> str:
    """The title of a note with its summary, or its first paragraph."""
    title = f'<p class="preview-title">{linked.note.title.html}</p>\n'
    summary = linked.summary_html
    return title + (f"<p>{summary}</p>" if summary else detached(page.opening(), linked.url))
