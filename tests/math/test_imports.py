"""What the import of the room brings with it: no more than a plain formula needs."""

from __future__ import annotations

import subprocess
import sys

SLOW = {"difflib", "html.entities", "importlib.metadata", "latex2mathml"}
RARE = {
    f"notesite.math.{name}"
    for name in (
        *("reader", "readable", "errors", "diagrams", "engines.latex2mathml", "macro_sets"),
        *("physics", "chemistry", "units", "tensors", "enclosures", "classics", "text_cases"),
    )
}
IMPORTING = """
import dataclasses, enum, functools, re, sys, typing
compiled = []
original = re._compiler.compile
re._compiler.compile = lambda *arguments: compiled.append(arguments) or original(*arguments)
import {module}
print(len(compiled), *sys.modules)
"""


def imported_with(module: str) -> tuple[int, set[str]]:
    """How many regular expressions the import of a module compiles, and what it imports."""
    run = subprocess.run(
        [sys.executable, "-c", IMPORTING.format(module=module)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    compiled, *modules = run.stdout.split()
    return int(compiled), set(modules)


def test_the_values_come_alone() -> None:
    compiled, modules = imported_with("notesite.math")
    assert compiled == 0
    assert "notesite.math.compiler" not in modules
    assert modules.isdisjoint(SLOW | RARE)


def test_the_compiler_comes_without_what_few_formulas_need() -> None:
    compiled, modules = imported_with("notesite.math.compiler")
    assert compiled == 0
    assert modules.isdisjoint(SLOW | RARE)
