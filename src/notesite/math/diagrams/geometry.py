"""Points, curves and rectangles of a diagram.

Points are complex numbers in em: x to the right, y downwards, as on a page.
"""

from __future__ import annotations

import cmath
import math
from itertools import pairwise

from notesite.records import dataclass

Point = complex

_SAMPLES = 24
_PIECES = 10
"""How many straight pieces stand for a curve where it crosses others."""


def unit(vector: complex) -> complex:
    """The direction of a vector; to the right where it has none."""
    length = abs(vector)
    return vector / length if length > 1e-9 else 1 + 0j


def left_of(direction: complex) -> complex:
    """What is on the left of one who goes in this direction."""
    return direction * -1j


def turned(direction: complex, degrees: float) -> complex:
    """The direction turned counter-clockwise as seen on the page."""
    return direction * cmath.exp(-1j * math.radians(degrees))


def heading(degrees: float) -> complex:
    """The direction at an angle, counter-clockwise from the right."""
    return turned(1 + 0j, degrees)


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A rectangle around `centre`, which need not be its middle from top to bottom."""

    centre: Point
    half_width: float
    up: float
    down: float

    def exit(self, start: Point, direction: complex) -> float:
        """How far from `start`, which is inside, a ray runs until it is outside."""
        offset = start - self.centre
        distances = []
        if abs(direction.real) > 1e-9:
            side = math.copysign(self.half_width, direction.real)
            distances.append((side - offset.real) / direction.real)
        if abs(direction.imag) > 1e-9:
            side = self.down if direction.imag > 0 else -self.up
            distances.append((side - offset.imag) / direction.imag)
        return max(0.0, min(distances, default=0.0))

    def holds(self, point: Point) -> bool:
        """Whether a point is inside."""
        offset = point - self.centre
        return abs(offset.real) <= self.half_width and -self.up <= offset.imag <= self.down


@dataclass(frozen=True, slots=True)
class Curve:
    """A cubic Bézier curve from `start` to `end`; a straight line says so."""

    start: Point
    first: Point
    second: Point
    end: Point
    is_straight: bool = False

    def point(self, t: float) -> Point:
        """The point at `t`, from 0 to 1."""
        s = 1 - t
        return (
            s**3 * self.start
            + 3 * s * s * t * self.first
            + 3 * s * t * t * self.second
            + t**3 * self.end
        )

    def direction(self, t: float) -> complex:
        """Where one goes at `t`, of length 1."""
        s = 1 - t
        tangent = (
            s * s * (self.first - self.start)
            + 2 * s * t * (self.second - self.first)
            + t * t * (self.end - self.second)
        )
        return unit(tangent if abs(tangent) > 1e-9 else self.end - self.start)

    def length(self) -> float:
        """Its length, nearly."""
        if self.is_straight:
            return abs(self.end - self.start)
        return sum(abs(after - before) for before, after in pairwise(self.samples()))

    def samples(self, count: int = _SAMPLES) -> list[Point]:
        """Points along it, its ends included."""
        return [self.point(index / count) for index in range(count + 1)]

    def part(self, begin: float, end: float) -> Curve:
        """What is between two values of `t`; de Casteljau."""
        points = (self.start, self.first, self.second, self.end)
        before_end = (*_first_part(points, end), self.point(end))
        fraction = 1 - begin / end if end > 0 else 1.0
        backwards = _first_part(before_end[::-1], fraction)
        return Curve(self.point(begin), *backwards[:0:-1], backwards[0], self.is_straight)

    def trimmed(self, begin: float, end: float) -> Curve:
        """Without so many em at its beginning and at its end."""
        length = self.length()
        if length < 1e-6:
            return self
        first = min(begin / length, 0.45)
        last = 1 - min(end / length, 0.45)
        return self.part(first, last)

    def beside(self, distance: float) -> Curve:
        """A curve that runs so many em to its left."""
        before = left_of(self.direction(0)) * distance
        after = left_of(self.direction(1)) * distance
        return Curve(
            self.start + before,
            self.first + before,
            self.second + after,
            self.end + after,
            self.is_straight,
        )


def line(start: Point, end: Point) -> Curve:
    """A straight line."""
    third = (end - start) / 3
    return Curve(start, start + third, end - third, end, is_straight=True)


def _first_part(points: tuple[Point, ...], t: float) -> tuple[Point, Point, Point]:
    """The first three points of the part before `t`."""
    a, b, c, _ = points
    ab, bc = a + (b - a) * t, b + (c - b) * t
    return a, ab, ab + (bc - ab) * t


def crossing(one: Curve, other: Curve) -> float | None:
    """The `t` of the first curve where the other one crosses it first, None if nowhere."""
    if _are_apart(one, other):
        return None
    mine = one.samples(1 if one.is_straight else _PIECES)
    others = other.samples(1 if other.is_straight else _PIECES)
    count = len(mine) - 1
    for index, (a, b) in enumerate(pairwise(mine)):
        for c, d in pairwise(others):
            found = _meeting(a, b, c, d)
            if found is not None:
                return (index + found) / count
    return None


def _are_apart(one: Curve, other: Curve) -> bool:
    """Whether the frames of two curves do not touch; a curve stays within its four points."""
    mine = (one.start, one.first, one.second, one.end)
    others = (other.start, other.first, other.second, other.end)
    return (
        max(point.real for point in mine) < min(point.real for point in others)
        or max(point.real for point in others) < min(point.real for point in mine)
        or max(point.imag for point in mine) < min(point.imag for point in others)
        or max(point.imag for point in others) < min(point.imag for point in mine)
    )


def _meeting(a: Point, b: Point, c: Point, d: Point) -> float | None:
    """How far along from `a` to `b` the line from `c` to `d` is met, inside of both."""
    along, across = b - a, d - c
    determinant = _cross(along, across)
    if abs(determinant) < 1e-9:
        return None
    t = _cross(c - a, across) / determinant
    s = _cross(c - a, along) / determinant
    return t if 0.02 < t < 0.98 and 0.02 < s < 0.98 else None


def _cross(a: complex, b: complex) -> float:
    return a.real * b.imag - a.imag * b.real
