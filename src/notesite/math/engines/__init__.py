"""The engines, by the names that a configuration may choose."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from notesite.math.engines.engine import COLON, Engine, EngineError

__all__ = ["COLON", "Engine", "EngineError", "load_engine"]


def load_engine(name: str) -> Engine:
    """The engine that the configuration names.

    Raises ValueError with a message for people when there is none of that name.
    """
    if name == "math-core":
        from notesite.math.engines.mathcore import MathCoreEngine  # noqa: PLC0415

        return MathCoreEngine()
    if name == "latex2mathml":
        from notesite.math.engines.latex2mathml import Latex2MathmlEngine  # noqa: PLC0415

        return Latex2MathmlEngine()
    module, colon, factory = name.partition(":")
    if not colon:
        raise ValueError(
            f"there is no math engine '{name}': "
            "use 'math-core', 'latex2mathml' or 'package.module:factory'"
        )
    try:
        made = getattr(import_module(module), factory)()
    except (ImportError, AttributeError) as error:
        raise ValueError(f"the math engine '{name}' cannot be loaded: {error}") from error
    return cast("Engine", made)
