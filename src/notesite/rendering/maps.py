"""Maps of notes as SVG: a note's neighbourhood, and the whole site.

Both are made of text and links and need no script. Lengths are in CSS pixels; the SVG is shown at
its own size: a neighbourhood in a form for wide pages and in one for narrow ones, the map of the
site in a scroller where the page is narrower.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from notesite.linking.urls import MAP, mark
from notesite.rendering.arcs import arc_diagram, most_linked
from notesite.rendering.drawing import clipped, full_title, svg
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
    return svg(_WIDTH, height, pieces)


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
    here = clipped(linked.note.title.text, longest if room == _NARROW else _LONGEST_MIDDLE)
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
            f'<a href="{mark(url)}">{full_title(label, longest)}'
            f'<circle cx="{_BRANCH + 6}" cy="{y}" r="3.5"/>'
            f'<text x="{_BRANCH + 15}" y="{y + 4.5:g}">'
            f"{clipped(label, longest)}</text></a>"
        )
    return svg(width, rows[-1][1] + ROW // 2, pieces)


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
            f'<a href="{mark(url)}">{full_title(label, _LONGEST)}'
            f'<circle cx="{x}" cy="{y:g}" r="3.5"/>'
            f'<text x="{text_x}" y="{y + 4.5:g}"{end}>{clipped(label, _LONGEST)}</text></a>'
        )


def _middle(linked: LinkedNote, height: int) -> str:
    y = height / 2
    label = clipped(linked.note.title.text, _LONGEST_MIDDLE)
    return (
        f'<g class="map-here"><circle cx="{_MIDDLE}" cy="{y:g}" r="5"/>'
        f'<text x="{_MIDDLE}" y="14" text-anchor="middle">{label}</text></g>'
    )


# The map of the site


def _titles(site: Site, urls: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((url, site.notes[url].note.title.text) for url in urls)


def neighbours(site: Site) -> Mapping[str, tuple[str, ...]]:
    """The notes that each note links to or is linked from, by URL."""
    return {
        url: tuple(dict.fromkeys(u for u in (*each.links, *each.backlinks) if u != url))
        for url, each in site.notes.items()
    }


def whole(site: Site, words: Catalogue) -> str:
    """The map of the site as HTML with marked URLs; empty where no note links to another.

    The arcs of the note that is pointed at or focused stand out.
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


def _summary(notes: int, links: int, words: Catalogue) -> str:
    return words.text(
        "map.summary",
        notes=words.text("count.notes", count=notes),
        links=words.text("count.links", count=links),
    )


def _flat(sections: Iterable[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _flat(section.parts)
