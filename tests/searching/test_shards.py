"""The index in parts: which notes belong together, and that an edit makes one part again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from notesite.building import Builder, BuildOptions
from notesite.searching import shards
from notesite.searching.shards import divide
from tests.conftest import SiteMaker
from tests.searching.test_index import counted


def english(count: int) -> dict[str, str]:
    return {f"n{number}.html": "en" for number in range(count)}


PARTS = 4
"""Of 17 notes, when a part has some four."""


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "NOTES", 4)


@pytest.mark.parametrize(
    ("notes", "parts"),
    [(1, 1), (64, 1), (65, 2), (300, 8), (1000, 8), (1025, 16), (2100, 32), (20_000, 32)],
)
def test_the_more_notes_the_more_parts_up_to_a_limit(notes: int, parts: int) -> None:
    divided = divide(english(notes))
    assert len(divided.urls) == parts
    assert sorted(url for part in divided.urls for url in part) == sorted(english(notes))


def test_a_note_stays_in_its_part_when_others_come() -> None:
    few, more = divide(english(300)), divide(english(320))
    assert len(few.urls) == len(more.urls) == 8
    assert all(set(part) <= set(more.urls[number]) for number, part in enumerate(few.urls))


def test_each_part_of_a_language_has_notes_in_it(small: None) -> None:
    for count in range(1, 40):
        divided = divide({**english(count), "d.html": "de", "e.html": "DE"})
        assert dict(divided.languages)["de"] == 1
        assert {"d.html", "e.html"} <= set(divided.urls[0])
        assert all(divided.urls)


def test_without_notes_there_is_no_part() -> None:
    assert divide({}).urls == ()


def index_of(output: Path) -> dict[str, bytes]:
    folder = output / "pagefind"
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_after_an_edit_one_part_is_made_again_and_equals_that_of_a_clean_build(
    site: SiteMaker, monkeypatch: pytest.MonkeyPatch, small: None
) -> None:
    made = counted(monkeypatch)
    for number in range(17):
        site.note(f"n{number}", f"Words w{number}.")
    site.build(index_later=False, cached=True)
    assert len(made) == PARTS
    made.clear()
    site.note("n3", "Other words.")
    site.build(index_later=False, cached=True)
    assert len(made) == 1
    for change in ("edited", "fewer", "more"):
        if change == "fewer":
            for number in range(9):
                (site.root / f"notes/n{number}.md").unlink()
        elif change == "more":
            site.note("another", "Ein Wort.", lang="de")
        assert not site.build(index_later=False, cached=True).diagnostics
        site.build(output=Path(change), index_later=False, cached=False)
        assert index_of(site.root / "output") == index_of(site.root / change)
    assert json.loads(index_of(site.root / "output")["parts.json"]) == [["en", 2], ["de", 1]]


def test_only_the_first_part_has_what_belongs_to_all(site: SiteMaker, small: None) -> None:
    for number in range(17):
        site.note(f"n{number}", f"Words w{number}.")
    site.build(index_later=False)
    files = index_of(site.root / "output")
    common = {path for path in files if path.endswith((".js", ".pagefind", "parts.json"))}
    assert common == {"pagefind.js", "wasm.en.pagefind", "wasm.unknown.pagefind", "parts.json"}
    assert len([path for path in files if path.endswith("pagefind-entry.json")]) == PARTS


def test_parts_that_are_given_up_stay_as_they_were(site: SiteMaker, small: None) -> None:
    for number in range(17):
        site.note(f"n{number}", f"Words w{number}.")
    builder = Builder(BuildOptions(), site.root)
    builder.build()
    before = index_of(site.root / "output")
    site.note("n3", "Other words.")
    builder.leave_index()
    builder.build()
    assert [builder.has_stale_index] == [True]
    assert index_of(site.root / "output") == before
    builder.build_index()
    assert [builder.has_stale_index] == [False]
    assert index_of(site.root / "output") != before
