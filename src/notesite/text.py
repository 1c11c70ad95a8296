"""Slugs, suggestions and escaping: what every room does with plain text."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from notesite.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

EXCERPT_LENGTH = 200
"""Characters of an excerpt, about what a search engine shows."""

_TAG = pattern(r"<[^<>]*>")
_BEHIND_TAG = pattern(r">([^<]+)")
_NOT_IN_SLUG = pattern(r"[^\w]+")
_NUMBER = pattern(r"[0-9]+")
_DIGITS = 20
_NOT_IN_ANCHOR = pattern(r"[^\w\- ]+")
_NOT_IN_A_PAGE = pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
    + "]"
)
"""Control characters and what Unicode calls no characters: errors in HTML (Living Standard,
13.2.3.5), and most of them not allowed in XML (1.0, section 2.2)."""


def first_unprintable(text: str) -> int | None:
    """The offset of the first character that no page may hold."""
    if text.replace("\n", "").replace("\t", "").isprintable():  # many times as fast
        return None
    found = _NOT_IN_A_PAGE.search(text)
    return None if found is None else found.start()


def printable(text: str) -> str:
    """`text` with U+FFFD for every character that no page may hold."""
    if first_unprintable(text) is None:
        return text
    return _NOT_IN_A_PAGE.sub("\ufffd", text)


def cells(text: str) -> int:
    """How many cells of a terminal `text` takes: two for an ideograph, none for an accent."""
    if text.isascii():
        return len(text)
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def escape_html(text: str) -> str:
    """`text` made safe for HTML content and for double-quoted attributes."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("'", "&#x27;")


def without_tags(html: str) -> str:
    """The words of a piece of HTML."""
    from html import unescape  # noqa: PLC0415 - its tables of names, which most runs do not need

    return unescape(_TAG.sub("", html))


def signs_shown(element: str) -> int:
    """How many characters an element shows, from its tag to the one that closes it."""
    return len("".join(_BEHIND_TAG.findall(element)))


def shorten(text: str, length: int = EXCERPT_LENGTH, whole: Iterable[str] = ()) -> str:
    """`text`, cut at a word with an ellipsis when it is longer than `length` characters.

    It is cut behind those of its parts that are to stay `whole`, never within one.
    """
    if len(text) <= length:
        return text
    cut = text.rfind(" ", 0, length)
    for part in whole:
        start = text.find(part, max(0, cut - len(part) + 1), cut + len(part))
        if part and 0 <= start < cut:
            cut = max(cut, start + len(part))
    return text[:cut].rstrip(",;:–— ") + "…" if cut < len(text) else text


def slugify(text: str) -> str:
    """A readable piece of a URL: NFC, lower case, letters and digits of any script, hyphens.

    The result holds no character that a URL, a file system or HTML treats specially; it is empty
    only when `text` holds no letter or digit.
    """
    folded = unicodedata.normalize("NFC", text).lower().replace("'", "").replace("’", "")
    return _NOT_IN_SLUG.sub("-", folded).strip("-_")


def anchor(text: str) -> str:
    """The fragment GitHub gives a heading: lower case, spaces to hyphens, punctuation dropped.

    Source: the observable behaviour of GitHub's rendering, as `github-slugger` documents it.
    """
    folded = unicodedata.normalize("NFC", text).strip().lower()
    return _NOT_IN_ANCHOR.sub("", folded).replace(" ", "-")


def match_key(name: str) -> str:
    """What two spellings of one name share: case, Unicode form and outer blanks set aside."""
    if name.isascii():
        return name.lower().strip()
    return unicodedata.normalize("NFC", name).casefold().strip()


def attributes_html(attributes: Iterable[tuple[str, object]]) -> str:
    """Attributes as they stand in a tag, escaped, each with a blank before it."""
    return "".join(f' {name}="{escape_html(str(value))}"' for name, value in attributes)


def title_of_name(name: str) -> str:
    """What a folder's or a kind's name is as a title: its hyphens are blanks, if it has none."""
    words = name if " " in name else name.replace("-", " ")
    return words[:1].upper() + words[1:]


def title_key(title: str) -> str:
    """By what titles are put in order: capitals set aside, and the 2nd lecture before the 10th."""
    return _NUMBER.sub(lambda number: number[0].lstrip("0").zfill(_DIGITS), title.casefold())


