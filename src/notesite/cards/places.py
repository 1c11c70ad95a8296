"""Whether cards can be painted, and with which fonts: what is to be known before."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from notesite.cache import digest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def has_cards() -> bool:
    """Whether the library that paints cards is installed."""
    return find_spec("resvg_py") is not None


def font_state(fonts: Mapping[str, Path]) -> str:
    """What tells these files of fonts, by their path below `static/`, from any others."""
    contents = (f"{path} {fonts[path].stat().st_size}" for path in sorted(fonts))
    return digest("fonts", *contents)
