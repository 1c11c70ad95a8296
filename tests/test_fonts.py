"""Fonts: the math font cut to a site's signs, families of a site's own."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.DefaultTable import DefaultTable

from notesite.styling.faces import parse_range, unicode_range
from notesite.styling.means import FontMeans
from notesite.styling.reading import FontError, has_math, read_family
from notesite.styling.subsetting import math_subset, needed
from notesite.theme import theme_folder
from tests.conftest import SiteMaker, codes

STATIC = theme_folder("static")
WHOLE = (STATIC / "fonts/stix-two-math.ttf").read_bytes()
ROMAN = (STATIC / "fonts/stix-two-text-latin-roman.woff2").read_bytes()
ITALIC = (STATIC / "fonts/stix-two-text-latin-italic.woff2").read_bytes()

STRETCHED = "()[]{}|‖√∑∏∫⟨⟩⌈⌋→⇔⏞⏟̂̃̅"


def font(content: bytes) -> TTFont:
    return TTFont(io.BytesIO(content))


def forms(content: bytes, sign: str) -> list[tuple[int, int]]:
    """The sizes of a sign's larger forms and, behind them, of the pieces of its assembly."""
    opened = font(content)
    name = opened.getBestCmap()[ord(sign)]
    variants = opened["MATH"].table.MathVariants
    found = []
    for coverage, constructions in (
        (variants.VertGlyphCoverage, variants.VertGlyphConstruction),
        (variants.HorizGlyphCoverage, variants.HorizGlyphConstruction),
    ):
        if coverage is None or name not in coverage.glyphs:
            continue
        construction = constructions[coverage.glyphs.index(name)]
        records = construction.MathGlyphVariantRecord or ()
        found += [(r.AdvanceMeasurement, _points(opened, r.VariantGlyph)) for r in records]
        parts = construction.GlyphAssembly.PartRecords if construction.GlyphAssembly else ()
        found += [(part.FullAdvance, _points(opened, part.glyph)) for part in parts]
    return found


def _points(opened: TTFont, name: str) -> int:
    glyph = opened["glyf"][name]
    return len(glyph.getCoordinates(opened["glyf"])[0])


def test_a_part_has_every_form_of_what_stretches() -> None:
    part = math_subset(WHOLE, needed(STRETCHED))
    for sign in STRETCHED:
        assert forms(part, sign) == forms(WHOLE, sign), sign
        assert forms(part, sign), sign
    assert len(part) < len(WHOLE) / 15


def test_a_part_keeps_what_formulas_are_laid_out_by() -> None:
    whole, part = font(WHOLE), font(math_subset(WHOLE, needed("αβ∑")))
    constants = [f["MATH"].table.MathConstants for f in (whole, part)]
    assert constants[0].AxisHeight.Value == constants[1].AxisHeight.Value
    italics = part["MATH"].table.MathGlyphInfo.MathItalicsCorrectionInfo
    cmap = part.getBestCmap()
    assert cmap[ord("𝑓")] in italics.Coverage.glyphs
    assert {ord("𝛼"), ord("𝛽"), ord("𝑥"), ord("x"), ord("∑")} <= cmap.keys()
    assert ord("∏") not in cmap


def test_the_same_signs_make_the_same_file() -> None:
    assert math_subset(WHOLE, needed("∑α")) == math_subset(WHOLE, needed("α∑"))


def test_what_an_editor_left_in_a_font_is_dropped_in_silence(
    caplog: pytest.LogCaptureFixture,
) -> None:
    opened = font(WHOLE)
    opened["FFTM"] = DefaultTable("FFTM")
    opened["FFTM"].data = bytes(28)
    written = io.BytesIO()
    opened.save(written)
    part = font(math_subset(written.getvalue(), needed("∑")))
    assert "FFTM" not in part
    assert caplog.records == []


def test_letters_of_prose_are_the_text_fonts() -> None:
    assert needed("éñЖ—“”") == needed("")
    assert {ord(sign) for sign in "⊗‖×"} <= needed("⊗‖×")


def test_ranges_are_written_and_read() -> None:
    assert unicode_range({0x41, 0x42, 0x43, 0x1D400}) == "U+41-43, U+1D400"
    assert parse_range("U+41-43, U+1D400") == {0x41, 0x42, 0x43, 0x1D400}


