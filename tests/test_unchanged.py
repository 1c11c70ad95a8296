"""Building again: as quick as it may be, and never anything but what a clean build makes."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notesite import unchanged
from notesite.building import Builder, BuildOptions, BuildReport
from tests.conftest import SiteMaker


def build(root: Path, **options: object) -> BuildReport:
    given_options = {"cached": True, **options}
    return Builder(BuildOptions(**given_options), root).build()  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files just written count as settled; on this file system each write shows at once."""
    monkeypatch.setattr(unchanged, "_SETTLED", -1.0)


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
    monkeypatch.setattr(unchanged, "_SETTLED", 3600.0)
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


NAMES = st.sampled_from(["a", "b", "c d", "x/a", "x/e"])
TEXTS = st.sampled_from([
    "Text.", "See [[a]].", "See [[b]] and $x^2$.", "![[c d]]", "#tag", "---\ntags: [t]\n---\nx",
    "---\ndraft: true\n---\nx", "$$\nx\n$$ ^e", "[[a#^e]]", "## H\n\n[[x/e#H]]",
])  # fmt: skip
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), NAMES, TEXTS),
        st.tuples(st.just("remove"), NAMES, st.just("")),
        st.tuples(st.just("rename"), NAMES, NAMES),
        st.tuples(st.just("settings"), st.sampled_from(["A", "B"]), st.just("")),
        st.tuples(st.just("static"), NAMES, TEXTS),
        st.tuples(st.just("clock"), NAMES, st.sampled_from(["0", "2000000000"])),
        st.tuples(st.just("nothing"), st.just(""), st.just("")),
    ),
    min_size=1, max_size=8,
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_any_sequence_of_edits_ends_as_a_clean_build_would(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, str]]
) -> None:
    root = tmp_path_factory.mktemp("edits")
    (root / "notes").mkdir()
    for kind, name, text in steps:
        edit(root, kind, name, text)
        build(root)
        assert same_as_clean(root)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_a_builder_that_saw_any_sequence_of_edits_agrees_with_a_clean_build(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, str]]
) -> None:
    root = tmp_path_factory.mktemp("edits")
    (root / "notes").mkdir()
    builder = Builder(BuildOptions(), root)
    for kind, name, text in steps:
        edit(root, kind, name, text)
        builder.build()
        assert same_as_clean(root)


def edit(root: Path, kind: str, name: str, text: str) -> None:
    note = root / f"notes/{name}.md"
    if kind == "settings":
        (root / "notesite.toml").write_text(f'[site]\ntitle = "{name}"\n', encoding="utf-8")
    elif kind == "static":
        write(root / f"static/{name}.txt", text)
    elif kind == "write":
        write(note, text)
    elif kind == "remove":
        note.unlink(missing_ok=True)
    elif kind == "rename" and note.exists():
        target = root / f"notes/{text}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        note.replace(target)
    elif kind == "clock" and note.exists():
        os.utime(note, (float(text), float(text)))


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    time.sleep(0.005)
