"""Links, places and relations between notes."""

from __future__ import annotations

import re

import pytest

from notesite.linking.anchors import _ids_of
from notesite.linking.finding import Finder, Found
from notesite.linking.relating import collect_tags
from notesite.linking.urls import (
    absolute_url,
    fill_relative,
    mark,
    page_path,
    relative_url,
    tag_url,
)
from tests.conftest import SiteMaker, codes


@pytest.mark.parametrize(
    ("page", "target", "expected"),
    [
        ("index.html", "a/b.html", "a/b.html"),
        ("a/b.html", "index.html", "../index.html"),
        ("a/b.html", "a/c.html", "c.html"),
        ("a/b.html", "d/c.html#x y", "../d/c.html#x%20y"),
        ("a/b.html", "a/b.html#x", "#x"),
        ("a/b.html", "a/b.html", "b.html"),
        ("a.html", "a b/ü%.png", "a%20b/%C3%BC%25.png"),
        ("a.html", "x:y.html", "x%3Ay.html"),
        ("a.html", "who?.html", "who%3F.html"),
    ],
)
def test_relative_urls(page: str, target: str, expected: str) -> None:
    assert relative_url(page, target) == expected


def test_absolute_urls_leave_out_the_index() -> None:
    assert absolute_url("https://a.b/c/", "d/index.html#e") == "https://a.b/c/d/#e"
    assert absolute_url("https://a.b", "d/e.html") == "https://a.b/d/e.html"


def test_marked_urls_are_filled_and_escaped() -> None:
    html = f'<a href="{mark("a/b&c.html")}">'
    assert fill_relative(html, "x/y.html") == '<a href="../a/b%26c.html">'


@pytest.mark.parametrize(
    ("address", "path"),
    [("/a/b/", "a/b/index.html"), ("a", "a.html"), ("/a.html", "a.html"), ("../../x", "x.html")],
)
def test_permalinks_stay_inside(address: str, path: str) -> None:
    assert page_path(address) == path


def test_nested_tags_have_nested_pages() -> None:
    assert tag_url("Math/Linear Algebra") == "tags/math/linear-algebra.html"


FINDER = Finder(["a/Note.md", "b/Note.md", "b/Über Größe.md", "c/d/deep.md"], suffix=".md")


@pytest.mark.parametrize(
    ("target", "origin", "path"),
    [
        ("a/Note", "x.md", "a/Note.md"),
        ("A/note.MD", "x.md", "a/Note.md"),
        ("Note", "b/x.md", "b/Note.md"),
        ("Note", "x.md", "a/Note.md"),
        ("U\u0308ber gro\u0308ße", "x.md", "b/Über Größe.md"),
        ("d/deep", "x.md", "c/d/deep.md"),
        ("eep", "x.md", None),
        ("../b/Note", "a/x.md", "b/Note.md"),
        ("./deep", "c/d/x.md", "c/d/deep.md"),
        ("gone", "x.md", None),
    ],
)
def test_names_are_found_as_obsidian_does(target: str, origin: str, path: str | None) -> None:
    found = FINDER.by_name(target, origin)
    assert (found.path if found else None) == path


def test_ambiguity_names_the_candidates() -> None:
    assert FINDER.by_name("Note", "x.md") == Found("a/Note.md", ("a/Note.md", "b/Note.md"))


# Whole sites


def links(site: SiteMaker, page: str) -> list[str]:
    content = site.page(page).partition('<div class="content">')[2].partition("</div>\n<footer")[0]
    return re.findall(r'<a href="([^"#][^"]*|#[^"]*)"', content)


