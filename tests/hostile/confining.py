"""Running something hostile where it can do no harm: in a process with bounds on time and memory.

The bounds are generous, on processor time and not on the clock: they tell linear work from work
that grows with the square, on inputs for which the difference is minutes, and nothing finer.
"""

from __future__ import annotations

import os
import pickle
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

SECONDS = 20
"""Processor time that one hostile input may take."""

MEBIBYTES = 1024
"""Memory beyond what the tests take already."""


class OutOfBoundsError(Exception):
    """What was run took too much time or memory, or broke its process."""


def confined(work: Callable[[], T], *, seconds: int = SECONDS, mebibytes: int = MEBIBYTES) -> T:
    """What `work` returns when it is run in a process of its own; it must be picklable.

    Raises OutOfBoundsError when it goes beyond the bounds, and what `work` raises.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _run(work, writing, seconds, mebibytes)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        told = stream.read()
    _, status = os.waitpid(child, 0)
    if not told:
        reason = signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else status
        raise OutOfBoundsError(f"the process ended with {reason}")
    outcome: tuple[T, Exception | None] = pickle.loads(told)
    result, error = outcome
    if error is not None:
        raise error
    return result


def _run(work: Callable[[], object], writing: int, seconds: int, mebibytes: int) -> None:
    """In the child: never returns."""
    # What measures coverage makes everything several times slower.
    sys.settrace(None)
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        memory = _virtual_memory() + mebibytes * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        try:
            told = pickle.dumps((work(), None))
        except MemoryError:
            told = pickle.dumps((None, OutOfBoundsError("too much memory")))
        except Exception as error:  # noqa: BLE001 - handed over
            told = pickle.dumps((None, RuntimeError(f"{type(error).__name__}: {error}")))
        with os.fdopen(writing, "wb") as stream:
            stream.write(told)
    finally:
        os._exit(0)


def _virtual_memory() -> int:
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
