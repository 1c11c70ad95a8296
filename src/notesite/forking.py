"""Work in chunks, done by this process and by copies of it.

A copy has everything in its memory already: nothing is sent to it. All take the numbers of chunks
from one pipe, where they were put at the beginning; what comes of a chunk goes to the first process
through a pipe of each copy. A copy ends with the first process, however that ends.
"""

from __future__ import annotations

import gc
import os
import pickle
import select
import signal
import sys

if sys.platform == "linux":
    import fcntl
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from types import TracebackType
    from typing import Self

T = TypeVar("T")
R = TypeVar("R")

_NUMBER = 4
"""Bytes of a number in a pipe."""

MOST_CHUNKS = 8_000
"""So many numbers fit into a pipe that nobody reads yet."""

_AT_ONCE = 1 << 20
"""Bytes that are read at once, and that a copy may write before anybody reads: it waits for more
room than it is given, and the first process looks only between two chunks of its own."""


class Progress(Protocol):
    """Tells a person how far a long stage is."""

    def __call__(self, items: Sequence[T], doing: str, /) -> Iterable[T]:
        """The same items, one after the other."""
        ...


def no_progress(items: Sequence[T], doing: str) -> Iterable[T]:  # noqa: ARG001 - the protocol's
    """The items, without a word."""
    return items


def may_fork() -> bool:
    """Whether a fork is safe: the copy has none of the other threads, in the middle of whatever.

    Those of libraries count too, which Python knows nothing of. Elsewhere than on Linux libraries
    of the system have such threads, and nobody says how many.
    """
    if sys.platform != "linux":
        return False
    try:
        return len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:
        return False


def in_chunks(items: Sequence[T], size: int) -> list[Sequence[T]]:
    """The items in chunks of that size, larger ones where a crew could not take so many."""
    size = max(1, size, -(-len(items) // MOST_CHUNKS))
    return [items[start : start + size] for start in range(0, len(items), size)]


class Crew(Generic[R]):
    """This process and its copies at work on numbered chunks; a context manager.

    `work` makes of the number of a chunk what comes of it; in a copy this is pickled, and the copy
    calls `begin_apart` first. The copies begin with the block and are gone behind it.
    """

    def __init__(
        self,
        chunks: int,
        work: Callable[[int], R],
        *,
        copies: int,
        begin_apart: Callable[[], None] | None = None,
    ) -> None:
        self._chunks = chunks
        self._work = work
        self._copies = copies
        self._begin_apart = begin_apart
        self._list = -1
        self._others: dict[int, int] = {}
        self._read: dict[int, bytearray] = {}
        """The processes, and what they wrote so far, by the pipe that is read."""

    def __enter__(self) -> Self:
        self._list, writing = os.pipe()
        os.write(writing, b"".join(number.to_bytes(_NUMBER) for number in range(self._chunks)))
        os.close(writing)
        # Nothing that is here now is looked through by any of them: that would copy all memory.
        gc.freeze()
        for _ in range(self._copies):
            self._fork()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for reading, process in list(self._others.items()):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
            self._gone(reading)
        os.close(self._list)
        gc.unfreeze()

    def _fork(self) -> None:
        reading, writing = os.pipe()
        _widen(writing)
        parent = os.getpid()
        process = os.fork()
        if process:
            os.close(writing)
            self._others[reading] = process
            self._read[reading] = bytearray()
            return
        status = 1
        try:
            # Whoever holds a reading end keeps a writer waiting that should learn of the end.
            for each in (reading, *self._others):
                os.close(each)
            self._serve(writing, parent)
            status = 0
        finally:
            # At once, whatever happened: everything outside belongs to the other process, which
            # does what is missing and so comes upon the same fault.
            os._exit(status)

    def _serve(self, writing: int, parent: int) -> None:
        """Work in a copy, until the list is empty or the other process is gone."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if self._begin_apart:
            self._begin_apart()
        with os.fdopen(writing, "wb") as stream:
            for number in self._numbers():
                if os.getppid() != parent:
                    return
                packed = pickle.dumps((number, self._work(number)), protocol=5)
                stream.write(len(packed).to_bytes(_NUMBER) + packed)
                stream.flush()

    def _numbers(self) -> Iterator[int]:
        """The numbers of chunks that nobody else takes."""
        while number := os.read(self._list, _NUMBER):
            yield int.from_bytes(number)

    def results(self, progress: Progress = no_progress, doing: str = "") -> Iterator[R]:
        """What comes of the chunks, each as soon as it is ready."""
        results = self._results()
        for _ in progress(range(self._chunks), doing):
            yield next(results)

    def _results(self) -> Iterator[R]:
        missing = set(range(self._chunks))
        for number in self._numbers():
            missing.discard(number)
            yield self._work(number)
            for other, result in self._received(wait=False):
                missing.discard(other)
                yield result
        while self._others:
            for other, result in self._received(wait=True):
                missing.discard(other)
                yield result
        # Of copies that died, perhaps for want of memory.
        for number in sorted(missing):
            yield self._work(number)

    def _received(self, *, wait: bool) -> Iterator[tuple[int, R]]:
        """The numbers and the results of chunks that the copies have done."""
        ready, _, _ = select.select(list(self._others), [], [], None if wait else 0)
        for reading in ready:
            content = os.read(reading, _AT_ONCE)
            if content:
                self._read[reading] += content
                yield from _complete(self._read[reading])
            else:
                self._gone(reading)

    def _gone(self, reading: int) -> None:
        """Let go of a copy that has ended, or will at once."""
        os.close(reading)
        os.waitpid(self._others.pop(reading), 0)
        del self._read[reading]


def _widen(pipe: int) -> None:
    """Give a pipe room for what comes of several chunks, where the system allows that much."""
    if sys.platform == "linux":
        # A user who holds many pipes is refused; the copy then waits more often.
        with suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _AT_ONCE)


def _complete(content: bytearray) -> Iterator[tuple[int, R]]:
    """What has arrived as a whole, taken from the front of `content`."""
    while len(content) >= _NUMBER:
        end = _NUMBER + int.from_bytes(content[:_NUMBER])
        if len(content) < end:
            return
        yield pickle.loads(memoryview(content)[_NUMBER:end])  # noqa: S301 - from a copy of ours
        del content[:end]
