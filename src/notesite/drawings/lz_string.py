"""LZ-String, the compression in which Excalidraw keeps a drawing within a note.

A dictionary coder after Ziv and Lempel (1978) whose codes grow with its dictionary: 0 and 1 are
followed by a new character of 8 or 16 bits, 2 ends the text. Bits go from the highest of each
Base64 digit on; numbers are written from their lowest bit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_BITS = {digit: f"{value:06b}" for value, digit in enumerate(_DIGITS)}
_CHARACTER, _WIDE_CHARACTER, _END = 0, 1, 2

LONGEST = 20_000_000
"""Characters that a text may have: a few kilobytes can be made to expand without end."""


class LzStringError(ValueError):
    """Text that LZ-String did not write."""


def decompress(encoded: str) -> str:
    """The text that was compressed into these Base64 digits; blanks between them count nothing.

    Raises LzStringError for digits that are no such text, or for more than LONGEST characters.
    """
    digits = "".join(encoded.split()).rstrip("=")
    try:
        bits = "".join(map(_BITS.__getitem__, digits))
    except KeyError as error:
        raise LzStringError(f"{error.args[0]!r} is no digit of Base64") from error
    units = _decode(_reader(bits))
    # The characters are those of JavaScript, of 16 bits each.
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _reader(bits: str) -> Callable[[int], int]:
    position = 0

    def read(width: int) -> int:
        nonlocal position
        taken = bits[position : position + width]
        position += width
        if len(taken) < width:
            raise LzStringError("it ends too early")
        return int(taken[::-1], 2)

    return read


def _decode(read: Callable[[int], int]) -> str:
    phrases: list[str] = ["", "", ""]
    parts: list[str] = []
    length = 0
    width, free = 2, 1
    before = ""
    while True:
        code = read(width)
        if code == _END:
            return "".join(parts)
        if code in {_CHARACTER, _WIDE_CHARACTER}:
            phrases.append(chr(read(8 if code == _CHARACTER else 16)))
            code = len(phrases) - 1
            free -= 1
            if not free:
                free = 1 << width
                width += 1
        if code > len(phrases) or (code == len(phrases) and not before):
            raise LzStringError("a code that stands for nothing")
        phrase = phrases[code] if code < len(phrases) else before + before[0]
        parts.append(phrase)
        length += len(phrase)
        if length > LONGEST:
            raise LzStringError(f"more than {LONGEST // 1_000_000} million characters")
        if before:
            phrases.append(before + phrase[0])
            free -= 1
            if not free:
                free = 1 << width
                width += 1
        before = phrase
