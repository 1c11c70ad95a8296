"""The options of tikz-cd that bend, move and shorten an arrow."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from notesite.math.diagrams.items import number_of
from notesite.math.lengths import in_em

if TYPE_CHECKING:
    from notesite.math.diagrams.model import Shape

_SHIFT = 0.24
"""What `shift left` comes to without a length: 0.56ex."""
_BEND = 30.0
LOOPS = {"loop": 90.0, "loop above": 90.0, "loop below": 270.0, "loop left": 180.0,
          "loop right": 0.0}  # fmt: skip


def shaped(shape: Shape, name: str, value: str) -> Shape | None:
    """The shape as one option changes it; None where the option says nothing of shapes."""
    before, after = shape.shortened
    number = number_of(value)
    length = in_em(value) if value else None
    changed: Shape | None = None
    if name in LOOPS and not value:
        changed = replace(shape, loop=LOOPS[name])
    elif name in {"bend left", "bend right"} and (number is not None or not value):
        angle = _BEND if number is None else min(max(number, -120.0), 120.0)
        changed = replace(shape, bend=angle if name == "bend left" else -angle)
    elif name in {"shift left", "shift right"}:
        by = _SHIFT if not value else length if number is None else number * _SHIFT
        sign = 1 if name == "shift left" else -1
        changed = None if by is None else replace(shape, shift=shape.shift + sign * by)
    elif name == "curve":
        height = _height(value) if value else 0.0
        changed = None if height is None else replace(shape, height=height)
    elif name in {"shorten", "shorten <", "shorten >"} and length is not None:
        both = (before if name[-1] == ">" else length, after if name[-1] == "<" else length)
        changed = replace(shape, shortened=both)
    elif number is not None:
        changed = _angled(shape, name, number)
    return changed


def _angled(shape: Shape, name: str, number: float) -> Shape | None:
    if name == "out":
        return replace(shape, leaves=number)
    if name == "in":
        return replace(shape, arrives=number)
    return replace(shape, looseness=min(abs(number), 20.0)) if name == "looseness" else None


def _height(value: str) -> float | None:
    """The height of quiver's `curve={height=…}`, in em."""
    name, _, length = value.partition("=")
    return in_em(length) if name.strip() == "height" else None
