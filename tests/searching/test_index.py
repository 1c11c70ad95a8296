"""The index: made by Pagefind, the same for the same notes, and not made again without need."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from notesite.building import Builder, BuildOptions
from notesite.searching import documents, index
from notesite.searching.index import IndexRun, SearchAbandonedError, SearchError, find_program
from tests.conftest import SiteMaker, codes

DOCUMENT = '<html lang="en"><body data-pagefind-body><p>Words here.</p></body></html>'


def program() -> Path:
    found = find_program()
    assert found, "the development dependencies bring Pagefind"
    return found


def run_index(*documents: tuple[str, str]) -> list[tuple[str, bytes]]:
    with IndexRun(program(), documents) as run:
        return list(run.files())


def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A list that grows by one whenever an index is made."""
    made: list[int] = []
    enter = IndexRun.__enter__

    def entering(self):
        made.append(1)
        return enter(self)

    monkeypatch.setattr(IndexRun, "__enter__", entering)
    return made


def test_the_same_documents_give_the_same_bytes() -> None:
    documents = [
        (f"n/{number}.html", DOCUMENT.replace("here", f"w{number}")) for number in range(30)
    ]
    assert run_index(*documents) == run_index(*documents)


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
    assert len([path for path in outputs[0] if path.suffix == ".pf_filter"]) == 2
    assert outputs[0] == outputs[1] == outputs[2]


def test_each_language_has_its_index() -> None:
    files = dict(run_index(("a.html", DOCUMENT), ("b.html", DOCUMENT.replace('"en"', '"de"'))))
    assert set(json.loads(files["pagefind-entry.json"])["languages"]) == {"de", "en"}


def test_nothing_of_the_bundled_interfaces_is_published() -> None:
    assert not [path for path, _ in run_index(("a.html", DOCUMENT)) if "ui" in path]


def test_a_program_that_fails_is_quoted(tmp_path: Path) -> None:
    script = tmp_path / "pagefind"
    script.write_text(f"#!{sys.executable}\nraise SystemExit('no index today')\n")
    script.chmod(0o755)
    with IndexRun(script, [("a.html", DOCUMENT)]) as run, pytest.raises(SearchError) as caught:
        list(run.files())
    assert "no index today" in str(caught.value)


def test_a_program_that_is_not_there_is_told() -> None:
    with pytest.raises(SearchError), IndexRun(Path("/nowhere/pagefind"), []):
        pass


def test_an_index_that_nobody_wants_is_given_up() -> None:
    wanted = [False, True]
    with (
        IndexRun(program(), [("a.html", DOCUMENT)], lambda: wanted.pop(0)) as run,
        pytest.raises(SearchAbandonedError),
    ):
        list(run.files())


def test_a_site_has_a_search(site: SiteMaker) -> None:
    site.note("a", "Words.")
    assert codes(site.build(index_later=False, strict=True)) == []
    assert "pagefind/pagefind.js" in site.outputs()
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
    monkeypatch.setattr(index, "find_program", lambda: None)
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

    def reading(linked, language):
        read.append(linked.url)
        return document(linked, language)

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
    files = {path.name for path in (site.root / "output/pagefind").rglob("*")}
    assert files == {path.name for path in (site.root / "clean/pagefind").rglob("*")}


def test_another_process_knows_the_index_that_is_there(
    site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = counted(monkeypatch)
    site.note("a", "Words.")
    site.build(index_later=False, cached=True)
    site.write("static/new.txt", "x")
    site.build(index_later=False, cached=True)
    assert len(made) == 1
    (site.root / "output/pagefind/pagefind.js").write_text("damaged")
    site.write("static/new.txt", "y")
    site.build(index_later=False, cached=True)
    assert len(made) == 2
    assert "damaged" not in site.page("pagefind/pagefind.js")


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
    for path in (site.root.parent / "clean").rglob("*.pf_*"):
        name = path.relative_to(site.root.parent / "clean")
        assert (site.root / "output" / name).read_bytes() == path.read_bytes()
