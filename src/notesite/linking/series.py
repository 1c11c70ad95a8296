"""Series: notes that are to be read one after the other, wherever in the site they are."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from notesite.diagnostics import Diagnostic, Related, diagnose
from notesite.model import SeriesPlace
from notesite.text import match_key, title_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from notesite.model import Note

Member = tuple[str, "Note", "date | None"]
"""A note by its URL, with the day it was written."""


def collect_series(
    members: Iterable[Member],
) -> tuple[dict[str, SeriesPlace], tuple[Diagnostic, ...]]:
    """The place of each note that is part of a series, by URL, and what is amiss.

    Parts go by their number, those without one after them by date. A series is called as its first
    part calls it.
    """
    series: dict[str, list[Member]] = defaultdict(list)
    problems = []
    for member in members:
        matter = member[1].front_matter
        if matter.series:
            series[match_key(matter.series)].append(member)
        elif matter.part is not None:
            message = "a part of no series"
            hints = ("give the name of the series as 'series'",)
            span = matter.spans.get("part")
            problems.append(diagnose("series-part", message, member[1].file, span, hints=hints))
    places: dict[str, SeriesPlace] = {}
    for parts in series.values():
        parts.sort(key=_order)
        problems.extend(_doubles(parts))
        places.update(_places(parts))
    return places, tuple(problems)


def parts_beside(place: SeriesPlace | None) -> frozenset[str]:
    """The URLs of all parts of a note's series."""
    return frozenset(url for _, url in place.parts) if place else frozenset()


def _order(member: Member) -> tuple[bool, int, date, tuple[object, ...], str]:
    url, note, created = member
    part = note.front_matter.part
    title = (title_key(note.title.text),)
    return part is None, part or 0, created or date.max, title, url


def _places(parts: Sequence[Member]) -> dict[str, SeriesPlace]:
    numbers: list[int] = []
    for _, note, _ in parts:
        part = note.front_matter.part
        numbers.append(part if part is not None else (numbers[-1] if numbers else 0) + 1)
    name = parts[0][1].front_matter.series or ""
    urls = [url for url, _, _ in parts]
    listed = tuple(zip(numbers, urls, strict=True))
    return {
        url: SeriesPlace(
            name=name,
            number=numbers[at],
            total=max(len(parts), *numbers),
            parts=listed,
            previous=urls[at - 1] if at else None,
            following=urls[at + 1] if at + 1 < len(urls) else None,
        )
        for at, url in enumerate(urls)
    }


def _doubles(parts: Sequence[Member]) -> list[Diagnostic]:
    problems = []
    seen: dict[int, Note] = {}
    for _, note, _ in parts:
        matter = note.front_matter
        if matter.part is None:
            continue
        first = seen.setdefault(matter.part, note)
        if first is not note:
            message = f"part {matter.part} of '{matter.series}' is there already"
            other = Related("it is this one", first.file, first.front_matter.spans.get("part"))
            span = matter.spans.get("part")
            problems.append(diagnose("series-part", message, note.file, span, related=(other,)))
    return problems
