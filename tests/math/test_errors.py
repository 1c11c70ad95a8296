"""What is said of a formula that is wrong, and under which of its characters."""

from __future__ import annotations

import pytest

from notesite.diagnostics import Related
from notesite.math import Formula, MathCompiler, MathSettings
from notesite.math.values import Macro
from notesite.spans import Origin

COMPILER = MathCompiler(MathSettings())

FAULTS = [
    # What a command waits for; the argument may be missing a line below the command.
    (r"a + «\frac»{b}", r"an argument of '\frac' is missing", "write it in braces"),
    (r"\left(«\frac»{a}\right)", r"an argument of '\frac' is missing", ""),
    (r"\begin{pmatrix}«\frac»{a} & b\end{pmatrix}", r"an argument of '\frac' is missing", ""),
    (r"1 + «\sqrt»[3]", r"an argument of '\sqrt' is missing", ""),
    ("a +\n x«^»\n\n", "an argument of '^' is missing", ""),
    (r"x_\sqrt\frac12 + «\hat»", r"an argument of '\hat' is missing", ""),
    # Engines would make a fraction of it, with the script below the line.
    (r"«\frac»{a}^2", r"an argument of '\frac' is missing", ""),
    (r"«\frac»^2{a}", r"an argument of '\frac' is missing", ""),
    (r"a«\sqrt»_2", r"an argument of '\sqrt' is missing", ""),
    (r"«\begin»{alignedat} a &= b \end{alignedat}", "needs the number of its pairs", "as in {2}"),
    (r"\bigl «x»", r"'\bigl' needs a delimiter", "write one such as"),
    # A brace too many is no end of what it stands in.
    (r"\begin{cases} a & b «}» \end{cases}", "'}' closes nothing", "add the missing '{'"),
    (r"\left( a «}» \right)", "'}' closes nothing", ""),
    (r"{ «\left»( a } + b", r"'\left' is not closed before '}'", r"add the missing '\right'"),
    (
        r"\begin{align} a «\end»{equation}",
        r"'\begin{align}' is closed by '\end{equation}'",
        r"write '\end{align}' here",
    ),
    (r"\color{«rde»} b", "'rde' is not a colour", "did you mean 'red'?"),
    (r"a + \textcolor«7»{b}", "'7' is not a colour", ""),
    # What belongs to a document.
    (r"a «\item» b", r"there is no command '\item'", "lists are Markdown's"),
    (r"«\section»{x}", r"there is no command '\section'", "headings are Markdown's"),
    (r"«\usepackage»{x}", r"there is no command '\usepackage'", "preamble.tex"),
    (r"a«\vspace»{1em}", r"there is no command '\vspace'", r"'\\[1em]'"),
    (r"«\begin»{theorem} x \end{theorem}", "no environment 'theorem'", "::: theorem"),
    (r"«\begin»{figure*} x \end{figure*}", "no environment 'figure*'", "outside of the formula"),
]


@pytest.mark.parametrize(("marked", "message", "hint"), FAULTS)
def test_faults(marked: str, message: str, hint: str) -> None:
    start = marked.index("«")
    end = marked.index("»") - 1
    tex = marked.replace("«", "").replace("»", "")
    (problem, *_) = COMPILER.compile([Formula(tex, True, Origin.at(1, 1))], "a.md").diagnostics
    assert problem.span is not None
    assert (problem.span.start.column - 1, problem.span.end.column - 1) == (start, end)
    assert message in problem.message
    assert hint in "\n".join(problem.hints)


