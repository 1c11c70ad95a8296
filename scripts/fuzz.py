"""Coverage-guided fuzzing: `python scripts/fuzz.py [TARGET] [-max_total_time=600]`.

TARGET is `math` (formulas, when none is named), or one of `tests/hostile/fuzzing.py`: `notes`,
`front-matter`, `configuration`, `typescript`. Needs atheris, which development installs on Linux.
Stops at the first input that breaks a promise: no exception, well-formed XML, an error exactly
where a formula fails, and no more than `SLOWEST` seconds. The other arguments are libFuzzer's:
bounds, or a file with an input that broke something once.
"""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import atheris

sys.path.insert(0, str(Path(__file__).parents[1]))

with atheris.instrument_imports(include=["notesite"]):
    from tests.hostile.fuzzing import TARGETS, Target

    from notesite.math import CompiledMath, Formula, MathCompiler, MathSettings, macro_from_text
    from notesite.spans import Origin

if TYPE_CHECKING:
    from collections.abc import Callable

SLOWEST = 0.5
"""How many seconds of the processor a formula may take, the fastest of three times.

The bound is 0.1 without the instruments that measure coverage, which slow it down five times.
"""

PIECES = (
    *"abx12+-=()[]{}^_&~%#'$<>\" .,|",
    "\\frac", "\\sqrt", "\\left(", "\\right)", "\\left.", "\\middle|", "\\\\", "\\alpha", "\\text{",
    "\\begin{align}", "\\end{align}", "\\begin{pmatrix}", "\\end{pmatrix}", "\\begin{cases}",
    "\\end{cases}", "\\begin{array}{c|l}", "\\end{array}", "\\begin{subequations}",
    "\\end{subequations}", "\\begin{CD}", "\\end{CD}", "@>f>>", "@VVV", "\\begin{tikzcd}",
    "\\end{tikzcd}", '\\arrow[r,"f"]', "\\label{x}", "\\tag{1}", "\\eqref{x}", "\\cref{x,y}",
    "\\norm", "\\pow[", "\\loop", "\\bomb", "\\newcommand{\\q}[1]{x#1}", "\\q", "\\def\\p(#1){#1}",
    "\\p(", "\\let\\q\\p", "\\edef\\r{\\q}", "\\r", "\\newenvironment{e}{a}{b}", "\\begin{e}",
    "\\end{e}", "\\hline", "\\limits", "\\not", "\\verb|x|", "\\substack{", "\\mathbb", "\\char",
    "\\operatorname*{", "\\overset", "\\underbrace{", "\\color{red}", "\\small", "\\hspace{1em}",
    "\\rule{1em}{1em}", "\\mathclap{", "\\smash[t]{", "\\href{a}{", "\\intertext{",
    "\\displaystyle", "\\bigl<", "\\big", "\\genfrac", "\\@ifnextchar", "\\@ifstar", "\\futurelet",
    "\\bm{", "\\mathcal{", "\\htmlData{a=b}{", "\\cancelto{0}{", "\\char`", "\\expandafter",
    "\\mathrel{", "{\\bf",
    "\\over", "\\cfrac", "\\mathop{", "\\hat", "\\widehat{", "\\multicolumn{2}{c}{", "\\cline{1-2}",
    "\\raisebox{1em}{", "\\dots", "\\bigl(", "\\begin{gather}", "\\end{gather}", "é", "∑", "²",
    "\\begin{cases*}", "\\end{cases*}", "\\tensor{T}{", "\\indices{", "\\root", "\\of",
    "\\buildrel", "\\raise1pt", "\\ce{", "\\pu{", "\\Aboxed{", "\\enclose{box}{",
    "\\bbox[red]{", "\\upalpha", "\\not{", "\\matrix{", "\\cases{", "\\cr", "\\mathit{ab}",
    "\\require{physics}", "\\dv{", "\\braket{", "\\DeclarePairedDelimiterX\\d[1]{(}{)}{#1}",
    "\\d*", "\\prescript{", "->", "H2O", "^2-", "\\begin{numcases}{x}", "\\end{numcases}",
    "\\begin{empheq}[left=x]{align}", "\\end{empheq}", "\\definecolor{c}{rgb}{1,0,0}",
    "\\cellcolor{", "\\rowcolor{c}", "\\splitfrac{", "\\style{color:red}{", "\\unicode{",
    "\\class{c}{", "\\dmat{", "%",
    "\U0010ffff", "\x00",
)  # fmt: skip

