"""A card as SVG, laid out by ourselves, and as the PNG that networks want."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from notesite.cache import digest
from notesite.cards.fonts import family
from notesite.cards.titles import Type, lines_of, plain_words, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from notesite.cache import Store
    from notesite.cards.boxes import Box
    from notesite.cards.places import FontFiles

WIDTH, HEIGHT = 1200, 630
"""What Open Graph's consumers ask for."""
_MARGIN = 96
_EDGE = 64
_SIZES = (92, 84, 76, 68, 60, 54, 48, 42, 36)
_MOST_HEIGHT = 340
_LEADING = 1.18
_SMALL = 32
_PAPER, _INK, _QUIET, _ACCENT = "#fdfcf9", "#1d1b18", "#625d55", "#1f4f8f"
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")
_REGULAR, _BOLD = 400, 600


class Card(NamedTuple):
    """What a card says: a title as HTML and plain, the name above it, the line below."""

    html: str
    title: str
    above: str
    below: str


def _families(fonts: FontFiles, weight: int) -> Type:
    return Type(*(family(files, weight) for files in fonts))


class Painter:
    """Paints cards with the fonts of a site; `state` tells these from others."""

    def __init__(self, fonts: FontFiles, state: str) -> None:
        self.state = state
        self._bold = _families(fonts, _BOLD)
        self._plain = _families(fonts, _REGULAR)

    def paint(self, card: Card, accent: str, store: Store | None) -> bytes:
        """The card as PNG, from the `store` where it was painted before."""
        import resvg_py  # noqa: PLC0415 - only who paints needs it

        key = digest("card", *card, accent, self.state, resvg_py.__version__)
        known = store.get([key]).get(key) if store else None
        if known is not None:
            return known
        picture = bytes(resvg_py.svg_to_bytes(self.svg(card, accent), skip_system_fonts=True))
        if store:
            store.put({key: picture})
        return picture

    def svg(self, card: Card, accent: str = "") -> str:
        """The card as SVG without text: only outlines."""
        colour = accent if _HEX.fullmatch(accent) else _ACCENT
        size, lines = self._fitted(words_of(card.html, card.title, self._bold))
        parts = [
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{_PAPER}"/>',
            f'<rect width="16" height="{HEIGHT}" fill="{colour}"/>',
        ]
        height = _block_height(lines, size)
        y = (HEIGHT - height) / 2 - 6
        for at, line in enumerate(lines):
            rise = line.ascent if at == 0 else max(line.ascent, _LEADING - _depth(lines[at - 1]))
            y += rise * size
            parts += _drawn(line, _MARGIN, y, size, _INK)
            y += _depth(line) * size
        parts += self._small(card.above, _EDGE + 22, _QUIET)
        parts += self._small(card.below, HEIGHT - _EDGE, _QUIET)
        body = "\n".join(parts)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
            f'viewBox="0 0 {WIDTH} {HEIGHT}">\n{body}\n</svg>\n'
        )

    def _fitted(self, words: list[Box]) -> tuple[int, list[Box]]:
        """The largest size at which the words fit, and their lines; at the smallest the first."""
        for size in _SIZES:
            room = (WIDTH - 2 * _MARGIN) / size
            lines = lines_of(words, room)
            is_narrow = all(line.width <= room for line in lines)
            if is_narrow and _block_height(lines, size) <= _MOST_HEIGHT:
                return size, lines
        return _SIZES[-1], lines[: int(_MOST_HEIGHT / (_LEADING * _SIZES[-1]))]

    def _small(self, words: str, y: float, colour: str) -> Iterator[str]:
        lines = lines_of(plain_words(words, self._plain), (WIDTH - 2 * _MARGIN) / _SMALL)
        if lines:
            yield from _drawn(lines[0], _MARGIN, y, _SMALL, colour)


def _depth(line: Box) -> float:
    return max(line.depth, 0.22)


def _block_height(lines: list[Box], size: float) -> float:
    if not lines:
        return 0.0
    rises = [lines[0].ascent]
    rises += [max(b.ascent, _LEADING - _depth(a)) for a, b in pairwise(lines)]
    return size * (sum(rises) + sum(map(_depth, lines)))


def _drawn(box: Box, x: float, y: float, size: float, colour: str) -> Iterator[str]:
    for mark in box.marks:
        left, top = x + mark.x * size, y + mark.y * size
        if mark.path:
            scale = mark.size * size * mark.scale
            place = f"translate({left:.2f} {top:.2f}) scale({scale:.5f} -{scale:.5f})"
            yield f'<path transform="{place}" fill="{colour}" d="{mark.path}"/>'
        else:
            yield (
                f'<rect x="{left:.2f}" y="{top:.2f}" width="{mark.width * size:.2f}" '
                f'height="{mark.height * size:.2f}" fill="{colour}"/>'
            )
