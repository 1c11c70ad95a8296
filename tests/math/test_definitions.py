r"""Definitions: `\newcommand` and its relatives, macro sets, preambles, and their order."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest

from notesite.math import (
    CompiledMath,
    Formula,
    MathCompiler,
    MathSettings,
    Preamble,
    macro_from_text,
)
from notesite.math.macro_sets import MACRO_SETS
from notesite.spans import Origin, Position

ENGINES = ("math-core", "latex2mathml")


def compile_all(*texts: str, note_macros=None, **settings) -> CompiledMath:
    """The formulas compiled as one note; displays begin with `$$`, which is taken away."""
    formulas = [
        Formula(text.removeprefix("$$"), text.startswith("$$"), Origin.at(1, 1)) for text in texts
    ]
    return MathCompiler(MathSettings(**settings)).compile(formulas, "a.md", note_macros or {})


def seen(compiled: CompiledMath) -> str:
    """The characters that the last formula shows."""
    assert [problem.message for problem in compiled.diagnostics] == []
    text = re.sub(r' alttext="[^"]*"', "", compiled.formulas[-1].html)
    return re.sub(r"<[^>]*>|[\s\u2061-\u2064]", "", text)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("tex", "shown"),
    [
        (r"\newcommand\half{\frac12}\half", "12"),
        (r"\newcommand*{\half}{\frac12}\half", "12"),
        (r"\newcommand{\at}[2]{#1_{#2}}\at xy", "xy"),
        (r"\newcommand{\at}[2][n]{#1_{#2}}\at{x}+\at[m]{y}", "nx+my"),
        (r"\renewcommand{\alpha}{A}\alpha", "A"),
        (r"\providecommand{\alpha}{A}\providecommand{\newone}{B}\alpha\newone", "αB"),
        (r"\def\sq#1{#1^2}\sq{ab}", "ab2"),
        (r"\def\pair(#1,#2){\langle#1\mid#2\rangle}\pair(a,{b,c})", "⟨a∣b,c⟩"),
        (r"\def\upto#1.{[#1]}\upto abc.d", "[abc]d"),
        (r"\def\to#1\end#2{#1-#2}\to a\end b", "a-b"),
        (r"\let\eps\varepsilon\eps", "ε"),
        (r"\let\eps=\varepsilon\eps", "ε"),
        (r"\let\old\phi\let\phi\varphi\let\varphi\old\phi\varphi", "φϕ"),
        (r"\def\a{x}\edef\b{\a}\def\a{y}\a\b", "yx"),
        (r"\def\a{x}\def\b{\a}\def\a{y}\a\b", "yy"),
        (r"\NewDocumentCommand{\pd}{m O{x}}{\frac{#1}{#2}}\pd{f}+\pd{f}[y]", "fx+fy"),
        (r"\NewDocumentCommand\ev{s m}{\IfBooleanTF{#1}{A}{B}#2}\ev{f}\ev*{g}", "BfAg"),
        (r"\NewDocumentCommand{\lp}{o m}{L\IfValueT{#1}{^{#1}}(#2)}\lp{X}\lp[p]{Y}", "L(X)Lp(Y)"),
        (r"\NewDocumentCommand{\lp}{ o +m}{\IfNoValueTF{#1}{L}{#1}#2}\lp{X}\lp[p]Y", "LXpY"),
        (r"\NewDocumentCommand{\at}{r() d|| D<>{z}}{#1\IfNoValueF{#2}{#2}#3}\at(x)|y|\at(a)<b>",
         "xyzab"),
        (r"\NewDocumentCommand{\pm}{t+ m}{\IfBooleanF{#1}{-}#2}\pm+x\pm y", "x-y"),
        (r"\NewDocumentCommand{\in}{d()}{[\IfValueT{#1}{#1}]}\in(a(b)c)\in{}", "[a(b)c][]"),
        (r"\RenewDocumentCommand{\alpha}{}{A}\ProvideDocumentCommand{\beta}{}{B}\alpha\beta", "Aβ"),
        (r"\newcommand{\outer}[1]{\newcommand{\inner}[1]{##1+#1}}\outer{a}\inner{b}", "b+a"),
        (r"\verb+x%y+", "x%y"),
        (r"\makeatletter\def\@sq#1{#1^2}\makeatother\@sq x", "x2"),
        (r"\def\t{\@ifnextchar[{\y}{\n}}\def\y[#1]{Y#1}\def\n{N}\t[a]\t b", "YaNb"),
        (r"\def\t{\@ifstar{S}{N}}\t* \t x", "SNx"),
        (r"\@firstoftwo{a}{b}\@secondoftwo{a}{b}", "ab"),
        (r"\futurelet\next\mathrm x\next", "xx"),
        (r"\DeclareMathOperator{\Hom}{Hom}\Hom(A)", "Hom(A)"),
        (r"\DeclareMathOperator*{\colim}{colim}\colim_i A", "colimiA"),
        (r"\DeclarePairedDelimiter{\abs}{\lvert}{\rvert}\abs{x}+\abs*{y}", "|x|+|y|"),
        (r"\newenvironment{col}{\begin{matrix}}{\end{matrix}}\begin{col}a\\b\end{col}", "ab"),
        (r"\newenvironment{col}[1][c]{\begin{array}{#1}}{\end{array}}\begin{col}[r]a\end{col}",
         "a"),
    ],
)  # fmt: skip
def test_definitions(tex: str, shown: str, engine: str) -> None:
    assert seen(compile_all(tex, engine=engine)).replace("−", "-") == shown


def test_a_sized_paired_delimiter_is_larger() -> None:
    tex = r"\DeclarePairedDelimiter\abs{|}{|}\abs[\Big]{x}"
    assert compile_all(tex).formulas[0].html.count("minsize") == 2


def test_a_user_environment_may_number() -> None:
    tex = r"$$\newenvironment{eq}{\begin{equation}}{\end{equation}}\begin{eq}x\end{eq}"
    assert ">(1)<" in compile_all(tex).formulas[0].html


@pytest.mark.parametrize(
    ("tex", "says"),
    [
        (r"\newcommand{norm}{x}", "name"),
        (r"\newcommand{\a}[x]{y}", "number of arguments"),
        (r"\newcommand{\a}[1]{#2}", "#2"),
        (r"\newcommand{\a", "never closed"),
        (r"\def\a#2{x}", "#1, #2"),
        (r"\def\a", "no body"),
        (r"\def\a(#1){x}\a[y]", "must be followed by '('"),
        (r"\def\a#1.{x}\a y", "not ended by '.'"),
        (r"\newenvironment{e}{\begin{e}}{}\begin{e}", "'\\begin{e}' expands without end"),
        (r"\newenvironment{e}{x}{\end{e}}\begin{e}\end{e}", "without end"),
        (r"\def\a{\b}\def\b{\a}\a", "without end"),
        (r"\def\a{xxxxxxxxxx\a\a}\a", "without end"),
        (r"\def\a#1{\b{#1#1}}\def\b#1{\a{#1#1}}\a x", "expands to more than"),
        (r"\DeclarePairedDelimiterX{\a}[1]{(}{)}{\a{#1#1}}\a x", "expands to more than"),
        (r"\NewDocumentCommand{\a}{m}{\a{#1#1}}\a x", "expands to more than"),
        (r"\NewDocumentCommand{\a}{e{_} m}{x}", "is not supported"),
        (r"\newcommand{\a}[1]{#1#2}", "has 1 argument"),
        (r"\def\a#1{#1#1}\a{\a{\a{\a{\a{\a{\a{\a{\a{\a{\a{\a{x}}}}}}}}}}}}", "expand"),
    ],
)
def test_faulty_definitions_are_reported_at_once(tex: str, says: str) -> None:
    started = time.perf_counter()
    compiled = compile_all(tex)
    # A bound against hanging, two orders above what it takes.
    assert time.perf_counter() - started < 5
    assert says in " ".join(problem.message for problem in compiled.diagnostics)


def test_a_fault_inside_of_a_macro_names_both_places() -> None:
    compiled = compile_all(r"\newcommand{\bad}{\foo x} y", r"a + \bad")
    (problem,) = compiled.diagnostics
    assert problem.span is not None
    assert problem.span.start.column == 5
    assert [place.file for place in problem.related] == ["a.md"]
    assert any(r"\bad" in hint for hint in problem.hints)


def test_later_definitions_win() -> None:
    """Sets, then the configuration, the preamble, the front matter, the note's formulas."""
    settings: dict[str, Any] = {"macro_sets": ("blackboard",)}
    assert seen(compile_all(r"\R", **settings)) == "ℝ"
    settings["macros"] = (("R", macro_from_text("R", "c")),)
    assert seen(compile_all(r"\R", **settings)) == "c"
    settings["preamble"] = Preamble(r"\newcommand{\R}{p}", "preamble.sty")
    assert seen(compile_all(r"\R", **settings)) == "p"
    front_matter = {"R": macro_from_text("R", "f")}
    assert seen(compile_all(r"\R", note_macros=front_matter, **settings)) == "f"
    assert seen(compile_all(r"\def\R{n}x", r"\R", note_macros=front_matter, **settings)) == "n"


