"""The other half of LZ-String, for tests: what `lz_string.decompress` reads."""

from __future__ import annotations

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def compress(text: str) -> str:
    """`text` in Base64 digits."""
    raw = text.encode("utf-16-le", "surrogatepass")
    units = [chr(raw[at] | raw[at + 1] << 8) for at in range(0, len(raw), 2)]
    bits: list[str] = []
    codes: dict[str, int] = {}
    new: set[str] = set()
    width, free, size = 2, 2, 3

    def grow() -> None:
        nonlocal width, free
        free -= 1
        if not free:
            free = 1 << width
            width += 1

    def put(number: int, length: int) -> None:
        bits.append(f"{number:0{length}b}"[::-1])

    def write(phrase: str) -> None:
        if phrase in new:
            new.discard(phrase)
            is_wide = ord(phrase) > 255
            put(int(is_wide), width)
            put(ord(phrase), 16 if is_wide else 8)
            grow()
        else:
            put(codes[phrase], width)
        grow()

    phrase = ""
    for unit in units:
        if unit not in codes:
            codes[unit], size = size, size + 1
            new.add(unit)
        if phrase + unit in codes:
            phrase += unit
            continue
        write(phrase)
        codes[phrase + unit], size = size, size + 1
        phrase = unit
    if phrase:
        write(phrase)
    put(2, width)
    stream = "".join(bits)
    stream += "0" * (-len(stream) % 6)
    return "".join(_DIGITS[int(stream[at : at + 6], 2)] for at in range(0, len(stream), 6))
