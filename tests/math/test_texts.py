r"""Commands on the wrong side of `\text`, and what the engines lack."""

from __future__ import annotations

import re

import pytest

from notesite.math import Formula, MathCompiler, MathSettings
from notesite.spans import Origin

COMPILER = MathCompiler(MathSettings())


def html(tex: str) -> str:
    """The content of the formula's element."""
    compiled = COMPILER.compile([Formula(tex, False, Origin.at(1, 1))], "a.md")
    assert [problem.message for problem in compiled.diagnostics] == []
    return re.sub(r"^<math[^>]*>|</math>$", "", compiled.formulas[0].html)


@pytest.mark.parametrize(
    ("tex", "mathml"),
    [
        (r"\aa", "<mtext>å</mtext>"),
        (r"\'{e}", "<mtext>é</mtext>"),
        (r"\fbox{a}", '<mrow class="math-boxed"><mtext>a</mtext></mrow>'),
        (r"\sout{x}", '<mrow class="math-sout"><mi>x</mi></mrow>'),
        (r"\mathsfit{aB1}", "<mrow><mi>𝘢</mi><mi>𝘉</mi><mi>𝟣</mi></mrow>"),
        (r"\mathreflectbox{R}", '<mrow class="math-reflected"><mi>R</mi></mrow>'),
        (r"\fcolorbox{red}{white}{a}",
         '<mrow class="math-frame" mathbackground="#ff0000"><mrow class="math-colorbox" '
         'mathbackground="#ffffff"><mtext>a</mtext></mrow></mrow>'),
        (r"\mapsfrom", '<mo stretchy="false" lspace="0" rspace="0">↤</mo>'),
    ],
)  # fmt: skip
def test_structure(tex: str, mathml: str) -> None:
    assert html(tex) == mathml


@pytest.mark.parametrize(
    ("tex", "seen"),
    [
        (r"\text{a \bf b}", "a b"),
        (r"\text{a {\it b} c}", "a b c"),
        (r"\text{5 \pounds, \copyright{} me}", "5 £, © me"),
        (r"\text{the \alpha-quantile}", "the α-quantile"),
        (r"\text{\underline{so}}", "so̲"),
        (r"\text{\sout{gone}}", "gone"),
        (r"\text{\'{\^a} Nguy\~{\^e}n \^{\i}}", "ấ Nguyễn î"),
        (r"\text{[\lbrack]}", "[[]"),
        (r"\text{a \(x\) b}", "a x b"),
        (r"\text{a\hspace{1em}b\kern 1em c\hskip1em d\;\:e}", "abcd\u2004e"),
        (r"\text{a\enspace b \dagger c}", "ab †c"),
    ],
)
def test_text(tex: str, seen: str) -> None:
    assert re.sub("<[^>]*>", "", html(tex)).replace("\u00a0", " ") == seen


def test_switches_in_text_change_the_font() -> None:
    assert "<b>b" in html(r"\text{a \bf b}")
    assert html(r"\text{\rm a}") == '<mtext><span class="math-roman">a</span></mtext>'


@pytest.mark.parametrize("tex", [r"\verb x", r"\text{\frac12}", r"\mathsfit{\alpha}"])
def test_refusals(tex: str) -> None:
    compiled = COMPILER.compile([Formula(tex, False, Origin.at(1, 1))], "a.md")
    assert compiled.formulas[0].failed


@pytest.mark.parametrize(
    ("tex", "sign"),
    [
        (r"x_1 + \dots + x_n", "⋯"),
        (r"a = \dots = b", "⋯"),
        (r"\dots \le b", "⋯"),
        (r"\dots \int", "⋯"),
        (r"1, \dots, n", "..."),
        (r"\text{and \dots}", "…"),
    ],
)
def test_dots_are_chosen_by_what_follows(tex: str, sign: str) -> None:
    assert sign in re.sub("<[^>]*>", "", html(tex))


@pytest.mark.parametrize("engine", ["math-core", "latex2mathml"])
def test_a_colon_has_its_spaces(engine: str) -> None:
    compiler = MathCompiler(MathSettings(engine))
    compiled = compiler.compile([Formula(r"f\colon A", False, Origin.at(1, 1))], "a.md")
    assert '<mo lspace="0.1111em" rspace="0.3333em">:</mo>' in compiled.formulas[0].html


@pytest.mark.parametrize(
    ("tex", "seen"),
    [
        (r"\N x", "ℕx"),
        (r"\argmin_x f", "arg minxf"),
        (r"\frac 1m + \frac12em", "1m+12em"),
        (r"x^1m", "x1m"),
        (r"\sim * \cdot", "∼∗⋅"),
    ],
)
def test_latex2mathml_takes_what_it_would_misread(tex: str, seen: str) -> None:
    compiler = MathCompiler(MathSettings("latex2mathml"))
    compiled = compiler.compile([Formula(tex, True, Origin.at(1, 1))], "a.md")
    assert compiled.diagnostics == ()
    shown = re.sub(r' alttext="[^"]*"', "", compiled.formulas[0].html)
    assert re.sub("<[^>]*>", "", shown) == seen


