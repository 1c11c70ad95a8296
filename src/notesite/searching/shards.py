"""The index in parts, so that an edit makes one of them again, and Pagefind never holds them all.

Each part is an index of its own, in a folder of its own, that the browser searches together with
the others (Pagefind's documentation, "Searching multiple sites"). The first has what belongs to all
of them: Pagefind's script and its WebAssembly. Which notes belong together is a function of their
URLs and of how many there are.

    pagefind/pagefind-entry.json    the first part
    pagefind/7/pagefind-entry.json  the eighth
    pagefind/parts.json             [["en", 16], ["de", 1]]: how many parts hold a language
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LIST = "parts.json"
NOTES = 64
"""The most notes of a part, on average, while there are few parts; later twice as many."""
FEW_PARTS, MOST_PARTS = 8, 32
"""For every word of a query a piece of each part is fetched, of some 30 KB: readers pay for parts.
With one part alone an edit would pay for all notes, and Pagefind takes 2 MB for a long one."""


@dataclass(frozen=True, slots=True)
class Shards:
    """The URLs of the notes in each part, in their order; and the parts each language has."""

    urls: tuple[tuple[str, ...], ...]
    languages: tuple[tuple[str, int], ...]

    def listed(self) -> bytes:
        """The content of `LIST`."""
        return json.dumps(self.languages, separators=(",", ":")).encode()


def divide(languages: Mapping[str, str]) -> Shards:
    """The parts for the notes with these URLs, each with its language.

    Every part that a language has holds some of its notes: of one that holds none Pagefind would
    show those in other languages. The language with most notes in the first part comes first.
    """
    by_language: dict[str, list[str]] = {}
    for url, language in languages.items():
        by_language.setdefault(language.lower(), []).append(url)
    divided = {name: _divided(urls) for name, urls in by_language.items()}
    order = sorted(divided, key=lambda name: (-len(divided[name][0]), name))
    count = max(map(len, divided.values()), default=0)
    parts = tuple(
        tuple(url for name in order for url in (divided[name][part : part + 1] or [[]])[0])
        for part in range(count)
    )
    return Shards(parts, tuple((name, len(divided[name])) for name in order))


def _divided(urls: list[str]) -> list[list[str]]:
    count = _count(len(urls))
    while True:
        parts: list[list[str]] = [[] for _ in range(count)]
        for url in urls:
            parts[zlib.crc32(url.encode("utf-8", "surrogatepass")) % count].append(url)
        if all(parts):
            return parts
        count //= 2


def _count(notes: int) -> int:
    """How many parts: a power of two, so that it seldom changes."""
    count = 1
    while count < MOST_PARTS and notes > count * NOTES * (1 if count < FEW_PARTS else 2):
        count *= 2
    return count


def folder_of(part: int) -> str:
    """The folder of a part below that of the index."""
    return f"{part}/" if part else ""


def part_of(path: str) -> int:
    """The part that a file belongs to, by its path below the folder of the index."""
    folder, _, _ = path.partition("/")
    return int(folder) if folder.isdecimal() else 0


def own_files(files: Iterable[tuple[str, bytes]], part: int) -> dict[str, bytes]:
    """The files of a part, by their path below the folder of the index."""
    return {
        f"{folder_of(part)}{path}": content
        for path, content in files
        if part == 0 or not path.endswith((".js", ".css", ".pagefind"))
    }
