"""Makes the theme's fonts, and the style sheet that declares them, from their npm packages.

    npm pack @fontsource-variable/stix-two-text @fontsource/stix-two-math@5.3.0
    npm pack @fontsource-variable/jetbrains-mono @mathjax/mathjax-stix2-font@4.1.0
    # unpack each archive into a folder of its own, then
    python scripts/build_fonts.py TEXT_FOLDER MATH_FOLDER CODE_FOLDER SCRIPT_FOLDER

The text face loses its fractions and what browsers do without. The code face loses its weights and
its ligatures. The math face loses its hints, is mended (see mend_math_font.py) and split into files
that browsers fetch only when a page uses a character of theirs.
"""

from __future__ import annotations

import argparse
import io
import json
import shutil
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from mend_math_font import mend_math_font

from notesite.styling.faces import Face, parse_range, unicode_range
from notesite.styling.measures import fallback_faces
from notesite.styling.subsetting import FEATURES, subset

MATH_FEATURES = list(FEATURES)

STATIC = Path(__file__).resolve().parent.parent / "static"

HEADER = """\
/* The fonts, each file fetched only when a page needs a character of its range. Written by
   scripts/build_fonts.py. */
"""

TEXT_SUBSETS = ("latin", "latin-ext", "vietnamese", "greek", "cyrillic")
# The letters of most European names, which would be a fifth of the package's latin-ext.
NAMES = {*range(0x100, 0x180), *range(0x218, 0x21C)}
# Those of Łojasiewicz, Erdős, Čech and most other mathematicians.
FREQUENT = {
    0x106, 0x107, 0x10C, 0x10D, 0x119, 0x11B, 0x11F, 0x141, 0x142, 0x144, 0x151, 0x159, 0x15A,
    0x15B, 0x15E, 0x15F, 0x160, 0x161, 0x171, 0x17A, 0x17B, 0x17C, 0x17D, 0x17E,
}  # fmt: skip
WESTERN = {
    *range(0x20, 0x7F), 0xA0, 0xA1, 0xA3, 0xA7, 0xA9, 0xAB, 0xAD, 0xB0, 0xB7, 0xBB, 0xBF,
    *range(0xC0, 0x100), 0x131, 0x152, 0x153, 0x2010, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019,
    0x201A, 0x201C, 0x201D, 0x201E, 0x2020, 0x2022, 0x2026, 0x2039, 0x203A, 0x20AC,
}  # fmt: skip
CODE_SUBSETS = ("latin", "latin-ext", "greek")

TEXT_FEATURES = ["ccmp", "kern", "liga", "locl", "mark", "mkmk", "pnum"]


def span(first: int, last: int) -> set[int]:
    """The code points from `first` to `last`, both included."""
    return set(range(first, last + 1))


