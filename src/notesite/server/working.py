"""Work that one thread asks for and another one does.

Builds are done by the main thread: it alone can be told of a signal in the middle of a regular
expression, and it alone can break one off.
"""

from __future__ import annotations

import queue
import sys
from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_LOOK = 0.2 if sys.platform == "win32" else None
"""Seconds after which whoever waits for work looks up: on Windows no signal wakes it."""


class StoppedError(BaseException):
    """Raised inside work that nobody waits for any more; nobody else is to catch it."""


class Work:
    """A queue of work: `ask` and `end` may be called from any thread, all else where it is done."""

    def __init__(self) -> None:
        self._asked: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._is_under_way = False
        self._is_stopped = False

    def ask(self, work: Callable[[], T]) -> Future[T]:
        """Have `work` done behind all that was asked for before; what comes of it."""
        done: Future[T] = Future()

        def do() -> None:
            if not done.set_running_or_notify_cancel():
                return
            try:
                done.set_result(work())
            except Exception as error:  # noqa: BLE001 - handed over to whoever waits
                done.set_exception(error)

        self._asked.put(do)
        return done

    def end(self) -> None:
        """Let `do` return once it comes to this."""
        self._asked.put(None)

    def do(self) -> None:
        """Do what is asked for until `end` or `stop` is called."""
        with suppress(StoppedError):
            while not self._is_stopped:
                try:
                    work = self._asked.get(timeout=_LOOK)
                except queue.Empty:
                    continue
                if work is None:
                    return
                self._is_under_way = True
                work()
                self._is_under_way = False

    def stop(self) -> None:
        """Break off what is being done, from a signal's handler; nothing more is begun."""
        is_first, self._is_stopped = not self._is_stopped, True
        self.end()
        if self._is_under_way and is_first:
            raise StoppedError
