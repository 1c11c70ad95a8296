"""Names of links and headings that hold formulas, which browsers leave out of what they compute."""

from __future__ import annotations

import pytest

from notesite.rendering.naming import name_formulas

SQUARE = '<math alttext="\\ell^2"><msup><mi>ℓ</mi><mn>2</mn></msup></math>'


@pytest.mark.parametrize(
    ("html", "name"),
    [
        (f'<a href="#a">the <em>space</em> {SQUARE} &amp; more</a>', "ℓ²"),
        (f'<h2 id="a">On {SQUARE} <a href="#a" aria-hidden="true" tabindex="-1">#</a></h2>', "ℓ²"),
        (f'<h3><a href="#a">On {SQUARE}</a> and so on</h3>', "ℓ²"),
        (f"<h1>{SQUARE}</h1>", "ℓ²"),
        (f'<th scope="col">{SQUARE}&NoBreak;</th>', "ℓ²"),
        ("<a><math><msub><mi>λ</mi><mi>max</mi></msub></math></a>", "λ max"),
        ("<a>1 <math><mo>&lt;</mo></math></a>", "&lt;"),
    ],
)
def test_a_formula_in_what_is_called_by_its_content_is_named(html: str, name: str) -> None:
    named = html.replace("<math", f'<math aria-label="{name}"')
    assert name_formulas(f"<p>Before</p>{html}<p>after</p>") == f"<p>Before</p>{named}<p>after</p>"


def test_each_of_several_is_named_once() -> None:
    named = name_formulas(f"<a>{SQUARE} and {SQUARE}</a> <math><mi>x</mi></math>")
    assert named.count('<math aria-label="ℓ²"') == 2
    assert named.endswith("</a> <math><mi>x</mi></math>")
    assert name_formulas(named) == named


@pytest.mark.parametrize(
    "html",
    [
        '<a href="#a">text</a> and <math><mi>x</mi></math>',
        f'<a aria-label="mine">{SQUARE}</a>',
        f"<article>{SQUARE}</article>",
        f"<thead>{SQUARE}</thead>",
        f"<p>{SQUARE} <a>never closed",
        f"<a>never closed {SQUARE} <b>",
        "<a",
        "",
    ],
)
def test_nothing_else_is(html: str) -> None:
    assert name_formulas(html) == html
