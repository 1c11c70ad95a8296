r"""`numcases`, `subnumcases`, `empheq`: numbered rows with something beside all of them."""

from __future__ import annotations

import re

import pytest

from notesite.math import CompiledMath, Formula, MathCompiler, MathSettings
from notesite.spans import Origin

ENGINES = ("math-core", "latex2mathml")


def compiled(tex: str, engine: str = "math-core") -> CompiledMath:
    return MathCompiler(MathSettings(engine)).compile([Formula(tex, True, Origin.at(1, 1))], "a.md")


def rows(tex: str, engine: str = "math-core") -> list[list[str]]:
    """The text of each cell of the rows, what only takes room left out; `*n` for n rows."""
    result = compiled(tex, engine)
    assert [problem.message for problem in result.diagnostics] == []
    html = re.sub("<mphantom>.*?</mphantom>", "", result.formulas[0].html)
    found = []
    for row in re.findall(r"<mtr[^>]*>(.*?)</mtr>", html):
        cells = []
        for attributes, content in re.findall(r"<mtd([^>]*)>(.*?)</mtd>", row):
            span = re.search(r'rowspan="(\d)"', attributes)
            text = re.sub(r"<[^>]*>|\s", "", content)
            cells.append(text + (f"*{span[1]}" if span else ""))
        found.append(cells)
    return found


@pytest.mark.parametrize("engine", ENGINES)
def test_numbered_cases_have_a_brace_over_all_rows_and_texts(engine: str) -> None:
    tex = r"\begin{numcases}{f =} a & if $x > 0$ \label{eq:a} \\ b & else \notag \end{numcases}"
    assert rows(tex, engine) == [
        ["", "f={*2", "a", "ifx&gt;0", "(1)"],
        ["", "b", "else", ""],
    ]


def test_sub_cases_are_numbered_by_letters() -> None:
    tex = r"\begin{subnumcases}{} a \\ b \end{subnumcases}"
    assert [row[-1] for row in rows(tex)] == ["(1a)", "(1b)"]


def test_the_label_of_a_case_names_its_number() -> None:
    tex = r"\begin{numcases}{} a & b \\ c & d \label{eq:second} \tag{x} \end{numcases}"
    [label] = compiled(tex).labels
    assert (label.name, label.number, label.anchor) == ("eq:second", "x", "eq-second")


def test_numbered_cases_inside_of_a_formula_are_cases() -> None:
    inside = compiled(r"a + \begin{numcases}{f =} a & if b \end{numcases}")
    cases = compiled(r"a + f = \begin{cases*} a & if b \end{cases*}")
    strip = re.compile(' alttext="[^"]*"')
    assert strip.sub("", inside.formulas[0].html) == strip.sub("", cases.formulas[0].html)


@pytest.mark.parametrize("engine", ENGINES)
def test_empheq_puts_delimiters_at_both_sides(engine: str) -> None:
    options = r"[left=f\empheqlbrace\,, right=\empheqrbrack]"
    tex = rf"\begin{{empheq}}{options}{{align}} a &= b \\ c \end{{empheq}}"
    assert rows(tex, engine) == [
        ["", "f{*2", "a", "=b", "]*2", "(1)"],
        ["", "c", "", "(2)"],
    ]


def test_an_empheq_without_options_is_its_environment() -> None:
    strip = re.compile(' alttext="[^"]*"')
    with_it = compiled(r"\begin{empheq}{alignat=2} a &= b && c \\ d \end{empheq}")
    without = compiled(r"\begin{alignat}{2} a &= b && c \\ d \end{alignat}")
    assert strip.sub("", with_it.formulas[0].html) == strip.sub("", without.formulas[0].html)


def test_a_box_goes_around_all_cells_but_not_the_numbers() -> None:
    html = (
        compiled(r"\begin{empheq}[box=\fbox]{align} a &= b \\ c &= d \end{empheq}").formulas[0].html
    )
    cells = [cell.partition(">")[0] for cell in html.split("<mtd")[1:]]
    sides = ["".join(sorted(set(re.findall(r"math-solid-(\w)", cell)))) for cell in cells]
    assert sides == ["", "lt", "rt", "", "", "bl", "br", ""]


def test_a_single_equation_is_braced_and_boxed() -> None:
    html = (
        compiled(r"\begin{empheq}[left=\empheqlbrace, box=\fbox]{equation} a \end{empheq}")
        .formulas[0]
        .html
    )
    assert '<mrow class="math-boxed"><mrow><mo>{</mo><mi>a</mi></mrow></mrow>' in html


@pytest.mark.parametrize(
    ("tex", "message"),
    [
        (r"\begin{empheq}{cases} a \end{empheq}", "'empheq' cannot be put around 'cases'"),
        (r"a \begin{empheq}{align} a \end{empheq}", "'empheq' must be the whole of a display"),
        (r"\begin{numcases}{f} a & b", "'\\begin{numcases}' is never closed"),
    ],
)
def test_misuse_is_told(tex: str, message: str) -> None:
    [problem, *_] = compiled(tex).diagnostics
    assert problem.message.startswith(message)


@pytest.mark.parametrize("engine", ENGINES)
def test_lines_between_rows_of_an_alignment(engine: str) -> None:
    html = (
        compiled(r"\begin{aligned} a &= b \\ \hline c &= d \end{aligned}", engine).formulas[0].html
    )
    cells = [cell.partition(">")[0] for cell in html.split("<mtd")[1:]]
    assert ["math-solid-top" in cell for cell in cells] == [False, False, True, True]


def test_a_line_below_an_alignment_has_no_number() -> None:
    html = compiled(r"\begin{align} a &= b \\ \hline \end{align}").formulas[0].html
    assert html.count("<mtext>(") == 1
    assert 'class="math-last-rule"' in html


def test_a_line_in_the_middle_of_a_row_is_told() -> None:
    [problem] = compiled(r"\begin{align} a \hline &= b \end{align}").diagnostics
    assert problem.message == "'\\hline' cannot stand here"


def test_split_fractions_stand_left_and_right() -> None:
    html = compiled(r"\frac{\splitfrac{a + b}{+ c}}{d}").formulas[0].html
    assert html.index('<mtd class="math-left"><mi>a</mi>') < html.index('<mtd class="math-right">')


def test_an_array_without_columns_has_as_many_as_it_needs() -> None:
    html = compiled(r"\begin{array}{} a & b & c \\ d \end{array}").formulas[0].html
    assert html.count("<mtd>") == 4
