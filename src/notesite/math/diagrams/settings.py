"""The options of a `tikzcd` as a whole: the room between its cells, and styles for its arrows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from notesite.math.diagrams.items import items_of, name_and_value, report_unknown
from notesite.math.diagrams.looks import is_passed
from notesite.math.diagrams.model import Spacing
from notesite.math.diagrams.pieces import unbraced
from notesite.math.lengths import in_em

if TYPE_CHECKING:
    from collections.abc import Iterable

    from notesite.math.diagrams.model import Report
    from notesite.math.tex import Token

_SEPARATIONS: dict[str, tuple[float, float]] = {
    "tiny": (0.45, 0.6), "scriptsize": (0.7, 0.9), "small": (0.9, 1.2), "normal": (1.8, 2.4),
    "large": (2.7, 3.6), "huge": (3.6, 4.8),
}  # fmt: skip
"""The named rooms between rows and between columns, in em."""
_BETWEEN_ORIGINS = 1.2
"""By how much the middles of neighbours are further apart than their sides, about, in em."""


class Settings(NamedTuple):
    """What the options of a `tikzcd` say: room, separator of cells, options of arrows, styles."""

    spacing: Spacing
    separator: str
    arrows: list[Token]
    styles: dict[str, list[Token]]


def read_settings(tokens: Iterable[Token], report: Report) -> Settings:
    """The options of the whole of a `tikzcd`."""
    spacing = Spacing()
    arrows: list[Token] = []
    styles: dict[str, list[Token]] = {}
    separator = "&"
    known = ("row sep", "column sep", "sep", "cramped", "arrows", "ampersand replacement")
    for item in items_of(tokens):
        name, value = name_and_value(item)
        room = _room(value)
        if name in {"row sep", "column sep", "sep"} and room is not None:
            rows = spacing.rows if name == "column sep" else room[0]
            columns = spacing.columns if name == "row sep" else room[1]
            spacing = replace(spacing, rows=rows, columns=columns)
        elif name == "cramped":
            spacing = replace(spacing, margin=0.2)
        elif name == "arrows" and value:
            arrows += [*_value_of(item), item[0].replaced(",")]
        elif name == "ampersand replacement" and value == "\\&":
            separator = value
        elif name.endswith("/.style") and value:
            styles[name.removesuffix("/.style").strip()] = _value_of(item)
        elif not is_passed(name, "tikzcd"):
            report_unknown(item, known, "tikzcd", report)
    return Settings(spacing, separator, arrows, styles)


def _value_of(item: list[Token]) -> list[Token]:
    equals = next(index for index, token in enumerate(item) if token.text == "=")
    return unbraced(item[equals + 1 :])


def _room(value: str) -> tuple[float, float] | None:
    """The room between rows and between columns that a name or a length stands for."""
    value, _, kind = value.partition(",")
    value, kind = value.strip(), kind.strip()
    if value == "between origins":
        value, kind = kind, value
    if value in _SEPARATIONS:
        return _SEPARATIONS[value]
    length = in_em(value)
    if length is not None and kind == "between origins":
        length = max(length - _BETWEEN_ORIGINS, 0.2)
    return None if length is None or kind not in {"", "between origins"} else (length, length)
