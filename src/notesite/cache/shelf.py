"""The heavy things of a site, such as the bodies of its notes: in memory as far as they fit there.

What does not fit lies in the cache, from where it comes back when it is asked for. Without a cache,
or with one that does not work, everything stays in memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from notesite.cache.packing import pack, unpack
from notesite.cache.store import Item, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

BUDGET = 48_000_000
"""Bytes that are kept in memory although the cache has them too."""

_AT_ONCE = 8_000_000
"""Bytes that are written to the cache at a time."""


class LostError(Exception):
    """Something is neither in memory nor in the cache any more, which somebody emptied."""


class Shelf:
    """Heavy things by key, each with a small one that is found without it."""

    def __init__(self, store: Store | None = None) -> None:
        self._store = store
        self._left: Store | None = None
        """The store of the process that this one was forked off, which is not to be closed."""
        self._unsaved: dict[str, Item] = {}
        self._unsaved_size = 0
        self._held: dict[str, bytes] = {}
        self._held_size = 0

    def small(self, keys: Iterable[str]) -> dict[str, bytes]:
        """The small things of those of the keys that the cache has."""
        self.save()
        return self._store.get(keys) if self._store else {}

    def put(self, key: str, item: Item) -> None:
        """Keep a heavy thing and its small one, both packed."""
        self._unsaved[key] = item
        self._unsaved_size += len(item.heavy)
        if self._unsaved_size > _AT_ONCE:
            self.save()

    def save(self) -> None:
        """Have everything in the cache, if there is one."""
        if self._store and self._unsaved and self._store.put(self._unsaved):
            for key, item in self._unsaved.items():
                self._hold(key, item.heavy)
            self._unsaved = {}
        self._unsaved_size = 0

    def reopen(self) -> None:
        """Use the cache from a process that was forked off, where the open file is of no use."""
        if self._store:
            self._left = self._store
            self._store = self._store.again()

    def loader(self, key: str) -> Loader:
        """What gets the heavy thing of `key` when it is called."""
        return Loader(key, self)

    def get(self, key: str, read: Callable[[bytes], Any] = unpack) -> Any:  # noqa: ANN401 - whatever was packed
        """The heavy thing of `key`, as `read` reads it; raises LostError when it is gone."""
        item = self._unsaved.get(key)
        packed = item.heavy if item else self._held.get(key)
        if packed is None:
            packed = self._store.heavy(key) if self._store else None
            if packed is None:
                raise LostError(key)
            self._hold(key, packed)
        try:
            return read(packed)
        except ValueError as error:
            raise LostError(key) from error

    def _hold(self, key: str, packed: bytes) -> None:
        """Keep it in memory, and let go of what has been there longest."""
        self._held_size += len(packed) - len(self._held.pop(key, b""))
        self._held[key] = packed
        while self._held_size > BUDGET:
            oldest = next(iter(self._held))
            self._held_size -= len(self._held.pop(oldest))


class Loader:
    """Gets a heavy thing when it is called; one that comes from a cache needs a shelf first."""

    __slots__ = ("key", "shelf")

    def __init__(self, key: str, shelf: Shelf | None = None) -> None:
        self.key = key
        self.shelf = shelf

    def __call__(self) -> Any:  # noqa: ANN401 - whatever was packed
        """The heavy thing."""
        assert self.shelf
        return self.shelf.get(self.key)

    def __reduce__(self) -> tuple[type[Loader], tuple[str]]:
        """How it is pickled: without its shelf."""
        return Loader, (self.key,)


def shelved(value: object, heavy: object) -> Item:
    """A small and a heavy thing as the shelf takes them."""
    return Item(pack(value), pack(heavy))