def math_files(site: SiteMaker) -> list[str]:
    folder = site.root / "output/static/fonts"
    return sorted(path.name for path in folder.glob("math-*.woff2"))


def test_a_site_of_common_signs_takes_the_part_that_is_there(site: SiteMaker) -> None:
    site.note("a", "Prose with é and $x + \\alpha \\le \\sum_i \\sqrt{y}$.")
    assert codes(site.build()) == []
    assert math_files(site) == []
    assert "stix-two-math-core.woff2" in site.page("static/js/theme.js").split("\n")[0]
    assert not (site.root / "output/static/fonts/stix-two-math.ttf").exists()


def test_a_new_sign_makes_a_file_of_another_name(site: SiteMaker) -> None:
    site.note("a", "$x \\boxplus y$")
    site.build()
    (first,) = math_files(site)
    assert first in site.page("static/js/theme.js").split("\n")[0]
    # Where the part is gone, as from a server, a part of the theme's steps in.
    rule = site.page("static/css/notesite.css").partition(first)[2]
    assert "stix-two-math-common.woff2" in rule.partition("}")[0]
    page = site.page("a.html")
    site.note("b", "$x \\boxtimes y$")
    site.build()
    (second,) = math_files(site)
    assert first != second
    assert first not in page


def test_signs_of_plain_titles_are_in_the_part_too(site: SiteMaker) -> None:
    """On a map the formula of a name is text, with a small nought that the formula lacks."""
    site.note("a", "> [!theorem] The space $H_0^1$\n> Text.\n\n> [!proof]\n> Text.")
    site.build()
    (file,) = math_files(site)
    rule = site.page("static/css/notesite.css").partition(file)[2].partition("}")[0]
    assert ord("₀") in parse_range(rule.partition("unicode-range: ")[2].partition(";")[0])


def test_previews_take_the_whole_font(site: SiteMaker) -> None:
    site.note("a", "$x \\boxplus y$")
    site.build(whole_fonts=True)
    assert math_files(site) == []


def test_without_fonttools_the_whole_font_is_there(
    site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "fontTools"]:
        monkeypatch.setitem(sys.modules, name, None)
    site.note("a", "$x \\boxplus y$")
    site.write("static/fonts/own.woff2", ROMAN)
    site.write(
        "notesite.toml",
        '[site]\ngit_dates=false\n[theme.fonts.text]\nfamily="Own"\nfiles=["fonts/own.woff2"]\n',
    )
    assert codes(site.build()) == []
    assert math_files(site) == []
    assert 'url("../fonts/own.woff2")' in site.page("static/css/notesite.css")


class Kept:
    """A memory, and how often it was told something."""

    def __init__(self) -> None:
        self.values: dict[str, bytes] = {}
        self.puts = 0

    def get(self, keys) -> dict[str, bytes]:
        return {key: self.values[key] for key in keys if key in self.values}

    def put(self, values) -> None:
        self.puts += 1
        self.values.update(values)


def test_what_was_made_is_remembered_and_damage_mended() -> None:
    memory = Kept()
    means = FontMeans(memory)
    assert means.remembered(str, ("a",), lambda: "made") == "made"
    assert means.remembered(str, ("a",), lambda: "again") == "made"
    memory.values = dict.fromkeys(memory.values, b"damaged")
    assert means.remembered(str, ("a",), lambda: "again") == "again"
    assert memory.puts == 2


