"""Installed fonts given the width and the height of a web font, so that nothing moves.

While a web font loads, the text is set in a font that everybody has. Scaled so that a line holds as
many letters, and with the other's ascent and descent, it takes the same room (CSS Fonts 5,
`size-adjust`; CSS Fonts 4, `ascent-override` and its kin).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.styling.faces import TEXT_FALLBACKS
from notesite.styling.installed import SANS_SERIFS, SERIFS, TIMES

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

    from notesite.styling.installed import Design, Installed

_LETTERS = " abcdefghijklmnopqrstuvwxyz"

# How often each comes in English text, in hundredths.
_FREQUENCIES = (
    18.3, 6.6, 1.2, 2.3, 3.4, 10.2, 1.8, 1.6, 4.9, 5.8, 0.1, 0.6, 3.3, 2.0, 5.7, 6.2, 1.5, 0.1,
    5.0, 5.3, 7.5, 2.2, 0.8, 1.7, 0.1, 1.6, 0.1,
)  # fmt: skip


BOLD = 600
"""The weight of headings."""


def fallback_faces(roman: TTFont, italic: TTFont | None) -> str:
    """The rules that declare the stand-ins of a text face, a family for each installed design.

    Where a design is not installed, the browser goes on to the next family.
    """
    designs = SANS_SERIFS if _is_sans(roman) else SERIFS
    stand_ins = zip(TEXT_FALLBACKS, designs, strict=True)
    return "\n".join(_family(family, design, roman, italic) for family, design in stand_ins)


def _family(family: str, design: Design, roman: TTFont, italic: TTFont | None) -> str:
    """The rules of one design: upright, bold, and slanted."""
    rules = [_rule(family, roman, design.upright, 400, "normal")]
    if "fvar" in roman:
        rules.append(_rule(family, roman, design.bold, BOLD, "normal"))
    if italic is not None:
        rules.append(_rule(family, italic, design.slanted, 400, "italic"))
    return "\n".join(rules)


def _rule(family: str, font: TTFont, installed: Installed, weight: int, style: str) -> str:
    scale = _line(font, weight) / _mean([width / 1000 for width in installed.widths])
    metrics, units = font["hhea"], font["head"].unitsPerEm
    sources = ", ".join(f'local("{name}")' for name in installed.names)
    heights = {
        "ascent-override": metrics.ascent,
        "descent-override": -metrics.descent,
        "line-gap-override": metrics.lineGap,
    }
    lines = [
        f'  font-family: "{family}";',
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
        return _mean([width / 1000 for width in TIMES.upright.widths])
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
