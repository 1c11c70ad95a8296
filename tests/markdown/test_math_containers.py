"""Formulas in every container, beside everything, and in long notes made at random.

A note is put together from pieces whose formulas are known, so that what is found can be compared
with what is there: one wrong pairing would swallow the rest.
"""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notesite.config import MarkdownConfig
from notesite.markdown.note import NoteParser
from notesite.markdown.parser import build_parser
from notesite.math import MathSettings
from tests.conftest import parse

MD = build_parser(MarkdownConfig())
PARSER = NoteParser(MarkdownConfig(), MathSettings())

LINES = {
    "paragraph": "{}",
    "heading": "## {}",
    "list item": "- {}",
    "nested list": "- a\n  - {}",
    "ordered list": "1. a\n2. {}",
    "task": "- [ ] {}",
    "quote": "> {}",
    "nested quote": "> > {}",
    "list in quote": "> - {}",
    "callout": "> [!note] Title\n> {}",
    "callout title": "> [!note] {}\n> a",
    "table head": "| {} | b |\n|---|---|\n| c | d |",
    "table cell": "| a | b |\n|---|---|\n| c | {} |",
    "footnote": "a[^1]\n\n[^1]: {}",
    "inline footnote": "a ^[{}]",
    "definition": "a\n: {}",
    "details": "<details>\n<summary>s</summary>\n\n{}\n\n</details>",
    "div": "<div>\n{}\n</div>",
    "emphasis": "*a {} b*",
    "strong": "**a {} b**",
    "struck": "~~a {} b~~",
    "marked": "==a {} b==",
    "link": "[a {} b](c.md)",
    "wikilink": "[[c|a {} b]]",
    "alt text": "a ![a {} b](c.png)",
}
"""Where a line of prose may stand."""

BLOCKS = {
    "paragraph": "{}",
    "list item": "- a\n\n  {}",
    "tight list item": "- a\n  {}",
    "ordered list": "1. a\n   {}",
    "nested list": "- a\n  - b\n    {}",
    "quote": "> {}",
    "nested quote": "> > {}",
    "list in quote": "> - a\n>   {}",
    "callout": "> [!note]\n> {}",
    "footnote": "a[^1]\n\n[^1]: b\n\n    {}",
    "definition": "a\n: b\n\n  {}",
    "details": "<details>\n<summary>s</summary>\n\n{}\n\n</details>",
}
"""Where a block may stand; each line of it gets what stands before the first."""


def found(text: str) -> list[str]:
    """The formulas of a text, displays with `$$` before them, blanks folded."""
    formulas = []

    def walk(tokens) -> None:
        for token in tokens:
            if token.type == "math":
                sign = "$$" if token.meta["display"] else ""
                formulas.append(sign + " ".join(token.content.split()))
            walk(token.children or ())

    walk(MD.parse(text, {}))
    return formulas


def inside(container: str, block: str) -> str:
    """The block in a container, each of its lines behind the marks that go on."""
    before, after = container.split("{}")
    last = before.rpartition("\n")[2]
    mark = re.sub(r"[-:]|\d\.", lambda match: " " * len(match[0]), last)
    return before + block.replace("\n", f"\n{mark}") + after


@pytest.mark.parametrize("name", LINES)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$x$", ["x"]),
        ("a $x$ b", ["x"]),
        ("$x$, $y$; ($z$)", ["x", "y", "z"]),
        ("$x$-adic and $n$th", ["x", "n"]),
        (r"$a_{1}^*$ and $b_{2}^*$", ["a_{1}^*", "b_{2}^*"]),
        (r"costs \$5, $x$", ["x"]),
        ("from $5 to $6", []),
        ("`$x$` and $y$", ["y"]),
        (r"\(x\) and $y$", ["x", "y"]),
        ("集合$A$と$B$", ["A", "B"]),
        (r"$\text{if $x$ then}$", [r"\text{if $x$ then}"]),
        (r"$\{x\}$ $5", [r"\{x\}"]),
        ("a $$x$$ b", ["$$x"]),
    ],
)
def test_lines(name: str, text: str, expected: list[str]) -> None:
    if name == "inline footnote":
        text = text.replace("[", "").replace("]", "")
    assert found(LINES[name].format(text)) == expected


@pytest.mark.parametrize("name", ["table head", "table cell"])
def test_a_pipe_in_a_cell_is_escaped_as_in_obsidian(name: str) -> None:
    assert found(LINES[name].format(r"$\|x\|$ and $a \mid b$")) == ["|x|", r"a \mid b"]


@pytest.mark.parametrize("name", BLOCKS)
@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("$$\nx\n$$", ["$$x"]),
        ("$$x$$", ["$$x"]),
        ("$$x\n= y$$", ["$$x = y"]),
        ("$$\nx\n\ny\n$$", ["$$x y"]),
        ("$$\nx\n$$\n$$\ny\n\nz\n$$", ["$$x", "$$y z"]),
        ("a\n$$\nx\n$$\nb $y$", ["$$x", "y"]),
        ("$$x$$ b $y$", ["$$x", "y"]),
        ("\\[\nx\n\\]", ["$$x"]),
        ("\\begin{align}\nx &= y\n\\end{align}", [r"$$\begin{align} x &= y \end{align}"]),
        ("```\n$$\nx\n$$\n```\n\n$y$", ["y"]),
        ("$$\n\\$5\n$$", [r"$$\$5"]),
        ("$$\nx\n$$ ^id\n\n$y$", ["$$x", "y"]),
    ],
)
def test_blocks(name: str, block: str, expected: list[str]) -> None:
    assert found(inside(BLOCKS[name], block)) == expected


