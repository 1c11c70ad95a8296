"""Commutative diagrams: what is read, where it goes, what is drawn and said, what is complained."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from notesite.math import CompiledMath, Formula, MathCompiler, MathSettings
from notesite.math.diagrams.describing import describe
from notesite.math.diagrams.geometry import Curve, Rectangle, crossing, heading, line
from notesite.math.diagrams.layout import Drawing, arrange
from notesite.math.diagrams.measuring import Box, measure
from notesite.math.diagrams.model import Diagram
from notesite.math.diagrams.parsing import PARSERS
from notesite.math.readable import tex_to_text
from notesite.math.tex import join, tokenize
from notesite.spans import Origin

SQUARE = r"""\begin{tikzcd}
A \ar[r,"f"] \ar[d,"g"'] & B \ar[d,"h"]\\ C \ar[r,"k"'] & D
\end{tikzcd}"""
CD = r"\begin{CD}A @>a>b> B\\ @VcVdV @AAeA\\ C @= D\end{CD}"
ENGINES = ("math-core", "latex2mathml")


def parse(body: str, name: str = "tikzcd") -> Diagram:
    problems: list[tuple[str, str]] = []
    diagram = PARSERS[name](tokenize(body), lambda *found: problems.append(found[:2]))
    assert problems == []
    return diagram


def arrows_of(diagram: Diagram) -> list[tuple[object, ...]]:
    return [
        (
            arrow.source,
            arrow.target,
            *((join(label.content), label.side.name) for label in arrow.labels),
        )
        for arrow in diagram.arrows
    ]


def compile_one(tex: str, *, display: bool = True, engine: str = "math-core") -> CompiledMath:
    compiler = MathCompiler(MathSettings(engine=engine))
    return compiler.compile([Formula(tex, display, Origin.at(1, 1))], "a.md")


def problems(tex: str) -> list[tuple[str, str, str]]:
    """Code, message and source of each diagnostic."""
    found = []
    for each in compile_one(tex).diagnostics:
        assert each.span is not None
        source = tex[each.span.start.column - 1 : each.span.end.column - 1]
        found.append((each.code, each.message, source))
    return found


def html_of(tex: str, engine: str = "math-core", *, display: bool = True) -> str:
    compiled = compile_one(tex, engine=engine, display=display)
    assert [each.message for each in compiled.diagnostics] == []
    return compiled.formulas[0].html


# ------------------------------------------------------------------------------------- reading


@pytest.mark.parametrize(
    ("body", "arrows"),
    [
        ("A @>a>b> B", [((0, 0), (0, 1), ("a", "LEFT"), ("b", "RIGHT"))]),
        ("A @<a<b< B", [((0, 1), (0, 0), ("a", "RIGHT"), ("b", "LEFT"))]),
        ("A @)a)) B @(b(( C", [((0, 0), (0, 1), ("a", "LEFT")), ((0, 2), (0, 1), ("b", "RIGHT"))]),
        ("A @>{x>y}>> B", [((0, 0), (0, 1), ("{x>y}", "LEFT"))]),
        (r"A\\ @VaVbV\\ B", [((0, 0), (1, 0), ("a", "RIGHT"), ("b", "LEFT"))]),
        (r"A\\ @AaAbA\\ B", [((1, 0), (0, 0), ("a", "LEFT"), ("b", "RIGHT"))]),
        (r"A @= B\\ @| @\vert\\ C @. D\\",
         [((0, 0), (0, 1)), ((0, 0), (1, 0)), ((0, 1), (1, 1))]),
        (r"A @>>> B\\ @. @VVV\\ C @>>> D",
         [((0, 0), (0, 1)), ((0, 1), (1, 1)), ((1, 0), (1, 1))]),
        ("0 @>>> A @>>>", [((0, 0), (0, 1)), ((0, 1), (0, 2))]),
    ],
)  # fmt: skip
def test_arrows_of_cd(body: str, arrows: list[tuple[object, ...]]) -> None:
    assert arrows_of(parse(body, "CD")) == arrows


@pytest.mark.parametrize(
    ("body", "arrows"),
    [
        (r'A \arrow[r,"f"] & B', [((0, 0), (0, 1), ("f", "LEFT"))]),
        (r"""A \ar[r,"f"'] & B""", [((0, 0), (0, 1), ("f", "RIGHT"))]),
        (r'A \ar["f" swap, r] & B', [((0, 0), (0, 1), ("f", "RIGHT"))]),
        (r'A \ar[r,swap,"f"] & B', [((0, 0), (0, 1), ("f", "RIGHT"))]),
        (r'A \ar[r,"f" description,"g"{below}] & B',
         [((0, 0), (0, 1), ("f", "ON"), ("g", "BELOW"))]),
        (r'A \ar[r,"{a,b}"] & B', [((0, 0), (0, 1), ("a,b", "LEFT"))]),
        (r'A \ar[r,"a,b",dashed] & B', [((0, 0), (0, 1), ("a,b", "LEFT"))]),
        (r"A \ar[rrd] & & \\ & & B", [((0, 0), (1, 2))]),
        (r"\ar[from=1-2, to=2-1] & A\\ B", [((0, 1), (1, 0))]),
        (r"A & B \ar[from=l] \ar[d]\\ & C", [((0, 0), (0, 1)), ((0, 1), (1, 1))]),
        (r"A \arrow{r}[swap]{f}{g} & B", [((0, 0), (0, 1), ("f", "RIGHT"), ("g", "LEFT"))]),
        (r"A \rar[hook]{f} \dar & B\\ C", [((0, 0), (0, 1), ("f", "LEFT")), ((0, 0), (1, 0))]),
        (r"[ampersand replacement=\&] A \ar[r] \& B", [((0, 0), (0, 1))]),
    ],
)  # fmt: skip
def test_arrows_of_tikzcd(body: str, arrows: list[tuple[object, ...]]) -> None:
    assert arrows_of(parse(body)) == arrows


