r"""What columns of an `array` put into their cells: `>{…}`, `<{…}`, `@{…}`, `!{…}`."""

from __future__ import annotations

import re

import pytest

from notesite.math import CompiledMath, Formula, MathCompiler, MathSettings
from notesite.spans import Origin

ENGINES = ("math-core", "latex2mathml")
COMPILERS = {engine: MathCompiler(MathSettings(engine)) for engine in ENGINES}


def compiled(tex: str, engine: str) -> CompiledMath:
    return COMPILERS[engine].compile([Formula(tex, True, Origin.at(1, 1))], "a.md")


def cells(tex: str, engine: str) -> list[str]:
    """Each row as the text of its cells, `~` for a step back."""
    result = compiled(tex, engine)
    assert [problem.message for problem in result.diagnostics] == []
    rows = re.findall(r"<mtr>(.*?)</mtr>", result.formulas[0].html)
    stepped = (re.sub(r'(?:<mspace class="math-back-\d+"/>)+', "~", row) for row in rows)
    return [re.sub("<[^>]*>", "", row.replace("</mtd><mtd", "</mtd>&<mtd")) for row in stepped]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r"{r@{=}l} x & y \\ u & v \\", ["x=~&y", "u=~&v"]),
        (r"{l@{=}l} x & y", ["x&~=y"]),
        (r"{l!{+}l} x & y", ["x&~+y"]),
        (r"{@{(}c@{)}} x \\ y", ["(x)", "(y)"]),
        (r"{c@{\quad}c} x & y", ["x&y"]),
        (r"{>{f}c<{!}|c} x & y \\[1em] \hline u & v", ["fx!&y", "fu!&v"]),
        (r"{*{2}{>{f}c}} x & y", ["fx&fy"]),
        (r"{>{f}cc} \multicolumn{2}{c}{x} \\ y & z", ["x", "fy&z"]),
        (r"{>{f}c} \begin{matrix} x & y \end{matrix} \\", ["fx&y"]),
        (r"{>{f}p{2cm}} x", ["fx"]),
    ],
)  # fmt: skip
def test_columns_fill_their_cells(body: str, expected: list[str], engine: str) -> None:
    assert cells(rf"\begin{{array}}{body}\end{{array}}", engine) == expected


@pytest.mark.parametrize("engine", ENGINES)
def test_a_column_has_a_colour_but_for_cells_with_their_own(engine: str) -> None:
    tex = (r"\begin{array}{c>{\columncolor[gray]{0.8}}c} a & b \\ c & \cellcolor{red} d"
           r" \end{array}")  # fmt: skip
    result = compiled(tex, engine)
    assert result.diagnostics == ()
    found = re.findall(r'<mtd[^>]*?(?:mathbackground="(#\w+)")?>', result.formulas[0].html)
    assert found == ["", "#cccccc", "", "#ff0000"]


@pytest.mark.parametrize(
    "specification", ["c>{x", "cq>{x}c", r"*{99}{>{x}c}", "@{x}", "*{c}{>{x}c}"]
)
def test_what_describes_no_columns_is_an_error(specification: str) -> None:
    result = compiled(rf"\begin{{array}}{{{specification}}} x \end{{array}}", "math-core")
    assert result.diagnostics
    assert {problem.code for problem in result.diagnostics} <= {"math-unsupported", "math-syntax"}


def test_a_mistake_in_what_a_column_puts_in_is_told_of_once_and_there() -> None:
    result = compiled(r"\begin{array}{c>{\foo}c} a & b \\ c & d \end{array}", "math-core")
    [problem] = result.diagnostics
    assert problem.span is not None
    assert problem.span.start.column == 18


def test_a_colour_of_columns_elsewhere_is_told_where_it_belongs() -> None:
    [problem] = compiled(r"\columncolor{pink}", "math-core").diagnostics
    assert "before the column" in problem.message
