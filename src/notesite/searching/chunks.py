"""The words of an index cut into chunks, each a file that a query for one of its words fetches.

Where a chunk ends follows from its own words and from the one behind them, so that after an edit
the chunks whose words stay the same stay the same, too, once a border is where one was before.
"""

from __future__ import annotations

import zlib
from dataclasses import field
from typing import TYPE_CHECKING, NamedTuple

from notesite.records import dataclass
from notesite.searching import cbor
from notesite.searching.words import VARIANT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from notesite.searching.postings import Postings, Words

_LEAST, _MOST = 24_000, 96_000
"""Bytes of a chunk before it is compressed: a query fetches one for each of its words."""
_CUT = 8
"""Of so many words one begins a chunk, whatever stands around it: an edit moves few borders."""


class Chunk(NamedTuple):
    """What is known of a chunk without its words.

    Its first and last word and the name of its file; how many bytes its words take, and how many of
    these the first.
    """

    first: str
    last: str
    name: str
    size: int
    head: int


@dataclass(slots=True)
class NewChunk:
    """A chunk with its words."""

    first: str
    last: str = ""
    size: int = 0
    head: int = 0
    words: Words = field(default_factory=dict)
    written: list[bytes] = field(default_factory=list)

    def content(self) -> bytes:
        """The file, not yet compressed."""
        return b"\x81" + cbor.list_head(len(self.written)) + b"".join(self.written)

    def named(self, name: str) -> Chunk:
        """What to remember of it."""
        return Chunk(self.first, self.last, name, self.size, self.head)

    def add(self, word: _Written) -> None:
        """Add the next word."""
        self.last = word.plain
        self.size += len(word.written)
        self.head = self.head or len(word.written)
        self.words.update(word.words)
        self.written.append(word.written)


@dataclass(frozen=True, slots=True)
class _Written:
    """A word as it stands in its chunk, with its variants."""

    plain: str
    words: Words
    written: bytes


def cut(
    pieces: Iterable[Chunk | Words], read: Callable[[Chunk], Words]
) -> Iterator[Chunk | NewChunk]:
    """The chunks of an index whose words come in pieces, in order.

    Pieces are chunks of an earlier index, whose words are the same as then and which `read` reads,
    and other words. Of the chunks those come back as they are that still are some.
    """
    pending: Chunk | NewChunk | None = None
    for piece in pieces:
        if isinstance(piece, Chunk):
            is_border = pending is None or _is_border(pending.size, piece.first, piece.head)
            if is_border:
                if pending:
                    yield pending
                pending = piece
                continue
        for word in _written(read(piece) if isinstance(piece, Chunk) else piece):
            if pending and _is_border(pending.size, word.plain, len(word.written)):
                yield pending
                pending = None
            if pending is None:
                pending = NewChunk(word.plain)
            elif isinstance(pending, Chunk):
                pending = whole(read(pending))
            pending.add(word)
    if pending:
        yield pending


def whole(words: Mapping[str, Postings]) -> NewChunk:
    """One chunk of all these words, of which there is at least one."""
    written = list(_written(words))
    chunk = NewChunk(written[0].plain)
    for word in written:
        chunk.add(word)
    return chunk


def _is_border(size: int, word: str, length: int) -> bool:
    """Whether a chunk of that size ends before that word, of so many bytes."""
    is_usual = size >= _LEAST and zlib.crc32(word.encode()) % _CUT == 0
    return is_usual or size + length > _MOST


def limits(chunks: Iterable[Chunk]) -> Iterator[tuple[str, str, str]]:
    """Between which words each chunk is, as much of them as tells; and the name of its file."""
    pending: tuple[str, Chunk] | None = None
    for chunk in chunks:
        begin = chunk.first
        if pending:
            end, begin = _prefixes(pending[1].last, chunk.first)
            yield pending[0], end, pending[1].name
        pending = begin, chunk
    if pending:
        yield pending[0], pending[1].last, pending[1].name


def _prefixes(before: str, behind: str) -> tuple[str, str]:
    """As much of two words that follow each other as tells them apart."""
    common = 0
    while before[common : common + 1] == behind[common : common + 1] != "":
        common += 1
    return before[: common + 1], behind[: common + 1]


def _written(words: Mapping[str, Postings]) -> Iterator[_Written]:
    """The words in order, each with its pages and those of its variants."""
    variants: dict[str, list[str]] = {}
    for key in words:
        plain, _, variant = key.partition(VARIANT)
        own = variants.setdefault(plain, [])
        if variant:
            own.append(variant)
    # In the order of UTF-8, which is Pagefind's.
    for plain in sorted(variants):
        own = [f"{plain}{VARIANT}{variant}" for variant in sorted(variants[plain])]
        parts = [
            b"\x82" + cbor.encode(key.partition(VARIANT)[2]) + words[key].listed() for key in own
        ]
        pages = words[plain].listed() if plain in words else cbor.list_head(0)
        more = cbor.list_head(len(parts)) + b"".join(parts)
        keys = [plain, *own] if plain in words else own
        yield _Written(
            plain, {key: words[key] for key in keys},
            b"\x83" + cbor.encode(plain) + pages + more,
        )  # fmt: skip
