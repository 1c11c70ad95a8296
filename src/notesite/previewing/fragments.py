"""The part of a page that a link to one of its anchors shows.

`static/js/previews.js` takes the same parts of the page that is open; what is said here of a target
is said there too.
"""

from __future__ import annotations

import re

from notesite import markup
from notesite.linking.urls import mark

LONGEST = 30_000
"""Characters of HTML beyond which a part is no preview any more."""

_BLOCKS_OF_A_SECTION = 2
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_WHOLE = ("result", "equation", "figure", "callout")
"""The classes of what is shown as a whole, whatever part of it is meant."""
_BLOCKS = frozenset(
    "p li dd dt div section aside blockquote figure table ul ol dl pre details".split()  # noqa: SIM905
)
_DROPPED = frozenset({"heading-anchor", "result-uses"})
"""The classes of what only the page itself has a use for; links back to the text are too."""
_NAMES = re.compile(
    r"""\s(?:id|for|aria-labelledby|aria-describedby|headers)=(?:"[^"]*"|'[^']*')"""
)
_LOCAL = re.compile(r'(\s)href="#([^"]*)"')


class Page:
    """The HTML of a page, of which parts are wanted."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._elements = markup.Elements(html)

    def fragment(self, anchor: str) -> str | None:
        """The HTML that a link to `anchor` (escaped, as in the HTML) shows; None without one.

        A heading comes with what follows it; whatever else stands in a result, an equation or a
        figure is shown with all of it, and else as the block that it is or stands in.
        """
        number = self._elements.find(anchor)
        if number is None:
            return None
        tag = self._elements.tag(number)
        if tag.name in _HEADINGS:
            end = self._end_of_opening(number)
        else:
            tag = self._block_around(number)
            end = self._elements.end_of(tag)
        part = self._html[tag.start : end]
        if tag.name in {"li", "dd", "dt"}:
            # Without its list an item is a block like any other.
            part = f"<div>{part[tag.end - tag.start :].rpartition('<')[0]}</div>"
        return part if len(part) <= LONGEST else None

    def opening(self) -> str:
        """The first paragraph, or nothing."""
        for tag in self._elements.tags():
            if tag.name == "p" and not tag.is_closing and not tag.written:
                part = self._html[tag.start : self._elements.end_of(tag)]
                return part if len(part) <= LONGEST else ""
        return ""

    def _end_of_opening(self, number: int) -> int:
        """Where the first blocks behind the heading of that number end."""
        place = self._elements.end_of(self._elements.tag(number))
        blocks = 0
        for tag in self._elements.tags(number):
            if tag.start < place:
                continue
            is_next = not self._html[place : tag.start].strip()
            end = self._elements.end_of(tag)
            if tag.is_closing or not is_next or tag.name in _HEADINGS or end - place > LONGEST // 2:
                break
            place, blocks = end, blocks + 1
            if blocks == _BLOCKS_OF_A_SECTION:
                break
        return place

    def _block_around(self, number: int) -> markup.Tag:
        """The block that the element stands in, itself perhaps, or what is shown as a whole."""
        around = self._elements.around(number)
        for tag in around:
            if any(each in _WHOLE for each in tag.classes()):
                return tag
        return next((tag for tag in reversed(around) if tag.name in _BLOCKS), around[-1])


def detached(html: str, url: str) -> str:
    """A part of the page at `url`, fit for another one: without ids, its links going home."""
    outline = markup.Outline(html)
    kept: list[str] = []
    place = 0
    for piece in outline.pieces:
        if piece.start < place:
            continue
        place = piece.end
        text = html[piece.start : piece.end]
        if piece.tag and _is_dropped(piece.tag):
            place = outline.end_of(piece.tag)
        elif piece.is_text:
            kept.append(text)
        else:
            text = _LOCAL.sub(lambda found: f'{found[1]}href="{mark(f"{url}#{found[2]}")}"', text)
            kept.append(_NAMES.sub("", text))
    return "".join(kept)


def _is_dropped(tag: markup.Tag) -> bool:
    if tag.is_closing or "=" not in tag.written:
        return False
    is_backlink = tag.attributes().get("role") == "doc-backlink"
    return is_backlink or not _DROPPED.isdisjoint(tag.classes())
