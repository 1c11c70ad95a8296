"""Maps of notes as SVG: a note's neighbourhood, and the whole site.

Both are made of text and links and need no script. Lengths are in CSS pixels; the SVG is shown at
its own size: a neighbourhood in a form for wide pages and in one for narrow ones, the map of the
site in a scroller where the page is narrower.
"""

from __future__ import annotations

import math
import unicodedata
from typing import TYPE_CHECKING

from notesite.linking.urls import MAP, mark
from notesite.records import dataclass
from notesite.text import escape_html

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from notesite.languages import Catalogue
    from notesite.model import LinkedNote, Section, Site

MOST_ON_A_SIDE = 10
"""Neighbours that are drawn on one side of a note; the rest are counted."""

ROW = 24
_WIDTH, _LEFT, _MIDDLE, _RIGHT = 600, 205, 300, 395
_LONGEST, _LONGEST_MIDDLE = 29, 60
_STEM, _BRANCH = 8, 34
_NARROW, _ONE_SIDED = (330, 36), (560, 36)

MOST_ROWS = 400
"""Rows of the map of the site; of more, those that are linked most are drawn.

Nobody reads thousands, and a page of them with all their arcs takes megabytes.
"""
LIST_ROW = 19
AXIS = 400
"""Where the names of the map of the site end and its arcs begin."""
_LONGEST_IN_LIST, _LONGEST_HEADING = 58, 46
_WIDEST_ARC = 190
_HEADING_ROWS = 2.4


# The neighbourhood of a note


def neighbourhood(site: Site, linked: LinkedNote, words: Catalogue) -> str:
    """The map of the notes that `linked` links to and of those that link to it, as HTML.

    URLs are marked. The notes that link here stand on the left, those linked to on the right; a
    note of both kinds stands on the right with an arrow at both ends. Empty without neighbours.
    """
    after = tuple(dict.fromkeys(linked.links))
    before = tuple(url for url in linked.backlinks if url not in after and url != linked.url)
    if not before and not after:
        return ""
    left, right = before[:MOST_ON_A_SIDE], after[:MOST_ON_A_SIDE]
    more = len(before) + len(after) - len(left) - len(right)
    said = escape_html(words.text("map.more", count=more))
    rest = f'<p class="map-more"><a href="{mark(MAP)}">{said}</a></p>\n' if more else ""
    return (
        f'<nav class="map" aria-label="{escape_html(words.text("map.neighbours"))}">\n'
        f'<div class="map-wide">{_wide(site, linked, left, right)}</div>\n'
        f'<div class="map-narrow">{_on_stem(site, linked, left, right, _NARROW)}</div>\n'
        f"</nav>\n{rest}"
    )


def _wide(site: Site, linked: LinkedNote, before: Sequence[str], after: Sequence[str]) -> str:
    """The neighbourhood for a wide page; with an empty side it would stand askew."""
    if not before or not after:
        return _on_stem(site, linked, before, after, _ONE_SIDED)
    mutual = frozenset(linked.backlinks)
    height = max(len(before), len(after)) * ROW + 2 * ROW
    pieces = [*_edges(before, height, _LEFT, mutual), *_edges(after, height, _RIGHT, mutual)]
    pieces += _side(site, before, height, _LEFT)
    pieces += _side(site, after, height, _RIGHT)
    pieces.append(_middle(linked, height))
    return _svg(_WIDTH, height, pieces)