# What most mathematics is written with. Everything that stretches is added to it, as browsers look
# for the parts of a stretched sign in the first font only.
COMMON = (
    span(0x20, 0x7E) | span(0xA0, 0xFF)
    | span(0x131, 0x131) | span(0x237, 0x237)  # dotless i and j
    | span(0x2C6, 0x2DD) | {0x338, 0x2AC5, 0x2AC6}  # accents; the stroke through signs
    | span(0x391, 0x3A9) | span(0x3B1, 0x3C9) | {0x3D1, 0x3D5, 0x3D6, 0x3F0, 0x3F1, 0x3F5}
    | span(0x2000, 0x2064)  # spaces, dashes, quotes, dots, primes, invisible operators
    | {0x2102, 0x210A, 0x210B, 0x210C, 0x210D, 0x210E, 0x210F, 0x2110, 0x2111, 0x2112, 0x2113}
    | {0x2115, 0x2118, 0x2119, 0x211A, 0x211B, 0x211C, 0x211D, 0x2124, 0x2128, 0x212C, 0x212D}
    | {0x212F, 0x2130, 0x2131, 0x2133, 0x2134, 0x2135}
    | span(0x2190, 0x2199) | {0x219D, 0x21A0, 0x21A3, 0x21A6, 0x21A9, 0x21AA, 0x21CC}
    | span(0x21D0, 0x21D5) | {0x21DD}
    | span(0x2200, 0x2237) | span(0x223C, 0x2257) | span(0x225C, 0x228B) | span(0x228E, 0x22A9)
    | {0x22B2, 0x22B3, 0x22B4, 0x22B5, 0x22B8, 0x22BB, 0x22C4, 0x22C5, 0x22C6, 0x22C8, 0x22C9}
    | {0x22CA} | span(0x22EE, 0x22F1)
    | {0x2308, 0x2309, 0x230A, 0x230B, 0x2322, 0x2323, 0x25A0, 0x25A1, 0x25B3, 0x25B7, 0x25B9}
    | {0x25BD, 0x25C1, 0x25C3, 0x25CA, 0x25CB, 0x25E6, 0x2660, 0x2661, 0x2662, 0x2663, 0x266D}
    | {0x266E, 0x266F, 0x2713, 0x27C2, 0x27E8, 0x27E9, 0x27F5, 0x27F6, 0x27F7, 0x27F8, 0x27F9}
    | {0x27FA, 0x27FC, 0x29F5, 0x2A7D, 0x2A7E, 0x2A85, 0x2A86, 0x2AAF, 0x2AB0}
    | span(0x1D400, 0x1D467)  # bold and italic letters
    | span(0x1D49C, 0x1D4CF)  # script letters
    | span(0x1D504, 0x1D551)  # fraktur letters, blackboard-bold capitals
    | span(0x1D6A4, 0x1D6A5) | span(0x1D6FC, 0x1D71B) | span(0x1D6E2, 0x1D6FB)  # italic Greek
    | span(0x1D7CE, 0x1D7E1) | {0x1D6C2, 0x1D6C3} | {0x1D7D9}
)  # fmt: skip
VARIATION_SELECTORS = {0xFE00, 0xFE01}  # which script letters are meant
# The other alphabets: bold italics, sans-serif, typewriter, bold Greek and the like.
ALPHABETS = span(0x1D400, 0x1D7FF)


# What nearly every site is written with: the file for those that need no more. A site that does
# gets one of its own when it is built, which holds these too, so that it changes seldom.
CORE = (
    span(0x20, 0x7E) | {0xA0, 0xA8, 0xAC, 0xAF, 0xB0, 0xB1, 0xB7, 0xD7, 0xF7}
    | {0x131, 0x237, 0x2C6, 0x2D9, 0x2DC}
    | {0x302, 0x303, 0x304, 0x307, 0x308, 0x20D7, 0x305, 0x332, 0x203E}  # accents
    | {0x393, 0x394, 0x398, 0x39B, 0x39E, 0x3A0, 0x3A3, 0x3A5, 0x3A6, 0x3A8, 0x3A9}
    | {0x1D6E4, 0x1D6E5, 0x1D6E9, 0x1D6EC, 0x1D6EF, 0x1D6F1, 0x1D6F4, 0x1D6F6, 0x1D6F7, 0x1D6F9}
    | {0x1D6FA} | span(0x3B1, 0x3C9)
    | {0x3D1, 0x3D5, 0x3F5} | span(0x1D434, 0x1D467) | {0x210E} | span(0x1D6FC, 0x1D71B)
    | {0x2013, 0x2016, 0x2026, 0x2032, 0x2033, 0x2061, 0x2062, 0x2063, 0x2064, 0x2113}
    | {0x2102, 0x2115, 0x2119, 0x211A, 0x211D, 0x2124, 0x1D53C, 0x1D53D, 0x1D542, 0x1D4A9}
    | {0x1D7D9, 0xFE00, 0xFE01}
    | {0x2190, 0x2192, 0x2194, 0x21A6, 0x21A9, 0x21D2, 0x21D4, 0x27F6, 0x27F9, 0x27FA}
    | {0x2200, 0x2202, 0x2203, 0x2205, 0x2207, 0x2208, 0x2209, 0x220E, 0x220F, 0x2211, 0x2212}
    | {0x2213, 0x2216, 0x2217, 0x2218, 0x221A, 0x221D, 0x221E, 0x2223, 0x2225}
    | {0x2227, 0x2228, 0x2229, 0x222A, 0x222B, 0x222E, 0x223C, 0x2243, 0x2245, 0x2248, 0x2254}
    | {0x2260, 0x2261, 0x2264, 0x2265, 0x226A, 0x226B, 0x227A, 0x227B, 0x2282, 0x2283, 0x2286}
    | {0x2287, 0x2295, 0x2297, 0x2299, 0x22A4, 0x22A5, 0x22C5, 0x22C6, 0x22EE, 0x22EF, 0x22F1}
    | {0x2308, 0x2309, 0x230A, 0x230B, 0x23DE, 0x23DF, 0x25A1, 0x27E8, 0x27E9, 0x2AAF, 0x2AB0}
)  # fmt: skip


