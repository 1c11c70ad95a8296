"""The part of a math font that a site needs: its signs, and all that grows out of them.

fontTools follows the MATH table: with a sign come its larger forms and the pieces that longer ones
are put together from (OpenType, MATH, MathVariants), so that nothing that stretches is torn.
"""

from __future__ import annotations

import io
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fontTools.ttLib import TTFont

FEATURES = ("ccmp", "locl", "ssty", "dtls", "flac")
"""The features to keep: MathML's own (OpenType, "Registered features") where the font has them."""

_EDITORS_TABLES = ("FFTM", "PfEd", "TeX ", "BDF ")
"""What FontForge writes for itself (its documentation, "Non-standard tables")."""

_ITALIC_LATIN = (*range(0x1D434, 0x1D455), 0x210E, *range(0x1D456, 0x1D468))
# MathML Core, "New text-transform value": what a lone letter in <mi> is drawn as.
_ITALIC_GREEK = {
    **{0x391 + i: 0x1D6E2 + i for i in range(25)},
    **{0x3B1 + i: 0x1D6FC + i for i in range(25)},
    0x3D1: 0x1D717, 0x3D5: 0x1D719, 0x3D6: 0x1D71B, 0x3F0: 0x1D718, 0x3F1: 0x1D71A, 0x3F5: 0x1D716,
    0x2202: 0x1D715, 0x131: 0x1D6A4, 0x237: 0x1D6A5,
}  # fmt: skip


# Letters and marks of prose, which the text font has. Where a formula holds one all the same, the
# whole math font steps in.
_PROSE = frozenset({
    *range(0xA0, 0x250), *range(0x400, 0x530), *range(0x1E00, 0x1F00), *range(0x2010, 0x2028),
    0x2030, 0x2039, 0x203A, 0x20AC, 0x2122,
}) - {
    0xA0, 0xA7, 0xA8, 0xAC, 0xAF, 0xB0, 0xB1, 0xB4, 0xB6, 0xB7, 0xD7, 0xF7, 0x131, 0x237, 0x2016,
    0x2020, 0x2021, 0x2022, 0x2026,
}  # fmt: skip


def needed(signs: Iterable[str]) -> frozenset[int]:
    """The code points that formulas with these signs are drawn with, ASCII always among them."""
    codes = {ord(sign) for sign in signs} - _PROSE
    drawn = {_ITALIC_GREEK[code] for code in codes if code in _ITALIC_GREEK}
    return frozenset({*range(0x20, 0x7F), *_ITALIC_LATIN, *codes, *drawn})


def can_cut() -> bool:
    """Whether fontTools, and what writes WOFF2 for it, is at hand."""
    return all(_is_there(name) for name in ("fontTools", "brotli"))


def _is_there(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ValueError:
        # It was tried and is not there.
        return False


def subset(font: TTFont, codes: Iterable[int], features: Iterable[str], flavor: str) -> bytes:
    """The part of `font`, which is spoilt by it, that draws `codes`; `flavor` is woff2 or empty."""
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415 - slow to import
    from fontTools.ttLib.woff2 import WOFF2FlavorData  # noqa: PLC0415 - slow to import

    options = Options(
        hinting=False, layout_features=list(features), notdef_outline=True, glyph_names=False,
        # Whose it is and what it is called; the licence lies beside it.
        name_IDs=list(range(7)),
    )  # fmt: skip
    options.drop_tables += _EDITORS_TABLES
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=list(codes))
    subsetter.subset(font)
    font.flavor = flavor or None
    if flavor:
        # Side bearings that outlines tell anyway are left out (WOFF2, "Transformed hmtx table").
        font.flavorData = WOFF2FlavorData(transformedTables=("glyf", "loca", "hmtx"))
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


def math_subset(font: bytes, codes: Iterable[int]) -> bytes:
    """The part of the math font `font` that draws `codes`, as WOFF2; the same for the same."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - slow to import

    return subset(_open(font, TTFont), codes, FEATURES, "woff2")


def characters(font: bytes) -> frozenset[int]:
    """The code points that a font has a sign for."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - slow to import

    return frozenset(_open(font, TTFont).getBestCmap())


def _open(font: bytes, kind: type[TTFont]) -> TTFont:
    return kind(io.BytesIO(font), recalcTimestamp=False, lazy=True)
