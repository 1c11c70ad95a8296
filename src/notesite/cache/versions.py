"""What tells two values, or two states of the code that computes them, apart."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORMAT = "3"
_METADATA = frozenset({".dist-info", ".egg-info"})
_PACKAGE = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120 - as quick as can be


@functools.cache
def code_version() -> str:
    """What tells this notesite, and the libraries it reads notes with, from any other."""
    files = sorted(_code_below(_PACKAGE, ""))
    return digest(_FORMAT, sys.version, repr(files), repr(_installed()))


def _code_below(folder: str, prefix: str) -> Iterator[tuple[str, int, int]]:
    """The modules below a folder: path, size, time of the last change."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                status = entry.stat()
                yield prefix + entry.name, status.st_size, status.st_mtime_ns
            elif entry.is_dir() and entry.name != "__pycache__":
                yield from _code_below(entry.path, f"{prefix}{entry.name}/")


def _installed() -> list[str]:
    """The installed packages with their versions, by the names of their metadata's folders.

    More than reading notes takes, but `importlib.metadata`, which could tell, is slow to import.
    """
    names: set[str] = set()
    for folder in filter(os.path.isdir, sys.path):
        with contextlib.suppress(OSError):
            names.update(each.name for each in Path(folder).iterdir() if each.suffix in _METADATA)
    return sorted(names)


def digest(*parts: str) -> str:
    """The SHA-256 of texts, in hexadecimal digits; no two lists of texts share one."""
    joined = "\0".join(part.replace("\\", "\\\\").replace("\0", "\\0") for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()
