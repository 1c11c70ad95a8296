"""Where a site's bibliographies lie; nothing is imported or read for knowing that."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from notesite.config import CitationsConfig

USUAL_NAMES = ("references.bib", "references.json")
"""The files that are found by themselves, beside the configuration and among the notes."""


def bibliography_files(root: Path, source: Path, config: CitationsConfig) -> list[Path]:
    """The site's bibliographies: those that the configuration names, or the usual ones."""
    if config.bibliography:
        return [root / name for name in config.bibliography]
    usual = (folder / name for folder in (root, source) for name in USUAL_NAMES)
    return list(dict.fromkeys(path for path in usual if path.is_file()))


def named_files(root: Path, config: CitationsConfig) -> tuple[Path, ...]:
    """All files beside the configuration that citations may be made from, there or not."""
    names = config.bibliography or USUAL_NAMES
    style = () if is_style_name(config.style) else (config.style,)
    return tuple(root / name for name in (*names, *style))


def is_style_name(style: str) -> bool:
    """Whether a style is named, rather than its file."""
    return "." not in style and "/" not in style


def has_csl() -> bool:
    """Whether the library for styles in CSL is installed."""
    return find_spec("citeproc") is not None