@pytest.mark.parametrize(
    ("tex", "mathml"),
    [
        (r"\class{a b}{x}", '<mrow class="a b"><mi>x</mi></mrow>'),
        (r"\style{color: red; font-size: 0.8em}{x}",
         '<mrow mathcolor="#ff0000" mathsize="0.8em"><mi>x</mi></mrow>'),
        (r"\htmlStyle{background-color:#ff0}{x}", '<mrow mathbackground="#ff0"><mi>x</mi></mrow>'),
        (r"\style{visibility:hidden}{x}", "<mphantom><mi>x</mi></mphantom>"),
        (r"\unicode{x212B}", "<mi>\u212b</mi>"),
        (r"\unicode[.5,0.1][Arial]{8364}", "<mi>€</mi>"),
        (r"\text{a\unicode{x2014}b}", "<mtext>a—b</mtext>"),
        (r"\mathbfsf{A1}", "<mrow><mi>𝗔</mi><mi>𝟭</mi></mrow>"),
        (r"\symbffrak{Z}", "<mrow><mi>𝖅</mi></mrow>"),
        (r"\left\Arrowvert x \right\arrowvert",
         '<mrow><mo stretchy="false">‖</mo><mi>x</mi><mo stretchy="false">|</mo></mrow>'),
        (r"\llap{\alpha}",
         '<mpadded width="0" class="math-llap"><mrow><mi>α</mi></mrow></mpadded>'),
    ],
)  # fmt: skip
def test_what_mathjax_knows_besides(tex: str, mathml: str) -> None:
    assert html(tex) == mathml


@pytest.mark.parametrize(
    ("tex", "message"),
    [
        (r"\style{transform: none}{x}", "the style 'transform: none' is left out"),
        (r"\style{color: url(x)}{x}", "the style 'color: url(x)' is left out"),
        (r"\cssId{a}{x}", r"the id of '\cssId' is left out"),
    ],
)
def test_what_is_left_out_of_a_formula_is_a_hint(tex: str, message: str) -> None:
    compiled = COMPILER.compile([Formula(tex, False, Origin.at(1, 1))], "a.md")
    assert [(each.code, each.message) for each in compiled.diagnostics] == [("math-habit", message)]
    assert "<mi>x</mi>" in compiled.formulas[0].html


@pytest.mark.parametrize("tex", [r"\unicode{y}", r"\unicode{x110000}", r"\unicode{10}"])
def test_what_is_no_character_is_told(tex: str) -> None:
    [problem] = COMPILER.compile([Formula(tex, False, Origin.at(1, 1))], "a.md").diagnostics
    assert problem.code == "math-syntax"


@pytest.mark.parametrize(("written", "proposed"), [("icite", "cite"), ("metre", "mathrel")])
def test_a_refused_command_is_proposed_only_when_very_near(written: str, proposed: str) -> None:
    compiled = COMPILER.compile([Formula(f"\\{written}", False, Origin.at(1, 1))], "a.md")
    [problem] = compiled.diagnostics
    assert problem.hints == (f"did you mean '\\{proposed}'?",)


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\text{P\'olya, na\"ive, \v{s}, \'{\^a}}", "Pólya, naïve, š, ấ"),
        (r"\text{a{b}~c}", "ab c"),
        (r"\not{abc}", "a\u0338bc"),
        (r"a \not\in B", "a ∉ B"),
        (r"\surd x", "√x"),
        (r"\mathchoice{D}{T}{S}{U}", "T"),
    ],
)
def test_in_words(tex: str, text: str) -> None:
    compiled = COMPILER.compile([Formula(tex, False, Origin.at(1, 1))], "a.md")
    assert compiled.formulas[0].text == text


def test_a_tag_shows_no_braces() -> None:
    compiled = COMPILER.compile([Formula(r"x\tag*{({hi})}", True, Origin.at(1, 1))], "a.md")
    assert '<span class="equation-number">(hi)</span>' in compiled.formulas[0].html


def test_a_text_says_what_was_in_force_where_its_formula_stands() -> None:
    texts = (r"\def\x{1}", r"(\x)'\text{a}", r"\def\x{2}", r"(\x)'\text{a}")
    formulas = [Formula(tex, False, Origin.at(1, 1)) for tex in texts]
    said = [formula.text for formula in COMPILER.compile(formulas, "a.md").formulas]
    assert said[1::2] == ["(1)′a", "(2)′a"]
