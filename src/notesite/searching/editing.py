"""Edits of an index: of its words only those are written anew that an edited note has others of."""

from __future__ import annotations

from bisect import bisect
from typing import TYPE_CHECKING, NamedTuple

from notesite.searching.postings import Postings
from notesite.searching.words import VARIANT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from notesite.searching.chunks import Chunk
    from notesite.searching.entries import Entry, IndexPage
    from notesite.searching.postings import Words


class Edit(NamedTuple):
    """A page that has changed, comes or goes, and those of its words that have other places.

    `page` is its number; what it is `now` and where each word is are None for nothing and nowhere.
    """

    page: int
    is_new: bool
    now: IndexPage | None
    words: Mapping[str, bytes | None]

    def revise(self, pages: list[IndexPage]) -> None:
        """Do it to the pages."""
        until = self.page if self.is_new else self.page + 1
        pages[self.page : until] = [self.now] if self.now else []


def edit_of(page: int, before: Entry | None, after: Entry | None) -> Edit:
    """The edit that makes one entry the other; there was none if the page is new."""
    old = dict(zip(before.words, before.places, strict=True)) if before else {}
    new = dict(zip(after.words, after.places, strict=True)) if after else {}
    words: dict[str, bytes | None] = {
        word: places for word, places in new.items() if old.get(word) != places
    }
    words.update((word, None) for word in old.keys() - new.keys())
    return Edit(page, before is None, after.page if after else None, words)


def edited(
    chunks: Sequence[Chunk], edits: Sequence[Edit], read: Callable[[Chunk], Words]
) -> Iterator[Chunk | Words]:
    """The chunks in order after one edit and the next, those that one touches as words.

    There is at least one chunk.
    """
    by_chunk = [_by_chunk(chunks, edit.words) for edit in edits]
    is_shifted = any(edit.is_new or not edit.now for edit in edits)
    for number, chunk in enumerate(chunks):
        if not is_shifted and not any(number in changes for changes in by_chunk):
            yield chunk
            continue
        words = read(chunk)
        for edit, changes in zip(edits, by_chunk, strict=True):
            _change(words, edit, changes.get(number, {}))
        yield words


def _by_chunk(
    chunks: Sequence[Chunk], words: Mapping[str, bytes | None]
) -> dict[int, dict[str, bytes | None]]:
    """The words by the numbers of the chunks that have them, or are to have them."""
    firsts = [chunk.first for chunk in chunks]
    found: dict[int, dict[str, bytes | None]] = {}
    for word, places in words.items():
        plain, _, _ = word.partition(VARIANT)
        found.setdefault(max(bisect(firsts, plain) - 1, 0), {})[word] = places
    return found


def _change(words: Words, edit: Edit, changes: Mapping[str, bytes | None]) -> None:
    """Do an edit to the words of one chunk, of which those `changes` have other places."""
    if edit.is_new:
        for postings in words.values():
            postings.shift(edit.page, 1)
    for word, places in changes.items():
        postings = words.setdefault(word, Postings())
        postings.put(edit.page, places)
        if not postings.count:
            del words[word]
    if not edit.now:
        for postings in words.values():
            postings.shift(edit.page, -1)
