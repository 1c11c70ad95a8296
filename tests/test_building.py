"""Whole builds: what is published, what holds a build back, what a second one does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from notesite.building import Builder, BuildOptions
from notesite.building.files import measure_image
from notesite.diagnostics import Severity
from notesite.model import PlannedPage
from notesite.remaking import Maker
from tests.conftest import SiteMaker, codes

FAULTY = "Text $\\nosuch$."


def test_site_has_every_kind_of_page(site: SiteMaker) -> None:
    site.note("proofs/a", "x", tags="[one]")
    report = site.build()
    assert codes(report) == []
    assert report.is_published
    assert site.outputs() == {
        ".nojekyll", "404.html", "all.html", "favicon.svg", "index.html", "pages.json",
        "proofs/a.html", "proofs/index.html", "tags/index.html", "tags/one.html",
    }  # fmt: skip


def test_what_a_printed_page_has_in_its_head_is_plain_text(site: SiteMaker) -> None:
    site.write("notesite.toml", '[[sections]]\nid = "sets"\ntitle = "Sets *of* $X$ \'and\' <b>"')
    site.note("a", "# On *all* $x$\n\nText.", section="sets")
    site.build()
    head = site.page("a.html").partition("<head>")[0]
    assert 'data-title="On all x"' in head
    assert 'data-part="Sets of X' in head
    assert "<m" not in head


def test_errors_leave_the_last_good_output(site: SiteMaker) -> None:
    site.note("a", "good")
    site.build()
    before = site.page("a.html")
    site.note("a", FAULTY)
    site.note("b", "new")
    report = site.build()
    assert report.count(Severity.ERROR) == 1
    assert not report.is_published
    assert site.page("a.html") == before
    assert "b.html" not in site.outputs()


def test_all_errors_are_named_in_one_run(site: SiteMaker) -> None:
    site.note("a", FAULTY + "\n\n$\\left( x$\n\n![Alt text](gone.png)", draft="perhaps")
    site.note("b", FAULTY)
    assert sorted(codes(site.build())) == [
        "file-not-found", "front-matter-draft", "math-syntax", "math-unknown-command",
        "math-unknown-command",
    ]  # fmt: skip


def test_keep_going_publishes_with_the_fault_in_its_place(site: SiteMaker) -> None:
    site.note("a", FAULTY)
    report = site.build(keep_going=True)
    assert report.is_published
    assert report.count(Severity.ERROR) == 1
    assert 'class="math-error"' in site.page("a.html")
    assert "\\nosuch" in site.page("a.html")


def test_strict_makes_warnings_errors(site: SiteMaker) -> None:
    site.note("a", "[[gone]]")
    assert site.build().is_published
    assert not site.build(strict=True).is_published


def test_severities_are_the_sites(site: SiteMaker) -> None:
    site.write("notesite.toml", "[site]\ngit_dates=false\n[diagnostics]\nlink-not-found='error'\n")
    site.note("a", "[[gone]]")
    assert site.build().count(Severity.ERROR) == 1
    site.write("notesite.toml", "[site]\ngit_dates=false\n[diagnostics]\nlink-not-found='off'\n")
    assert codes(site.build()) == []


def test_check_writes_nothing(site: SiteMaker) -> None:
    site.note("a", "x")
    site.build(publish=False)
    assert not (site.root / "output").exists()


def test_faulty_config_stops_the_build_with_all_its_faults(site: SiteMaker) -> None:
    site.write("notesite.toml", "[site]\ntitel='x'\nfeed_entries='many'\n")
    site.note("a", FAULTY)
    assert codes(site.build()) == ["config-unknown-key", "config-value"]


def test_second_build_writes_nothing(site: SiteMaker) -> None:
    site.note("a", "x $y$")
    site.build()
    report = site.build()
    assert (report.written, report.removed) == ((), ())


def test_edit_rewrites_only_what_shows_it(site: SiteMaker) -> None:
    for name in "abcd":
        site.note(name, "text" if name != "b" else "[[a]]", title=f"Note {name}")
    builder = Builder(BuildOptions(index_later=True), site.root)
    builder.build()
    site.note("d", "other text", title="Note d")
    assert builder.build().written == ("d.html",)


def test_edit_makes_only_what_shows_it(site: SiteMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    make = Maker.make

    def counting(self: Maker, page: PlannedPage) -> bytes | None:
        made.append(page.path)
        return make(self, page)

    for name in "abcd":
        site.note(name, "text" if name != "b" else "See [[a]].", title=f"Note {name}")
    builder = Builder(BuildOptions(), site.root)
    builder.build()
    monkeypatch.setattr(Maker, "make", counting)
    site.note("d", "other text", title="Note d")
    builder.build()
    assert made == ["d.html"]
    made.clear()
    site.note("b", "Look at [[a]].", title="Note b")
    builder.build()
    assert made == ["a.html", "b.html"]
    made.clear()
    site.write("notesite.toml", "[site]\ngit_dates = false\ntitle = 'Other'\n")
    builder.build()
    assert {"a.html", "index.html", "404.html"} <= set(made)


def test_builder_that_saw_edits_agrees_with_a_new_one(site: SiteMaker) -> None:
    builder = Builder(BuildOptions(), site.root)
    site.note("a", "[[b]] $x$", tags="[t]", title="A")
    builder.build()
    site.note("b", "$$y$$", title="B")
    builder.build()
    (site.root / "notes/a.md").rename(site.root / "notes/c.md")
    builder.build()
    incremental = {path: (site.root / "output" / path).read_bytes() for path in site.outputs()}
    site.build(output=site.root / "clean", index_later=False)
    clean = {path: (site.root / "clean" / path).read_bytes() for path in incremental}
    assert incremental == clean


SURROUNDINGS = [
    {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "LANG": "de_DE.UTF-8"},
    {"PYTHONHASHSEED": "3", "TZ": "Pacific/Pago_Pago", "SOURCE_DATE_EPOCH": "86400"},
    # As with a locale whose encoding is not UTF-8, of which few systems have one.
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
]


def test_output_does_not_depend_on_where_and_when_it_is_made(tmp_path: Path) -> None:
    """Another hash seed, time zone and locale; files made in another order, at other times."""
    outputs = []
    for number, surroundings in enumerate(SURROUNDINGS):
        root = tmp_path / f"copy-{number}" / "site"
        names = ["a", "b", "c", "é", "x/a"] if number % 2 else ["x/a", "é", "c", "b", "a"]
        place = SiteMaker(root)
        settings = "[site]\ngit_dates = false\nbase_url = 'https://a.example/'\n"
        place.write("notesite.toml", settings)
        for name in names:
            links = "[[a]] [[b]] [[c]] [[é]] #t $x_1$"
            file = place.note(name, links, tags=f"[x, y, z, {name}]", title=name, date="2024-02-29")
            os.utime(file, (number * 1e8, number * 1e8))
        subprocess.run(
            [sys.executable, "-m", "notesite", "build", "--quiet"],
            cwd=root, check=True, env={**_environment(), **surroundings},
        )  # fmt: skip
        output = root / "output"
        files = (path for path in output.rglob("*") if path.is_file())
        outputs.append({
            path.relative_to(output).as_posix(): path.read_bytes()
            for path in files
            if ".notesite" not in path.parts
        })  # fmt: skip
    for other in outputs[1:]:
        assert other.keys() == outputs[0].keys()
        assert [path for path in other if other[path] != outputs[0][path]] == []


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PYTHONPATH", "HOME") if name in os.environ}
    return {**kept, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}


def test_macros_of_the_config_hold_everywhere(site: SiteMaker) -> None:
    site.write("notesite.toml", "[site]\ngit_dates=false\n[math.macros]\nRR = '\\mathbb{R}'\n")
    site.note("a", "$\\RR$", title='"On $\\\\RR$"', summary='"In $\\\\RR$"')
    assert codes(site.build()) == []
    assert "<title>On ℝ · Notes</title>" in site.page("a.html")
    assert site.page("index.html").count("ℝ") >= 2


def test_both_engines_build_the_same_site(site: SiteMaker) -> None:
    site.note("a", "$x^2$\n\n\\begin{align}a&=b\\\\c&=d\\end{align}")
    site.build()
    assert "(2)" in site.page("a.html")
    site.write("notesite.toml", "[site]\ngit_dates=false\n[math]\nengine='latex2mathml'\n")
    assert codes(site.build()) == []
    assert "(2)" in site.page("a.html")


def test_unknown_engine_is_reported(site: SiteMaker) -> None:
    site.write("notesite.toml", "[site]\ngit_dates=false\n[math]\nengine='mathjax'\n")
    site.note("a", "x")
    assert codes(site.build()) == ["config-value"]


def test_unknown_plugin_is_reported(site: SiteMaker) -> None:
    site.write("notesite.toml", "[site]\ngit_dates=false\n[markdown]\nplugins=['no.such:plugin']\n")
    site.note("a", "x")
    assert codes(site.build()) == ["config-value"]


def test_plugin_of_the_config_is_used(site: SiteMaker) -> None:
    plugins = "plugins=['mdit_py_plugins.subscript:sub_plugin']"
    site.write("notesite.toml", f"[site]\ngit_dates=false\n[markdown]\n{plugins}\n")
    site.note("a", "H~2~O")
    site.build()
    assert "H<sub>2</sub>O" in site.page("a.html")


@pytest.mark.parametrize(
    ("template", "line", "says"),
    [
        ('{% extends "theme/note.html" %}\n{% block note_title %}{{ nope.x }}{% endblock %}', 2,
         "nope"),
        ("<p>\n{% if %}", 2, "Expected an expression"),
        ("{{ note.title.oops.x }}", 1, "oops"),
        ('{% extends "gone.html" %}', 1, "gone.html"),
        ("<p>\n{{ 1 // 0 }}", 2, "ZeroDivisionError"),
        ("{{ 'x' + 1 }}", 1, "TypeError"),
        ("{{ 'x' | iso_date }}", 1, "isoformat"),
        ('\n{% include "note.html" %}', 2, "without end"),
        ('{% extends "theme/note.html" %}\n{% block main %}{% include "note.html" %}{% endblock %}',
         1, "without end"),
    ],
)  # fmt: skip
def test_faulty_template_is_placed(site: SiteMaker, template: str, line: int, says: str) -> None:
    site.note("a", "x")
    site.build()
    before = site.page("a.html")
    site.write("templates/note.html", template)
    report = site.build(keep_going=True)
    (problem,) = report.diagnostics
    assert (problem.code, problem.file) == ("template-error", "templates/note.html")
    assert problem.span is not None
    assert problem.span.start.line == line
    assert says in problem.message
    assert not report.is_published
    assert site.page("a.html") == before


def test_site_overrides_a_block_and_a_static_file(site: SiteMaker) -> None:
    site.write(
        "templates/note.html",
        '{% extends "theme/note.html" %}{% block note_title %}<h1>Mine</h1>{% endblock %}',
    )
    site.write("static/fonts/README.txt", "x")
    site.write("static/extra/robots.txt", "x")
    site.note("a", "text")
    assert codes(site.build()) == []
    assert "<h1>Mine</h1>" in site.page("a.html")
    assert site.page("static/fonts/README.txt") == "x"
    assert site.page("static/extra/robots.txt") == "x"


def test_jinja_in_notes_is_inert(site: SiteMaker) -> None:
    site.note("a", "{{ 7 * 7 }} {% raw %}", title="'{{ 7 * 7 }}'", summary="'{{ 7 * 7 }}'")
    site.build()
    assert "49" not in site.page("a.html") + site.page("index.html")


def test_texts_of_strangers_are_escaped_everywhere(site: SiteMaker) -> None:
    evil = "'<script>alert(1)</script>'"
    site.note("a", "x", title=evil, tags=f"[{evil}]", section=evil, summary=evil)
    site.write("notes/<b>.md", "---\ntags: a\n---\nx")
    site.write(
        "notesite.toml",
        "[site]\ngit_dates=false\nbase_url='https://a.b'\ntitle='<script>'\n[markdown]\nhtml=false\n",
    )
    site.build()
    for path in site.outputs():
        assert "<script>" not in site.page(path), path
        assert "<b>" not in site.page(path), path


def test_vault_without_config_builds_from_where_it_is(tmp_path) -> None:
    (tmp_path / "Sub").mkdir()
    (tmp_path / "Sub" / "A.md").write_text("[[B]]")
    (tmp_path / "B.md").write_text("x")
    report = Builder(BuildOptions(), tmp_path).build()
    assert [d.code for d in report.diagnostics] == ["config-missing"]
    assert (tmp_path / "output" / "sub" / "a.html").is_file()
    again = Builder(BuildOptions(), tmp_path).build()
    assert (again.notes, again.written) == (2, ())


def test_preview_of_a_vault_passes_its_output_over(tmp_path) -> None:
    (tmp_path / "a.md").write_text("x")
    Builder(BuildOptions(), tmp_path).build()
    (tmp_path / "output" / "copied.md").write_text("x")
    report = Builder(BuildOptions(output=tmp_path.parent / "preview"), tmp_path).build()
    assert report.notes == 1


def test_missing_notes_folder_is_reported(site: SiteMaker) -> None:
    (site.root / "notes").rmdir()
    assert codes(site.build()) == ["source-unreadable"]


def test_dates_come_from_git_when_notes_give_none(site: SiteMaker) -> None:
    site.write("notesite.toml", "")
    site.note("a", "x")
    site.note("b", "x", date="2020-01-01")
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@b.c"]
    for day in ("2021-03-04", "2022-05-06"):
        site.note("a", day)
        moment = f"{day}T12:00:00+00:00"
        for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
            environment = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
            subprocess.run(
                [*git, *command], cwd=site.root, check=True, env={**_environment(), **environment}
            )
    site.build()
    assert "6 May 2022" in site.page("a.html")
    assert "2021" in site.page("all.html")
    assert "1 January 2020" in site.page("b.html")


def test_a_preamble_among_the_notes_holds_for_all(site: SiteMaker) -> None:
    site.write("notes/preamble.sty", "\\newcommand{\\R}{\\mathbb{R}}\n")
    site.note("a", "$\\R$")
    assert codes(site.build()) == []
    assert "ℝ" in site.page("a.html")
    assert "preamble.sty" not in site.outputs()


def test_a_preamble_among_obsidians_own_files_holds_too(site: SiteMaker) -> None:
    preamble = site.write("notes/.obsidian/preamble.sty", "\\newcommand{\\R}{\\mathbb{R}}\n")
    site.note("a", "$\\R$")
    assert codes(site.build()) == []
    assert "ℝ" in site.page("a.html")
    preamble.write_text("\\newcommand{\\R}{\\mathbb{Q}}\n")
    site.build()
    assert "ℚ" in site.page("a.html")


def test_an_edited_preamble_reaches_the_next_build(site: SiteMaker) -> None:
    site.note("a", "$\\R$")
    preamble = site.write("notes/preamble.tex", "\\newcommand{\\R}{\\mathbb{R}}\n")
    builder = Builder(BuildOptions(), site.root)
    builder.build()
    preamble.write_text("\\newcommand{\\R}{\\mathbb{Q}}\n")
    builder.build()
    assert "ℚ" in site.page("a.html")


def test_faults_of_a_preamble_are_errors_of_the_build(site: SiteMaker) -> None:
    site.write("notesite.toml", "[math]\npreamble = 'macros/all.tex'\n")
    site.note("a")
    assert codes(site.build()) == ["math-macro"]
    site.write("macros/all.tex", "\\newcommand{\\R}[x]{y}\n")
    report = site.build()
    assert codes(report) == ["math-macro"]
    assert report.diagnostics[0].file == "macros/all.tex"


def test_settings_of_numbers_and_sets_reach_the_formulas(site: SiteMaker) -> None:
    site.write(
        "notesite.toml",
        "[math]\nmacro_sets = ['probability']\nnumber = 'all'\nnumber_by_section = true\n",
    )
    site.note("a", "## One\n\n$$\nx\n$$\n\n## Two\n\n$$\n\\Var X\n$$\n\n$$\ny\n$$\n")
    assert codes(site.build()) == []
    page = site.page("a.html")
    assert all(f">({number})<" in page for number in ("1.1", "2.1", "2.2"))


def test_a_way_to_number_that_is_none_is_an_error(site: SiteMaker) -> None:
    site.write("notesite.toml", "[math]\nnumber = 'everything'\n")
    site.note("a")
    assert codes(site.build()) == ["config-value"]
    site.write("notesite.toml", "[math]\nmacro_sets = ['phisics']\n")
    assert codes(site.build()) == ["config-value"]


def test_a_site_without_notes_says_so(site: SiteMaker):
    site.build()
    assert "There are no notes yet." in site.page("index.html")
    site.note("a")
    site.build()
    assert "no notes yet" not in site.page("index.html")


def test_a_template_that_is_not_utf_8_is_told_so(site: SiteMaker) -> None:
    site.write("templates/note.html", b"a\nb \xff c")
    site.note("a")
    (problem,) = site.build().diagnostics
    assert (problem.code, problem.file) == ("template-error", "templates/note.html")
    assert problem.message == "not UTF-8: byte 0xff"
    assert problem.span
    assert problem.span.start.line == 2


def test_a_template_that_extends_one_that_is_not_there_is_told_so(site: SiteMaker):
    site.write("templates/note.html", '{% extends "theme/bse.html" %}\n')
    site.note("a")
    problems = [each for each in site.build().diagnostics if each.code == "template-error"]
    assert problems
    assert problems[0].message == "there is no template 'theme/bse.html'"


def test_lists_show_so_many_of_a_notes_tags_and_its_page_all(site: SiteMaker):
    """Else a note of thousands of tags makes thousands of pages with thousands of links each."""
    site.note("a", tags=[f"t{number}" for number in range(30)])
    site.build()
    assert site.page("a.html").count('rel="tag"') == 30
    assert site.page("tags/t29.html").count('rel="tag"') == 24


@pytest.mark.parametrize(
    ("svg", "size"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>', (40, 30)),
        ('<?xml version="1.0"?>\n<svg\n viewBox="0 0 200 100"></svg>', (300, 150)),
        ("<svg width='100%' viewBox='-5,-5 640 480'/>", (640, 480)),
        ('<svg viewBox="0 0 0 10"/>', None),
        ('<svg viewBox="0 0 1.2.3 10"/>', None),
        ("<svg/>", None),
    ],
)
def test_the_size_of_a_drawing(tmp_path: Path, svg: str, size: tuple[int, int] | None) -> None:
    (tmp_path / "a.svg").write_text(svg)
    assert measure_image(tmp_path / "a.svg") == size
