"""URLs: which page a note gets, and how one page names another.

A URL here is a path from the site's root, decoded and without a leading slash. Pages end in
`.html` and links name them so: that works from disk, at a domain's root and below a path alike.
"""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote
from zlib import crc32

from notesite.text import slugify

if TYPE_CHECKING:
    from notesite.model import Note

INDEX = "index.html"
ALL_NOTES = "all.html"
MAP = "map.html"
NOTATION = "notation.html"
RESULTS = "results.html"
ALL_TAGS = "tags/index.html"
NOT_FOUND = "404.html"
FEED = "feed.xml"
OLD_FEED = "index.xml"
"""Where Quartz has its feed."""
JSON_FEED = "feed.json"
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
LLMS = "llms.txt"
SITE_CARD = "cards/site.png"
"""The picture for social networks of the pages that are no notes."""
PAGES = "pages.json"
"""The names of all pages, for the page of lost readers."""
FAVICON = "favicon.svg"
SEARCH_INDEX = "pagefind"
"""The folder of the search's index."""
PREVIEWS = "previews"
"""The folder of what links to notes show."""

_MARKDOWN_SUFFIX = re.compile(r"\.md$", re.IGNORECASE)
_MARKED = re.compile("\0([^\0]*)\0")
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
"""Names that Windows keeps for itself, whatever their suffix."""

_LONGEST_SLUG = 200
"""Bytes of one name of an address; file systems take 255, and a suffix follows."""


_OWN_PAGES = frozenset({INDEX, ALL_NOTES, MAP, NOTATION, RESULTS, ALL_TAGS, NOT_FOUND})
_OWN_FOLDER = "tags"

_NOT_IN_ADDRESS = re.compile(r"""[\x00-\x1f\x7f\\?#%:*"<>|]""")
"""What a URL gives another meaning, or no file of Windows may be called."""

_LONGEST_NAME = 240
_LONGEST_ADDRESS = 1000


def note_url(note: Note, style: str = "slugs", *, with_permalink: bool = True) -> str:
    """The URL of a note: its permalink, else its path in the style of `site.urls`."""
    permalink = note.front_matter.permalink
    if with_permalink and permalink and permalink.strip("/"):
        return page_path(permalink)
    if style == "quartz":
        url = quartz_url(note.path)
    else:
        parts = _MARKDOWN_SUFFIX.sub("", note.path).split("/")
        url = "/".join(map(_safe_slug, parts)) + ".html"
    # A note called `all` must not take the place of the list of all notes, nor it the note's.
    return f"{url.removesuffix('.html')}-note.html" if url.lower() in _OWN_PAGES else url


def is_old_address(alias: str) -> bool:
    """Whether an alias is a path that once led to the note; in a vault it is another name."""
    return "/" in alias and " " not in alias


def why_no_address(address: str) -> str:
    """Why no page can be at the `address` that an author asks for; empty when one can."""
    found = _NOT_IN_ADDRESS.search(address)
    if found:
        return f"it holds {found[0]!r}"
    names = page_path(address).removesuffix(".html").split("/")
    for name in names:
        if name.startswith("."):
            return f"'{name}' begins with a full stop"
        if name.lower() in _RESERVED:
            return f"Windows keeps '{name}' for itself"
        if len(name.encode()) > _LONGEST_NAME:
            return f"a part of it is longer than {_LONGEST_NAME} bytes"
    is_long = sum(len(name.encode()) + 1 for name in names) > _LONGEST_ADDRESS
    return f"it is longer than {_LONGEST_ADDRESS:,} bytes" if is_long else ""


def quartz_url(path: str) -> str:
    """The page that Quartz 4 makes of the note at `path` (its `util/path.ts`, `slugifyFilePath`).

    Unlike ours it keeps the case of letters and most punctuation.
    """
    parts = [quartz_slug(part) for part in _MARKDOWN_SUFFIX.sub("", path).split("/")]
    if parts[-1] == "_index":
        parts[-1] = "index"
    return "/".join(parts) + ".html"


def quartz_file(path: str) -> str:
    """Where Quartz 4 puts the file at `path` that is no note; it has no other address there."""
    return "/".join(map(quartz_slug, path.split("/")))