def write_subset(source: Path | TTFont, codes: set[int], features: list[str], path: Path) -> None:
    """Write the part of a font that `codes` need, with what they turn into, as WOFF2 or TTF."""
    font = TTFont(source, recalcTimestamp=False) if isinstance(source, Path) else source
    flavor = "woff2" if path.suffix == ".woff2" else ""
    path.write_bytes(subset(font, codes, features, flavor))


def build_text(package: Path, fonts: Path) -> list[str]:
    """Cut the text face, its extended Latin in two parts; its rules, the stand-ins' first."""
    ranges = json.loads((package / "unicode.json").read_text(encoding="utf-8"))
    rules = []
    for name in TEXT_SUBSETS:
        for style in ("normal", "italic"):
            source = package / "files" / f"stix-two-text-{name}-wght-{style}.woff2"
            for part, characters in text_parts(name, ranges[name], source).items():
                for word, weights in weights_of(part, style):
                    file = f"fonts/stix-two-text-{part}-{word}.woff2"
                    font = with_weights(source, weights)
                    write_subset(font, parse_range(characters), TEXT_FEATURES, STATIC / file)
                    said = f"{weights[0]} {weights[1]}"
                    rules.append(Face("STIX Two Text", (file,), style, said, characters).css())
    roman = TTFont(fonts / "stix-two-text-latin-roman.woff2")
    shutil.copyfile(package / "LICENSE", fonts / "LICENSE-STIX-Two-Text.txt")
    italic = TTFont(fonts / "stix-two-text-latin-italic.woff2")
    return [fallback_faces(roman, italic), *rules]


def weights_of(part: str, style: str) -> list[tuple[str, tuple[int, int]]]:
    """The files to make of a part of the text face, and the weights that each is for.

    Emphasis is in every note and bold emphasis in few, so that it has a file of its own. What
    stands for the weights up to 500 is drawn at 400.
    """
    if (part, style) == ("latin", "italic"):
        return [("italic", (400, 500)), ("bold-italic", (600, 700))]
    return [("roman" if style == "normal" else "italic", (400, 700))]


def with_weights(source: Path, weights: tuple[int, int]) -> TTFont:
    """A variable font with the part of its axis of weights that is asked for."""
    font = TTFont(source, recalcTimestamp=False)
    if weights == (400, 700):
        return font
    instantiateVariableFont(font, {"wght": 400 if weights == (400, 500) else weights}, inplace=True)
    # Written and read, as the subsetter asks for variations of glyphs that have none.
    written = io.BytesIO()
    font.save(written)
    return TTFont(written, recalcTimestamp=False)


def text_parts(name: str, characters: str, source: Path) -> dict[str, str]:
    """The files to make of a subset of the text face, each with its unicode-range."""
    present = set(TTFont(source).getBestCmap()) & parse_range(characters)
    if name == "latin":
        # What is in every text of Western Europe, and what is in few.
        return {
            "latin": unicode_range(present & WESTERN),
            "latin-signs": unicode_range(present - WESTERN),
        }
    if name == "latin-ext":
        return {
            "latin-names": unicode_range(present & FREQUENT),
            "latin-more-names": unicode_range((present & NAMES) - FREQUENT),
            "latin-ext": unicode_range(present - NAMES),
        }
    return {name: characters.replace(",", ", ")}


