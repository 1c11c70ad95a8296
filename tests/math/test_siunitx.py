"""The commands of siunitx: numbers, units, quantities, each against what the package shows."""

from __future__ import annotations

import re

import pytest

from notesite.math import Formula, MathCompiler, MathSettings, Preamble
from notesite.math.readable import tex_to_text
from notesite.spans import Origin

ENGINES = ("math-core", "latex2mathml")


def compiled(*texts: str, engine: str = "math-core", **settings):
    formulas = [Formula(tex, display=False, origin=Origin.at(1, 1)) for tex in texts]
    return MathCompiler(MathSettings(engine=engine, **settings)).compile(formulas, "a.md")


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\num{1.38e-23}", "1.38×10⁻²³"),
        (r"\num{12345.67890}", "12 345.678 90"),
        (r"\num{1234}", "1234"),
        (r"\num{1.2(3)}", "1.2(3)"),
        (r"\num{9.99 \pm 0.09}", "9.99±0.09"),
        (r"\num{e5}", "10⁵"),
        (r"\num{.5}", "0.5"),
        (r"\num{1,5}", "1.5"),
        (r"\num{3 x 4}", "3×4"),
        (r"\unit{\kilo\gram\per\metre\squared}", "kg m⁻²"),
        (r"\unit{kg.m/s^2}", "kg m/s²"),
        (r"\unit{\joule\per\kelvin\per\mole}", "J K⁻¹ mol⁻¹"),
        (r"\unit[per-mode = symbol]{\joule\per\kelvin\per\mole}", "J/(K mol)"),
        (r"\si[per-mode=fraction]{\metre\per\second}", "m/s"),
        (r"\unit{\square\metre\tothe{4}\raiseto{3}\second}", "m⁴ s³"),
        (r"\unit{\micro\ohm}", "µΩ"),
        (r"\qty{5}{\percent}", "5 %"),
        (r"\qty{20}{\degreeCelsius}", "20 °C"),
        (r"\qty{30}{\degree}", "30°"),
        (r"\SI{10}{\kHz}", "10 kHz"),
        (r"\SI{9.81(2)}{\metre\per\second\squared}", "9.81(2) m s⁻²"),
        (r"\SI{}{\um}", "µm"),
        (r"\ang{30;15;20}", "30°15′20″"),
        (r"\ang{;;3}", "3″"),
        (r"\numrange{1}{10}", "1–10"),
        (r"\qtyrange{1}{10}{\metre}", "1 m–10 m"),
        (r"\numlist{1;2;3}", "1, 2, 3"),
        (r"\SIlist{1;2}{\metre}", "1 m, 2 m"),
    ],
)
def test_what_is_shown(tex: str, text: str) -> None:
    assert tex_to_text(tex, {}) == text
    for engine in ENGINES:
        found = compiled(tex, engine=engine)
        assert found.diagnostics == ()
        assert not found.formulas[0].failed


@pytest.mark.parametrize("engine", ENGINES)
def test_a_quantity_in_mathml(engine: str) -> None:
    html = compiled(r"v = \SI{3.0e8}{\metre\per\second}", engine=engine).formulas[0].html
    letters = re.sub(r"<[^>]*>", "", html.partition("</math>")[0])
    assert letters.replace("⁢", "").startswith("v=3.0×108ms−1")
    assert html.count("<msup>") == 2


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\num{+5}", "5"),
        (r"\num[retain-explicit-plus]{+5}", "+5"),
        (r"\num[round-mode=figures,group-digits=none]{" + "9" * 50 + "}", "1" + "0" * 50),
        (r"\num[round-mode=places,round-precision=2]{1.005}", "1.01"),
        (r"\num[round-mode=places]{3}", "3.00"),
        (r"\num[round-mode=places]{1.2345(6)}", "1.2345(6)"),
        (r"\num[round-mode=figures,round-precision=3]{0.0012345}", "0.001 23"),
        (r"\num[round-mode=figures]{-9.96}", "-10"),
        (r"\num[round-mode=figures,round-precision=4]{12}", "12.00"),
        (r"\num[round-mode=uncertainty,round-precision=1]{1.2345(67)}", "1.235(7)"),
        (r"\num[separate-uncertainty]{1.234(56)}", "1.234±0.056"),
        (r"\num[separate-uncertainty=true]{12.3(4)e5}", "(12.3±0.4)×10⁵"),
        (r"\num[separate-uncertainty=false]{5.3 +- 0.2}", "5.3(2)"),
        (r"\num[uncertainty-mode=full]{1.234(56)}", "1.234(0.056)"),
        (r"\qty[separate-uncertainty=true]{5.3(2)}{\km}", "(5.3±0.2) km"),
        (r"\qty{5.3 \pm 0.2}{\km}", "(5.3±0.2) km"),
        (r"\qty[separate-uncertainty-units=repeat]{5.3 +- .2}{m}", "5.3 m±0.2 m"),
        (r"\num[scientific-notation=true]{12345.6}", "1.234 56×10⁴"),
        (r"\num[exponent-mode=engineering]{0.00123}", "1.23×10⁻³"),
        (r"\num[exponent-mode=fixed,fixed-exponent=3]{12345}", "12.345×10³"),
        (r"\num[exponent-product=\cdot]{1.2e3}", "1.2⋅10³"),
        (r"\num[output-decimal-marker={,}]{1.5}", "1,5"),
        (r"\num[locale=DE]{12345.5e3}", "12 345,5⋅10³"),
        (r"\num[group-digits=integer]{12345.67891}", "12 345.67891"),
        (r"\num[group-separator={,}]{1234567.8}", "1,234,567.8"),
        (r"\num[group-minimum-digits=4]{1234.5678}", "1 234.567 8"),
        (r"\num[print-unity-mantissa=false]{1e5}", "10⁵"),
        (r"\num{2e0}", "2"),
        (r"\num[print-zero-exponent]{2e0}", "2×10⁰"),
        (r"\num[minimum-decimal-digits=2]{3.1}", "3.10"),
        (r"\num[drop-zero-decimal]{3.00}", "3"),
        (r"\unit[per-mode=repeated-symbol]{\joule\per\mole\per\kelvin}", "J/mol/K"),
        (r"\unit[per-mode=single-symbol]{\joule\per\mole\per\kelvin}", "J mol⁻¹ K⁻¹"),
        (r"\unit[per-mode=power-positive-first]{\per\second\metre}", "m s⁻¹"),
        (r"\unit[inter-unit-product=\cdot]{\newton\metre}", "N⋅m"),
        (r"\qty[quantity-product={-}]{5}{\metre}", "5-m"),
        (r"\numlist[list-final-separator={ and }]{1;2;3}", "1, 2 and 3"),
        (r"\numlist[list-pair-separator={ or }]{1;2}", "1 or 2"),
        (r"\qtylist[list-units=bracket]{1;2;3}{\metre}", "(1, 2, 3) m"),
        (r"\qtyrange[range-units=single,range-phrase={ to }]{1}{5}{\volt}", "1 to 5 V"),
        (r"\numproduct{1.2 x 3.4 x 5}", "1.2×3.4×5"),
        (r"\qtyproduct{2 x 3}{\metre}", "2 m×3 m"),
        (r"\complexnum{-1.5-2.25j}", "-1.5-2.25i"),
        (r"\complexnum{i}", "i"),
        (r"\complexqty{1+2i}{\ohm}", "(1+2i) Ω"),
        (r"\num[mode=text,table-format=1.2]{1}", "1"),
    ],
)
def test_options(tex: str, text: str) -> None:
    for engine in ENGINES:
        found = compiled(tex, engine=engine)
        assert found.diagnostics == ()
        assert found.formulas[0].text == text


