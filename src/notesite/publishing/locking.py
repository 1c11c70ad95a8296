"""One build at a time: a lock that the system lets go of when its holder dies."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BETWEEN = 0.05
"""Seconds between two tries."""


class LockedError(Exception):
    """Somebody else held the lock for too long."""


@contextlib.contextmanager
def locked(file: Path, patience: float) -> Iterator[None]:
    """Hold the lock of `file`, which is made if need be, while the block runs.

    Waits up to `patience` seconds for another process, then raises LockedError. Raises OSError when
    the file cannot be made.
    """
    deadline = time.monotonic() + patience
    while True:
        with file.open("a+b") as stream:
            if _try(stream):
                try:
                    # Its holder may have done away with the file that was waited for.
                    if _is_file(stream, file):
                        yield
                        return
                finally:
                    _release(stream)
        if time.monotonic() >= deadline:
            raise LockedError
        time.sleep(_BETWEEN)


def _is_file(stream: IO[bytes], file: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(stream.fileno()), file.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _try(stream: IO[bytes]) -> bool:
        stream.seek(0)
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _release(stream: IO[bytes]) -> None:
        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try(stream: IO[bytes]) -> bool:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _release(stream: IO[bytes]) -> None:
        fcntl.flock(stream, fcntl.LOCK_UN)
