r"""Commands that notes for MathJax and LaTeX use besides KaTeX's: what each says the same as."""

from __future__ import annotations

import re

import pytest

from notesite.math import Formula, MathCompiler, MathSettings
from notesite.spans import Origin

_CONTENT = re.compile(r"<math[^>]*>(.*)</math>", re.DOTALL)

SAME = [
    (r"\root n \of {x + y}", r"\sqrt[n]{x + y}"),
    (r"\buildrel a \over = b", r"\stackrel{a}{=} b"),
    ("a \\\n b", r"a \ b"),
    (r"\raise 2pt \hbox{x}", r"\raisebox{2pt}{x}"),
    (r"\lower 1em {x^2}", r"\raisebox{-1em}{$x^2$}"),
    (r"\matrix{a & b \cr c & d}", r"\begin{matrix} a & b \\ c & d \end{matrix}"),
    (r"\eqalign{a &= b \cr &= c}", r"\begin{aligned} a &= b \\ &= c \end{aligned}"),
    (r"\cases{a & if $b$ \cr c & else}", r"\begin{cases} a & \text{ if $b$ } \\ c & \text{ else}"
     r"\end{cases}"),
    (r"\begin{cases*} a & if $x > 0$ \\ b & else \end{cases*}",
     r"\begin{cases} a & \text{ if $x > 0$ } \\ b & \text{ else }\end{cases}"),
    (r"\begin{drcases*} a \\ b \end{drcases*}", r"\begin{drcases} a \\ b \end{drcases}"),
    (r"\begin{cases*} \begin{pmatrix} a & b \end{pmatrix} & yes \end{cases*}",
     r"\begin{cases} \begin{pmatrix} a & b \end{pmatrix} & \text{ yes }\end{cases}"),
    (r"\tensor{T}{^a_b^c}", r"T^{a}{}_{b}{}^{c}"),
    (r"\tensor*{T}{^a_b^c}", r"T_{b}^{ac}"),
    (r"\tensor[^a]{M}{_b}", r"{}^{a}{M}_{b}"),
    (r"R\indices{^\mu_{\nu\rho}}", r"R^{\mu}{}_{\nu\rho}"),
    (r"\enclose{box}{x}", r"\boxed{x}"),
    (r"\bbox[yellow, 5px]{x^2}", r"\colorbox{yellow}{$x^2$}"),
    (r"\bbox[border: 1px solid red]{x}", r"\boxed{x}"),
    (r"\bbox[5px]{x}", "{x}"),
    (r"\Aboxed{x}", r"\boxed{x}"),
    (r"\not{=}", r"{\not=}"),
    (r"a \not\implies b", r"a \;\not\Longrightarrow\; b"),
    (r"a \centernot\sim b", r"a \not\sim b"),
    (r"\symbfit{x} \symup{d} \symcal{L}", r"\bm{x} \mathrm{d} \mathcal{L}"),
    (r"\begin{psmallmatrix*}[r] 1 & 2 \end{psmallmatrix*}",
     r"\left(\begin{smallmatrix}[r] 1 & 2 \end{smallmatrix}\right)"),
    (r"\verb@a b@", r"\verb|a b|"),
    (r"\ketbra{a}{b}", r"\vert{a}\rangle\langle{b}\vert"),
    (r"\require{cancel} \cancel{x}", r"\cancel{x}"),
    (r"\require{physics} \dv{f}{x}", r"\frac{\mathrm{d} f}{\mathrm{d} x}"),
    (r"\require{physics} \braket{a}{b}", r"\left\langle a\middle|b\right\rangle"),
    (r"\require{physics} \pmqty{1 & 2 \\ 3 & 4}",
     r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}"),
    (r"\require{physics} a \qif b", r"a \quad\text{if}\quad b"),
    (r"\DeclarePairedDelimiterX\set[2]{\{}{\}}{#1 \;\delimsize\vert\; #2} \set*{x}{y}",
     r"\left\{ x \;\middle\vert\; y \right\}"),
    (r"\DeclarePairedDelimiterX\set[2]{\{}{\}}{#1 \;\delimsize\vert\; #2} \set[\big]{x}{y}",
     r"\bigl\{ x \;\big\vert\; y \bigr\}"),
    (r"\DeclarePairedDelimiterXPP\prob[1]{\mathbb{P}}{(}{)}{_0}{#1} \prob{A}",
     r"\mathbb{P}( A )_0"),
]  # fmt: skip


