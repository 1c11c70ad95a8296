"""Where an error is, when the engine that met it cannot say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.engines.engine import EngineError
from notesite.math.tex import tokenize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from notesite.math.tex import Token

LONGEST = 200
"""How many tokens a formula may have whose beginnings are tried one by one."""

OWN = "latex2mathml cannot"
"""How messages begin that blame the engine, not the formula."""

_DEPTH = {"{": 1, "}": -1, "\\begin": 1, "\\end": -1, "\\left": 1, "\\right": -1}


def placed(error: EngineError, tex: str, convert: Callable[[str], object]) -> EngineError:
    """The error of `convert` at its offset in `tex`; below 0 still if that cannot be found.

    The default engine is asked first: what it refuses too it refuses at a place. What only this
    engine cannot do begins where the longest beginning ends that it can.
    """
    from notesite.math.engines.mathcore import MathCoreEngine  # noqa: PLC0415 - only for errors

    try:
        MathCoreEngine().convert(tex, display=True)
    except EngineError as same:
        return same
    tokens = tokenize(tex)
    if len(tokens) > LONGEST:
        return error
    at = 0
    for beginning in _beginnings(tokens):
        try:
            convert(tex[:beginning])
        except EngineError:
            continue
        at = beginning
    following = next((token for token in tokens if token.start >= at and not token.is_space), None)
    message = error.message if error.message.startswith(OWN) else f"{OWN} read this formula"
    return EngineError(following.start if following else -1, message)


def _beginnings(tokens: list[Token]) -> Iterator[int]:
    """The offsets at which nothing is open."""
    depth = 0
    for token in tokens[:-1]:
        depth += _DEPTH.get(token.text, 0)
        if depth == 0:
            yield token.end
