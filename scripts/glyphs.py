"""Glyphs of a font measured, copied, moved and drawn anew, and the forms a sign stretches to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables.otTables import MathGlyphVariantRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fontTools.ttLib import TTFont

    Place = Callable[[float, float], tuple[float, float]]
    Bounds = tuple[float, float, float, float]


def variant_record(name: str, size: int) -> MathGlyphVariantRecord:
    """The glyph `name` as a form of another one, `size` long in the direction of stretching."""
    record = MathGlyphVariantRecord()
    record.VariantGlyph, record.AdvanceMeasurement = name, size
    return record


def construction_of(font: TTFont, direction: str, code: int) -> Any:  # noqa: ANN401 - a table
    """What the glyph of `code` turns into when it stretches ("Vert" or "Horiz"), if it does."""
    variants = font["MATH"].table.MathVariants
    names = getattr(variants, f"{direction}GlyphCoverage").glyphs
    constructions = getattr(variants, f"{direction}GlyphConstruction")
    name = font.getBestCmap()[code]
    return constructions[names.index(name)] if name in names else None


def shifted(by: float) -> Place:
    """Each point `by` further to the right."""
    return lambda x, y: (x + by, y)


def redraw(font: TTFont, name: str, place: Place, boxes: Sequence[Bounds] = ()) -> None:
    """Move each point of a glyph to its new `place`, and add `boxes` to it."""
    glyphs = font.getGlyphSet()
    drawn = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(drawn)
    pen = TTGlyphPen(None)
    for operator, points in drawn.value:
        getattr(pen, operator)(*(None if point is None else place(*point) for point in points))
    for box in boxes:
        draw_box(pen, box)
    font["glyf"][name] = pen.glyph()


def draw_box(pen: TTGlyphPen, box: Bounds) -> None:
    """A filled rectangle."""
    left, bottom, right, top = box
    pen.moveTo((left, bottom))
    for corner in ((left, top), (right, top), (right, bottom)):
        pen.lineTo(corner)
    pen.closePath()


def copy_glyph(font: TTFont, source: str, name: str, across: float, upward: float) -> None:
    """Draw the glyph `source`, scaled `across` and `upward`, as the glyph `name`."""
    glyph, metrics = font["glyf"][source], font["hmtx"][source]
    if name not in font.getGlyphOrder():
        font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name], font["hmtx"][name] = glyph, metrics
    redraw(font, name, lambda x, y: (x * across, y * upward))
    set_width(font, name, metrics[0] * across)


def height_of(font: TTFont, name: str) -> float:
    """How high a glyph is drawn."""
    bounds = bounds_of(font, name)
    assert bounds is not None
    return bounds[3] - bounds[1]


def set_width(font: TTFont, name: str, width: float) -> None:
    """Let a glyph take `width`."""
    bounds = bounds_of(font, name)
    font["hmtx"][name] = (round(width), round(bounds[0]) if bounds else 0)


def bounds_of(font: TTFont, name: str) -> Bounds | None:
    """The box a glyph is drawn in: left, bottom, right, top; None of a blank one."""
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[name].draw(pen)
    bounds: Bounds | None = pen.bounds
    return bounds