def content(tex: str, engine: str = "math-core") -> str:
    """What the formula shows, what only tells of a symbol's notation left out."""
    compiled = MathCompiler(MathSettings(engine)).compile(
        [Formula(tex, True, Origin.at(1, 1))], "a.md"
    )
    assert [problem.message for problem in compiled.diagnostics] == []
    match = _CONTENT.search(compiled.formulas[0].html)
    assert match is not None
    return re.sub(r' class="symbol[^"]*"', "", match[1])


@pytest.mark.parametrize(("tex", "same"), SAME)
def test_a_command_says_the_same_as_others(tex: str, same: str) -> None:
    assert content(tex) == content(same)


def test_an_aligned_box_has_both_sides_in_one_box_and_keeps_their_room() -> None:
    shown = content(r"\begin{align*} \Aboxed{a &= b} \\ c &= d \end{align*}")
    assert shown.count('class="math-boxed"') == 1
    assert shown.count("<mphantom>") == 2


@pytest.mark.parametrize("engine", ["math-core", "latex2mathml"])
def test_upright_greek_is_upright(engine: str) -> None:
    assert content(r"\upalpha_i", engine) == (
        '<msub><mi mathvariant="normal">α</mi><mi>i</mi></msub>'
    )


def test_a_relation_that_is_struck_out_keeps_its_space() -> None:
    assert content(r"a \not\mathrel{R} b") == (
        '<mi>a</mi><mpadded class="math-before-5 math-after-5"><mrow class="math-cancel">'
        "<mi>R</mi></mrow></mpadded><mi>b</mi>"
    )


def test_a_script_letter_is_struck_out_as_a_whole() -> None:
    assert '<mrow class="math-cancel"><mi>ℛ' in content(r"a \not\mathcal{R} b")


@pytest.mark.parametrize(
    ("tex", "mathml"),
    [
        (r"\enclose{circle}{x}", '<mrow class="math-boxed math-circle"><mi>x</mi></mrow>'),
        (r"\enclose{left,right}{x}",
         '<mrow class="math-beside-line math-solid-right">'
         '<mrow class="math-beside-line math-solid-left"><mi>x</mi></mrow></mrow>'),
        (r"\enclose{updiagonalarrow}{x}",
         '<mrow class="math-cancel math-cancel-to"><mi>x</mi></mrow>'),
        (r"\enclose{longdiv}{1}",
         '<mrow><mo form="prefix" stretchy="true" lspace="0" rspace="0">)</mo>'
         '<mrow class="math-beside-line math-solid-top"><mn>1</mn>'
         "</mrow></mrow>"),
        (r"\enclose{phasorangle}{x}", '<mrow class="math-phase"><mi>x</mi></mrow>'),
    ],
)  # fmt: skip
def test_notations_are_drawn_by_classes(tex: str, mathml: str) -> None:
    assert content(tex) == mathml


@pytest.mark.parametrize("engine", ["math-core", "latex2mathml"])
def test_lines_of_a_multline_are_shoved_aside(engine: str) -> None:
    tex = r"\begin{multline*} a \\ \shoveright{b} \\ c \\ \shoveleft{d} \end{multline*}"
    compiled = MathCompiler(MathSettings(engine)).compile(
        [Formula(tex, True, Origin.at(1, 1))], "a.md"
    )
    assert compiled.diagnostics == ()
    cells = re.findall(r'<mtd(?: class="math-(\w+)")?>', compiled.formulas[0].html)
    assert cells == ["left", "right", "", "left"]


@pytest.mark.parametrize(
    ("tex", "code", "message"),
    [
        (r"\shoveleft{x}", "math-syntax", r"'\shoveleft' stands outside of multline"),
        (
            r"\begin{multline*} a \\ b \shoveleft{c} \\ d \end{multline*}",
            "math-syntax",
            r"'\shoveleft' must be the first thing in a line",
        ),
        (r"\enclose{spiral}{x}", "math-unsupported", r"'\enclose' cannot draw 'spiral'"),
        (r"\root n x", "math-syntax", r"'\root' without '\of'"),
        (r"\tensor{T}{ab}", "math-syntax", r"'\tensor' needs an argument"),
        (r"\raise x y", "math-syntax", r"'\raise' needs a length, such as 1em"),
        (r"\begin{cases*} a & b", "math-syntax", r"'\begin{cases*}' is never closed"),
        (r"\begin{cases*} a \end{cases}", "math-syntax", r"'\begin{cases*}' is never closed"),
        (
            r"\DeclarePairedDelimiterX\set[1]{(}{)}{#2}",
            "math-macro",
            "the macro 'set' uses #2 but has 1 argument",
        ),
        (
            r"\DeclarePairedDelimiterX\set[x]{(}{)}{#1}",
            "math-macro",
            "'x' is not a number of arguments",
        ),
    ],
)
def test_misuse_is_told(tex: str, code: str, message: str) -> None:
    compiled = MathCompiler(MathSettings()).compile([Formula(tex, True, Origin.at(1, 1))], "a.md")
    assert [(each.code, each.message) for each in compiled.diagnostics] == [(code, message)]


