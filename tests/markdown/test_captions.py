"""Figures, tables, listings and sections: captions, labels, numbers."""

from __future__ import annotations

import re

import pytest

from notesite.config import MarkdownConfig, ResultsConfig
from notesite.languages import Strings
from notesite.markdown.code import FenceInfo, read_fence_info
from notesite.markdown.note import NoteParser
from notesite.math import MathSettings
from notesite.spans import Span
from tests.conftest import SiteMaker, codes, html_of, parse

TABLE = "| a | b |\n|---|---|\n| 1 | 2 |"


def words(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html).replace("\u00a0", " ").strip()


@pytest.mark.parametrize(
    ("text", "kind", "caption"),
    [
        ('![alt](a.png "A *caption*"){#fig-x}', "figure", "Figure 1. A caption"),
        ("![A caption](a.png){#fig-x}", "figure", "Figure 1. A caption"),
        ("![](a.png){#fig-x}", "figure", "Figure 1"),
        ("![[a.png|A caption]]{#fig-x}", "figure", "Figure 1. A caption"),
        (f"{TABLE}\n\n: A *caption* {{#tbl-x}}", "table", "Table 1. A caption"),
        (f"{TABLE}\n\nTable: A caption {{#tbl-x}}", "table", "Table 1. A caption"),
        (f"Table: A caption {{#tbl:x}}\n\n{TABLE}", "table", "Table 1. A caption"),
        ('```python {#lst-x caption="A *caption*"}\nx\n```', "listing", "Listing 1. A caption"),
        ('```{#lst-x .python lst-cap="A caption"}\nx\n```', "listing", "Listing 1. A caption"),
    ],
)
def test_what_has_a_label_has_a_number(
    parser: NoteParser, text: str, kind: str, caption: str
) -> None:
    note = parse(parser, f"Text.\n\n{text}\n\nText.")
    assert codes_of(note) == []
    (label,) = note.labels
    assert (label.kind, label.number) == (kind, "1")
    html = html_of(note)
    assert f'id="{label.anchor}"' in html
    found = re.search(r"<(caption|figcaption)[^>]*>(.*?)</\1>", html, re.DOTALL)
    assert found
    assert words(found[2]) == caption
    assert html.count("Text.") == 2


def codes_of(note) -> list[str]:
    return [problem.code for problem in note.diagnostics]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("![A caption](a.png)", "A caption"),
        (f"{TABLE}\n\n: A caption", "A caption"),
        ('```python caption="A caption"\nx\n```', "A caption"),
    ],
)
def test_what_has_none_has_only_its_caption(parser: NoteParser, text: str, expected: str) -> None:
    note = parse(parser, text)
    found = re.search(r"<(caption|figcaption)[^>]*>(.*?)</\1>", html_of(note), re.DOTALL)
    assert found
    assert (words(found[2]), note.labels) == (expected, ())


def test_a_caption_belongs_to_one_table(parser: NoteParser) -> None:
    note = parse(parser, f"{TABLE}\n\n: First {{#tbl-a}}\n\n{TABLE}\n\n: Second {{#tbl-b}}")
    found = re.findall(r"<caption[^>]*>(.*?)</caption>", html_of(note), re.DOTALL)
    assert list(map(words, found)) == ["Table 1. First", "Table 2. Second"]


def test_definition_lists_and_colons_stay_what_they_are(parser: NoteParser) -> None:
    assert "<dd>def</dd>" in html_of(parse(parser, "Term\n: def"))
    assert "<p>: not a caption</p>" in html_of(parse(parser, ": not a caption"))


def test_numbers_by_section() -> None:
    parser = NoteParser(
        MarkdownConfig(), MathSettings(), Strings("de"), ResultsConfig(number_by="section")
    )
    note = parse(parser, "## A\n\n## B\n\n![x](a.png){#fig-a}\n\n![x](b.png){#fig-b}")
    assert [label.number for label in note.labels] == ["2.1", "2.2"]
    assert "Abbildung\u00a02.2." in html_of(note)


