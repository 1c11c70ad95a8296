"""The JSON Feed (jsonfeed.org, version 1.1): the same notes as in the Atom feed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from notesite.json_text import json_text
from notesite.linking import urls
from notesite.outputs import entries

if TYPE_CHECKING:
    from notesite.config import Config
    from notesite.model import LinkedNote, Site

_VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(site: Site, config: Config) -> bytes:
    """The feed of a site that has a base URL."""
    base_url = config.site.base_url
    feed = {
        "version": _VERSION,
        "title": config.site.title,
        "home_page_url": urls.absolute_url(base_url, urls.INDEX),
        "feed_url": urls.absolute_url(base_url, urls.JSON_FEED),
        "description": config.site.description,
        "language": config.site.language,
        "authors": _authors([config.site.author or config.site.title]),
        "items": [_item(note, base_url) for note in entries.feed_notes(site, config)],
    }
    return json_text(_filled(feed), indent=1).encode() + b"\n"


def _item(linked: LinkedNote, base_url: str) -> dict[str, Any]:
    matter = linked.note.front_matter
    address = urls.absolute_url(base_url, linked.url)
    assert linked.created
    return _filled(
        {
            "id": address,
            "url": address,
            "title": linked.note.title.text,
            "summary": entries.summary_text(linked),
            "content_html": entries.content_html(linked, base_url),
            "image": entries.picture(linked, base_url),
            "date_published": entries.moment(linked.created),
            "date_modified": entries.moment(entries.changed(linked)),
            "authors": _authors(matter.authors),
            "tags": list(linked.tags),
            "language": matter.language or "",
        }
    )


def _authors(names: tuple[str, ...] | list[str]) -> list[dict[str, str]]:
    return [{"name": name} for name in names]


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that say something; a feed leaves out what it does not know."""
    needed = {"items", "content_html"}
    return {name: value for name, value in fields.items() if value or name in needed}
