"""Open references in rendered HTML: made while rendering, told apart from text afterwards.

A renderer can only return text, so a reference leaves a mark there: its number between two NUL
characters. Markdown never lets a NUL through, so the marks cannot be forged.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from notesite.markdown.places import FILE, LINES
from notesite.model import Body, Reference, ReferenceKind, WebLink
from notesite.patterns import pattern
from notesite.spans import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

REFERENCES = "notesite_references"
"""The key of a renderer's `env` that holds the references made so far."""

# One letter is a disk, and `file:` too leads to somebody's own computer.
WEB_LINKS = "notesite_web_links"
"""The key of a renderer's `env` that holds the links to the web met so far."""

_SCHEME = pattern(r"(?!file:)[A-Za-z][A-Za-z0-9+.-]+:|//", re.IGNORECASE)
_ATTRIBUTE = pattern(
    r"""(<(?:img|source|video|audio|a|iframe|embed|object|track)\b[^<>]*?\s"""
    r"""(?:src|href|poster|data)\s*=\s*)(?:"([^"<>]*)"|'([^'<>]*)')""",
    re.IGNORECASE,
)


def leave_mark(env: dict[str, object], reference: Reference) -> str:
    """The text that stands for `reference` until the body is split."""
    references = env.setdefault(REFERENCES, [])
    assert isinstance(references, list)
    references.append(reference)
    return f"\0{len(references) - 1}\0"


def split_body(html: str, env: dict[str, object]) -> Body:
    """The body that the rendered `html` and the references of `env` make together."""
    references = env.get(REFERENCES, [])
    assert isinstance(references, list)
    pieces = html.split("\0")
    body = [references[int(piece)] if index % 2 else piece for index, piece in enumerate(pieces)]
    return tuple(piece for piece in body if piece != "")


def note_web_link(env: MutableMapping[str, Any], address: str, span: Span | None) -> None:
    """Remember a link to the web in a renderer's `env`; other schemes cannot be asked for."""
    if address.startswith(("https://", "http://")):
        links = env.setdefault(WEB_LINKS, [])
        assert isinstance(links, list)
        links.append(WebLink(address, str(env.get(FILE, "")), span))


def is_external(address: str) -> bool:
    """Whether `address` leads out of the site: it has a scheme or a host.

    What lies on its author's computer (`file:`) is nowhere else.
    """
    return _SCHEME.match(address) is not None and address[:5].lower() != "file:"


def place_in_file(file: str, fragment: str) -> str:
    """The place in a file that a link names, as a browser knows it.

    PDF++ and other plugins write a stretch of a page, `page=2&selection=0,1,0,9`, of a PDF.
    """
    is_stretch = file[-4:].lower() == ".pdf" and fragment.startswith("page=")
    return fragment.partition("&")[0] if is_stretch else fragment


def link_reference(
    address: str, attributes: tuple[tuple[str, str], ...], span: Span | None
) -> Reference:
    """The reference that a Markdown link to the internal `address` (URL-encoded) opens."""
    path, _, fragment = address.partition("#")
    path = unquote(path.partition("?")[0])
    name = path.rpartition("/")[2]
    is_note = not path or path.lower().endswith(".md") or "." not in name
    kind = ReferenceKind.NOTE if is_note else ReferenceKind.FILE
    place = place_in_file(path, unquote(fragment))
    return Reference(kind, path, place, attributes=attributes, span=span)


def open_raw_html(html: str, env: dict[str, object], span: Span | None) -> str:
    """Raw `html` with references in place of the internal addresses in its attributes."""

    def replace(match: re.Match[str]) -> str:
        address = unescape(match[2] if match[2] is not None else match[3]).strip()
        if not address or address.startswith("#") or is_external(address):
            note_web_link(env, address, span)
            return match[0]
        path, _, fragment = address.partition("#")
        place = _place_of_address(match, env, span)
        reference = Reference(
            ReferenceKind.URL, unquote(path), unquote(fragment), text=address, span=place
        )
        return f'{match[1]}"{leave_mark(env, reference)}"'

    return _ATTRIBUTE.sub(replace, html)


def _place_of_address(
    match: re.Match[str], env: Mapping[str, object], block: Span | None
) -> Span | None:
    """Where an attribute's address stands in HTML that begins at `block`, which may be long."""
    lines = env.get(LINES)
    if block is None or not isinstance(lines, list):
        return block
    group = 2 if match[2] is not None else 3
    number = block.start.line + match.string.count("\n", 0, match.start(group))
    line = lines[number - 1] if number <= len(lines) else ""
    begin = block.start.column - 1 if number == block.start.line else 0
    column = line.find(match[group], begin)
    return Span.at(number, column + 1, len(match[group])) if column >= 0 else block
