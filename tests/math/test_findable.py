"""Formulas as one may look for them: their names, read off the finished MathML."""

from __future__ import annotations

import pytest

from notesite.math.engines import load_engine
from notesite.math.findable import read_formula
from notesite.math.rendering import convert

NAMES = [
    (r"\sigma_{\max}(A)", "sigma max a"),
    (r"\|A\|_2", "norm a 2"),
    (r"\lVert A \rVert", "norm a"),
    (r"\left\| A \right\|", "norm a"),
    (r"\mathbb{E}[X]", "e x"),
    (r"A^\top A", "a top a"),
    (r"A^T", "a top"),
    (r"A^{T}", "a top"),
    (r"x_T", "x t"),
    (r"e^{i\pi} + 1 = 0", "e i pi 1 0"),
    (r"\hat{x}_i^2", "x i 2"),
    (r"x^2_i", "x i 2"),
    (r"\bar x", "x"),
    (r"\operatorname*{arg\,min}_x f", "arg min x f"),
    (r"D_{\mathrm{KL}}", "d kl"),
    (r"\sqrt[3]{x}", "sqrt x 3"),
    (r"\frac{\partial L}{\partial w}", "partial l partial w"),
    (r"\nabla L(\theta)", "nabla l theta"),
    (r"\ell^2", "ell 2"),
    (r"\text{softmax}(x)", "softmax x"),
    (r"\mathcal N(0, 1)", "n 0 1"),
    (r"\mathbf{x} \in \mathbb{R}^n", "x in r n"),
    (r"\boldsymbol{\Sigma}", "sigma"),
    (r"\varepsilon \le \delta", "epsilon leq delta"),
    (r"\int_0^\infty f", "int 0 infty f"),
    (r"\lim_{n \to \infty} a_n", "lim n to infty a n"),
    (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "a b c d"),
]


def element(tex: str) -> str:
    return f"<math>{convert(load_engine('math-core'), tex, display=False)}</math>"


@pytest.mark.parametrize(("tex", "names"), NAMES)
def test_a_formula_has_the_names_of_its_parts_in_order(tex: str, names: str) -> None:
    assert " ".join(filter(None, read_formula(element(tex)).names)) == names


@pytest.mark.parametrize(
    ("tex", "spoken"),
    [
        (r"\mathbb{E}[X]", "expectation x"),
        (r"A^\top", "a transpose"),
        (r"\langle x, y \rangle", "innerproduct x y"),
        (r"\nabla f", "gradient f"),
    ],
)
def test_a_formula_has_spoken_names_too(tex: str, spoken: str) -> None:
    assert " ".join(read_formula(element(tex)).spoken) == spoken


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\sigma_{\max}(A) = \|A\|_2", "σ_max(A) = ‖A‖₂"),
        (r"A^\top A", "AᵀA"),
        (r"\frac{a+b}{2}", "(a+b)/2"),
        (r"\operatorname{Var}(X)", "Var(X)"),
        (r"\log n", "log n"),
        (r"a^2\, b \quad \text{for all } b", "a²b for all b"),
        (r"\hat x < y", "x\u0302 < y"),
        (r"\dot W = 0", "W\u0307 = 0"),
        (r"L \dashv R", "L ⊣ R"),
        (r"A \subsetneq B", "A ⊊ B"),
    ],
)
def test_a_formula_has_a_readable_text(tex: str, text: str) -> None:
    assert read_formula(element(tex)).text == text


def test_what_is_no_xml_is_read_as_its_text() -> None:
    assert read_formula("<math><mi>x</math>").text == "x"
    assert read_formula('<math><mtext><a href="\0a.html\0">1</a></mtext></math>').text == "1"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<msub><mi>a</mi></msub>", "a"),
        ("<msub><mi>a</mi><mi>b</mi><mi>c</mi></msub>", "a_b"),
        ("<msup></msup><mi>x</mi>", "x"),
        ("<mfrac><mi>x</mi></mfrac>", "x/"),
        ("<munderover><mi>b</mi></munderover><mover accent=true></mover>", "b"),
        ("<mtext>&eacute;&nbsp;&lt;</mtext>", "é <"),
        ("<mi>a</mi><!-- <mi>b</mi> --><mi mathvariant='x>y'>c</mi>", "ac"),
        ("<mrow><mi>a<mi>b", "ab"),
    ],
)
def test_what_an_author_wrote_by_hand_need_not_be_well_formed(content: str, text: str) -> None:
    assert read_formula(f"<math>{content}</math>").text == text


def test_of_what_is_nested_beyond_reason_the_text_is_left() -> None:
    deep = 5_000
    mathml = f"<math>{'<mrow>' * deep}<mi>x</mi>{'</mrow>' * deep}</math>"
    assert read_formula(mathml).text == "x"
