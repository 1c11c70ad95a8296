"""Stamps of files: what shows that a file is still the one that was read or written.

A stamp is a file's size, its two times of change and its number on the disk. The second time
(`ctime`) cannot be set back, so that an edit that keeps size and time stamp shows too. A file that
was touched a moment ago can be touched again without another time showing; its stamp is not
settled, and its content has to be looked at.
"""

from __future__ import annotations

import hashlib
import os
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SETTLED = 0.1
"""Seconds after which a file's next change shows in its time stamps on every file system we know
of."""

Stamp = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file as it was: its stamp, whether that can be relied on, and the digest of its bytes."""

    stamp: Stamp
    is_settled: bool
    digest: str


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp of a file with that status."""
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def digest_bytes(content: bytes) -> str:
    """The digest of a file's bytes."""
    return hashlib.sha256(content).hexdigest()


def known_file(path: Path | str, digest: str) -> KnownFile:
    """The file at `path`, whose bytes have this digest; raises OSError when it is not there."""
    status = os.stat(path)  # noqa: PTH116 - as below
    settled = (time.time() - SETTLED) * 1e9
    return KnownFile(stamp_of(status), status.st_mtime_ns < settled, digest)


def settled(known: KnownFile) -> KnownFile:
    """The same file, seen to be the same just now."""
    if known.is_settled:
        return known
    return replace(known, is_settled=known.stamp[1] < (time.time() - SETTLED) * 1e9)


def is_still(path: Path | str, known: KnownFile) -> bool:
    """Whether the file at `path` is the one that is known."""
    try:
        # Without a Path, which takes longer to make than the question does.
        if stamp_of(os.stat(path)) != known.stamp:  # noqa: PTH116
            return False
        if known.is_settled:
            return True
        with open(path, "rb") as stream:  # noqa: PTH123
            return digest_bytes(stream.read()) == known.digest
    except OSError:
        return False


def file_stamps(paths: Iterable[str]) -> list[tuple[str, Stamp]]:
    """The paths of those of the files that are there, with their stamps."""
    stamps = []
    for path in paths:
        try:
            # Without a Path, which takes longer to make than the question does.
            status = os.stat(path)  # noqa: PTH116
        except OSError:
            continue
        stamps.append((path, stamp_of(status)))
    return stamps


def newest_change(stamps: Iterable[tuple[str, Stamp]]) -> float:
    """When the file changed last that changed last, in seconds since 1970; 0 without files."""
    return max((max(content, status) for _, (_, content, status, _) in stamps), default=0) / 1e9
