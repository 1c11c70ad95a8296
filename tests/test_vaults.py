"""Vaults as Obsidian keeps them: folders, properties, templates, its own files, old addresses."""

from __future__ import annotations

import re

import pytest

from notesite.cli import main
from notesite.diagnostics import Severity
from notesite.linking.urls import quartz_url
from tests.conftest import SiteMaker, codes

# Folder notes (the Folder notes plugin, and Obsidian Publish's index.md)


@pytest.mark.parametrize("name", ["index", "_index", "Analysis", "analysis"])
def test_a_folder_note_introduces_its_folder(site: SiteMaker, name: str):
    site.note(f"Analysis/{name}", "# On analysis\n\nLimits first.")
    site.note("Analysis/Limits", "One. See [[Analysis/" + name + "]].")
    assert codes(site.build()) == []
    page = site.page("analysis/index.html")
    assert "Limits first." in page
    assert "<h1>On analysis</h1>" in page
    assert 'href="index.html"' in site.page("analysis/limits.html")
    assert f"analysis/{name.lower()}.html" not in site.outputs() - {"analysis/index.html"}


def test_a_folder_may_hold_its_note_alone(site: SiteMaker):
    site.note("Empty/Empty", "Nothing here yet.")
    site.note("a", "[[Empty]]")
    assert codes(site.build()) == []
    assert "Nothing here yet." in site.page("empty/index.html")


def test_the_note_nearest_the_root_introduces_and_the_others_stay_notes(site: SiteMaker):
    site.note("Algebra/index", "The whole.")
    site.note("Algebra/Rings/index", "A part.")
    site.note("Algebra/Algebra", "Its namesake.")
    assert codes(site.build()) == []
    assert "The whole." in site.page("algebra/index.html")
    assert "A part." in site.page("algebra/rings/index.html")
    assert "Its namesake." in site.page("algebra/algebra.html")


@pytest.mark.parametrize("name", ["index", "Rings"])
def test_the_note_of_a_folder_within_a_section_is_a_note(site: SiteMaker, name: str):
    site.note("Algebra/Groups", "One.")
    site.note(f"Algebra/Rings/{name}", "A part.")
    assert codes(site.build()) == []
    assert "<h1>Algebra</h1>" in site.page("algebra/index.html")
    assert "A part." in site.page(f"algebra/rings/{name.lower()}.html")


@pytest.mark.parametrize(
    ("choice", "has_note", "has_list"),
    [("both", True, True), ("note", True, False), ("sections", False, True)],
)
def test_the_index_is_what_the_configuration_says(
    site: SiteMaker, choice: str, has_note: bool, has_list: bool
):
    site.write("notesite.toml", f'[site]\nindex = "{choice}"\n')
    site.note("index", "Welcome to all.")
    site.note("Proofs/Riesz")
    site.build()
    page = site.page("index.html")
    assert ("Welcome to all." in page) is has_note
    assert ('class="sections"' in page and "proofs/riesz.html" in page) is has_list


def test_without_an_index_note_the_sections_are_the_index(site: SiteMaker):
    site.write("notesite.toml", '[site]\nindex = "note"\n')
    site.note("Proofs/Riesz")
    site.build()
    assert "proofs/riesz.html" in site.page("index.html")


def test_a_choice_that_is_none_is_reported(site: SiteMaker):
    site.write("notesite.toml", '[site]\nindex = "all"\nurls = "hugo"\n')
    report = site.build()
    assert codes(report) == ["config-value", "config-value"]
    assert report.diagnostics[0].hints == ("'sections' or 'note' or 'both'",)


def test_a_site_without_settings_bears_the_name_of_its_folder(site: SiteMaker):
    (site.root / "notesite.toml").unlink()
    site.write("my-vault/a.md", "One.")
    site.build(source=site.root / "my-vault")
    assert "<h1>my vault</h1>" in site.page("index.html")


# Files that Obsidian alone can open


def test_a_canvas_is_left_out_with_a_note(site: SiteMaker):
    site.write("notes/Board.canvas", "{}")
    site.write("notes/Books.base", "views: []")
    site.note("a", "[[Board.canvas]]\n\n![[Board.canvas]]\n\n![[Books.base]]\n\n[b](Books.base)")
    report = site.build()
    assert codes(report).count("obsidian-file") == 4
    assert codes(report).count("file-skipped") == 2
    assert report.count(Severity.ERROR) == 0
    assert not any(path.endswith((".canvas", ".base")) for path in site.outputs())