def test_what_is_required_holds_to_the_end_of_the_note_and_loses_to_the_notes_own() -> None:
    texs = (r"\newcommand{\dv}{x}\require{physics}", r"\dv \order{n}")
    compiled = MathCompiler(MathSettings()).compile(
        [Formula(tex, False, Origin.at(1, 1)) for tex in texs], "a.md"
    )
    assert [problem.message for problem in compiled.diagnostics] == []
    assert "<mi>x</mi>" in compiled.formulas[1].html


@pytest.mark.parametrize(
    ("tex", "grows"),
    [
        (r"\left( x_i + y \right)", False),
        (r"f\left( g\left( x \right) \right)", False),
        (r"\left\{ x \,\middle|\, x > 0 \right\}", False),
        (r"\left( x^2 \right)", True),
        (r"\left( \frac{1}{2} \right)", True),
        (r"\left( \sum x \right)", True),
        (r"\left( \begin{matrix} a \\ b \end{matrix} \right)", True),
    ],
)
@pytest.mark.parametrize("engine", ["math-core", "latex2mathml"])
def test_fences_grow_only_around_what_is_higher_than_they_are(
    tex: str, grows: bool, engine: str
) -> None:
    fences = re.findall(r"<mo(?: [^>]*)?>[(){}|]</mo>", content(tex, engine))
    assert ['stretchy="false"' not in fence for fence in fences] == [grows] * len(fences)


@pytest.mark.parametrize(
    ("tex", "shown"),
    [
        (r"\mathit{diff}", "<mtext><i>diff</i></mtext>"),
        (r"\mathit{x}", "<mi>𝑥</mi>"),
    ],
)
def test_a_word_in_italics_is_one_word(tex: str, shown: str) -> None:
    assert content(tex) == shown


@pytest.mark.parametrize(
    ("tex", "same"),
    [
        (r"\Bra{x}", r"\left\langle x\right|"),
        (r"\Braket{a|{b|c}}", r"\left\langle a\,\middle|\,{b|c}\right\rangle"),
        (r"\set{x|y|z}", r"\{\,x\mid y|z\,\}"),
        (r"n \brace k", r"\genfrac\{\}{0pt}{}{n}{k}"),
        (r"\left\Darr x \right.", r"\left\Downarrow x \right."),
        (r"x'^2", r"x^{\prime 2}"),
    ],
)
def test_in_latex2mathml_a_command_says_the_same_as_others(tex: str, same: str) -> None:
    assert content(tex, "latex2mathml") == content(same, "latex2mathml")


def test_a_fraction_with_delimiters_in_latex2mathml() -> None:
    shown = content(r"\genfrac(]{1pt}{1}{a}{b}", "latex2mathml")
    assert shown == (
        '<mstyle displaystyle="false" scriptlevel="0"><mrow><mo>(</mo><mfrac linethickness="0.1em">'
        "<mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac><mo>]</mo></mrow></mstyle>"
    )


def test_what_is_refused_with_its_rows_is_one_problem() -> None:
    tex = r"\xymatrix{ & a & b \\ x & 1 & 2 \\ y & 3 & 4 }"
    formula = Formula(tex, True, Origin.at(1, 1))
    (problem,) = MathCompiler(MathSettings()).compile([formula], "a.md").diagnostics
    assert problem.code == "math-unsupported"


@pytest.mark.parametrize(
    "inner",
    [
        r"\begin{array}{c||c}1&2\\3&4\end{array}",
        r"\begin{alignedat}{2}a&b\\c&d\end{alignedat}",
        r"\rule{1em}{3em}",
        r"\raisebox{1em}{x}",
        r"\bordermatrix{&a\cr b&c}",
    ],
)
def test_fences_grow_around_what_is_made_here(inner: str) -> None:
    """Its height was taken for that of a letter."""
    shown = content(rf"\left({inner}\right)", "math-core")
    assert 'stretchy="false"' not in shown
    assert '<mo stretchy="false">(</mo>' in content(r"\left(x\right)", "math-core")
