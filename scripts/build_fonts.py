"""Makes the theme's fonts, and the style sheet that declares them, from their npm packages.

    npm pack @fontsource-variable/stix-two-text @fontsource/stix-two-math@5.3.0
    npm pack @fontsource-variable/jetbrains-mono
    # unpack each archive into a folder of its own, then
    python scripts/build_fonts.py TEXT_FOLDER MATH_FOLDER CODE_FOLDER

Needs `fonttools[woff]`. The text face is copied as it is. The code face loses its weights and its
ligatures. The math face loses its hints, is mended (see mend_math_font.py) and split into files
that browsers fetch only when a page uses a character of theirs.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from mend_math_font import mend_math_font

STATIC = Path(__file__).resolve().parent.parent / "static"

HEADER = """\
/* The fonts, each file fetched only when a page needs a character of its range. Written by
   scripts/build_fonts.py. */
"""

TEXT_SUBSETS = ("latin", "latin-ext", "vietnamese", "greek", "cyrillic")
# The letters of most European names, which would be a fifth of the package's latin-ext.
NAMES = {*range(0x100, 0x180), *range(0x218, 0x21C)}
CODE_SUBSETS = ("latin", "latin-ext", "greek")

# The fallback of the text face while it loads: the metric twins of Times, scaled to its width.
FALLBACKS = ("Times New Roman", "Liberation Serif", "Tinos", "Nimbus Roman")
# Advance widths of Times in thousandths of an em, and how often each letter comes in English text.
TIMES_WIDTHS = dict(
    zip(
        " abcdefghijklmnopqrstuvwxyz",
        (250, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500,
         333, 389, 278, 500, 500, 722, 500, 500, 444),
        strict=True,
    )
)  # fmt: skip
FREQUENCIES = dict(
    zip(
        " abcdefghijklmnopqrstuvwxyz",
        (18.3, 6.6, 1.2, 2.3, 3.4, 10.2, 1.8, 1.6, 4.9, 5.8, 0.1, 0.6, 3.3, 2.0, 5.7, 6.2, 1.5,
         0.1, 5.0, 5.3, 7.5, 2.2, 0.8, 1.7, 0.1, 1.6, 0.1),
        strict=True,
    )
)  # fmt: skip


def span(first: int, last: int) -> set[int]:
    """The code points from `first` to `last`, both included."""
    return set(range(first, last + 1))


# What most mathematics is written with. Everything that stretches is added to it, as browsers look
# for the parts of a stretched sign in the first font only.
COMMON = (
    span(0x20, 0x7E) | span(0xA0, 0xFF)
    | span(0x131, 0x131) | span(0x237, 0x237)  # dotless i and j
    | span(0x2C6, 0x2DD)  # accents
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


def write_subset(font: TTFont, codes: set[int], features: list[str], path: Path) -> None:
    """Write the part of `font` that `codes` need, with what they turn into, as WOFF2."""
    options = Options(
        flavor="woff2", hinting=False, layout_features=features, notdef_outline=True,
        glyph_names=False, name_IDs=["*"],
    )  # fmt: skip
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(path)


def unicode_range(codes: set[int]) -> str:
    """`codes` as the value of the CSS descriptor unicode-range."""
    ranges: list[list[int]] = []
    for code in sorted(codes):
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return ", ".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in ranges)


def parse_range(characters: str) -> set[int]:
    """The code points of a unicode-range."""
    codes: set[int] = set()
    for item in characters.replace(" ", "").split(","):
        first, _, last = item.removeprefix("U+").partition("-")
        codes |= span(int(first, 16), int(last or first, 16))
    return codes


def font_face(family: str, file: str, **descriptors: str) -> str:
    """An @font-face rule for a file in static/fonts."""
    lines = [
        f'  font-family: "{family}";',
        f'  src: url("../fonts/{file}") format("woff2");',
        "  font-display: swap;",
    ]
    lines += [f"  {name.replace('_', '-')}: {value};" for name, value in descriptors.items()]
    return "@font-face {\n" + "\n".join(lines) + "\n}\n"


def build_text(package: Path, fonts: Path) -> list[str]:
    """Copy the text face, its extended Latin in two parts; its rules, the fallback's first."""
    ranges = json.loads((package / "unicode.json").read_text(encoding="utf-8"))
    rules = []
    for subset in TEXT_SUBSETS:
        for style, word in (("normal", "roman"), ("italic", "italic")):
            source = package / "files" / f"stix-two-text-{subset}-wght-{style}.woff2"
            for part, characters in text_parts(subset, ranges[subset], source).items():
                file = f"stix-two-text-{part}-{word}.woff2"
                if part == subset != "latin-ext":
                    shutil.copyfile(source, fonts / file)
                else:
                    font = TTFont(source, recalcTimestamp=False)
                    write_subset(font, parse_range(characters), ["*"], fonts / file)
                rules.append(
                    font_face(
                        "STIX Two Text",
                        file,
                        font_style=style,
                        font_weight="400 700",
                        unicode_range=characters,
                    )
                )
    roman = TTFont(fonts / "stix-two-text-latin-roman.woff2")
    shutil.copyfile(package / "LICENSE", fonts / "LICENSE-STIX-Two-Text.txt")
    return [fallback_face(roman), *rules]