def build_math(package: Path, script: Path, fonts: Path) -> list[str]:
    r"""Mend the math face and cut it in parts; the rules of the parts that stand together.

    The package `script` has the letters of `\mathscr`.
    """
    source = package / "files" / "stix-two-math-latin-400-normal.woff2"
    whole = TTFont(source, recalcTimestamp=False)
    mend_math_font(whole, TTFont(script / "chtml" / "woff2" / "mjx-stx-s.woff2"))
    cmap = whole.getBestCmap()
    variants = whole["MATH"].table.MathVariants
    stretched = {*variants.VertGlyphCoverage.glyphs, *variants.HorizGlyphCoverage.glyphs}
    present = set(cmap)
    common = (COMMON & present) | {code for code, name in cmap.items() if name in stretched}
    common |= VARIATION_SELECTORS
    parts = {
        "common": common,
        "alphabets": (ALPHABETS & present) - common,
        "rest": present - ALPHABETS - common,
        "core": CORE & (present | VARIATION_SELECTORS),
    }
    # What a site's own part is cut from: not compressed, which is ten times as fast to read.
    write_subset(whole, present | VARIATION_SELECTORS, MATH_FEATURES, fonts / "stix-two-math.ttf")
    rules = []
    for part, codes in parts.items():
        file = f"fonts/stix-two-math-{part}.woff2"
        write_subset(fonts / "stix-two-math.ttf", codes, MATH_FEATURES, STATIC / file)
        rules.append(Face("STIX Two Math", (file,), characters=unicode_range(codes)).css())
    # Browsers stretch no sign but by the file that has a blank, so that this one goes alone.
    (STATIC / "css/parts/math-core.css").write_text(HEADER + rules.pop(), encoding="utf-8")
    shutil.copyfile(package / "LICENSE", fonts / "LICENSE-STIX-Two-Math.txt")
    return rules


def build_code(package: Path, fonts: Path) -> list[str]:
    """Reduce the code face to its regular weight; its rules."""
    ranges = json.loads((package / "unicode.json").read_text(encoding="utf-8"))
    rules = []
    for name in CODE_SUBSETS:
        source = package / "files" / f"jetbrains-mono-{name}-wght-normal.woff2"
        variable = TTFont(source, recalcTimestamp=False)
        font = instantiateVariableFont(variable, {"wght": 400})
        file = f"fonts/jetbrains-mono-{name}.woff2"
        write_subset(font, set(font.getBestCmap()), ["ccmp", "locl"], STATIC / file)
        characters = ranges[name].replace(",", ", ")
        rules.append(Face("JetBrains Mono", (file,), characters=characters).css())
    shutil.copyfile(package / "LICENSE", fonts / "LICENSE-JetBrains-Mono.txt")
    return rules


def main() -> None:
    """Build every font into static/fonts and declare each family in a file of static/css."""
    parser = argparse.ArgumentParser(description="Make the theme's fonts from their npm packages.")
    parser.add_argument("text", type=Path, help="the unpacked package of STIX Two Text")
    parser.add_argument("math", type=Path, help="the unpacked package of STIX Two Math")
    parser.add_argument("code", type=Path, help="the unpacked package of JetBrains Mono")
    parser.add_argument("script", type=Path, help="the unpacked package of MathJax's STIX2 font")
    arguments = parser.parse_args()
    fonts = STATIC / "fonts"
    fonts.mkdir(parents=True, exist_ok=True)
    families = {
        "text": build_text(arguments.text, fonts),
        "math": build_math(arguments.math, arguments.script, fonts),
        "code": build_code(arguments.code, fonts),
    }
    for name, rules in families.items():
        sheet = STATIC / "css" / f"fonts-{name}.css"
        sheet.write_text("\n".join([HEADER, *rules]), encoding="utf-8")
    for file in sorted(fonts.iterdir()):
        print(f"{file.stat().st_size:8,d}  {file.name}")


if __name__ == "__main__":
    main()