def test_links_lead_to_pages(site: SiteMaker) -> None:
    site.note("a/one", "[[Two]] [[two#Part B|x]] [m](../b/Two.md#part-b) [[#Own]]\n\n## Own")
    site.note("b/Two", "## Part B\n\n[[nick]]", aliases="[Nick]")
    site.note("b/three", "x", aliases="[nick]")
    report = site.build()
    assert codes(report) == ["link-ambiguous"]
    assert links(site, "a/one.html")[:4] == [
        "../b/two.html", "../b/two.html#part-b", "../b/two.html#part-b", "#own",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "code", "hint"),
    [
        ("[[riez]]", "link-not-found", "did you mean 'riesz'?"),
        ("[x](riez.md)", "link-not-found", "did you mean 'riesz'?"),
        ("[[riesz#Prof]]", "link-heading-not-found", "did you mean '#Proof'?"),
        ("[[secret]]", "link-to-draft", ""),
        ("[x](gone.pdf)", "file-link-not-found", ""),
        ("![alt](pik.png)", "file-not-found", "did you mean 'pic.png'?"),
        ("![[pic.png]]", "image-alt-missing", "write ![[pic.png|what it shows]]"),
    ],
)
def test_faulty_links(site: SiteMaker, body: str, code: str, hint: str) -> None:
    site.note("riesz", "## Proof")
    site.note("secret", draft="true")
    site.write("notes/pic.png", b"")
    site.note("a", body)
    report = site.build(keep_going=True)
    (problem,) = [d for d in report.diagnostics if d.file == "notes/a.md"]
    assert problem.code == code
    assert (problem.span.start.line, problem.span.start.column) == (1, 1) if problem.span else False
    assert " ".join(problem.hints) == hint


@pytest.mark.parametrize(
    ("body", "place", "hint"),
    [
        ('<img src="gone.png" alt="x">', (1, 11), ""),
        ('<img src="pik.png" alt="x">', (1, 11), "did you mean 'pic.png'?"),
        ('a <img src="gone.png" alt="x"> b', (1, 13), ""),
        ('> <figure>\n>   <img\n>   src="gone.png" alt="x">\n> </figure>', (3, 10), ""),
        ('<iframe src="file:///home/me/a.html"></iframe>', (1, 14), "put a copy among the notes"),
    ],
)
def test_addresses_in_html_are_told_of_where_they_stand(
    site: SiteMaker, body: str, place: tuple[int, int], hint: str
) -> None:
    site.write("notes/pic.png", b"")
    site.note("a", body)
    (problem,) = site.build(keep_going=True).diagnostics
    assert problem.code == "file-link-not-found"
    assert problem.span is not None
    assert (problem.span.start.line, problem.span.start.column) == place
    assert hint in " ".join(problem.hints)


def test_folders_are_called_by_their_names(site: SiteMaker) -> None:
    site.note("deep-dives/a", "x")
    site.note("Abstract algebra --- math-171/b", "y")
    site.build()
    index = site.page("index.html")
    assert "Deep dives" in index
    assert "Abstract algebra --- math-171" in index


def test_unresolved_link_is_plain_text(site: SiteMaker) -> None:
    site.note("a", "see [[Gone Note]] and [this](gone.md)")
    site.build()
    page = site.page("a.html")
    assert '<span class="link-unresolved">Gone Note</span>' in page
    assert '<span class="link-unresolved">this</span>' in page


def test_wikilink_shows_the_title_unless_it_says_the_same(site: SiteMaker) -> None:
    site.note("riesz-representation", title="The $H^*$ theorem")
    site.note("gradient-flow", title="Gradient flow")
    site.note("a", "[[riesz-representation]] and [[gradient flow]] and [[gradient-flow]]")
    site.build()
    content = site.page("a.html").partition('class="content"')[2]
    assert re.search(r'riesz-representation.html"[^>]*>The .*<math.* theorem</a>', content)
    assert ">gradient-flow</a>" in content


def test_backlinks_and_related_notes(site: SiteMaker) -> None:
    site.note("a", "[[b]]", tags="[x]", title="Note A")
    site.note("b", "text", tags="[x]", title="Note B")
    site.note("c", "text", tags="[x]", title="Note C")
    site.build()
    end = site.page("b.html").partition("note-end")[2]
    backlinks, related = end.partition("Linked from")[2].split("Related notes")
    assert "Note A" in backlinks
    assert "Note C" in related
    assert "Note A" not in related.partition("</section>")[0]


