"""Temporary folders, and an end to those of processes that were killed.

Whoever has such a folder holds its lock, which the system lets go of when the process dies, and
then puts a mark into it: a folder with the mark whose lock is free belongs to nobody any more.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX = "notesite-"
MARK = ".notesite-temporary"


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder of our own while the block runs; those that others left behind are removed.

    Raises OSError where there can be none.
    """
    _remove_stale(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        lock = _locked(folder)
        try:
            if lock is not None:
                (folder / MARK).touch()
            yield folder
        finally:
            if lock is not None:
                os.close(lock)


def _locked(folder: Path) -> int | None:
    """The file that holds the folder's lock until it is closed; None where it cannot be had."""
    # Windows locks no folders, and neither do some disks in the network.
    if sys.platform == "win32":
        return None
    try:
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(opened)
        return None
    return opened


def _remove_stale(parent: Path) -> None:
    """Remove folders of ours that nobody has any more."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        for folder in parent.glob(f"{PREFIX}*"):
            if not _is_ours(folder):
                continue
            lock = _locked(folder)
            if lock is not None:
                shutil.rmtree(folder, ignore_errors=True)
                os.close(lock)


def _is_ours(folder: Path) -> bool:
    """Whether the folder is this user's and has the mark; others cannot make us remove theirs."""
    try:
        return folder.lstat().st_uid == os.getuid() and (folder / MARK).is_file()
    except OSError:
        return False
