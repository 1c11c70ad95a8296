"""The way an arrow takes from one rectangle to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.diagrams.geometry import Curve, heading, left_of, line, turned, unit

if TYPE_CHECKING:
    from notesite.math.diagrams.geometry import Rectangle
    from notesite.math.diagrams.model import Shape

_ARM = 0.3915
"""How long the arms of TikZ's curves are, compared with the way from end to end."""
_PULL = 0.35
"""Where along the way quiver's curves are pulled aside."""
_LOOP_REACH = 1.5
_LOOP_HALF_ANGLE = 18.0
_SHORTEST = 0.4


def way(source: Rectangle, target: Rectangle, shape: Shape, *, is_loop: bool = False) -> Curve:
    """The curve that an arrow follows, from the edge of `source` to that of `target`."""
    if is_loop:
        curve = _loop(source, shape)
    elif shape.leaves is not None or shape.arrives is not None or shape.bend:
        curve = _bent(source, target, shape)
    elif shape.height:
        curve = _pulled(source, target, shape)
    else:
        curve = _straight(source, target, shape)
    return curve.trimmed(*shape.shortened) if any(shape.shortened) else curve


def _straight(source: Rectangle, target: Rectangle, shape: Shape) -> Curve:
    direction = unit(target.centre - source.centre)
    aside = left_of(direction) * shape.shift
    start, end = source.centre + aside, target.centre + aside
    before = source.exit(start, direction)
    after = target.exit(end, -direction)
    free = abs(end - start) - before - after
    if free < _SHORTEST:  # the two are too near to each other: at least something is to be seen
        lacking = (_SHORTEST - free) / 2
        before, after = before - lacking, after - lacking
    return line(start + direction * before, end - direction * after)


def _bent(source: Rectangle, target: Rectangle, shape: Shape) -> Curve:
    direct = unit(target.centre - source.centre)
    leaving = turned(direct, shape.bend)
    arriving = turned(-direct, -shape.bend)
    if shape.leaves is not None:
        leaving = heading(shape.leaves)
    if shape.arrives is not None:
        arriving = heading(shape.arrives)
    aside = left_of(direct) * shape.shift
    start = source.centre + leaving * source.exit(source.centre, leaving) + aside
    end = target.centre + arriving * target.exit(target.centre, arriving) + aside
    arm = _ARM * shape.looseness * abs(end - start)
    return Curve(start, start + leaving * arm, end + arriving * arm, end)


def _pulled(source: Rectangle, target: Rectangle, shape: Shape) -> Curve:
    between = target.centre - source.centre
    direct = unit(between)
    aside = left_of(direct) * shape.shift
    pull = -left_of(direct) * shape.height
    first = source.centre + between * _PULL + pull
    second = target.centre - between * _PULL + pull
    leaving, arriving = unit(first - source.centre), unit(second - target.centre)
    start = source.centre + leaving * source.exit(source.centre, leaving)
    end = target.centre + arriving * target.exit(target.centre, arriving)
    return Curve(start + aside, first + aside, second + aside, end + aside)


def _loop(place: Rectangle, shape: Shape) -> Curve:
    angle = 90.0 if shape.loop is None else shape.loop
    leaves = angle - _LOOP_HALF_ANGLE if shape.leaves is None else shape.leaves
    arrives = angle + _LOOP_HALF_ANGLE if shape.arrives is None else shape.arrives
    leaving, arriving = heading(leaves), heading(arrives)
    start = place.centre + leaving * place.exit(place.centre, leaving)
    end = place.centre + arriving * place.exit(place.centre, arriving)
    return Curve(start, start + leaving * _LOOP_REACH, end + arriving * _LOOP_REACH, end)
