"""Lengths of TeX, in em."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.patterns import pattern

if TYPE_CHECKING:
    import re

_UNIT = "(em|ex|mu|pt|pc|cm|mm|in|bp|dd|sp|px)"
_LENGTH = pattern(rf"\s*([+-]?\s*(?:\d+\.?\d*|\.\d+))\s*{_UNIT}\s*")
_STRETCH = pattern(r"\s*(?:plus|minus)\s*[\d.]+\s*(?:fil+|[a-z]{2})\s*")
_EM = {
    "em": 1.0, "ex": 0.4306, "mu": 1 / 18, "pt": 0.1, "pc": 1.2, "cm": 2.845, "mm": 0.2845,
    "in": 7.227, "bp": 0.10037, "dd": 0.107, "sp": 0.1 / 65536, "px": 0.075,
}  # fmt: skip
"""A unit in em at 10 points to the em; `ex` is Computer Modern's."""
LARGEST = 100.0
"""How long a length may be, in em."""


def in_em(tex: str) -> float | None:
    """The length `tex` in em, None when it is not one or an absurd one."""
    match = _LENGTH.fullmatch(tex)
    return None if match is None else _checked(match)


def leading_length(text: str) -> tuple[float, int] | None:
    """The length that `text` begins with, in em, and how many characters it takes.

    What TeX would stretch or shrink it by is read and left aside.
    """
    match = _LENGTH.match(text)
    length = None if match is None else _checked(match)
    if match is None or length is None:
        return None
    end = match.end()
    while stretch := _STRETCH.match(text, end):
        end = stretch.end()
    return length, end


def _checked(match: re.Match[str]) -> float | None:
    length = float("".join(match[1].split())) * _EM[match[2]]
    return length if abs(length) <= LARGEST else None