MACROS = (
    ("norm", macro_from_text("norm", r"\lVert #1 \rVert")),
    ("pow", macro_from_text("pow", "#2^{#1}", arguments=2, default="2")),
    ("loop", macro_from_text("loop", r"\loop")),
    ("bomb", macro_from_text("bomb", r"\bomb\bomb")),
)
COMPILERS = [
    MathCompiler(MathSettings(engine, MACROS, macro_sets=("physics",)))
    for engine in ("math-core", "latex2mathml")
]


def formula_of(data: bytes) -> tuple[Formula, MathCompiler]:
    """A formula made of pieces and of plain bytes, and the compiler to try it on."""
    provider = atheris.FuzzedDataProvider(data)
    flags = provider.ConsumeIntInRange(0, 7)
    pieces: list[str] = []
    while provider.remaining_bytes() and len(pieces) < 60:
        index = provider.ConsumeIntInRange(0, len(PIECES) + 3)
        pieces.append(PIECES[index] if index < len(PIECES) else provider.ConsumeUnicode(4))
    display = bool(flags & 1)
    formula = Formula("".join(pieces), display, Origin.at(1, 1), inline=flags & 2 > 0)
    return formula, COMPILERS[flags >> 2]


def check(formula: Formula, compiled: CompiledMath) -> None:
    """Raises when what came of a formula breaks a promise."""
    (rendered,) = compiled.formulas
    filled = re.sub(r"\0\d+\0", "1", rendered.html)  # the places of references across notes
    ElementTree.fromstring(f"<div>{filled}</div>")  # noqa: S314 - our own output
    is_wrong = any(
        problem.severity.value == "error" and problem.code != "math-label-duplicate"
        for problem in compiled.diagnostics
    )
    assert rendered.failed is is_wrong, (formula.tex, compiled.diagnostics)
    shown = re.sub(r' (?:alttext|title)="[^"]*"', "", rendered.html)
    assert " style=" not in shown, formula.tex
    assert "\n" not in rendered.text or rendered.failed, formula.tex


def seconds_for(formula: Formula, compiler: MathCompiler) -> tuple[float, CompiledMath]:
    """How long a formula takes, and what comes of it."""
    start = time.process_time()
    compiled = compiler.compile([formula], "fuzz.md")
    return time.process_time() - start, compiled


def test_one(data: bytes) -> None:
    """What libFuzzer calls."""
    formula, compiler = formula_of(data)
    taken, compiled = seconds_for(formula, compiler)
    check(formula, compiled)
    if taken > SLOWEST:
        taken = min(seconds_for(formula, compiler)[0] for _ in range(3))
        assert taken < SLOWEST, (taken, formula.tex)


def tester(target: Target) -> Callable[[bytes], None]:
    """What libFuzzer calls for another target than formulas."""

    def test(data: bytes) -> None:
        provider = atheris.FuzzedDataProvider(data)
        pieces: list[str] = []
        while provider.remaining_bytes() and len(pieces) < 200:
            index = provider.ConsumeIntInRange(0, len(target.pieces) + 2)
            is_piece = index < len(target.pieces)
            pieces.append(
                target.pieces[index] if is_piece else provider.ConsumeUnicodeNoSurrogates(4)
            )
        text = "".join(pieces)
        start = time.process_time()
        target.check(text)
        assert time.process_time() - start < SLOWEST * 20, text

    return test


def main() -> None:
    """Fuzzes until told to stop."""
    program, *arguments = sys.argv
    is_named = bool(arguments) and arguments[0] in {"math", *TARGETS}
    name = arguments.pop(0) if is_named else "math"
    atheris.Setup([program, *arguments], test_one if name == "math" else tester(TARGETS[name]))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
