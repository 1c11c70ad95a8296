"""The index among a site's files: the same for the same notes, and not made again without need."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from notesite import indexing
from notesite.building import Builder, BuildOptions
from notesite.building.making import Making
from notesite.cache import Store
from notesite.forking import Crew
from notesite.searching import chunks, documents, gathering, joined, pagefind
from notesite.searching.joined import Kept
from tests.conftest import SiteMaker, codes


def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A list that grows by one whenever an index is made."""
    made: list[int] = []
    files = indexing._Work.files

    def making(self, *, afresh):
        made.append(1)
        return files(self, afresh=afresh)

    monkeypatch.setattr(indexing._Work, "files", making)
    return made


def index_of(output: Path) -> dict[str, bytes]:
    folder = output / "pagefind"
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_site_with_many_tags_and_two_languages_gives_the_same_bytes(site: SiteMaker) -> None:
    for number in range(24):
        tags = ", ".join(f"tag-{number * step % 19}" for step in range(1, 5))
        language = "de" if number % 2 else "en"
        site.note(
            f"n{number}", f"Word w{number}, $x_{{{number}}}$.", tags=f"[{tags}]", lang=language
        )
    outputs = []
    for number in range(3):
        output = site.root / f"output-{number}"
        assert codes(site.build(output=output, index_later=False)) == []
        files = (path for path in (output / "pagefind").rglob("*") if path.is_file())
        outputs.append({path.relative_to(output): path.read_bytes() for path in files})
    assert outputs[0] == outputs[1] == outputs[2]


def test_each_language_has_its_index(site: SiteMaker) -> None:
    site.note("a", "Words.")
    site.note("b", "Wörter.", lang="de-AT")
    site.build(index_later=False)
    files = index_of(site.root / "output")
    entry = json.loads(files["pagefind-entry.json"])
    assert {name: each["wasm"] for name, each in entry["languages"].items()} == {
        "en": "en", "de-at": "de-at",
    }  # fmt: skip
    assert {"wasm.en.pagefind", "wasm.de-at.pagefind"} <= set(files)
    assert json.loads(files["spelling.json"]) == {"en": ["a"], "de-at": ["b"]}


def test_pages_are_listed_by_what_narrows_an_answer(site: SiteMaker) -> None:
    for name, tags in ("a", "[one]"), ("b", "[]"), ("c", "[two, one]"):
        site.note(name, "Words.", tags=tags)
    site.build(index_later=False)
    files = index_of(site.root / "output")
    narrowing = json.loads(files["narrowing.json"])["en"]
    assert narrowing["filters"]["tag"] == {"one": [0, 2], "two": [2]}
    fragments = [name for name in files if name.endswith(".pf_fragment")]
    for name in narrowing["pages"]:
        assert len([each for each in fragments if each.startswith(f"fragment/en_{name}")]) == 1


def test_the_macros_of_the_site_go_with_the_index(site: SiteMaker) -> None:
    config = "[site]\ngit_dates = false\n[math.macros]\nR = '\\mathbb{R}'\nip = '({#1}, #2)'\n"
    site.write("notesite.toml", config + "opt = { body = '#1', default = 'x' }\n")
    site.note("a", "Words.")
    site.build(index_later=False)
    macros = json.loads(index_of(site.root / "output")["macros.json"])
    assert macros == {"R": [0, "\\mathbb{R}"], "ip": [2, "({#1}, #2)"]}
    site.write("notesite.toml", config + "S = 's'\n'\\T' = 't'\n")
    site.build(index_later=False)
    macros = json.loads(index_of(site.root / "output")["macros.json"])
    assert macros.keys() == {"R", "ip", "S", "T"}


def test_a_site_has_a_search(site: SiteMaker) -> None:
    site.note("a", "Words.")
    assert codes(site.build(index_later=False, strict=True)) == []
    assert "pagefind/pagefind-entry.json" in site.outputs()
    assert 'class="search-button"' in site.page("a.html")
    assert "pagefind" in site.page("404.html")