# Properties


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ('created: <% tp.file.creation_date("YYYY-MM-DD: HH") %>', (3, 10)),
        ("created: {{date}}", (3, 10)),
        ("tags:\n  - <% tp.file.folder() %>\n  - real", (4, 5)),
        ("created: <%*\ntR += tp.date.now()\n%>", (3, 10)),
    ],
)
def test_a_template_never_filled_in_leaves_the_rest(
    site: SiteMaker, value: str, place: tuple[int, int]
):
    site.write("notes/a.md", f"---\ntitle: Kept\n{value}\nsummary: Also kept\n---\nText.\n")
    (problem,) = (p for p in site.build().diagnostics if p.code != "config-missing")
    assert problem.code == "front-matter-template"
    assert problem.severity is Severity.WARNING
    assert problem.span
    assert (problem.span.start.line, problem.span.start.column) == place
    page = site.page("a.html")
    assert "Kept" in page
    assert "Also kept" in page


def test_braces_in_a_title_are_no_template(site: SiteMaker):
    site.write("notes/a.md", "---\ntitle: The norm of $x_{{a}}$\n---\nText.\n")
    assert codes(site.build()) == []


@pytest.mark.parametrize(
    ("explicit", "matter", "is_there"),
    [
        (False, {}, True),
        (False, {"publish": "false"}, False),
        (True, {}, False),
        (True, {"publish": "true"}, True),
        (True, {"publish": "true", "draft": "true"}, False),
    ],
)
def test_what_is_published(site: SiteMaker, explicit: bool, matter: dict[str, str], is_there: bool):
    site.write("notesite.toml", f"[site]\nexplicit_publish = {str(explicit).lower()}\n")
    site.note("a", **matter)
    site.build()
    assert ("a.html" in site.outputs()) is is_there


@pytest.mark.parametrize("key", ["image", "cover", "socialImage", "thumbnail"])
@pytest.mark.parametrize("value", ["pic.png", '"[[pic.png]]"', "img/pic.png"])
def test_a_note_names_its_picture(site: SiteMaker, key: str, value: str):
    site.write("notesite.toml", '[site]\nbase_url = "https://example.org/n/"\n')
    site.write("notes/img/pic.png", b"\x89PNG")
    site.note("a", **{key: value})
    assert codes(site.build()) == []
    assert 'property="og:image" content="https://example.org/n/img/pic.png"' in site.page("a.html")
    assert "img/pic.png" in site.outputs()


def test_a_picture_that_is_not_there_is_reported(site: SiteMaker):
    site.note("a", image="none.png")
    assert codes(site.build()) == ["file-link-not-found"]


# Quartz


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("A Learning Mechanic's Toolkit/Deep Dives/x & y.md",
         "A-Learning-Mechanic's-Toolkit/Deep-Dives/x--and--y.html"),
        ("What? #1 100%.md", "What-1-100-percent.html"),
        ("Notes/_index.md", "Notes/index.html"),
        ("Übung.MD", "Übung.html"),
    ],
)  # fmt: skip
def test_quartz_writes_addresses_so(path: str, url: str):
    assert quartz_url(path) == url


def test_old_addresses_lead_to_the_new(site: SiteMaker):
    site.write(
        "notesite.toml",
        '[site]\nbase_url = "https://example.org/"\nold_urls = "quartz"\n',
    )
    site.note("Deep Dives/The Riesz Theorem", tags="[Functional Analysis]")
    site.note("plain")
    assert codes(site.build()) == []
    there = site.outputs()
    assert {"Deep-Dives/The-Riesz-Theorem.html", "Deep-Dives/index.html"} <= there
    assert "tags/Functional-Analysis.html" in there
    assert 'url=../deep-dives/the-riesz-theorem.html"' in site.page(
        "Deep-Dives/The-Riesz-Theorem.html"
    )
    assert site.page("index.xml") == site.page("feed.xml")
    assert "<main" in site.page("plain.html")


def test_addresses_may_stay_as_quartz_had_them(site: SiteMaker):
    site.write("notesite.toml", '[site]\nurls = "quartz"\nbase_url = "https://example.org/"\n')
    site.note("Deep Dives/The Riesz Theorem", "[[Other One]]")
    site.note("Other One")
    assert codes(site.build()) == []
    assert 'href="../Other-One.html"' in site.page("Deep-Dives/The-Riesz-Theorem.html")
    assert "index.xml" in site.outputs()


# Mermaid


def test_a_diagram_is_a_figure_and_brings_its_script(site: SiteMaker):
    site.note("a", '```mermaid\ngraph TD\n  accTitle: How "it" works\n  A[<b>x</b>] --> B\n```\n')
    site.note("b")
    assert codes(site.build()) == []
    page = site.page("a.html")
    assert '<figure class="diagram" aria-label="How &quot;it&quot; works">' in page
    assert "A[&lt;b&gt;x&lt;/b&gt;] --&gt; B" in page
    assert "static/mermaid/diagrams.js" in page
    assert "mermaid" not in site.page("b.html")
    assert (site.root / "output/static/mermaid/mermaid.js").is_file()
    assert (site.root / "output/static/mermaid/LICENSE").is_file()


