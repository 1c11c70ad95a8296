"""Proof trees of bussproofs: their structure, what is wrong with them, their text."""

from __future__ import annotations

import re

import pytest

from notesite.math import CompiledMath, Formula, MathCompiler, MathSettings
from notesite.spans import Origin
from tests.conftest import SiteMaker

ENGINES = ("math-core", "latex2mathml")
TREE = (
    r"\begin{prooftree}\AxiomC{$A$}\AxiomC{$B$}\RightLabel{$\land$I}\BinaryInfC{$A\land B$}"
    r"\LeftLabel{(so)}\UnaryInfC{it holds}\end{prooftree}"
)


def compiled(tex: str, engine: str = "math-core", *, display: bool = True) -> CompiledMath:
    formula = Formula(tex, display, Origin.at(1, 1))
    return MathCompiler(MathSettings(engine=engine)).compile([formula], "a.md")


def outline(tex: str, engine: str = "math-core") -> str:
    """Tables in brackets, cells with what they show, a bar over what a line is drawn over."""
    found = compiled(tex, engine)
    assert [problem.message for problem in found.diagnostics] == []
    html = found.formulas[0].html.partition(">")[2]
    html = (
        re.sub(r'<mtd class="[^"]*-top">', "¯", html).replace("<mtable", "[<").replace("</mt", "<")
    )
    html = re.sub(r"</?table>|<able>", "]", html).replace("<mtd", ";<").replace("<mtr", "/<")
    return "".join(re.sub(r"<[^>]*>", "", html).split())


@pytest.mark.parametrize("engine", ENGINES)
def test_a_tree(engine: str) -> None:
    assert outline(TREE, engine) == "[/;(so);[/;[/;A;B];∧I/¯A∧B;]/;¯itholds]"


@pytest.mark.parametrize("engine", ENGINES)
def test_lines_short_names_and_proofs_in_formulas(engine: str) -> None:
    tex = (
        r"\EnableBpAbbreviations \AXC{$A$}\noLine\UIC{$B$}\doubleLine\UIC{$C$}\dashedLine\UIC{$D$}"
        r"\DisplayProof \quad E"
    )
    html = compiled(tex, engine, display=False).formulas[0].html
    lines = re.findall(r'<mtd class="([^"]*-top)">', html)
    assert lines == ["math-solid-top math-double-top", "math-dashed-top"]


SEQUENTS = r"""\begin{prooftree}
\alwaysDoubleLine\Axiom$A \fCenter B$\Axiom$\fCenter C$\singleLine\BinaryInf$A \fCenter D$
\UnaryInf$A \fCenter E$\end{prooftree}"""


@pytest.mark.parametrize("engine", ["math-core", "latex2mathml"])
def test_sequents_in_dollars(engine: str) -> None:
    result = compiled(SEQUENTS, engine)
    assert result.diagnostics == ()
    formula = result.formulas[0]
    assert formula.html.count(">→</mo>") == 4
    lines = re.findall(r'<mtd class="(math-solid-top[^"]*)">', formula.html)
    assert lines == ["math-solid-top", "math-solid-top math-double-top"]
    assert formula.text == "A → B, → C ⟹ A → D ⟹ A → E"


def test_the_sign_of_a_sequent_is_what_the_note_defines() -> None:
    steps = r"\Axiom$A \fCenter B$\UnaryInf$A \fCenter C$"
    inside = rf"\begin{{prooftree}}\def\fCenter{{\vdash}}{steps}\end{{prooftree}}"
    assert compiled(inside).formulas[0].html.count("⊢") == 2
    formula = compiled(rf"\def\fCenter{{\vdash}}{steps}\DisplayProof").formulas[0]
    assert formula.html.count("⊢") == 2
    assert formula.text == "A ⊢ B ⟹ A ⊢ C"


def test_macros_may_make_steps() -> None:
    tex = r"\newcommand{\ax}[1]{\AxiomC{$#1$}}\begin{prooftree}\ax{x}\UnaryInfC{y}\end{prooftree}"
    assert compiled(tex).diagnostics == ()


def test_proofs_in_notes(site: SiteMaker) -> None:
    """Dollars in the texts of a proof end no formula, and the environment is a display."""
    inline = r"$\AxiomC{$A$}\RightLabel{$r$}\UnaryInfC{$B$}\DisplayProof$ follows."
    cases = "\\begin{numcases}{x=}\n1 \\\\ 2\n\\end{numcases}"
    site.note("a", f"We see that {inline}\n\n{TREE}\n\n{cases}")
    assert not site.build().diagnostics
    page = site.page("a.html")
    assert page.count("<math") == 3
    assert "</math> follows." in page


def test_a_tree_in_words() -> None:
    assert compiled(TREE).formulas[0].text == "A, B (∧I) ⟹ A∧B ((so)) ⟹ it holds"


@pytest.mark.parametrize(
    ("tex", "says"),
    [
        (r"\begin{prooftree}\AxiomC{a}\BinaryInfC{b}\end{prooftree}", "needs 2 premises"),
        (r"\begin{prooftree}\AxiomC{a}\AxiomC{b}\end{prooftree}", "2 proofs side by side"),
        (r"\begin{prooftree}\end{prooftree}", "a proof of nothing"),
        (r"\begin{prooftree}\Axiom{a}\end{prooftree}", "its sequent between dollars"),
        (r"\begin{prooftree}\foo{a}\end{prooftree}", "cannot stand in a proof"),
        (r"\begin{prooftree}\AxiomC{$\foo$}\end{prooftree}", r"no command '\foo'"),
        (r"\begin{prooftree}\AxiomC{a}", "never closed"),
        (r"\AxiomC{a}\UnaryInfC{b}", r"'\DisplayProof'"),
        (r"x \UnaryInfC{b}", "stands outside of a proof"),
        (r"\begin{prooftree}\AxiomC{a}" + r"\UnaryInfC{b}" * 60 + r"\end{prooftree}", "40 steps"),
        (r"\begin{prooftree}" + r"\AxiomC{a}" * 600 + r"\end{prooftree}", "500 steps"),
    ],
)
def test_misuse(tex: str, says: str) -> None:
    problems = compiled(tex).diagnostics
    assert says in " ".join(" ".join([each.message, *each.hints]) for each in problems)
