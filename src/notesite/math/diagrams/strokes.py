"""The lines of an arrow as SVG: shafts, heads and tails in the manner of Computer Modern.

All lengths are in em. Heads are drawn as if the arrow went to the right and ended at the origin.
"""

from __future__ import annotations

import cmath
import math
from typing import TYPE_CHECKING

from notesite.math.diagrams.geometry import left_of, unit
from notesite.math.diagrams.model import Line

if TYPE_CHECKING:
    from notesite.math.diagrams.geometry import Curve, Point
    from notesite.math.diagrams.layout import Route

_APART = 0.085
"""Half the distance of a double shaft's lines."""
_HEAD = "M-.17-.18C-.155-.11-.055-.02 0 0C-.055 .02-.155 .11-.17 .18"
_UPPER = "M-.17-.18C-.155-.11-.055-.02 0 0"
_LOWER = "M-.17 .18C-.155 .11-.055 .02 0 0"
_WIDE_HEAD = "M-.21-.25C-.18-.14-.09-.03 0 0C-.09 .03-.18 .14-.21 .25"
_HOOK = "M0 0C.15 0 .15-.22 0-.22"
_OTHER_HOOK = "M0 0C.15 0 .15 .22 0 .22"
_BAR = "M0-.15V.15"
_MARKS = {"head": _HEAD, "two": _HEAD, "harpoon": _UPPER, "harpoon'": _LOWER, "bar": _BAR}
_SECOND = 0.13
"""How far the second head is behind the first."""
_TAKEN = {"hook": 0.11, "hook'": 0.11, "tail": 0.17}
"""How much of an arrow's beginning its tail takes before the shaft."""
_WAVE = 0.17
_WAVE_HEIGHT = 0.075
_WAVE_ENDS = (0.1, 0.26)
_NEAR = 0.12
"""The way before its tip along which a head is directed, so that it sits well on a curve."""
_DASHES = {"dashed": ' stroke-dasharray=".26 .2"', "dotted": ' stroke-dasharray="0 .15"'}


def number(value: float) -> str:
    """A number in few characters."""
    return f"{value:.3f}".rstrip("0").rstrip(".").replace("-0.", "-.") if abs(value) > 5e-4 else "0"


def arrow_lines(route: Route) -> str:
    """The `<path>` elements of one arrow; none for one that is not seen."""
    stroke = route.arrow.stroke
    if stroke.line is Line.NONE:
        return ""
    head, tail = _end_mark(route, is_head=True), _end_mark(route, is_head=False)
    return f"{_shaft(route)}{tail}{head}"


def _shaft(route: Route) -> str:
    stroke, whole = route.arrow.stroke, route.curve
    is_double = stroke.line is Line.DOUBLE
    tip = 0.11 if is_double else 0.02
    before = _TAKEN.get(stroke.tail, tip if stroke.tail in {"head", "two"} else 0.0)
    after = _TAKEN.get(stroke.head, tip if stroke.head in {"head", "two"} else 0.0)
    paths = []
    for begin, end in _drawn(route, before, after):
        part = whole.part(begin, end)
        if stroke.line is Line.SQUIGGLY:
            paths.append(_wave(part))
        elif is_double:
            paths += [_path(part.beside(_APART)), _path(part.beside(-_APART))]
        else:
            paths.append(_path(part))
    return f'<path d="{"".join(paths)}"{_DASHES.get(stroke.dash, "")}/>'


def _drawn(route: Route, before: float, after: float) -> list[tuple[float, float]]:
    """The stretches of a curve that are drawn, as values of `t`."""
    length = max(route.curve.length(), 1e-6)
    start, end = min(before / length, 0.5), max(1 - after / length, 0.5)
    stretches = []
    for low, high in sorted(route.gaps):
        if low > start + 0.01:
            stretches.append((start, min(low, end)))
        start = max(start, high)
    return [*stretches, (start, end)] if end > start else stretches


def _path(curve: Curve) -> str:
    if curve.is_straight:
        return f"M{_pair(curve.start)}L{_pair(curve.end)}"
    return f"M{_pair(curve.start)}C{_pair(curve.first)} {_pair(curve.second)} {_pair(curve.end)}"


def _pair(point: Point) -> str:
    return f"{number(point.real)} {number(point.imag)}"


def _wave(curve: Curve) -> str:
    length = curve.length()
    before, after = (min(each / max(length, 1e-6), 0.4) for each in _WAVE_ENDS)
    count = max(2, 2 * round((1 - before - after) * length / _WAVE / 2))
    step = (1 - before - after) / count
    path = f"M{_pair(curve.start)}L{_pair(curve.point(before))}"
    for index in range(count):
        t = before + step * index
        middle = t + step / 2
        aside = left_of(curve.direction(middle)) * _WAVE_HEIGHT * 2 * (-1) ** index
        path += f"Q{_pair(curve.point(middle) + aside)} {_pair(curve.point(t + step))}"
    return f"{path}L{_pair(curve.end)}"


def _end_mark(route: Route, *, is_head: bool) -> str:
    """What is drawn at the one or the other end."""
    stroke, curve = route.arrow.stroke, route.curve
    name = stroke.head if is_head else stroke.tail
    if not name:
        return ""
    length = max(curve.length(), 1e-6)
    at = min(_NEAR / length, 0.5)
    if is_head:
        place, direction = curve.end, unit(curve.end - curve.point(1 - at))
    else:
        place, direction = curve.start, unit(curve.start - curve.point(at))
    if stroke.line is Line.DOUBLE and name == "head":
        return _placed(_WIDE_HEAD, place, direction)
    if name.startswith("hook"):
        # A hook is on the arrow's left, which is the right of who looks out from its beginning.
        shape = _HOOK if (name == "hook") == is_head else _OTHER_HOOK
        return _placed(shape, place - direction * _TAKEN[name], direction)
    if name == "tail":
        return _placed(_HEAD, place - direction * _TAKEN[name], -direction)
    second = _placed(_HEAD, place - direction * _SECOND, direction) if name == "two" else ""
    return second + _placed(_MARKS[name], place, direction)


def _placed(path: str, place: Point, direction: complex) -> str:
    angle = math.degrees(cmath.phase(direction))
    turn = f" rotate({number(angle)})" if abs(angle) > 0.01 else ""
    return f'<path d="{path}" transform="translate({_pair(place)}){turn}"/>'