@pytest.mark.parametrize(
    ("options", "line", "tail", "head", "dash"),
    [
        ("hook", "single", "hook", "head", ""),
        ("hook'", "single", "hook'", "head", ""),
        ("tail, two heads", "single", "tail", "two", ""),
        ("rightarrowtail", "single", "tail", "head", ""),
        ("maps to", "single", "bar", "head", ""),
        ("dashed", "single", "", "head", "dashed"),
        ("dotted, no head", "single", "", "", "dotted"),
        ("Rightarrow", "double", "", "head", ""),
        ("Leftarrow", "double", "head", "", ""),
        ("Leftrightarrow", "double", "head", "head", ""),
        ("equal", "double", "", "", ""),
        ("leftarrow", "single", "head", "", ""),
        ("leftrightarrow", "single", "head", "head", ""),
        ("squiggly", "squiggly", "", "head", ""),
        ("harpoon", "single", "", "harpoon", ""),
        ("phantom", "none", "", "head", ""),
    ],
)
def test_styles(options: str, line: str, tail: str, head: str, dash: str) -> None:
    stroke = parse(rf"A \ar[r,{options}] & B").arrows[0].stroke
    assert (stroke.line.value, stroke.tail, stroke.head, stroke.dash) == (line, tail, head, dash)


@pytest.mark.parametrize(
    "options",
    [
        "[scale cd=1.5, nodes={inner sep=1pt}, baseline=(a.base), every label/.append style={x}] ",
        "[arrows={-stealth}, cells={font=\\small}] ",
    ],
)
def test_what_only_says_how_a_diagram_looks_is_passed_over(options: str) -> None:
    assert arrows_of(parse(options + "A \\arrow[r, thick, line width=1pt, distance=2em] & B")) == (
        arrows_of(parse("A \\arrow[r] & B"))
    )


def test_a_style_of_the_diagrams_own_is_what_it_stands_for() -> None:
    styled = parse('[sub/.style={hook, "\\iota"}, loop/.style={loop}] A \\arrow[r, sub] & B')
    assert arrows_of(styled) == arrows_of(parse('A \\arrow[r, hook, "\\iota"] & B'))
    assert parse("[x/.style={x}] A \\arrow[r, dashed] & B").arrows[0].stroke.dash == "dashed"


