r"""What the other engine lacks and is made of its parts: scripts before a base, sizes of text."""

from __future__ import annotations

import re

import pytest

from notesite.math import CompiledMath, Formula, MathCompiler, MathSettings
from notesite.spans import Origin

COMPILER = MathCompiler(MathSettings("latex2mathml"))
UPRIGHT = '<mi mathvariant="normal">{}</mi>'


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


@pytest.mark.parametrize(
    ("tex", "mathml"),
    [
        (r"\sqrt12", "<msqrt><mrow><mn>1</mn></mrow></msqrt><mn>2</mn>"),
        (r"\hat12", '<mover accent="true"><mrow><mn>1</mn></mrow><mo>^</mo></mover><mn>2</mn>'),
        (r"\overset12", "<mover><mrow><mn>2</mn></mrow><mrow><mn>1</mn></mrow></mover>"),
        (r"\binom12", "<mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></mfrac>"),
        (r"\mathrm{x_i}", f"<msub>{UPRIGHT.format('x')}{UPRIGHT.format('i')}</msub>"),
        (r"\mathrm{\frac ab}", f"<mfrac>{UPRIGHT.format('a')}{UPRIGHT.format('b')}</mfrac>"),
        (r"\mathrm{ab}", "<mi>ab</mi>"),
        (r"\mathbf{a\mathrm{b}c}", '<mi>𝐚</mi><mrow><mi mathvariant="normal">b</mi></mrow>'),
        (r"\boldsymbol{\Gamma\gamma}", "<mi>𝚪</mi><mi>𝜸</mi>"),
        ("x_2''", "<msubsup><mi>x</mi><mn>2</mn><mo>″</mo></msubsup>"),
        (r"\'E", "<mtext>É</mtext>"),
        (r"\let\same==a\same b", "<mi>a</mi><mo>=</mo><mi>b</mi>"),
        (r"x^{\mathchoice{a}{b}{c}{d}}", "<msup><mi>x</mi><mrow><mrow><mi>c</mi></mrow></mrow>"),
    ],
)
def test_what_it_misreads_by_itself(tex: str, mathml: str) -> None:
    result = compiled(tex)
    assert result.diagnostics == ()
    assert mathml in result.formulas[0].html


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        (r"\displaystyle ", "D"), (r"\textstyle ", "T"), (r"x^", "S"), (r"x_{y_", "U"),
        (r"\frac1", "T"), (r"\dfrac1", "T"), (r"\tfrac1", "S"), (r"x^{\displaystyle ", "D"),
        (r"\begin{pmatrix}", "T"), (r"\begin{aligned}&", "D"), (r"\begin{smallmatrix}", "S"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("engine", ["math-core", "latex2mathml"])
def test_a_choice_by_style(style: str, shown: str, engine: str) -> None:
    name = style.removeprefix(r"\begin{").partition("}")[0]
    end = rf"\end{{{name}}}" if style.startswith(r"\begin") else ""
    closing = end or "}" * style.count("{")
    tex = rf"{style}{{\mathchoice{{D}}{{T}}{{S}}{{U}}}}{closing}"
    result = MathCompiler(MathSettings(engine)).compile(
        [Formula(tex, True, Origin.at(1, 1))], "a.md"
    )
    assert result.diagnostics == ()
    assert re.findall(r"<mi>([DTSU])</mi>", result.formulas[0].html) == [shown]


@pytest.mark.parametrize("tex", [r"\sideset{x}{'}\sum", r"\text{\textbf{a \Large b}}"])
def test_misuse_is_told(tex: str) -> None:
    assert [problem.code for problem in compiled(tex).diagnostics] == ["math-syntax"]


def test_what_is_nested_deeper_than_it_can_read_is_told() -> None:
    """The limits of the reader are wider than this engine's, which ran out of its stack."""
    result = compiled("{" * 399 + "x" + "}" * 399)
    assert {problem.code for problem in result.diagnostics} <= {"math-too-large"}
