"""What was computed before: one SQLite file per site, in the user's cache folder.

Everything in it can be computed again, so the file may be deleted at any time; one that is damaged
or locked is as good as none. A key names all that its value depends on, so nothing in it is ever
wrong, only unused, and what is unused for a month is dropped.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import io
import os
import pickle
import sqlite3
import sys
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_FORMAT = "2"
_KEPT_SECONDS = 30 * 86_400
_FRESH_SECONDS = 86_400
"""For how long a value's last use is not written down anew."""
_AT_ONCE = 500
_PATIENCE = 5.0
"""Seconds to wait for another build that is writing."""

_WORTH_COMPRESSING = 4_000
_PLAIN, _COMPRESSED = b"p", b"z"

_METADATA = frozenset({".dist-info", ".egg-info"})
_MODULES = (
    "notesite.model.sources", "notesite.model.references", "notesite.model.notes",
    "notesite.model.placed", "notesite.model.site", "notesite.model.pages",
    "notesite.spans", "notesite.diagnostics", "notesite.building.values", "notesite.stamps",
    "notesite.remaking", "notesite.linking.remembering",
)  # fmt: skip
_CLASSES = frozenset({
    ("datetime", "date"), ("datetime", "datetime"), ("datetime", "timezone"),
    ("datetime", "timedelta"), ("builtins", "set"), ("builtins", "frozenset"),
    ("notesite.shelf", "Loader"),
})  # fmt: skip