def test_assets_are_copied_once_with_their_size(site: SiteMaker) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>'
    site.write("notes/figures/My Fig.svg", svg)
    site.write("notes/unused.svg", svg)
    site.note("a", "![Alt text](figures/My%20Fig.svg)\n\n![[My Fig.svg|Again|20]]")
    assert codes(site.build()) == []
    page = site.page("a.html")
    assert 'src="figures/My%20Fig.svg" alt="Alt text" width="40" height="30"' in page
    assert 'alt="Again" width="20" height="15"' in page
    assert (site.root / "output/figures/My Fig.svg").is_file()
    assert not (site.root / "output/unused.svg").exists()


def test_of_two_notes_on_one_url_the_second_gets_a_number(site: SiteMaker) -> None:
    for name in ("A b", "a-b", "A b!"):
        site.note(name, f"This is {name}. [[a-b]]")
    problems = site.build().diagnostics
    assert [(each.code, each.file) for each in problems] == [
        ("url-numbered", "notes/A b.md"),
        ("url-numbered", "notes/a-b.md"),
    ]
    assert "'a-b.html' is already the page of notes/A b!.md" in problems[0].message
    assert "This is a-b." in site.page("a-b-3.html")
    assert 'href="a-b-3.html"' in site.page("a-b.html")


def test_a_permalink_comes_before_what_a_name_makes(site: SiteMaker) -> None:
    site.note("a b", "One.")
    site.note("c", "Two.", permalink="a-b")
    site.note("d", "Three.", permalink="a-b")
    assert codes(site.build(keep_going=True)) == ["url-numbered", "url-duplicate"]
    assert "Two." in site.page("a-b.html")
    assert "One." in site.page("a-b-2.html")


CONFIG = """
[site]
git_dates = false
[[sections]]
id = "kit"
title = "Kit $x$"
[[sections]]
id = "notes"
parent = "kit"
order = "title"
[[sections.groups]]
id = "math"
title = "Mathematics"
[[folders]]
path = "essays/**"
section = "notes"
group = "math"
"""


def test_sections_come_from_front_matter_then_rules_then_folders(site: SiteMaker) -> None:
    site.write("notesite.toml", CONFIG)
    site.note("essays/one", title="One")
    site.note("essays/two", title="Two", section="kit")
    site.note("other/three", title="Three")
    site.note("four", title="Four", section="Kit $x$")
    assert codes(site.build()) == []
    index = site.page("index.html")
    places = [
        index.index(f">{title}</a>") for title in ("Two", "Four", "Mathematics</h", "One")[:2]
    ]
    assert (
        min(places) < index.index('id="notes"') < index.index("Mathematics") < index.index(">One<")
    )
    assert index.index('id="other"') < index.index(">Three<")


def test_unknown_section_and_group_are_warned_of(site: SiteMaker) -> None:
    site.write("notesite.toml", CONFIG)
    site.note("a", section="note")
    site.note("b", section="notes", group="maths")
    problems = site.build().diagnostics
    assert [(p.code, p.file, p.hints) for p in problems] == [
        ("section-unknown", "notes/a.md", ("did you mean 'notes'?",)),
        ("section-unknown", "notes/b.md", ("did you mean 'math'?",)),
    ]


