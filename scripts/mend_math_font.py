"""The repairs that STIX Two Math needs to look right in browsers.

Each was seen in screenshots of Chromium beside what TeX sets; none harms other programs much, but
the result is a font for web pages, not for word processors.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables.otTables import (
    GlyphAssembly,
    GlyphPartRecord,
    MathGlyphConstruction,
    MathValueRecord,
)
from glyphs import (
    bounds_of,
    construction_of,
    copy_glyph,
    draw_box,
    height_of,
    redraw,
    set_width,
    shifted,
    variant_record,
)
from mend_fences import mend_fences, mend_upright_bars

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont
    from glyphs import Place

PRIMES = (*range(0x2032, 0x2038), 0x2057)
# Strokes through a sign, which lie over it as they are.
OVERLAYS = {*range(0x334, 0x339), 0x20D2, 0x20D3, 0x20E5, 0x20E6}
MARKS = {*range(0x300, 0x370), *range(0x20D0, 0x2100)} - OVERLAYS
BARS = (0x305, 0x332)
SPACING_ACCENTS = {0x60, 0xA8, 0xAF, 0xB4, 0x2C6, 0x2C7, 0x2C9, *range(0x2D8, 0x2DE)}
WIDE_ACCENTS = {0x2DC: 0x303, 0x2C7: 0x30C}
LONG_SIGNS = {
    0x3D: 0.5, 0x21A0: 0.25, 0x219E: 0.75, 0x21C4: 0.5, 0x21C6: 0.5, 0x21CB: 0.5, 0x21CC: 0.5,
}  # fmt: skip
"""Which share of its width each sign is cut at."""
STROKE = 200
"""How much straight stroke the pieces of a long sign have where they meet."""
SCRIPT_LETTERS = {
    *range(0x1D49C, 0x1D4D0), 0x210A, 0x210B, 0x2110, 0x2112, 0x211B, 0x212C, 0x212F, 0x2130,
    0x2131, 0x2133, 0x2134,
}  # fmt: skip
CALLIGRAPHIC, ROUNDHAND = 0xFE00, 0xFE01
"""The variation selectors of script letters (Unicode, StandardizedVariants.txt)."""
SLANT = 0.2
ROOT = 0x221A
ROOT_HEIGHTS = {0: (690, 900, 1120), 1: (1320, 1580), 3: (3300, 3750, 4250, 4850, 5500)}
"""The heights to add, by which of the face's four root signs they are drawn after."""


def mend_math_font(font: TTFont, roundhand: TTFont) -> None:
    r"""Repair `font` in place; `roundhand` has its letters for `\mathscr`."""
    mend_scripts(font)
    mend_primes(font)
    keep_letters(font)
    mend_marks(font)
    mend_accents(font)
    mend_bars(font)
    mend_upright_bars(font)
    mend_fences(font)
    mend_roots(font)
    mend_rules(font)
    mend_arrows(font)
    mend_wide_accents(font)
    mend_long_signs(font)
    mend_variations(font, roundhand)


def mend_variations(font: TTFont, roundhand: TTFont) -> None:
    r"""Give script letters their second kind, which a variation selector behind them asks for.

    The letters are the face's calligraphic ones, and its package has dropped the roundhand ones,
    which `\mathscr` means: they come from another package of the same face. A browser that finds
    no such sequence in a font fetches every other that might have it.
    """
    (table,) = (each for each in font["cmap"].tables if each.format == 14)
    cmap, there = font.getBestCmap(), set(roundhand.getBestCmap())
    letters = sorted(set(cmap) & SCRIPT_LETTERS)
    table.uvsDict.setdefault(CALLIGRAPHIC, []).extend((code, None) for code in letters)
    table.uvsDict[ROUNDHAND] = [
        (code, _add_roundhand(font, roundhand, code) if code in there else None) for code in letters
    ]


