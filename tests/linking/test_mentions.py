"""The sentence around a link, for backlinks."""

from __future__ import annotations

import re

import pytest

from notesite.linking.mentions import mentions, packed, unpack_one
from notesite.linking.urls import mark
from tests.conftest import SiteMaker, codes

LINK = f'<a href="{mark("b.html")}">B</a>'


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        (f"<p>By {LINK}.</p>", "By <strong>B</strong>."),
        (f"<p>One. Two by {LINK} so. Three.</p>", "Two by <strong>B</strong> so."),
        (f"<p>First! “By {LINK}?” Then.</p>", "“By <strong>B</strong>?”"),
        (f"<p>See e.g. {LINK}, i.e. here.</p>", "See e.g. <strong>B</strong>, i.e. here."),
        (f"<p>One. Cf. Eq.\u00a0(1), resp. Thm. 2, and {LINK}. Two.</p>",
         "Cf. Eq.\u00a0(1), resp. Thm. 2, and <strong>B</strong>."),
        (f'<p>Of <span class="no-break"><math><mi>x</mi></math>.</span> (By {LINK}.)</p>',
         "(By <strong>B</strong>.)"),
        (f"<p>{LINK}, chap.\u00a012. Then.</p>", "<strong>B</strong>, chap.\u00a012."),
        (f"<ul><li>One.</li><li>Two {LINK}</li></ul>", "Two <strong>B</strong>"),
        (f"<p>A <em>b {LINK} c</em>. D.</p>", "A <em>b <strong>B</strong> c</em>."),
        (f"<p><em>A. B {LINK} c</em> d.</p>", "B B c d."),
        (f"<p>If <math><mi>x</mi></math>, {LINK}.</p>",
         "If <math><mi>x</mi></math>, <strong>B</strong>."),
        (f'<p>A<sup class="footnote-ref"><a href="#fn1">1</a></sup> {LINK}.</p>',
         "A <strong>B</strong>."),
        (f'<p id="x">By <a href="#y">y</a> and {LINK}.</p>', "By y and <strong>B</strong>."),
        (f'<p>By <a href="{mark("b.html#c")}">c</a>.</p>', "By <strong>c</strong>."),
        ("<p>No link.</p>", ""),
        (f'<p>A</p><a href="{mark("b.html")}"><p>B</p></a>', ""),
        (f"<p>{'long ' * 200}{LINK}</p>", ""),
    ],
)  # fmt: skip
def test_sentence(html: str, sentence: str) -> None:
    assert mentions(html, ["b.html"]) == (sentence,)


def test_backlinks_show_the_sentence_with_its_formulas(site: SiteMaker) -> None:
    site.note("a", "First. By [[b]], $x^2 \\ge 0$ holds. Last.")
    site.note("b", "Text.", summary="A summary.")
    assert codes(site.build()) == []
    links = site.page("b.html").partition("Linked from")[2].partition("</section>")[0]
    assert re.search(r"By <strong>b</strong>, .*<math.*holds\.", links, re.DOTALL)
    assert "First." not in links
    assert "Last." not in links


@pytest.mark.parametrize("sentences", [(), ("",), ("One.", "", "Zwei ü \ud800 𝔸.", "\0")])
def test_one_of_the_packed_sentences_is_read_alone(sentences: tuple[str, ...]) -> None:
    content = packed(sentences)
    assert tuple(unpack_one(content, number) for number in range(len(sentences))) == sentences
    with pytest.raises(ValueError, match="damaged"):
        unpack_one(content, len(sentences))


@pytest.mark.parametrize("end", [0, 3, 7, -1])
def test_damaged_sentences_are_told(end: int) -> None:
    with pytest.raises(ValueError, match="damaged"):
        unpack_one(packed(("One.", "Two."))[:end], 1)
