"""Errors of latex2mathml, which cannot say where they are, at their place in the formula."""

from __future__ import annotations

import pytest

from notesite.math import Formula, MathCompiler, MathSettings
from notesite.spans import Origin


@pytest.mark.parametrize(
    ("tex", "columns", "message"),
    [
        ("x^2^3", (4, 5), "a second superscript"),
        ("a+b_1_2", (6, 7), "a second superscript or subscript"),
        ("x^", (2, 3), "an argument of '^' is missing"),
        (r"a + \sqrt[3]", (5, 10), "an argument of '\\sqrt' is missing"),
        (r"\frac{a}^2", (1, 6), "an argument of '\\frac' is missing"),
        (r"1 + \sqrt^2", (5, 10), "an argument of '\\sqrt' is missing"),
        (r"a \limits b", (3, 10), "'\\limits' may stand only after"),
        (r"\frac{a}{b} + \int_2\limits", (21, 28), "cannot read this formula"),
        (r"a+\bigg\alpha b", (3, 8), "needs a delimiter"),
        (r"\erfc x", (1, 6), "cannot render '\\erfc'"),
        (r"a + \hline", (5, 11), "stands outside of a table"),
    ],
)
def test_place_of_an_error(tex: str, columns: tuple[int, int], message: str) -> None:
    compiler = MathCompiler(MathSettings("latex2mathml"))
    [problem] = compiler.compile([Formula(tex, False, Origin.at(1, 1))], "a.md").diagnostics
    assert message in problem.message
    assert problem.span is not None
    assert (problem.span.start.column, problem.span.end.column) == columns


def test_what_the_engine_lacks_is_not_called_unknown() -> None:
    compiler = MathCompiler(MathSettings("latex2mathml"))
    formula = Formula(r"\widecheck{x}\slashed{D}", False, Origin.at(1, 1))
    problems = compiler.compile([formula], "a.md").diagnostics
    assert {problem.code for problem in problems} == {"math-unsupported"}
