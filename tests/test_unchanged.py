"""Building again: as quick as it may be, and never anything but what a clean build makes."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from notesite import unchanged
from notesite.building import Builder, BuildOptions, BuildReport
from notesite.cache import Item, Store, site_cache
from notesite.cache.snapshots import Parts, Snapshot
from notesite.linking.remembering import Filler
from notesite.markdown.note import NoteParser
from notesite.remaking import Maker
from tests.conftest import SiteMaker


def build(root: Path, **options: object) -> BuildReport:
    given_options = {"cached": True, **options}
    return Builder(BuildOptions(**given_options), root).build()  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files just written count as settled; on this file system each write shows at once."""
    monkeypatch.setattr(unchanged, "SETTLED", -1.0)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The builds that really took place."""
    done: list[str] = []
    build_all = Builder._build

    def counting(self: Builder, *arguments: object) -> BuildReport:
        done.append("built")
        return build_all(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Builder, "_build", counting)
    return done


def test_nothing_changed_nothing_done(site: SiteMaker, counted: list[str]) -> None:
    site.note("a", "See [[gone]] and $x$.")
    first = build(site.root)
    again = build(site.root)
    assert counted == ["built"]
    assert again.diagnostics == first.diagnostics
    assert again.lines == first.lines
    assert (again.notes, again.formulas, again.pages) == (first.notes, first.formulas, first.pages)
    assert (again.written, again.unchanged, again.is_published) == ((), first.pages, True)
    assert again.output == first.output


def test_what_the_disk_refused_is_tried_again(site: SiteMaker) -> None:
    site.note("a")
    (site.root / "output/.notesite").mkdir(parents=True)
    (site.root / "output/a.html/theirs").mkdir(parents=True)
    for _ in range(2):
        report = build(site.root)
        assert [problem.code for problem in report.diagnostics] == ["output-refused"]
        assert report.diagnostics[0].file.endswith("a.html")
    shutil.rmtree(site.root / "output/a.html")
    assert build(site.root).is_published
    assert (site.root / "output/a.html").is_file()


def same_size_and_time(site: SiteMaker) -> None:
    file = site.root / "notes/a.md"
    status = file.stat()
    file.write_text("Text B.", encoding="utf-8")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


CHANGES = {
    "a note": lambda site: site.note("a", "Other."),
    "a note of the same size and time": same_size_and_time,
    "a new note": lambda site: site.note("b"),
    "a note gone": lambda site: (site.root / "notes/c.md").unlink(),
    "a note renamed": lambda site: (site.root / "notes/c.md").rename(site.root / "notes/d.md"),
    "the settings": lambda site: site.write("notesite.toml", '[site]\ntitle = "T"\n'),
    "a template": lambda site: site.write("templates/404.html", "gone"),
    "a static file": lambda site: site.write("static/x.css", "a {}"),
    "the preamble": lambda site: site.write("notes/preamble.tex", "\\newcommand{\\R}{r}"),
    "Obsidian's settings": lambda site: site.write(
        "notes/.obsidian/app.json", '{"strictLineBreaks": false}'
    ),
    "a page of the output": lambda site: site.write("output/a.html", "mine"),
    "a page of the output gone": lambda site: (site.root / "output/a.html").unlink(),
    "the whole output gone": lambda site: shutil.rmtree(site.root / "output"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changed_is_seen(site: SiteMaker, counted: list[str], change: str) -> None:
    site.note("a", "Text A.")
    site.note("c", "See [[a]].")
    site.write("notesite.toml", '[site]\ntitle = "S"\n')
    build(site.root)
    CHANGES[change](site)
    build(site.root)
    assert counted == ["built", "built"]
    assert same_as_clean(site.root)


def test_options_have_a_memory_each(site: SiteMaker, counted: list[str]) -> None:
    site.note("a", draft="true")
    site.note("b", "[[gone]]")
    build(site.root)
    assert build(site.root, strict=True).is_published is False
    assert build(site.root, strict=True).is_published is False
    build(site.root, drafts=True)
    assert (site.root / "output/a.html").exists()
    build(site.root)
    assert not (site.root / "output/a.html").exists()
    assert counted == ["built"] * 4


def test_files_too_young_to_be_told_apart_are_read_again(
    site: SiteMaker, counted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unchanged, "SETTLED", 3600.0)
    site.note("a")
    build(site.root)
    build(site.root)
    assert counted == ["built", "built"]


def test_other_peoples_plugins_are_always_asked(site: SiteMaker, counted: list[str]) -> None:
    plugin = "mdit_py_plugins.subscript:sub_plugin"
    site.write("notesite.toml", f'[markdown]\nplugins = ["{plugin}"]\n')
    site.note("a", "H~2~O")
    build(site.root)
    build(site.root)
    assert counted == ["built", "built"]


def same_as_clean(root: Path) -> bool:
    """Whether the output is, byte for byte, what a build from nothing makes."""
    clean = root.parent / f"{root.name}-clean"
    shutil.rmtree(clean, ignore_errors=True)
    report = Builder(BuildOptions(output=clean), root).build()
    made = contents(root / "output")
    fresh = contents(clean) if report.is_published else made
    return made == fresh


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".notesite" not in path.parts
    }


def test_of_what_is_remembered_only_what_an_edit_changed_is_written(
    site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_each = Store.put_each
    written: list[str] = []

    def recording(store: Store, values: Iterable[tuple[str, bytes | Item]]) -> bool:
        kept = dict(values)
        written.extend(key for key in kept if key.startswith("site "))
        return put_each(store, kept.items())

    monkeypatch.setattr(Store, "put_each", recording)
    for number in range(60):
        site.note(f"n{number}", "text")
    build(site.root)
    everything = len(written)
    written.clear()
    site.note("n7", "other text")
    build(site.root)
    # Files that were young then are known better now, so that more than the edited one is written.
    assert 0 < len(written) < everything / 2


def test_another_process_makes_only_what_shows_an_edit(
    site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    make, fill, parse = Maker.make, Filler._fill, NoteParser.parse

    def counted(work: Callable[..., object], name: Callable[..., str]) -> Callable[..., object]:
        def wrapped(*arguments: object) -> object:
            made.append(name(*arguments[1:]))
            return work(*arguments)

        return wrapped

    for name in "abcd":
        site.note(name, "text" if name != "b" else "See [[a]].", title=f"Note {name}")
    build(site.root)
    monkeypatch.setattr(Maker, "make", counted(make, lambda page: f"page {page.path}"))
    monkeypatch.setattr(Filler, "_fill", counted(fill, lambda note: f"fill {note.path}"))
    monkeypatch.setattr(
        NoteParser, "parse", counted(parse, lambda source, *_: f"parse {source.path}")
    )
    site.note("d", "other text", title="Note d")
    build(site.root)
    assert [each for each in made if "pages/" not in each] == [
        "parse d.md", "fill d.md", "page d.html",
    ]  # fmt: skip
    made.clear()
    site.note("b", "Look at [[a]].", title="Note b")
    build(site.root)
    assert {"parse b.md", "fill b.md", "page a.html", "page b.html"} <= set(made)
    assert not {"parse a.md", "fill a.md", "page c.html", "page index.html"} & set(made)
    assert same_as_clean(site.root)


def test_a_snapshot_of_which_a_part_is_another_is_none(tmp_path: Path) -> None:
    store = Store(tmp_path / "x.sqlite")
    parts: Parts = {"a": {str(n): n for n in range(200)}, "b": {"": "1"}}
    Snapshot(store, "k").save(parts)
    assert Snapshot(store, "k").load() == parts
    assert Snapshot(store, "other").load() == {}
    one, two = Snapshot(store, "k"), Snapshot(store, "k")
    one.load()
    two.load()
    one.save({**parts, "a": {**parts["a"], "5": 0}})
    two.save({**parts, "b": {"": "2"}})
    assert Snapshot(store, "k").load() == {}


def test_a_cache_that_is_emptied_meanwhile_costs_only_time(site: SiteMaker) -> None:
    for name in "ab":
        site.note(name, "See [[a]] and [[b]].")
    builder = Builder(BuildOptions(cached=True), site.root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("notesite.cache.shelf.BUDGET", 0)
        builder.build()
        connection = sqlite3.connect(site_cache(site.root))
        connection.execute("DELETE FROM items")
        connection.commit()
        connection.close()
        site.note("a", "See [[a]], [[b]] and more.")
        site.write("notesite.toml", "[site]\ngit_dates = false\ntitle = 'T'\n")
        builder.build()
    assert same_as_clean(site.root)
