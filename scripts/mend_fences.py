"""Bars and brackets in as many heights as formulas have, each drawn in one piece.

Browsers put what is taller than the face's tallest form together from pieces that lie over each
other, and where they do, the edges are darker: a dotted line beside every fraction and matrix.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from glyphs import (
    bounds_of,
    construction_of,
    copy_glyph,
    draw_box,
    set_width,
    variant_record,
)

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont
    from glyphs import Bounds

BARS = "|\u2016\u2223\u2225"
FENCES = "()[]{}\u27e8\u27e9\u230a\u230b\u2308\u2309\u27e6\u27e7"
TALL_FENCES = "()[]{}"
SHARING = "\u23b0\u23b1"
"""Signs whose pieces are the braces', and lie beside each other only if all are as wide."""
LAST_OWN_WIDTH = {"{": 6, "}": 6}
"""The form whose width all larger ones have as well, where it is not the fifth."""
MOST_FORMS = 20
"""How many forms of a sign Chromium looks at."""
BAR_STEP, FENCE_STEP = 1.105, 1.12
"""How much higher each form is than the one before: 20 of them reach to four and to six lines."""


def mend_upright_bars(font: TTFont) -> None:
    """Give bars, of which the face has one height each, as many as browsers make use of."""
    middle = _axis(font)
    for sign in BARS:
        name = font.getBestCmap()[ord(sign)]
        construction = construction_of(font, "Vert", ord(sign))
        strokes = _strokes(font, name)
        base = construction.MathGlyphVariantRecord[0]
        construction.MathGlyphVariantRecord = [base]
        for height in _heights(round(base.AdvanceMeasurement * 1.075), BAR_STEP, MOST_FORMS - 1):
            pen = TTGlyphPen(None)
            for left, right in strokes:
                bottom = middle - height // 2
                draw_box(pen, (left, bottom, right, bottom + height))
            form = _add_glyph(font, f"{name}.{height}", pen, font["hmtx"][name][0])
            construction.MathGlyphVariantRecord.append(variant_record(form, height))
        construction.VariantCount = len(construction.MathGlyphVariantRecord)


def mend_fences(font: TTFont) -> None:
    """Keep tall brackets narrow, and add taller ones.

    Chromium makes room for the widest form of a sign, whichever it draws: with the face's own
    widths there is a hole on both sides of small ones.
    """
    narrowed: set[str] = set()
    for sign in FENCES + SHARING:
        construction = construction_of(font, "Vert", ord(sign))
        forms = [record.VariantGlyph for record in construction.MathGlyphVariantRecord]
        assembly = construction.GlyphAssembly
        parts = [part.glyph for part in assembly.PartRecords] if assembly else []
        widest = _width_limit(font, sign)
        for name in (*forms, *parts):
            width, _ = font["hmtx"][name]
            if width > widest and name not in narrowed and name != forms[0]:
                narrowed.add(name)
                copy_glyph(font, name, name, widest / width, 1)
        if sign in TALL_FENCES:
            _add_tall_forms(font, sign, parts)


def _width_limit(font: TTFont, sign: str) -> int:
    like = "{" if sign in SHARING else sign
    forms = construction_of(font, "Vert", ord(like)).MathGlyphVariantRecord
    width, _ = font["hmtx"][forms[LAST_OWN_WIDTH.get(like, 4)].VariantGlyph]
    return int(width)


def _add_tall_forms(font: TTFont, sign: str, parts: list[str]) -> None:
    """Forms made of the pieces of the sign's assembly, which stand on each other in them."""
    construction = construction_of(font, "Vert", ord(sign))
    name = font.getBestCmap()[ord(sign)]
    stroke, ends = parts[1], [parts[0], *parts[2::2]]
    least = sum(round(_bounds(font, end)[3] - _bounds(font, end)[1]) for end in ends)
    tallest = construction.MathGlyphVariantRecord[-1].AdvanceMeasurement
    missing = MOST_FORMS - len(construction.MathGlyphVariantRecord)
    for height in _heights(max(least, round(tallest * FENCE_STEP)), FENCE_STEP, missing):
        pen = TTGlyphPen(None)
        edges: list[int] = []
        for end, bottom in zip(ends, _bottoms(font, ends, height), strict=True):
            box = _bounds(font, end)
            offset = bottom - round(box[1])
            font.getGlyphSet()[end].draw(TransformPen(pen, (1, 0, 0, 1, 0, offset)))
            edges += [bottom, round(box[3]) + offset]
        left, _, right, _ = _bounds(font, stroke)
        for below, above in zip(edges[1::2], edges[2::2], strict=False):
            if above > below:
                draw_box(pen, (left, below, right, above))
        form = _add_glyph(font, f"{name}.{height}", pen, font["hmtx"][parts[0]][0])
        construction.MathGlyphVariantRecord.append(variant_record(form, height))
    construction.VariantCount = len(construction.MathGlyphVariantRecord)


def _bottoms(font: TTFont, ends: list[str], height: int) -> list[int]:
    """Where pieces begin that share out `height`, evenly, around the axis."""
    heights = [round(_bounds(font, end)[3] - _bounds(font, end)[1]) for end in ends]
    gap = (height - sum(heights)) / (len(ends) - 1)
    bottom = _axis(font) - height // 2
    return [round(bottom + sum(heights[:index]) + index * gap) for index in range(len(ends))]


def _heights(first: int, step: float, count: int) -> list[int]:
    return [round(first * step**index) for index in range(count)]


def _strokes(font: TTFont, name: str) -> list[tuple[int, int]]:
    """The strokes that a bar is drawn with, each from its left to its right edge."""
    glyph = font["glyf"][name]
    coordinates, ends, _ = glyph.getCoordinates(font["glyf"])
    starts = [0, *(end + 1 for end in ends)]
    contours = [
        [x for x, _ in coordinates[start : end + 1]]
        for start, end in zip(starts, ends, strict=False)
    ]
    return [(min(across), max(across)) for across in contours]


def _add_glyph(font: TTFont, name: str, pen: TTGlyphPen, width: int) -> str:
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name], font["hmtx"][name] = pen.glyph(), (0, 0)
    set_width(font, name, width)
    return name


def _axis(font: TTFont) -> int:
    return int(font["MATH"].table.MathConstants.AxisHeight.Value)


def _bounds(font: TTFont, name: str) -> Bounds:
    bounds = bounds_of(font, name)
    assert bounds is not None
    return bounds