def test_a_site_without_diagrams_is_spared_the_script(site: SiteMaker):
    site.note("a")
    site.build()
    assert not (site.root / "output/static/mermaid").exists()


# What is worth a look, and what can be mended


def test_the_survey_names_what_is_wanted_lonely_and_unused(site: SiteMaker):
    site.write("notes/used.png", b"x")
    site.write("notes/unused.png", b"x")
    site.write("notes/script.py", b"")
    site.note("a", "[[b]] ![[used.png|It]] [[Missing]] [[missing too]]")
    site.note("b", "[[Missing]]")
    site.note("lonely", "[[#lonely]]")
    survey = site.build().survey
    assert survey.orphans == ("notes/lonely.md",)
    assert survey.unused == ("unused.png",)
    assert survey.wanted == (("Missing", 2), ("missing too", 1))


def test_a_verbose_check_lists_the_survey(
    site: SiteMaker, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    site.note("a", "[[Missing]]")
    monkeypatch.chdir(site.root)
    main(["check", "--verbose"])
    said = capsys.readouterr().out
    assert "wanted notes, by how often they are linked to:\n  Missing (1×)\n" in said
    assert "  notes/a.md\n" in said


MOVED = (
    "See [[old/place/Far Note|it]], [here](old/Far%20Note.md#part) and\r\n"
    "> ![fig](pics/fig%201.png) and [[old/place/Far Note]].\r\n\r\n## part\r\n"
)
MENDED = (
    "See [[new/Far Note|it]], [here](new/Far%20Note.md#part) and\r\n"
    "> ![fig](img/fig%201.png) and [[new/Far Note]].\r\n\r\n## part\r\n"
)


def test_what_was_moved_is_found_and_mended(
    site: SiteMaker, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    site.write("notes/new/Far Note.md", "## part\n\nText.")
    site.write("notes/img/fig 1.png", b"x")
    file = site.write("notes/a.md", "\ufeff" + MOVED)
    report = site.build(publish=False)
    hints = [hint for each in report.diagnostics for hint in each.hints]
    assert sum("new/Far Note.md" in hint for hint in hints) == 3
    monkeypatch.chdir(site.root)
    assert main(["check", "--fix"]) == 0
    assert file.read_bytes() == ("\ufeff" + MENDED).encode()
    assert "notes/a.md:1: 'old/place/Far Note' is now 'new/Far Note'" in capsys.readouterr().err
    assert codes(site.build(publish=False)) == []


def test_what_is_uncertain_stays(site: SiteMaker, monkeypatch: pytest.MonkeyPatch):
    site.note("one/Same")
    site.note("two/Same")
    file = site.note("a", "[[old/Same]] [[Sane]]")
    before = file.read_bytes()
    monkeypatch.chdir(site.root)
    main(["check", "--fix"])
    assert file.read_bytes() == before


def test_a_check_alone_writes_nothing(site: SiteMaker, monkeypatch: pytest.MonkeyPatch):
    site.note("new/Note")
    file = site.note("a", "[[old/Note]]")
    before = file.read_bytes()
    monkeypatch.chdir(site.root)
    main(["check"])
    assert file.read_bytes() == before


# Tables and addresses in the text


def test_a_pipe_in_a_formula_ends_no_cell(site: SiteMaker):
    site.note("a", "| a | b |\n|---|---|\n| $\\|x\\|$ | $a \\mid b$ |\n| $|x|$ | 2 |\n")
    site.build()
    rows = re.findall(r"<tr>.*?</tr>", site.page("a.html"), re.DOTALL)
    assert [row.count("<td") for row in rows] == [0, 2, 2]


def test_a_bare_address_is_a_link(site: SiteMaker):
    site.note("a", "See https://example.org/a_b_(c) and www.example.org, `https://no.example`.")
    site.build()
    page = site.page("a.html")
    assert 'href="https://example.org/a_b_(c)"' in page
    assert 'href="https://no.example"' not in page


def test_links_to_what_is_left_out_are_said_to_be_so(site: SiteMaker):
    site.write("notesite.toml", '[site]\nignore = ["private"]\n')
    site.note("private/Diary", "Mine.")
    site.write("notes/private/me.png", b"x")
    site.note("a", "[[Diary]] and ![me](private/me.png) and [[Diar]]")
    report = site.build(keep_going=True)
    messages = {each.code: each.message for each in report.diagnostics}
    assert messages["link-to-draft"] == "'Diary' is left out of the site"
    assert "left out of the site" in messages["file-not-found"]
    assert messages["link-not-found"] == "no note 'Diar'"
    assert report.survey.wanted == (("Diar", 1),)
    assert '<span class="link-unresolved">Diary</span>' in site.page("a.html")
