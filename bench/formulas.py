"""How many formulas a second the math room compiles: `python -m bench formulas`."""

from __future__ import annotations

import time

from notesite.math import Formula, Macro, MathCompiler, MathSettings
from notesite.spans import Origin

PLAIN = (
    r"x_{%d}^2 + y",
    r"f_{%d}(x) = \sum_{i=1}^n \alpha_i x_i",
    r"\frac{a_{%d}}{b} \le \sqrt{c}",
    r"\theta_{%d} \in \mathbb{R}^n",
    r"\lVert A_{%d} x \rVert_2",
)
WITH_MACROS = (
    r"\R^{%d}",
    r"\norm{x_{%d}}_2^2 \le \norm{y}",
    r"\E_{x\sim p_{%d}}[f(x)]",
    r"f\colon \R^{%d} \to \R",
    r"\pair{x_{%d}}{y} = 0",
)
ALIGNED = (r"\begin{align} a_{%d} &= b + c \\ d &= \frac{e}{f} \label{eq:%d} \end{align}",)
MACROS = (
    ("R", Macro(r"\mathbb{R}")),
    ("E", Macro(r"\mathbb{E}")),
    ("norm", Macro(r"\left\lVert #1 \right\rVert", 1)),
    ("pair", Macro(r"\langle #1, #2 \rangle", 2)),
)


def formulas(patterns: tuple[str, ...], count: int, *, display: bool = False) -> list[Formula]:
    """`count` different formulas, so that no cache helps."""
    origin = Origin.at(1, 1)
    return [
        Formula(patterns[number % len(patterns)].replace("%d", str(number)), display, origin)
        for number in range(count)
    ]


def rate(engine: str, batch: list[Formula]) -> float:
    """Formulas a second of the processor's time, the best of five runs."""
    best = 0.0
    for _ in range(5):
        compiler = MathCompiler(MathSettings(engine, MACROS))
        start = time.process_time()
        compiled = compiler.compile(batch, "bench.md")
        best = max(best, len(batch) / (time.process_time() - start))
        assert not compiled.diagnostics, compiled.diagnostics[:3]
    return best


def main() -> None:
    """Prints a table."""
    for engine, count in (
        ("math-core", 20_000),
        ("latex2mathml", 1_000),
    ):
        for name, batch in (
            ("plain", formulas(PLAIN, count)),
            ("with macros", formulas(WITH_MACROS, count)),
            ("align, numbered", formulas(ALIGNED, count, display=True)),
        ):
            print(f"{engine:14}{name:18}{rate(engine, batch):10,.0f} formulas/s")


if __name__ == "__main__":
    main()
