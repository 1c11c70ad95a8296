"""What is kept of an index stays in the cache as long as it is in use."""

from __future__ import annotations

from pathlib import Path

import pytest

from notesite import cache
from notesite.cache import Store
from notesite.searching.chunks import Chunk
from notesite.searching.entries import IndexPage
from notesite.searching.joined import Joined, Kept, LostChunkError
from notesite.searching.postings import Postings

CHUNK = Chunk("a", "b", "name", 10, 5)
JOINED = Joined({"x.html": "key"}, (IndexPage("f", 1, {"tag": ["t"]}, "a title"),), (CHUNK,))


def kept(folder: Path) -> Kept:
    return Kept(Store(folder / "store.sqlite"), "tool", "en")


def test_an_index_is_known_again(tmp_path: Path) -> None:
    one = kept(tmp_path)
    postings = Postings()
    postings.add(3, b"\x81\x00\x80")
    one.keep(CHUNK, {"a": postings})
    one.save(JOINED)
    other = kept(tmp_path)
    assert other.last == JOINED
    [(word, read)] = other.read(CHUNK).items()
    assert (word, read.count, read.last, read.written) == ("a", 1, 3, postings.written)
    with pytest.raises(LostChunkError):
        other.read(CHUNK._replace(name="another"))


def test_what_nobody_asks_for_is_said_to_be_in_use_once_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[list[str]] = []
    monkeypatch.setattr(Store, "use", lambda store, keys: said.append(list(keys)))
    kept(tmp_path).save(JOINED)
    for day in (1, 1, 2):
        monkeypatch.setattr(cache, "today", lambda day=day: day + 1_000_000)
        again = kept(tmp_path)
        assert again.last
        again.save(JOINED)
    assert [keys[0] for keys in said] == ["key", "key"]
    assert said[0][1].endswith(" a")