def test_without_a_search_there_is_no_work_for_it(
    site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = counted(monkeypatch)
    site.write("notesite.toml", "[site]\ngit_dates = false\n[search]\nenabled = false\n")
    site.note("a", "Words.")
    site.build(index_later=False)
    assert made == []
    assert not [path for path in site.outputs() if path.startswith("pagefind")]
    assert "search-button" not in site.page("a.html")


def test_a_missing_program_is_a_warning_and_the_site_goes_without(
    site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pagefind, "find_program", lambda: None)
    site.note("a", "Words.")
    report = site.build(index_later=False)
    assert codes(report) == ["search-missing"]
    assert report.is_published
    assert "search-button" not in site.page("a.html")


def test_a_failing_program_is_an_error_and_nothing_is_published(
    site: SiteMaker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = tmp_path / "pagefind"
    script.write_text("#!/bin/sh\nexit 3\n")
    script.chmod(0o755)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(script))
    site.note("a", "Words.")
    report = site.build(index_later=False)
    assert codes(report) == ["search-failed"]
    assert not report.is_published


def test_the_index_is_made_again_only_when_what_it_shows_has_changed(
    site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = counted(monkeypatch)
    site.note("a", "Words.")
    builder = Builder(BuildOptions(), site.root)
    builder.build()
    assert len(made) == 1
    site.write("templates/404.html", '{% extends "theme/404.html" %}')
    builder.build()
    assert len(made) == 1
    site.note("a", "Other words.")
    before = site.outputs()
    builder.build()
    assert len(made) == 2
    assert site.outputs() != before


def test_after_an_edit_only_what_changed_is_read_for_the_index_again(
    site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    document = documents.document

    def reading(linked, language, section=""):
        read.append(linked.url)
        return document(linked, language, section)

    monkeypatch.setattr(documents, "document", reading)
    for name in "abc":
        site.note(name, f"The text of {name}: $x$.", title=name)
    site.build(index_later=False, cached=True)
    assert read == ["a.html", "b.html", "c.html"]
    read.clear()
    site.note("b", "Another text: $y$.", title="b")
    site.build(index_later=False, cached=True)
    assert read == ["b.html"]
    site.build(output=Path("clean"), index_later=False, cached=False)
    assert index_of(site.root / "output") == index_of(site.root / "clean")


def test_another_process_knows_the_index_that_is_there(
    site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = counted(monkeypatch)
    site.note("a", "Words.")
    site.build(index_later=False, cached=True)
    site.write("static/new.txt", "x")
    site.build(index_later=False, cached=True)
    assert len(made) == 1
    (site.root / "output/pagefind/wasm.en.pagefind").write_text("damaged")
    site.write("static/new.txt", "y")
    site.build(index_later=False, cached=True)
    assert len(made) == 2
    assert (site.root / "output/pagefind/wasm.en.pagefind").read_bytes() != b"damaged"


def test_an_index_left_for_later_stays_as_it_was(
    site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = counted(monkeypatch)
    site.note("a", "Words.")
    builder = Builder(BuildOptions(index_later=True), site.root)
    builder.build()
    assert made == []
    assert [builder.has_stale_index] == [True]
    builder.build_index()
    assert len(made) == 1
    assert [builder.has_stale_index] == [False]
    site.note("a", "Other words.")
    kept = {path for path in site.outputs() if path.startswith("pagefind/")}
    builder.build()
    assert len(made) == 1
    assert [builder.has_stale_index] == [True]
    assert kept <= site.outputs()
    builder.build_index()
    clean = Builder(BuildOptions(output=site.root.parent / "clean"), site.root)
    clean.build()
    assert index_of(site.root / "output") == index_of(site.root.parent / "clean")


def questions(monkeypatch: pytest.MonkeyPatch) -> list[Mapping[str, Sequence[str]]]:
    """A list of the words that Pagefind is asked about from now on."""
    asked: list[Mapping[str, Sequence[str]]] = []
    begin = pagefind.Question.__init__

    def asking(question, program, words):
        asked.append(words)
        begin(question, program, words)

    monkeypatch.setattr(pagefind.Question, "__init__", asking)
    return asked


def test_pagefind_is_asked_for_each_word_once(
    site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = questions(monkeypatch)
    site.note("a", "Running water.", title="T")
    site.build(index_later=False, cached=True)
    site.note("a", "Running water and a dog.", title="T")
    site.build(index_later=False, cached=True)
    site.note("a", "A dog runs $x$.", title="T")
    site.build(index_later=False, cached=True)
    assert asked == [{"en": ["running", "water"]}, {"en": ["and", "dog"]}, {"en": ["runs"]}]


def test_an_index_that_is_given_up_stays_as_it_was(site: SiteMaker) -> None:
    site.note("a", "Words.")
    builder = Builder(BuildOptions(), site.root)
    builder.build()
    before = index_of(site.root / "output")
    site.note("a", "Other words.")
    builder.leave_index()
    builder.build()
    assert [builder.has_stale_index] == [True]
    assert index_of(site.root / "output") == before
    builder.build_index()
    assert [builder.has_stale_index] == [False]
    assert index_of(site.root / "output") != before


def test_files_that_stay_the_same_are_not_made_again(
    site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abc":
        site.note(name, f"The text of {name}.")
    builder = Builder(BuildOptions(), site.root)
    builder.build()
    kept = {
        path: path.stat().st_mtime_ns for path in (site.root / "output/pagefind/fragment").iterdir()
    }
    site.note("b", "Another text.")
    builder.build()
    after = {
        path: path.stat().st_mtime_ns for path in (site.root / "output/pagefind/fragment").iterdir()
    }
    assert len(kept.items() & after.items()) == 2


def test_a_fragment_that_the_cache_has_lost_is_made_again(
    site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Store, "heavy", lambda store, key: None)
    site.note("a", "Some words.")
    site.note("b", "Other words.")
    site.build(index_later=False, cached=True)
    before = index_of(site.root / "output")
    for path in (site.root / "output/pagefind/fragment").iterdir():
        path.unlink()
    site.build(index_later=False, cached=True)
    assert index_of(site.root / "output") == before


@pytest.mark.parametrize("cached", [True, False])
@pytest.mark.parametrize(("worth_it", "shares"), [(2, [2, 3]), (64, [6])])
def test_several_processes_make_the_index_that_one_makes(
    site: SiteMaker,
    monkeypatch: pytest.MonkeyPatch,
    cached: bool,
    worth_it: int,
    shares: list[int],
) -> None:
    """Of many notes they make all, of few they read them: three are too few for that."""
    monkeypatch.setattr(gathering, "_WORTH_IT", worth_it)
    monkeypatch.setattr(gathering, "_AT_ONCE", 2)
    started: list[int] = []

    def counting(chunks, *arguments, **options):
        started.append(chunks)
        return Crew(chunks, *arguments, **options)

    monkeypatch.setattr(gathering, "Crew", counting)
    monkeypatch.setattr(gathering, "may_fork", lambda: True)
    for number in range(9):
        lang = {"lang": "de"} if number % 3 == 0 else {}
        site.note(f"n{number}", f"Wörter w{number} and words, $x_{{{number}}}$.", **lang)
    site.build(output=Path("together"), index_later=False, cached=cached, jobs=3)
    assert started == shares
    site.build(output=Path("alone"), index_later=False, cached=False)
    assert index_of(site.root / "together") == index_of(site.root / "alone")


def test_an_index_is_given_up_between_two_notes(
    site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        site.note(f"n{number}", "Words.")
    builder = Builder(BuildOptions(index_later=True), site.root)
    builder.build()
    read: list[str] = []
    document = documents.document

    def reading(linked, language, section=""):
        read.append(linked.url)
        if len(read) == 2:
            builder.leave_index()
        return document(linked, language, section)

    monkeypatch.setattr(documents, "document", reading)
    builder.build_index()
    assert len(read) == 2
    assert [builder.has_stale_index] == [True]
    builder.build_index()
    assert [builder.has_stale_index] == [False]


def joined_anew(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A list that grows by one whenever an index is joined of all its notes."""
    anew: list[int] = []
    gather = gathering.Gatherer.gather

    def gathering_all(self):
        anew.append(1)
        return gather(self)

    monkeypatch.setattr(gathering.Gatherer, "gather", gathering_all)
    return anew


def equals_clean(site: SiteMaker, name: str) -> bool:
    """Whether the index is the one of a build from nothing."""
    site.build(output=Path(name), index_later=False, cached=False)
    return index_of(site.root / "output") == index_of(site.root / name)


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "_LEAST", 60)
    monkeypatch.setattr(chunks, "_MOST", 200)


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize("change", ["edited", "fewer", "more", "renamed", "other tags", "titled"])
def test_after_an_edit_the_index_is_not_joined_anew(
    site: SiteMaker, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    for number in range(19):
        site.note(f"n{number}", f"Words w{number} and wörds $x_{{{number}}}$.", tags="[a]")
    site.build(index_later=False, cached=True)
    anew = joined_anew(monkeypatch)
    if change == "edited":
        site.note("n3", "Other words.", tags="[a]")
    elif change == "fewer":
        (site.root / "notes/n5.md").unlink()
    elif change == "more":
        site.note("n10-more", "A wörd again.")
    elif change == "renamed":
        (site.root / "notes/n0.md").rename(site.root / "notes/z0.md")
    elif change == "other tags":
        site.note("n7", "Words w7 and wörds $x_{7}$.", tags="[b]")
    else:
        site.note("n7", "Words w7 and wörds $x_{7}$.\n\n## A heading", tags="[a]")
    site.build(index_later=False, cached=True)
    assert not anew
    assert equals_clean(site, "clean")


def test_after_many_edits_the_index_is_joined_anew(
    site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "_FEW", 2)
    for number in range(5):
        site.note(f"n{number}", f"Words w{number}.")
    site.build(index_later=False, cached=True)
    anew = joined_anew(monkeypatch)
    for number in range(3):
        site.note(f"n{number}", f"Other words w{number}.")
    site.build(index_later=False, cached=True)
    assert anew
    assert equals_clean(site, "clean")


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize("lost", ["chunk touched", "chunk of another", "file of the output"])
def test_an_index_of_which_the_cache_has_lost_something_is_joined_anew(
    site: SiteMaker, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    for number in range(9):
        site.note(f"n{number}", f"Words w{number} and more of them: {'x' * number}.")
    site.build(index_later=False, cached=True)
    if lost == "file of the output":
        for file in (site.root / "output/pagefind/index").iterdir():
            file.unlink()
    elif lost == "chunk touched":
        monkeypatch.setattr(joined, "unpackable", refusing)
    else:
        monkeypatch.setattr(Kept, "_key_of", lambda kept, chunk: kept._key)
    anew = joined_anew(monkeypatch)
    site.note("n3", "Other words.")
    site.build(index_later=False, cached=True)
    assert bool(anew) == (lost != "file of the output")
    assert equals_clean(site, "clean")


def test_pagefind_is_asked_once_and_then_for_new_words_alone(
    site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = questions(monkeypatch)
    site.note("a", "Some words.", title="Title")
    site.build(index_later=False, cached=True)
    assert asked == [{"en": ["some", "title", "words"]}]
    site.note("a", "Words, some.", title="Title")
    site.build(index_later=False, cached=True)
    assert len(asked) == 1
    site.note("a", "Words, running.", title="Title")
    site.build(index_later=False, cached=True)
    assert asked[1:] == [{"en": ["running"]}]
    assert equals_clean(site, "clean")


def test_pagefind_is_broken_off_with_the_build(
    site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[pagefind.Question] = []
    begin = pagefind.Question.__init__

    def asking(question, program, words):
        begin(question, program, words)
        begun.append(question)

    def interrupted(making, pages):
        raise KeyboardInterrupt

    monkeypatch.setattr(pagefind.Question, "__init__", asking)
    monkeypatch.setattr(Making, "make_all", interrupted)
    site.note("a", "Words.")
    with pytest.raises(KeyboardInterrupt):
        site.build(index_later=False)
    [question] = begun
    assert question._process.returncode is not None
    assert not question._folder.exists()


def refusing(packed: bytes) -> None:
    raise ValueError("damaged")