def _add_roundhand(font: TTFont, roundhand: TTFont, code: int) -> str:
    """The glyph that draws `code` in the other package, with quadratic curves, made one of ours."""
    glyphs = roundhand.getGlyphSet()
    source = roundhand.getBestCmap()[code]
    drawn = TTGlyphPen(None)
    glyphs[source].draw(Cu2QuPen(drawn, max_err=0.5, reverse_direction=True))
    name = f"{font.getBestCmap()[code]}.roundhand"
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name], font["hmtx"][name] = drawn.glyph(), (0, 0)
    set_width(font, name, glyphs[source].width)
    _place_accent(font, name)
    return name


def _place_accent(font: TTFont, name: str) -> None:
    """Have accents stand over the middle of a slanted letter's top."""
    bounds = bounds_of(font, name)
    assert bounds is not None
    left, _, right, top = bounds
    attachment = font["MATH"].table.MathGlyphInfo.MathTopAccentAttachment
    value = MathValueRecord()
    value.Value = round((left + right) / 2 + SLANT * top / 2)
    attachment.TopAccentCoverage.glyphs.append(name)
    attachment.TopAccentAttachment.append(value)
    attachment.TopAccentAttachmentCount = len(attachment.TopAccentAttachment)


def mend_scripts(font: TTFont) -> None:
    """Have scripts after one letter, sign or bracket stand as high as after another.

    TeX moves scripts by the size of their base only where that is more than a single character
    (The TeXbook, Appendix G, rule 18a). MathML Core asks for no such thing, and with the face's
    own constants the indices of x and y, or of W and the norm of W, are on different lines. These
    are near Computer Modern's for superscripts (sigma 18), and 0 for subscripts, as the base of a
    letter with a descender is below the line already.
    """
    constants = font["MATH"].table.MathConstants
    constants.SubscriptBaselineDropMin.Value = 0
    constants.SuperscriptBaselineDropMax.Value = 386


def mend_primes(font: TTFont) -> None:
    """Make primes as large and as low as a superscript needs them.

    The face draws them for running text and keeps larger ones for superscripts in the feature
    `ssty`, which browsers do not use (and the package has dropped): raised and reduced once more,
    they would be specks above the letter.
    """
    for code in PRIMES:
        name = font.getBestCmap()[code]
        width, _ = font["hmtx"][name]
        redraw(font, name, lambda x, y: (1.6 * x - 45, 1.6 * y - 620))
        set_width(font, name, 1.6 * width - 90)


def keep_letters(font: TTFont) -> None:
    """Draw letters with accents in one piece, as their accents are about to move."""
    cmap, glyphs = font.getBestCmap(), font["glyf"]
    moved = {cmap[code] for code in MARKS & set(cmap)}
    for name in font.getGlyphOrder():
        if glyphs[name].isComposite() and moved.intersection(_parts(font, name)):
            redraw(font, name, shifted(0))


def _parts(font: TTFont, name: str) -> set[str]:
    """The glyphs that a glyph is composed of, and those that these are composed of."""
    parts = set(font["glyf"][name].getComponentNames(font["glyf"]))
    return parts.union(*(_parts(font, part) for part in parts))


def mend_marks(font: TTFont) -> None:
    """Give combining marks a width and a place of their own.

    A combining mark has no width and lies to the left of its origin. Browsers centre an accent by
    its width, so that an arrow over a single letter would end up beside it.
    """
    cmap = font.getBestCmap()
    attachment = font["MATH"].table.MathGlyphInfo.MathTopAccentAttachment
    covered = attachment.TopAccentCoverage.glyphs
    places = dict(zip(covered, attachment.TopAccentAttachment, strict=True))
    classes = font["GDEF"].table.GlyphClassDef.classDefs
    for code in sorted(MARKS & set(cmap)):
        name = cmap[code]
        bounds = bounds_of(font, name)
        if bounds is None or font["hmtx"][name][0] > 0:
            continue
        left, _, right, _ = bounds
        redraw(font, name, shifted(-left))
        set_width(font, name, right - left)
        if name in places:
            places[name].Value = round((right - left) / 2)
        classes.pop(name, None)