@pytest.mark.parametrize(
    ("order", "expected"),
    [("newest", ["First", "B", "A", "C"]), ("oldest", ["First", "C", "A", "B"]),
     ("title", ["First", "A", "B", "C"])],
)  # fmt: skip
def test_order_of_entries(site: SiteMaker, order: str, expected: list[str]) -> None:
    site.write(
        "notesite.toml", f"[site]\ngit_dates=false\n[[sections]]\nid='notes'\norder='{order}'"
    )
    site.note("1", title="A", date="2026-01-02")
    site.note("2", title="B", date="2026-01-03")
    site.note("3", title="C")
    site.note("4", title="First", order=1, date="2020-01-01")
    site.build()
    index = site.page("index.html")
    assert re.findall(r'entry-title" href="[^"]*">([^<]*)<', index) == expected
    middle = site.page("1.html")
    before, after = expected[expected.index("A") - 1], [*expected, ""][expected.index("A") + 1]
    assert f'neighbour-title">{before}<' in middle
    assert not after or f'neighbour-title">{after}<' in middle


def test_index_notes_introduce_the_site_and_their_section(site: SiteMaker) -> None:
    site.note("index", "Welcome to [[a]].")
    site.note("essays/index", "All my *essays*.", title="Essays on things")
    site.note("essays/a", "x")
    assert codes(site.build()) == []
    assert "Welcome to" in site.page("index.html")
    assert 'href="essays/a.html"' in site.page("index.html")
    section = site.page("essays/index.html")
    assert "Essays on things" in section
    assert "All my <em>essays</em>" in section
    assert "index" not in re.findall(r'entry-title" href="([^"]*)"', section)


def test_drafts_are_published_only_on_demand(site: SiteMaker) -> None:
    site.note("a", draft="true")
    site.build()
    assert "a.html" not in site.outputs()
    site.build(drafts=True)
    assert "a.html" in site.outputs()


def test_paths_among_aliases_become_redirects(site: SiteMaker) -> None:
    site.note("a", aliases="[/old/place/, Another name]")
    site.build()
    assert 'url=../../a.html"' in site.page("old/place/index.html")
    assert len([p for p in site.outputs() if "another" in p.lower()]) == 0


def test_permalink_moves_the_page_and_its_links(site: SiteMaker) -> None:
    site.note("deep/a", "[[b]] ![Alt text](x.svg)", permalink="/short/")
    site.note("b", "[[a]]")
    site.write("notes/deep/x.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')
    assert codes(site.build()) == []
    assert 'href="../b.html"' in site.page("short/index.html")
    assert 'src="../deep/x.svg"' in site.page("short/index.html")
    assert 'href="short/index.html"' in site.page("b.html")


def test_tags_in_the_text_lead_to_their_pages(site: SiteMaker) -> None:
    site.note("a", "About #deep/learning.")
    assert codes(site.build()) == []
    assert '<a class="hashtag" href="tags/deep/learning.html">#deep/learning</a>' in site.page(
        "a.html"
    )
    assert {"tags/deep.html", "tags/deep/learning.html"} <= site.outputs()


def test_tags_in_the_text_can_be_turned_off(site: SiteMaker) -> None:
    site.write("notesite.toml", "[markdown]\ntags = false\n")
    site.note("a", "About #deep.")
    assert codes(site.build()) == []
    assert "About #deep." in site.page("a.html")


def test_a_tag_of_thousands_of_levels_has_few_pages() -> None:
    deep = "/".join(["x"] * 20_000)
    tags = collect_tags({"a.html": (deep, "b/c")}, ["a.html"])
    names = [tag.name for tag in tags]
    assert len(names) == 20 + 1 + 2
    assert {deep, "x", "x/x", "b", "b/c"} <= set(names)
    assert all(len(tag.url) < 1_100 for tag in tags), "no file can lie so deep"
    assert tag_url(deep) != tag_url(f"{deep}/y")


def test_a_note_is_read_once_for_all_links_to_what_it_has_not(site: SiteMaker) -> None:
    site.note("big", "Text.\n\n## Part\n")
    for number in range(20):
        site.note(f"note-{number}", f"[[big#no-{number}]] and [[big#Part]]")
    _ids_of.cache_clear()
    assert codes(site.build()) == ["link-heading-not-found"] * 20
    assert _ids_of.cache_info().misses == 1
