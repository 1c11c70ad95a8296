"""The curve of times by numbers of notes, as SVG."""

from __future__ import annotations

from html import escape
from math import log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.running import Series

WIDTH, HEIGHT = 640, 400
LEFT, RIGHT, TOP, BOTTOM = 56, 150, 16, 44
DASHES = ("", "7 4", "2 3", "8 3 2 3", "1 4", "12 4")
STEPS = (1, 2, 5)


def curve(series: Sequence[Series]) -> str:
    """Seconds over notes, both axes logarithmic; a line of slope one is linear growth."""
    counts = sorted({each.notes for each in series})
    seconds = [each.seconds for each in series]
    across = _Axis(counts[0], counts[-1], LEFT, WIDTH - RIGHT)
    up = _Axis(min(seconds) / 1.3, max(seconds) * 1.3, HEIGHT - BOTTOM, TOP)
    parts = [_grid(across, up, counts)]
    names = list(dict.fromkeys(each.peer for each in series))
    ends: list[float] = []
    for index, name in enumerate(names):
        own = sorted((each for each in series if each.peer == name), key=lambda each: each.notes)
        points = [(across.at(each.notes), up.at(each.seconds)) for each in own]
        parts.append(_line(name, points, DASHES[index % len(DASHES)], ends))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'role="img" font-family="sans-serif" font-size="12" fill="currentColor">'
        f"<title>Seconds of a build from nothing by number of notes</title>{''.join(parts)}</svg>\n"
    )


class _Axis:
    """A logarithmic scale from values to places."""

    def __init__(self, first: float, last: float, start: float, end: float) -> None:
        self._low, self._high = log10(first), log10(max(last, first * 1.01))
        self.start, self.end = start, end

    def at(self, value: float) -> float:
        share = (log10(value) - self._low) / (self._high - self._low)
        return self.start + share * (self.end - self.start)

    def ticks(self) -> list[float]:
        powers = range(int(self._low) - 1, int(self._high) + 2)
        values = (step * 10.0**power for power in powers for step in STEPS)
        return [value for value in values if self._low <= log10(value) <= self._high]


def _grid(across: _Axis, up: _Axis, counts: Sequence[int]) -> str:
    lines = "".join(
        f'<path d="M{across.start} {up.at(value):.1f}H{across.end}" stroke="#999" '
        f'stroke-opacity="0.4"/><text x="{across.start - 6}" y="{up.at(value) + 4:.1f}" '
        f'text-anchor="end">{value:g}</text>'
        for value in up.ticks()
    )
    marks = "".join(
        f'<text x="{across.at(count):.1f}" y="{up.start + 18}" '
        f'text-anchor="middle">{count:,}</text>'
        for count in counts
    )
    middle = (across.start + across.end) / 2
    names = (
        f'<text x="{middle}" y="{HEIGHT - 6}" text-anchor="middle">notes</text>'
        f'<text x="14" y="{(TOP + HEIGHT - BOTTOM) / 2}" text-anchor="middle" '
        f'transform="rotate(-90 14 {(TOP + HEIGHT - BOTTOM) / 2})">seconds</text>'
    )
    return lines + marks + names


def _line(name: str, points: list[tuple[float, float]], dashes: str, ends: list[float]) -> str:
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    dotted = f' stroke-dasharray="{dashes}"' if dashes else ""
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in points)
    x, y = points[-1]
    while any(abs(y - other) < 13 for other in ends):
        y += 13
    ends.append(y)
    label = f'<text x="{x + 8:.1f}" y="{y + 4:.1f}">{escape(name)}</text>'
    shown = f'<path d="M{path}" fill="none" stroke="currentColor" stroke-width="1.5"{dotted}/>'
    return shown + dots + label
