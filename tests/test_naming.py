"""Names of links and headings that hold formulas, which browsers leave out of what they compute."""

from __future__ import annotations

import pytest

from notesite.rendering.naming import name_formulas

SQUARE = '<math alttext="\\ell^2"><msup><mi>ℓ</mi><mn>2</mn></msup></math>'


@pytest.mark.parametrize(
    ("html", "opening"),
    [
        (f'<a href="#a">the <em>space</em> {SQUARE} &amp; more</a>',
         '<a href="#a" aria-label="the space ℓ² &amp; more">'),
        (f'<h2 id="a">On {SQUARE} <a href="#a" aria-hidden="true" tabindex="-1">#</a></h2>',
         '<h2 id="a" aria-label="On ℓ²">'),
        (f"<h1>{SQUARE}</h1>", '<h1 aria-label="ℓ²">'),
        (f'<th scope="col">{SQUARE}&NoBreak;</th>', '<th scope="col" aria-label="ℓ²">'),
        ("<a><math><msub><mi>λ</mi><mi>max</mi></msub></math></a>", '<a aria-label="λ max">'),
        ("<a>1 <math><mo>&lt;</mo></math></a>", '<a aria-label="1 &lt;">'),
    ],
)  # fmt: skip
def test_what_holds_a_formula_is_named(html: str, opening: str) -> None:
    named = name_formulas(f"<p>Before</p>{html}<p>after</p>")
    assert named == f"<p>Before</p>{opening}{html[html.index('>') + 1 :]}<p>after</p>"


@pytest.mark.parametrize(
    "html",
    [
        '<a href="#a">text</a> and <math><mi>x</mi></math>',
        f'<a aria-label="mine">{SQUARE}</a>',
        f"<article>{SQUARE}</article>",
        f"<thead>{SQUARE}</thead>",
        f"<p>{SQUARE} <a>never closed",
        "<a",
        "",
    ],
)
def test_nothing_else_is(html: str) -> None:
    assert name_formulas(html) == html
