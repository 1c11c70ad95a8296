"""Where a key stands in a TOML text, for diagnostics; `tomllib` does not say."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from notesite.spans import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]\s][^\[\]]*)\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")

Path = tuple[str | int, ...]


def find_place(text: str, path: Path) -> Span | None:
    """The span of the key that `path` names, or of the nearest table above it that has a line.

    `path` alternates names and, within arrays of tables, indices: `("sections", 2, "order")`.
    Keys of inline tables are found at the key that holds the table.
    """
    places = _places(text)
    while path:
        if path in places:
            return places[path]
        path = path[:-1]
    return None


@lru_cache(maxsize=2)
def _places(text: str) -> Mapping[Path, Span]:
    places: dict[Path, Span] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    for number, line in enumerate(text.split("\n"), start=1):
        if header := _HEADER.match(line):
            table = _table(header, counts)
            places.setdefault(table, _span(number, header, 2))
        elif key := _KEY.match(line):
            places.setdefault(table + _names(key[1]), _span(number, key, 1))
    return places


def _table(header: re.Match[str], counts: dict[Path, int]) -> Path:
    path: Path = ()
    names = _names(header[2])
    for depth, name in enumerate(names):
        path = (*path, name)
        is_array_header = header[1] == "[[" and depth == len(names) - 1
        if is_array_header:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _names(dotted: str) -> tuple[str, ...]:
    parts = re.findall(r"""[\w-]+|"[^"]*"|'[^']*'""", dotted)
    return tuple(part.strip("\"'") for part in parts)


def _span(number: int, match: re.Match[str], group: int) -> Span:
    return Span.at(number, match.start(group) + 1, len(match[group].rstrip()))
