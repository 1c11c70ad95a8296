"""Where everything in a diagram goes, once it is known how large its objects and labels are."""

from __future__ import annotations

from dataclasses import field
from itertools import accumulate
from typing import TYPE_CHECKING

from notesite.math.diagrams.geometry import Curve, Rectangle, crossing, left_of, turned, unit
from notesite.math.diagrams.measuring import AXIS, SCRIPT, Box
from notesite.math.diagrams.model import Line, Side
from notesite.math.diagrams.routes import way
from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from notesite.math.diagrams.geometry import Point
    from notesite.math.diagrams.model import Arrow, Cell, Diagram, End, Label

_TALLEST_USUAL = 0.7
_DEEPEST_USUAL = 0.2
"""What rows are at least made for, so that those of small letters are no lower than others."""
_FLATTER = 0.8
"""The room above and below an object, compared with that beside it."""
_LABEL_GAP = 0.19
"""The room between an arrow and its label, in em."""
_BREAK = 0.1
"""The room between a label on an arrow and the ends of the broken shaft."""
_BRIDGE = 0.2
"""Half of what an arrow leaves out where another one crosses over it."""
_MARGIN = 0.1
_SQUARE = 0.28
"""Half the side of the place of a named label without content."""
_ABSOLUTE = {Side.ABOVE: -1j, Side.BELOW: 1j, Side.WEST: -1 + 0j, Side.EAST: 1 + 0j}


@dataclass(frozen=True, slots=True)
class PlacedObject:
    """An object; `centre` is on its axis."""

    cell: Cell
    centre: Point
    box: Box


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A label; `centre` is its middle, `box` its size as shown, `direction` that of its line."""

    label: Label
    centre: Point
    box: Box
    direction: complex = 1 + 0j
    color: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """The way of an arrow, and between which values of `t` it is not drawn."""

    arrow: Arrow
    curve: Curve
    gaps: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """All of a diagram in its place; `origin` is the upper left corner of what is to be seen."""

    objects: tuple[PlacedObject, ...]
    labels: tuple[PlacedLabel, ...]
    routes: tuple[Route, ...]
    origin: Point
    size: complex


def arrange(diagram: Diagram, objects: Sequence[Box], labels: Sequence[Box]) -> Drawing:
    """The drawing; the boxes are those of `diagram.objects()` and `.labels()`, at full size."""
    boxes = {cell: box for (cell, _), box in zip(diagram.objects(), objects, strict=True)}
    shown = [
        box if label.is_full_size else box.scaled(SCRIPT)
        for label, box in zip(diagram.labels(), labels, strict=True)
    ]
    grid = _Grid(diagram, boxes, shown)
    placed = tuple(
        PlacedObject(cell, grid.centre(cell), boxes[cell]) for cell, _ in diagram.objects()
    )
    routes, places = _Router(diagram, grid, shown).run()
    axis = grid.centre((0, 0)).imag if len(diagram.rows) == 1 else None
    return _framed(placed, tuple(places), _with_bridges(routes), axis)


class _Grid:
    """The places of rows and columns."""

    def __init__(self, diagram: Diagram, boxes: Mapping[Cell, Box], labels: Sequence[Box]) -> None:
        spacing = diagram.spacing
        self._boxes = boxes
        self._margin = spacing.margin
        columns, rows = range(diagram.width), range(len(diagram.rows))
        halves = [
            max((box.width / 2 for (_, c), box in boxes.items() if c == column), default=0.0)
            for column in columns
        ]
        self._halves = [half + spacing.margin for half in halves]
        self._ups = [self._extent(row, up=True) for row in rows]
        self._downs = [self._extent(row, up=False) for row in rows]
        gaps = [spacing.columns + _at(spacing.extra_columns, column) for column in columns]
        self._widen(gaps, diagram, labels)
        self._x = _centres(self._halves, self._halves, gaps)
        heights = [spacing.rows + _at(spacing.extra_rows, row) for row in rows]
        self._y = _centres(self._ups, self._downs, heights)

    def _extent(self, row: int, *, up: bool) -> float:
        boxes = [box for (r, _), box in self._boxes.items() if r == row]
        if up:
            usual = max([_TALLEST_USUAL, *(box.ascent for box in boxes)]) - AXIS
        else:
            usual = max([_DEEPEST_USUAL, *(box.descent for box in boxes)]) + AXIS
        return usual + self._margin * _FLATTER

    def _widen(self, gaps: list[float], diagram: Diagram, labels: Sequence[Box]) -> None:
        """Makes room for labels that are longer than their arrows would be."""
        beside: dict[tuple[int, int, bool], float] = {}
        boxes = iter(labels)
        for arrow in diagram.arrows:
            widths = [(label, next(boxes).width) for label in arrow.labels]
            ends = arrow.source, arrow.target
            if isinstance(ends[0], str) or isinstance(ends[1], str) or not widths:
                continue
            (row, column), (to_row, to_column) = sorted((ends[0], ends[1]), key=lambda c: c[1])
            widest = max(width for _, width in widths)
            if to_column == column + 1 and row == to_row:
                spare = self._spare((row, column)) + self._spare((row, to_column))
                gaps[column] = max(gaps[column], widest + 0.8 - spare)
            elif to_column == column:
                for label, width in widths:
                    is_right = (label.side is Side.LEFT) == (ends[1] > ends[0])
                    key = (column, min(row, to_row), is_right)
                    beside[key] = max(beside.get(key, 0.0), width)
        for (column, row, is_right), width in beside.items():
            if is_right and column + 1 < diagram.width:
                needed = width + beside.get((column + 1, row, False), 0.0) + 0.8
                here = self._halves[column] + self._halves[column + 1]
                gaps[column] = max(gaps[column], needed - here)

    def _spare(self, cell: Cell) -> float:
        """By how much an object is narrower than half of its column."""
        width = self._boxes[cell].width / 2 if cell in self._boxes else 0.0
        return self._halves[cell[1]] - self._margin - width

    def centre(self, cell: Cell) -> Point:
        """The point of a cell that arrows are directed to."""
        return complex(self._x[cell[1]], self._y[cell[0]])

    def rectangle(self, cell: Cell) -> Rectangle:
        """A cell's object with the room around it, where arrows begin and end."""
        box = self._boxes.get(cell)
        flat = self._margin * _FLATTER
        if box is None:
            return Rectangle(self.centre(cell), self._margin, flat, flat)
        up = max(box.ascent, _TALLEST_USUAL) - AXIS
        down = max(box.descent, _DEEPEST_USUAL) + AXIS
        half = box.width / 2 + self._margin
        return Rectangle(self.centre(cell), half, up + flat, down + flat)