@pytest.mark.parametrize(
    ("written", "color"),
    [
        ("color={rgb,255:red,214;green,92;blue,92}", "#d65c5c"),
        ("draw={rgb,255:red,0;green,0;blue,255}", "#0000ff"),
        ("BrickRed", "#b6321c"),
    ],
)
def test_colours_as_quiver_mixes_them(written: str, color: str) -> None:
    assert parse(f"A \\arrow[r, {written}] & B").arrows[0].stroke.color == color


def test_a_label_may_be_turned_and_stand_at_an_anchor() -> None:
    body = 'A \\arrow[r, "\\dashv"{anchor=center, rotate=-90}, "f"{anchor=north, yshift=2pt}] & B'
    turned, below = drawing_of(body).labels
    assert abs(turned.direction - 1j) < 1e-9
    assert below.centre.imag > turned.centre.imag


def test_a_loop_goes_where_it_is_sent() -> None:
    [left] = drawing_of("A \\arrow[loop, distance=2em, in=215, out=145]").routes
    [above] = drawing_of("A \\arrow[loop]").routes
    assert left.curve.point(0.5).real < left.curve.start.real
    assert above.curve.point(0.5).imag < above.curve.start.imag


def test_room_between_the_middles_of_neighbours() -> None:
    assert parse("[column sep={between origins, 4em}] A & B").spacing.columns == 2.8
    assert parse("[row sep={4em, between origins}] A & B").spacing.rows == 2.8


def test_spacing() -> None:
    spacing = parse(r"[row sep=large, column sep=3em] A & &[2em] B\\[1em] C").spacing
    assert (spacing.rows, spacing.columns) == (2.7, 3.0)
    assert (spacing.extra_rows, spacing.extra_columns) == ((1.0,), (0.0, 2.0))


def test_cells_keep_their_tex() -> None:
    rows = parse(r"\text{a & b} & \begin{matrix}x\\y\end{matrix}\\ {C}\\").rows
    shown = [[join(cell) for cell in row] for row in rows]
    assert shown == [[r"\text{a & b}", r"\begin{matrix}x\\y\end{matrix}"], ["{C}"]]


def test_an_arrow_between_labels() -> None:
    body = r'A \ar[r,bend left,""{name=U}] \ar[r,bend right,""{name=D}] \ar[from=U,to=D] & B'
    assert arrows_of(parse(body))[2] == ("U", "D")


# ------------------------------------------------------------------------------------ geometry


def drawing_of(body: str, name: str = "tikzcd") -> Drawing:
    diagram = parse(body, name)
    objects = [Box(0.7, 0.7, 0.1)] * len(diagram.objects())
    return arrange(diagram, objects, [Box(0.6, 0.7, 0.2)] * len(diagram.labels()))


def boxes_of(drawing: Drawing) -> list[Rectangle]:
    return [
        Rectangle(placed.centre, placed.box.width / 2 + 0.1, 0.5, 0.4) for placed in drawing.objects
    ]


@pytest.mark.parametrize("options", ["", "bend left", "bend right=60", "shift left", "hook",
                                     "curve={height=12pt}"])  # fmt: skip
@pytest.mark.parametrize("direction", ["r", "d", "dr"])
def test_arrows_are_between_their_objects(options: str, direction: str) -> None:
    drawing = drawing_of(rf"A \ar[{direction},{options}] & B\\ C & D")
    curve = drawing.routes[0].curve
    assert curve.length() > 0.8
    assert not any(box.holds(point) for box in boxes_of(drawing) for point in curve.samples())


@pytest.mark.parametrize(
    ("arrow", "horizontal", "vertical"),
    [
        (r'A \ar[r,"f"] & B', 0, -1),
        (r"""A \ar[r,"f"'] & B""", 0, 1),
        (r'A & B \ar[l,"f"]', 0, 1),
        (r'A \ar[d,"f"]\\ B', 1, 0),
        (r"""A \ar[d,"f"']\\ B""", -1, 0),
        (r'A \ar[d,"f" left]\\ B', -1, 0),
        (r'A \ar[r,"f" description] & B', 0, 0),
    ],
)
def test_labels_are_on_their_side(arrow: str, horizontal: int, vertical: int) -> None:
    drawing = drawing_of(arrow)
    offset = drawing.labels[0].centre - drawing.routes[0].curve.point(0.5)

    def sign(value: float) -> int:
        return 0 if abs(value) < 0.1 else 1 if value > 0 else -1

    assert (sign(offset.real), sign(offset.imag)) == (horizontal, vertical)


