"""Formulas of pages as formulas of LaTeX."""

from __future__ import annotations

import time

import pytest

from notesite.exporting.characters import Characters
from notesite.exporting.formulas import (
    cell_formula,
    display_formula,
    inline_formula,
    take_definitions,
    with_characters,
    with_numbers,
    with_quantities,
)
from notesite.exporting.macros import definitions
from notesite.math import Macro


@pytest.mark.parametrize(
    ("tex", "latex"),
    [
        ("x", "$x$"),
        (" x ", "$x$"),
        ("a % note\n+ b", "$a \n+ b$"),
        (r"50\% % gone", r"$50\%$"),
        (r"a \\% gone", "$a \\\\$"),
        (r"\begin{split} a \end{split}", r"$\begin{aligned} a \end{aligned}$"),
        (r"\url{https://x.org}", r"$\text{\url{https://x.org}}$"),
        (r"\errmessage{no} x", "$x$"),
    ],
)
def test_inline(tex: str, latex: str) -> None:
    assert inline_formula(tex).latex == latex


@pytest.mark.parametrize(
    ("tex", "latex"),
    [
        ("x", "\\[\nx\n\\]"),
        ("\n\nx\n\n= y\n", "\\[\nx\n= y\n\\]"),
        (r"x \label{a}", "\\begin{equation}\nx \\label{a}\n\\end{equation}"),
        (r"x \tag{A}", "\\begin{equation}\nx \\tag{A}\n\\end{equation}"),
        (r"a &= b \\ &= c", "\\[\n\\begin{aligned}\na &= b \\\\ &= c\n\\end{aligned}\n\\]"),
        (r"a \\ b", "\\[\n\\begin{gathered}\na \\\\ b\n\\end{gathered}\n\\]"),
        (
            r"a \\ b \label{x}",
            "\\begin{equation}\n\\label{x}\\begin{gathered}\na \\\\ b\n\\end{gathered}\n"
            "\\end{equation}",
        ),
        (
            r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
            "\\[\n\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}\n\\]",
        ),
        (r"\text{a & b}", "\\[\n\\text{a & b}\n\\]"),
        (r"\begin{align} a \end{align}", r"\begin{align} a \end{align}"),
        (
            r"f = \begin{align} a \end{align}",
            "\\[\nf = \\begin{aligned} a \\end{aligned}\n\\]",
        ),
        (r"\begin{displaymath}a\end{displaymath}", "\\[\na\n\\]"),
        ("  ", ""),
    ],
)
def test_displays(tex: str, latex: str) -> None:
    assert display_formula(tex).latex == latex


def test_a_block_id_is_a_label() -> None:
    assert display_formula("x", label="eq-a").latex == (
        "\\begin{equation}\\label{eq-a}\nx\n\\end{equation}"
    )
    assert display_formula(r"\begin{equation}x\end{equation}", label="a").latex == (
        "\\begin{equation}x\\label{a}\n\\end{equation}"
    )


def test_every_display_gets_a_number_where_the_site_numbers_all() -> None:
    assert display_formula("x", numbered=True).latex == "\\begin{equation}\nx\n\\end{equation}"


def test_in_a_cell_a_display_stays_in_its_line() -> None:
    assert cell_formula(r"x \tag{1}").latex == r"$\displaystyle x$"
    aligned = cell_formula(r"\begin{align*}a\end{align*}").latex
    assert aligned == r"$\displaystyle \begin{aligned}a\end{aligned}$"


@pytest.mark.parametrize(
    ("tex", "definition", "rest"),
    [
        (
            r"\newcommand{\x}[1]{\langle #1 \rangle} \x{a}",
            r"\providecommand{\x}{}\renewcommand{\x}[1]{\langle #1 \rangle}",
            r" \x{a}",
        ),
        (r"\def\x#1{a{#1}b}y", r"\def\x#1{a{#1}b}", "y"),
        (r"\let\x=\y z", r"\let\x\y", " z"),
        (
            r"\DeclareMathOperator*{\am}{arg\,min}",
            r"\providecommand{\am}{}\renewcommand{\am}{\operatorname*{arg\,min}}",
            "",
        ),
        ("no definition", "", "no definition"),
        (r"\newcommand{\x}{\input{secret}}", "", ""),
        (r"\def\x{\csname input\endcsname}", "", ""),
        (r"\newcommand", "", r"\newcommand"),
        (
            r"\makeatletter\def\@sq#1{#1^2}\makeatother\@sq x",
            r"\makeatletter\def\@sq#1{#1^2}\makeatother",
            r"\csname @sq\endcsname  x",
        ),
        (r"\def\x{\@input{secret}}\x", "", r"\x"),
        (r"\@input{secret}", "", r"\@input{secret}"),
        (r"\def\@input#1{\input{#1}}\@input{secret}", "", r"\@input{secret}"),
        (r"\@ifnextchar!{a}{b}!", "", r"\csname @ifnextchar\endcsname !{a}{b}!"),
    ],
)
def test_definitions_leave_the_formula(tex: str, definition: str, rest: str) -> None:
    assert take_definitions(tex) == (definition, rest)