def _at(values: Sequence[float], index: int) -> float:
    return values[index] if index < len(values) else 0.0


def _centres(before: list[float], after: list[float], gaps: list[float]) -> list[float]:
    steps = [
        after[index] + gaps[index] + before[index + 1] for index in range(max(len(before) - 1, 0))
    ]
    return list(accumulate(steps, initial=before[0] if before else 0.0))


@dataclass(slots=True)
class _Router:
    """Finds the ways of arrows; those between labels wait until the labels have their places."""

    diagram: Diagram
    grid: _Grid
    boxes: Sequence[Box]
    named: dict[str, Rectangle] = field(default_factory=dict)

    def run(self) -> tuple[list[Route], list[PlacedLabel]]:
        """The ways of all arrows that can be drawn, and the places of their labels."""
        found: dict[int, tuple[Route, list[PlacedLabel]]] = {}
        boxes = iter(self.boxes)
        own = [[next(boxes) for _ in arrow.labels] for arrow in self.diagram.arrows]
        waiting = list(range(len(own)))
        while waiting:
            ready = [index for index in waiting if self._is_ready(self.diagram.arrows[index])]
            if not ready:
                break
            for index in ready:
                found[index] = self._place(self.diagram.arrows[index], own[index])
            waiting = [index for index in waiting if index not in found]
        results = [found[index] for index in sorted(found)]
        return [route for route, _ in results], [each for _, places in results for each in places]

    def _is_ready(self, arrow: Arrow) -> bool:
        return all(
            isinstance(end, tuple) or end in self.named for end in (arrow.source, arrow.target)
        )

    def _rectangle(self, end: End) -> Rectangle:
        return self.named[end] if isinstance(end, str) else self.grid.rectangle(end)

    def _place(self, arrow: Arrow, boxes: Sequence[Box]) -> tuple[Route, list[PlacedLabel]]:
        source, target = self._rectangle(arrow.source), self._rectangle(arrow.target)
        curve = way(source, target, arrow.shape, is_loop=arrow.source == arrow.target)
        places = []
        gaps = []
        for label, box in zip(arrow.labels, boxes, strict=True):
            place = _beside(curve, arrow, label, box)
            if label.name:
                self.named[label.name] = _around(place)
            if label.content:
                places.append(place)
                if label.breaks and arrow.stroke.line is not Line.NONE:
                    gaps.append(_gap(curve, place))
        return Route(arrow, curve, tuple(gaps)), places


