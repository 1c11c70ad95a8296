"""The commands of siunitx: numbers, units, quantities, each against what the package shows."""

from __future__ import annotations

import re

import pytest

from notesite.math import Formula, MathCompiler, MathSettings
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