def test_environments_of_cases_and_empheq_stand_alone() -> None:
    for tex in (
        r"\begin{numcases}{f} a & b \end{numcases}",
        r"\begin{empheq}[box=\fbox]{align} a \end{empheq}",
    ):
        assert display_formula(tex).latex == tex


def test_colours_are_defined_outside_of_the_formula() -> None:
    tex = r"\definecolor{mine}{RGB}{255, 0,0} \color{mine} x"
    shown = inline_formula(tex)
    assert shown.definitions == r"\definecolor{mine}{RGB}{255, 0,0}"
    assert shown.latex == r"$\color{mine} x$"


def test_numbers_from_elsewhere() -> None:
    assert with_numbers(r"x \label{a}", {"a": "3"}) == r"x \tag{3}"
    assert with_numbers(r"x \label{b}", {"a": "3"}) == "x "


MACROS = {
    "R": Macro(r"\mathbb{R}"),
    "Rn": Macro(r"\R^{#1}", 1),
    "d": Macro(r"\mathrm{d}"),
    "opt": Macro(r"#1 + #2", 2, default="0"),
    "abs": Macro(r"\lvert #1 \rvert", 1, delimiters=("\\lvert", "\\rvert"), form="paired"),
    "unused": Macro("x"),
    "reader": Macro(r"\input{secret}"),
}


@pytest.mark.parametrize(
    ("used", "lines"),
    [
        (
            {"Rn"},
            [
                r"\providecommand{\R}{}\renewcommand{\R}{\mathbb{R}}",
                r"\providecommand{\Rn}{}\renewcommand{\Rn}[1]{\R^{#1}}",
            ],
        ),
        ({"opt"}, [r"\providecommand{\opt}{}\renewcommand{\opt}[2][0]{#1 + #2}"]),
        ({"abs"}, [r"\let\abs\relax", r"\DeclarePairedDelimiter{\abs}{\lvert}{\rvert}"]),
        (
            {"d"},
            [
                r"\ifdefined\mathofd\else\let\textofd\d\fi",
                r"\providecommand{\mathofd}{}\renewcommand{\mathofd}{\mathrm{d}}",
                r"\protected\def\d{\ifmmode\expandafter\mathofd\else\expandafter\textofd\fi}",
            ],
        ),
        ({"infin"}, [r"\providecommand{\infin}{\infty}"]),
        ({"TeX"}, [r"\let\textofTeX\TeX\renewcommand{\TeX}{\text{\textofTeX}}"]),
        ({"frac"}, []),
        ({"reader"}, []),
    ],
)
def test_the_preamble_defines_what_is_used(used: set[str], lines: list[str]) -> None:
    assert definitions(frozenset(used), MACROS, {}) == lines


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("\\{}%&#_^~$", r"\textbackslash{}\{\}\%\&\#\_\textasciicircum{}\textasciitilde{}\$"),
        ("“a” – b… 5\u00a0m", r"``a'' -- b\ldots{} 5~m"),
        ("Erdős é", "Erdős é"),
        ("α ≤ ∎", r"\ensuremath{\alpha} \ensuremath{\leq} \ensuremath{\blacksquare}"),
        ("a\u200bb", "ab"),
    ],
)
def test_characters(text: str, latex: str) -> None:
    characters = Characters()
    assert characters.text(text) == latex
    assert characters.unknown == set()


def test_unknown_characters_are_remembered() -> None:
    characters = Characters()
    assert characters.text("中я") == "中я"
    assert characters.unknown == {"中", "я"}


@pytest.mark.parametrize(
    ("tex", "latex"),
    [
        (r"\pu{5 m s^{-2}} + x", r"{5\,\mathrm{m}\,\mathrm{s}^{-2}} + x"),
        (r"\pu{5 m;}", r"\pu{5 m;}"),
        (r"\ce{H2O}", r"\ce{H2O}"),
    ],
)
def test_quantities_are_written_out(tex: str, latex: str) -> None:
    assert with_quantities(tex) == latex


@pytest.mark.parametrize(
    ("tex", "latex"),
    [
        (r"\unicode{x41} + x", r"\text{A} + x"),
        (r"\unicode[0.5,0.1][Arial]{ 8594 }", r"\text{→}"),
        (r"\unicode{x}", r"\unicode{x}"),
        (r"\unicode{x110000}", r"\unicode{x110000}"),
        (r"a \to b", r"a \to b"),
    ],
)
def test_characters_by_their_numbers_are_written_out(tex: str, latex: str) -> None:
    assert with_characters(tex) == latex


def test_a_definition_of_blanks_is_read_once() -> None:
    begin = time.process_time()
    for text in ("\\newcommand" + " " * 60_000 + "x", "\\let\\a" + " " * 60_000):
        assert take_definitions(text)[0] == ""
    assert time.process_time() - begin < 2
