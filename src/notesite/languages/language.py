"""What a language is here: a name, a direction, plural forms, dates, and the words of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Language:
    """One language's words and manners.

    `plural` gives a count its category of CLDR ("Language Plural Rules", cardinals), and
    `categories` are those that it can give. `date` is a pattern with {day}, {month} and {year},
    `months` the names of the months as they stand in it. `words` are the texts by key; a text that
    depends on a count has a key for each category, such as `note.minutes.one`. `first_day` is the
    pattern of a month's first day, where that is another.
    """

    code: str
    name: str
    direction: Direction
    plural: Callable[[int], str]
    categories: tuple[str, ...]
    date: str
    months: tuple[str, ...]
    thousands: str
    words: Mapping[str, str]
    first_day: str = ""
