"""The Atom feed (RFC 4287): the newest notes with their full text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from notesite.linking import urls
from notesite.outputs import entries
from notesite.outputs.entries import changed, moment

if TYPE_CHECKING:
    from notesite.config import Config
    from notesite.model import LinkedNote, Site

_NAMESPACE = "http://www.w3.org/2005/Atom"
# What XML 1.0 does not allow, whatever the escape (section 2.2).
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def atom_feed(site: Site, config: Config) -> bytes:
    """The feed of a site that has a base URL; notes without a date are left out."""
    newest = entries.feed_notes(site, config)
    base_url = config.site.base_url
    root = Element("feed", {"xmlns": _NAMESPACE, "xml:lang": config.site.language})
    _text(root, "title", config.site.title)
    if config.site.description:
        _text(root, "subtitle", config.site.description)
    _text(root, "id", urls.absolute_url(base_url, urls.INDEX))
    _text(root, "updated", moment(max(map(changed, newest))) if newest else _NEVER)
    SubElement(root, "link", {"href": urls.absolute_url(base_url, urls.INDEX)})
    own = {"rel": "self", "type": "application/atom+xml"}
    SubElement(root, "link", {**own, "href": urls.absolute_url(base_url, urls.FEED)})
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
    language = linked.note.front_matter.language
    if language and language != config.site.language:
        entry.set("xml:lang", language)
    _text(entry, "title", linked.note.title.text)
    _text(entry, "id", address)
    SubElement(entry, "link", {"href": address})
    assert linked.created
    _text(entry, "published", moment(linked.created))
    _text(entry, "updated", moment(changed(linked)))
    for name in linked.note.front_matter.authors:
        _text(SubElement(entry, "author"), "name", name)
    for tag in linked.tags:
        SubElement(entry, "category", {"term": _clean(tag)})
    summary = entries.summary_text(linked)
    if summary:
        _text(entry, "summary", summary)
    _text(entry, "content", entries.content_html(linked, base_url)).set("type", "html")


def _text(parent: Element, name: str, text: str) -> Element:
    element = SubElement(parent, name)
    element.text = _clean(text)
    return element


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)
