"""Interface strings: every word that a reader sees and no note says, by language.

A language is a module of plain values beside this one. A new string gets a key in each of them; a
test compares their keys and their placeholders.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from notesite.languages.language import Direction, Language

LANGUAGES = ("en", "en-us", "de", "fr", "ar")
"""The languages at hand, each a module whose name has a low line in place of the hyphen."""

OTHER = "other"
"""The category of counts that every language has."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_CATEGORIES = frozenset({"zero", "one", "two", "few", "many", OTHER})

Overrides = tuple[tuple[str, str], ...]
"""Texts that a site has put in the place of ours, by key."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The strings of one language, with those that a site has chosen in place of ours."""

    language: Language
    tag: str
    """The BCP 47 tag that was asked for; what is at hand may be a relative of it."""
    overrides: Overrides = ()

    @property
    def direction(self) -> Direction:
        """Which way the language is written, for the attribute `dir`."""
        return self.language.direction

    def text(self, key: str, /, **values: object) -> str:
        """The string of `key` with `values` in the place of its placeholders, as plain text.

        A key with plural forms takes the form of the value `count`. Raises KeyError when there is
        no value for a placeholder, and AssertionError when there is no such key.
        """
        return _filled(self.pattern(key, **values), {k: self._shown(v) for k, v in values.items()})

    def pattern(self, key: str, /, **values: object) -> str:
        """The string of `key` with its placeholders still open; `values` choose its plural form."""
        words = self.language.words
        if key not in words:
            count = values.get("count")
            assert isinstance(count, int), f"no string '{key}'"
            form = f"{key}.{self.language.plural(count)}"
            key = form if form in words else f"{key}.{OTHER}"
        return dict(self.overrides).get(key) or words[key]

    def has(self, key: str) -> bool:
        """Whether there is a string of that key, plural forms aside."""
        return key in self.language.words

    def date(self, day: date) -> str:
        """The date as it is written in a text, such as `14 September 2026`."""
        month = self.language.months[day.month - 1]
        is_first = day.day == 1 and self.language.first_day
        pattern = self.language.first_day if is_first else self.language.date
        return pattern.format(day=day.day, month=month, year=day.year)

    def number(self, number: int) -> str:
        """The number with its thousands set apart."""
        return f"{number:,}".replace(",", self.language.thousands)

    def _shown(self, value: object) -> str:
        return self.number(value) if isinstance(value, int) else str(value)


@dataclass(frozen=True, slots=True)
class Strings:
    """A site's language and its own strings.

    A key of `overrides` is ours, for the site's language, or ours behind a language's code and a
    full stop (`de.note.backlinks`), for that one.
    """

    language: str = "en"
    overrides: Overrides = ()

    def of(self, language: str | None = None) -> Catalogue:
        """The strings of a note's `language`, which is the site's where it names none."""
        wanted = catalogue(language or self.language)
        code = wanted.language.code
        is_sites = code == catalogue(self.language).language.code
        chosen = {key: text for key, text in self.overrides if is_sites and not _code_of(key)}
        chosen |= {
            key.removeprefix(f"{code}."): text
            for key, text in self.overrides
            if _code_of(key) == code
        }
        return catalogue(language or self.language, tuple(chosen.items()))


@lru_cache(maxsize=64)
def catalogue(language: str, overrides: Overrides = ()) -> Catalogue:
    """The strings of `language`, a BCP 47 tag: of itself, else of its kin, else English.

    Subtags are dropped from the right until there is something (RFC 4647, "Lookup"): `de-AT` finds
    German.
    """
    parts = language.lower().replace("_", "-").split("-")
    candidates = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    code = next((each for each in candidates if each in LANGUAGES), "en")
    return Catalogue(_load(code), language, overrides)


def keys() -> tuple[str, ...]:
    """All keys, those of plural forms as English has them."""
    return tuple(_load("en").words)


def override_problem(key: str, text: str) -> str:
    """What is wrong with a site's own `text` for `key`, or empty: its key or its placeholders."""
    code = _code_of(key)
    key = key.removeprefix(f"{code}.") if code else key
    words = {name: word for each in LANGUAGES for name, word in _load(each).words.items()}
    if key not in words:
        return f"no string '{key}'"
    base, _, category = key.rpartition(".")
    whole = f"{base}.{OTHER}" if category in _CATEGORIES and f"{base}.{OTHER}" in words else key
    unknown = sorted(placeholders(text) - placeholders(words[whole]))
    known = ", ".join(f"{{{name}}}" for name in sorted(placeholders(words[whole]))) or "none"
    return f"'{{{unknown[0]}}}' means nothing in '{key}'; it can hold {known}" if unknown else ""


def _code_of(key: str) -> str:
    """The language's code that an override's key begins with, or empty."""
    first = key.partition(".")[0]
    return first if first in LANGUAGES else ""


def placeholders(text: str) -> frozenset[str]:
    """The names of the placeholders in a string."""
    return frozenset(_PLACEHOLDER.findall(text))


def pieces(pattern: str) -> list[str]:
    """A string cut at its placeholders: text and name by turns, a text first and last."""
    return _PLACEHOLDER.split(pattern)


def base_keys(names: Iterable[str]) -> frozenset[str]:
    """Keys without the category at their end, if they have one."""
    split = (name.rpartition(".") for name in names)
    return frozenset(base if last in _CATEGORIES else f"{base}.{last}" for base, _, last in split)


def _filled(pattern: str, values: dict[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda found: values[found[1]], pattern) if "{" in pattern else pattern


@lru_cache(maxsize=len(LANGUAGES))
def _load(code: str) -> Language:
    module = import_module(f"notesite.languages.{code.replace('-', '_')}")
    language: Language = module.LANGUAGE
    return language
