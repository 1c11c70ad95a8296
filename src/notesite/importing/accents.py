"""Accent colours made readable: what elsewhere is a button's is to be a link's here."""

from __future__ import annotations

import re

PAPER = "#fdfcf9"
PAPER_DARK = "#17181b"
"""The theme's own, see `static/css/tokens.css`."""

CONTRAST = 4.5
"""What words of ordinary size need against their paper (WCAG 2.2, criterion 1.4.3)."""

_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_STEPS = 100


def readable_on(colour: str, paper: str) -> str:
    """`colour`, mixed with as much black or white as it needs to be read on `paper`.

    What is not written in hexadecimal digits is left as it is.
    """
    if not _HEX.fullmatch(colour):
        return colour
    ground, start = _channels(paper), _channels(colour)
    end = (0.0, 0.0, 0.0) if _luminance(ground) > 0.5 else (1.0, 1.0, 1.0)
    for step in range(_STEPS + 1):
        share = step / _STEPS
        mixed = tuple(a + (b - a) * share for a, b in zip(start, end, strict=True))
        written = "#" + "".join(f"{round(channel * 255):02x}" for channel in mixed)
        if _contrast(_channels(written), ground) >= CONTRAST:
            return written if step else colour
    return colour


def _channels(colour: str) -> tuple[float, ...]:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    return tuple(int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))


def _luminance(channels: tuple[float, ...]) -> float:
    """The relative luminance (WCAG 2.2, terms)."""
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
