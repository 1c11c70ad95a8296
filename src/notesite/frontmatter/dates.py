"""Dates as they are written in front matter, by hand and by the programs that fill in templates."""

from __future__ import annotations

import re
from datetime import date, datetime

from notesite.patterns import pattern

_LINK = pattern(r"\s*\[\[([^\]|#]*)")
_YEAR_FIRST = pattern(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
# With dots the day comes first everywhere; with slashes nobody can tell.
_DAY_FIRST = pattern(r"(?P<day>\d{1,2})\.\s*(?P<month>\d{1,2})\.\s*(?P<year>\d{4})(?!\d)")
_DIGITS = pattern(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4}(?:\d{2})?)?Z?")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_IN_WORDS = pattern(
    r"(?:[a-z]+,?\s+)?"  # the day of the week
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?\s+)?"
    r"(?P<month>[a-z]{3})[a-z]*\.?,?\s+"
    r"(?:(?P<late_day>\d{1,2})(?:st|nd|rd|th)?,?\s+)?"
    r"(?P<year>\d{4})(?!\d)",
    re.IGNORECASE,
)


def read_date(text: str) -> date | None:
    """The date that `text` begins with; None where it begins with none.

    What follows, an hour or a day of the week, is not looked at. A link to a day's note,
    `[[Daily/2024-05-07]]`, is that day.
    """
    link = _LINK.match(text)
    written = (link[1].rpartition("/")[2] if link else text).strip()
    try:
        return datetime.fromisoformat(written).date()
    except ValueError:
        pass
    found = _YEAR_FIRST.match(written) or _DIGITS.fullmatch(written)
    if found:
        return _day(found[1], found[2], found[3])
    found = _DAY_FIRST.match(written)
    if found:
        return _day(found["year"], found["month"], found["day"])
    found = _IN_WORDS.match(written)
    if found and found["month"].lower() in _MONTHS:
        month = _MONTHS.index(found["month"].lower()) + 1
        return _day(found["year"], month, found["day"] or found["late_day"])
    return None


def _day(year: str, month: str | int, day: str | None) -> date | None:
    try:
        return date(int(year), int(month), int(day or 0))
    except ValueError:
        return None
