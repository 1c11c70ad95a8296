"""The part of a page that a link shows."""

from __future__ import annotations

import pytest

from notesite.previewing.fragments import LONGEST, Page, detached

PAGE = (
    '<p>Opening.</p>\n<h2 id="one">One <a class="heading-anchor" href="#one">#</a></h2>\n'
    "<p>First.</p>\n<ul>\n<li>second</li>\n</ul>\n<p>Third.</p>\n"
    '<div class="result result-theorem" id="thm-r"><p class="result-title">Theorem 1.</p>'
    '<div class="result-body"><p>Statement <b id="in">x</b>.</p></div></div>\n'
    '<div class="equation" id="eq-a"><math><mi>a</mi></math></div>\n'
    '<div class="equation"><math><mtable><mtr id="eq-row"><mtd></mtd></mtr></mtable></math></div>\n'
    '<ul>\n<li id="^item">item <em>two</em></li>\n</ul>\n'
    '<p>Words <span id="here">here</span>.</p>\n'
    '<figure id="fig-a"><img src="\0a.png\0"></figure>\n<h3 id="last">Last</h3>\n'
    '<section class="footnotes"><ol><li id="fn1"><p>Note. '
    '<a href="#fnref1" role="doc-backlink">↩</a></p></li></ol></section>'
)


@pytest.mark.parametrize(
    ("anchor", "begins", "ends"),
    [
        ("one", '<h2 id="one">', "</ul>"),
        ("thm-r", '<div class="result', "</div></div>"),
        ("in", '<div class="result', "</div></div>"),
        ("eq-a", '<div class="equation" id="eq-a">', "</math></div>"),
        ("eq-row", '<div class="equation">', "</math></div>"),
        ("^item", "<div>item <em>two</em></div>", ""),
        ("here", "<p>Words ", "here</span>.</p>"),
        ("fig-a", '<figure id="fig-a">', "</figure>"),
        ("last", '<h3 id="last">', "</section>"),
        ("fn1", "<div><p>Note. ", "</p></div>"),
    ],
)
def test_each_kind_of_place_shows_what_belongs_to_it(anchor: str, begins: str, ends: str) -> None:
    part = Page(PAGE).fragment(anchor)
    assert part
    assert part.startswith(begins)
    assert part.endswith(ends)


def test_a_heading_brings_no_more_than_two_blocks() -> None:
    part = Page(PAGE).fragment("one") or ""
    assert "First." in part
    assert "second" in part
    assert "Third." not in part


def test_a_heading_alone_stays_alone() -> None:
    html = '<h2 id="a">A</h2>\n<h2 id="b">B</h2>\n<p>text</p>'
    assert Page(html).fragment("a") == '<h2 id="a">A</h2>'


def test_what_is_not_there_or_too_long_is_no_preview() -> None:
    assert Page(PAGE).fragment("nowhere") is None
    assert Page(f'<p id="a">{"x" * LONGEST}</p>').fragment("a") is None
    long = f'<h2 id="a">A</h2><p>short</p><p>{"x" * LONGEST}</p>'
    assert Page(long).fragment("a") == '<h2 id="a">A</h2><p>short</p>'


def test_a_detached_part_has_no_ids_and_its_links_go_home() -> None:
    html = detached(Page(PAGE).fragment("one") or "", "n/a.html")
    assert "id=" not in html
    assert "heading-anchor" not in html
    assert detached(Page(PAGE).fragment("fn1") or "", "n/a.html") == "<div><p>Note. </p></div>"
    assert detached('<p>as in <a href="#eq-a">(1)</a></p>', "n/a.html") == (
        '<p>as in <a href="\0n/a.html#eq-a\0">(1)</a></p>'
    )
    table = '<th id="h"><td headers="h" data-id="kept" title="an id=&quot;x&quot;">'
    assert detached(table, "a.html") == '<th><td data-id="kept" title="an id=&quot;x&quot;">'


def test_the_opening_is_the_first_paragraph() -> None:
    assert Page(PAGE).opening() == "<p>Opening.</p>"
    assert Page("<ul></ul>").opening() == ""
