r"""Dollars that were meant to enclose a formula, and do not.

`$ x $` is text in Obsidian and here, and `$\alpha and` has no end: the page would show the dollars
and the LaTeX between them. Prices and names of variables, `$5` and `$HOME`, are left alone.
"""

from __future__ import annotations

from notesite.markdown.prices import is_scale_of_money
from notesite.patterns import pattern
from notesite.records import dataclass

_LONGEST = 300
"""Characters that are looked at behind a dollar; formulas in a line are shorter."""

_PADDED = pattern(r"\$([ \t]*)([^\s$](?:[^$\n]{0,298}[^\s$])?)([ \t]*)\$(?![\w$])")
_PROSE = pattern(r"(?<![\\A-Za-z])[A-Za-z]{3,}")
_SIGNS_OF_MATH = pattern(r"\\[A-Za-z]|[=^_<>]|^[A-Za-z]\b")
_BEGINS_FORMULA = pattern(r"\$(?:\\[A-Za-z{|]|[A-Za-z][_^=<>\\ \t,.])")
"""A dollar with a command behind it, or with a single letter."""

_MONEY = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class LoneDollar:
    """What is wrong with a dollar: the characters that are meant, a message and a hint."""

    length: int
    message: str
    hint: str


def lone_dollar(source: str, start: int, maximum: int) -> LoneDollar | None:
    """What is to be said of the `$` at `start`, which opens no formula; None if it is a dollar.

    Nothing from `maximum` on is looked at.
    """
    if start and (source[start - 1].isalnum() or source[start - 1] == "$"):
        return None
    end = min(maximum, start + _LONGEST)
    padded = _PADDED.match(source, start, end)
    if padded and (padded[1] or padded[3]) and _is_formula(padded[2]):
        message = "spaces beside the dollars keep this from being a formula"
        return LoneDollar(len(padded[0]), message, f"write '${padded[2]}$'")
    if not _BEGINS_FORMULA.match(source, start, end) or is_scale_of_money(source, start):
        return None
    message = "'$' opens a formula that is never closed, and is shown as it stands"
    return LoneDollar(
        1, message, "end it with '$' right behind it, or write '\\$' for a dollar sign"
    )


def _is_formula(tex: str) -> bool:
    begins_as_price = tex[0] in _MONEY and not _SIGNS_OF_MATH.search(tex)
    return not begins_as_price and not _PROSE.search(tex) and bool(_SIGNS_OF_MATH.search(tex))
