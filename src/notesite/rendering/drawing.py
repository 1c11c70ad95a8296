"""Pieces of the maps: a picture of its own size, titles as long as there is room for them."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from notesite.text import escape_html

if TYPE_CHECKING:
    from collections.abc import Iterable


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
    """`text` in at most `longest` columns, for HTML."""
    return escape_html(clipped_text(text, longest))


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
