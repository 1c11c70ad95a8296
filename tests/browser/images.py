"""Greyscale pictures, written as PNG and compared in the browser."""

from __future__ import annotations

import base64
import struct
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

_PIXELS = """async (source) => {
    const image = new Image();
    image.src = source;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const grey = new Uint8Array(image.width * image.height);
    for (let i = 0; i < grey.length; i++)
        grey[i] = Math.round((data[4 * i] + data[4 * i + 1] + data[4 * i + 2]) / 3);
    let text = '';
    for (let i = 0; i < grey.length; i += 8192)
        text += String.fromCharCode(...grey.subarray(i, i + 8192));
    return [image.width, image.height, btoa(text)];
}"""

Picture = tuple[int, int, bytes]
"""Width, height, and a byte of brightness for each pixel."""


def decode(page: Page, png: bytes) -> Picture:
    """The picture that a PNG holds."""
    source = "data:image/png;base64," + base64.b64encode(png).decode()
    width, height, pixels = page.evaluate(_PIXELS, source)
    return width, height, base64.b64decode(pixels)


def encode(picture: Picture) -> bytes:
    """The picture as a PNG of sixteen greys (PNG specification, sections 7.2 and 11.2)."""
    width, height, pixels = picture
    rows = (pixels[start : start + width] for start in range(0, width * height, width))
    lines = b"".join(b"\0" + _packed(row) for row in rows)
    header = struct.pack(">IIBBBBB", width, height, 4, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def _packed(row: bytes) -> bytes:
    nibbles = [round(value / 17) for value in row]
    if len(nibbles) % 2:
        nibbles.append(15)
    return bytes(
        first << 4 | second for first, second in zip(nibbles[::2], nibbles[1::2], strict=True)
    )


def _chunk(name: bytes, content: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + checksum


def tiles(picture: Picture, size: int = 16) -> dict[tuple[int, int], float]:
    """The mean brightness of each tile of `size` pixels."""
    width, height, pixels = picture
    means = {}
    for top in range(0, height, size):
        rows = [pixels[y * width : (y + 1) * width] for y in range(top, min(top + size, height))]
        for left in range(0, width, size):
            parts = [row[left : left + size] for row in rows]
            means[left // size, top // size] = sum(map(sum, parts)) / sum(map(len, parts))
    return means


def unlike(first: Picture, second: Picture, tolerance: float) -> float:
    """The share of tiles that differ by more than `tolerance`; those of one picture only do."""
    ours, theirs = tiles(first), tiles(second)
    places = ours.keys() | theirs.keys()
    differ = [
        place
        for place in places
        if place not in ours or place not in theirs or abs(ours[place] - theirs[place]) > tolerance
    ]
    return len(differ) / len(places)
