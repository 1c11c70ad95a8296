"""Formulas that need no reading come out as if they had been read."""

from __future__ import annotations

import random

import pytest

from notesite.math import Formula, Macro, MathCompiler, MathSettings, note
from notesite.math.commands import known_commands
from notesite.math.plain import plain_rows, plain_tex
from notesite.math.scope import Scope
from notesite.spans import Origin
from tests.math.sheet import read_sheet

MACROS = (("tr", Macro(r"\operatorname{tr}")), ("half", Macro(r"\left(\frac{#1}{2}\right)", 1)))
HAND_MADE = [
    r"\left(\frac{a}{b}\right)^2", r"\left< x \right>", r"\left\lt x \right\gt", r"\left( x",
    r"x \right)", r"\right) \left(", r"x_\text{max} + y^\textbf{a}", r"\text{if } x > 0",
    r"\text{a--b}", r"\text{a $x$ b}", r"\operatorname{tr} A", r"\operatorname{a-b}",
    r"\operatorname{A} *B", r"\theta * x", r"x^* y", r"\tr\half{x}", r"\half x\tr",
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", r"\begin{cases} a & b \\ \end{cases}",
    r"\begin{pmatrix} {a & b} \end{pmatrix}", r"\begin{bmatrix} a \\[1em] b \end{bmatrix}",
    r"\begin{aligned}[t] a &= b \end{aligned}", r"a & b", r"a \\ b", r"\text{für alle } x",
    r"\begin{pmatrix} \left( a & b \right) \end{pmatrix}", r"a_{\text{x}}^{\&}", "", " ", r"\foo",
    r"\begin{pmatrix} \begin{matrix} a & b \end{matrix} \\ c \end{pmatrix}",
    r"$$\begin{align} a &= b \\ c &= \tr d \label{x} \end{align}",
    r"$$\begin{align} a &= b \nonumber \\ c &= d \notag \\ e & f \end{align}",
    r"$$\begin{align} a &= b \\ c &= d \\ \end{align}",
    r"$$\begin{align} a &= \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} \\ c &= d \end{align}",
    r"$$\begin{align} a &= b \label{l} \label{m} \end{align}",
    r"$$\begin{align} \left( a &= b \right) \\ c \end{align}",
    r"$$\begin{align} {a &= b \\ c} \end{align}", r"$$\begin{align} a \\[1em] [b] \end{align}",
    r"$$\begin{align*} a &= \half{b} \\ c \end{align*}",
    r"$$\begin{equation} a = \begin{cases} x & y \\ z & w \end{cases} \label{y} \end{equation}",
    r"$$\begin{gather} a \\ b & c \end{gather}", r"$$\begin{gather} a \\ b \end{gather} .",
    r"$$\begin{multline} a \\ b \\ c \end{multline}", r"$$\begin{align} a &= \foo \\ b \end{align}",
    r"$$\begin{equation} a = \text{if $x$} \tag{3} \end{equation}",
]  # fmt: skip


def compiled(texts: list[str]) -> list[tuple[str, list[str]]]:
    """The HTML of each formula alone, and what is wrong with it at what place."""
    found = []
    for text in texts:
        compiler = MathCompiler(MathSettings(macros=MACROS))
        formula = Formula(text.removeprefix("$$"), text.startswith("$$"), Origin.at(1, 1))
        result = compiler.compile([formula], "a.md")
        found.append((result.formulas[0].html, [str(each) for each in result.diagnostics]))
    return found


def assert_same(texts: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    shortly = compiled(texts)
    monkeypatch.setattr(note, "plain_tex", lambda *_: None)
    monkeypatch.setattr(note, "plain_rows", lambda *_: None)
    for text, short, long in zip(texts, shortly, compiled(texts), strict=True):
        assert short == long, text


def test_hand_made_formulas(monkeypatch: pytest.MonkeyPatch) -> None:
    assert_same(HAND_MADE, monkeypatch)


def test_the_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    assert_same([text for group in read_sheet().values() for text in group], monkeypatch)


def test_formulas_put_together_at_random(monkeypatch: pytest.MonkeyPatch) -> None:
    choose = random.Random(5)
    pieces = [
        "a", "b", " ", "{", "}", "^", "_", "&", "\\\\", "\\left(", "\\right)", "\\text{a b}", "*",
        "\\alpha", "\\frac", "\\tr", "\\half", "\\operatorname{f}", "\\begin{pmatrix}", "[",
        "\\end{pmatrix}", "\\begin{cases}", "\\end{cases}", "\\label{x}", "\\notag", "-",
    ]  # fmt: skip
    texts = []
    for _ in range(600):
        text = "".join(choose.choice(pieces) for _ in range(choose.randint(1, 9)))
        texts += [text, f"$$\\begin{{align}}{text}\\end{{align}}", f"$${text}"]
    assert_same(texts, monkeypatch)


@pytest.mark.parametrize(
    "tex", [r"\left(x\right)", r"\text{if } x", r"\begin{cases} a & b \\ c \end{cases}", "x^*"]
)
def test_what_is_plain(tex: str) -> None:
    commands = frozenset({"left", "right"})
    assert plain_tex(tex, Scope({}, known_commands(commands))) is not None
    rows = plain_rows(f"\\begin{{align}}{tex} &= 1 \\\\ b \\label{{c}}\\end{{align}}",
                      Scope({}, known_commands(commands)))  # fmt: skip
    assert rows is not None
    assert [row.label and row.label[0] for row in rows.rows] == [None, "c"]


@pytest.mark.parametrize("name", ["text", "left", "operatorname"])
def test_what_a_macro_redefines_is_not_plain(name: str) -> None:
    scope = Scope({name: Macro("x", 1)}, known_commands(frozenset({"left", "right"})))
    assert plain_tex(r"\left(\text{a}\right) \operatorname{f}", scope) is None
