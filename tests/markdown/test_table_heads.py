"""Tables: headings that programs can tell from empty cells, and room for words on a phone."""

from __future__ import annotations

from notesite.markdown.note import NoteParser
from tests.conftest import html_of, parse


def test_a_heading_of_formulas_alone_counts_as_text(parser: NoteParser) -> None:
    html = html_of(parse(parser, "| $x$ | of $y$ | z | |\n|--|--|--|--|\n| 1 | 2 | 3 | 4 |"))
    assert html.count("</math>&NoBreak;</th>") == 1
    assert "</math></th>" in html
    assert '<th scope="col">z</th>' in html
    assert "<td></td>" in html


def test_what_has_to_scroll_on_a_phone_is_not_squeezed_besides(parser: NoteParser) -> None:
    wide = "| key | meaning |\n|--|--|\n| `content_security_policy_of_a_site` | what is loaded |"
    small = "| key | meaning |\n|--|--|\n| `policy` | what a page may load, and from where |"
    assert '<table class="wide-table">' in html_of(parse(parser, wide))
    assert "<table>" in html_of(parse(parser, small))


def test_formulas_count_with_their_signs(parser: NoteParser) -> None:
    formula = "$a + b + c + d + e + f + g + h + i + j$"
    assert "wide-table" in html_of(parse(parser, f"| {formula} | {formula} |\n|--|--|\n| 1 | 2 |"))
    assert "wide-table" not in html_of(parse(parser, f"| {formula} | 1 |\n|--|--|\n| 1 | 2 |"))