def mend_accents(font: TTFont) -> None:
    """Keep accents at their distance from the letter.

    An accent belongs as far above a letter as it is drawn above the height of an x. Chromium sets
    its ink on the letter instead, so that dots drown in capitals: a speck too small to be seen, at
    the height of an x, makes up the difference.
    """
    cmap = font.getBestCmap()
    floor = font["MATH"].table.MathConstants.AccentBaseHeight.Value
    names = {cmap[code] for code in (SPACING_ACCENTS | MARKS) - set(BARS) if code in cmap}
    for code in sorted(MARKS & set(cmap)):
        construction = construction_of(font, "Horiz", code)
        if construction is not None:
            names |= {record.VariantGlyph for record in construction.MathGlyphVariantRecord}
    for name in sorted(names):
        bounds = bounds_of(font, name)
        if bounds is not None and bounds[1] > floor:
            left, _, right, _ = bounds
            middle = (left + right) // 2
            redraw(font, name, shifted(0), [(middle, floor, middle + 1, floor + 1)])


def mend_bars(font: TTFont, length: int = 250, gap: int = 115) -> None:
    """Make lines over and under things as long as the things, and keep them at a distance.

    The face has lines in steps of half an em and none shorter; here they are put together from
    short pieces. Browsers leave no gap to what is under or over the line: two specks too small to
    be seen make its bounds larger by a `gap` above and below.
    """
    for code in BARS:
        name = font.getBestCmap()[code]
        bounds = bounds_of(font, name)
        assert bounds is not None
        _, bottom, _, top = bounds
        pen = TTGlyphPen(None)
        draw_box(pen, (0, bottom, length, top))
        draw_box(pen, (0, bottom - gap, 1, bottom - gap + 1))
        draw_box(pen, (0, top + gap - 1, 1, top + gap))
        font["glyf"][name] = pen.glyph()
        font["hmtx"][name] = (length, 0)
        construction = construction_of(font, "Horiz", code)
        construction.MathGlyphVariantRecord = construction.MathGlyphVariantRecord[:1]
        construction.MathGlyphVariantRecord[0].AdvanceMeasurement = length
        construction.VariantCount = 1
        for part in construction.GlyphAssembly.PartRecords:
            part.glyph = name
            part.FullAdvance = length
            part.StartConnectorLength = part.EndConnectorLength = length - 10


def mend_roots(font: TTFont, width: int = 840) -> None:
    """Give root signs more heights and one width.

    Browsers let the sign hang from its line: one that is taller than what it covers sticks out
    below, which the face's steps of half an em and more make conspicuous. Chromium makes room for
    the widest sign but draws the one that fits: a hole after each small root. And it sets signs
    that are put together from parts beside their line; there are none of them up to five lines.
    """
    construction = construction_of(font, "Vert", ROOT)
    own = [record.VariantGlyph for record in construction.MathGlyphVariantRecord]
    heights = {round(height_of(font, name)): name for name in own[1:]}
    added = [(height, own[after]) for after, group in ROOT_HEIGHTS.items() for height in group]
    for height, source in sorted(added, reverse=True):
        # The smallest is the root of running text, and drawn last, as others are drawn after it.
        heights[height] = f"root.{height}" if height > added[0][0] else own[0]
        copy_glyph(font, source, heights[height], 1, height / height_of(font, source))
    construction.MathGlyphVariantRecord = []
    for height, name in sorted(heights.items()):
        copy_glyph(font, name, name, width / font["hmtx"][name][0], 1)
        construction.MathGlyphVariantRecord.append(variant_record(name, height))
    construction.VariantCount = len(heights)
    stem = 849
    for part in construction.GlyphAssembly.PartRecords:
        redraw(font, part.glyph, _narrow_left_of(stem, font["hmtx"][part.glyph][0] - width))
        set_width(font, part.glyph, width)


def mend_rules(font: TTFont, thickness: int = 53) -> None:
    """Make fraction bars and the lines of roots one pixel thick at the size of the text.

    At the 1.3 pixels that the face asks for they come out as one or two, as chance has it. What the
    lines of small roots lose in thickness goes to the gap below them.
    """
    constants = font["MATH"].table.MathConstants
    constants.RadicalVerticalGap.Value = 110
    for name in ("Fraction", "Overbar", "Underbar", "Radical"):
        getattr(constants, f"{name}RuleThickness").Value = thickness


