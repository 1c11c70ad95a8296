"""An incremental build is, byte for byte, a clean one, whatever was edited before.

Two builders go through the same edits: one that lives on, as under `serve`, and a new one for each
build, which knows the others only through the cache. Whoever adds something that one note can take
from another adds a word for it to `TEXTS`, or an edit to `EDITS`.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notesite.building import Builder, BuildOptions, BuildReport
from notesite.building.planning import Planner

NAMES = ["a", "b", "c d", "x/a", "x/e", "x/index"]

TEXTS = [
    "Text.",
    "See [[a]] and $x^2$, [a file](x/data.txt).",
    "Look at [[b|this]].\n\n## H\n\nSee [[x/e#H]] and [[gone]].",
    "## H\n\nIn a section: [[c d#H]].\n\n### Deeper\n\n![[x/a]]",
    "![[c d]]\n\n![[a#H]]",
    "#tag and #other, [[x/index]]",
    "---\ntitle: The *first*\ntags: [t]\nsummary: About $y$ and [[b]].\n---\nx",
    "---\ntitle: Another\ntags: [t, u]\naliases: [old/place, b2]\ndate: 2024-01-02\n---\n[[b2]]",
    "---\ndraft: true\n---\nx",
    "---\nsection: physics\ngroup: g\norder: 1\n---\n[[a]]",
    "---\npermalink: /a\n---\nTwo with one address?",
    "---\nseries: S\npart: 1\n---\nOne.",
    "---\nseries: S\npart: 2\n---\nTwo.",
    "$$\nx \\label{eq:one}\n$$ ^e\n\nSee \\eqref{eq:one}.",
    "Elsewhere: \\eqref{eq:one}, @thm-r, [[a#^e]].",
    '::: theorem "Riesz" {#thm-r}\nIt is $x$.\n:::\n\n::: proof\nBy [[b]] and @lem-s.\n:::',
    "> [!lemma] S\n> Small. %% label: lem-s %%\n\nBy @thm-r.",
    "As @key2020 says, [@key2020, p. 3].",
    "![A figure](x/figure.svg) and ![[figure.svg]]",
    "```mermaid\ngraph TD; A-->B\n```",
    "A note[^1] with $\\R$ in it.\n\n[^1]: See [[x/a]].",
    "%% hidden %% and [[x/e]]",
    "$$\n\\newcommand{\\K}{K} % notation: what $K$ is\n\\K\n$$ and $\\R$, [[c d|other words]].",
    "---\ndate: 2024-03-01\nupdated: 2025-01-01\nnoindex: true\ntags: [t, t/u]\n---\n"
    "## H\n\nSaid[^1].\n\n[^1]: S.",
    "---\nlang: de\ntags: [t]\n---\n## Größen\n\nHäuser und 范数.\n\n> [!lemma] S\n> $x$\n",
    "---\nimage: x/figure.svg\ntitle: On $z$\nmacros: {R: {body: z, description: a ring}}\n"
    "---\n$\\R$",
]  # fmt: skip

CONFIGS = [
    "[site]\ngit_dates = false\n",
    "[site]\ngit_dates = false\ntitle = 'T'\nbase_url = 'https://a.example/'\n",
    "[site]\ngit_dates = false\nold_urls = 'quartz'\nbase_url = 'https://a.example/'\n"
    "[[sections]]\nid = 'x'\ntitle = 'The $x$'\n",
    "[site]\ngit_dates = false\n[math]\nnumber = 'all'\n[markdown]\nhard_breaks = true\n",
    "[site]\ngit_dates = false\n[theme]\nmaps = false\n",
    "[site]\ngit_dates = false\nbase_url = 'https://a.example/'\nfeed_order = 'newest'\n"
    "[[sections]]\nid = 'x'\nstyle = 'stream'\n[theme]\ncards = true\n"
    "[math.macros]\nR = { body = 'r', description = 'the *reals*' }\n",
    "[site]\ngit_dates = false\nlanguage = 'de'\n[strings.de]\n'result.theorem' = 'Lehrsatz'\n"
    "[citations]\nstyle = 'numeric'\n",
    "[site]\ngit_dates = false\nlanguage = 'ar'\n[[folders]]\npath = 'x/**'\nsection = 'y'\n"
    "[[sections]]\nid = 'y'\n[diagnostics]\nlink-not-found = 'hint'\n[markdown]\nhtml = false\n",
]

TEMPLATE = '{% extends "theme/note.html" %}{% block note_title %}<h1>Mine NUMBER</h1>{% endblock %}'
INCLUDING = '{% extends "theme/tag.html" %}{% block main %}{% include "foot.html" %}{% endblock %}'
FIGURE = '<svg xmlns="http://www.w3.org/2000/svg" width="NUMBER" height="9"></svg>'
PICKED = st.integers(0, 999)

Edit = Callable[[Path, int, int], None]


def name_of(number: int) -> str:
    return f"notes/{NAMES[number % len(NAMES)]}.md"


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def write_note(root: Path, one: int, two: int) -> None:
    write(root / name_of(one), TEXTS[two % len(TEXTS)])


def add_to_note(root: Path, one: int, two: int) -> None:
    file = root / name_of(one)
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    write(file, f"{text}\n\n{TEXTS[two % len(TEXTS)]}\n")


def put_before(root: Path, one: int, two: int) -> None:
    file = root / name_of(one)
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    if not text.startswith("---"):
        write(file, f"Line {two}.\n\n{text}")


def remove_note(root: Path, one: int, two: int) -> None:
    (root / name_of(one)).unlink(missing_ok=True)


def rename_note(root: Path, one: int, two: int) -> None:
    if (root / name_of(one)).exists():
        (root / name_of(two)).parent.mkdir(exist_ok=True)
        (root / name_of(one)).replace(root / name_of(two))


def rename_folder(root: Path, one: int, two: int) -> None:
    old, new = ("x", "y") if one % 2 else ("y", "x")
    if (root / "notes" / old).exists() and not (root / "notes" / new).exists():
        (root / "notes" / old).replace(root / "notes" / new)


def rename_by_case(root: Path, one: int, two: int) -> None:
    """Capitals for small letters or the other way round, in the name of a note or of a folder."""
    old = root / ("notes/x" if one % 5 == 4 else name_of(one))
    new = old.with_name(old.name.swapcase() if old.is_dir() else f"{old.stem.swapcase()}.md")
    for before, after in ((old, new), (new, old)):
        if before.exists() and not after.exists():
            before.replace(after)
            return


def swap_note_and_folder(root: Path, one: int, two: int) -> None:
    """A folder where a note was, or a note where a folder was."""
    file, folder = root / "notes/b.md", root / "notes/b"
    if folder.exists():
        shutil.rmtree(folder)
        write(file, TEXTS[two % len(TEXTS)])
    else:
        file.unlink(missing_ok=True)
        write(folder / ("index.md", "b.md", "a.md")[one % 3], TEXTS[two % len(TEXTS)])


def swap_two_notes(root: Path, one: int, two: int) -> None:
    """Each takes the name of the other, with its times."""
    first, second, aside = root / name_of(one), root / name_of(two), root / "aside"
    if first.exists() and second.exists() and first != second:
        first.replace(aside)
        second.replace(first)
        aside.replace(second)


def write_included_template(root: Path, one: int, two: int) -> None:
    """A template that another one includes."""
    if one % 4:
        write(root / "templates/foot.html", f"<p>Foot {two % 3}</p>")
        write(root / "templates/tag.html", INCLUDING)
    else:
        shutil.rmtree(root / "templates", ignore_errors=True)


def same_size_and_time(root: Path, one: int, two: int) -> None:
    file = root / name_of(one)
    if file.exists():
        status, text = file.stat(), file.read_text(encoding="utf-8")
        write(file, text.replace("x", "z") if "x" in text else text.replace("z", "x"))
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


def turn_clock(root: Path, one: int, two: int) -> None:
    if (root / name_of(one)).exists():
        moment = (0, 2_000_000_000)[two % 2]
        os.utime(root / name_of(one), (moment, moment))


def write_config(root: Path, one: int, two: int) -> None:
    write(root / "notesite.toml", CONFIGS[one % len(CONFIGS)])


def write_template(root: Path, one: int, two: int) -> None:
    if one % 3:
        write(root / "templates/note.html", TEMPLATE.replace("NUMBER", str(two)))
    else:
        (root / "templates/note.html").unlink(missing_ok=True)


def write_file(root: Path, one: int, two: int) -> None:
    path = ("static/css/site.css", "static/extra/a.txt", "notes/x/data.txt", "static/b.txt")[
        one % 4
    ]
    if two % 4:
        write(root / path, f"/* {two % 5} */")
    else:
        (root / path).unlink(missing_ok=True)


def write_figure(root: Path, one: int, two: int) -> None:
    write(root / "notes/x/figure.svg", FIGURE.replace("NUMBER", str(one % 3 + 1)))


def write_preamble(root: Path, one: int, two: int) -> None:
    write(
        root / "notes/preamble.tex", f"\\newcommand{{\\R}}{{r_{one % 3}}} % notation: r {two % 3}"
    )


def write_bibliography(root: Path, one: int, two: int) -> None:
    entry = f"@article{{key2020, title={{T{one % 3}}}, author={{A, B}}, year={{202{two % 3}}}}}"
    write(root / "references.bib", entry)


def touch_output(root: Path, one: int, two: int) -> None:
    for output in ("output", "served"):
        page = root / output / ("index.html", "a.html", "x/a.html")[one % 3]
        if page.exists():
            write(page, "mine") if two % 2 else page.unlink()


EDITS: list[Edit] = [
    write_note, write_note, write_note, write_note, add_to_note, add_to_note, put_before,
    remove_note, rename_note, rename_folder, same_size_and_time, turn_clock, write_config,
    write_template, write_file, write_figure, write_preamble, write_bibliography, touch_output,
    rename_by_case, swap_note_and_folder, swap_two_notes, write_included_template,
]  # fmt: skip

STEPS = st.lists(
    st.lists(st.tuples(st.sampled_from(EDITS), PICKED, PICKED), min_size=1, max_size=3),
    min_size=2, max_size=6,
)  # fmt: skip


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".notesite" not in path.parts
    }


def said(report: BuildReport) -> list[tuple[object, ...]]:
    return [(d.code, d.message, d.file, d.span, d.hints) for d in report.diagnostics]


def options(output: str = "output", **others: object) -> BuildOptions:
    # Indexes are compared by a test of their own, and cut fonts have one; both take long.
    given = {"keep_going": True, "index_later": True, "whole_fonts": True, **others}
    return BuildOptions(output=Path(output) if output else None, **given)  # type: ignore[arg-type]


EXAMPLES = int(os.environ.get("NOTESITE_EXAMPLES", "8"))


def compare(
    root: Path, steps: list[list[tuple[Edit, int, int]]], build: Callable[[Builder], BuildReport]
) -> None:
    """Make the edits of each step, and compare what three builders make of them."""
    (root / "notes").mkdir()
    write_config(root, 0, 0)
    for number in range(len(NAMES)):
        write_note(root, number, number)
    living = Builder(options("served"), root)
    for edits in steps:
        for edit, one, two in edits:
            edit(root, one, two)
        time.sleep(0.005)
        served = build(living)
        built = build(Builder(options("", cached=True), root))
        shutil.rmtree(root / "clean", ignore_errors=True)
        clean = build(Builder(options("clean"), root))
        assert said(served) == said(clean)
        assert said(built) == said(clean)
        if clean.is_published:
            expected = contents(root / "clean")
            assert contents(root / "served") == expected
            assert contents(root / "output") == expected


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_any_edits_end_as_a_clean_build_would(
    tmp_path_factory: pytest.TempPathFactory, steps: list[list[tuple[Edit, int, int]]]
) -> None:
    compare(tmp_path_factory.mktemp("edits"), steps, Builder.build)


@settings(
    max_examples=max(1, EXAMPLES // 2), deadline=None, suppress_health_check=list(HealthCheck)
)
@given(steps=STEPS)
def test_any_edits_end_with_the_index_of_a_clean_build(
    tmp_path_factory: pytest.TempPathFactory, steps: list[list[tuple[Edit, int, int]]]
) -> None:
    def build(builder: Builder) -> BuildReport:
        # As under `serve`: the pages first, their index when nobody types.
        report = builder.build()
        return builder.build_index() if report.is_published else report

    compare(tmp_path_factory.mktemp("indexed"), steps, build)


def stamps(root: Path) -> dict[Path, tuple[int, ...]]:
    """What shows that a file of the site was touched."""
    places = [root / "notesite.toml", root / "references.bib"]
    places += [
        file for name in ("notes", "templates", "static") for file in (root / name).rglob("*")
    ]
    found = {file.resolve(): file.stat() for file in places if file.is_file()}
    return {
        file: (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        for file, status in found.items()
    }


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_a_build_that_is_told_what_was_touched_ends_as_a_clean_one(
    tmp_path_factory: pytest.TempPathFactory, steps: list[list[tuple[Edit, int, int]]]
) -> None:
    root = tmp_path_factory.mktemp("watched")
    write_config(root, 0, 0)
    for number in range(len(NAMES)):
        write_note(root, number, number)
    watched = Builder(options("watched"), root)
    watched.build()
    for edits in steps:
        before = stamps(root)
        for edit, one, two in edits:
            edit(root, one, two)
        after = stamps(root)
        touched = {file for file in before | after if before.get(file) != after.get(file)}
        served = watched.build(touched)
        shutil.rmtree(root / "clean", ignore_errors=True)
        clean = Builder(options("clean"), root).build()
        assert said(served) == said(clean)
        if clean.is_published:
            assert contents(root / "watched") == contents(root / "clean")


def test_a_build_that_is_told_what_was_touched_believes_it_until_it_is_not(tmp_path: Path) -> None:
    write_config(tmp_path, 0, 0)
    write_note(tmp_path, 0, 0)
    write_note(tmp_path, 1, 0)
    builder = Builder(options(), tmp_path)
    builder.build()
    write(tmp_path / "notes/a.md", "Told.")
    write(tmp_path / "notes/b.md", "Not told.")
    assert builder.build({(tmp_path / "notes/a.md").resolve()}).written[0] == "a.html"
    assert "Told." in (tmp_path / "output/a.html").read_text()
    assert "Not told." not in (tmp_path / "output/b.html").read_text()
    builder.build()
    assert "Not told." in (tmp_path / "output/b.html").read_text()


@pytest.mark.parametrize(
    ("text", "plans"),
    [
        ("Other words.\n\nSee [[b]] and the end.", 0),
        ("Other words, and $x^2$.\n\nSee [[b]].", 0),
        ("Other words.\n\nSee [[b]] and [[c d]].", 1),
        ("---\ntitle: Another\n---\nWords.\n\nSee [[b]].", 1),
        ("Words \u2124.\n\nSee [[b]].", 1),
        ("Words %% hidden %%.\n\nSee [[b]].", 0),
    ],
)
def test_what_edits_of_a_text_do_not_touch_is_not_planned_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, plans: int
) -> None:
    plan, planned = Planner.plan, []

    def counting(planner, *given):
        planned.append(given)
        return plan(planner, *given)

    monkeypatch.setattr(Planner, "plan", counting)
    write_config(tmp_path, 1, 0)
    write(tmp_path / "notes/a.md", "Words.\n\nSee [[b]].")
    write(tmp_path / "notes/b.md", "See [[a]].")
    write(tmp_path / "notes/c d.md", "![[a]]")
    builder = Builder(options(), tmp_path)
    builder.build()
    planned.clear()
    for number in range(3):
        write(tmp_path / "notes/a.md", f"{text}\n\nEdit {number}." if plans == 0 else text)
        report = builder.build({(tmp_path / "notes/a.md").resolve()})
        assert number or "a.html" in report.written
    assert len(planned) == plans
    clean = Builder(options("clean"), tmp_path).build()
    assert said(report) == said(clean)
    assert report.pages == clean.pages
    assert contents(tmp_path / "output") == contents(tmp_path / "clean")
    assert report.unchanged + len(report.written) == clean.pages


def test_a_note_whose_markdown_may_no_longer_be_published_loses_it(tmp_path: Path) -> None:
    write_config(tmp_path, 1, 0)
    write(tmp_path / "notes/a.md", "Words.")
    builder = Builder(options(), tmp_path)
    builder.build()
    assert (tmp_path / "output/a.html.md").exists()
    note = (tmp_path / "notes/a.md").resolve()
    for text in ("Words %% a\n\n> b %%.", "Words.", "[x]: y '%% a %%'\n\n%% b", "Words."):
        write(note, text)
        builder.build({note})
        Builder(options("clean"), tmp_path).build()
        assert contents(tmp_path / "output") == contents(tmp_path / "clean")


def damage_index(root: Path, one: int, two: int) -> None:
    """Files of the index that somebody removed or overwrote."""
    for output in ("output", "served"):
        files = sorted((root / output / "pagefind").rglob("*.*"))
        if files:
            file = files[one % len(files)]
            file.write_bytes(b"mine") if two % 2 else file.unlink()


@pytest.mark.parametrize(
    "edits",
    [
        [(write_note, 0, 6), (write_note, 1, 16), (write_note, 2, 24)],
        [(rename_note, 0, 1), (remove_note, 2, 0)],
        [(write_config, 2, 0), (same_size_and_time, 0, 0), (turn_clock, 1, 1)],
        [(damage_index, 0, 1), (damage_index, 5, 0), (damage_index, 9, 1)],
    ],
)
def test_an_index_after_these_edits_is_that_of_a_clean_build(
    tmp_path: Path, edits: list[tuple[Edit, int, int]]
) -> None:
    first: list[tuple[Edit, int, int]] = [(turn_clock, 0, 0)]
    compare(tmp_path, [first, edits], Builder.build_index)
    assert (tmp_path / "clean/pagefind/pagefind-entry.json").exists()
