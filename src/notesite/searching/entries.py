"""What a note adds to the index, in the form of Pagefind's files: made once, kept, put together.

A word's place in a page is written as `[weight, locations …]`: a weight w of Pagefind's (24 is that
of plain text) as -1-w, then the locations behind it, each but the first as the distance from the
one before. What stands in a meta field is written likewise, with the field's number for the weight.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from typing import TYPE_CHECKING, NamedTuple

from notesite import cache
from notesite.records import dataclass
from notesite.searching import cbor
from notesite.searching.reading import LOCATION_BITS
from notesite.searching.words import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from notesite.searching.documents import Document
    from notesite.searching.words import Stems

MARK = b"pagefind_dcd"
"""What every file of Pagefind's begins with, before it is compressed."""

_LOCATION = (1 << LOCATION_BITS) - 1
_NOWHERE = cbor.encode([])
_TITLE_FIELD = 0
_LEVEL = 4
"""Of zlib's compression: the next but one takes two and a half times as long for 4 % less."""
_SYSTEM, _UNKNOWN = 9, b"\xff"
"""Where the head of a gzip file says on what system it was made, and how it says nothing."""
_MARKERS = tuple(cbor.encode_number(-1 - weight) for weight in range(256))
_ONCE = tuple(cbor.list_head(2) + marker for marker in _MARKERS)
"""What stands before the location of a word that has one place, by its weight."""
_DIGITS = 12
AT_ONCE = _ONCE[1] + cbor.encode(0) + _NOWHERE
"""How a word of little weight is written that stands in a page's first place alone."""


class IndexPage(NamedTuple):
    """What is known of a page besides where its words are.

    The fragment, what a reader is shown of the page, is a file of that name; `titles` are the words
    of the title and the headings, which a misspelt one may have meant.
    """

    fragment: str
    length: int
    filters: Mapping[str, Sequence[str]]
    titles: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of a note's part of the index.

    `words` and `places` go together: what Pagefind looks for, and where it is on the page.
    """

    language: str
    page: IndexPage
    words: tuple[str, ...]
    places: tuple[bytes, ...]

    def packed(self) -> bytes:
        """For `unpacked`."""
        return cache.pack((self.language, tuple(self.page), "\n".join(self.words), self.places))


def unpacked(content: bytes) -> Entry:
    """The entry; raises ValueError for what is none."""
    try:
        language, page, words, places = cache.unpack(content)
        written = tuple(words.split("\n")) if words else ()
        return Entry(language, IndexPage(*page), written, places)
    except (TypeError, AttributeError) as error:
        raise ValueError("no entry") from error


def entry_of(url: str, document: Document, stems: Stems) -> tuple[Entry, bytes]:
    """What a note adds to the index, and its fragment as a file."""
    fragment = _fragment(url, document)
    name = f"{document.language}_{hashlib.sha256(fragment).hexdigest()[:_DIGITS]}"
    places = _places(document, stems)
    words = sorted(places)
    page = IndexPage(name, document.length, dict(document.filters), _titles(document))
    entry = Entry(document.language, page, tuple(words), tuple(places[word] for word in words))
    return entry, compressed(fragment)


def compressed(content: bytes) -> bytes:
    """A file of Pagefind's, the same from every Python."""
    packed = gzip.compress(MARK + content, compresslevel=_LEVEL, mtime=0)
    # From 3.13 on the system it was made on is unknown, before it is Unix (RFC 1952, section 2.3).
    return packed[:_SYSTEM] + _UNKNOWN + packed[_SYSTEM + 1 :]


def _titles(document: Document) -> str:
    titles = (document.title, *(anchor.text for anchor in document.anchors if anchor.size))
    return " ".join(sorted({word for title in titles for word in words_of(title)}))


def _fragment(url: str, document: Document) -> bytes:
    described = {
        "url": f"/{url}",
        "content": document.content,
        "meta": {"title": document.title, "hidden": document.hidden},
        "anchors": [anchor._asdict() for anchor in document.anchors],
    }
    return json.dumps(described, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "replace"
    )


def _places(document: Document, stems: Stems) -> dict[str, bytes]:
    """Where each word of the index is, with those together that have one stem."""
    found: dict[str, Sequence[int]] = {}
    for word, places in document.places.items():
        key = stems.get(word, word)
        found[key] = [*found[key], *places] if key in found else places
    titles: dict[str, list[int]] = {}
    for at, word in enumerate(document.title_words):
        titles.setdefault(stems.get(word, word), []).append(at)
    written = {key: _written_places(places) + _NOWHERE for key, places in found.items()}
    for key, places in titles.items():
        elsewhere = written.get(key, _NOWHERE * 2)[: -len(_NOWHERE)]
        written[key] = elsewhere + _written_titles(places)
    return written


def _written_places(places: Sequence[int]) -> bytes:
    if len(places) == 1:
        [place] = places
        return _ONCE[place >> LOCATION_BITS] + cbor.encode(place & _LOCATION)
    parts: list[bytes] = []
    last, last_weight = 0, -1
    for place in sorted(set(places)):
        weight, location = place >> LOCATION_BITS, place & _LOCATION
        if weight != last_weight:
            parts.append(_MARKERS[weight])
            last, last_weight = 0, weight
        parts.append(cbor.encode(location - last))
        last = location
    return cbor.list_head(len(parts)) + b"".join(parts)


def _written_titles(places: Sequence[int]) -> bytes:
    return _written_places([_TITLE_FIELD << LOCATION_BITS | place for place in places])
