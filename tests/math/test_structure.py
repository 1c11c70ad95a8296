"""What each construct becomes: the MathML of `structure.txt`, read against its TeX by a person.

After a change on purpose, `pytest tests/math/test_structure.py --regenerate` writes it anew; read
the difference before committing it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from notesite.math import Formula, MathCompiler, MathSettings
from notesite.spans import Origin

COMPILER = MathCompiler(MathSettings())
FILE = Path(__file__).with_name("structure.txt")
WRITTEN = FILE.read_text(encoding="utf-8")
_INVISIBLE = re.compile("[\u2061\u2063\ufe00\ufe01]")
_FRAME = re.compile(
    r'<div class="equation"><div class="equation-body"><math [^>]*>(.*)</math></div></div>'
)


def constructs() -> list[tuple[str, str]]:
    """The formulas and their MathML, in which what nobody sees is written as references."""
    blocks = [block.split("\n    ") for block in WRITTEN.strip().split("\n\n")[1:]]
    return [(tex, mathml) for tex, mathml in blocks]


def shown(tex: str) -> str:
    """The content of the formula's element, as `structure.txt` has it."""
    compiled = COMPILER.compile([Formula(tex, True, Origin.at(1, 1))], "a.md")
    assert [problem.message for problem in compiled.diagnostics] == []
    match = _FRAME.fullmatch(compiled.formulas[0].html)
    assert match is not None
    return _INVISIBLE.sub(lambda sign: f"&#x{ord(sign[0]):04X};", match[1])


@pytest.mark.parametrize(("tex", "mathml"), constructs())
def test_mathml_of_a_display(tex: str, mathml: str) -> None:
    assert shown(tex) == mathml


def test_regenerated_when_told_to(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--regenerate"):
        heading = WRITTEN.partition("\n")[0]
        blocks = [f"{tex}\n    {shown(tex)}" for tex, _ in constructs()]
        FILE.write_text("\n\n".join([heading, *blocks]) + "\n", encoding="utf-8")


def test_there_are_enough_of_them() -> None:
    assert len(constructs()) > 150