def text_parts(subset: str, characters: str, source: Path) -> dict[str, str]:
    """The files to make of a subset of the text face, each with its unicode-range."""
    if subset != "latin-ext":
        return {subset: characters.replace(",", ", ")}
    present = set(TTFont(source).getBestCmap()) & parse_range(characters)
    return {
        "latin-names": unicode_range(present & NAMES),
        "latin-ext": unicode_range(present - NAMES),
    }


def fallback_face(font: TTFont) -> str:
    """A rule that gives a font everybody has the width and the height of `font`."""
    cmap, widths = font.getBestCmap(), font["hmtx"]
    units = font["head"].unitsPerEm
    ours = sum(widths[cmap[ord(char)]][0] * share for char, share in FREQUENCIES.items()) / units
    theirs = sum(TIMES_WIDTHS[char] * share for char, share in FREQUENCIES.items()) / 1000
    scale = ours / theirs
    metrics = font["hhea"]
    sources = ", ".join(f'local("{name}")' for name in FALLBACKS)
    heights = {
        "ascent-override": metrics.ascent, "descent-override": -metrics.descent,
        "line-gap-override": metrics.lineGap,
    }  # fmt: skip
    lines = [
        '  font-family: "Text Fallback";',
        f"  src: {sources};",
        f"  size-adjust: {scale:.2%};",
    ]
    lines += [f"  {name}: {value / units / scale:.2%};" for name, value in heights.items()]
    return "@font-face {\n" + "\n".join(lines) + "\n}\n"


def build_math(package: Path, fonts: Path) -> list[str]:
    """Mend and split the math face; its rules."""
    source = package / "files" / "stix-two-math-latin-400-normal.woff2"
    whole = TTFont(source, recalcTimestamp=False)
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
    }
    rules = []
    for part, codes in parts.items():
        font = TTFont(source, recalcTimestamp=False)
        mend_math_font(font)
        file = f"stix-two-math-{part}.woff2"
        write_subset(font, codes, ["ccmp", "locl"], fonts / file)
        rules.append(font_face("STIX Two Math", file, unicode_range=unicode_range(codes)))
    shutil.copyfile(package / "LICENSE", fonts / "LICENSE-STIX-Two-Math.txt")
    return rules


def build_code(package: Path, fonts: Path) -> list[str]:
    """Reduce the code face to its regular weight; its rules."""
    ranges = json.loads((package / "unicode.json").read_text(encoding="utf-8"))
    rules = []
    for subset in CODE_SUBSETS:
        source = package / "files" / f"jetbrains-mono-{subset}-wght-normal.woff2"
        variable = TTFont(source, recalcTimestamp=False)
        font = instantiateVariableFont(variable, {"wght": 400})
        file = f"jetbrains-mono-{subset}.woff2"
        write_subset(font, set(font.getBestCmap()), ["ccmp", "locl"], fonts / file)
        rules.append(
            font_face("JetBrains Mono", file, unicode_range=ranges[subset].replace(",", ", "))
        )
    shutil.copyfile(package / "LICENSE", fonts / "LICENSE-JetBrains-Mono.txt")
    return rules


def main() -> None:
    """Build every font into static/fonts and declare them in static/css/fonts.css."""
    parser = argparse.ArgumentParser(description="Make the theme's fonts from their npm packages.")
    parser.add_argument("text", type=Path, help="the unpacked package of STIX Two Text")
    parser.add_argument("math", type=Path, help="the unpacked package of STIX Two Math")
    parser.add_argument("code", type=Path, help="the unpacked package of JetBrains Mono")
    arguments = parser.parse_args()
    fonts = STATIC / "fonts"
    fonts.mkdir(parents=True, exist_ok=True)
    rules = [
        HEADER,
        *build_text(arguments.text, fonts),
        *build_math(arguments.math, fonts),
        *build_code(arguments.code, fonts),
    ]
    (STATIC / "css" / "fonts.css").write_text("\n".join(rules), encoding="utf-8")
    for file in sorted(fonts.iterdir()):
        print(f"{file.stat().st_size:8,d}  {file.name}")


if __name__ == "__main__":
    main()
