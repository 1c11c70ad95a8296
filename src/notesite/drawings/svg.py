"""A drawing as SVG: its shapes with plain lines, its texts in the page's own type."""

from __future__ import annotations

from math import atan2, cos, degrees, hypot, pi, sin
from typing import TYPE_CHECKING

from notesite.text import escape_html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from notesite.drawings.elements import Drawing, Element, Point

_MARGIN = 12
_DASHES = {"dashed": "8 6", "dotted": "1.5 5"}
_ANCHORS = {"center": "middle", "right": "end"}
_LINES = frozenset({"line", "arrow", "freedraw"})


def draw(drawing: Drawing, name: str, address: Callable[[str], str]) -> str:
    """The SVG of a drawing called `name`; `address` gives a picture's `href` by its file."""
    shown = [each for each in drawing.elements if each.kind in _SHAPES]
    left, top, right, bottom = _bounds(shown)
    width, height = right - left, bottom - top
    texts = " ".join(" ".join(each.text.split()) for each in shown if each.text)
    label = escape_html(f"{name}: {texts}" if texts else name)
    body = "".join(_placed(each, drawing, address) for each in shown)
    return (
        f'<svg class="drawing" xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{label}" '
        f'width="{_n(width)}" height="{_n(height)}" '
        f'viewBox="{_n(left)} {_n(top)} {_n(width)} {_n(height)}">{body}</svg>'
    )


def _bounds(elements: Iterable[Element]) -> tuple[float, float, float, float]:
    corners = [corner for each in elements for corner in _corners(each)] or [(0.0, 0.0)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs) - _MARGIN, min(ys) - _MARGIN, max(xs) + _MARGIN, max(ys) + _MARGIN


def _corners(element: Element) -> list[Point]:
    """The outermost points of an element, turned as it is."""
    if element.kind in _LINES:
        points = [(element.x + x, element.y + y) for x, y in element.points]
    else:
        right, bottom = element.x + element.width, element.y + element.height
        points = [(x, y) for x in (element.x, right) for y in (element.y, bottom)]
    if not element.angle:
        return points
    middle_x, middle_y = _middle(element)
    turn = (cos(element.angle), sin(element.angle))
    return [
        (
            middle_x + (x - middle_x) * turn[0] - (y - middle_y) * turn[1],
            middle_y + (x - middle_x) * turn[1] + (y - middle_y) * turn[0],
        )
        for x, y in points
    ]


def _middle(element: Element) -> Point:
    """The point an element turns about: the middle of its box."""
    if element.kind in _LINES and element.points:
        xs, ys = [x for x, _ in element.points], [y for _, y in element.points]
        return element.x + (min(xs) + max(xs)) / 2, element.y + (min(ys) + max(ys)) / 2
    return element.x + element.width / 2, element.y + element.height / 2


def _placed(element: Element, drawing: Drawing, address: Callable[[str], str]) -> str:
    """An element, turned and as opaque as it is."""
    if element.kind == "image":
        shape = _picture(element, drawing.files.get(element.file, ""), address)
    else:
        shape = _SHAPES[element.kind](element)
    turn = ""
    if element.angle:
        x, y = _middle(element)
        turn = f' transform="rotate({_n(degrees(element.angle))} {_n(x)} {_n(y)})"'
    pale = f' opacity="{_n(element.opacity)}"' if element.opacity < 1 else ""
    return f"<g{turn}{pale}>{shape}</g>" if turn or pale else shape


def _rectangle(element: Element) -> str:
    corner = min(abs(element.width), abs(element.height)) / 4
    rounded = f' rx="{_n(min(corner, 32))}"' if element.is_round else ""
    return f"<rect{_box(element)}{rounded}{_paint(element)}/>"


def _frame(element: Element) -> str:
    return f'<rect{_box(element)} rx="8" fill="none" stroke="#bbb"/>'


def _ellipse(element: Element) -> str:
    x, y = _middle(element)
    radii = f'rx="{_n(element.width / 2)}" ry="{_n(element.height / 2)}"'
    return f'<ellipse cx="{_n(x)}" cy="{_n(y)}" {radii}{_paint(element)}/>'


def _diamond(element: Element) -> str:
    x, y = _middle(element)
    right, bottom = element.x + element.width, element.y + element.height
    points = [(x, element.y), (right, y), (x, bottom), (element.x, y)]
    return f'<polygon points="{_listed(points)}"{_paint(element)}/>'


def _line(element: Element) -> str:
    points = [(element.x + x, element.y + y) for x, y in element.points]
    if len(points) < 2:
        return ""
    is_closed = hypot(points[0][0] - points[-1][0], points[0][1] - points[-1][1]) < 8
    is_filled = is_closed and len(points) > 2 and element.kind == "line"
    path = f'<path d="{_path(points, is_curve=element.is_round)}"{_paint(element, is_filled)}/>'
    if element.kind != "arrow":
        return path
    heads = ((element.heads[0], points[1], points[0]), (element.heads[1], points[-2], points[-1]))
    return path + "".join(_head(element, *head) for head in heads if head[0])