@pytest.mark.parametrize("name", BLOCKS)
def test_places(name: str) -> None:
    text = inside(BLOCKS[name], "$$\na + \\nosuch\n$$")
    (problem,) = [p for p in parse(PARSER, text).diagnostics if p.code.startswith("math")]
    assert problem.span is not None
    line = text.split("\n")[problem.span.start.line - 1]
    assert line[problem.span.start.column - 1 :].startswith("\\nosuch")


@pytest.mark.parametrize("name", sorted(LINES.keys() - {"alt text"}))
def test_places_in_lines(name: str) -> None:
    text = LINES[name].format("$x$ and $\\nosuch$")
    problems = [p for p in parse(PARSER, text).diagnostics if p.code == "math-unknown-command"]
    assert problems
    assert problems[0].span is not None
    line = text.split("\n")[problems[0].span.start.line - 1]
    assert line[problems[0].span.start.column - 1 :].startswith("\\nosuch")


@pytest.mark.parametrize(
    "row",
    [
        r"| $\nosuch$ | $\nosuch$ |",
        r"| x \| y $\nosuch$ | $\|v\|$ and $\|\nosuch\|$ |",
        r"a | $\nosuch$",
        r"> | $|a| + \nosuch$ | `$x$` $\nosuch$ |",
        r"|  | $\nosuch$",
        "1. |\t$\\nosuch$ | b",
    ],
)
def test_places_in_cells(row: str) -> None:
    mark = next((mark for mark in ("> ", "1. ") if row.startswith(mark)), "")
    indent = mark.replace("1.", "  ")
    line = indent + row.removeprefix(mark)
    text = f"{mark}| a | b |\n{indent}|---|---|\n{line}"
    problems = [p for p in parse(PARSER, text).diagnostics if p.code == "math-unknown-command"]
    columns = [found.start() + 1 for found in re.finditer(r"\\nosuch", line)]
    assert [problem.span and problem.span.start for problem in problems] == [
        (3, column) for column in columns
    ]


def test_an_unclosed_display_swallows_nothing() -> None:
    note = parse(PARSER, "# T\n\n$$\nx\n\n## After\n\nProse with $y$.\n\n> [!note]\n> $z$\n")
    assert [problem.code for problem in note.diagnostics] == ["math-unclosed"]
    assert [heading.anchor for heading in note.headings] == ["after"]
    assert note.formulas == 2


PIECES = [
    ("WORD and prose", []),
    ("WORD costs $5 and then $10 more", []),
    ("WORD `$code$` and $x_{1}$", ["x_{1}"]),
    ("WORD $a$, $b$ and $c$.", ["a", "b", "c"]),
    ("$$\nd\n$$\nWORD", ["$$d"]),
    ("WORD\n$$\ne\n\nf\n$$", ["$$e f"]),
    ("$$g$$\n\n$$h$$\n\nWORD", ["$$g", "$$h"]),
    ("```\n$$ $ $$$\n```\n\nWORD", []),
    ("\\begin{gather}\ni\n\\end{gather}\n\nWORD", [r"$$\begin{gather} i \end{gather}"]),
    (r"WORD \$1 and \(j\)", ["j"]),
    ("WORD <a title='$k$'>l</a>", []),
]
CONTAINERS = st.sampled_from(sorted(BLOCKS))


def check_note(parts: list[tuple[str, tuple[str, list[str]]]]) -> None:
    """Builds a note of blocks in containers, and compares formulas and prose with what went in."""
    expected: list[str] = []
    blocks: list[str] = []
    for index, (name, (piece, formulas)) in enumerate(parts):
        # Footnotes are moved to the end; a note may define each but once.
        container = BLOCKS["quote" if name == "footnote" else name]
        blocks.append(inside(container, piece.replace("WORD", f"MARK{index}")))
        expected += formulas
    text = "\n\n---\n\n".join(blocks)
    assert found(text) == expected
    html = MD.parse(text, {})
    prose = " ".join(
        child.content
        for token in html
        for child in token.children or ()
        if child.type in {"text", "html_inline"}
    )
    assert re.findall(r"MARK\d+\b", prose) == [f"MARK{index}" for index in range(len(parts))]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(CONTAINERS, st.sampled_from(PIECES)), min_size=1, max_size=12))
def test_random_notes(parts: list[tuple[str, tuple[str, list[str]]]]) -> None:
    check_note(parts)


@pytest.mark.parametrize("seed", range(5))
def test_long_notes(seed: int) -> None:
    chosen = random.Random(seed)
    names = sorted(BLOCKS)
    check_note([(chosen.choice(names), chosen.choice(PIECES)) for _ in range(200)])
