"""As much of CBOR (RFC 8949) as Pagefind's files are written in: whole numbers, text and lists.

Anything else raises ValueError.
"""

from __future__ import annotations

from typing import Any, TypeAlias

Value: TypeAlias = "int | str | list[Value]"

_NUMBER, _NEGATIVE, _TEXT, _LIST = 0, 1, 3, 4
"""Major types, section 3.1."""
_LONGER = 24
"""From here on the argument stands in 1, 2, 4 or 8 bytes of its own: section 3."""
_LENGTHS = (1, 2, 4, 8)


def decode(content: bytes) -> Any:  # noqa: ANN401 - a Value, whose form the caller knows
    """The value that is written there, with nothing behind it."""
    value, end = _decode(content, 0)
    if end != len(content):
        raise ValueError("more than one value")
    return value


def _decode(content: bytes, start: int) -> tuple[Value, int]:
    kind, argument, place = _head(content, start)
    if kind == _NUMBER:
        return argument, place
    if kind == _NEGATIVE:
        return -1 - argument, place
    if kind == _TEXT:
        end = place + argument
        if end > len(content):
            raise ValueError("cut short")
        return content[place:end].decode(), end
    if kind != _LIST:
        raise ValueError(f"an unknown kind: {kind}")
    values: list[Value] = []
    for _ in range(argument):
        value, place = _decode(content, place)
        values.append(value)
    return values, place


def _head(content: bytes, start: int) -> tuple[int, int, int]:
    """The kind of what stands there, its number or length, and where its content begins."""
    if start >= len(content):
        raise ValueError("cut short")
    kind, argument = divmod(content[start], 1 << 5)
    place = start + 1
    if argument < _LONGER:
        return kind, argument, place
    if argument >= _LONGER + len(_LENGTHS):
        raise ValueError(f"an unknown length: {argument}")
    end = place + _LENGTHS[argument - _LONGER]
    if end > len(content):
        raise ValueError("cut short")
    return kind, int.from_bytes(content[place:end], "big"), end


def encode(value: Value) -> bytes:
    """The value's shortest form."""
    if isinstance(value, int):
        return _COMMON[value] if 0 <= value < len(_COMMON) else encode_number(value)
    if isinstance(value, str):
        text = value.encode()
        return _written_head(_TEXT, len(text)) + text
    return list_head(len(value)) + b"".join(map(encode, value))


def encode_number(value: int) -> bytes:
    """The shortest form of a whole number."""
    return _written_head(_NUMBER, value) if value >= 0 else _written_head(_NEGATIVE, -1 - value)


def list_head(length: int) -> bytes:
    """What stands before the values of a list."""
    return _written_head(_LIST, length)


def _written_head(kind: int, argument: int) -> bytes:
    if argument < _LONGER:
        return bytes((kind << 5 | argument,))
    if argument < 1 << 8:
        return bytes((kind << 5 | _LONGER, argument))
    place = next(at for at, length in enumerate(_LENGTHS) if argument < 1 << 8 * length)
    return bytes([kind << 5 | _LONGER + place]) + argument.to_bytes(_LENGTHS[place], "big")


_COMMON = (
    *(bytes((number,)) for number in range(_LONGER)),
    *(bytes((_LONGER, number)) for number in range(_LONGER, 1 << 8)),
    *(bytes((_LONGER + 1, number >> 8, number & 0xFF)) for number in range(1 << 8, 1 << 12)),
)
"""Most numbers of an index are small; these are their shortest forms, as `encode_number` has it."""
