"""A formula as readable plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notesite.math.values import Macro


def tex_to_text(tex: str, macros: Mapping[str, Macro]) -> str:  # noqa: ARG001
    """The formula `tex` in Unicode."""
    return tex
