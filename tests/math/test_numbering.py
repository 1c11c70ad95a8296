"""Equation numbers and references under every setting."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from notesite.math import CompiledMath, Formula, MathCompiler, MathSettings
from notesite.spans import Origin

ALIGN = r"\begin{align}a\label{l1}\\b\label{l2}\\c\end{align}"


def compile_all(*texts: str, ids=None, sections=None, **settings) -> CompiledMath:
    """Displays, but for texts that begin with `:`; `ids` and `sections` by index."""
    formulas = [
        Formula(
            text.removeprefix(":"),
            not text.startswith(":"),
            Origin.at(index + 1, 1),
            block_id=(ids or {}).get(index, ""),
            section=(sections or {}).get(index, ""),
        )
        for index, text in enumerate(texts)
    ]
    return MathCompiler(MathSettings(**settings)).compile(formulas, "a.md")


def numbers(compiled: CompiledMath) -> list[str]:
    assert [problem.message for problem in compiled.diagnostics] == []
    text = "".join(formula.html for formula in compiled.formulas)
    return re.findall(r'class="equation-number"[^>]*>(?:<mtext>)?([^<]+)<', text)


@pytest.mark.parametrize(
    ("policy", "shown"),
    [
        ("environments", ["(1)", "(2)", "(3)", "(4)", "T"]),
        ("all", ["(1)", "(2)", "(3)", "(4)", "(5)", "T"]),
        ("referenced", ["(1)", "T"]),
    ],
)
def test_policies(policy: str, shown: list[str]) -> None:
    texts = ("x", r"y\label{l0}", ALIGN, r"\begin{align*}u\\v\end{align*}", r"w\tag*{T}",
             r"z\notag", r":\eqref{l2}")  # fmt: skip
    assert numbers(compile_all(*texts, number=policy)) == shown


def test_an_unreferenced_label_keeps_its_anchor() -> None:
    compiled = compile_all(r"y\label{l0}", ALIGN, number="referenced")
    assert 'id="eq-l0"' in compiled.formulas[0].html
    assert 'id="eq-l1"' in compiled.formulas[1].html
    assert numbers(compiled) == []


def test_numbers_by_section() -> None:
    sections = {1: "1", 2: "2", 3: "2"}
    texts = [rf"x_{index}\label{{l{index}}}" for index in range(4)]
    compiled = compile_all(*texts, sections=sections, number_by_section=True)
    assert numbers(compiled) == ["(1)", "(1.1)", "(2.1)", "(2.2)"]
    assert numbers(compile_all(*texts, sections=sections)) == ["(1)", "(2)", "(3)", "(4)"]
    bare = compile_all(r"\begin{equation}x\end{equation}", sections={0: "2"},
                       number_by_section=True)  # fmt: skip
    assert 'id="eq-2-1"' in bare.formulas[0].html


def test_block_ids_number_and_name() -> None:
    compiled = compile_all(
        "a", r"b\label{eq:b}", r"\begin{align}c\\d\end{align}", ids={0: "eq-x", 1: "y", 2: "z"}
    )
    assert numbers(compiled) == ["(1)", "(2)", "(3)", "(4)"]
    found = {label.name: (label.number, label.anchor) for label in compiled.labels}
    assert found == {
        "^eq-x": ("1", "eq-x"), "eq:b": ("2", "eq-b"), "^y": ("2", "eq-b"), "^z": ("3", "eq-z"),
    }  # fmt: skip
    for formula, anchor in zip(compiled.formulas, ("eq-x", "eq-b", "eq-z"), strict=True):
        assert formula.html.count(f'id="{anchor}"') == 1


def test_subequations() -> None:
    tex = (
        r"\begin{subequations}\label{p}\begin{align}a\label{q}\\b\notag\\c\end{align}"
        r"\end{subequations}"
    )
    compiled = compile_all("x\\label{x}", tex, "y\\label{y}", r":\ref{p}, \eqref{q}")
    assert numbers(compiled) == ["(1)", "(2a)", "(2b)", "(3)"]
    assert {label.name: label.number for label in compiled.labels} == {
        "x": "1", "p": "2", "q": "2a", "y": "3",
    }  # fmt: skip
    assert 'id="eq-p"' in compiled.formulas[1].html
    one = r"\begin{subequations}\begin{equation}a\end{equation}\end{subequations}"
    assert numbers(compile_all(one)) == ["(1a)"]


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        (r"\begin{equation}a\label{a}\end{equation}\begin{equation}b\label{b}\end{equation}",
         ["(1a)", "(1b)"]),
        (r"\begin{equation*}a\end{equation*} \begin{gather}b\\c\end{gather}", ["(1a)", "(1b)"]),
        (r"\begin{multline}a\\b\end{multline}\begin{equation}c\end{equation}", ["(1a)", "(1b)"]),
        (r"\begin{align}a&=b\\c&=d\notag\end{align}\begin{align}e&=f\end{align}",
         ["(1a)", "(1b)"]),
    ],
)  # fmt: skip
def test_several_environments_in_one_subequations(inside: str, shown: list[str]) -> None:
    tex = rf"\begin{{subequations}}\label{{p}}{inside}\end{{subequations}}"
    compiled = compile_all(tex, r"y\label{y}", r":\ref{p}")
    assert numbers(compiled) == [*shown, "(2)"]


@pytest.mark.parametrize("engine", ["math-core", "latex2mathml"])
def test_aligned_and_centred_rows_in_one_subequations(engine: str) -> None:
    """Rows without columns go over those of the others, and all numbers stand in one column."""
    tex = (
        r"\begin{subequations}\label{p}\begin{align}a&=b\\c\end{align}\begin{equation}\label{e}"
        r"\begin{pmatrix}1&2\end{pmatrix}\end{equation}\begin{gather*}g\end{gather*}"
        r"\begin{gather}h\\i\notag\end{gather}\end{subequations}"
    )
    compiled = compile_all(tex, r":\ref{p}, \ref{e}", engine=engine)
    assert compiled.diagnostics == ()
    assert numbers(compiled) == ["(1a)", "(1b)", "(1c)", "(1d)"]
    math = re.search(r"<math.*?</math>", compiled.formulas[0].html)
    assert math is not None
    rows = list(next(ElementTree.fromstring(math[0]).iter("mtable")))
    widths = [sum(int(cell.get("columnspan", "1")) for cell in row) for row in rows]
    assert widths == [4] * 6
    wide = [[cell.get("columnspan") for cell in row if cell.get("columnspan")] for row in rows]
    assert wide == [[], [], ["2"], ["2"], ["2"], ["2"]]


def test_a_refused_number_is_given_only_to_what_is_referred_to() -> None:
    tex = r"\begin{align}a\label{a}\notag\\b\label{b}\nonumber\\c\end{align}"
    assert numbers(compile_all(tex, r"d\notag\label{d}", r":\ref{b}")) == ["(1)", "(2)"]


def test_a_block_id_given_twice() -> None:
    compiled = compile_all("x", "y", ids={0: "blk", 1: "blk"})
    (problem,) = compiled.diagnostics
    assert problem.message == "the block id '^blk' is given twice"
    assert problem.related[0].span == Origin.at(1, 1).span(0, 1)


def test_tags_that_refer() -> None:
    compiled = compile_all(
        r"x\tag{\ref{later}$'$}\label{t}", r"y\label{later}", r"z\tag{\eqref{t}, bis}\label{u}"
    )
    assert numbers(compiled) == ["(1′)", "(1)", "((1′), bis)"]
    assert {label.name: label.number for label in compiled.labels}["t"] == "1′"


def test_what_a_tag_refers_to_has_a_number() -> None:
    texts = (r"y\label{l0}", r"x\tag{\ref{l0}*}")
    assert numbers(compile_all(*texts, number="referenced")) == ["(1)", "(1*)"]


@pytest.mark.parametrize(
    ("tex", "says"),
    [
        (r"x\tag{\ref{gradient}$'$}", "did you mean 'gradients'?"),
        (r"x\tag{\ref{own}$'$}\label{own}", "refers to itself"),
    ],
)
def test_tags_that_refer_to_nothing(tex: str, says: str) -> None:
    problems = compile_all(r"y\label{gradients}", tex).diagnostics
    assert says in " ".join(" ".join([p.message, *p.hints]) for p in problems)


def test_tags_may_use_macros() -> None:
    assert numbers(compile_all(r"\newcommand{\mark}{$\ast$}", r"x\tag{\mark2}")) == ["(∗2)"]


@pytest.mark.parametrize(
    ("tex", "says"),
    [
        (r"\begin{subequations}\begin{align}a\end{align}", "never closed"),
        (r"\begin{subequations}a\end{subequations}", "without an environment"),
        (r"\begin{subequations}\begin{align}a\end{align}\begin{alignat}{1}b&c\end{alignat}"
         r"\end{subequations}", "behind what it holds"),
        (r"\begin{subequations}\begin{gather}a\end{gather}and\begin{gather}b\end{gather}"
         r"\end{subequations}", "\\intertext"),
        (r"a\begin{subequations}b\end{subequations}", "whole of a display"),
    ],
)  # fmt: skip
def test_faulty_subequations(tex: str, says: str) -> None:
    problems = compile_all(tex).diagnostics
    assert len(problems) == 1
    assert says in " ".join(" ".join([p.message, *p.hints]) for p in problems)


@pytest.mark.parametrize(
    ("reference", "text"), [(r"\ref{e1}", "1"), (r"\eqref{e1}", "(1)"), (r"\eqref{t}", "(A)")]
)
def test_references(reference: str, text: str) -> None:
    tag = r"y\tag{A}\label{t}"
    compiled = compile_all(f":{reference}", r"x\label{e1}", tag)
    assert compiled.diagnostics == ()
    shown = compiled.formulas[0]
    assert shown.text == text
    assert len(re.findall('href="#eq-(?:e1|t)"', shown.html)) == 1
    inside = compile_all(rf":x \text{{ by {reference}}}", r"x\label{e1}", tag)
    assert len(re.findall('href="#eq-(?:e1|t)"', inside.formulas[0].html)) == 1


@pytest.mark.parametrize("command", ["cref", "Cref", "autoref"])
def test_references_that_need_words_are_left_open(command: str) -> None:
    compiled = compile_all(rf":x \text{{ by \{command}{{e1}}}}", r"x\label{e1}")
    (reference,) = compiled.formulas[0].references
    assert (reference.command, reference.names) == (command, ("e1",))


def test_faulty_references() -> None:
    compiled = compile_all(r"x\label{eq:one}", r":\cref{eq:one, eq:onee}", r":\eqref{}")
    (empty,) = compiled.diagnostics
    assert "without the name" in empty.message
    # Another note may have that label.
    (left_open,) = compiled.formulas[1].references
    assert (left_open.command, left_open.names) == ("cref", ("eq:one", "eq:onee"))
    assert compiled.formulas[1].html == "\0000\000"


def test_a_tag_used_twice_names_both_places() -> None:
    (problem,) = compile_all(r"x\tag{A}", r"y\tag{A}").diagnostics
    assert problem.span is not None
    assert problem.span.start.line == 2
    assert problem.related[0].span is not None
    assert problem.related[0].span.start.line == 1