def mend_arrows(font: TTFont, label_height: int = 560) -> None:
    """Let arrows that point to the right grow, and labels stand near to what they are over.

    The face says of the heads that end them that they join on their right, where nothing follows,
    and not on their left. Chromium believes it and leaves the arrow as short as it was.
    """
    constants = font["MATH"].table.MathConstants
    constants.StretchStackTopShiftUp.Value = label_height
    for construction in font["MATH"].table.MathVariants.HorizGlyphConstruction:
        parts = construction.GlyphAssembly.PartRecords if construction.GlyphAssembly else []
        if len(parts) > 1 and parts[-1].StartConnectorLength == 0:
            last = parts[-1]
            last.StartConnectorLength, last.EndConnectorLength = last.EndConnectorLength, 0


def mend_wide_accents(font: TTFont) -> None:
    """Give spacing accents the wide forms of the combining ones, which browsers do not stretch.

    MathML Core's list of what grows sideways (appendix B) has the one and not the other.
    """
    for spacing, combining in WIDE_ACCENTS.items():
        wide = deepcopy(construction_of(font, "Horiz", combining))
        name = font.getBestCmap()[spacing]
        wide.MathGlyphVariantRecord[0] = variant_record(name, font["hmtx"][name][0])
        _add_horizontal(font, name, wide)


def mend_long_signs(font: TTFont) -> None:
    """Let arrows and the sign of equality grow that the face has in one length only.

    Each is cut where its strokes are straight, and put together again with a longer stroke between.
    """
    cmap = font.getBestCmap()
    for code, share in LONG_SIGNS.items():
        name = cmap[code]
        width, _ = font["hmtx"][name]
        cut = round(width * share)
        pieces = {
            "left": (width - cut, lambda x, y, cut=cut: (x if x < cut else cut + STROKE, y)),
            "stroke": (width, lambda x, y, cut=cut: (0 if x < cut else 2 * STROKE, y)),
            "right": (cut, lambda x, y, cut=cut: (x - cut + STROKE if x > cut else 0, y)),
        }
        construction = MathGlyphConstruction()
        construction.MathGlyphVariantRecord = [variant_record(name, width)]
        construction.VariantCount = 1
        construction.GlyphAssembly = assembly = GlyphAssembly()
        assembly.ItalicsCorrection = MathValueRecord()
        assembly.ItalicsCorrection.Value = 0
        assembly.PartRecords = [
            _piece(font, name, piece, width - missing + STROKE, place)
            for piece, (missing, place) in pieces.items()
        ]
        assembly.PartCount = len(assembly.PartRecords)
        _add_horizontal(font, name, construction)


def _piece(font: TTFont, source: str, piece: str, width: int, place: Place) -> GlyphPartRecord:
    """A part of the glyph `source`, whose points `place` moves, as a part of longer ones."""
    name = f"{source}.{piece}"
    copy_glyph(font, source, name, 1, 1)
    redraw(font, name, place)
    record = GlyphPartRecord()
    is_stroke = piece == "stroke"
    record.glyph = name
    record.FullAdvance = 2 * STROKE if is_stroke else width
    record.StartConnectorLength = 0 if piece == "left" else STROKE
    record.EndConnectorLength = 0 if piece == "right" else STROKE
    record.PartFlags = int(is_stroke)
    set_width(font, name, record.FullAdvance)
    return record


def _add_horizontal(font: TTFont, name: str, construction: MathGlyphConstruction) -> None:
    """Say what a glyph turns into when it stretches sideways."""
    variants = font["MATH"].table.MathVariants
    names, constructions = variants.HorizGlyphCoverage.glyphs, variants.HorizGlyphConstruction
    place = sum(font.getGlyphID(other) < font.getGlyphID(name) for other in names)
    names.insert(place, name)
    constructions.insert(place, construction)
    variants.HorizGlyphCount = len(names)


def _narrow_left_of(stem: float, surplus: float) -> Place:
    factor = (stem - surplus) / stem
    return lambda x, y: (factor * x if x < stem else x - surplus, y)