def nearest(
    name: str, candidates: Iterable[str], count: int = 1, likeness: float = 0.6
) -> list[str]:
    """Up to `count` candidates that a person may have meant by `name`, the closest first.

    `likeness` is what of both must be the same, from 0 to 1.
    """
    return _names_of(tuple(candidates)).nearest(name, count, likeness)


_MOST_COMPARED = 200
"""Of how many names, the most promising ones, the order of letters is compared."""


class Names:
    """Names that a person may have meant by others, as `difflib.get_close_matches` finds them.

    In a vault hundreds of links may lead to notes that nobody has written, among thousands that are
    there. How many letters two names share is seen from sets of bits, without looking at their
    order; that is compared only where it leaves a chance.
    """

    def __init__(self, candidates: Iterable[str]) -> None:
        """Of candidates that differ in capitals only the first in the alphabet counts."""
        listed = sorted(candidates, reverse=True)
        self._by_key = {match_key(candidate): candidate for candidate in listed}
        self._bits: dict[tuple[str, int], int] = {}
        self._letters = [(key, self._letters_of(key)) for key in self._by_key]

    def _letters_of(self, key: str) -> int:
        """The letters of a key as bits: one for the first `e` of it, another for the second."""
        found = 0
        for letter in set(key):
            for number in range(key.count(letter)):
                found |= 1 << self._bits.setdefault((letter, number), len(self._bits))
        return found

    def nearest(self, name: str, count: int = 1, likeness: float = 0.6) -> list[str]:
        """Up to `count` of the names, as `nearest` has it."""
        from difflib import SequenceMatcher  # noqa: PLC0415 - most names are right

        wanted = match_key(name)
        matcher = SequenceMatcher()
        matcher.set_seq2(wanted)
        found: list[tuple[float, str]] = []
        for most, key in self._promising(wanted, likeness)[:_MOST_COMPARED]:
            # What comes later shares no more letters than this.
            if len(found) == count and most < found[-1][0]:
                break
            matcher.set_seq1(key)
            ratio = matcher.ratio()
            if ratio >= likeness:
                found = sorted([*found, (ratio, key)], reverse=True)[:count]
        return [self._by_key[key] for _, key in found]

    def _promising(self, wanted: str, likeness: float) -> list[tuple[float, str]]:
        """How like each name is at most, as it shares those letters in some order; the best first.

        Those that are too unlike are left out.
        """
        letters, length = self._letters_of(wanted), len(wanted)
        shares = (
            (
                2 * (letters & others).bit_count() / total if (total := length + len(key)) else 1.0,
                key,
            )
            for key, others in self._letters
        )
        return sorted((each for each in shares if each[0] >= likeness), reverse=True)


@lru_cache(maxsize=4)
def _names_of(candidates: tuple[str, ...]) -> Names:
    """The names, which many others are mostly held against."""
    return Names(candidates)


def did_you_mean(name: str, candidates: Iterable[str]) -> tuple[str, ...]:
    """The hint "did you mean …?" as a tuple of no or one sentence."""
    found = nearest(name, candidates)
    return (f"did you mean '{found[0]}'?",) if found else ()


def replaced(text: str, replacements: Mapping[str, str]) -> str:
    """`text` with each key of `replacements` replaced, the longest where two begin at one place."""
    if not replacements:
        return text
    longest_first = sorted(replacements, key=len, reverse=True)
    pattern = "|".join(map(re.escape, longest_first))
    return re.sub(pattern, lambda found: replacements[found[0]], text)


def is_slip(written: str, meant: str) -> bool:
    """Whether one letter left out, put in, changed or swapped turns `meant` into `written`."""
    while written and meant and written[0] == meant[0]:
        written, meant = written[1:], meant[1:]
    while written and meant and written[-1] == meant[-1]:
        written, meant = written[:-1], meant[:-1]
    is_swap = len(written) == 2 and written == meant[::-1]
    return written != meant and (max(len(written), len(meant)) < 2 or is_swap)


def plural(count: int, noun: str) -> str:
    """`1 note`, `2 notes`; for nouns whose plural is an s away."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
