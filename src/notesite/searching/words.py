"""The words of a text, as they are looked for: small letters, nothing but letters and digits.

A word is what stands between blanks and signs; of `camelCase` the parts are words too. Scripts that
are written without blanks have no such words: there each character is one, and each with the next,
so that a query's characters are found wherever they follow each other. `words.js` in
`static/js/lazy/search` cuts queries by the same rule.

What follows each other, such characters or two names in a formula, is looked for as one word: three
letters of a script that no note is written in. It is never mixed up with words, no stemmer bends
it, and no browser cuts it.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

VARIANT = "\0"
"""Stands between a word without its accents and the word as it is written."""

Stems: TypeAlias = "Mapping[str, str]"
"""For a word what Pagefind looks for instead; words that stay as they are may be missing.

A word with accents has its stem without them, then `VARIANT`, then the word itself.
"""

BLANKLESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
)
"""Thai, Lao, Burmese, Khmer, kana and Han, as in the brackets of a regular expression."""

EVERYWHERE = "\U0010fffd"
"""A word that every page has and nobody writes, last of all words.

Pagefind finds pages by words alone: for all that a filter leaves it is asked for this one.
"""

_SYLLABLE_BITS = 9
_LAST_SYLLABLE = (1 << _SYLLABLE_BITS) - 1
_SYLLABLES = tuple(chr(0x1401 + number) for number in range(_LAST_SYLLABLE + 1))
"""Canadian Aboriginal syllabics."""
_RUN = re.compile(f"[{BLANKLESS}]+")
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+")
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_HAS_CAMEL = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]")


@lru_cache(maxsize=100_000)
def words_of(text: str) -> tuple[str, ...]:
    """The words of some text, in their order."""
    if not text.isascii():
        return tuple(_foreign_words(text))
    if text.isalnum() and text.islower():
        return (text,)
    words = []
    for word in _ASCII_WORD.findall(text):
        words.append(word.lower())
        if _HAS_CAMEL.search(word):
            words += (part.lower() for part in _CAMEL.findall(word))
    return tuple(words)


def has_blankless(text: str) -> bool:
    """Whether some of the text is in a script without blanks."""
    return not text.isascii() and bool(_RUN.search(text))


def characters(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """The text cut before and behind each character of a script without blanks, with the words."""
    parts: list[tuple[str, tuple[str, ...]]] = []
    place = 0
    for run in _RUN.finditer(text):
        if run.start() > place:
            parts.append((text[place : run.start()], words_of(text[place : run.start()])))
        parts += zip(run[0], _characters_of(run[0]), strict=True)
        place = run.end()
    if place < len(text):
        parts.append((text[place:], words_of(text[place:])))
    return parts


def _foreign_words(text: str) -> list[str]:
    words: list[str] = []
    for run in _split(unicodedata.normalize("NFC", text)):
        if _RUN.search(run):
            words += (word for _, own in characters(run) for word in own)
        else:
            words.append(run.lower())
    return words


def _split(text: str) -> list[str]:
    """The runs of letters and digits, each with the marks above and below it."""
    return "".join(
        each if each.isalnum() or unicodedata.category(each)[0] == "M" else " " for each in text
    ).split()


def _characters_of(run: str) -> list[tuple[str, ...]]:
    """The words that begin with each character of a run."""
    both: list[tuple[str, ...]] = [
        (pair(one, ""), pair(one, other)) for one, other in pairwise(run)
    ]
    return [*both, (pair(run[-1], ""),)]


@lru_cache(maxsize=50_000)
def pair(first: str, second: str) -> str:
    """Two that follow each other as one word; two pairs in a hundred million share theirs."""
    number = zlib.crc32(f"{first} {second}".encode())
    low, high = number & _LAST_SYLLABLE, number >> 2 * _SYLLABLE_BITS & _LAST_SYLLABLE
    return (
        _SYLLABLES[low] + _SYLLABLES[number >> _SYLLABLE_BITS & _LAST_SYLLABLE] + _SYLLABLES[high]
    )


def is_pair(word: str) -> bool:
    """Whether a word is one that `pair` makes."""
    return _SYLLABLES[0] <= word[0] <= _SYLLABLES[-1]