def test_labels_of_cd_are_where_they_are_written() -> None:
    drawing = drawing_of(r"A @<a<b< B\\ @AcAdA @VeVV\\ C @. D", "CD")
    a, b, c, d, e = (place.centre for place in drawing.labels)
    assert a.imag < b.imag
    assert c.real < d.real
    assert e.real < drawing.routes[2].curve.start.real


def test_a_label_stays_clear_of_its_arrow_and_near_it() -> None:
    drawing = drawing_of(r'A \ar[dr,"f"] & B\\ C & D')
    place, curve = drawing.labels[0], drawing.routes[0].curve
    area = Rectangle(place.centre, place.box.width / 2, 0.45, 0.45)
    assert not any(area.holds(point) for point in curve.samples(60)[::2])
    assert min(abs(point - place.centre) for point in curve.samples()) < 0.8


def test_objects_of_a_row_share_a_line_and_of_a_column_a_centre() -> None:
    drawing = drawing_of(r"A & B\\ C & D")
    a, b, c, d = (placed.centre for placed in drawing.objects)
    assert (a.imag, c.imag, a.real, b.real) == (b.imag, d.imag, c.real, d.real)


def test_columns_make_room_for_long_labels() -> None:
    diagram = parse(r'A \ar[r,"f"] & B')
    drawing = arrange(diagram, [Box(0.7, 0.7)] * 2, [Box(10, 0.7)])
    assert drawing.routes[0].curve.length() > 7


def test_a_description_and_a_crossing_arrow_break_the_shaft() -> None:
    drawing = drawing_of(
        r'A \ar[dr,"f" {description,near start}] & B \ar[dl,crossing over]\\ C & D'
    )
    (low, high), (bridge, after) = drawing.routes[0].gaps
    assert low < 0.25 < high < bridge < 0.5 < after


def test_a_diagram_of_one_row_is_centred_on_it() -> None:
    drawing = drawing_of(r'A \ar[r,bend left=60,"f"] & B')
    middle = (drawing.origin + drawing.size / 2).imag
    assert middle == pytest.approx(drawing.objects[0].centre.imag)


def test_curves() -> None:
    curve = Curve(0j, 1 + 1j, 3 + 1j, 4 + 0j)
    part = curve.part(0.25, 0.75)
    assert part.start == pytest.approx(curve.point(0.25))
    assert part.end == pytest.approx(curve.point(0.75))
    assert part.point(0.5) == pytest.approx(curve.point(0.5))
    assert crossing(line(0j, 2 + 2j), line(2j, 2 + 0j)) == pytest.approx(0.5)
    assert crossing(line(0j, 2 + 0j), line(1j, 2 + 1j)) is None
    assert heading(90) == pytest.approx(-1j)


def test_an_object_is_measured_from_its_mathml() -> None:
    assert measure("<mi>A</mi>").width == pytest.approx(0.68)
    assert measure("<msub><mi>A</mi><mi>i</mi></msub>").width == pytest.approx(0.926)
    fraction = measure("<mfrac><mi>A</mi><mi>B</mi></mfrac>")
    assert fraction.ascent > 0.7
    assert fraction.descent > 0.3
    assert measure("").width == 0
    assert measure("<mi>&lt;</mi></mrow>").width > 0


# --------------------------------------------------------------------------------- the output


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "tex", [SQUARE, CD, rf"x={SQUARE}", rf"\begin{{align}}{CD}\\y&=1\end{{align}}"]
)
def test_output_is_well_formed_and_has_no_styles(tex: str, engine: str) -> None:
    html = html_of(tex, engine)
    root = ElementTree.fromstring(html)
    svg = next(root.iter("svg"))
    assert svg.get("role") == "img"
    assert len(list(svg.iter("foreignObject"))) in {8, 9}
    assert " style=" not in html
    assert "id=" not in re.sub(r'id="a?eq[^"]*"', "", html)


