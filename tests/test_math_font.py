"""The math font that is shipped, after its mending."""

from __future__ import annotations

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from notesite.theme import theme_folder


@pytest.mark.parametrize("letter", "éüñåç")
def test_letters_keep_their_accents_above_them(letter: str) -> None:
    font = TTFont(theme_folder("static") / "fonts" / "stix-two-math.ttf")
    name = font.getBestCmap()[ord(letter)]
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[name].draw(pen)
    assert pen.bounds is not None
    left, _, right, _ = pen.bounds
    assert -20 <= left < right <= glyphs[name].width + 20