def test_a_preamble_is_read_as_latex_people_write_it() -> None:
    text = r"""
    % \newcommand{\gone}{x}
    \documentclass{article}
    \usepackage[utf8]{inputenc}
    \newtheorem{thm}{Theorem}
    \newcommand{\vect}[1]{\mathbf{#1}}   % bold
    \DeclareMathOperator{\rk}{rk}
    \newenvironment{rows}{\begin{matrix}}{\end{matrix}}
    \let\eps\varepsilon
    """
    settings = {"preamble": Preamble(text, "preamble.tex")}
    shown = seen(compile_all(r"\vect{v}\rk\eps\begin{rows}a\end{rows}", **settings))
    assert shown == "𝐯rkεa"
    assert compile_all(r"\gone", **settings).diagnostics != ()


def test_faults_of_a_preamble_have_their_places() -> None:
    text = "\\newcommand{\\R}{R}\n\\newcomand{\\x}{y}\n  \\newcommand{\\y}[1]{#2}\n"
    compiler = MathCompiler(MathSettings(preamble=Preamble(text, "p.sty")))
    starts = [(p.file, p.span and p.span.start) for p in compiler.diagnostics]
    assert starts == [("p.sty", Position(2, 1)), ("p.sty", Position(3, 3))]
    assert any("newcommand" in hint for hint in compiler.diagnostics[0].hints)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", MACRO_SETS)
