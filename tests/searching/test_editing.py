"""An index that was edited is the one that joining the edited notes gives."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notesite.searching import cbor, chunks
from notesite.searching.chunks import Chunk, NewChunk, cut
from notesite.searching.editing import edit_of, edited
from notesite.searching.entries import Entry, IndexPage
from notesite.searching.postings import Postings, packable, unpackable
from notesite.searching.words import VARIANT

Places = dict[int, list[int]]
"""Where a word is, by the page."""


def written(places: list[int]) -> bytes:
    return cbor.encode([-25, *places]) + cbor.encode([0] if places[0] % 2 else [])


def of(places: Places) -> Postings:
    postings = Postings()
    for page in sorted(places):
        postings.add(page, written(places[page]))
    return postings


def same(one: Postings, other: Postings) -> bool:
    return (one.count, one.last, one.written) == (other.count, other.last, other.written)


PLACES = st.lists(st.integers(0, 80_000), min_size=1, max_size=30)
PAGES = st.dictionaries(st.integers(0, 700), PLACES, max_size=8)


@given(PAGES, st.integers(0, 700), st.none() | PLACES)
def test_the_places_on_one_page_are_changed_as_if_they_had_been_others(
    pages: Places, page: int, places: list[int] | None
) -> None:
    postings = of(pages)
    postings.put(page, written(places) if places else None)
    without = {number: own for number, own in pages.items() if number != page}
    assert same(postings, of({**without, page: places} if places else without))


@given(PAGES, st.integers(0, 700), st.booleans())
def test_pages_are_shifted_for_one_that_comes_or_goes(
    pages: Places, page: int, comes: bool
) -> None:
    if not comes:
        pages.pop(page, None)
    postings = of(pages)
    postings.shift(page, 1 if comes else -1)
    by = 1 if comes else -1
    assert same(postings, of({n + by if n >= page else n: own for n, own in pages.items()}))


WORDS = [f"word{number}" for number in range(60)] + [f"word{n}{VARIANT}wörd{n}" for n in range(9)]


def entry(chance: random.Random) -> Entry:
    words = sorted(chance.sample(WORDS, chance.randrange(1, len(WORDS) // 2)))
    places = tuple(written([chance.randrange(300)]) for _ in words)
    return Entry("en", IndexPage("f", 1, {}, ""), tuple(words), places)


class Index:
    """Entries joined to chunks, which are read from where they were put."""

    def __init__(self) -> None:
        self.rows: dict[str, NewChunk] = {}
        self.chunks: list[Chunk] = []
        self.read: list[str] = []

    def take(self, pieces: list[Chunk | NewChunk]) -> None:
        self.chunks = []
        for piece in pieces:
            if isinstance(piece, NewChunk):
                self.rows[piece.first] = piece
                self.chunks.append(piece.named(piece.content().hex()))
            else:
                self.chunks.append(piece)

    def words(self, chunk: Chunk) -> dict[str, Postings]:
        self.read.append(chunk.first)
        return unpackable(packable(self.rows[chunk.first].words))


def joined(entries: list[Entry]) -> Index:
    words: dict[str, Postings] = {}
    for page, each in enumerate(entries):
        for word, places in zip(each.words, each.places, strict=True):
            words.setdefault(word, Postings()).add(page, places)
    index = Index()
    index.take(list(cut([words], index.words)))
    return index


@given(st.integers(0, 10**6))
@settings(max_examples=60)
def test_edits_one_after_the_other_give_the_index_of_what_they_lead_to(seed: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chunks, "_LEAST", 100)
        patch.setattr(chunks, "_MOST", 400)
        patch.setattr(chunks, "_CUT", 3)
        chance = random.Random(seed)
        entries = [entry(chance) for _ in range(chance.randrange(1, 12))]
        index = joined(entries)
        for _ in range(3):
            edits = []
            for _ in range(chance.randrange(1, 4)):
                page = chance.randrange(len(entries))
                kind = chance.choice(["changed", "new", "gone"])
                if kind == "gone" and len(entries) > 1:
                    edits.append(edit_of(page, entries.pop(page), None))
                elif kind == "new":
                    entries.insert(page, entry(chance))
                    edits.append(edit_of(page, None, entries[page]))
                else:
                    before, entries[page] = entries[page], entry(chance)
                    edits.append(edit_of(page, before, entries[page]))
            index.take(list(cut(edited(index.chunks, edits, index.words), index.words)))
            assert index.chunks == joined(entries).chunks


def test_chunks_that_an_edit_does_not_touch_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "_LEAST", 100)
    monkeypatch.setattr(chunks, "_MOST", 400)
    chance = random.Random(5)
    entries = [entry(chance) for _ in range(20)]
    index = joined(entries)
    assert len(index.chunks) > 8
    before = entries[3]
    [word, *_] = before.words
    places = (written([before.places[0][3] + 1]), *before.places[1:])
    edits = [edit_of(3, before, Entry("en", before.page, before.words, places))]
    index.take(list(cut(edited(index.chunks, edits, index.words), index.words)))
    assert len(index.read) == 1
    assert word.partition(VARIANT)[0] in index.rows[index.read[0]].words
