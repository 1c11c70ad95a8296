"""The math font that is shipped, after its mending."""

from __future__ import annotations

import io

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

from notesite.styling.subsetting import math_subset, needed
from notesite.theme import theme_folder

FONTS = theme_folder("static") / "fonts"
CALLIGRAPHIC, ROUNDHAND = 0xFE00, 0xFE01


def drawn(font: TTFont, code: int, selector: int) -> list[object]:
    """How the font draws a letter with a variation selector behind it."""
    (table,) = (each for each in font["cmap"].tables if each.format == 14)
    name = dict(table.uvsDict[selector])[code] or font.getBestCmap()[code]
    pen = RecordingPen()
    font.getGlyphSet()[name].draw(pen)
    return list(pen.value)


@pytest.mark.parametrize("letter", "𝒜ℬℒ𝒵𝒶ℊ")
@pytest.mark.parametrize("file", ["stix-two-math.ttf", "stix-two-math-common.woff2"])
def test_script_letters_are_not_the_calligraphic_ones(letter: str, file: str) -> None:
    font = TTFont(FONTS / file)
    assert drawn(font, ord(letter), CALLIGRAPHIC) != drawn(font, ord(letter), ROUNDHAND)


def test_a_part_that_is_cut_out_keeps_both_kinds_of_script_letters() -> None:
    whole = (FONTS / "stix-two-math.ttf").read_bytes()
    cut = TTFont(io.BytesIO(math_subset(whole, needed("ℒ\ufe00\ufe01"))))
    assert drawn(cut, 0x2112, CALLIGRAPHIC) != drawn(cut, 0x2112, ROUNDHAND)


@pytest.mark.parametrize("letter", "éüñåç")
def test_letters_keep_their_accents_above_them(letter: str) -> None:
    font = TTFont(FONTS / "stix-two-math.ttf")
    name = font.getBestCmap()[ord(letter)]
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[name].draw(pen)
    assert pen.bounds is not None
    left, _, right, _ = pen.bounds
    assert -20 <= left < right <= glyphs[name].width + 20


@pytest.mark.parametrize("file", ["stix-two-math.ttf", "stix-two-math-common.woff2"])
@pytest.mark.parametrize("sign", "=→⇒↠↞⇄⇌⇋↪↦˜ˇ⎴⏞")
def test_what_stretches_sideways_has_longer_forms(sign: str, file: str) -> None:
    font = TTFont(FONTS / file)
    variants = font["MATH"].table.MathVariants
    name = font.getBestCmap()[ord(sign)]
    place = variants.HorizGlyphCoverage.glyphs.index(name)
    construction = variants.HorizGlyphConstruction[place]
    parts = construction.GlyphAssembly.PartRecords if construction.GlyphAssembly else []
    repeated = [part for part in parts if part.PartFlags & 1]
    assert repeated or len(construction.MathGlyphVariantRecord) > 1


@pytest.mark.parametrize("file", ["stix-two-math.ttf", "stix-two-math-common.woff2"])
def test_scripts_stand_as_high_after_a_letter_as_after_a_bracket(file: str) -> None:
    """Neither what is below the line nor what rises above an x moves them by more than a little."""
    font = TTFont(FONTS / file)
    constants = font["MATH"].table.MathConstants
    for sign in "yp)]‖W":
        pen = BoundsPen(font.getGlyphSet())
        font.getGlyphSet()[font.getBestCmap()[ord(sign)]].draw(pen)
        assert pen.bounds is not None
        below, above = -pen.bounds[1], pen.bounds[3]
        drop = below + constants.SubscriptBaselineDropMin.Value
        rise = above - constants.SuperscriptBaselineDropMax.Value
        assert drop - constants.SubscriptShiftDown.Value < 60
        assert rise - constants.SuperscriptShiftUp.Value < 60
