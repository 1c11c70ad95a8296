r"""The macros of the package physics: each says the same as TeX that is written out."""

from __future__ import annotations

import re

import pytest

from notesite.math import Formula, MathCompiler, MathSettings
from notesite.math.macro_sets import MACRO_SETS
from notesite.math.values import Preamble
from notesite.spans import Origin

ENGINES = ("math-core", "latex2mathml")
_CONTENT = re.compile(r"<math[^>]*>(.*)</math>", re.DOTALL)

SAME = [
    (r"\qty(\frac12)", r"\left(\frac12\right)"),
    (r"\qty\Big[x]", r"\Bigl[x\Bigr]"),
    (r"\qty(\qty(x)+1)", r"\left(\left(x\right)+1\right)"),
    (r"\pqty*{x}", "(x)"),
    (r"\abs{\frac12}", r"\left|\frac12\right|"),
    (r"\norm*{x}", r"\|x\|"),
    (r"\eval{x}_0^1", r"\left.x\right|_0^1"),
    (r"\eval[x|_0^1", r"\left[x\right|_0^1"),
    (r"\comm{A}{B}", r"\left[A, B\right]"),
    (r"\vb*{\theta} \vu{e}", r"\boldsymbol{\theta} \hat{\mathbf{e}}"),
    (r"\grad(f)", r"\boldsymbol{\nabla}\left(f\right)"),
    (r"\div{v}", r"\boldsymbol{\nabla}\cdot{}{v}"),
    (r"\sin[2](x) + \sin x", r"\sin^{2}\left(x\right) + \sin x"),
    (r"\dd[3]{x} \dd x", r"\mathop{}\!\mathrm{d}^{3}x \mathop{}\!\mathrm{d}x"),
    (r"\dv*[2]{f}{x}", r"\left.\mathrm{d}^{2}f\middle/\mathrm{d}x^{2}\right."),
    (r"\pdv{f}{x}{y}", r"\frac{\partial^{2}f}{\partial x\partial y}"),
    (r"\bra{a}\ket{b}", r"\left\langle a\middle|b\right\rangle"),
    (r"\bra{a} A", r"\left\langle a\right| A"),
    (r"\braket{a}", r"\left\langle a\middle|a\right\rangle"),
    (r"\dyad*{a}{b}", r"|a\rangle\!\langle b|"),
    (r"\ev{A}{\psi}", r"\left\langle\psi\middle|A\middle|\psi\right\rangle"),
    (r"\mel*{n}{A}{m}", r"\langle n|A|m\rangle"),
    (r"\qq*{if} \qif", r"\text{if}\quad \quad\text{if}\quad"),
    (r"\mqty[a & b]", r"\begin{bmatrix}a & b\end{bmatrix}"),
    (r"\mqty(\imat{2})", r"\begin{pmatrix}1&0\\0&1\end{pmatrix}"),
    (r"\mqty|\xmat*{a}{2}{2}|", r"\begin{vmatrix}a_{11}&a_{12}\\a_{21}&a_{22}\end{vmatrix}"),
    (r"\mqty(\pmat{y})", r"\begin{pmatrix}0&-i\\i&0\end{pmatrix}"),
    (r"\mqty(\admat[0]{1,2})", r"\begin{pmatrix}0&1\\2&0\end{pmatrix}"),
    (r"\smqty(a)", r"\begin{psmallmatrix}a\end{psmallmatrix}"),
    (r"\flatfrac{a}{b}", r"\left.a\middle/b\right."),
]


def shown(tex: str, engine: str) -> str:
    settings = MathSettings(engine, macro_sets=("physics",))
    compiled = MathCompiler(settings).compile([Formula(tex, True, Origin.at(1, 1))], "a.md")
    assert [problem.message for problem in compiled.diagnostics] == []
    match = _CONTENT.search(compiled.formulas[0].html)
    assert match is not None
    return re.sub(r' class="symbol[^"]*"', "", match[1])


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("tex", "same"), SAME)
def test_a_macro_of_physics_is_written_out(tex: str, same: str, engine: str) -> None:
    spelled = same.replace(r"\sin", r"\operatorname{sin}")
    assert shown(tex, engine) == shown(spelled, engine)


@pytest.mark.parametrize("tex", [r"\qty x", r"\mqty", r"\pmat{5}", r"\imat{99}", r"\eval(x"])
def test_a_macro_of_physics_without_its_argument_is_told(tex: str) -> None:
    settings = MathSettings(macro_sets=("physics",))
    compiled = MathCompiler(settings).compile([Formula(tex, True, Origin.at(1, 1))], "a.md")
    [problem] = compiled.diagnostics
    assert re.fullmatch(r"'\\[a-z]+' needs an argument", problem.message)


@pytest.mark.parametrize("line", [r"\require{physics}", r"\usepackage[arrowdel]{amsmath,physics}"])
def test_a_preamble_may_load_physics(line: str) -> None:
    preamble = Preamble(f"{line}\n\\newcommand{{\\abs}}[1]{{A#1}}\n", "preamble.sty")
    compiler = MathCompiler(MathSettings(preamble=preamble))
    assert compiler.diagnostics == ()
    compiled = compiler.compile([Formula(r"\dv{x} \abs x", True, Origin.at(1, 1))], "a.md")
    assert compiled.diagnostics == ()
    assert "<mi>A</mi>" in compiled.formulas[0].html


def test_all_macros_are_described() -> None:
    assert [name for name, macro in MACRO_SETS["physics"].items() if not macro.description] == []
