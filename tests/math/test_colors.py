r"""Colours: their names, those that a note defines, and coloured cells."""

from __future__ import annotations

import pytest

from notesite.math import CompiledMath, Formula, MathCompiler, MathSettings
from notesite.math.values import Preamble
from notesite.spans import Origin

ENGINES = ("math-core", "latex2mathml")


def compiled(*texs: str, engine: str = "math-core", preamble: str = "") -> CompiledMath:
    settings = MathSettings(engine, preamble=Preamble(preamble, "preamble.sty"))
    formulas = [Formula(tex, True, Origin.at(line, 1)) for line, tex in enumerate(texs, start=1)]
    return MathCompiler(settings).compile(formulas, "a.md")


@pytest.mark.parametrize(
    ("definition", "value"),
    [
        (r"\definecolor{mine}{RGB}{251, 73, 52}", "#fb4934"),
        (r"\definecolor{mine}{rgb}{1, 0.5, 0}", "#ff8000"),
        (r"\definecolor{mine}{HTML}{Aa3377}", "#Aa3377"),
        (r"\definecolor{mine}{gray}{0.5}", "#808080"),
        (r"\definecolor{mine}{cmyk}{0, 1, 0, 0}", "#ff00ff"),
        (r"\definecolor{mine}{named}{BrickRed}", "#b6321c"),
        (r"\colorlet{mine}{red}", "#ff0000"),
    ],
)
@pytest.mark.parametrize("engine", ENGINES)
def test_a_colour_that_is_defined_holds_to_the_end_of_the_note(
    definition: str, value: str, engine: str
) -> None:
    result = compiled(definition, r"\textcolor{mine}{x}", engine=engine)
    assert result.diagnostics == ()
    assert f'mathcolor="{value}"' in result.formulas[1].html


def test_a_preamble_may_define_colours() -> None:
    preamble = "\\definecolor{b-red}{RGB}{251, 73, 52}\n\\colorlet{mine}{b-red}\n"
    result = compiled(r"{\color{mine} x}", preamble=preamble)
    assert result.diagnostics == ()
    assert 'mathcolor="#fb4934"' in result.formulas[0].html


def test_a_colour_before_its_definition_is_told_with_the_nearest() -> None:
    result = compiled(r"\color{bred} x", r"\definecolor{bred}{gray}{0}")
    [problem] = result.diagnostics
    assert (problem.message, problem.hints) == ("'bred' is not a colour", ("did you mean 'red'?",))


@pytest.mark.parametrize(
    ("tex", "message"),
    [
        (r"\definecolor{a}{lab}{1,2,3}", "'lab' is not a way to mix a colour"),
        (r"\definecolor{a}{RGB}{1,2}", "'1,2' is not a colour in RGB"),
        (r"\colorlet{a}{nothing}", "'nothing' is not a colour"),
        (r"\color[rgb]{x} y", "'x' is not a colour"),
    ],
)
def test_what_is_no_colour_is_told(tex: str, message: str) -> None:
    problem = compiled(tex).diagnostics[0]
    assert problem.message.startswith(message)


def test_a_faulty_definition_in_a_preamble_has_its_place() -> None:
    settings = MathSettings(preamble=Preamble("\n\\definecolor{a}{x}{y}\n", "preamble.sty"))
    [problem] = MathCompiler(settings).diagnostics
    assert problem.file == "preamble.sty"
    assert problem.span is not None
    assert problem.span.start.line == 2


@pytest.mark.parametrize("engine", ENGINES)
def test_cells_and_rows_have_their_colours_and_a_cell_wins(engine: str) -> None:
    tex = r"\begin{array}{cc} \cellcolor{red} a & b \\ \rowcolor{lime} c & \cellcolor{blue} d"
    html = compiled(tex + r"\end{array}", engine=engine).formulas[0].html
    grounds = [cell.split('"')[1] if "mathbackground" in cell.split(">")[0] else ""
               for cell in html.split("<mtd")[1:]]  # fmt: skip
    assert grounds == ["#ff0000", "", "#00ff00", "#0000ff"]


@pytest.mark.parametrize(
    "tex", [r"\cellcolor{red} a", r"\begin{array}{c} a \rowcolor{red}\end{array}"]
)
def test_the_colour_of_a_cell_in_no_cell_is_told(tex: str) -> None:
    [problem] = compiled(tex).diagnostics
    assert "cannot stand here" in problem.message
