r"""What the other engine lacks and is made of its parts: scripts before a base, sizes of text."""

from __future__ import annotations

import pytest

from notesite.math import CompiledMath, Formula, MathCompiler, MathSettings
from notesite.spans import Origin

COMPILER = MathCompiler(MathSettings("latex2mathml"))


def compiled(tex: str) -> CompiledMath:
    return COMPILER.compile([Formula(tex, True, Origin.at(1, 1))], "a.md")


@pytest.mark.parametrize(
    ("tex", "mathml"),
    [
        (r"\prescript{a}{b}{X}",
         "<mmultiscripts><mrow><mi>X</mi></mrow><mprescripts/><mrow><mi>b</mi></mrow>"
         "<mrow><mi>a</mi></mrow></mmultiscripts>"),
        (r"\sideset{_a}{'}\sum_i",
         '<munder><mmultiscripts><mo movablelimits="false">∑</mo><mrow></mrow><mrow><mo>′</mo>'
         "</mrow><mprescripts/><mrow><mi>a</mi></mrow><mrow></mrow></mmultiscripts>"
         "<mi>i</mi></munder>"),
        (r"\cramped[\textstyle]{x^2}",
         '<mstyle class="math-cramped" displaystyle="false" scriptlevel="0"><msup><mi>x</mi>'
         "<mn>2</mn></msup></mstyle>"),
        (r"\text{a \Large b}",
         '<mrow><mtext>a </mtext><mtext mathsize="144%">b</mtext></mrow>'),
        (r"\text{\small x}", '<mtext mathsize="90%">x</mtext>'),
        (r"\genfrac(]{0pt}{}{a}{b}",
         '<mrow><mo>(</mo><mfrac linethickness="0em"><mrow><mi>a</mi></mrow><mrow><mi>b</mi>'
         "</mrow></mfrac><mo>]</mo></mrow>"),
    ],
)  # fmt: skip
def test_structure(tex: str, mathml: str) -> None:
    result = compiled(tex)
    assert result.diagnostics == ()
    assert mathml in result.formulas[0].html


@pytest.mark.parametrize("tex", [r"\sideset{x}{'}\sum", r"\text{\textbf{a \Large b}}"])
def test_misuse_is_told(tex: str) -> None:
    assert [problem.code for problem in compiled(tex).diagnostics] == ["math-syntax"]
