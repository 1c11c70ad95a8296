r"""`\ce` and `\pu`: what the languages of chemistry and of quantities say in TeX."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesite.math import Formula, MathCompiler, MathSettings, tex_to_text
from notesite.math.chemistry import ChemistryError, chemical_tex
from notesite.math.units import UnitError, quantity_tex
from notesite.spans import Origin

FORMULAS = [
    # atoms, indices, charges
    ("H2O", r"\mathrm{H}_{2}\mathrm{O}"),
    ("H+", r"\mathrm{H}^{+}"),
    ("CrO4^2-", r"\mathrm{CrO}_{4}{\vphantom{X}}^{2-}"),
    ("NH4+", r"\mathrm{NH}_{4}{\vphantom{X}}^{+}"),
    ("[AgCl2]-", r"[\mathrm{AgCl}_{2}]^{-}"),
    ("Y^{99+}", r"\mathrm{Y}^{99+}"),
    ("Fe^n+", r"\mathrm{Fe}^{\mathrm{n}+}"),
    ("NO_x", r"\mathrm{NO}_{\mathrm{x}}"),
    ("Hg^{II}", r"\mathrm{Hg}^{\mathrm{II}}"),
    ("H^.", r"\mathrm{H}^{\bullet }"),
    ("RNO2^{-.}", r"\mathrm{RNO}_{2}{\vphantom{X}}^{-\bullet }"),
    (r"Fe(CN)_{\frac{6}{2}}", r"\mathrm{Fe}(\mathrm{CN})_{\frac{6}{2}}"),
    # amounts
    ("2H2O", r"2\,\mathrm{H}_{2}\mathrm{O}"),
    ("2 H2O", r"2\,\mathrm{H}_{2}\mathrm{O}"),
    ("0.5H2O", r"0.5\,\mathrm{H}_{2}\mathrm{O}"),
    ("1/2H2O", r"\tfrac{1}{2}\,\mathrm{H}_{2}\mathrm{O}"),
    ("(1/2)H2O", r"(\tfrac{1}{2})\,\mathrm{H}_{2}\mathrm{O}"),
    ("n H2O", r"n\,\mathrm{H}_{2}\mathrm{O}"),
    ("$n$ H2O", r"{n}\ \mathrm{H}_{2}\mathrm{O}"),
    # isotopes and states
    ("^{227}_{90}Th+", r"\prescript{227}{90}{\vphantom{X}}\mathrm{Th}^{+}"),
    ("_{-1}^{0}n-", r"\prescript{0}{-1}{\vphantom{X}}\mathrm{n}^{-}"),
    ("Cl2(g)", r"\mathrm{Cl}_{2}(\mathrm{g})"),
    ("A v", r"\mathrm{A}\,\downarrow "),
    ("A (^)", r"\mathrm{A}\,\uparrow "),
    # additions and bonds
    ("KCr(SO4)2*12H2O", r"\mathrm{KCr}(\mathrm{SO}_{4})_{2}{\cdot}12\,\mathrm{H}_{2}\mathrm{O}"),
    ("KCr(SO4)2.12H2O", r"\mathrm{KCr}(\mathrm{SO}_{4})_{2}{\cdot}12\,\mathrm{H}_{2}\mathrm{O}"),
    ("A-B=C#D", r"\mathrm{A}{-}\mathrm{B}{=}\mathrm{C}{\equiv}\mathrm{D}"),
    (r"A\bond{~}B", r"\mathrm{A}{\sim}\mathrm{B}"),
    ("pH = 7", r"\mathrm{pH}=7"),
    # reactions
    ("A + B", r"\mathrm{A}{}+{}\mathrm{B}"),
    ("A -> B", r"\mathrm{A}\xrightarrow{}\mathrm{B}"),
    ("A <=>[a][b_2] B", r"\mathrm{A}\xrightleftharpoons[{\mathrm{b}_{2}}]{\mathrm{a}}\mathrm{B}"),
    ("A ->[{text}] B", r"\mathrm{A}\xrightarrow{\text{text}}\mathrm{B}"),
    ("A ->[[x]] B", r"\mathrm{A}\xrightarrow{[\mathrm{x}]}\mathrm{B}"),
    ("{some acid} + A", r"\text{some acid}{}+{}\mathrm{A}"),
    (r"\mu-Cl", r"\mu {-}\mathrm{Cl}"),
]
QUANTITIES = [
    ("123 kJ", r"123\,\mathrm{kJ}"),
    ("123 kJ//mol", r"123\,\frac{\mathrm{kJ}}{\mathrm{mol}}"),
    ("1.2e3 kJ", r"1.2\times 10^{3}\,\mathrm{kJ}"),
    ("1.2 x 10^3 J", r"1.2\times 10^{3}\,\mathrm{J}"),
    ("10^3 Pa", r"10^{3}\,\mathrm{Pa}"),
    ("123 mol-1", r"123\,\mathrm{mol}^{-1}"),
    ("kJ.mol-1", r"\mathrm{kJ}{\cdot}\mathrm{mol}^{-1}"),
    ("5 m s^{-2}", r"5\,\mathrm{m}\,\mathrm{s}^{-2}"),
    ("20 °C", r"20\,{}^\circ \mathrm{C}"),
    ("3 +- 0.1 m", r"3\pm 0.1\,\mathrm{m}"),
    ("1.234(5) eV", r"1.234(5)\,\mathrm{eV}"),
    ("1 234,5 J", r"1\,234{,}5\,\mathrm{J}"),
    ("-5 %", r"-5\,\%"),
    (r"\mu g/L", r"\mu \mathrm{g}/\mathrm{L}"),
]


@pytest.mark.parametrize(("written", "tex"), FORMULAS)
def test_a_chemical_formula(written: str, tex: str) -> None:
    assert chemical_tex(written) == tex


@pytest.mark.parametrize(("written", "tex"), QUANTITIES)
def test_a_quantity(written: str, tex: str) -> None:
    assert quantity_tex(written) == tex


@pytest.mark.parametrize("written", [written for written, _ in FORMULAS])
def test_a_formula_is_rendered_in_math_and_in_text(written: str) -> None:
    formulas = [
        f"\\ce{{{written}}} = 1",
        f"\\text{{a \\ce{{{written}}}}}",
        f"x_{{\\ce{{{written}}}}}",
    ]
    compiled = MathCompiler(MathSettings()).compile(
        [Formula(tex, True, Origin.at(1, 1)) for tex in formulas], "a.md"
    )
    assert [problem.message for problem in compiled.diagnostics] == []


@pytest.mark.parametrize(
    ("tex", "message"),
    [
        (r"\ce{A ->[x}", "the label of an arrow is never closed"),
        (r"\ce{A\bond{?}B}", "there is no bond '?': -, 1, =, 2, #, 3, ..., ...., ->, <-, ~"),
        (r"\pu{5 m;}", "';' is no part of a unit"),
        (r"\ce", r"'\ce' needs an argument"),
    ],
)
def test_misuse_is_told(tex: str, message: str) -> None:
    compiled = MathCompiler(MathSettings()).compile([Formula(tex, True, Origin.at(1, 1))], "a.md")
    assert [(each.code, each.message) for each in compiled.diagnostics] == [
        ("math-syntax", message)
    ]


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\ce{2H2O}", "2 H₂O"),
        (r"\ce{SO4^2- + Ba^2+ -> BaSO4 v}", "SO₄²⁻+Ba²⁺ → BaSO₄ ↓"),
        (r"\ce{^{14}_{6}C}", "¹⁴₆C"),
        (r"\pu{1.2e3 kJ//mol}", "1.2×10³ kJ/mol"),
        (r"A \xrightarrow{f} B", "A –f→ B"),
    ],
)
def test_as_plain_text(tex: str, text: str) -> None:
    assert " ".join(tex_to_text(tex, {}).split()) == text


@given(st.text("HOaCl2+-^_{}[]()<=>.*#$\\'v 1/4e", max_size=24))
def test_any_text_is_read_or_refused(written: str) -> None:
    for tex_of, error in ((chemical_tex, ChemistryError), (quantity_tex, UnitError)):
        with suppress(error):
            assert isinstance(tex_of(written), str)
