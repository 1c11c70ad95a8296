"""The sitemap (sitemaps.org, protocol 0.9): the pages that search engines should know."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from notesite.linking import urls
from notesite.outputs.entries import indexed_notes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from notesite.config import Config
    from notesite.model import Section, Site

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(site: Site, config: Config) -> bytes:
    """The index, the sections and the notes; a date only where one is known.

    Drafts, old addresses, tags and what asks not to be indexed are left out.
    """
    root = Element("urlset", {"xmlns": _NAMESPACE})
    pages = [urls.INDEX, urls.ALL_NOTES, *_section_urls(site.sections)]
    if site.notation:
        pages.append(urls.NOTATION)
    if site.has_results:
        pages.append(urls.RESULTS)
    for page in pages:
        _add(root, config, page, "")
    for note in indexed_notes(site):
        day = note.updated or note.created
        _add(root, config, note.url, day.isoformat() if day else "")
    indent(root)
    text = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _add(root: Element, config: Config, page: str, day: str) -> None:
    entry = SubElement(root, "url")
    SubElement(entry, "loc").text = urls.absolute_url(config.site.base_url, page)
    if day:
        SubElement(entry, "lastmod").text = day


def _section_urls(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        yield section.url
        yield from _section_urls(section.parts)
