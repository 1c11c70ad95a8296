"""Slugs, suggestions and escaping: what every room does with plain text."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from notesite.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

EXCERPT_LENGTH = 200
"""Characters of an excerpt, about what a search engine shows."""

_TAG = pattern(r"<[^<>]*>")
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
    from difflib import get_close_matches  # noqa: PLC0415 - most names are right

    by_key = {match_key(candidate): candidate for candidate in sorted(candidates, reverse=True)}
    keys = get_close_matches(match_key(name), by_key, n=count, cutoff=likeness)
    return [by_key[key] for key in keys]


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
