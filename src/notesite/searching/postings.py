"""Where one word is: on which pages, and at which places of each.

For each page a list of three is written, as Pagefind's files have it: the distance from the page
before, the places, the places in fields. One page's can be changed without any other's being
written anew.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from notesite.searching import cbor

if TYPE_CHECKING:
    from collections.abc import Mapping

_NUMBER = rb"(?:[\x00-\x17\x20-\x37]|[\x18\x38].|[\x19\x39]..|[\x1a\x3a].{4})"
_LIST = rb"(?:[\x80-\x97]|\x98.|\x99..|\x9a.{4})"
_HEAD = re.compile(rb"\x83(%b)" % _NUMBER, re.DOTALL)
_POSTING = re.compile(rb"\x83(%b)%b%b*%b%b*" % (_NUMBER, _LIST, _NUMBER, _LIST, _NUMBER), re.DOTALL)
"""What is written for a page, in CBOR: numbers of up to four bytes, and lists of them."""
_PAGE = cbor.list_head(3)
_NEXT = tuple(_PAGE + cbor.encode(distance) for distance in range(256))
"""What a page begins with, by its distance from the one before."""

Words: TypeAlias = "dict[str, Postings]"
"""The words of an index, or some of them; one with accents as `VARIANT` has it."""


class Postings:
    """The pages of one word, in order."""

    __slots__ = ("count", "last", "written")

    def __init__(self, count: int = 0, last: int = 0, written: bytes = b"") -> None:
        self.count = count
        self.last = last
        """The last page."""
        self.written = bytearray(written)

    def add(self, page: int, places: bytes) -> None:
        """Have these places on a page behind all others."""
        self.written += _beginning(page - self.last) + places
        self.last = page
        self.count += 1

    def put(self, page: int, places: bytes | None) -> None:
        """Have these places on a page instead of those that it had; None for no place at all."""
        before, start, end = self._find(page)
        was_there, is_there = end > start, places is not None
        new = _beginning(page - before) + places if places is not None else b""
        if was_there != is_there:
            self.count += 1 if is_there else -1
            behind = _HEAD.match(bytes(self.written), end)
            if behind:
                next_page = (page if was_there else before) + _number(behind[1])
                new += _beginning(next_page - (page if is_there else before))
                end = behind.end()
            else:
                self.last = page if is_there else before
        self.written[start:end] = new

    def shift(self, page: int, by: int) -> None:
        """Have the pages from that one on as others that come so many later, or earlier."""
        if not self.count or self.last < page:
            return
        _, start, _ = self._find(page)
        [head] = filter(None, [_HEAD.match(bytes(self.written), start)])
        self.written[start : head.end()] = _beginning(_number(head[1]) + by)
        self.last += by

    def _find(self, page: int) -> tuple[int, int, int]:
        """The page before it, and from where to where it is written; nowhere if it is not there."""
        before = 0
        for each in _POSTING.finditer(bytes(self.written)):
            here = before + _number(each[1])
            if here >= page:
                return before, each.start(), each.end() if here == page else each.start()
            before = here
        return before, len(self.written), len(self.written)

    def listed(self) -> bytes:
        """All of it as one list."""
        return cbor.list_head(self.count) + self.written


def packable(words: Mapping[str, Postings]) -> tuple[str, tuple[tuple[int, int, bytes], ...]]:
    """The words as `cache.pack` takes them, for `unpackable`."""
    own = tuple((each.count, each.last, bytes(each.written)) for each in words.values())
    return "\n".join(words), own


def unpackable(packable: tuple[str, tuple[tuple[int, int, bytes], ...]]) -> Words:
    """The words again; raises ValueError or TypeError for what is something else."""
    names, own = packable
    return {name: Postings(*it) for name, it in zip(names.split("\n"), own, strict=True)}


def _beginning(distance: int) -> bytes:
    return _NEXT[distance] if distance < len(_NEXT) else _PAGE + cbor.encode(distance)


def _number(written: bytes) -> int:
    return written[0] if len(written) == 1 else int.from_bytes(written[1:], "big")