def _on_stem(
    site: Site,
    linked: LinkedNote,
    before: Sequence[str],
    after: Sequence[str],
    room: tuple[int, int],
) -> str:
    """The neighbours one below the other; `room` is a width and how long a title may be in it."""
    mutual = frozenset(linked.backlinks)
    top = ROW
    width, longest = room
    here = _clipped(linked.note.title.text, longest if room == _NARROW else _LONGEST_MIDDLE)
    rows = [(url, top + (index + 1) * ROW) for index, url in enumerate((*before, *after))]
    stem = f'<path class="map-edge" d="M{_STEM} {top}V{rows[-1][1]}"/>'
    middle = (
        f'<g class="map-here"><circle cx="{_STEM}" cy="{top}" r="5"/>'
        f'<text x="{_STEM + 14}" y="{top + 4.5:g}">{here}</text></g>'
    )
    pieces = [stem, middle]
    for url, y in rows:
        heads = _head(_BRANCH, y, 1) if url in after else ""
        heads += _head(_STEM + 1, y, -1) if url in mutual or url not in after else ""
        label = site.notes[url].note.title.text
        pieces.append(
            f'<path class="map-edge" d="M{_STEM} {y}H{_BRANCH}{heads}"/>'
            f'<a href="{mark(url)}">{_full_title(label, longest)}'
            f'<circle cx="{_BRANCH + 6}" cy="{y}" r="3.5"/>'
            f'<text x="{_BRANCH + 15}" y="{y + 4.5:g}">'
            f"{_clipped(label, longest)}</text></a>"
        )
    return _svg(width, rows[-1][1] + ROW // 2, pieces)


def _heights(count: int, height: int) -> list[float]:
    """The places of `count` rows, evenly about the middle."""
    first = height / 2 - (count - 1) * ROW / 2
    return [first + index * ROW for index in range(count)]


def _edges(urls: Sequence[str], height: int, x: int, mutual: frozenset[str]) -> Iterator[str]:
    middle = height / 2
    inner = _MIDDLE + math.copysign(7, x - _MIDDLE)
    outer = x - math.copysign(6, x - _MIDDLE)
    bend = (inner + outer) / 2
    for url, y in zip(urls, _heights(len(urls), height), strict=True):
        path = f"M{inner:g} {middle:g}C{bend:g} {middle:g} {bend:g} {y:g} {outer:g} {y:g}"
        to_right = x > _MIDDLE
        heads = [_head(outer, y, 1)] if to_right else [_head(inner, middle, 1)]
        if to_right and url in mutual:
            heads.append(_head(inner, middle, -1))
        yield f'<path class="map-edge" d="{path}{"".join(heads)}"/>'


def _head(x: float, y: float, way: int) -> str:
    """An arrow's head at a point, as a part of a path; `way` is 1 to the right, -1 to the left."""
    return f"M{x - 4 * way:g} {y - 3:g}L{x:g} {y:g}L{x - 4 * way:g} {y + 3:g}"


def _side(site: Site, urls: Sequence[str], height: int, x: int) -> Iterator[str]:
    is_left = x < _MIDDLE
    for url, y in zip(urls, _heights(len(urls), height), strict=True):
        text_x, end = (x - 9, ' text-anchor="end"') if is_left else (x + 9, "")
        label = site.notes[url].note.title.text
        yield (
            f'<a href="{mark(url)}">{_full_title(label, _LONGEST)}'
            f'<circle cx="{x}" cy="{y:g}" r="3.5"/>'
            f'<text x="{text_x}" y="{y + 4.5:g}"{end}>{_clipped(label, _LONGEST)}</text></a>'
        )


def _middle(linked: LinkedNote, height: int) -> str:
    y = height / 2
    label = _clipped(linked.note.title.text, _LONGEST_MIDDLE)
    return (
        f'<g class="map-here"><circle cx="{_MIDDLE}" cy="{y:g}" r="5"/>'
        f'<text x="{_MIDDLE}" y="14" text-anchor="middle">{label}</text></g>'
    )


# The map of the site


@dataclass(frozen=True, slots=True)
class Row:
    """A note's row in the map of the site: its URL, its title, its height, how many it touches."""

    url: str
    title: str
    y: float
    degree: int


@dataclass(frozen=True, slots=True)
class SectionRows:
    """A section in the map of the site: its page, its title, and where its heading stands."""

    url: str
    title: str
    y: float
    rows: tuple[Row, ...]


def _titles(site: Site, urls: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((url, site.notes[url].note.title.text) for url in urls)


def lay_rows(
    groups: Iterable[tuple[str, str, tuple[tuple[str, str], ...]]],
    near: Mapping[str, Sequence[str]],
) -> tuple[SectionRows, ...]:
    """The rows of an arc diagram: of each group, given as URL, title and rows, one below the other.

    A row is given as URL and title, and is left out where `near` does not know it. A group without
    a title has no heading.
    """
    height = 0.0
    laid = []
    for url, title, all_members in groups:
        members = [each for each in all_members if each[0] in near]
        if not members:
            continue
        height += _HEADING_ROWS * LIST_ROW if title else LIST_ROW * 0.5
        heading = height - 0.6 * LIST_ROW
        rows = []
        for member, name in members:
            rows.append(Row(member, name, height, len(near[member])))
            height += LIST_ROW
        laid.append(SectionRows(url, title, heading, tuple(rows)))
    return tuple(laid)


def neighbours(site: Site) -> Mapping[str, tuple[str, ...]]:
    """The notes that each note links to or is linked from, by URL."""
    return {
        url: tuple(dict.fromkeys(u for u in (*each.links, *each.backlinks) if u != url))
        for url, each in site.notes.items()
    }


def whole(site: Site, words: Catalogue) -> str:
    """The map of the site as HTML with marked URLs; empty where no note links to another.

    An arc diagram (M. Wattenberg, "Arc diagrams", 2002): all titles one under the other, so that
    none covers another however many there are, and an arc for each pair that is linked. The arcs of
    the note that is pointed at or focused stand out.
    """
    near = neighbours(site)
    if not any(near.values()):
        return ""
    groups = (
        (section.url, section.title.text, _titles(site, section.notes))
        for section in _flat(site.sections)
    )
    links = len({tuple(sorted((a, b))) for a, others in near.items() for b in others})
    label = escape_html(words.text("map.label"))
    summary = _summary(len(near), links, words)
    drawn = most_linked(near)
    if len(drawn) < len(near):
        summary += " " + words.text("map.most", count=len(drawn))
    return f"<p>{escape_html(summary)}</p>\n{arc_diagram(groups, drawn, label)}"


def most_linked(near: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
    """Of what is near what, those MOST_ROWS that are near the most; among equals by URL."""
    if len(near) <= MOST_ROWS:
        return near
    kept = frozenset(sorted(near, key=lambda url: (-len(near[url]), url))[:MOST_ROWS])
    return {
        url: [each for each in others if each in kept]
        for url, others in near.items()
        if url in kept
    }


def arc_diagram(
    groups: Iterable[tuple[str, str, tuple[tuple[str, str], ...]]],
    near: Mapping[str, Sequence[str]],
    label: str,
    here: str = "",
) -> str:
    """The rows of these groups (as `lay_rows` takes them), with an arc for each pair that is near.

    `label` is HTML; the row of the URL `here` is set apart. Empty where nothing is near another.
    """
    if not any(near.values()):
        return ""
    sections = lay_rows(groups, near)
    heights = {row.url: row.y for section in sections for row in section.rows}
    near = {url: [each for each in near[url] if each in heights] for url in heights}
    pairs = sorted({tuple(sorted((a, b))) for a, others in near.items() for b in others})
    arcs = "".join(_arc(heights[a], heights[b]) for a, b in pairs)
    pieces = [f'<path class="map-arcs" d="{arcs}"/>']
    for section in sections:
        pieces += [_section(section)] if section.title else []
        pieces.extend(_row(row, near[row.url], heights, here) for row in section.rows)
    height = math.ceil(max(heights.values()) + LIST_ROW)
    return (
        f'<nav class="map map-whole" aria-label="{label}" tabindex="0">\n'
        f"{_svg(AXIS + _WIDEST_ARC + 20, height, pieces)}</nav>\n"
    )


def _summary(notes: int, links: int, words: Catalogue) -> str:
    return words.text(
        "map.summary",
        notes=words.text("count.notes", count=notes),
        links=words.text("count.links", count=links),
    )


def _section(section: SectionRows) -> str:
    return (
        f'<a class="map-section" href="{mark(section.url)}">'
        f"{_full_title(section.title, _LONGEST_HEADING)}"
        f'<text x="{AXIS - 9}" y="{section.y:g}" text-anchor="end">'
        f"{_clipped(section.title, _LONGEST_HEADING)}</text></a>"
    )


def _row(row: Row, others: Iterable[str], heights: Mapping[str, float], here: str) -> str:
    own = "".join(_arc(row.y, heights[url]) for url in others)
    radius = min(2 + math.sqrt(row.degree) * 0.7, LIST_ROW / 2 - 2)
    apart = "" if row.degree else ' class="map-apart"'
    apart = ' class="map-here"' if row.url == here else apart
    return (
        f'<a href="{mark(row.url)}"{apart}>{_full_title(row.title, _LONGEST_IN_LIST)}'
        + (f'<path class="map-own" d="{own}"/>' if own else "")
        + f'<circle cx="{AXIS}" cy="{row.y:g}" r="{radius:.3g}"/>'
        f'<text x="{AXIS - 9}" y="{row.y + 4.5:g}" text-anchor="end">'
        f"{_clipped(row.title, _LONGEST_IN_LIST)}</text></a>\n"
    )


def _arc(first: float, second: float) -> str:
    """The arc between two rows, flatter the further they are from each other."""
    top, bottom = sorted((first, second))
    tall = (bottom - top) / 2
    wide = _WIDEST_ARC * tall / (tall + 6 * LIST_ROW)
    return f"M{AXIS} {top:.4g}A{wide:.3g} {tall:.4g} 0 0 1 {AXIS} {bottom:.5g}"


# Pieces of SVG


def _svg(width: int, height: int, pieces: Iterable[str]) -> str:
    inside = "\n".join(pieces)
    return (
        f'<svg width="{width}" height="{height}" viewBox="0 0 {width} {height}">\n{inside}\n</svg>'
    )


def _full_title(text: str, longest: int) -> str:
    return f"<title>{escape_html(text)}</title>" if _length(text) > longest else ""


def _clipped(text: str, longest: int) -> str:
    """`text` in at most `longest` columns, for HTML."""
    if _length(text) <= longest:
        return escape_html(text)
    kept = text
    while kept and _length(kept) >= longest:
        kept = kept[:-1]
    return escape_html(kept.rstrip()) + "…"


def _length(text: str) -> int:
    """The columns that a text takes in a list of East Asian and other letters (UAX #11)."""
    if text.isascii():
        return len(text)
    return sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in text)


def _flat(sections: Iterable[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _flat(section.parts)