def _path(points: list[Point], *, is_curve: bool) -> str:
    """A path through points; a curve is Catmull and Rom's, as cubic pieces of Bézier's."""
    begin = f"M{_n(points[0][0])} {_n(points[0][1])}"
    if not is_curve or len(points) == 2:
        return begin + "".join(f"L{_n(x)} {_n(y)}" for x, y in points[1:])
    pieces = [begin]
    for at in range(len(points) - 1):
        before, here = points[max(at - 1, 0)], points[at]
        there, after = points[at + 1], points[min(at + 2, len(points) - 1)]
        controls = (
            here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6,
            there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6, *there,
        )  # fmt: skip
        pieces.append("C" + " ".join(map(_n, controls)))
    return "".join(pieces)


def _head(element: Element, kind: str, before: Point, tip: Point) -> str:
    """The head of an arrow that comes to `tip` from `before`."""
    length = min(hypot(tip[0] - before[0], tip[1] - before[1]) / 2, 16 + 2 * element.line)
    direction = atan2(tip[1] - before[1], tip[0] - before[0])
    colour = element.stroke or "currentColor"
    if kind in {"dot", "circle", "circle_outline"}:
        inside = "#fff" if kind.endswith("outline") else colour
        circle = f'cx="{_n(tip[0])}" cy="{_n(tip[1])}" r="{_n(length / 3)}"'
        return f'<circle {circle} fill="{inside}" stroke="{colour}"/>'
    spread = pi / 2 if kind == "bar" else pi / 7
    reach = length / 2 if kind == "bar" else length
    sides = [
        (tip[0] - reach * cos(direction + turn), tip[1] - reach * sin(direction + turn))
        for turn in (-spread, spread)
    ]
    points = [sides[0], tip, sides[1]]
    if "triangle" in kind or "diamond" in kind:
        inside = "#fff" if kind.endswith("outline") else colour
        return f'<polygon points="{_listed(points)}" fill="{inside}" stroke="{colour}"/>'
    width = f'stroke-width="{_n(element.line)}"'
    return f'<polyline points="{_listed(points)}" fill="none" stroke="{colour}" {width}/>'


def _text(element: Element) -> str:
    anchor = _ANCHORS.get(element.align, "start")
    shift = {"middle": element.width / 2, "end": element.width}.get(anchor, 0.0)
    rows = element.text.split("\n")
    step = element.size * element.leading
    # The baseline lies below the middle of its line by about a third of the type's size.
    first = element.y + step / 2 + element.size * 0.33
    spans = "".join(
        f'<tspan x="{_n(element.x + shift)}" y="{_n(first + at * step)}">{escape_html(row)}</tspan>'
        for at, row in enumerate(rows)
    )
    look = f'font-size="{_n(element.size)}" text-anchor="{anchor}"'
    return f'<text {look} fill="{element.stroke or "currentColor"}">{spans}</text>'


def _picture(element: Element, file: str, address: Callable[[str], str]) -> str:
    if not file:
        return f'<rect{_box(element)} fill="none" stroke="currentColor" stroke-dasharray="4 4"/>'
    return f'<image{_box(element)} href="{address(file)}"/>'


def _box(element: Element) -> str:
    x, y = element.x + min(element.width, 0), element.y + min(element.height, 0)
    width, height = abs(element.width), abs(element.height)
    return f' x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"'


def _paint(element: Element, is_filled: bool = True) -> str:
    """The attributes of an outline and of what it encloses."""
    fill = element.fill if is_filled else ""
    width = element.line * (2 if element.kind == "freedraw" else 1)
    look = (
        f' fill="{fill or "none"}" stroke="{element.stroke or "none"}" stroke-width="{_n(width)}"'
    )
    if fill and element.is_hatched:
        look += ' fill-opacity="0.45"'
    if element.dash in _DASHES:
        look += f' stroke-dasharray="{_DASHES[element.dash]}"'
    return look + ' stroke-linecap="round" stroke-linejoin="round"'


def _listed(points: Iterable[Point]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _n(number: float) -> str:
    """A number with two digits behind the point at most, the same everywhere."""
    return f"{number:.2f}".rstrip("0").rstrip(".") if abs(number) >= 0.005 else "0"


_SHAPES: dict[str, Callable[[Element], str]] = {
    "rectangle": _rectangle,
    "ellipse": _ellipse,
    "diamond": _diamond,
    "line": _line,
    "arrow": _line,
    "freedraw": _line,
    "text": _text,
    "frame": _frame,
    "embeddable": _frame,
    "iframe": _frame,
    "image": _rectangle,
}
