"""Described macros: what of a formula is theirs, and that nothing of its layout changes."""

from __future__ import annotations

import re

import pytest

from notesite.math import CompiledMath, Formula, Macro, MathCompiler, MathSettings, macro_from_text
from notesite.math.notation import documented
from notesite.math.values import Preamble
from notesite.spans import Origin

BODIES = {
    "KL": r"\operatorname{KL}",
    "R": r"\mathbb{R}",
    "T": r"\top",
    "argmin": r"\operatorname*{arg\,min}",
    "norm": r"\lVert #1 \rVert",
    "inner": r"\langle #1, #2 \rangle",
    "W": "W^{(1)}",
}
CLASS = re.compile(r' class="symbol symbol-\w+"|(?<=class=")symbol symbol-\w+ ')


def macros(**descriptions: str) -> tuple[tuple[str, Macro], ...]:
    return tuple(
        (name, macro_from_text(name, body, description=descriptions.get(name, "")))
        for name, body in BODIES.items()
    )


def compiled(*formulas: str, settings: MathSettings | None = None) -> CompiledMath:
    chosen = settings or MathSettings(macros=macros(**dict.fromkeys(BODIES, "x")))
    listed = [Formula(tex, False, Origin.at(line, 1)) for line, tex in enumerate(formulas, 1)]
    return MathCompiler(chosen).compile(listed, "a.md")


def marked(tex: str) -> list[tuple[str, str]]:
    html = compiled(tex).formulas[0].html
    return re.findall(r'class="symbol symbol-(\w+)"[^>]*>(?:<mspace/>)?(?:<m\w+>)?([^<]*)<', html)


@pytest.mark.parametrize(
    ("tex", "found"),
    [
        (r"\KL(p, q)", [("KL", "KL")]),
        (r"x \in \R^n", [("R", "ℝ")]),
        (r"A^\T A", [("T", "⊤")]),
        (r"\argmin_x f", [("argmin", "arg\u2009min")]),
        (r"\norm{x}_2", [("norm", "‖"), ("norm", "‖")]),
        (r"\inner{a}{\norm{b}}", [("inner", "⟨"), ("norm", "‖"), ("norm", "‖"), ("inner", "⟩")]),
        (r"\W x", [("W", "W")]),
        (r"\Rx + \RR", []),
    ],
)
def test_the_signs_of_a_macro_are_marked(tex: str, found: list[tuple[str, str]]) -> None:
    assert marked(tex) == found


@pytest.mark.parametrize("tex", [r"\KL(p \| q)", r"\argmin_{x \in \R} \norm{x}_2^2", r"\W_x^\T"])
def test_nothing_but_a_class_is_added(tex: str) -> None:
    plain = compiled(tex, settings=MathSettings(macros=macros())).formulas[0].html
    assert CLASS.sub("", compiled(tex).formulas[0].html) == plain


def test_a_sign_of_two_macros_is_marked_for_neither() -> None:
    both = (
        ("norm", macro_from_text("norm", r"\lVert #1 \rVert", description="a norm")),
        ("size", macro_from_text("size", r"\lVert #1 \rVert", description="a size")),
    )
    html = compiled(r"\norm{x} + \size{y}", settings=MathSettings(macros=both)).formulas[0].html
    assert "symbol" not in html


def test_symbols_come_in_the_order_of_their_first_uses() -> None:
    found = compiled(r"\R + \norm{x}", "y", r"\norm{y} + \KL").symbols
    assert [(symbol.name, symbol.tex) for symbol in found] == [
        ("R", r"\R"), ("norm", r"\norm{…}"), ("KL", r"\KL"),
    ]  # fmt: skip
    assert ">‖</mo><mo" in found[1].html


def test_comments_behind_definitions_describe() -> None:
    tex = "\\newcommand{\\loss}{\\mathcal{L}} % notation: the loss\n\\def\\x#1{y} % other"
    assert [(name, what) for name, what, _ in documented(tex)] == [("loss", "the loss")]
    found = compiled(tex, r"\loss(x) + \x1").symbols
    assert [(symbol.name, symbol.description) for symbol in found] == [("loss", "the loss")]


def test_a_preamble_may_describe() -> None:
    text = "\\usepackage{x}\n\\newcommand{\\Hil}{\\mathcal{H}}% notation: a Hilbert space\n"
    settings = MathSettings(preamble=Preamble(text, "preamble.tex"))
    assert compiled(r"\Hil", settings=settings).symbols[0].description == "a Hilbert space"


@pytest.mark.parametrize(
    ("second", "found"),
    [("the loss", []), ("the lagrangian", ["notation-twice"])],
)
def test_a_symbol_described_twice_and_differently_is_pointed_out(
    second: str, found: list[str]
) -> None:
    first = "\\newcommand{\\L}{\\mathcal{L}} % notation: the loss"
    again = f"\\renewcommand{{\\L}}{{\\mathcal{{L}}}} % notation: {second}"
    problems = compiled(first, again).diagnostics
    assert [problem.code for problem in problems] == found
    for problem in problems:
        assert problem.span is not None
        assert (problem.span.start.line, problem.related[0].message) == (2, "here it is: the loss")


def test_a_comment_that_describes_nothing_is_pointed_out() -> None:
    (problem,) = compiled("x % notation: what?").diagnostics
    assert (problem.code, problem.span) == ("notation-orphan", Origin.at(1, 3).span(0, 1))


def test_a_note_may_describe_otherwise_what_the_site_describes() -> None:
    tex = "\\renewcommand{\\R}{R} % notation: a ring"
    result = compiled(tex, r"\R")
    assert result.diagnostics == ()
    assert result.symbols[0].description == "a ring"


@pytest.mark.parametrize("filling", [" ", "% ", "\\newcommand", "{ ", "% notation "])
def test_looking_for_descriptions_takes_no_time_without_bound(filling: str) -> None:
    """A pattern that tried every way to divide a run of blanks would not come back."""
    assert documented("% notation: \\newcommand" + filling * 40_000) == [
        ("", documented("% notation: \\newcommand" + filling * 40_000)[0][1], 0)
    ]