def test_lasting_options() -> None:
    """They hold from where they stand, for the text as for what is shown."""
    number = r"\num{1.234(56)}"
    found = compiled(
        number, r"\sisetup{separate-uncertainty}", number, r"\sisetup{locale=DE}", number
    )
    assert found.diagnostics == ()
    texts = [formula.text for formula in found.formulas if formula.html]
    assert texts == ["1.234(56)", "1.234±0.056", "1,234±0,056"]
    shown = [formula.html.count("±") for formula in found.formulas if formula.html]
    assert shown == [0, 1, 1]


def test_lasting_options_of_a_preamble() -> None:
    preamble = Preamble(r"\sisetup{output-decimal-marker={,}}", "preamble.tex")
    assert compiled(r"\num{1.5}", preamble=preamble).formulas[0].text == "1,5"


def test_units_of_a_site() -> None:
    units = r"\DeclareSIUnit\lightyear{ly} \DeclareSIUnit[x=y]{\speed}{\lightyear\per\year}"
    found = compiled(
        units, r"\DeclareSIUnit{\year}{a}", r"\qty{3}{\kilo\lightyear}", r"\qty{3}{\speed}"
    )
    assert found.diagnostics == ()
    assert [formula.text for formula in found.formulas[2:]] == ["3 kly", "3 ly a⁻¹"]


def test_in_text_and_in_a_script() -> None:
    assert compiled(r"t_{\SI{5}{\second}} \text{ after \SI{5}{\second}}").diagnostics == ()


@pytest.mark.parametrize(
    ("tex", "says"),
    [
        (r"\num{one}", "'one' is not a number"),
        (r"\num{}", "'' is not a number"),
        (r"\SI{1}{\metr}", "there is no unit '\\metr'"),
        (r"\SI{1}{\metre\per}", "a unit is missing"),
        (r"\SI{1}{\squared}", "raises no unit"),
        (r"\SI{1}{m_3}", "no part of a unit"),
        (r"\ang{1;2;3;4}", "is no angle"),
        (r"\qty(\frac12)", "macro set 'physics'"),
        (r"\SI{5}", "in braces"),
        (r"\num[round-precison=2]{1}", "did you mean 'round-precision'?"),
        (r"\num[round-mode=foo]{1}", "it is none, places, figures"),
        (r"\num[round-precision=99]{1}", "a number of at most 30"),
        (r"\num[prefix-mode=combine]{1}", "'prefix-mode' of siunitx is not supported"),
        (r"\sisetup{nonsense=1}", "siunitx has no option 'nonsense'"),
        (r"\num{1e" + "9" * 40 + "}", "is too large"),
        (r"\num[exponent-mode=fixed,fixed-exponent=30]{1e999}", "with the exponent 30"),
        (r"\DeclareSIUnit{\loop}{\loop}\SI{5}{\loop}", "made of itself"),
        (r"\DeclareSIUnit{\none}{}\SI{5}{\none}", "made of nothing"),
    ],
)
def test_misuse(tex: str, says: str) -> None:
    problems = compiled(tex).diagnostics
    assert says in " ".join(" ".join([each.message, *each.hints]) for each in problems)


def test_physics_keeps_its_qty() -> None:
    found = compiled(r"\qty(\frac12)", macro_sets=("physics",))
    assert found.diagnostics == ()
    assert "(" in found.formulas[0].html
