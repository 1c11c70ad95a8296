r"""`\bordermatrix` and `\hdotsfor`: matrices with more than their entries."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from notesite.math import CompiledMath, Formula, MathCompiler, MathSettings
from notesite.spans import Origin

MATRIX = r"\bordermatrix{ & a & b \cr c & 1 & 2 \cr d & 3 & \frac45 \cr}"


def compiled(tex: str, engine: str = "math-core") -> CompiledMath:
    return MathCompiler(MathSettings(engine)).compile([Formula(tex, True, Origin.at(1, 1))], "a.md")


@pytest.mark.parametrize("engine", ["math-core", "latex2mathml"])
def test_a_bordered_matrix(engine: str) -> None:
    result = compiled(MATRIX, engine)
    assert result.diagnostics == ()
    math = re.search(r"<math.*</math>", result.formulas[0].html)
    assert math is not None
    table = next(ElementTree.fromstring(math[0]).iter("mtable"))
    rows = [["".join(cell.itertext()) for cell in row] for row in table]
    unseen = "12345"
    assert rows == [
        ["", "", "a", "b", ""],
        ["c", f"({unseen}", "1", "2", f"){unseen}"],
        ["d", "3", "45"],
    ]
    assert [cell.get("rowspan") for cell in table[1]] == [None, "2", None, None, "2"]
    assert result.formulas[0].text == "a b ; c 1 2 ; d 3 4/5 ;"


def test_dots_over_columns() -> None:
    found = compiled(r"\begin{pmatrix}1&2&3\\ \hdotsfor{3}\\ 4&\hdotsfor[2]{2}\end{pmatrix}")
    assert found.diagnostics == ()
    assert re.findall(r'columnspan="(.)"', found.formulas[0].html) == ["3", "2"]
    assert found.formulas[0].text == "1 2 3 ; … ; 4 …"


@pytest.mark.parametrize(
    ("tex", "says"),
    [
        (r"\bordermatrix{}", "has no matrix in it"),
        (r"\bordermatrix{a & b}", "has no matrix in it"),
        (r"\bordermatrix{a \cr b", "never closed"),
        (r"\bordermatrix{&a\cr b&\foo}", r"no command '\foo'"),
        (r"\hdotsfor{3}", r"'\hdotsfor' cannot stand here"),
        (r"\begin{matrix}\hdotsfor{x}\end{matrix}", "'x' is not a number of columns"),
    ],
)
def test_misuse(tex: str, says: str) -> None:
    assert says in " ".join(problem.message for problem in compiled(tex).diagnostics)


def test_nested_ones_stay_small() -> None:
    """Each is there twice and more, so that only a few may stand in one another."""
    tex = "x"
    for _ in range(6):
        tex = rf"\bordermatrix{{&a\cr b&{tex}}}"
    assert [problem.code for problem in compiled(tex).diagnostics] == ["math-too-large"]


@pytest.mark.parametrize(
    "tex", [MATRIX, r"\begin{empheq}[right=\empheqrbrace]{align*}a&=b\\c&=d\end{empheq}"]
)
def test_what_stretches_fences_takes_no_room_behind_them(tex: str) -> None:
    """Being wider than nothing, it let a formula scroll that ended with a fence."""
    unseen = re.findall(r"<mpadded([^>]*)><mphantom>", compiled(tex).formulas[0].html)
    assert unseen
    assert set(unseen) == {' width="0" class="math-unseen"'}
