"""Fonts as CSS declares them: families, files, and the characters that each file is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

TEXT_FALLBACKS = ("Text Fallback", "Text Fallback 2", "Text Fallback 3")
"""Families of installed fonts that are given the measures of the text face while it loads."""


@dataclass(frozen=True, slots=True)
class Face:
    """One file of a family; `files` are tried in order, as paths below `static/`."""

    family: str
    files: tuple[str, ...]
    style: str = "normal"
    weight: str = ""
    characters: str = ""
    """The value of unicode-range, or empty for all."""

    def css(self) -> str:
        """The rule that declares it, for a style sheet in `static/css`."""
        sources = ", ".join(f'url("../{file}") format("{_format(file)}")' for file in self.files)
        lines = [
            f'  font-family: "{self.family}";',
            f"  src: {sources};",
            "  font-display: swap;",
        ]
        if self.style != "normal" or self.weight:
            lines.append(f"  font-style: {self.style};")
        if self.weight:
            lines.append(f"  font-weight: {self.weight};")
        if self.characters:
            lines.append(f"  unicode-range: {self.characters};")
        return "@font-face {\n" + "\n".join(lines) + "\n}\n"


def _format(file: str) -> str:
    ending = file.rpartition(".")[2].lower()
    return {"ttf": "truetype", "otf": "opentype"}.get(ending, ending)


def unicode_range(codes: Iterable[int]) -> str:
    """Code points as the value of the CSS descriptor unicode-range."""
    ranges: list[list[int]] = []
    for code in sorted(codes):
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return ", ".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in ranges)


def parse_range(characters: str) -> set[int]:
    """The code points of a unicode-range."""
    codes: set[int] = set()
    for item in characters.replace(" ", "").split(","):
        first, _, last = item.removeprefix("U+").partition("-")
        codes |= set(range(int(first, 16), int(last or first, 16) + 1))
    return codes