@pytest.mark.parametrize(
    ("tex", "message"),
    [
        (r"x_a_b", "a second superscript or subscript"),
        (r"x'^2_3'", "a second superscript or subscript"),
        (r"{1^}", "an argument of '^' is missing"),
        (r"1^{2\sqrt}", r"an argument of '\sqrt' is missing"),
        (r"\frac2^34", r"an argument of '\frac' is missing"),
        (r"1\over 2\over 3", r"a second \over in one group"),
        (r"{\left(1+2}\right)", r"'\left' is not closed before '}'"),
        (r"\begingroup xy}", "'}' closes nothing"),
        (r"\begingroup xy", r"'\begingroup' is never closed"),
        (r"{xy\endgroup}", r"'\endgroup' closes nothing"),
        (r"\rule{999em}{1em}", r"'\rule' needs a width and a height"),
        ("a\\", "there is no command '\\'"),
        ("a\u202eb", "the character U+202E cannot stand in a formula"),
        (r"\root{x}", r"'\root' without '\of'"),
    ],
)
@pytest.mark.parametrize("engine", ["math-core", "latex2mathml"])
def test_both_engines_refuse(tex: str, message: str, engine: str) -> None:
    formula = Formula(tex, False, Origin.at(1, 1))
    found = MathCompiler(MathSettings(engine)).compile([formula], "a.md")
    assert found.formulas[0].failed
    assert found.diagnostics[0].message.startswith(message)


@pytest.mark.parametrize("engine", ["math-core", "latex2mathml"])
@pytest.mark.parametrize("space", ["~", r"\quad ", r"\,"])
def test_spaces_without_end_are_refused(space: str, engine: str) -> None:
    """The time that an engine takes grows with their square: 99,000 took it ten seconds."""
    compiler = MathCompiler(MathSettings(engine))
    texts = (space * 10, space * 2_000, "\\'{" * 3_000 + "e" + "}" * 3_000)
    formulas = [Formula(tex, True, Origin.at(1, 1)) for tex in texts]
    found = compiler.compile(formulas, "a.md")
    assert {each.code for each in found.diagnostics} <= {"math-too-large", "math-empty"}
    assert "spaces in a row" in found.diagnostics[0].message


@pytest.mark.parametrize(
    ("tex", "is_told"),
    [
        (r"\begin{equation}a \\ b\end{equation}", True),
        (r"\begin{equation*}a \cr b\end{equation*}", True),
        (r"\begin{equation}a \\ \end{equation}", False),
        (r"\begin{equation}\begin{split}a \\ b\end{split}\end{equation}", False),
        (r"a \\ b", False),
    ],
)
def test_a_line_break_in_an_environment_of_one_line(tex: str, is_told: bool) -> None:
    found = COMPILER.compile([Formula(tex, True, Origin.at(1, 1))], "a.md").diagnostics
    assert [each.code for each in found] == ["math-habit"] * is_told


@pytest.mark.parametrize(
    "tex",
    [
        r"{}^2 \frac{a}{b}^2 + \sqrt2^3",
        r"\frac{{}^2 a}{{}_b c}",
        r"\sum\limits_{i} {}_a",
        r"\binom nk^2 + {}^\top\!A",
        r"\xrightarrow[a]{b} {}_c \sqrt[3]{x}_d",
        r"{}_x\hat a^\frac12",
    ],
)
def test_scripts_with_nothing_below_them(tex: str) -> None:
    assert not COMPILER.compile([Formula(tex, True, Origin.at(1, 1))], "a.md").diagnostics


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("alhpa", "alpha"),
        ("lamda", "lambda"),
        ("smu", "sum"),
        ("itn", "int"),
        ("letf", "left"),
        ("subsetq", "subseteq"),
        ("Leftrigtharrow", "Leftrightarrow"),
        ("textfb", "textbf"),
        ("aht", "hat"),
        ("Infty", "infty"),
        ("varepsilom", "varepsilon"),
        ("oprus", "oplus"),
        ("operatornname", "operatorname"),
        ("rightarow", "rightarrow"),
        ("widthat", "widehat"),
    ],
)
def test_the_nearest_command(written: str, meant: str) -> None:
    formula = Formula(rf"\{written}{{x}}", True, Origin.at(1, 1))
    problem = COMPILER.compile([formula], "a.md").diagnostics[0]
    assert problem.hints[0] == f"did you mean '\\{meant}'?"


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        (r"\sinx", r"\sin x"), (r"\Deltax", r"\Delta x"), (r"x\leqy", r"\leq y"),
        (r"\mathbbR", r"\mathbb{R}"), (r"\vecx", r"\vec{x}"), (r"\alphaa", r"\alpha"),
        (r"\varphii", r"\varphi"), (r"\inft", r"\infty"), (r"\union", r"\cup"),
        (r"\squareroot{x}", r"\sqrt"), (r"\equals", "="), (r"\dx", r"\,dx"),
    ],
)  # fmt: skip
def test_letters_grown_together_and_names_of_signs(written: str, hint: str) -> None:
    formula = Formula(written, True, Origin.at(1, 1))
    problem = COMPILER.compile([formula], "a.md").diagnostics[0]
    assert problem.hints[0] == f"did you mean '{hint}'?"


