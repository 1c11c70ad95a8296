"""Pieces of the maps: a picture of its own size, titles as long as there is room for them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from notesite.text import escape_html

if TYPE_CHECKING:
    from collections.abc import Iterable


# A lone letter and its script, as `math.spoken` writes what Unicode has no small characters for.
# What has more letters before the sign is a word of a programmer's, such as `learning_rate`.
_SCRIPT = re.compile(r"(?<![\w^])([^\W\d_])([_^])(?:\(([^()]+)\)|(\w+))")
_SHIFTS = {"_": 3, "^": -4}
"""How far below the line a script stands, in CSS pixels."""


def svg(width: int, height: int, pieces: Iterable[str]) -> str:
    """A picture of that size in CSS pixels."""
    inside = "\n".join(pieces)
    return (
        f'<svg width="{width}" height="{height}" viewBox="0 0 {width} {height}">\n{inside}\n</svg>'
    )


def full_title(text: str, longest: int) -> str:
    """What a browser shows of a title that is clipped, when it is pointed at."""
    return f"<title>{escape_html(text)}</title>" if length(text) > longest else ""


def clipped(text: str, longest: int) -> str:
    """`text` in at most `longest` columns, for a text of SVG: scripts stand where they belong."""
    kept = clipped_text(text, longest)
    pieces, end, shift = [], 0, 0
    for found in _SCRIPT.finditer(kept):
        pieces.append(_moved(kept[end : found.end(1)], -shift))
        shift = _SHIFTS[found[2]]
        script = escape_html(found[3] or found[4])
        pieces.append(f'<tspan class="map-script" dy="{shift}">{script}</tspan>')
        end = found.end()
    return "".join([*pieces, _moved(kept[end:], -shift)])


def _moved(text: str, shift: int) -> str:
    """A part of a text of SVG that is moved down, against what is before it."""
    return (
        f'<tspan dy="{shift}">{escape_html(text)}</tspan>' if shift and text else escape_html(text)
    )


def clipped_text(text: str, longest: int) -> str:
    """`text` in at most `longest` columns, cut between words where that leaves most of it."""
    if length(text) <= longest:
        return text
    kept = text
    while kept and length(kept) >= longest:
        kept = kept[:-1]
    words = kept if text[len(kept)].isspace() else kept.rpartition(" ")[0]
    if 2 * len(words) > len(kept):
        kept = words
    return kept.rstrip(" ,;:–—-") + "…"


def extent(text: str, size: float) -> float:
    """About how wide a text of that size is, rather more than less."""
    return size * sum(map(_share, text))


def _share(sign: str) -> float:
    """The width of a sign in a serif face, in ems."""
    if unicodedata.east_asian_width(sign) in "WF":
        return 1.0
    if sign in "fijlrt .,:;'’!|()[]-":
        return 0.34
    return 0.74 if sign.isupper() or sign in "mw—" else 0.5


def length(text: str) -> int:
    """The columns that a text takes in a list of East Asian and other letters (UAX #11)."""
    if text.isascii():
        return len(text)
    return sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in text)