def test_a_label_twice(parser: NoteParser) -> None:
    note = parse(parser, "![x](a.png){#fig-a}\n\n![x](b.png){#fig-a}")
    (problem,) = note.diagnostics
    assert problem.code == "label-duplicate"
    assert problem.span is not None
    assert problem.span.start.line == 3
    assert html_of(note).count('id="fig-a"') == 1


def test_two_headings_of_one_label(parser: NoteParser) -> None:
    note = parse(parser, "## A {#sec-a}\n\n## B {.x #sec-a}\n\n## B")
    (problem,) = note.diagnostics
    assert problem.code == "label-duplicate"
    assert problem.span == Span.at(3, 10, 6)
    assert problem.related[0].span == Span.at(1, 7, 6)
    assert re.findall(r' id="([^"]*)"', html_of(note)) == ["sec-a", "b", "b-1"]


def test_a_label_of_two_kinds(parser: NoteParser) -> None:
    note = parse(parser, "::: theorem {#x-a}\na\n:::\n\n$$ x \\label{x-a} $$")
    assert codes_of(note) == ["label-duplicate"]


@pytest.mark.parametrize(
    ("info", "expected"),
    [
        ("python", FenceInfo("python")),
        ("{.python}", FenceInfo("python")),
        ("Python,linenos", FenceInfo("python")),
        ("", FenceInfo()),
        ("{#lst-a}", FenceInfo("", "lst-a")),
        ("js {#lst-a caption='b c'}", FenceInfo("js", "lst-a", "b c")),
        ('js title="b.js"', FenceInfo("js", "", "b.js")),
    ],
)
def test_first_lines_of_code(info: str, expected: FenceInfo) -> None:
    assert read_fence_info(info) == expected


def test_headings_are_numbered_where_the_configuration_says_so() -> None:
    parser = NoteParser(MarkdownConfig(number_headings=True), MathSettings())
    note = parse(parser, "# Title\n\n## A\n\n### B\n\n## C\n\n### D {#sec-d}\n\n#### E\n\n##### F")
    assert [heading.title.text for heading in note.headings] == ["A", "B", "C", "D", "E", "F"]
    titles = [words(heading.title.html) for heading in note.headings]
    assert titles == ["1 A", "1.1 B", "2 C", "2.1 D", "2.1.1 E", "F"]
    assert [heading.anchor for heading in note.headings] == ["a", "b", "c", "sec-d", "e", "f"]
    assert [(label.name, label.number) for label in note.labels] == [("sec-d", "2.1")]


def test_references_to_them(site: SiteMaker) -> None:
    site.write("notes/a.png", b"")
    site.note(
        "there",
        f"## On $x$ {{#sec-x}}\n\n![One](a.png){{#fig-a}}\n\n{TABLE}\n\n: T {{#tbl-a}}\n\n"
        '```python {#lst-a caption="C"}\nx\n```\n\n::: algorithm {#alg-a}\na\n:::\n\n'
        "![Two](a.png){#fig-b}\n\nSee [@fig-a; @fig-b], @tbl-a, @lst-a, @alg-a, @sec-x.",
        title="There",
    )
    site.note("here", "See @fig-b, \\cref{tbl-a}, [[there#lst-a]], @sec-x, [](there.md#sec-x).")
    assert codes(site.build()) == []
    own = words(site.page("there.html"))
    assert "See Figures 1 and 2, Table 1, Listing 1, Algorithm 1, On x." in own
    other = words(site.page("here.html"))
    assert (
        "See Figure 2 of There, Table 1 of There, Listing 1 of There, On x of There, On x of There."
        in other
    )


def test_references_to_numbered_sections(site: SiteMaker) -> None:
    site.write("notesite.toml", "[site]\ngit_dates = false\n[markdown]\nnumber_headings = true\n")
    site.note("a", "## A\n\n### B {#sec-b}\n\nSee @sec-b.")
    site.build()
    page = words(site.page("a.html"))
    assert "See Section 1.1." in page
