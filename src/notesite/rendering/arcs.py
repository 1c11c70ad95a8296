"""Arc diagrams as SVG: titles one below the other, and an arc for each pair that is linked.

As by M. Wattenberg, "Arc diagrams" (2002): no title covers another, however many there are. Made of
text and links; lengths are in CSS pixels.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from notesite.linking.urls import mark
from notesite.records import dataclass
from notesite.rendering.drawing import clipped, clipped_text, extent, full_title, svg

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MOST_ROWS = 400
"""Rows of the map of the site; of more, those that are linked most are drawn.

Nobody reads thousands, and a page of them with all their arcs takes megabytes.
"""
LIST_ROW = 19
_LONGEST_IN_LIST, _LONGEST_HEADING = 58, 46
_GAP = 9
_NARROWEST = 500
"""A map of this width can be read when it is made as narrow as a phone."""
_WIDEST_ARC = 190
_HEADING_ROWS = 2.5


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
        heading = height - 0.8 * LIST_ROW
        rows = []
        for member, name in members:
            rows.append(Row(member, name, height, len(near[member])))
            height += LIST_ROW
        laid.append(SectionRows(url, title, heading, tuple(rows)))
    return tuple(laid)


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
    return _Diagram(sections, near, heights, here).html(label)


@dataclass(frozen=True, slots=True)
class _Diagram:
    """Rows at their heights, those that are near each other, and the row to set apart."""

    sections: tuple[SectionRows, ...]
    near: Mapping[str, Sequence[str]]
    heights: Mapping[str, float]
    here: str

    def html(self, label: str) -> str:
        pairs = sorted({(min(a, b), max(a, b)) for a, others in self.near.items() for b in others})
        arcs = [(self.heights[a], self.heights[b]) for a, b in pairs]
        axis = self._axis()
        pieces = [f'<path class="map-arcs" d="{"".join(_arc(axis, *arc) for arc in arcs)}"/>']
        for section in self.sections:
            pieces += [_section(section, axis)] if section.title else []
            pieces.extend(self._row(row, axis) for row in section.rows)
        width = math.ceil(axis + max((_breadth(*arc) for arc in arcs), default=0) + 2 * _GAP)
        height = math.ceil(max(self.heights.values()) + LIST_ROW)
        fits = " map-fits" if width <= _NARROWEST else ""
        return (
            f'<nav class="map map-whole{fits}" aria-label="{label}" tabindex="0">\n'
            f"{svg(width, height, pieces)}</nav>\n"
        )

    def _axis(self) -> int:
        """Where titles end and arcs begin: behind the longest title, so that no room is left."""
        titles = [row.title for section in self.sections for row in section.rows]
        widths = [extent(clipped_text(title, _LONGEST_IN_LIST), 13) for title in titles]
        headings = [clipped_text(each.title, _LONGEST_HEADING) for each in self.sections]
        # Headings are larger, and bold.
        return math.ceil(max([*widths, *(extent(title, 16.5) for title in headings)]) + 2 * _GAP)

    def _row(self, row: Row, axis: int) -> str:
        others = self.near[row.url]
        own = "".join(_arc(axis, row.y, self.heights[url]) for url in others)
        radius = min(2 + math.sqrt(row.degree) * 0.7, LIST_ROW / 2 - 2)
        apart = "" if row.degree else ' class="map-apart"'
        apart = ' class="map-here"' if row.url == self.here else apart
        return (
            f'<a href="{mark(row.url)}"{apart}>{full_title(row.title, _LONGEST_IN_LIST)}'
            + (f'<path class="map-own" d="{own}"/>' if own else "")
            + f'<circle cx="{axis}" cy="{row.y:g}" r="{radius:.3g}"/>'
            f'<text x="{axis - _GAP}" y="{row.y + 4.5:g}" text-anchor="end">'
            f"{clipped(row.title, _LONGEST_IN_LIST)}</text></a>\n"
        )


def _section(section: SectionRows, axis: int) -> str:
    return (
        f'<a class="map-section" href="{mark(section.url)}">'
        f"{full_title(section.title, _LONGEST_HEADING)}"
        f'<text x="{axis - _GAP}" y="{section.y:g}" text-anchor="end">'
        f"{clipped(section.title, _LONGEST_HEADING)}</text></a>"
    )


def _breadth(first: float, second: float) -> float:
    """How far an arc goes out: the longer it is, the flatter."""
    tall = abs(second - first) / 2
    return _WIDEST_ARC * tall / (tall + 6 * LIST_ROW)


def _arc(axis: int, first: float, second: float) -> str:
    """The arc between two rows."""
    top, bottom = sorted((first, second))
    wide, tall = _breadth(first, second), (bottom - top) / 2
    return f"M{axis} {top:.4g}A{wide:.3g} {tall:.4g} 0 0 1 {axis} {bottom:.5g}"