def test_the_formula_keeps_its_tex_for_copying() -> None:
    assert html_of(r"\begin{CD}A@=B\end{CD}").count("alttext=") == 1


def test_a_diagram_may_stand_in_a_line_and_deep_inside() -> None:
    assert "<svg" in html_of(r"\begin{CD}A@=B\end{CD}", display=False)
    assert "<svg" in html_of(rf"\left(\frac{{{CD}}}{{2}}\right)")
    assert html_of(rf"\begin{{CD}} {CD} @>>> B\end{{CD}}").count("<svg") == 2


def test_macros_work_inside_and_around() -> None:
    html = html_of(r"\newcommand{\G}{\Gamma}\begin{CD}\G @>\G>> B\end{CD}")
    assert html.count("<mi>Γ</mi>") + html.count('<mi mathvariant="normal">Γ</mi>') == 2
    square = r"\newcommand{\sq}[2]{\begin{tikzcd}#1\ar[r]&#2\end{tikzcd}}\sq{X}{Y}"
    assert "Commutative diagram: X to Y" in html_of(square)
    own = r"\newenvironment{dg}{\begin{tikzcd}}{\end{tikzcd}}\begin{dg}A\ar[d]\\B\end{dg}"
    assert "Commutative diagram: A to B" in html_of(own)


@pytest.mark.parametrize("engine", ENGINES)
def test_hostile_labels_are_text(engine: str) -> None:
    tex = r'\begin{tikzcd}A\ar[r,"\text{<script>\"&amp;}"] & \text{"><b x="}\end{tikzcd}'
    html = html_of(tex.replace('\\"', ""), engine)
    ElementTree.fromstring(html)
    assert "<script" not in html
    assert "<b " not in html


def test_colors_are_those_of_the_note() -> None:
    html = html_of(r'\begin{tikzcd}A\ar[r,red,"f"] & B\ar[l,color=blue]\end{tikzcd}')
    assert 'stroke="currentcolor"' in html
    assert html.count('<g stroke="#ff0000">') == 1
    assert html.count('color="#ff0000"') == 1
    assert html.count('<g stroke="#0000ff">') == 1


def test_a_phantom_draws_nothing() -> None:
    html = html_of(r'\begin{tikzcd}A\ar[r,phantom,"\times"] & B\end{tikzcd}')
    assert "<path" not in html
    assert html.count("<foreignObject") == 3


# -------------------------------------------------------------------------------------- in words


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (SQUARE, "A to B by f; A to C by g; B to D by h; C to D by k"),
        (CD, "A to B by a and b; A to C by c and d; D to B by e; C equals D"),
        (r'\begin{tikzcd}x\ar[r,maps to,"f"]&x^2\end{tikzcd}', "x maps to x² by f"),
        (r"\begin{tikzcd}A\ar[r,leftarrow]&B & Z\end{tikzcd}", "Z; B to A"),
        (r"\begin{tikzcd}A\ar[r,dash]&\end{tikzcd}", "A is joined to an empty place"),
    ],
)
def test_words(tex: str, words: str) -> None:
    said = f"Commutative diagram: {words}"
    assert f'aria-label="{said}"' in html_of(tex)
    assert tex_to_text(tex, {}) == said


def test_words_of_a_two_cell() -> None:
    body = (
        r"""A \ar[r,bend left,"F",""{name=U}] \ar[r,bend right,"G"',""{name=D}]"""
        r' \ar[Rightarrow,from=U,to=D,"\alpha"] & B'
    )
    said = describe(parse(body), join)
    assert said.endswith(r"A to B by F; A to B by G; F to G by \alpha")


@pytest.mark.parametrize("tex", [r"\begin{CD}A@>", r"\begin{tikzcd}A\ar[r", r"\begin{tikzcd}["])
def test_words_of_what_is_broken_do_not_fail(tex: str) -> None:
    assert isinstance(tex_to_text(tex, {}), str)


# ----------------------------------------------------------------------------------- complaints


