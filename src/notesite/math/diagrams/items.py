"""Lists of options, as arrows, labels and diagrams have them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notesite.math.diagrams.pieces import nested, stripped, text_of
from notesite.math.tex import Token
from notesite.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from notesite.math.diagrams.model import Report

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")


def items_of(tokens: Iterable[Token]) -> list[list[Token]]:
    """The options between commas, those in quotes kept whole; empty ones left out."""
    items: list[list[Token]] = [[]]
    is_quoted = False
    for depth, token in nested(tokens):
        is_quoted ^= depth == 0 and token.text == '"'
        if depth == 0 and token.text == "," and not is_quoted:
            items.append([])
        else:
            items[-1].append(token)
    return [item for item in map(stripped, items) if item]


def name_and_value(item: list[Token]) -> tuple[str, str]:
    """An option in two."""
    name, _, value = text_of(item).partition("=")
    if value.strip().startswith("{") and value.strip().endswith("}"):
        value = value.strip()[1:-1]
    return name.strip(), value.strip()


def number_of(value: str) -> float | None:
    """The number that a value is, if it is one."""
    return float(value) if _NUMBER.fullmatch(value) and len(value) < 12 else None


def report_unknown(item: list[Token], known: Iterable[str], whose: str, report: Report) -> None:
    """Tells of an option that is not known, or of its value."""
    written = text_of(item)
    place = Token(written, item[0].start, max(item[-1].end, item[0].start + 1))
    name, _, value = written.partition("=")
    name = name.strip()
    if value and name in {*known}:
        report("math-unsupported", f"'{value.strip()}' is not a value of '{name}'", place)
        return
    report(
        "math-unsupported",
        f"the option '{name}' of {whose} is not supported",
        place,
        did_you_mean(name, known),
    )
