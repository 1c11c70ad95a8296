"""The entries of some notes put together: after an edit one group is made anew, not the index.

Which notes belong together follows from their URLs and from how many there are, so that a note that
comes or goes changes one group.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from typing import TYPE_CHECKING

from notesite import cache
from notesite.records import dataclass
from notesite.searching import cbor
from notesite.searching.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from notesite.searching.entries import Entry

NOTES = 64
"""The most notes of a group, on average."""
PAGE = cbor.list_head(3)
"""Begins a list of three: a page, its places, its places in fields."""


@dataclass(frozen=True, slots=True)
class Group:
    """What some notes add to the index.

    `pages` have each the name of its fragment, its length and its filters. Of each word `spans`
    tell on how many pages it is, on which first and on which last, and `places` what is written
    behind the number of the first; pages are numbered from 0 on.
    """

    pages: tuple[tuple[str, int, Mapping[str, Sequence[str]]], ...]
    titles: tuple[str, ...]
    words: tuple[str, ...]
    spans: tuple[tuple[int, int, int], ...]
    places: tuple[bytes, ...]

    def packed(self) -> bytes:
        """For `unpacked_group`."""
        return cache.pack((self.pages, self.titles, "\n".join(self.words), self.spans, self.places))


def unpacked_group(content: bytes) -> Group:
    """The group; raises ValueError for what is none."""
    try:
        pages, titles, words, spans, places = cache.unpack(content)
        return Group(pages, titles, tuple(words.split("\n")) if words else (), spans, places)
    except (TypeError, AttributeError) as error:
        raise ValueError("no group") from error


def group_of(entries: Sequence[Entry]) -> Group:
    """The entries put together in their order."""
    pages: dict[str, list[int]] = defaultdict(list)
    places: dict[str, list[bytes]] = defaultdict(list)
    heads = [PAGE + cbor.encode(distance) for distance in range(len(entries))]
    for page, entry in enumerate(entries):
        for word, own in zip(entry.words, entry.places, strict=True):
            on = pages[word]
            places[word].append(heads[page - on[-1]] + own if on else own)
            on.append(page)
    titles = {word for entry in entries for title in entry.titles for word in words_of(title)}
    words = sorted(pages)
    return Group(
        pages=tuple((each.fragment_name, each.length, dict(each.filters)) for each in entries),
        titles=tuple(sorted(titles)),
        words=tuple(words),
        spans=tuple((len(on := pages[word]), on[0], on[-1]) for word in words),
        places=tuple(b"".join(places[word]) for word in words),
    )


def grouped(urls: Iterable[str]) -> list[list[str]]:
    """The URLs in groups, some of which may be empty; each in order."""
    all_urls = sorted(urls)
    count = 1
    while len(all_urls) > count * NOTES:
        count *= 2
    groups: list[list[str]] = [[] for _ in range(count)]
    for url in all_urls:
        groups[zlib.crc32(url.encode("utf-8", "surrogatepass")) % count].append(url)
    return groups
