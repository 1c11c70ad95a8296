"""What an engine is: it turns one formula of macro-free TeX into MathML."""

from __future__ import annotations

from typing import Protocol

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
