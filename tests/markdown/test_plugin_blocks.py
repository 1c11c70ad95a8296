"""What only a plugin of Obsidian runs: never on a page as if it were text, told of once."""

from __future__ import annotations

import pytest

from notesite.markdown.note import NoteParser
from tests.conftest import html_of, parse


def test_queries_and_buttons_are_left_out_and_told_of_once(parser: NoteParser) -> None:
    text = (
        "a\n\n```dataview\nTABLE x\n```\n\n```button\nname Go\n```\n^button-go\n\n"
        "> ```tasks\n> not done\n> ```\n\n`= this.file.name` and `$= dv.pages().length`\n\n"
        "|x|\n|---|\n|`INPUT[text:y]`|\n\n```base\nviews:\n```\n"
    )
    note = parse(parser, text)
    html = html_of(note)
    for leak in ("TABLE", "name Go", "button", "not done", "this.", "dv.", "INPUT", "views"):
        assert leak not in html
    (problem,) = note.diagnostics
    assert (problem.code, problem.severity.value) == ("plugin-block", "warning")
    assert problem.span is not None
    assert problem.span.start.line == 3
    assert problem.message == (
        "dataview, button, tasks, base, inline code: left out, since only Obsidian can run it "
        "(lines 7, 12, 16, 20, 22 too)"
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# `= this.file.name`\n\na", "<p>a</p>\n"),
        ("`$=dv.span(1)` · `$= dv.x`\n\na", "<p>a</p>\n"),
        ("b: `= this.x`", "<p>b: </p>\n"),
    ],
)
def test_nothing_is_left_where_nothing_else_was(parser: NoteParser, text: str, html: str) -> None:
    assert html_of(parse(parser, text)) == html


@pytest.mark.parametrize(
    "code", ["= 5", "$=", "$= ", "$=$", "$", "x = this.y", "=", "INPUT", "a[INPUT[b]]"]
)
def test_other_code_stays(parser: NoteParser, code: str) -> None:
    note = parse(parser, f"`{code}`")
    assert "<code" in html_of(note)
    assert note.diagnostics == ()


def test_a_diagram_nobody_draws_is_folded(parser: NoteParser) -> None:
    note = parse(parser, "```tikz\n\\begin{tikzpicture}\\draw (0,0)--(1,1);\\end{tikzpicture}\n```")
    assert html_of(note).startswith('<details class="diagram-source"><summary>')
    (problem,) = note.diagnostics
    assert problem.message == "tikz: shown as its source, since only a plugin can draw it"


def test_a_commutative_diagram_in_a_tikz_fence_is_drawn(parser: NoteParser) -> None:
    text = (
        "```tikz\n\\usepackage{tikz-cd}\n% a comment\n\\begin{document}\n"
        '\\begin{tikzcd}\n A \\arrow[r, "f"] & B\n\\end{tikzcd}\n\\end{document}\n```'
    )
    note = parse(parser, text)
    assert "<svg" in html_of(note)
    assert note.diagnostics == ()
    (problem,) = parse(parser, text.replace('"f"', '"\\nix"')).diagnostics
    assert problem.span is not None
    assert (problem.code, problem.span.start.line) == ("math-unknown-command", 6)


def test_columns_stand_below_each_other(parser: NoteParser) -> None:
    text = (
        "--- start-multi-column: ID_x\n```column-settings\nnumber of columns: 2\n```\nleft\n"
        "--- column-break ---\nright\n\n--- end-column ---\n\nmore\n\n--- end-multi-column\n\nafter"
    )
    html = html_of(parse(parser, text))
    assert html == "<p>left</p>\n<p>right</p>\n<p>more</p>\n<p>after</p>\n"


@pytest.mark.parametrize("text", ["--- not a mark", "a\n--- column", "- -- x", "=== y"])
def test_other_lines_of_hyphens_stay(parser: NoteParser, text: str) -> None:
    assert text.rsplit(maxsplit=1)[-1] in html_of(parse(parser, text))
