"""A drawing as SVG that stands in HTML.

Lines have the colour of the text around them. Objects and labels are MathML in `<foreignObject>`,
so that they look as in any other formula. A unit is a sixteenth of an em, as browsers do not set
type of one unit's size. Nothing depends on a style sheet but the centring of objects and labels:

`diagram`           the `<svg>`
`diagram-content`   what holds one object or label: its base line is half-way down
"""

from __future__ import annotations

import cmath
import math
from typing import TYPE_CHECKING

from notesite.math.diagrams.measuring import AXIS, SCRIPT
from notesite.math.diagrams.strokes import arrow_lines, number
from notesite.text import escape_html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notesite.math.diagrams.geometry import Point
    from notesite.math.diagrams.layout import Drawing, PlacedLabel
    from notesite.math.diagrams.measuring import Box

UNITS = 16
"""Units of the picture in an em."""
_STROKE = 0.045


def picture(drawing: Drawing, contents: Sequence[str], labels: Sequence[str], text: str) -> str:
    """The `<svg>` element; `contents` and `labels` are MathML, `text` says it all in words."""
    size = f'width="{number(drawing.size.real)}em" height="{number(drawing.size.imag)}em"'
    view = f'viewBox="0 0 {_units(drawing.size.real)} {_units(drawing.size.imag)}"'
    opening = f'<svg class="diagram" role="img" aria-label="{escape_html(text)}" {size} {view}'
    shown = [
        _content(placed.centre + 1j * AXIS - drawing.origin, placed.box, content)
        for placed, content in zip(drawing.objects, contents, strict=True)
    ]
    beside = [
        _label(place, content, drawing.origin)
        for place, content in zip(drawing.labels, labels, strict=True)
    ]
    return (
        f'{opening} overflow="visible">{_lines(drawing)}'
        f'<g font-size="{UNITS}">{"".join(shown)}</g>{"".join(beside)}</svg>'
    )


def _lines(drawing: Drawing) -> str:
    start = f"{_units(-drawing.origin.real)} {_units(-drawing.origin.imag)}"
    drawn = ""
    for route in drawing.routes:
        lines, color = arrow_lines(route), route.arrow.stroke.color
        drawn += f'<g stroke="{color}">{lines}</g>' if color and lines else lines
    return (
        f'<g transform="translate({start}) scale({UNITS})" fill="none" stroke="currentcolor" '
        f'stroke-width="{_STROKE}" stroke-linecap="round" stroke-linejoin="round">{drawn}</g>'
    )


def _label(place: PlacedLabel, content: str, origin: Point) -> str:
    box = place.box
    scale = 1.0 if place.label.is_full_size else SCRIPT
    base = place.centre - origin + 1j * (box.ascent - box.descent) / 2
    color = f' color="{place.color}"' if place.color else ""
    angle = math.degrees(cmath.phase(place.direction))
    turn = ""
    if abs(angle) > 0.01:
        middle = place.centre - origin
        at = f"{_units(middle.real)} {_units(middle.imag)}"
        turn = f' transform="rotate({number(angle)} {at})"'
    return f'<g font-size="{_units(scale)}"{color}{turn}>{_content(base, box, content)}</g>'


def _content(base: Point, box: Box, content: str) -> str:
    """MathML centred above and below a point of its base line."""
    half_width = box.width / 2 + 0.1
    half_height = max(box.ascent, box.descent) + 0.2
    place = f'x="{_units(base.real - half_width)}" y="{_units(base.imag - half_height)}"'
    size = f'width="{_units(2 * half_width)}" height="{_units(2 * half_height)}"'
    return (
        f'<foreignObject {place} {size} overflow="visible"><span class="diagram-content">'
        f"<math>{content}</math></span></foreignObject>"
    )


def _units(length: float) -> str:
    return number(length * UNITS)
