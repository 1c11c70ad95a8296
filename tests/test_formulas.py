r"""The math room as a note sees it: MathML, numbers, references, macros, faults, readable text."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notesite.diagnostics import Severity
from notesite.math import (
    CompiledMath,
    Formula,
    MathCompiler,
    MathSettings,
    macro_from_text,
    tex_to_text,
)
from notesite.spans import Origin

ENGINES = ("math-core", "latex2mathml")
COMPILERS = {
    engine: MathCompiler(
        MathSettings(
            engine,
            (
                ("R", macro_from_text("R", r"\mathbb{R}")),
                ("norm", macro_from_text("norm", r"\lVert #1 \rVert")),
                ("pow", macro_from_text("pow", "#2^{#1}", arguments=2, default="2")),
                ("loop", macro_from_text("loop", r"\loop")),
                ("bomb", macro_from_text("bomb", r"\bomb\bomb")),
            ),
        )
    )
    for engine in ENGINES
}


def compile_all(*texts: str, engine: str = "math-core") -> CompiledMath:
    """Displays begin with `$$`, which is taken away."""
    formulas = [
        Formula(text.removeprefix("$$"), text.startswith("$$"), Origin.at(1, 1)) for text in texts
    ]
    return COMPILERS[engine].compile(formulas, "a.md")


def html(text: str, engine: str = "math-core") -> str:
    compiled = compile_all(text, engine=engine)
    assert compiled.diagnostics == ()
    return re.sub(r' alttext="[^"]*"', "", compiled.formulas[0].html)


def visible(text: str, engine: str) -> str:
    """The characters a reader sees, without the invisible operators."""
    return re.sub(r"<[^>]*>|[\s\u2061-\u2064\ufe00\ufe01]", "", html(text, engine))


@pytest.mark.parametrize(
    ("tex", "mathml"),
    [
        ("x", "<math><mi>x</mi></math>"),
        ("x_1^2", "<math><msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup></math>"),
        (r"\frac12", "<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>"),
        (r"\sqrt[3]{x}", "<math><mroot><mi>x</mi><mn>3</mn></mroot></math>"),
        (r"\R", "<math><mi>ℝ</mi></math>"),
        (r"\text{a<b}", "<math><mtext>a&lt;b</mtext></math>"),
    ],
)
def test_mathml(tex: str, mathml: str) -> None:
    assert html(tex) == mathml


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("tex", "seen"),
    [
        (r"a \le b", "a≤b"),
        (r"\norm{x} \in \R", "‖x‖∈ℝ"),
        (r"\pow{x} + \pow[n]{y}", "x2+yn"),
        (r"\text{if $x$ then}", "ifxthen"),
        (r"\mathcal{L}", "ℒ"),
        (r"\boldsymbol{\alpha}", "𝜶"),
        (r"\operatorname{rank} A", "rankA"),
        (r"\sum_{i=1}^n i", "∑i=1ni"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "(abcd)"),
        (r"\begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}", "{1x&gt;00x≤0"),
        (r"\begin{aligned} a &= b \\ c &= d \\ \end{aligned}", "a=bc=d"),
        (r"\substack{i<n \\ j<m}", "i&lt;nj&lt;m"),
        (r"\begin{smallmatrix} a & b \end{smallmatrix}", "ab"),
        (r"\mbox{for all } x", "forallx"),
        (r"\bm{x}", "𝒙"),
        (r"x % a comment", "x"),
        (r"\begin{matrix} a \\[1em] b \end{matrix}", "ab"),
        (r"\newcommand{\half}{\frac{1}{2}} \half", "12"),
        (r"\DeclareMathOperator{\Hom}{Hom} \Hom(A)", "Hom(A)"),
        (r"\def\sq#1{#1^2} \sq{x}", "x2"),
    ],
)
def test_both_engines_show_the_same(tex: str, seen: str, engine: str) -> None:
    assert visible(tex, engine) == seen


def numbers(compiled: CompiledMath) -> list[str]:
    text = "".join(formula.html for formula in compiled.formulas)
    return re.findall(r'class="equation-number"[^>]*>(?:<mtext>)?(\([^)]*\)|[^<]+)<', text)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("display", [True, False])
@pytest.mark.parametrize(
    ("tex", "tag"),
    [
        (r"\operatorname{foo}\limits_x", "munder"),
        (r"\operatorname{foo} \limits_x^y", "munderover"),
        (r"\operatorname*{foo}\nolimits_x", "msub"),
        (r"\operatorname{foo}_x", "msub"),
    ],
)
def test_limits_of_a_name(tex: str, tag: str, display: bool, engine: str) -> None:
    compiled = MathCompiler(MathSettings(engine)).compile(
        [Formula(tex, display, Origin.at(1, 1))], "a.md"
    )
    assert [problem.message for problem in compiled.diagnostics] == []
    assert f"<{tag}>" in compiled.formulas[0].html


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("formulas", "shown"),
    [
        (["$$a"], []),
        ([r"$$\begin{equation} a \end{equation}", r"$$\begin{equation} b \end{equation}"],
         ["(1)", "(2)"]),
        ([r"$$\begin{align} a &= b \\ c &= d \end{align}"], ["(1)", "(2)"]),
        ([r"$$\begin{align} a &= b \\ c &= d \\ \end{align}"], ["(1)", "(2)"]),
        ([r"$$\begin{align*} a &= b \\ c &= d \end{align*}"], []),
        ([r"$$\begin{align} a &= b \notag \\ c &= d \end{align}"], ["(1)"]),
        ([r"$$\begin{gather} a \\ b \nonumber \\ c \end{gather}"], ["(1)", "(2)"]),
        ([r"$$\begin{multline} a \\ b \end{multline}"], ["(1)"]),
        ([r"$$\begin{equation} \begin{split} a &= b \\ &= c \end{split} \end{equation}"], ["(1)"]),
        ([r"$$\begin{align} a \tag{A} \\ b \end{align}"], ["(A)", "(1)"]),
        ([r"$$a \tag{7}"], ["(7)"]),
        ([r"$$a \tag*{Q}"], ["Q"]),
        ([r"$$a \label{x}"], ["(1)"]),
        ([r"$$\begin{align} \begin{aligned} a \\ b \end{aligned} \end{align}"], ["(1)"]),
    ],
)  # fmt: skip
def test_numbers(formulas: list[str], shown: list[str], engine: str) -> None:
    compiled = compile_all(*formulas, engine=engine)
    assert compiled.diagnostics == ()
    assert numbers(compiled) == shown


def test_references_find_labels_before_and_behind_them() -> None:
    compiled = compile_all(
        r"\eqref{eq:late}",
        r"$$\begin{align} a &= b \label{eq:One Law} \\ c \label{eq:late} \end{align}",
        r"\ref{eq:One Law}", r"x = y \text{ by } \eqref{eq:late}",
    )  # fmt: skip
    assert compiled.diagnostics == ()
    assert [(label.name, label.number, label.anchor) for label in compiled.labels] == [
        ("eq:One Law", "1", "eq-one-law"), ("eq:late", "2", "eq-late"),
    ]  # fmt: skip
    first, table, second, inside = (formula.html for formula in compiled.formulas)
    assert first == '<a class="eqref" href="#eq-late">(2)</a>'
    assert second == '<a class="eqref" href="#eq-one-law">1</a>'
    assert 'id="eq-one-law"' in table
    assert 'href="#eq-late"' in inside


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("tex", "code", "column", "says"),
    [
        (r"a + \alhpa", "math-unknown-command", 5, r"\alpha"),
        (r"\begin{matirx} a \end{matirx}", "math-unknown-environment", 1, "matrix"),
        (r"\frac{a}{b", "math-syntax", 9, "}"),
        (r"a } b", "math-syntax", 3, "}"),
        (r"\left( a", "math-syntax", 1, r"\right"),
        (r"a & b", "math-syntax", 3, "aligned"),
        (r"\norm", "math-syntax", 1, "argument"),
        (r"\loop", "math-macro", 1, "loop"),
        (r"\bomb", "math-macro", 1, "bomb"),
        (r"x^2^3", "math-syntax", 0, "second superscript"),
        (r"\begin{pmatrix} a \end{bmatrix}", "math-syntax", 0, "pmatrix"),
        ("{" * 500 + "}" * 500, "math-too-large", 0, ""),
        (r"\frac" * 3000, "math-too-large", 0, ""),
        ("x^" * 3000 + "x", "math-syntax", 0, ""),
        ("x^{" * 3000 + "}" * 3000, "math-too-large", 0, ""),
        (r"\sqrt" * 3000 + " x", "math-too-large", 0, ""),
        (r"\left(" * 3000, "math-too-large", 0, ""),
        ("x" * 200_000, "math-too-large", 0, ""),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else str(value),
)
def test_faults(tex: str, code: str, column: int, says: str, engine: str) -> None:
    compiled = compile_all(tex, engine=engine)
    problem = compiled.diagnostics[0]
    assert problem.code == code
    assert problem.span is not None
    assert not column or problem.span.start.column == column
    assert says in " ".join([problem.message, *problem.hints])
    assert compiled.formulas[0].failed
    assert 'class="math-error"' in compiled.formulas[0].html


def test_all_faults_of_a_formula_are_named() -> None:
    problems = compile_all(r"\foo + \bar{x} + \baz").diagnostics
    assert [problem.span.start.column for problem in problems if problem.span] == [1, 18]


@pytest.mark.parametrize(
    ("tex", "is_sign"),
    [
        (r"x,\ -y", True),
        (r"x=~-y", True),
        (r"(\ \, -y)", True),
        (r"\ \pm y", True),
        (r"x \le\ -y", True),
        (r"x\ -y", False),
        (r"f(x)\ -y", False),
        (r"x'\ +y", False),
    ],
)
def test_a_sign_behind_a_space_is_no_operation(tex: str, is_sign: bool) -> None:
    assert bool(re.search('<mo lspace="0" rspace="0">[−+±]</mo>', html(tex))) is is_sign


def test_the_text_of_a_reference_elsewhere_is_a_line() -> None:
    (rendered,) = compile_all("$$\n\\cref{x,y}\n\\cr\n").formulas
    assert rendered.text == r"\cref{x,y} \cr"


def test_definitions_hold_from_their_formula_on() -> None:
    compiled = compile_all(r"\newcommand{\q}{x} \q", r"\q")
    assert compiled.diagnostics == ()
    assert compile_all(r"\q").diagnostics != ()


def test_duplicate_label_names_both_places() -> None:
    (problem,) = compile_all(r"$$a \label{x}", r"$$b \label{x}").diagnostics
    assert problem.code == "math-label-duplicate"
    assert len(problem.related) == 1


def test_duplicate_tag_is_a_warning_that_names_both_places() -> None:
    (problem,) = compile_all(r"$$a \tag{*}", r"$$b \tag{*}").diagnostics
    assert problem.code == "math-tag-duplicate"
    assert problem.severity is Severity.WARNING
    assert len(problem.related) == 1


def test_tag_that_is_also_the_number_of_another_equation_names_both_places() -> None:
    counted, tagged = r"$$\begin{equation}a\label{x}\end{equation}", r"$$b \tag{1}"
    for texs in ([counted, tagged], [tagged, counted]):
        (problem,) = compile_all(*texs).diagnostics
        assert problem.code == "math-tag-duplicate"
        assert problem.message == "the tag '1' is also the number of another equation"
        places = [problem.span, *(each.span for each in problem.related)]
        assert [span.start.column for span in places if span] == [3, 18]
    assert compile_all(counted, r"$$b \tag*{1}").diagnostics == ()
    assert compile_all(counted, r"$$b \tag{2}").diagnostics == ()


@pytest.mark.parametrize(
    ("tex", "column"),
    [
        ("95% CI", 3), (r"\text{50%}", 9), (r"\\% x", 3), (r"50\%", 0), ("95 % CI", 4),
        ("a % CI", 0), ("a % id: eq-x", 0), ("a %", 0), ("a % first\n+ b", 0),
        (r"\newcommand{\q}{x} % notation: it", 0),
    ],
)  # fmt: skip
def test_percent_sign_that_hides_the_rest_of_its_line_is_said(tex: str, column: int) -> None:
    said = [each for each in compile_all("$$" + tex).diagnostics if "comment" in each.message]
    assert [each.span.start.column for each in said if each.span] == [column] * bool(column)
    assert all(each.hints == (r"a percent sign is written '\%'",) for each in said)


@pytest.mark.parametrize(
    ("tex", "meant"), [("a &lt; b", "<"), ("a&gt;b", ">"), ("a &amp; b", r"\&"), ("x&nbsp;y", "~")]
)
def test_characters_of_html_are_told_apart_from_ampersands(tex: str, meant: str) -> None:
    (problem,) = compile_all(tex).diagnostics
    assert "is HTML" in problem.message
    assert problem.hints == (f"write '{meant}'",)
    assert compile_all(r"\begin{aligned}a&lt;\\b&c\end{aligned}").diagnostics == ()


@pytest.mark.parametrize(
    "tex",
    [
        r"\begin{numcases}{x}\dmat{\\\begin{empheq}[left=x]{align}\\\color{red}}"
        r"\splitfrac{\\\Aboxed{&\displaystyle\end{align}",
        r"{\bf&\rowcolor{c}\\\begin{numcases}{x}}\@ifstar\style{color:red}{ \displaystyle"
        r"\style{color:red}{é}\definecolor{c}{rgb}{1,0,0}"
        r"&\begin{empheq}[left=x]{align}\\\cr\\\end{empheq}}\end{empheq}}",
    ],
)
def test_groups_left_open_over_rows_are_errors_and_no_crash(tex: str) -> None:
    for display in ("", "$$"):
        assert compile_all(display + tex).formulas[0].failed


@pytest.mark.parametrize("engine", ENGINES)
def test_roots_of_unicode_are_roots(engine: str) -> None:
    assert html("∛x+∜{ab}", engine) == html(r"\sqrt[3] x+\sqrt[4]{ab}", engine)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "tex",
    [
        r"\text{<script>alert(1)</script>}", r"\text{\"><img src=x onerror=alert(1)>}",
        r"\href{javascript:alert(1)}{x}", r"\url{data:text/html,x}", r"\color{red;x:url(y)}{x}",
        r"\operatorname{<b>}", r"\tag{<b>}", r"\label{\"><b>}", r"\unicode{60}b>", "<b>x</b>",
        r"\htmlId{x\" onclick=y}{z}", r"\class{a\" b}{z}", r"\style{color:red}{x}",
    ],
)  # fmt: skip
def test_hostile_formulas_are_harmless(tex: str, engine: str) -> None:
    for display in ("", "$$"):
        full = compile_all(display + tex, engine=engine).formulas[0].html
        ElementTree.fromstring(f"<div>{full}</div>")
        text = re.sub(r' (?:alttext|title)="[^"]*"', "", full)
        assert not re.search(r"<(?:script|img|b)\b", text)
        assert not re.search(r"<[^>]*\s(?:on\w+|style)=", text)
        assert not re.search(r'href="(?!#|https?:|mailto:)', text)


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\sigma_{\max}(A+B)", "σ_max(A+B)"),
        ("x^2", "x²"),
        (r"\frac{a}{b}", "a/b"),
        (r"\frac{a+b}{c}", "(a+b)/c"),
        (r"\R^n", "ℝⁿ"),
        (r"\lVert x \rVert", "‖x‖"),
        (r"a \le b", "a ≤ b"),
        (r"f'(x)", "f′(x)"),
        (r"\text{rank } A", "rank A"),
        (r"\sqrt{2}", "√2"),
    ],
)
def test_readable_text(tex: str, text: str) -> None:
    said = tex_to_text(tex, {"R": macro_from_text("R", r"\mathbb{R}")})
    assert said.replace(" ", "") == text.replace(" ", "")


PIECES = st.sampled_from(
    [
        *"abx12+-=()[]{}^_&~%#'$<>\" ",
        r"\frac", r"\sqrt", r"\left(", r"\right)", r"\\", r"\alpha", r"\text{", r"\begin{align}",
        r"\end{align}", r"\begin{pmatrix}", r"\end{pmatrix}", r"\label{x}", r"\tag{1}",
        r"\eqref{x}", r"\norm", r"\pow[", r"\newcommand{\q}{x}", r"\q", r"\loop", r"\hline",
        r"\middle|", r"\limits", r"\not", r"\verb|x|", r"\substack{", r"\mathbb",
        r"\operatorname*{",
        r"\mathrm{", r"\begingroup", r"\endgroup", r"\mathchoice", "''", r"\'", r"\bordermatrix{",
        r"\begin{cases*}", r"\end{cases*}", r"\tensor{T}{", r"\indices{", r"\root",
        r"\of", r"\buildrel", r"\raise1pt", r"\ce{", r"\pu{", r"\Aboxed{",
        r"\enclose{box}{", r"\bbox[red]{", r"\upalpha", r"\not{", r"\matrix{", r"\cases{",
        r"\cr", r"\mathit{ab}", r"\require{physics}", r"\dv{", r"\braket{",
        r"\DeclarePairedDelimiterX\d[1]{(}{)}{#1}", r"\d*", r"\prescript{", r"->", r"H2O",
        r"^2-",
    ]
)  # fmt: skip


CHILDREN = {
    "mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3,
    "munderover": 3,
}  # fmt: skip
"""How many children MathML Core wants of an element."""


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(PIECES, max_size=14).map("".join), st.booleans(), st.sampled_from(ENGINES))
def test_any_formula_compiles_or_is_reported(tex: str, display: bool, engine: str) -> None:
    compiled = compile_all(("$$" if display else "") + tex.removeprefix("$$"), engine=engine)
    (formula,) = compiled.formulas
    # What a reference shows is left open between two NULs until it is known where it leads.
    tree = ElementTree.fromstring(re.sub("\0.*?\0", "", f"<div>{formula.html}</div>"))
    for element in tree.iter():
        assert len(element) == CHILDREN.get(element.tag, len(element)), element.tag
    # A label given twice is an error of the note; the formula itself can be shown.
    faults = [d for d in compiled.diagnostics if d.code != "math-label-duplicate"]
    assert formula.failed is any(d.severity.value == "error" for d in faults)
    if not formula.failed:
        shown = re.sub(r' alttext="[^"]*"', "", formula.html)
        assert "??" not in shown
        tex_to_text(tex, {})


@pytest.mark.parametrize(
    "tex",
    [r"x \xrightarrow{f} y", r"x \xlongequal[b]{a} y", r"\ce{A <=>[\Delta] B}", r"a\backslash b"],
)
def test_browsers_put_no_second_space_beside_a_sign(tex: str) -> None:
    assert re.search(r'<mo[^>]* lspace="0" rspace="0"[^>]*>[→=⇌\\]</mo>', html(tex))
