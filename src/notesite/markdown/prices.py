"""Dollars that are no formula's: of sums between which prose stands, of `$M`, of `$PATH`."""

from __future__ import annotations

import re

from notesite.patterns import pattern

_SUM = pattern(r"\d[\d.,]*(?:k|m|bn|K|M|B)?")
_NUMBER = pattern(r"\d[\d.,]*[,;:]?")
_WORD = pattern(r"[^\W\d_]{2,}[,;:]?")
_OF_MATH = pattern(
    r"\b(?:mod|div|gcd|lcm|log|ln|exp|sin|cos|tan|max|min|sup|inf|lim|det|dim|ker|deg|arg)\b"
)
_NAME = pattern(r"\$[A-Z][A-Z0-9_]+(?![A-Za-z])")
_SCALE = pattern(r"\$[kmbKMBT](?![\w^_(])")
_TALK = pattern(
    r"\$\d|\b(?:usd|dollars?|revenues?|costs?|prices?|sales|millions?|billions?|budgets?|income"
    r"|profits?|earnings|spending|funding|valuations?|debts?|assets|capital|market)\b",
    re.IGNORECASE,
)


def looks_like_a_price(tex: str) -> bool:
    """Whether what stands between two dollars is prose that begins with a sum or a bracket's end.

    Words that formulas are made of, as in `2 mod n`, are no prose.
    """
    if tex[:1].isdigit():
        return _is_sum_with_prose(tex.split()) and _OF_MATH.search(tex) is None
    return _is_inside_out(tex)


def _is_sum_with_prose(words: list[str]) -> bool:
    """Whether it is a sum, words and perhaps numbers, and what stands at the second dollar."""
    if len(words) < 3 or not _SUM.fullmatch(words[0]):
        return False
    between = [word for word in words[1:-1] if not _NUMBER.fullmatch(word)]
    return bool(between) and all(_WORD.fullmatch(word) for word in between)


def _is_inside_out(tex: str) -> bool:
    """Whether it is `M) and cost (`: prose between two brackets that hold the dollars."""
    end, start = tex.find(")"), tex.rfind("(")
    if not 0 <= end < start or any(sign in tex for sign in "[]{}\\"):
        return False
    is_pair = tex.count("(") == tex.count(")") == 1
    return is_pair and any(_WORD.fullmatch(word) for word in tex[end + 1 : start].split())


def are_names(source: str, start: int, end: int) -> bool:
    """Whether the dollars at `start` and `end` begin names of variables: `$HOME:$PATH`."""
    return all(_NAME.match(source, at) is not None for at in (start, end))


def is_scale_of_money(source: str, start: int) -> bool:
    """Whether the dollar at `start` is that of "in $M" where money is talked of."""
    return _SCALE.match(source, start) is not None and _TALK.search(source) is not None