@pytest.mark.parametrize(
    ("tex", "places", "hint"),
    [
        (r"\left{ x \right}", [6, 16], r"'\{'"),
        (r"\left\{ x \right}", [17], r"'\}'"),
        (r"\left x \right)", [7], "such as ( ["),
        (r"\left( x \right 1", [17], "such as ( ["),
    ],
)
def test_what_is_no_delimiter(tex: str, places: list[int], hint: str) -> None:
    found = COMPILER.compile([Formula(tex, True, Origin.at(1, 1))], "a.md").diagnostics
    assert all("needs a delimiter" in each.message for each in found)
    assert [each.span.start.column for each in found if each.span] == places
    assert hint in found[0].hints[0]


@pytest.mark.parametrize(
    ("tex", "column"),
    [("||x||", 1), ("a + ||x||_2", 5), (r"\|x\|", 0), (r"\begin{array}{c||c}a&b\end{array}", 0)],
)
def test_double_bars_are_a_habit_that_hurts(tex: str, column: int) -> None:
    found = COMPILER.compile([Formula(tex, True, Origin.at(1, 1))], "a.md").diagnostics
    places = [each.span.start.column for each in found if each.span and each.code == "math-habit"]
    assert places == ([column] if column else [])
    assert all(each.severity.value == "hint" for each in found)


def test_dollars_of_a_price_around_a_mistake() -> None:
    formula = Formula(r"10 of the \alhpa market", False, Origin.at(1, 1))
    (problem,) = COMPILER.compile([formula], "a.md").diagnostics
    assert "if this is not a formula, write its dollar signs as '\\$'" in problem.hints


def test_the_macro_within_a_macro_that_is_wrong_is_named_too() -> None:
    places = {name: Related("the macro is defined here", f"{name}.toml", None) for name in "opq"}
    macros = (
        ("outer", Macro(r"\between{#1}", 1, defined_at=places["o"])),
        ("between", Macro(r"1 + \inner{#1}", 1, defined_at=places["p"])),
        ("inner", Macro(r"\mathbf{#1} \nosuch", 1, defined_at=places["q"])),
    )
    compiler = MathCompiler(MathSettings(macros=macros))
    formulas = [Formula(tex, False, Origin.at(1, 1)) for tex in (r"\outer{x}", r"\inner{x}")]
    through, directly = compiler.compile(formulas, "a.md").diagnostics
    assert through.related == (places["o"], places["q"])
    hint = r"this comes from the macro '\outer', which makes use of '\inner'"
    assert hint in through.hints
    assert directly.related == (places["q"],)


def test_macros_that_use_each_other_in_a_circle_are_told_of_once() -> None:
    macros = (("a", Macro(r"\b\nosuch")), ("b", Macro(r"\a")))
    (problem,) = (
        MathCompiler(MathSettings(macros=macros))
        .compile([Formula(r"\b", False, Origin.at(1, 1))], "a.md")
        .diagnostics
    )
    assert problem.code == "math-macro"
