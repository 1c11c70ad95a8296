"""Values of the model as bytes, and back."""

from __future__ import annotations

import io
import pickle
import zlib
from typing import Any

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
