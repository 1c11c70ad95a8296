"""The options of tikz-cd's labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.diagrams.items import number_of
from notesite.math.diagrams.model import Label, Side
from notesite.records import dataclass

if TYPE_CHECKING:
    from notesite.math.tex import Token

_POSITIONS: dict[str, float] = {
    "at start": 0.0, "very near start": 0.125, "near start": 0.25, "midway": 0.5,
    "near end": 0.75, "very near end": 0.875, "at end": 1.0,
}  # fmt: skip
_ANCHORS = {"south": Side.ABOVE, "north": Side.BELOW, "east": Side.WEST, "west": Side.EAST}
"""The side on which a label is whose anchor this is."""
_SIDES = {"above": Side.ABOVE, "below": Side.BELOW, "left": Side.WEST, "right": Side.EAST}
OF_LABELS = (*_POSITIONS, *_SIDES, "swap", "description", "sloped", "marking", "pos", "name")


@dataclass(slots=True)
class LabelSettings:
    """What options say about labels; None where they say nothing."""

    is_swapped: bool = False
    side: Side | None = None
    position: float | None = None
    breaks: bool = False
    is_sloped: bool = False
    is_full_size: bool = False
    rotation: float = 0.0
    name: str = ""


def set_label(settings: LabelSettings, name: str, value: str) -> bool:
    """Takes one option of a label; whether it is one."""
    position = _fraction(value) if name == "pos" else _POSITIONS.get(name)
    if position is not None:
        settings.position = position
    elif name in {"swap", "'"}:
        settings.is_swapped = not settings.is_swapped
    elif name in {"description", "marking"} or (name, value) == ("anchor", "center"):
        settings.side = Side.ON
        settings.breaks = name == "description"
        settings.is_sloped |= name == "marking"
    elif name in _SIDES and not value:
        settings.side = _SIDES[name]
    elif name == "sloped":
        settings.is_sloped = True
    elif name == "name" and value:
        settings.name = value
    elif name == "anchor" and value in _ANCHORS:
        settings.side = _ANCHORS[value]
    elif name == "rotate" and (angle := number_of(value)) is not None:
        settings.rotation = angle
    else:
        return False
    return True


def label_of(
    token: Token, tokens: tuple[Token, ...], own: LabelSettings, common: LabelSettings
) -> Label:
    """A label by its own options, and by those of its arrow where its own say nothing."""
    side = own.side or common.side or Side.LEFT
    if side is Side.LEFT and own.is_swapped != common.is_swapped:
        side = Side.RIGHT
    position = own.position if own.position is not None else common.position
    return Label(
        tokens, token, side, 0.5 if position is None else position,
        breaks=own.breaks or common.breaks,
        is_sloped=own.is_sloped or common.is_sloped,
        is_full_size=own.is_full_size or common.is_full_size,
        rotation=own.rotation,
        name=own.name,
    )  # fmt: skip


def _fraction(value: str) -> float | None:
    number = number_of(value)
    return number if number is not None and 0 <= number <= 1 else None
