"""Measure KaTeX's functions in both engines, and write the table of them into the documentation.

    python scripts/functions.py          # prints what share is rendered, and what is refused
    python scripts/functions.py --write  # writes docs/functions.md as well

The functions and the formulas that use them are in tests/math/functions.toml.
"""

from __future__ import annotations

import re
import sys
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from notesite.math import Formula, MathCompiler, MathSettings
from notesite.math.commands import known_commands
from notesite.math.engines import load_engine
from notesite.math.layout import compose
from notesite.math.mouth import Mouth
from notesite.math.scope import Scope
from notesite.math.tex import join, tokenize
from notesite.spans import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from notesite.diagnostics import Diagnostic

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "math" / "functions.toml"
PAGE = ROOT / "docs" / "functions.md"
ENGINES = ("math-core", "latex2mathml")

_DEFINES = re.compile(r"\\(?:[gex]?def|let|futurelet|(?:new|renew|provide)command)(?![A-Za-z])")
_NEEDS_A_BLOCK = re.compile(r"\\tag|\\begin\{(?:align|alignat|gather|equation)\*?\}|\$")
_INTRODUCTION = """\
---
title: Functions
summary: "Every function of KaTeX: how it is written, what it looks like, and how it is made."
---

The functions, symbols and environments that KaTeX knows, and what notesite makes of them with its
default engine, math-core. **engine**: math-core renders it as it stands. **rewritten**: it is put
into other words for the engine first. **our MathML**: notesite writes the MathML itself.
**refused**: an error says so, and what to do instead. The last column is about the other engine,
latex2mathml. What is shown stands in a line; displays have more room.
"""


@dataclass(frozen=True, slots=True)
class Function:
    """A function with the group it belongs to and formulas that use it."""

    group: str
    name: str
    formulas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an engine makes of a function: the formulas it does not render, and why not."""

    function: Function
    refused: tuple[tuple[str, Diagnostic], ...]

    @property
    def is_rendered(self) -> bool:
        """Whether all of its formulas are rendered."""
        return not self.refused


def functions() -> Iterator[Function]:
    """All functions, as the file of data has them."""
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    for kind in data["kinds"]:
        for written in kind["names"].split():
            name = written.replace("␣", " ")
            formulas = tuple(formula.replace("NAME", name) for formula in kind["formulas"])
            yield Function(kind["title"], name, formulas)
    for group, members in data["written"].items():
        for name, formulas in members.items():
            yield Function(group, name, tuple(formulas))


def compiled(engine: str, tex: str, *, display: bool = True) -> tuple[str, list[Diagnostic]]:
    """The HTML of a formula, empty when it is not rendered, and what is said of it."""
    result = _compiler(engine).compile([Formula(tex, display, Origin.at(1, 1))], "functions.md")
    formula = result.formulas[0]
    return ("" if formula.failed else formula.html), list(result.diagnostics)


@cache
def _compiler(engine: str) -> MathCompiler:
    return MathCompiler(MathSettings(engine))


def measure(engine: str) -> list[Outcome]:
    """What the engine makes of every function."""
    return [Outcome(function, tuple(_refused(engine, function))) for function in functions()]


def _refused(engine: str, function: Function) -> Iterator[tuple[str, Diagnostic]]:
    for tex in function.formulas:
        html, diagnostics = compiled(engine, tex)
        if not html and diagnostics:
            yield tex, diagnostics[0]


def share(outcomes: Sequence[Outcome]) -> float:
    """The share of functions of which all formulas are rendered."""
    return sum(outcome.is_rendered for outcome in outcomes) / len(outcomes)


def manner(outcome: Outcome) -> str:
    """How a function is supported with the default engine, for people."""
    if not outcome.is_rendered:
        tex, diagnostic = outcome.refused[0]
        part = "" if len(outcome.refused) == len(outcome.function.formulas) else f" in `{tex}`"
        return f"refused{part}: {diagnostic.message}"
    manners = {_manner(tex) for tex in outcome.function.formulas}
    return next(each for each in ("our MathML", "rewritten", "engine") if each in manners)


def _manner(tex: str) -> str:
    reader = Mouth(Scope({}, known_commands(load_engine(ENGINES[0]).commands)), display=True)
    reading = reader.read(tokenize(tex))
    if reading.holes:
        return "our MathML"
    given = "".join(join(compose(reading)).split())
    return "engine" if given == "".join(tex.split()) else "rewritten"


def page() -> str:
    """The page of the documentation."""
    others = measure(ENGINES[1])
    parts = [_INTRODUCTION]
    group = ""
    for outcome, other in zip(measure(ENGINES[0]), others, strict=True):
        if outcome.function.group != group:
            group = outcome.function.group
            parts.append(f"\n## {group}\n\n| function | source | shown | how | latex2mathml |")
            parts.append("|---|---|---|---|---|")
        parts.append(_row(outcome, is_elsewhere=other.is_rendered))
    return "\n".join(parts) + "\n"


def _row(outcome: Outcome, *, is_elsewhere: bool) -> str:
    function = outcome.function
    source = next((tex for tex in function.formulas if _can_be_shown(tex)), function.formulas[0])
    shown = f"${source}$" if _can_be_shown(source) else ""
    elsewhere = "yes" if is_elsewhere else "refused"
    cells = (_code(function.name), _code(source), shown, manner(outcome), elsewhere)
    return "| " + " | ".join(_in_cell(cell) for cell in cells) + " |"


def _can_be_shown(tex: str) -> bool:
    """Whether a formula may stand in a line of a page without harm to the rest of it."""
    if _DEFINES.search(tex) or _NEEDS_A_BLOCK.search(tex) or tex != tex.strip():
        return False
    html, diagnostics = compiled(ENGINES[0], tex, display=False)
    return bool(html) and not diagnostics


def _code(text: str) -> str:
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def _in_cell(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> int:
    """Prints the shares and the refusals; writes the page when told to."""
    for engine in ENGINES:
        outcomes = measure(engine)
        formulas = sum(len(outcome.function.formulas) for outcome in outcomes)
        refused = sum(len(outcome.refused) for outcome in outcomes)
        print(
            f"{engine}: {share(outcomes):.1%} of {len(outcomes)} functions in all formulas, ",
            end="",
        )
        print(f"{1 - refused / formulas:.1%} of {formulas} formulas")
        for outcome in outcomes:
            if not outcome.is_rendered and engine == ENGINES[0]:
                print(f"  {outcome.function.name}: {manner(outcome)}")
    if "--write" in sys.argv[1:]:
        PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
