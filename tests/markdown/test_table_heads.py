"""Headings of tables that programs can tell from empty cells."""

from __future__ import annotations

from notesite.markdown.note import NoteParser
from tests.conftest import html_of, parse


def test_a_heading_of_formulas_alone_counts_as_text(parser: NoteParser) -> None:
    html = html_of(parse(parser, "| $x$ | of $y$ | z | |\n|--|--|--|--|\n| 1 | 2 | 3 | 4 |"))
    assert html.count("</math>&NoBreak;</th>") == 1
    assert "</math></th>" in html
    assert '<th scope="col">z</th>' in html
    assert "<td></td>" in html
