"""Names, permalinks, aliases, tags and sections that lead astray or take each other's place."""

from __future__ import annotations

from typing import Any

import pytest

from notesite.linking import embedding
from tests.conftest import SiteMaker, codes

MINE = "What this note says."


def pages_of(site: SiteMaker) -> list[str]:
    """The pages that show the note."""
    return sorted(
        path for path in site.outputs() if path.endswith(".html") and MINE in site.page(path)
    )


@pytest.fixture
def small(site: SiteMaker) -> SiteMaker:
    """A site without a search index, which takes long to make."""
    site.write("notesite.toml", "[site]\ngit_dates = false\n[search]\nenabled = false\n")
    return site


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("all", "all-note.html"),
        ("404", "404-note.html"),
        ("map", "map-note.html"),
        ("Notation", "notation-note.html"),
        ("tags", "tags.html"),
        ("static", "static.html"),
        ("con", "con-note.html"),
        ("AUX", "aux-note.html"),
        ("nul", "nul-note.html"),
        ("com1", "com1-note.html"),
        ("LPT9", "lpt9-note.html"),
        ("index.html", "index-html.html"),
        ("a%2e%2e%2fb", "a-2e-2e-2fb.html"),
        ("a\\..\\b", "a-b.html"),
        ('a:b|c<d>"e?f*g', "a-b-c-d-e-f-g.html"),
        ("a\nb\tc", "a-b-c.html"),
        ("\u202eevil", "evil.html"),
        ("-", "note.html"),
        ("_", "note.html"),
        ("e" * 252, "e" * 200 + ".html"),
        ("中" * 84, "中" * 66 + ".html"),
        ("tags/index", None),
    ],
)
def test_a_file_of_any_name_has_its_own_page(small, name, page):
    small.write(f"notes/{name}.md", MINE)
    report = small.build(keep_going=True)
    assert report.is_published
    assert "url-duplicate" not in codes(report)
    assert (page or "tags-section/index.html") in pages_of(small)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Note", "note"),
        ("\u00e9", "e\u0301"),
        ("stra\u00dfe", "strasse"),
        ("\u0130", "i\u0307"),
        ("a b", "a-b"),
        ("a.b", "a b"),
        ("x" * 210, "x" * 220),
    ],
)
def test_names_that_would_be_one_page_are_two_and_told_of(small, first, second):
    small.write(f"notes/{first}.md", MINE)
    small.write(f"notes/{second}.md", MINE)
    assert codes(small.build()) == ["url-numbered"]
    assert [page.endswith("-2.html") for page in pages_of(small)].count(True) == 1
    assert len(pages_of(small)) == 2


@pytest.mark.parametrize(
    ("permalink", "page"),
    [
        ("../../x", "x.html"),
        ("/etc/passwd", "etc/passwd.html"),
        ("//evil.example/x", "evil.example/x.html"),
        ("a/../../b", "b.html"),
    ],
)
def test_a_permalink_does_not_lead_out_of_the_site(small, permalink, page):
    small.note("a", MINE, permalink=permalink)
    assert codes(small.build()) == []
    assert pages_of(small) == [page]


@pytest.mark.parametrize(
    "permalink",
    [
        "x#y", "x?y", "a\\b", "%2e%2e/x", "http://x/y", "C:/x", "a<b>", "a|b", "x*", ".git/config",
        ".notesite/manifest.json", "/a/.hidden", "con", "a/AUX", "a" * 300, "b/" * 600, "...",
    ],
)  # fmt: skip
def test_a_permalink_that_no_page_can_have_is_an_error(small, permalink):
    small.write("notes/a.md", f"---\ntitle: t\npermalink: '{permalink}'\n---\n{MINE}")
    report = small.build(keep_going=True)
    (problem,) = [each for each in report.diagnostics if each.code == "url-invalid"]
    assert problem.file == "notes/a.md"
    assert problem.span
    assert problem.span.start.line == 3
    assert pages_of(small) == ["a.html"]


@pytest.mark.parametrize(
    "permalink", ["index.html", "all.html", "404.html", "tags/index.html", "tags/topic.html"]
)
def test_a_permalink_does_not_take_a_page_of_the_sites_own(small, permalink):
    small.note("a", MINE, permalink=permalink, tags="[topic]")
    (problem,) = [each for each in small.build().diagnostics if each.code == "url-duplicate"]
    assert "another page of the site" in problem.message


def test_aliases_take_nobodys_place_and_lead_nowhere_else(small):
    names = ["/../../x", "/index.html", "/all.html", "/feed/", "/.notesite/manifest.json", "/con/",
             "/static/css/site.css", '/a/"><script>', "/" + "a" * 300 + "/"]  # fmt: skip
    listed = "".join(f"- '{name}'\n" for name in names)
    small.write("notes/a.md", f"---\naliases:\n{listed}---\n{MINE}")
    report = small.build()
    assert report.is_published
    assert codes(report).count("alias-invalid") == 4
    moved = {path for path in small.outputs() if "This page has moved" in small.page(path)}
    assert moved == {"x.html", "feed/index.html"}


@pytest.mark.parametrize(
    "tag",
    ["../../x", "a/../b", "/", "con", "index", "<b>", 'a"b', "中" * 300, ".", "..", "#", "a\\b"],
)
def test_a_tag_of_any_name_has_a_page_below_tags(small, tag):
    small.write("notes/a.md", f"---\ntags:\n- '{tag}'\n---\n{MINE}")
    assert small.build(keep_going=True).is_published
    assert all(len(part.encode()) < 256 for path in small.outputs() for part in path.split("/"))
    assert not (small.root / "x.html").exists()


@pytest.mark.parametrize(
    "section", ["../../x", "中" * 300, "tags", "static", "con", ".", "/", "<b>"]
)
def test_a_section_of_any_name_has_a_page_in_the_site(small, section):
    small.write("notes/a.md", f"---\nsection: '{section}'\n---\n{MINE}")
    assert small.build(keep_going=True).is_published
    assert "All tags" not in small.page("index.html")
    assert pages_of(small) == ["a.html"]


def test_embeds_of_embeds_are_counted(small):
    for number in range(6):
        small.note(f"n{number}", f"![[n{number + 1}]]\n\n" * 10)
    report = small.build(keep_going=True)
    assert report.is_published
    assert any("more than 500 embeds" in each.message for each in report.diagnostics)


def test_embeds_that_are_refused_are_counted_too(small, monkeypatch):
    shown: list[str] = []
    distinct = embedding.distinct

    def counted(html: str, *given: Any) -> str:
        shown.append(html)
        return distinct(html, *given)

    monkeypatch.setattr(embedding, "distinct", counted)
    for number in range(9):
        small.note(f"n{number}", f"![[n{(number + 1) % 9}]]\n\n" * 10)
    assert small.build().is_published
    # Without that each page would show 500 in each of its forms, nearly all at the last level.
    assert len(shown) < 9 * 500


def test_cycles_of_embeds_are_said(small):
    small.note("a", "![[b]]")
    small.note("b", "![[c]]")
    small.note("c", "![[a]]")
    small.note("d", "![[d]]")
    found = small.build(keep_going=True)
    assert codes(found) == ["embed-cycle"] * 4
