"""What fonts are made with: fontTools, which is slow, and a memory that spares it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from notesite.cache import code_version, digest, pack, unpack
from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

T = TypeVar("T", str, bytes)


class Memory(Protocol):
    """Keeps what was made, by key; it may forget anything."""

    def get(self, keys: Iterable[str]) -> dict[str, bytes]:
        """The values of those keys that have one."""
        ...

    def put(self, values: Mapping[str, bytes]) -> object:
        """Keep the values."""
        ...


@dataclass(frozen=True, slots=True)
class FontMeans:
    """How fonts are made: with what memory, and whether the whole math font will do.

    `whole` is for previews, where a page's weight counts for nothing and its delay for much.
    """

    memory: Memory | None = None
    whole: bool = False

    def remembered(self, kind: type[T], names: Iterable[str], make: Callable[[], T]) -> T:
        """What `make` makes, which `names` say all about; from the memory if it has it.

        Another version of the code, or of fontTools, may cut the same part into other bytes.
        """
        key = digest("font", code_version(), *names)
        known = self.memory.get([key]).get(key) if self.memory else None
        if known is not None:
            try:
                found = unpack(known)
            except ValueError:
                found = None
            if isinstance(found, kind):
                return found
        made = make()
        if self.memory:
            self.memory.put({key: pack(made)})
        return made
