"""Headings of tables that programs can tell from empty cells."""

from __future__ import annotations

from notesite.markdown.note import NoteParser
from tests.conftest import html_of, parse


def test_headings_are_told_from_empty_cells(parser: NoteParser) -> None:
    html = html_of(parse(parser, "| $x$ | of $y$ | z | |\n|--|--|--|--|\n| 1 | 2 | 3 | 4 |"))
    assert html.count("</math></th>") == 2
    assert '<th scope="col">z</th>' in html
    assert "<td></td>" in html
