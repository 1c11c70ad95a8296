"""What a drawing holds: its elements, read from Excalidraw's JSON with nothing taken on trust."""

from __future__ import annotations

import json
import re
from math import isfinite
from typing import Any

from notesite.records import dataclass

MOST_ELEMENTS = 20_000
"""Elements of a drawing that are read, and points of a line."""

_COLOUR = re.compile(r"#[0-9A-Fa-f]{3,8}|[A-Za-z]{3,20}")
_LARGEST = 1e6


class DrawingError(ValueError):
    """A drawing that cannot be read; the message says why."""


Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Element:
    """One element; `x` and `y` are its upper left corner, `points` count from there.

    `stroke` and `fill` are colours, empty for none; `dash` is `solid`, `dashed` or `dotted`;
    `heads` are the kinds of arrowheads at the beginning and at the end; `angle` is in radians,
    `opacity` from 0 to 1. `file` is the id of a picture.
    """

    kind: str
    x: float
    y: float
    width: float
    height: float
    angle: float = 0.0
    stroke: str = ""
    fill: str = ""
    is_hatched: bool = False
    line: float = 1.0
    dash: str = "solid"
    opacity: float = 1.0
    is_round: bool = False
    points: tuple[Point, ...] = ()
    heads: tuple[str, str] = ("", "")
    text: str = ""
    size: float = 20.0
    leading: float = 1.25
    align: str = "left"
    file: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The elements of a drawing, the lowest first, and its pictures' files by their ids."""

    elements: tuple[Element, ...]
    files: dict[str, str]


def read_elements(text: str) -> tuple[Element, ...]:
    """The elements of the scene that is written in this JSON; raises DrawingError."""
    try:
        scene = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DrawingError("its data is no JSON") from error
    listed = scene.get("elements") if isinstance(scene, dict) else None
    if not isinstance(listed, list):
        raise DrawingError("its data holds no elements")
    objects = [each for each in listed if isinstance(each, dict)]
    shown = [each for each in objects if each.get("isDeleted") is not True]
    return tuple(map(_element, shown[:MOST_ELEMENTS]))


def _element(raw: dict[str, Any]) -> Element:
    fill_style = raw.get("fillStyle")
    return Element(
        kind=_text(raw, "type"),
        x=_number(raw, "x"),
        y=_number(raw, "y"),
        width=_number(raw, "width"),
        height=_number(raw, "height"),
        angle=_number(raw, "angle"),
        stroke=_colour(raw, "strokeColor"),
        fill=_colour(raw, "backgroundColor"),
        is_hatched=fill_style not in {None, "solid"},
        line=_number(raw, "strokeWidth", 1.0),
        dash=_text(raw, "strokeStyle") or "solid",
        opacity=min(max(_number(raw, "opacity", 100.0) / 100, 0.0), 1.0),
        # Before 2023 corners were `strokeSharpness`.
        is_round=bool(raw.get("roundness")) or raw.get("strokeSharpness") == "round",
        points=_points(raw.get("points")),
        heads=(_text(raw, "startArrowhead"), _text(raw, "endArrowhead")),
        text=_text(raw, "text"),
        size=_number(raw, "fontSize", 20.0),
        leading=_number(raw, "lineHeight", 1.25),
        align=_text(raw, "textAlign") or "left",
        file=_text(raw, "fileId"),
    )


def _text(raw: dict[str, Any], key: str) -> str:
    value = raw.get(key)
    return value if isinstance(value, str) else ""


def _number(raw: dict[str, Any], key: str, default: float = 0.0) -> float:
    return _finite(raw.get(key), default)


def _finite(value: object, default: float = 0.0) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return default
    try:
        number = float(value)
    except OverflowError:
        return default
    return number if isfinite(number) and abs(number) <= _LARGEST else default


def _colour(raw: dict[str, Any], key: str) -> str:
    value = _text(raw, key)
    return value if _COLOUR.fullmatch(value) and value != "transparent" else ""


def _points(raw: object) -> tuple[Point, ...]:
    if not isinstance(raw, list):
        return ()
    pairs = [each for each in raw[:MOST_ELEMENTS] if isinstance(each, list) and len(each) >= 2]
    return tuple((_finite(x), _finite(y)) for x, y, *_ in pairs)
