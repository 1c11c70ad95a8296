"""The store: values by key in one SQLite file.

A file that is damaged or locked is as good as none, and so is a value whose checksum is another's.
A key names all that its value depends on, so nothing in it is ever wrong, only unused, and what is
unused for a month is dropped.
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_DAY = 86_400
_KEPT_SECONDS = 30 * _DAY
_FRESH_SECONDS = _DAY
"""For how long a value's last use is not written down anew."""
_AT_ONCE = 500
_CHECKSUM = 4
"""Bytes of a CRC-32, as of zlib: against bits that turned, not against people."""
_PATIENCE = 5.0
"""Seconds to wait for another build that is writing."""


class Item(NamedTuple):
    """A value, and what belongs to it but is heavy and asked for on its own."""

    value: bytes
    heavy: bytes = b""


def today() -> int:
    """The number of the day: what is in use has to be said once on each."""
    return int(time.time() // _DAY)


def _sealed(key: str, content: bytes) -> bytes:
    """Bytes with the checksum of them and their key before them; nothing for nothing."""
    return _checksum(key, content) + content if content else b""


def _opened(key: str, sealed: object) -> bytes | None:
    """What was sealed under that key; None where it is no longer what it was."""
    if sealed == b"":
        return b""
    if not isinstance(sealed, bytes):
        return None
    content = sealed[_CHECKSUM:]
    return content if _checksum(key, content) == sealed[:_CHECKSUM] else None


def _checksum(key: str, content: bytes) -> bytes:
    return zlib.crc32(content, zlib.crc32(key.encode())).to_bytes(_CHECKSUM, "big")


def _rows(connection: sqlite3.Connection, columns: str, keys: Iterable[str]) -> Iterator[Any]:
    """The columns of those of the keys that are there."""
    wanted = list(keys)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        marks = ",".join("?" * len(some))
        query = f"SELECT {columns} FROM items WHERE key IN ({marks})"  # noqa: S608 - our own words
        yield from connection.execute(query, some)


class Store:
    """Values by key in one file; every method does its best and raises nothing."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._now = time.time()
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
            return self._made_anew()

    def _made_anew(self) -> sqlite3.Connection | None:
        """Another file in the place of one that is no database, or no longer."""
        # What it held can be computed again.
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
            # Nothing waits for the disk: what a power cut damages shows in its checksum, or as no
            # database, and can be computed again. A process that dies damages nothing.
            connection.execute("PRAGMA synchronous=OFF")
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
        stale: list[str] = []
        if self._connection is None:
            return found
        with self._doing_its_best():
            for key, sealed, used in _rows(self._connection, "key, value, used", keys):
                value = _opened(key, sealed)
                if value is None:
                    continue
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
        if self._connection is not None:
            with self._doing_its_best():
                found.update(key for (key,) in _rows(self._connection, "key", keys))
        return found

    def use(self, keys: Iterable[str]) -> None:
        """Note that these keys are in use, though nobody asked for their values."""
        if self._connection is not None:
            rows = [(self._now, key) for key in keys]
            with self._doing_its_best(), self._connection:
                self._connection.execute("BEGIN IMMEDIATE")
                self._connection.executemany("UPDATE items SET used=? WHERE key=?", rows)

    def heavy(self, key: str) -> bytes | None:
        """The heavy part of a key's value, if there is one."""
        if self._connection is None:
            return None
        row: tuple[bytes] | None = None
        with self._doing_its_best():
            query = "SELECT heavy FROM items WHERE key = ?"
            row = self._connection.execute(query, (key,)).fetchone()
        return _opened(key, row[0]) if row else None

    def put(self, values: Mapping[str, bytes | Item]) -> bool:
        """Keep the values, and drop what nobody has asked for in a month; whether it was done."""
        return self.put_each(values.items())

    def put_each(self, values: Iterable[tuple[str, bytes | Item]]) -> bool:
        """The same for values that are made one after the other, all or none of them kept.

        None is made where they cannot be kept.
        """
        if self._connection is None:
            return False
        items = ((key, each if isinstance(each, Item) else Item(each)) for key, each in values)
        rows = (
            (key, _sealed(key, item.value), self._now, _sealed(key, item.heavy))
            for key, item in items
        )
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany("INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?)", rows)
            self._prune(self._connection)
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            with contextlib.suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            self._wait_no_more()
            self._doubt(error)
            return False
        return True

    def _prune(self, connection: sqlite3.Connection) -> None:
        """Drop what is unused, once a day, as that looks through all there is.

        SQLite keeps one number for its user in the file's head: here the day it was done last.
        """
        today = int(self._now // _DAY)
        (pruned_on,) = connection.execute("PRAGMA user_version").fetchone()
        if pruned_on != today:
            oldest = (self._now - _KEPT_SECONDS,)
            connection.execute("DELETE FROM items WHERE used < ?", oldest)
            connection.execute(f"PRAGMA user_version = {today}")

    @contextlib.contextmanager
    def _doing_its_best(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            self._doubt(error)

    def _doubt(self, error: sqlite3.Error) -> None:
        """Begin with another file if the error says that this one is damaged within."""
        # Of its subclasses each says something else: locked, or a disk that refuses.
        if type(error) is sqlite3.DatabaseError:
            self.close()
            with contextlib.suppress(OSError):
                self._connection = self._made_anew()

    def _wait_no_more(self) -> None:
        """Whoever has been waited for in vain once may have stopped for good."""
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.execute("PRAGMA busy_timeout = 0")

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None
