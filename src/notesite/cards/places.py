"""Whether cards can be painted, and with which fonts: what is to be known before."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from notesite.cache import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from notesite.config import FontConfig, FontsConfig

_SUFFIXES = (".woff2", ".woff", ".ttf", ".otf")


def has_cards() -> bool:
    """Whether the library that paints cards is installed."""
    return find_spec("resvg_py") is not None


class FontFiles(NamedTuple):
    """The files that a card is set with; of each kind, those that hold most letters first."""

    roman: tuple[Path, ...]
    italic: tuple[Path, ...]
    code: tuple[Path, ...]
    math: tuple[Path, ...]

    @property
    def state(self) -> str:
        """What tells these files from any others."""
        files = (*self.roman, *self.italic, *self.code, *self.math)
        return digest("fonts", *(f"{file.name} {file.stat().st_size}" for file in files))


def font_files(static: Mapping[str, Path], fonts: FontsConfig) -> FontFiles:
    """The fonts of a site: those of the families that it names, else the theme's.

    `static` are the static files by their path below `static/`.
    """

    def own(family: FontConfig | None, themes: Iterable[str]) -> list[str]:
        named = [path for path in family.files if path in static] if family else []
        return named or list(themes)

    def of_theme(*parts: str) -> list[str]:
        names = [
            path
            for path in static
            if path.endswith(".woff2") and all(part in path for part in ("fonts/", *parts))
        ]
        # The most common letters lie in the file with the shortest name.
        return sorted(names, key=lambda name: (len(name), name))

    def files(paths: Iterable[str]) -> tuple[Path, ...]:
        return tuple(static[path] for path in paths if path.endswith(_SUFFIXES))

    text = own(fonts.text, of_theme("stix-two-text"))
    italic = [path for path in text if "italic" in path.lower()]
    roman = [path for path in text if path not in italic]
    return FontFiles(
        roman=files(roman or italic),
        italic=files(italic or roman),
        code=files(own(fonts.code, of_theme("jetbrains-mono"))),
        math=files([*own(fonts.math, ()), *of_theme("stix-two-math")]),
    )
