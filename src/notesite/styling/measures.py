"""Installed fonts given the width and the height of a web font, so that nothing moves.

While a web font loads, the text is set in a font that everybody has. Scaled so that a line holds as
many letters, and with the other's ascent and descent, it takes the same room (CSS Fonts 5,
`size-adjust`; CSS Fonts 4, `ascent-override` and its kin).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from notesite.styling.faces import TEXT_FALLBACK

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

_LETTERS = " abcdefghijklmnopqrstuvwxyz"

# How often each comes in English text, in hundredths.
_FREQUENCIES = (
    18.3, 6.6, 1.2, 2.3, 3.4, 10.2, 1.8, 1.6, 4.9, 5.8, 0.1, 0.6, 3.3, 2.0, 5.7, 6.2, 1.5, 0.1,
    5.0, 5.3, 7.5, 2.2, 0.8, 1.7, 0.1, 1.6, 0.1,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Installed:
    """Fonts of one design that come with one system or another.

    `widths` are the advances of the letters above in thousandths of an em, from Adobe's metrics of
    the PostScript core fonts, whose widths the others have too.
    """

    names: tuple[str, ...]
    widths: tuple[int, ...]


_TIMES = _Installed(
    ("Times New Roman", "Liberation Serif", "Tinos", "Nimbus Roman"),
    (250, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333,
     389, 278, 500, 500, 722, 500, 500, 444),
)  # fmt: skip
_TIMES_ITALIC = _Installed(
    ("Times New Roman Italic", "Liberation Serif Italic", "Tinos Italic", "Nimbus Roman Italic"),
    (250, 500, 500, 444, 500, 444, 278, 500, 500, 278, 278, 444, 278, 722, 500, 500, 500, 500, 389,
     389, 278, 500, 444, 667, 444, 444, 389),
)  # fmt: skip
_TIMES_BOLD = _Installed(
    ("Times New Roman Bold", "Liberation Serif Bold", "Tinos Bold", "Nimbus Roman Bold"),
    (250, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500, 556, 556, 444,
     389, 333, 556, 500, 722, 500, 500, 444),
)  # fmt: skip
_HELVETICA = _Installed(
    ("Arial", "Helvetica", "Liberation Sans", "Arimo", "Nimbus Sans"),
    (278, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333,
     500, 278, 556, 500, 722, 500, 500, 500),
)  # fmt: skip
_HELVETICA_ITALIC = _Installed(
    ("Arial Italic", "Helvetica Oblique", "Liberation Sans Italic", "Arimo Italic"),
    _HELVETICA.widths,
)
_HELVETICA_BOLD = _Installed(
    ("Arial Bold", "Helvetica Bold", "Liberation Sans Bold", "Arimo Bold", "Nimbus Sans Bold"),
    (278, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389,
     556, 333, 611, 556, 778, 556, 556, 500),
)  # fmt: skip

BOLD = 600
"""The weight of headings."""


def fallback_faces(roman: TTFont, italic: TTFont | None) -> str:
    """The rules that declare the stand-ins of a text face: upright, bold, and slanted."""
    is_sans = _is_sans(roman)
    plain, bold, slanted = (
        (_HELVETICA, _HELVETICA_BOLD, _HELVETICA_ITALIC)
        if is_sans
        else (_TIMES, _TIMES_BOLD, _TIMES_ITALIC)
    )
    rules = [_rule(roman, plain, 400, "normal")]
    if "fvar" in roman:
        rules.append(_rule(roman, bold, BOLD, "normal"))
    if italic is not None:
        rules.append(_rule(italic, slanted, 400, "italic"))
    return "\n".join(rules)


def _rule(font: TTFont, installed: _Installed, weight: int, style: str) -> str:
    scale = _line(font, weight) / _mean([width / 1000 for width in installed.widths])
    metrics, units = font["hhea"], font["head"].unitsPerEm
    sources = ", ".join(f'local("{name}")' for name in installed.names)
    heights = {
        "ascent-override": metrics.ascent,
        "descent-override": -metrics.descent,
        "line-gap-override": metrics.lineGap,
    }
    lines = [
        f'  font-family: "{TEXT_FALLBACK}";',
        f"  src: {sources};",
        f"  font-weight: {'400 500' if weight == 400 else '501 900'};",
        f"  font-style: {style};",
        f"  size-adjust: {scale:.2%};",
    ]
    lines += [f"  {name}: {value / units / scale:.2%};" for name, value in heights.items()]
    return "@font-face {\n" + "\n".join(lines) + "\n}\n"


def _line(font: TTFont, weight: int) -> float:
    """The mean width of a letter in ems; that of Times in a font without Latin letters."""
    cmap, units = font.getBestCmap(), font["head"].unitsPerEm
    if any(ord(letter) not in cmap for letter in _LETTERS):
        return _mean([width / 1000 for width in _TIMES.widths])
    glyphs = font.getGlyphSet(location={"wght": weight})
    return _mean([glyphs[cmap[ord(letter)]].width / units for letter in _LETTERS])


def _mean(widths: list[float]) -> float:
    return sum(w * f for w, f in zip(widths, _FREQUENCIES, strict=True)) / sum(_FREQUENCIES)


def _is_sans(font: TTFont) -> bool:
    """Whether the font calls itself sans-serif (OpenType, OS/2: class 8, PANOSE 11 to 15)."""
    os2 = font["OS/2"]
    panose = os2.panose
    is_drawn = panose.bFamilyType == 2 and 11 <= panose.bSerifStyle <= 15
    names = (font["name"].getDebugName(1) or "").lower()
    return bool(os2.sFamilyClass >> 8 == 8 or is_drawn or "sans" in names)