def _beside(curve: Curve, arrow: Arrow, label: Label, box: Box) -> PlacedLabel:
    """The place of a label: as near to its arrow as its corners let it be."""
    point = curve.point(label.position)
    direction = curve.direction(label.position)
    color = arrow.stroke.color
    readable = direction if direction.real >= -1e-9 else -direction
    upright = readable if label.is_sloped else 1 + 0j
    upright = turned(upright, label.rotation) if label.rotation else upright
    if label.side is Side.ON or not label.content:
        return PlacedLabel(label, point, box, upright, color)
    normal = left_of(direction)
    if label.side in _ABSOLUTE:
        away = _ABSOLUTE[label.side]
    elif arrow.source == arrow.target:
        away = _outwards(curve, point)
    else:
        away = normal if label.side is Side.LEFT else -normal
    half_line = 0.09 if arrow.stroke.line in {Line.DOUBLE, Line.SQUIGGLY} else 0.0
    reach = _LABEL_GAP + half_line + _reach(box, away / upright)
    return PlacedLabel(label, point + away * reach, box, upright, color)


def _outwards(curve: Curve, point: Point) -> complex:
    return unit(point - (curve.start + curve.end) / 2)


def _reach(box: Box, away: complex) -> float:
    """How far a box reaches in a direction; between a rectangle and the ellipse inside of it."""
    across, up = abs(away.real) * box.width / 2, abs(away.imag) * (box.ascent + box.descent) / 2
    ellipse: float = abs(complex(across, up))
    return (across + up + ellipse) / 2


def _around(place: PlacedLabel) -> Rectangle:
    if not place.label.content:
        return Rectangle(place.centre, _SQUARE, _SQUARE, _SQUARE)
    half = (place.box.ascent + place.box.descent) / 2 + _BREAK
    return Rectangle(place.centre, place.box.width / 2 + _BREAK, half, half)


def _gap(curve: Curve, place: PlacedLabel) -> tuple[float, float]:
    """Between which values of `t` a curve runs through a label."""
    area = _around(place)
    steps = 512
    inside = [
        index / steps
        for index in range(steps + 1)
        if area.holds(area.centre + (curve.point(index / steps) - area.centre) / place.direction)
    ]
    middle = place.label.position
    return (min(inside, default=middle), max(inside, default=middle))


def _with_bridges(routes: Sequence[Route]) -> tuple[Route, ...]:
    """The routes with gaps where later ones cross over them."""
    bridged = list(routes)
    for index, over in enumerate(routes):
        if not over.arrow.stroke.crosses_over:
            continue
        for before in range(index):
            under = bridged[before]
            at = crossing(under.curve, over.curve)
            if at is not None:
                half = _BRIDGE / max(under.curve.length(), _BRIDGE)
                gaps = (*under.gaps, (max(at - half, 0.0), min(at + half, 1.0)))
                bridged[before] = Route(under.arrow, under.curve, gaps)
    return tuple(bridged)


def _framed(
    objects: tuple[PlacedObject, ...],
    labels: tuple[PlacedLabel, ...],
    routes: tuple[Route, ...],
    axis: float | None,
) -> Drawing:
    """The drawing, as large as what is in it; with an `axis`, that one is half-way down."""
    corners: list[Point] = []
    for placed in objects:
        half = placed.box.width / 2
        up = max(placed.box.ascent, _TALLEST_USUAL) - AXIS
        down = max(placed.box.descent, _DEEPEST_USUAL) + AXIS
        corners += [placed.centre - complex(half, up), placed.centre + complex(half, down)]
    for place in labels:
        extent = complex(place.box.width, place.box.ascent + place.box.descent) / 2
        corners += [place.centre - extent, place.centre + extent]
    for route in routes:
        if route.arrow.stroke.line is not Line.NONE:
            for point in route.curve.samples(8):
                corners += [point - (0.15 + 0.15j), point + (0.15 + 0.15j)]
    if not corners:
        return Drawing(objects, labels, routes, 0j, 1 + 1j)
    low = complex(min(each.real for each in corners), min(each.imag for each in corners))
    high = complex(max(each.real for each in corners), max(each.imag for each in corners))
    if axis is not None:
        half = max(axis - low.imag, high.imag - axis)
        low, high = complex(low.real, axis - half), complex(high.real, axis + half)
    margin = complex(_MARGIN, _MARGIN)
    return Drawing(objects, labels, routes, low - margin, high - low + 2 * margin)
