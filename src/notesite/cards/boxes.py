"""Boxes: pieces of a line with their measures, put beside and above each other as TeX does.

All measures are in ems of the size at which the line will be set; y grows downwards from the
baseline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from notesite.cards.fonts import Family, Glyph

ASCENT, DEPTH = 0.72, 0.22
"""What a line of text reaches above and below the baseline, whatever letters it holds."""


class Mark(NamedTuple):
    """Something to draw: a glyph's outline at a size, or, without a path, a filled rectangle."""

    x: float
    y: float
    size: float
    path: str
    scale: float = 0.0
    width: float = 0.0
    height: float = 0.0


class Box(NamedTuple):
    """Marks with the room that they take."""

    width: float = 0.0
    ascent: float = 0.0
    depth: float = 0.0
    marks: tuple[Mark, ...] = ()

    def moved(self, x: float, y: float) -> tuple[Mark, ...]:
        """Its marks at another place."""
        return tuple(mark._replace(x=mark.x + x, y=mark.y + y) for mark in self.marks)

    def scaled(self, factor: float) -> Box:
        """The box at another size."""
        marks = tuple(
            mark._replace(
                x=mark.x * factor, y=mark.y * factor, size=mark.size * factor,
                width=mark.width * factor, height=mark.height * factor,
            )
            for mark in self.marks
        )  # fmt: skip
        return Box(self.width * factor, self.ascent * factor, self.depth * factor, marks)


def beside(boxes: Iterable[Box]) -> Box:
    """Boxes one after the other on one baseline."""
    x = ascent = depth = 0.0
    marks: list[Mark] = []
    for box in boxes:
        marks.extend(box.moved(x, 0))
        x += box.width
        ascent, depth = max(ascent, box.ascent), max(depth, box.depth)
    return Box(x, ascent, depth, tuple(marks))


def space(width: float) -> Box:
    """Nothing, so wide."""
    return Box(width)


def rule(width: float, height: float, above: float) -> Box:
    """A bar whose lower edge is `above` the baseline."""
    mark = Mark(0, -above - height, 1, "", width=width, height=height)
    return Box(width, above + height, 0, (mark,))


def text(words: str, family: Family) -> Box:
    """A piece of text on a line, kerned; characters without a glyph are left out."""
    x = top = bottom = 0.0
    marks: list[Mark] = []
    before: Glyph | None = None
    for character in words:
        glyph = family.glyph(character)
        if glyph is None:
            before = None
            continue
        if before is not None and before.face is glyph.face:
            x += glyph.face.kerning(before.name, glyph.name)
        if glyph.path:
            marks.append(Mark(x, 0, 1, glyph.path, glyph.scale))
        x += glyph.advance
        top, bottom = max(top, glyph.top), min(bottom, glyph.bottom)
        before = glyph
    return Box(x, top, -bottom, tuple(marks))
