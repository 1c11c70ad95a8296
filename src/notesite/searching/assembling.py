"""The entries of all notes, put together to the files of one index that Pagefind reads.

    pagefind-entry.json            languages: {language: {hash: the pf_meta's name, …}}
    pagefind.en_0123456789.pf_meta  [version, pages, chunks of words, filters, sorts, meta fields]
    index/en_0123456.pf_index       [[[word, [[page, places, places in fields], …], variants], …]]
    fragment/en_0123456.pf_fragment what a reader is shown of a page, as JSON
    macros.json                     the site's macros, with which queries may be written
    narrowing.json                  languages: the pages of each value of each filter
    spelling.json                   the words of titles, for those who misspell them

All but JSON is CBOR behind a mark, compressed with gzip. A page is its number in `pages`; within a
word it is written as the distance from the page before. Names are digests of contents, so that
browsers and builds know what stays the same.
"""

from __future__ import annotations

import hashlib
import zlib
from itertools import pairwise
from typing import TYPE_CHECKING

from notesite.searching import cbor
from notesite.searching.entries import AT_ONCE
from notesite.searching.groups import PAGE
from notesite.searching.words import EVERYWHERE, VARIANT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from notesite.searching.groups import Group

_LEAST, _MOST = 24_000, 96_000
"""Bytes of a chunk before it is compressed: a query fetches one for each of its words."""
_CUT = 8
"""Of so many words one begins a chunk, whatever stands around it: an edit moves few borders."""
_DIGITS = 10
_TELLING = 8
"""Digits of a page's name that tell it from the others, as narrowing.js has it."""


class LanguageIndex:
    """The index of the notes in one language, which are added group by group."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.name = ""
        """That of the pf_meta, once the files are known."""
        self.titles: set[str] = set()
        self._pages: list[tuple[str, int]] = []
        self._words: dict[str, _Postings] = {}
        self._filters: dict[str, dict[str, list[int]]] = {}

    def add(self, group: Group) -> None:
        """Add the next pages."""
        before = len(self._pages)
        for page, (fragment, length, filters) in enumerate(group.pages, start=before):
            self._pages.append((fragment, length))
            for name, values in filters.items():
                own = self._filters.setdefault(name, {})
                for value in values:
                    own.setdefault(value, []).append(page)
        self.titles.update(group.titles)
        words = self._words
        for word, span, places in zip(group.words, group.spans, group.places, strict=True):
            postings = words.get(word)
            if postings is None:
                postings = words[word] = _Postings()
            postings.add(before, span, places)

    def files(self, version: str) -> Iterator[tuple[str, bytes]]:
        """The files by their paths, not yet compressed; the pf_meta comes last."""
        chunks: list[cbor.Value] = []
        for first, last, content in (*_chunks(self._words), self._everywhere()):
            name = self._name(content)
            chunks.append([first, last, name])
            yield f"index/{name}.pf_index", content
        meta = cbor.encode([version, [[*page] for page in self._pages], chunks, [], [], ["title"]])
        self.name = self._name(meta)
        yield f"pagefind.{self.name}.pf_meta", meta

    def described(self, wasm: str | None) -> dict[str, object]:
        """What `pagefind-entry.json` says of it, once its files are known."""
        return {"hash": self.name, "wasm": wasm, "page_count": len(self._pages)}

    def narrowing(self) -> dict[str, object]:
        """Which pages have which values: for filters, and for those that a reader is offered.

        Pages are named by the beginnings of their names, and written as distances.
        """
        start = len(self.language) + 1
        names = [page[0][start : start + _TELLING] for page in self._pages]
        filters = {
            name: {value: _distances(pages) for value, pages in values.items()}
            for name, values in self._filters.items()
        }
        return {"pages": names, "filters": filters}

    def _everywhere(self) -> tuple[str, str, bytes]:
        """A chunk with the one word that is on each page, in the place that is no text."""
        postings = _Postings()
        for page in range(len(self._pages)):
            postings.add(page, (1, 0, 0), AT_ONCE)
        written = cbor.encode(EVERYWHERE) + postings.listed() + cbor.list_head(0)
        return EVERYWHERE, EVERYWHERE, b"\x81\x81\x83" + written

    def _name(self, content: bytes) -> str:
        return f"{self.language}_{hashlib.sha256(content).hexdigest()[:_DIGITS]}"


def _distances(pages: Iterable[int]) -> list[int]:
    return [page - before for before, page in pairwise((0, *pages))]


class _Postings:
    """Where one word is."""

    __slots__ = ("_last", "count", "written")

    def __init__(self) -> None:
        self._last = 0
        self.count = 0
        self.written = bytearray()

    def add(self, before: int, span: tuple[int, int, int], places: bytes) -> None:
        """Add the places in a group that so many pages come before."""
        count, first, last = span
        self.written += PAGE + cbor.encode(before + first - self._last) + places
        self._last = before + last
        self.count += count

    def listed(self) -> bytes:
        return cbor.list_head(self.count) + self.written


def _chunks(words: Mapping[str, _Postings]) -> Iterator[tuple[str, str, bytes]]:
    """The words in chunks: between what a chunk is, and its content."""
    pending: tuple[str, str, bytes] | None = None
    for first, last, parts in _cut(_written_words(words)):
        content = b"\x81" + cbor.list_head(len(parts)) + b"".join(parts)
        begin = first
        if pending:
            end, begin = _prefixes(pending[1], first)
            yield pending[0], end, pending[2]
        pending = begin, last, content
    if pending:
        yield pending


def _prefixes(before: str, behind: str) -> tuple[str, str]:
    """As much of two words that follow each other as tells them apart."""
    common = 0
    while before[common : common + 1] == behind[common : common + 1] != "":
        common += 1
    return before[: common + 1], behind[: common + 1]


def _cut(words: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, str, list[bytes]]]:
    parts: list[bytes] = []
    first = last = ""
    size = 0
    for word, written in words:
        is_border = size >= _LEAST and zlib.crc32(word.encode()) % _CUT == 0
        if is_border or (parts and size + len(written) > _MOST):
            yield first, last, parts
            parts, size = [], 0
        first = first if parts else word
        last = word
        parts.append(written)
        size += len(written)
    if parts:
        yield first, last, parts


def _written_words(words: Mapping[str, _Postings]) -> Iterator[tuple[str, bytes]]:
    """The words in order, each with its pages and those of its variants."""
    variants: dict[str, list[str]] = {}
    for key in words:
        plain, _, variant = key.partition(VARIANT)
        own = variants.setdefault(plain, [])
        if variant:
            own.append(variant)
    # In the order of UTF-8, which is Pagefind's.
    for plain in sorted(variants):
        postings = words.get(plain)
        written = [
            b"\x82" + cbor.encode(variant) + words[f"{plain}{VARIANT}{variant}"].listed()
            for variant in sorted(variants[plain])
        ]
        pages = postings.listed() if postings else cbor.list_head(0)
        more = cbor.list_head(len(written)) + b"".join(written)
        yield plain, b"\x83" + cbor.encode(plain) + pages + more
