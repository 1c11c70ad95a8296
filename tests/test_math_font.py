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


MOST_FORMS = 20
"""How many larger forms of a sign Chromium looks at."""


def vertical_forms(font: TTFont, sign: str) -> list[tuple[str, int]]:
    """The forms a sign grows to, by their glyphs and heights."""
    variants = font["MATH"].table.MathVariants
    place = variants.VertGlyphCoverage.glyphs.index(font.getBestCmap()[ord(sign)])
    records = variants.VertGlyphConstruction[place].MathGlyphVariantRecord
    return [(record.VariantGlyph, record.AdvanceMeasurement) for record in records]


@pytest.mark.parametrize("file", ["stix-two-math.ttf", "stix-two-math-core.woff2"])
@pytest.mark.parametrize(("sign", "height"), [*((bar, 5500) for bar in "|‖∣∥"), *(
    (fence, 8000) for fence in "()[]{}")])  # fmt: skip
def test_bars_and_fences_are_in_one_piece_up_to_several_lines(
    sign: str, height: int, file: str
) -> None:
    font = TTFont(FONTS / file)
    forms = vertical_forms(font, sign)
    heights = [height for _, height in forms]
    assert len(forms) <= MOST_FORMS
    assert heights == sorted(heights)
    assert heights[-1] > height
    for name, said in forms[1:]:
        pen = BoundsPen(font.getGlyphSet())
        font.getGlyphSet()[name].draw(pen)
        assert pen.bounds is not None
        assert pen.bounds[3] - pen.bounds[1] == pytest.approx(said, abs=3)


@pytest.mark.parametrize("sign", "()[]{}|‖⟨⟩⌊⌉")
def test_no_form_of_a_fence_is_much_wider_than_the_small_ones(sign: str) -> None:
    """Chromium makes room for the widest form, whichever it draws."""
    font = TTFont(FONTS / "stix-two-math.ttf")
    widths = [font["hmtx"][name][0] for name, _ in vertical_forms(font, sign)]
    assert max(widths) - widths[1] <= 110