def user_cache() -> Path:
    """Notesite's folder among the user's caches, where the platform has them."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        # XDG Base Directory Specification 0.8.
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "notesite"


def site_cache(root: Path) -> Path:
    """The file of the site in the folder `root`."""
    name = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:20]
    return user_cache() / "sites" / f"{name}.sqlite"


@functools.cache
def code_version() -> str:
    """What tells this notesite, and the libraries it reads notes with, from any other."""
    files = sorted(_code_below(os.path.dirname(__file__), ""))  # noqa: PTH120 - as quick as can be
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


def pack(value: object, *, compress: bool = True) -> bytes:
    """A value of the model as bytes; those that are compressed already need not be once more."""
    stream = io.BytesIO()
    _Pickler(stream, protocol=5).dump(value)
    packed = stream.getvalue()
    if len(packed) < _WORTH_COMPRESSING or not compress:
        return _PLAIN + packed
    return _COMPRESSED + zlib.compress(packed, level=1)


def unpack(packed: bytes) -> Any:  # noqa: ANN401 - whatever was packed
    """What `pack` made the bytes of; raises ValueError where they are not its own.

    Only classes of the model are ever made, so bytes from elsewhere can run no code.
    """
    try:
        content = memoryview(packed)[1:]
        plain = zlib.decompress(content) if packed[:1] == _COMPRESSED else content
        return _Unpickler(io.BytesIO(plain)).load()
    except Exception as error:
        raise ValueError("damaged") from error


class _Pickler(pickle.Pickler):
    def reducer_override(self, value: object) -> Any:  # noqa: ANN401 - as pickle has it
        """Dataclasses as a call with their fields: a third of the time they take by default."""
        fields = getattr(type(value), "__dataclass_fields__", None)
        if fields is None or isinstance(value, type):
            return NotImplemented
        return type(value), tuple(getattr(value, name) for name in fields)


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - as in the base class
        if (module, name) in _CLASSES or (module in _MODULES and "." not in name):
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} has no place here")


class Item(NamedTuple):
    """A value, and what belongs to it but is heavy and asked for on its own."""

    value: bytes
    heavy: bytes = b""


class Store:
    """Values by key in one file; every method does its best and raises nothing."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._now = time.time()
        self._is_pruned = False
        self._connection: sqlite3.Connection | None = None
        with contextlib.suppress(OSError):
            self._connection = self._open()

    def __del__(self) -> None:
        """Let go of the file with the last holder of the store."""
        self.close()

    def again(self) -> Store:
        """The same file, opened once more."""
        return Store(self._file)

    def _open(self) -> sqlite3.Connection | None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        try:
            return self._connect()
        except sqlite3.OperationalError:
            # Locked, or a disk that cannot be written to.
            return None
        except sqlite3.DatabaseError:
            # Not a database, or no longer: what it held can be computed again.
            for suffix in ("", "-wal", "-shm"):
                self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)
        try:
            return self._connect()
        except sqlite3.Error:
            return None

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._file, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            # The heavy part comes last, so that a row is read up to it without it.
            connection.execute(
                "CREATE TABLE IF NOT EXISTS items (key TEXT PRIMARY KEY, value BLOB NOT NULL, "
                "used REAL NOT NULL, heavy BLOB NOT NULL)"
            )
            connection.execute("DROP TABLE IF EXISTS entries")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def get(self, keys: Iterable[str]) -> dict[str, bytes]:
        """The values of those keys that have one."""
        found: dict[str, bytes] = {}
        wanted = list(keys)
        stale: list[str] = []
        if self._connection is None:
            return found
        with contextlib.suppress(sqlite3.Error):
            for start in range(0, len(wanted), _AT_ONCE):
                some = wanted[start : start + _AT_ONCE]
                marks = ",".join("?" * len(some))
                query = f"SELECT key, value, used FROM items WHERE key IN ({marks})"  # noqa: S608
                for key, value, used in self._connection.execute(query, some):
                    found[key] = value
                    if self._now - used > _FRESH_SECONDS:
                        stale.append(key)
            if stale:
                rows = [(self._now, key) for key in stale]
                with self._connection:
                    self._connection.executemany("UPDATE items SET used=? WHERE key=?", rows)
        return found

    def has(self, keys: Iterable[str]) -> set[str]:
        """Those of the keys that have a value."""
        found: set[str] = set()
        wanted = list(keys)
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                for start in range(0, len(wanted), _AT_ONCE):
                    some = wanted[start : start + _AT_ONCE]
                    marks = ",".join("?" * len(some))
                    query = f"SELECT key FROM items WHERE key IN ({marks})"  # noqa: S608
                    found.update(key for (key,) in self._connection.execute(query, some))
        return found

    def use(self, keys: Iterable[str]) -> None:
        """Note that these keys are in use, though nobody asked for their values."""
        if self._connection is not None:
            rows = [(self._now, key) for key in keys]
            with contextlib.suppress(sqlite3.Error), self._connection:
                self._connection.execute("BEGIN IMMEDIATE")
                self._connection.executemany("UPDATE items SET used=? WHERE key=?", rows)

    def heavy(self, key: str) -> bytes | None:
        """The heavy part of a key's value, if there is one."""
        if self._connection is None:
            return None
        with contextlib.suppress(sqlite3.Error):
            query = "SELECT heavy FROM items WHERE key = ?"
            row: tuple[bytes] | None = self._connection.execute(query, (key,)).fetchone()
            return row[0] if row else None
        return None

    def put(self, values: Mapping[str, bytes | Item]) -> bool:
        """Keep the values, and drop what nobody has asked for in a month; whether it was done."""
        if self._connection is None:
            return False
        items = (
            (key, each if isinstance(each, Item) else Item(each)) for key, each in values.items()
        )
        rows = [(key, item.value, self._now, item.heavy) for key, item in items]
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany("INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?)", rows)
            if not self._is_pruned:
                # Once: it looks through all there is.
                oldest = (self._now - _KEPT_SECONDS,)
                self._connection.execute("DELETE FROM items WHERE used < ?", oldest)
            self._connection.execute("COMMIT")
            self._is_pruned = True
        except sqlite3.Error:
            with contextlib.suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            return False
        return True

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None


def file_stamps(paths: Iterable[str]) -> list[tuple[str, int, int, int, int]]:
    """What shows that a file was touched: path, size, two times of change, the number on disk.

    The second time (`ctime`) cannot be set back, so that an edit that
    keeps size and time stamp shows too.
    """
    stamps = []
    for path in paths:
        try:
            # Without a Path, which takes longer to make than the question does.
            status = os.stat(path)  # noqa: PTH116
        except OSError:
            continue
        times = (status.st_mtime_ns, status.st_ctime_ns)
        stamps.append((path, status.st_size, *times, status.st_ino))
    return stamps


def newest_change(stamps: Iterable[tuple[str, int, int, int, int]]) -> float:
    """When the file changed last that changed last, in seconds since 1970; 0 without files."""
    return max((max(stamp[2], stamp[3]) for stamp in stamps), default=0) / 1e9
