"""What Pagefind is asked, and what is said when it does not answer."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from notesite.searching.pagefind import SearchError, ask, find_program
from notesite.searching.words import VARIANT


def program() -> Path:
    found = find_program()
    assert found, "the development dependencies bring Pagefind"
    return found


def test_pagefind_knows_the_stems_of_words_in_their_languages() -> None:
    answer = ask(program(), {
        "en": ["eigenvalues", "naïve", "running", "sigma"],
        "de": ["groß", "häuser", "matrix"],
        "fr": ["fonctions"],
        "ja": [],
    })  # fmt: skip
    assert answer.stems == {
        "en": {"eigenvalues": "eigenvalu", "naïve": f"naiv{VARIANT}naïve", "running": "run"},
        "de": {"groß": "gross", "häuser": f"haus{VARIANT}häuser"},
        "fr": {"fonctions": "fonction"},
        "ja": {},
    }
    assert [answer.wasm(language) for language in answer.stems] == ["en", "de", "fr", None]


def test_of_its_files_only_those_are_taken_that_search() -> None:
    files = ask(program(), {"en": []}).files
    assert set(files) == {"wasm.en.pagefind", "wasm.unknown.pagefind"}


def test_many_words_have_a_stem_each() -> None:
    words = [f"word{number}ing" for number in range(30_000)]
    stems = ask(program(), {"en": words}).stems["en"]
    assert {stems.get(word, word) for word in words} == {
        stems.get(f"word{number}ing") for number in range(30_000)
    }
    assert len(set(stems.values())) == 30_000


def script(folder: Path, text: str) -> Path:
    file = folder / "pagefind"
    file.write_text(f"#!{sys.executable}\n{text}\n")
    file.chmod(0o755)
    return file


def writing(entry: str) -> str:
    return (
        "import pathlib; pathlib.Path('index').mkdir(); "
        f"pathlib.Path('index/pagefind-entry.json').write_text('''{entry}''')"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("raise SystemExit('no index today')", "no index today"),
        ("raise SystemExit(3)", "it says nothing"),
        ("pass", "could not be run"),
        (writing('{"version": "2.0.0", "languages": {}}'), "Pagefind 2.0.0 writes an index"),
        (writing("{}"), "cannot be read"),
        (writing("none"), "cannot be read"),
    ],
)
def test_a_program_that_does_otherwise_is_told(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SearchError, match=message):
        ask(script(tmp_path, text), {"en": ["word"]})


def test_a_program_that_is_not_there_is_told() -> None:
    with pytest.raises(SearchError, match="could not be run"):
        ask(Path("/nowhere/pagefind"), {"en": []})
