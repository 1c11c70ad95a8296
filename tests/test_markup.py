"""Reading the HTML that notesite writes."""

from __future__ import annotations

import pytest

from notesite import markup


@pytest.mark.parametrize(
    ("html", "name", "found"),
    [
        ('<p id="a">x</p><p>y</p>', "a", '<p id="a">x</p>'),
        (
            '<div><div class="b" id="a"><div>x</div></div>y</div>',
            "a",
            '<div class="b" id="a"><div>x</div></div>',
        ),
        ('<p data-id="a">no</p><p id="a">x</p>', "a", '<p id="a">x</p>'),
        ('<img id="a" src="x"> rest', "a", '<img id="a" src="x">'),
        ('<p id="a">never closed', "a", '<p id="a">never closed'),
        ('<p id="ab">x</p>', "a", None),
    ],
)
def test_an_element_is_found_by_its_id(html: str, name: str, found: str | None) -> None:
    place = markup.find_id(html, name)
    assert (html[slice(*place)] if place else None) == found


def test_pieces_put_together_are_the_whole() -> None:
    html = '<p title="a > b">1 < 2 <math><mi>x</mi></math><!-- <p> --><script>"<p>"</script></p> <'
    found = list(markup.pieces(html))
    assert "".join(found) == html
    assert "<math><mi>x</mi></math>" in found
    assert '<script>"<p>"</script>' in found


def test_attributes_are_read_as_written() -> None:
    assert markup.attributes('<a href="x?a&amp;b" ID=y hidden data-z=\'"\'>') == {
        "href": "x?a&amp;b", "id": "y", "hidden": "", "data-z": '"',
    }  # fmt: skip
