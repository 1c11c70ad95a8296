"""An index as it was joined last, kept in the cache, so that an edit need not join it anew."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from notesite import cache
from notesite.searching.chunks import Chunk
from notesite.searching.entries import IndexPage
from notesite.searching.postings import packable, unpackable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notesite.cache import Store
    from notesite.searching.postings import Words

_AT_ONCE = 8_000_000
"""Bytes that are put into the cache at a time."""


class LostChunkError(Exception):
    """The words of a chunk are not in the cache, or are another's."""


class Joined(NamedTuple):
    """An index as it was joined: what each note was then, the pages, the chunks without words.

    `made_of` has the URLs of the pages, in their order, each with the key of the note's entry.
    """

    made_of: Mapping[str, str]
    pages: tuple[IndexPage, ...]
    chunks: tuple[Chunk, ...]


class Kept:
    """The index of one language in the cache; nothing is kept where there is none.

    A chunk lies under its first word, so that the next one takes its place, and tells by its name
    which one it is: another process may have put it there.
    """

    def __init__(self, store: Store | None, tool: str, language: str) -> None:
        self._store = store
        self._key = cache.digest("joined", cache.code_version(), tool, language)
        self._used_on = cache.today()
        self._unsaved: dict[str, bytes] = {}
        self._size = 0

    @cached_property
    def last(self) -> Joined | None:
        """What was joined last, if it is known and there are words in it."""
        packed = self._store.get([self._key]).get(self._key, b"") if self._store else b""
        try:
            self._used_on, made_of, pages, chunks = cache.unpack(packed)
            joined = Joined(
                made_of, tuple(IndexPage(*page) for page in pages),
                tuple(Chunk(*chunk) for chunk in chunks),
            )  # fmt: skip
        except (ValueError, TypeError):
            return None
        return joined if joined.chunks else None

    def read(self, chunk: Chunk) -> Words:
        """The words of a chunk; raises LostChunkError."""
        key = self._key_of(chunk)
        packed = self._unsaved.get(key)
        if packed is None and self._store:
            packed = self._store.get([key]).get(key)
        try:
            name, words = cache.unpack(packed or b"")
            if name == chunk.name:
                return unpackable(words)
        except (ValueError, TypeError) as error:
            raise LostChunkError from error
        raise LostChunkError

    def keep(self, chunk: Chunk, words: Words) -> None:
        """Keep the words of a chunk."""
        if self._store is None:
            return
        packed = cache.pack((chunk.name, packable(words)), compress=False)
        self._unsaved[self._key_of(chunk)] = packed
        self._size += len(packed)
        if self._size > _AT_ONCE:
            self._save({})

    def save(self, joined: Joined) -> None:
        """Keep what was joined, whose chunks are kept by now."""
        made_of, pages, chunks = joined
        if self._store and self._used_on != cache.today():
            # Most of it nobody asks for while it stays the same.
            self._store.use((*made_of.values(), *map(self._key_of, chunks)))
        packed = cache.pack((
            cache.today(), dict(made_of), tuple(map(tuple, pages)), tuple(map(tuple, chunks)),
        ))  # fmt: skip
        self._save({self._key: packed})

    def _save(self, more: Mapping[str, bytes]) -> None:
        if self._store:
            self._store.put({**self._unsaved, **more})
        self._unsaved, self._size = {}, 0

    def _key_of(self, chunk: Chunk) -> str:
        return f"{self._key} {chunk.first}"