@pytest.mark.parametrize(
    ("tex", "code", "message", "source"),
    [
        (r"\begin{tikzcd}A\ar[r,dashd]&B\end{tikzcd}", "math-unsupported",
         "the option 'dashd' of an arrow is not supported", "dashd"),
        (r"\begin{tikzcd}A\ar[r,bend left=x]&B\end{tikzcd}", "math-unsupported",
         "'x' is not a value of 'bend left'", "bend left=x"),
        (r"\begin{tikzcd}[foo]A\end{tikzcd}", "math-unsupported",
         "the option 'foo' of tikzcd is not supported", "foo"),
        (r'\begin{tikzcd}A\ar[r,"f"{foo}]&B\end{tikzcd}', "math-unsupported",
         "the option 'foo' of a label is not supported", "foo"),
        (r"\begin{tikzcd}A\ar[rr]&B\end{tikzcd}", "math-syntax",
         "'\\ar' points outside of the diagram, to row 1, column 3", r"\ar[rr]"),
        (r"\begin{tikzcd}A\ar[from=a,to=1-1]\end{tikzcd}", "math-syntax",
         "'\\ar' goes to or from 'a', which no label is named", r"\ar[from=a,to=1-1]"),
        (r'\begin{tikzcd}A\ar[from=a,to=a,""{name=a}]\end{tikzcd}', "math-syntax",
         "'\\ar' goes to or from its own label", r'\ar[from=a,to=a,""{name=a}]'),
        (r"\begin{tikzcd}A\ar[dashed]&B\end{tikzcd}", "math-syntax", "'\\ar' goes nowhere", r"\ar"),
        (r'\begin{tikzcd}A\ar[r,"\foo"]&B\end{tikzcd}', "math-unknown-command",
         "there is no command '\\foo'", r"\foo"),
        (r"\begin{tikzcd}A\ar[r]&\bar\end{tikzcd}", "math-syntax", None, r"\bar"),
        (r'\begin{tikzcd}A\ar[r,"f]&B\end{tikzcd}', "math-syntax", "'\"' is never closed", '"'),
        (r"\begin{tikzcd}A\ar[r &B\end{tikzcd}", "math-syntax", "'[' is never closed", "["),
        (r"\begin{tikzcd}A", "math-syntax", "'\\begin{tikzcd}' is never closed", r"\begin"),
        (r"\begin{CD}A\end{tikzcd}", "math-syntax",
         "'\\begin{CD}' is closed by '\\end{tikzcd}'", r"\end"),
        (r"\begin{CD}A @! B\end{CD}", "math-syntax", "'@!' is no arrow of CD", "@"),
        (r"\begin{CD}A @>f> B\end{CD}", "math-syntax",
         "'@>' needs its sign two more times: @>>>", "@>"),
        (r"\begin{CD}A & B\end{CD}", "math-syntax", "'&' cannot be used in CD", "&"),
        (r"\begin{CD}A\\@VVV @VVV\\B\end{CD}", "math-syntax",
         "'@V' has no object to go to or from", "@V"),
        (r"\begin{CD}\end{CD}", "math-syntax", "'\\begin{CD}' has nothing in it", r"\begin"),
        (rf"\begin{{tikzcd}}{'A&' * 300}\end{{tikzcd}}", "math-too-large",
         "a diagram may have 200 cells and 200 arrows", r"\begin"),
    ],
)  # fmt: skip
def test_complaints(tex: str, code: str, message: str | None, source: str) -> None:
    found = problems(tex)
    assert (code, source) in [(each[0], each[2]) for each in found]
    if message is not None:
        assert message in [each[1] for each in found]


def test_an_unknown_option_gets_a_hint() -> None:
    compiled = compile_one(r"\begin{tikzcd}A\ar[r,two head]&B\end{tikzcd}")
    assert compiled.diagnostics[0].hints == ("did you mean 'two heads'?",)


def test_tikzpicture_stays_refused() -> None:
    found = problems(r"\begin{tikzpicture}x\end{tikzpicture}")
    assert found[0][:2] == ("math-unsupported", "the environment 'tikzpicture' cannot be rendered")
