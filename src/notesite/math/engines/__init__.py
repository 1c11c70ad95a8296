"""The engines: what turns one formula of macro-free TeX into MathML."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

COLON = '<mo lspace="0.1111em" rspace="0.3333em">:</mo>'
r"""`\colon`, as in f: A → B: amsmath sets 2 mu before it and 6 behind."""


class EngineError(Exception):
    """A formula that an engine does not accept, at an offset in the TeX it was given.

    An engine that cannot say where tells an offset below 0.
    """

    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message


class Engine(Protocol):
    """What an engine has to have.

    `commands` names the commands, without backslash, that the engine renders correctly; an engine
    that checks for itself may leave it empty.
    """

    @property
    def name(self) -> str:
        """The engine's name."""

    @property
    def version(self) -> str:
        """The version of what does the work; a part of the cache's key."""

    @property
    def commands(self) -> frozenset[str]:
        """The commands it renders correctly, or none if it checks for itself."""

    def convert(self, tex: str, display: bool) -> str:
        """A `<math>` element without attributes but `display`; raises EngineError."""


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
