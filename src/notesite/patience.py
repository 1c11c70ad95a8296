"""Work of others' that is broken off when it takes too long, such as that of a lexer."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_AGAIN = 0.5
"""Seconds after which the block is broken off once more, should it have caught the first time."""


class TooLongError(Exception):
    """Raised in a block that has taken too long."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise TooLongError in the block once it has taken so many seconds of processor time.

    Within a regular expression too, where no other thread could do anything. In the main thread of
    a process alone, and not on Windows: elsewhere the block takes as long as it takes.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _break_off)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN)
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _break_off(_number: int, _frame: FrameType | None) -> None:
    raise TooLongError
