"""None of our regular expressions takes for ever on a text made for it.

Of each pattern's tree every repetition is taken: what leads to it, what it repeats, many times
over, and a sign that nothing expects. Patterns that try each way to
divide what they repeat are found so.
"""

from __future__ import annotations

import ast
import re
import re._compiler as compiler  # type: ignore[import-not-found]
import re._constants as op  # type: ignore[import-not-found]
import re._parser as tree  # type: ignore[import-not-found]
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from notesite.patience import TooLongError, at_most

SOURCE = Path(__file__).parents[2] / "src" / "notesite"
REPEATED = 24
"""Times at which doubling with each one is beyond all patience."""
LONG = 1000
"""Times at which the third power is."""

_REPETITIONS = (op.MAX_REPEAT, op.MIN_REPEAT)
_MANY = 20
_SIGNS = "a 1-\"'\\([{<*/\n$_.,:x%#@!|"
_FLAGS = {"VERBOSE", "IGNORECASE", "MULTILINE", "DOTALL", "X", "I", "M", "S"}


def patterns() -> Iterator[tuple[str, str, int]]:
    """Where each pattern stands that is written out in our code, its text and its flags."""
    for file in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and _is_compiled(node.func):
                text = node.args[0]
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    flags = sum(
                        getattr(re, each.attr)
                        for given in node.args[1:]
                        for each in ast.walk(given)
                        if isinstance(each, ast.Attribute) and each.attr in _FLAGS
                    )
                    yield f"{file.relative_to(SOURCE)}:{node.lineno}", text.value, int(flags)


def _is_compiled(function: ast.expr) -> bool:
    if isinstance(function, ast.Name):
        return function.id == "pattern"
    return (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id == "re"
    )


def attacks(text: str, flags: int) -> set[tuple[str, str]]:
    """Beginnings, and what is repeated behind them."""
    parsed, found = tree.parse(text, flags), set()
    for pick in range(2):
        for before, body in _repetitions(parsed, "", pick):
            found |= {(before, body), ("", before + body)}
    return {(before, body) for before, body in found if body}


def _repetitions(parsed: Any, before: str, pick: int) -> Iterator[tuple[str, str]]:
    for code, value in parsed:
        if code in _REPETITIONS and value[1] > _MANY:
            yield before, _sample(value[2], pick)
        for inner in _inside(code, value):
            yield from _repetitions(inner, before, pick)
        before += _sample([(code, value)], pick)


def _inside(code: Any, value: Any) -> list[Any]:
    if code in _REPETITIONS:
        return [value[2]]
    if code is op.SUBPATTERN:
        return [value[3]]
    if code is op.BRANCH:
        return list(value[1])
    return [value[1]] if code in (op.ASSERT, op.ASSERT_NOT) else []


def _sample(parsed: Any, pick: int) -> str:
    """A text that matches, or nearly."""
    return "".join(_sample_of(code, value, pick) for code, value in parsed)


def _sample_of(code: Any, value: Any, pick: int) -> str:
    signs: list[str] = []
    if code is op.LITERAL:
        return chr(int(value))
    if code in _REPETITIONS:
        times: int = min(max(value[0], 1), _MANY)
        return _sample(value[2], pick) * times
    if code is op.BRANCH:
        return _sample(value[1][pick % len(value[1])], pick)
    if code is op.SUBPATTERN:
        return _sample(value[3], pick)
    if code in (op.IN, op.NOT_LITERAL, op.ANY):
        one = tree.SubPattern(tree.State(), [(code, value)])
        signs = [sign for sign in _SIGNS if _matches(one, sign)]
    return signs[pick % len(signs)] if signs else ""


def _matches(parsed: Any, sign: str) -> bool:
    return bool(compiler.compile(parsed).match(sign))


def test_no_pattern_takes_for_ever() -> None:
    slow = {where for where, text, flags in patterns() if _is_slow(text, flags)}
    assert slow == set()


def _is_slow(text: str, flags: int) -> bool:
    compiled = re.compile(text, flags)
    try:
        for before, body in attacks(text, flags):
            for times in (REPEATED, LONG // len(body)):
                with at_most(1.5):
                    compiled.search(f"{before}{body * times}\0")
    except TooLongError:
        return True
    return False


@pytest.mark.parametrize("text", ["(a|aa)*b", "(</?[a-z]+[^<>]*>)*x"])
def test_patterns_that_do_are_found(text: str) -> None:
    assert _is_slow(text, 0)
