"""The Atom feed (RFC 4287): the newest notes with their full text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from notesite.linking import urls

if TYPE_CHECKING:
    from datetime import date

    from notesite.config import Config
    from notesite.model import LinkedNote, Site

_NAMESPACE = "http://www.w3.org/2005/Atom"
# What XML 1.0 does not allow, whatever the escape (section 2.2).
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OWN_ANCHOR = re.compile(r'(\s(?:href|src)=")#')


def atom_feed(site: Site, config: Config) -> bytes:
    """The feed of a site that has a base URL; notes without a date are left out.

    Dates are given as midnight UTC: notes are dated to the day.
    """
    dated = [note for note in site.notes.values() if note.created]
    dated.sort(key=lambda note: (_changed(note), note.url), reverse=True)
    newest = dated[: config.site.feed_entries]
    base_url = config.site.base_url
    root = Element("feed", {"xmlns": _NAMESPACE, "xml:lang": config.site.language})
    _text(root, "title", config.site.title)
    if config.site.description:
        _text(root, "subtitle", config.site.description)
    _text(root, "id", urls.absolute_url(base_url, urls.INDEX))
    _text(root, "updated", _moment(max(map(_changed, newest))) if newest else _NEVER)
    SubElement(root, "link", {"href": urls.absolute_url(base_url, urls.INDEX)})
    SubElement(root, "link", {"rel": "self", "href": urls.absolute_url(base_url, urls.FEED)})
    _text(SubElement(root, "author"), "name", config.site.author or config.site.title)
    for note in newest:
        _add_entry(root, note, config)
    indent(root)
    text = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


_NEVER = "1970-01-01T00:00:00Z"


def _add_entry(root: Element, linked: LinkedNote, config: Config) -> None:
    base_url = config.site.base_url
    address = urls.absolute_url(base_url, linked.url)
    entry = SubElement(root, "entry")
    _text(entry, "title", linked.note.title.text)
    _text(entry, "id", address)
    SubElement(entry, "link", {"href": address})
    assert linked.created
    _text(entry, "published", _moment(linked.created))
    _text(entry, "updated", _moment(_changed(linked)))
    for name in linked.note.front_matter.authors:
        _text(SubElement(entry, "author"), "name", name)
    for tag in linked.tags:
        SubElement(entry, "category", {"term": _clean(tag)})
    if linked.note.summary:
        _text(entry, "summary", linked.note.summary.text)
    html = _OWN_ANCHOR.sub(rf"\g<1>{address}#", urls.fill_absolute(linked.html, base_url))
    _text(entry, "content", html).set("type", "html")


def _text(parent: Element, name: str, text: str) -> Element:
    element = SubElement(parent, name)
    element.text = _clean(text)
    return element


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)


def _changed(note: LinkedNote) -> date:
    day = note.updated or note.created
    assert day
    return day


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
