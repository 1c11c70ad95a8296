"""Values of the model as bytes, and back."""

from __future__ import annotations

import io
import pickle
import zlib
from functools import cache, partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_WORTH_COMPRESSING = 4_000
_PLAIN, _COMPRESSED = b"p", b"z"

_MODULES = (
    "notesite.model.sources", "notesite.model.references", "notesite.model.notes",
    "notesite.model.placed", "notesite.model.site", "notesite.model.pages",
    "notesite.spans", "notesite.diagnostics", "notesite.building.values", "notesite.stamps",
    "notesite.remaking", "notesite.linking.filled",
)  # fmt: skip
_CLASSES = frozenset({
    ("datetime", "date"), ("datetime", "datetime"), ("datetime", "timezone"),
    ("datetime", "timedelta"), ("builtins", "set"), ("builtins", "frozenset"),
    ("notesite.cache.shelf", "Loader"),
})  # fmt: skip


def pack(value: object, *, compress: bool = True) -> bytes:
    """A value of the model as bytes; those that are compressed already need not be once more."""
    stream = io.BytesIO()
    _Pickler(stream, protocol=5).dump(value)
    packed = stream.getvalue()
    if len(packed) < _WORTH_COMPRESSING or not compress:
        return _PLAIN + packed
    return _COMPRESSED + zlib.compress(packed, level=1)


def unpack(packed: bytes | memoryview) -> Any:  # noqa: ANN401 - whatever was packed
    """What `pack` made the bytes of; raises ValueError where they are not its own.

    Only classes of the model are ever made, so bytes from elsewhere can run no code.
    """
    try:
        content = memoryview(packed)[1:]
        plain = zlib.decompress(content) if packed[:1] == _COMPRESSED else content
        return _Unpickler(io.BytesIO(plain)).load()
    except Exception as error:
        raise ValueError("damaged") from error


@cache
def _values_of(kind: type) -> Callable[[Any], tuple[Any, ...]] | None:
    """What takes the values from a thing of that kind; None where it is packed as is usual."""
    if issubclass(kind, tuple):
        return tuple if hasattr(kind, "_fields") else None
    fields = getattr(kind, "__dataclass_fields__", None)
    if fields is None:
        return None
    names = tuple(fields)
    # Of one name an attrgetter takes a value, not a tuple.
    return attrgetter(*names) if len(names) > 1 else partial(_few_values, names)


def _few_values(names: Iterable[str], value: object) -> tuple[Any, ...]:
    return tuple(getattr(value, name) for name in names)


class _Pickler(pickle.Pickler):
    def reducer_override(self, value: object) -> Any:  # noqa: ANN401 - as pickle has it
        """A dataclass or a named tuple as a call with its values: in a third of the usual time."""
        kind = type(value)
        values_of = _values_of(kind)  # type: ignore[arg-type]  # a class has a hash
        return NotImplemented if values_of is None else (kind, values_of(value))


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - as in the base class
        if (module, name) in _CLASSES or (module in _MODULES and "." not in name):
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} has no place here")
