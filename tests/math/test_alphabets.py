"""Every letter and digit of every alphabet is the one that is meant, in both engines."""

from __future__ import annotations

import re
from string import ascii_letters, digits
from unicodedata import normalize

import pytest

from notesite.math import Formula, MathCompiler, MathSettings
from notesite.spans import Origin

COMPILERS = {engine: MathCompiler(MathSettings(engine)) for engine in ("math-core", "latex2mathml")}
ALPHABETS = ("mathbb", "mathcal", "mathscr", "mathfrak", "frak", "mathbf", "mathsf", "mathtt",
             "mathit", "mathrm", "boldsymbol", "bm", "text", "textbf", "operatorname")  # fmt: skip


@pytest.mark.parametrize("engine", COMPILERS)
@pytest.mark.parametrize("alphabet", ALPHABETS)
def test_letters_are_those_that_are_written(alphabet: str, engine: str) -> None:
    for written in ascii_letters + digits:
        for tex in (f"\\{alphabet}{{{written}}}", f"\\{alphabet} {written}"):
            formula = Formula(tex, False, Origin.at(1, 1))
            html = COMPILERS[engine].compile([formula], "a.md").formulas[0].html
            shown = re.sub("<[^>]*>|[\ufe00\ufe01]", "", html)
            assert normalize("NFKD", shown) == written, tex


def test_a_fraktur_i_within_a_word_and_beside_a_double_struck_h() -> None:
    formula = Formula(r"\mathfrak{sI_I} \mathbb{H} I", False, Origin.at(1, 1))
    html = COMPILERS["math-core"].compile([formula], "a.md").formulas[0].html
    assert re.sub("<[^>]*>", "", html) == "𝔰ℑℑℍI"