def test_another_version_makes_it_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same part can be cut into other bytes, which a clean build would have."""
    means = FontMeans(Kept())
    means.remembered(str, ("a",), lambda: "made")
    monkeypatch.setattr("notesite.styling.means.code_version", lambda: "another")
    assert means.remembered(str, ("a",), lambda: "again") == "again"


def test_a_family_is_declared_by_what_its_files_say() -> None:
    files = {"fonts/r.woff2": ROMAN, "fonts/i.woff2": ITALIC}
    rules = read_family("Own", files, with_fallback=True)
    *stand_ins, roman, italic = rules.split("@font-face")[1:]
    plain, bold, slanted = stand_ins[:3]
    assert 'local("Times New Roman")' in plain
    assert "size-adjust: 105" in plain
    assert 'local("Times New Roman Bold")' in bold
    assert 'local("Times New Roman Italic")' in slanted
    # Android has no Times, and some of Linux has neither; each design has a scale of its own.
    assert [rule.count('local("Noto Serif') > 0 for rule in stand_ins[3:6]] == [True] * 3
    assert 'local("DejaVu Serif")' in stand_ins[6]
    scales = {rule.partition("size-adjust: ")[2].partition(";")[0] for rule in stand_ins}
    assert len(scales) == 9
    assert 'url("../fonts/r.woff2") format("woff2")' in roman
    assert "font-weight: 400 700" in roman
    assert "font-style: normal" in roman
    assert "font-style: italic" in italic
    assert "U+20-7E" in roman
    mono = (STATIC / "fonts/jetbrains-mono-latin.woff2").read_bytes()
    assert "font-weight: 400;" in read_family("Mono", {"m.woff2": mono}, with_fallback=False)


def test_what_is_no_font_is_said_to_be_none() -> None:
    with pytest.raises(FontError, match="'static/x' is no font"):
        read_family("X", {"x": b"nothing"}, with_fallback=False)
    assert has_math("m", WHOLE)
    assert not has_math("r", ROMAN)


OWN = """[site]
git_dates = false
[theme.fonts.text]
family = "Some Sans"
files = ["fonts/r.woff2", "fonts/i.woff2"]
fallback = "sans-serif"
[theme.fonts.math]
family = "Some Math"
files = ["fonts/m.ttf"]
[theme.fonts.code]
family = "ui-monospace"
"""


def test_another_pair_works_by_configuration_alone(site: SiteMaker) -> None:
    site.write("notesite.toml", OWN)
    for name, content in (("r.woff2", ROMAN), ("i.woff2", ITALIC), ("m.ttf", WHOLE)):
        site.write(f"static/fonts/{name}", content)
    site.note("a", "$x \\boxplus y$")
    assert codes(site.build()) == []
    style = site.page("static/css/notesite.css")
    stand_ins = '"Text Fallback", "Text Fallback 2", "Text Fallback 3"'
    assert f'--font-text: "Some Sans", {stand_ins}, "Some Math", sans-serif;' in style
    assert '--font-math: "Some Math", math, serif;' in style
    assert "--font-code: ui-monospace, monospace;" in style
    assert "stix-two-text-latin" not in style
    assert "jetbrains-mono" not in style
    (part,) = math_files(site)
    first = site.page("static/js/theme.js").split("\n")[0]
    assert "fonts/r.woff2" in first
    assert part in first
    cut = font((site.root / "output/static/fonts" / part).read_bytes())
    assert ord("⊞") in cut.getBestCmap()


def test_fonts_that_are_not_there_or_set_no_formulas_are_errors(site: SiteMaker) -> None:
    site.write("notesite.toml", OWN)
    site.write("static/fonts/r.woff2", b"nothing")
    site.write("static/fonts/m.ttf", ROMAN)
    site.note("a", "x")
    report = site.build()
    assert codes(report) == ["theme-font"] * 3
    places = {d.message: d.span.start.line for d in report.diagnostics if d.span}
    assert places == {
        "there is no file 'static/fonts/i.woff2'": 3,
        "'static/fonts/r.woff2' is no font that can be read": 3,
        "'static/fonts/m.ttf' has no table MATH: no formulas": 7,
    }
    assert not report.is_published


def test_every_font_has_its_licence() -> None:
    texts = "".join(p.read_text(encoding="utf-8") for p in Path(STATIC / "fonts").glob("LICENSE*"))
    assert texts.count("SIL Open Font License, Version 1.1") >= 3


def test_a_family_without_files_gives_way_to_its_fallback_before_the_math_font(
    site: SiteMaker,
) -> None:
    fonts = '[theme.fonts.text]\nfamily = "Palatino"\nfallback = "Georgia, serif"\n'
    site.write("notesite.toml", f"[site]\ngit_dates = false\n{fonts}")
    site.note("a", "Text.")
    assert codes(site.build()) == []
    style = site.page("static/css/notesite.css")
    assert '--font-text: "Palatino", Georgia, serif, "STIX Two Math";' in style
