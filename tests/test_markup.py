"""Reading the HTML that notesite writes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesite import markup
from notesite.previewing.fragments import Page, detached
from notesite.searching.reading import Reading

WORDS = (
    *("<p>", "</p>", '<div id="a" class="result result-theorem">', "</div>", "<", ">", '"', "'"),
    *("<math>", '<math><mtr id="a">', "</math>", "<!--", "-->", "<script>", "</script>", "text"),
    *("<h2 id='a'>", "</h2>", " ", '<p class="result-title">', "<li id=a>", "</li>", "<a ", "="),
    *('<a href="#a">', "</a>", "</", "<!", "\0"),
)
"""Pieces of HTML that strangers may put together."""


def element(html: str, name: str) -> str | None:
    elements = markup.Elements(html)
    number = elements.find(name)
    if number is None:
        return None
    tag = elements.tag(number)
    return html[tag.start : elements.end_of(tag)]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<p id="a">x</p><p>y</p>', '<p id="a">x</p>'),
        ('<div><div class="b" id="a"><div>x</div></div>y</div>',
         '<div class="b" id="a"><div>x</div></div>'),
        ('<p data-id="a">no</p><p id="a">x</p>', '<p id="a">x</p>'),
        ('<p title=\'<b id="a">\'>no</p><b id="a">x</b>', '<b id="a">x</b>'),
        ('<img id="a" src="x"> rest', '<img id="a" src="x">'),
        ('<p id="a">never closed', '<p id="a">never closed'),
        ('<p><math><mtr id="a"></mtr></math></p>', '<p><math><mtr id="a"></mtr></math></p>'),
        ('<p id="ab">x</p>', None),
        ('<p ID = "a">x</p>', '<p ID = "a">x</p>'),
        ('<p id="b"><math><mi id="a">x</mi></math>', '<p id="b"><math><mi id="a">x</mi></math>'),
        ('<b>x</b id="a">', None),
    ],
)  # fmt: skip
def test_an_element_is_found_by_its_id(html: str, found: str | None) -> None:
    assert element(html, "a") == found


def test_formulas_and_what_is_no_text_are_pieces() -> None:
    html = '<p title="a > b">1 < 2 <math><mi>x</mi></math><!-- <p> --><script>"<p>"</script></p>'
    found = [(html[p.start : p.end], p.is_math, p.is_text) for p in markup.pieces(html)]
    assert ("<math><mi>x</mi></math>", True, False) in found
    assert ('<script>"<p>"</script>', False, False) in found
    assert ("<!-- <p> -->", False, False) in found
    assert ('<p title="a > b">', False, False) in found


def test_attributes_are_read_as_written() -> None:
    (tag,) = markup.Elements('<a href="x?a&amp;b" ID=y hidden data-z=\'"\'>').tags()
    assert tag.attributes() == {"href": "x?a&amp;b", "id": "y", "hidden": "", "data-z": '"'}


def test_text_has_the_tex_of_formulas() -> None:
    assert markup.text_of('A <b>bold</b> <math alttext="x^2"><mi>x</mi></math>') == "A bold x^2"


@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join))
def test_whatever_an_author_writes_is_read_to_its_end(html: str) -> None:
    found = list(markup.pieces(html))
    assert "".join(html[piece.start : piece.end] for piece in found) == html
    part = Page(html).fragment("a")
    if part is not None:
        assert ' id="a"' not in detached(part, "x.html")
    Reading("en").read(html)


@pytest.mark.parametrize(
    "unit",
    [
        "<math>",
        '<a "',
        "<p",
        "<!--",
        "<p>",
        "<script>",
        "<a href='",
        "</",
        "<b>",
        "<h2 id=a>",
        '<p class="result-title">',
    ],
)
def test_what_never_ends_is_read_once(unit: str) -> None:
    html = unit * 20_000
    assert sum(piece.end - piece.start for piece in markup.pieces(html)) == len(html)
    Page(html).fragment("a")
    Reading("en").read(html)


@pytest.mark.parametrize(
    "each", ['<div id="a{n}"><p>x</p></div>', '<p><math id="a{n}"></math></p>']
)
def test_many_elements_are_found_as_fast_as_few(each: str) -> None:
    elements = markup.Elements("".join(each.replace("{n}", str(n)) for n in range(6000)))
    begin = time.process_time()
    for n in range(6000):
        number = elements.find(f"a{n}")
        assert number is not None
        assert len(elements.around(number)) == 1
    assert time.process_time() - begin < 4
