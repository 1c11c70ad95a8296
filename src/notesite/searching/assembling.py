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
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from notesite.searching import cbor
from notesite.searching.chunks import Chunk, cut, limits, whole
from notesite.searching.editing import edited
from notesite.searching.entries import AT_ONCE
from notesite.searching.joined import Joined
from notesite.searching.postings import Postings
from notesite.searching.words import EVERYWHERE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from notesite.searching.chunks import NewChunk
    from notesite.searching.editing import Edit
    from notesite.searching.entries import Entry, IndexPage
    from notesite.searching.joined import Kept
    from notesite.searching.postings import Words

_DIGITS = 10
_TELLING = 8
"""Digits of a page's name that tell it from the others, as narrowing.js has it."""


class LanguageIndex:
    """The index of the notes in one language: entries that were added, or an earlier one, edited.

    What a later one needs of it goes into `kept`.
    """

    def __init__(self, language: str, kept: Kept) -> None:
        self.language = language
        self.name = ""
        """That of the pf_meta, once the files are known."""
        self._kept = kept
        self.pages: list[IndexPage] = []
        """The pages so far."""
        self._words: Words = {}
        self._pieces: Iterable[Chunk | Words] = (self._words,)

    def add(self, entry: Entry) -> None:
        """Add the next page."""
        number = len(self.pages)
        self.pages.append(entry.page)
        words = self._words
        for word, places in zip(entry.words, entry.places, strict=True):
            postings = words.get(word)
            if postings is None:
                postings = words[word] = Postings()
            postings.add(number, places)

    def revise(self, last: Joined, edits: Sequence[Edit]) -> None:
        """Be an earlier index, edited. Then what follows may raise LostChunkError."""
        self.pages = [*last.pages]
        for edit in edits:
            edit.revise(self.pages)
        self._pieces = edited(last.chunks, edits, self._kept.read)

    def files(
        self, version: str, made_of: Mapping[str, str]
    ) -> Iterator[tuple[str, Callable[[], bytes]]]:
        """The files by their paths, with what gets them, not yet compressed; last the pf_meta.

        `made_of` has the keys of the pages' entries by their URLs.
        """
        chunks: list[Chunk] = []
        for piece in cut(self._pieces, self._kept.read):
            chunk, load = self._taken(piece)
            chunks.append(chunk)
            yield f"index/{chunk.name}.pf_index", load
        content = self._everywhere()
        everywhere = EVERYWHERE, EVERYWHERE, self._name(content)
        yield f"index/{everywhere[2]}.pf_index", partial(bytes, content)
        self._kept.save(Joined(dict(made_of), tuple(self.pages), tuple(chunks)))
        meta = cbor.encode([
            version,
            [[page.fragment, page.length] for page in self.pages],
            [[*each] for each in (*limits(chunks), everywhere)],
            [], [], ["title"],
        ])  # fmt: skip
        self.name = self._name(meta)
        yield f"pagefind.{self.name}.pf_meta", partial(bytes, meta)

    def _taken(self, piece: Chunk | NewChunk) -> tuple[Chunk, Callable[[], bytes]]:
        """What to remember of a chunk, and what gets its content."""
        if isinstance(piece, Chunk):
            return piece, lambda: whole(self._kept.read(piece)).content()
        content = piece.content()
        chunk = piece.named(self._name(content))
        self._kept.keep(chunk, piece.words)
        return chunk, partial(bytes, content)

    def described(self, wasm: str | None) -> dict[str, object]:
        """What `pagefind-entry.json` says of it, once its files are known."""
        return {"hash": self.name, "wasm": wasm, "page_count": len(self.pages)}

    def titles(self) -> list[str]:
        """The words of the pages' titles and headings."""
        return sorted({word for page in self.pages for word in page.titles.split()})

    def narrowing(self) -> dict[str, object]:
        """Which pages have which values: for filters, and for those that a reader is offered.

        Pages are named by the beginnings of their names, and written as distances.
        """
        start = len(self.language) + 1
        names = [page.fragment[start : start + _TELLING] for page in self.pages]
        filters = {
            name: {value: _distances(pages) for value, pages in values.items()}
            for name, values in self._filters().items()
        }
        return {"pages": names, "filters": filters}

    def _filters(self) -> dict[str, dict[str, list[int]]]:
        """The pages of each value of each filter."""
        found: dict[str, dict[str, list[int]]] = {}
        for number, page in enumerate(self.pages):
            for name, values in page.filters.items():
                own = found.setdefault(name, {})
                for value in values:
                    own.setdefault(value, []).append(number)
        return found

    def _everywhere(self) -> bytes:
        """A chunk with the one word that is on each page, in the place that is no text."""
        postings = Postings()
        for page in range(len(self.pages)):
            postings.add(page, AT_ONCE)
        return whole({EVERYWHERE: postings}).content()

    def _name(self, content: bytes) -> str:
        return f"{self.language}_{hashlib.sha256(content).hexdigest()[:_DIGITS]}"


def _distances(pages: Iterable[int]) -> list[int]:
    return [page - before for before, page in pairwise((0, *pages))]
