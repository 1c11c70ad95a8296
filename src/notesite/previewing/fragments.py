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
_LOCAL = re.compile(r'(\s)href="#([^"]*)"')
_NAMES = re.compile(
    r"""\s(?:id|for|aria-labelledby|aria-describedby|headers)=(?:"[^"]*"|'[^']*')"""
)
_OPENING = re.compile(r"""<[a-zA-Z](?:[^"'<>]|"[^"]*"|'[^']*')*>""")


def fragment(html: str, anchor: str) -> str | None:
    """The HTML that a link to `anchor` (escaped, as in the HTML) shows; None where there is none.

    A heading comes with what follows it; whatever else stands in a result, an equation or a figure
    is shown with all of it, and else as the block that it is or stands in.
    """
    found = markup.find_id(html, anchor)
    if found is None:
        return None
    start, end = found
    name = _name_at(html, start)
    if name in _HEADINGS:
        end = _end_of_opening(html, end)
    else:
        start, end = _block_around(html, start, end)
        name = _name_at(html, start)
    part = html[start:end]
    if name in {"li", "dd", "dt"}:
        # Without its list an item is a block like any other.
        part = f"<div>{part[part.index('>') + 1 : part.rindex('<')]}</div>"
    return part if len(part) <= LONGEST else None


def opening_of(html: str) -> str:
    """The first paragraph of a page, or nothing."""
    start = html.find("<p>")
    end = markup.element_at(html, start) if start >= 0 else 0
    return html[start:end] if 0 < end - start <= LONGEST else ""


def detached(html: str, url: str) -> str:
    """A part of the page at `url`, fit for another one: without ids, its links going home."""
    html = _without_dropped(html)
    html = _LOCAL.sub(lambda found: f'{found[1]}href="{mark(f"{url}#{found[2]}")}"', html)
    return _OPENING.sub(lambda tag: _NAMES.sub("", tag[0]) if "=" in tag[0] else tag[0], html)


def _name_at(html: str, start: int) -> str:
    opening = markup.TAG.match(html, start)
    return opening[2].lower() if opening else ""


def _end_of_opening(html: str, place: int) -> int:
    """Where the first blocks behind a heading end that ends at `place`."""
    for _ in range(_BLOCKS_OF_A_SECTION):
        following = re.compile(r"\s*").match(html, place)
        begin = following.end() if following else place
        name = _name_at(html, begin)
        if not name or name in _HEADINGS or html.startswith("</", begin):
            break
        end = markup.element_at(html, begin)
        if end - place > LONGEST // 2:
            break
        place = end
    return place


def _block_around(html: str, start: int, end: int) -> tuple[int, int]:
    """The block that the element stands in, itself perhaps, or what is shown as a whole."""
    around = [*_open_at(html, start), start]
    for place in around:
        classes = markup.attributes(html[place:]).get("class", "").split()
        if any(each in _WHOLE for each in classes):
            return place, markup.element_at(html, place)
    for place in reversed(around):
        if _name_at(html, place) in _BLOCKS:
            return place, markup.element_at(html, place)
    return start, end


def _open_at(html: str, place: int) -> list[int]:
    """Where the elements begin that are open at `place`, the outermost first."""
    opened: list[tuple[str, int]] = []
    for tag in markup.TAG.finditer(html, 0, place):
        name = tag[2].lower()
        if tag[1]:
            while opened and opened[-1][0] != name:
                opened.pop()
            opened[-1:] = []
        elif name not in markup.VOID and not tag[3].endswith("/"):
            opened.append((name, tag.start()))
    return [start for _, start in opened]


def _without_dropped(html: str) -> str:
    kept: list[str] = []
    place = 0
    for tag in markup.TAG.finditer(html):
        if tag.start() < place or tag[1] or "=" not in tag[3]:
            continue
        attributes = markup.attributes(tag[0])
        is_backlink = attributes.get("role") == "doc-backlink"
        if is_backlink or not _DROPPED.isdisjoint(attributes.get("class", "").split()):
            kept.append(html[place : tag.start()])
            place = markup.element_at(html, tag.start())
    return "".join((*kept, html[place:]))