def test_every_macro_of_a_set_renders(name: str, engine: str) -> None:
    for command, macro in MACRO_SETS[name].items():
        arguments = MANY_ARGUMENTS.get(macro.form, "{x}" * macro.arguments)
        tex = f"\\{command}{arguments}"
        if macro.form in {"physics:pauli", "physics:diagonal", "physics:entries"}:
            tex = f"\\mqty({tex})"
        assert seen(compile_all(tex, engine=engine, macro_sets=(name,))), tex
        assert macro.description


MANY_ARGUMENTS = {
    **dict.fromkeys(("quantity", "evaluated", "state", "bold", "matrix", "expectation"), "{x}"),
    **dict.fromkeys(("derivative", "flat-fraction", "bracket", "dyad"), "{x}{y}"),
    "element": "{x}{y}{z}", "entries": "{1}{2}{3}", "pauli": "{1}", "diagonal": "{1,2}",
    "words": "{x}",
}  # fmt: skip
MANY_ARGUMENTS = {f"physics:{form}": each for form, each in MANY_ARGUMENTS.items()}


@pytest.mark.parametrize(
    ("tex", "shown", "text"),
    [
        (r"\qty(\frac{f(x)}{2})", "(f(x)2)", "(f(x)/2)"),
        (r"\qty[x]", "[x]", "[x]"),
        (r"\qty|x|", "|x|", "|x|"),
        (r"\qty{x}", "{x}", "{x}"),
        (r"\dv{x}", "ddx", "d/(d x)"),
        (r"\dv[2]{f}{x}", "d2fdx2", "(d² f)/(d x²)"),
        (r"\pdv{f}{x}{y}", "∂2f∂x∂y", "(∂² f)/∂x∂y"),
    ],
)
def test_physics(tex: str, shown: str, text: str) -> None:
    compiled = compile_all(tex, macro_sets=("physics",))
    assert seen(compiled) == shown
    assert compiled.formulas[0].text == text


def test_an_unknown_set_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="blackboard"):
        MathCompiler(MathSettings(macro_sets=("blackbord",)))


def test_a_command_of_a_set_not_chosen_is_hinted_at() -> None:
    (problem,) = compile_all(r"\Var X").diagnostics
    assert "probability" in problem.hints[0]


def test_the_stretch_of_arrays_is_a_formulas_own_unless_it_shows_nothing() -> None:
    matrix = r"\begin{matrix}a\\b\end{matrix}"
    texts = (rf"\def\arraystretch{{2}}{matrix}", matrix, r"\renewcommand\arraystretch{2}", matrix)
    stretched = ["<mspace" in formula.html for formula in compile_all(*texts).formulas]
    assert stretched == [True, False, False, True]


def test_a_stretch_that_is_no_number() -> None:
    [problem] = compile_all(r"\def\arraystretch{a}x").diagnostics
    assert "must be a number" in problem.message


def test_a_macro_defined_anew_is_the_new_one_from_there_on() -> None:
    texts = (r"\def\a{1}", r"\a", r"\def\a{2}", r"\a", r"\begin{matrix}\a\end{matrix}")
    shown = [re.findall(r"<mn>(.)</mn>", each.html) for each in compile_all(*texts).formulas]
    assert shown == [[], ["1"], [], ["2"], ["2"]]