def quartz_slug(name: str) -> str:
    """One name of a path as Quartz 4 writes it in an address."""
    slug = re.sub(r"\s", "-", name).replace("&", "-and-").replace("%", "-percent")
    return slug.replace("?", "").replace("#", "")


def page_path(address: str) -> str:
    """The path of the page that an author's `address` such as `/essays/one/` asks for."""
    clean = posixpath.normpath("/" + address.strip().lstrip("/")).lstrip("/")
    if address.endswith("/"):
        return f"{clean}/{INDEX}"
    return clean if clean.endswith((".html", ".htm")) else f"{clean}.html"


@lru_cache(maxsize=8192)
def _safe_slug(name: str) -> str:
    # A name of emoji alone has no letter to show: their numbers tell it from others.
    slug = slugify(name) or "-".join(f"{ord(each):x}" for each in name if ord(each) > 127) or "note"
    # A name that Windows keeps for itself could not be checked out there.
    if slug in _RESERVED:
        return f"{slug}-note"
    return slug.encode()[:_LONGEST_SLUG].decode(errors="ignore").rstrip("-_")


def card_url(url: str) -> str:
    """Where the picture for social networks of the note at `url` is."""
    return f"cards/notes/{url.removesuffix('.html')}.png"


def markdown_url(url: str) -> str:
    """Where the Markdown of the note at `url` is: as llmstxt.org has it, at the same with `.md`."""
    return f"{url}.md"


def section_url(section: str) -> str:
    """The URL of a section's page."""
    slug = _safe_slug(section) if slugify(section) else "section"
    return f"{slug}-section/{INDEX}" if slug == _OWN_FOLDER else f"{slug}/{INDEX}"


@lru_cache(maxsize=10_000)
def tag_url(tag: str) -> str:
    """The URL of a tag's page; the tags of different spelling share it."""
    path = "/".join(_safe_slug(part) for part in tag.split("/"))
    if len(path.encode()) > _LONGEST_ADDRESS:
        # No file can lie so deep; as one name it is cut, and a number tells it from others.
        path = f"{_safe_slug(path.replace('/', '-'))}-{crc32(path.encode()):x}"
    return f"tags/{path}.html"


def relative_url(page: str, target: str) -> str:
    """The address by which `page` names `target`, a URL that may end in `#fragment`.

    Escaped for a URL, not for HTML.
    """
    path, mark, fragment = target.partition("#")
    tail = mark + quote(fragment, safe="/:@!$'()*+,;=~-._?") if mark else ""
    if not path or path == page:
        return tail or quote(posixpath.basename(page), safe="/~")
    return _address_from(page.rpartition("/")[0], path) + tail


@lru_cache(maxsize=50_000)
def _address_from(folder: str, path: str) -> str:
    # The pages of a folder name the same pages again and again.
    return quote(_relative_path(path, folder), safe="/~@!$'()*+,;=")


def _relative_path(path: str, folder: str) -> str:
    """How a page in `folder` names `path`; both are normal, so that no disk need be asked."""
    here = folder.split("/") if folder else []
    there = path.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return "../" * (len(here) - shared) + "/".join(there[shared:])


def absolute_url(base_url: str, target: str) -> str:
    """The address of `target` on the web; `index.html` is left out, as servers add it."""
    path, mark, fragment = target.partition("#")
    path = path.removesuffix(INDEX) if path.rpartition("/")[2] == INDEX else path
    return base_url.rstrip("/") + "/" + quote(path, safe="/~@!$'()*+,;=") + mark + quote(fragment)


def mark(target: str) -> str:
    """The URL `target` as it stands in HTML until its page is known."""
    return f"\0{target}\0"


def marked(html: str) -> list[str]:
    """The pages that the marked URLs of `html` lead to."""
    return [target.partition("#")[0] for target in _MARKED.findall(html)] if "\0" in html else []


def fill_relative(html: str, page: str) -> str:
    """`html` with its marked URLs made relative to `page`."""
    if "\0" not in html:
        return html
    return _MARKED.sub(lambda found: _for_html(relative_url(page, found[1])), html)


def fill_absolute(html: str, base_url: str) -> str:
    """`html` with its marked URLs made absolute."""
    return _MARKED.sub(lambda found: _for_html(absolute_url(base_url, found[1])), html)


def _for_html(address: str) -> str:
    return address.replace("&", "&amp;").replace('"', "&quot;")
