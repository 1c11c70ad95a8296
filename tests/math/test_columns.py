r"""`\multicolumn`, `\cline` and rules at the end of a table."""

from __future__ import annotations

import re

import pytest

from notesite.math import CompiledMath, Formula, MathCompiler, MathSettings
from notesite.spans import Origin

ENGINES = ("math-core", "latex2mathml")
COMPILERS = {engine: MathCompiler(MathSettings(engine)) for engine in ENGINES}


def compiled(tex: str, engine: str = "math-core") -> CompiledMath:
    return COMPILERS[engine].compile([Formula(tex, True, Origin.at(1, 1))], "a.md")


def rows(tex: str, engine: str) -> list[list[str]]:
    """Each cell as its text, `*n` for n columns, and the sides where it has a line."""
    result = compiled(tex, engine)
    assert [problem.message for problem in result.diagnostics] == []
    found = []
    for row in re.findall(r"<mtr[^>]*>(.*?)</mtr>", result.formulas[0].html):
        cells = []
        for attributes, content in re.findall(r"<mtd([^>]*)>(.*?)</mtd>", row):
            span = re.search(r'columnspan="(\d)"', attributes)
            lines = sorted(set(re.findall(r"math-solid-(\w)", attributes)))
            text = re.sub("<[^>]*>", "", content)
            cells.append(text + (f"*{span[1]}" if span else "") + "".join(f" {x}" for x in lines))
        found.append(cells)
    return found


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r"{ccc} \multicolumn{2}{c}{ab} & c \\ d & e & f", [["ab*2", "c"], ["d", "e", "f"]]),
        (r"{cc} \multicolumn{1}{|l|}{a} & b", [["a*1 l r", "b"]]),
        (r"{cc} a & b \\ \cline{2-2} c & d", [["a", "b"], ["c", "d t"]]),
        (r"{ccc} a & b & c \\ \cline{1-2} \multicolumn{2}{c}{d} & e",
         [["a", "b", "c"], ["d*2 t", "e"]]),
        (r"{ccc} a & b & c \\ \cline{1-1}\cline{3-3} d & e & f",
         [["a", "b", "c"], ["d t", "e", "f t"]]),
        (r"{ccc} a \\ \cline{2-3} b", [["a"], ["b", " t", " t"]]),
        (r"{cc} a & b \\ \cline{1-2}", [["a", "b"], [" t", " t"]]),
        (r"{c|c} a & b \\ \hline", [["a r", "b"], [" r t", " t"]]),
    ],
)  # fmt: skip
def test_columns(body: str, expected: list[list[str]], engine: str) -> None:
    found = rows(rf"\begin{{array}}{body}\end{{array}}", engine)
    # The engines differ in whether a row without height has lines at its sides.
    plain = [[cell.replace(" r t", " t") for cell in row] for row in found]
    assert plain == [[cell.replace(" r t", " t") for cell in row] for row in expected]


def test_a_rule_stays_in_its_table() -> None:
    tex = (r"\begin{array}{cc} \begin{matrix} x & y \end{matrix} & b \\ \cline{2-2}"
           r" \begin{matrix} u \\ v \end{matrix} & d \end{array}")  # fmt: skip
    html = compiled(tex).formulas[0].html
    assert html.count("math-solid-top") == 1
    assert re.search(r'math-solid-top"><mi>d</mi>', html)


@pytest.mark.parametrize(
    "tex",
    [
        r"\multicolumn{2}{c}{x}", r"\begin{matrix}a \multicolumn{2}{c}{x}\end{matrix}",
        r"\begin{matrix}\multicolumn{x}{c}{x}\end{matrix}",
        r"\begin{matrix}\multicolumn{2}{q}{x}\end{matrix}",
        r"\begin{matrix}a \cline{1-2}\end{matrix}", r"\begin{matrix}\cline{2}a\end{matrix}",
        r"\begin{matrix}\cline{3-2}a\end{matrix}", r"\cline{1-2}",
    ],
)  # fmt: skip
def test_misuse_is_an_error(tex: str) -> None:
    result = compiled(tex)
    assert [problem.code for problem in result.diagnostics] == ["math-syntax"]
    assert result.diagnostics[0].hints or "number of columns" in result.diagnostics[0].message


@pytest.mark.parametrize("engine", ENGINES)
def test_double_lines_between_columns(engine: str) -> None:
    tex = (
        r"\begin{array}{||c|c||c|} a & b & c \\ \multicolumn{2}{c||}{w} & d \\"
        r" e & f & g \\ \hline\end{array}"
    )
    html = compiled(tex, engine).formulas[0].html
    rows = [re.findall(r"<mtd([^>]*)>", row) for row in html.split("<mtr")[1:4]]
    assert [len(row) for row in rows] == [3, 2, 3]
    for first, second, _ in (rows[0], rows[2]):
        assert "math-double-left" in first
        assert "math-double-right" not in first
        assert "math-double-right" in second
    assert 'columnspan="2"' in rows[1][0]
    assert "math-double-right" in rows[1][0]
    assert not re.search(r"<mtable[^>]*math-solid-left", html)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_table_in_a_table_has_lines_of_its_own(engine: str) -> None:
    inner = r"\begin{array}{c|c} x & y \\ z & w \end{array}"
    tex = rf"\begin{{array}}{{c||c}} {inner} & b \\ c & d \end{{array}}"
    html = compiled(tex, engine).formulas[0].html
    assert html.count("math-double-right") == 2


@pytest.mark.parametrize(
    ("first", "lines"),
    [
        (r"\multicolumn{2}{|c|}{T}", ["wide math-solid-left", "math-solid-left"]),
        (r"\multicolumn{2}{c|}{T}", ["wide", "math-solid-left"]),
        (r"\hline\multicolumn{2}{c|}{T}", ["wide", "math-solid-left"]),
        (r"\multicolumn{1}{|c}{T}&b", ["wide math-solid-left", "math-solid-left"]),
    ],
)
@pytest.mark.parametrize("engine", ["math-core", "latex2mathml"])
def test_the_line_at_the_left_of_a_wide_cell_is_its_own(
    first: str, lines: list[str], engine: str
) -> None:
    tex = rf"\begin{{array}}{{|l|r|}}{first}\\ a&b\end{{array}}"
    compiler = MathCompiler(MathSettings(engine))
    shown = compiler.compile([Formula(tex, True, Origin.at(1, 1))], "a.md").formulas[0].html
    assert '<mtable class="math-solid-left"' not in shown
    firsts = re.findall(r"<mtr><mtd([^>]*)>", shown)
    seen = [
        "wide " * ("columnspan" in cell) + "math-solid-left" * ("solid-left" in cell)
        for cell in firsts
    ]
    assert [each.strip() for each in seen] == lines
