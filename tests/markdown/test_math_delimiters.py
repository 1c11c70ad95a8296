"""Where a formula begins and ends, in every container and beside everything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesite.config import MarkdownConfig
from notesite.markdown.parser import build_parser
from notesite.model import Source
from tests.conftest import html_of, parse

MD = build_parser(MarkdownConfig())


def formulas(text: str) -> list[str]:
    """The formulas of a text: `inline: tex` or `display: tex`, blanks folded."""
    found = []

    def walk(tokens):
        for token in tokens:
            if token.type == "math":
                kind = "display" if token.meta["display"] else "inline"
                found.append(f"{kind}: {' '.join(token.content.split())}")
            walk(token.children or ())

    walk(MD.parse(text, {}))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Inline
        ("a $x$ b", ["inline: x"]),
        ("$x$$y$", ["inline: x", "inline: y"]),
        ("$x$-axis, $n$th, ($x$)", ["inline: x", "inline: n", "inline: x"]),
        ("$a\nb$", ["inline: a b"]),
        ("$a\n\nb$", []),
        (r"$\$5$", [r"inline: \$5"]),
        (r"$\text{if $x$ then}$", [r"inline: \text{if $x$ then}"]),
        (r"$\{x$", [r"inline: \{x"]),
        (r"$\colorbox{red}{$x$}$ $y$", [r"inline: \colorbox{red}{$x$}", "inline: y"]),
        ("$x_{a}$ and $y^{b}$", ["inline: x_{a}", "inline: y^{b}"]),
        ("$a*b*c$ and $d_e_f$", ["inline: a*b*c", "inline: d_e_f"]),
        ("$a==b==c$ $[[x]]$ $a%%b$", ["inline: a==b==c", "inline: [[x]]", "inline: a%%b"]),
        # GitHub's and GitLab's, whose signs nothing else reads
        ("so $`a_b*c`$ and $`d`$", ["inline: a_b*c", "inline: d"]),
        ("$``$ and `$e`$", ["inline: ``"]),
        # A formula goes on over lines that begin as other things do
        ("text $a\n+ b$ more", ["inline: a + b"]),
        ("text $a\n- b\n> c\n1. d\n# e$", ["inline: a - b > c 1. d # e"]),
        ("> text $a\n> - b$ more", ["inline: a - b"]),
        ("- item $a\n  + b$\n- $c$", ["inline: a + b", "inline: c"]),
        ("text $$a\n+ b$$ more", ["display: a + b"]),
        ("$x$ text\n- item $y$\n- $z$", ["inline: x", "inline: y", "inline: z"]),
        ("costs 5$\n- item 6$", []),
        ("costs $5\n- or $6", []),
        ("set $HOME\n- and $PATH", []),
        ("set `$a` and\n- `b$`", []),
        (r"a \$b" + "\n- c$", []),
        ("a $b\n- c\n\nd$", []),
        # Money and other dollars
        ("$5 and $10", []),
        ("costs $5, or $10.", []),
        ("$5-$10", []),
        ("$20,000 and USD$30,000", []),
        ("$20 for adults and 10$ for children", []),
        ("$ x$ and $x $", []),
        (r"\$5 and \$10", []),
        ("`$x$` and ``$y$``", []),
        ("costs $5, set `$HOME` first", []),
        ("    $x$ in code", []),
        ("```\n$x$\n```", []),
        ("[a](b$c$d)", []),
        ("<a href='$x$'>", []),
        ("Revenue ($M) and cost ($M)", []),
        ("from (US$) in 2020 to (A$) now, $x$", ["inline: x"]),
        ("$2 for apples and 3 for pears$ each", []),
        ("$f(x) and g(x)$", ["inline: f(x) and g(x)"]),
        ("$[0,1) and (1,2]$", ["inline: [0,1) and (1,2]"]),
        ("$2 mod n$, $1 if x > 0$", ["inline: 2 mod n", "inline: 1 if x > 0"]),
        ("PATH=$HOME/bin:$PATH, '${x}' and ${y}", []),
        ("<code>$x$</code> <kbd class='a'>$y$</kbd> <b>$z$</b>", ["inline: z"]),
        # Display within a line
        ("a $$x$$ b", ["display: x"]),
        ("$$x$$", ["display: x"]),
        ("$$x$$ then $$y$$", ["display: x", "display: y"]),
        ("text: $$\na\n$$ more", ["display: a"]),
        ("text: $$\n\na\n\n$$ more $z$", ["display: a", "inline: z"]),
        # Display blocks
        ("$$\nx\n$$", ["display: x"]),
        ("$$\nx\n\ny\n$$", ["display: x y"]),
        ("text\n$$\nx\n$$\nmore", ["display: x"]),
        ("text\n$$x$$\nmore $y$", ["display: x", "inline: y"]),
        ("$$\nx\n$$\n$$\ny\n\nz\n$$", ["display: x", "display: y z"]),
        ("$$\nx\n$$ and $y$", ["display: x", "inline: y"]),
        ("$$x\n+y$$", ["display: x +y"]),
        ("$$\n- a\n+ b\n# c\n> d\n$$", ["display: - a + b # c > d"]),
        ("$$\na \\\\$$ b", [r"display: a \\"]),
        ("$$\na % b $$", ["display: a % b"]),
        # Punctuation behind a display joins it
        ("$$\nx\n$$.\n\nNext", ["display: x."]),
        ("so $$x$$, and", ["display: x,"]),
        # Containers
        ("> $$\n> x\n> $$", ["display: x"]),
        ("> text\n> $$\n> x\n>\n> y\n> $$\n> more", ["display: x y"]),
        ("> [!note] $t$\n> $$\n> x\n> $$", ["inline: t", "display: x"]),
        ("- a\n  $$\n  x\n  $$\n- b", ["display: x"]),
        ("- a $$x$$\n    - b $y$", ["display: x", "inline: y"]),
        ("1. a\n\n   $$\n   x\n   $$\n2. b", ["display: x"]),
        ("> - a\n>   $$\n>   x\n>   $$", ["display: x"]),
        ("| $a$ | $$b$$ |\n|---|---|\n| $c$ | d |", ["inline: a", "display: b", "inline: c"]),
        ("x[^1]\n\n[^1]: $a$\n\n    $$\n    b\n    $$", ["inline: a", "display: b"]),
        ("Term\n: $x$", ["inline: x"]),
        ("# On $x$", ["inline: x"]),
        ("*a $x$ b*", ["inline: x"]),
        ("[a $x$](b)", ["inline: x"]),
        ("<details>\n<summary>$s$</summary>\n$x$\n</details>", ["inline: s", "inline: x"]),
        # Backslash delimiters and environments
        (r"a \(x\) b \[y\] c", ["inline: x", "display: y"]),
        ("\\[\nx\n\ny\n\\]", ["display: x y"]),
        (r"\begin{align}a&=b\end{align}", [r"display: \begin{align}a&=b\end{align}"]),
        (
            "text\n\\begin{align*}\na\n\nb\n\\end{align*}\nmore",
            [r"display: \begin{align*} a b \end{align*}"],
        ),
        (r"\begin{verbatim}x\end{verbatim}", []),
        (r"see \eqref{eq:a} and $\eqref{eq:a}$.", []),
        (r"see $\eqref{eq:a} + 1$", [r"inline: \eqref{eq:a} + 1"]),
        # What is not closed swallows nothing
        ("$$\nx\n\n# Heading $y$", ["inline: y"]),
        ("> $$\n> x\n\nafter $y$", ["inline: y"]),
        ("- $$\n  x\n\nafter $y$", ["inline: y"]),
    ],
)
def test_formulas_are_found(text: str, expected: list[str]) -> None:
    assert formulas(text) == expected


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("$$\nx", 1, 1),
        ("a\n\n> $$\n> x\n\nb", 3, 3),
        ("- a\n  $$\n  x\n", 2, 3),
        ("text $$ x", 1, 6),
    ],
)
def test_unclosed_display_is_reported_where_it_opens(text: str, line: int, column: int) -> None:
    env: dict[str, object] = {"notesite_lines": text.split("\n"), "notesite_problems": []}
    MD.parse(text, env)
    problems = env["notesite_problems"]
    assert isinstance(problems, list)
    places = {(p.code, p.span.start.line, p.span.start.column) for p in problems}
    assert places == {("math-unclosed", line, column)}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        (r"a $\x$", 1, 4),
        (r"a" "\n" r"b $\x$", 2, 4),
        (r"> - a" "\n" r">   b $\x$", 2, 8),
        (r"| a | $\x$ |" "\n|---|---|\n", 1, 8),
        ("| a | b |\n|---|---|\n" r"| $y$ | $\x$ |", 3, 10),
        ("> [!note] Title\n> text\n>\n" r"> $$a + \x$$", 4, 9),
        ("$$\na\n" r"  \x" "\n$$", 3, 3),
        ("- item\n\n    $$\n" r"    a \x" "\n    $$", 4, 7),
        ("## On " r"$\x$", 1, 8),
        ("---\ntitle: " r"On $\x$" "\n---\n", 2, 12),
        ("t[^1]\n\n[^1]: note " r"$\x$", 3, 13),
    ],
)
def test_faulty_formula_is_placed(parser, text: str, line: int, column: int) -> None:
    problems = [p for p in parse(parser, text).diagnostics if p.code.startswith("math-")]
    places = [(p.span.start.line, p.span.start.column) for p in problems if p.span]
    assert places == [(line, column)]


@given(st.text(alphabet="$\\[](){}`\n >-*_|ab1 ^#!%=&", max_size=60))
def test_any_text_parses(text: str) -> None:
    formulas(text)


@pytest.mark.parametrize(
    "text", ["$$a$$ ^x\nb", "$$\na\n$$ ^x\nb", "> $$\n> a\n> $$ ^x\n> b", "b\n$$a$$ ^x\nc"]
)
def test_a_block_id_behind_a_display_names_it_whatever_follows(text: str) -> None:
    tokens = MD.parse(text, {})
    [formula] = [token for token in tokens if token.type == "math"]
    assert formula.meta["block_id"] == "x"
    assert "^x" not in "".join(token.content for token in tokens)


def test_a_display_in_an_inline_footnote_stays_in_its_line(parser) -> None:
    source = Source("a.md", "a.md", "Text^[with $$x$$ in it].", "")
    html = "".join(piece for piece in parser.parse(source).body if isinstance(piece, str))
    assert '<span class="equation-inline">' in html
    assert '<div class="equation">' not in html


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("```math\na\nb \\foo\n```", 3, 3), ("> - a\n>   ```math\n>   \\foo\n>   ```", 3, 5)],
)
def test_a_fence_of_math_is_a_display(parser, text: str, line: int, column: int) -> None:
    note = parser.parse(Source("a.md", "a.md", text, ""))
    [problem] = note.diagnostics
    assert (problem.span.start.line, problem.span.start.column) == (line, column)
    assert formulas("```math\nx^2\n```") == ["display: x^2"]


def test_an_item_within_a_formula_is_told_of(parser) -> None:
    text = "---\ntitle: A\n---\n> - a $x\n> - y$ b\n"
    (problem,) = parser.parse(Source("a.md", "a.md", text, "")).diagnostics
    start = problem.span.start
    assert (problem.code, start.line, start.column) == ("math-habit", 5, 3)


TIKZ = "```tikz\n\\usepackage{tikz-cd}\n\\begin{document}\n%s\n\\end{document}\n```"
SQUARE = r"\begin{tikzcd} A \arrow[r, \"f\"] & B \end{tikzcd}"


def test_a_fence_of_tikz_with_diagrams_alone_is_a_display() -> None:
    assert formulas(TIKZ % SQUARE) == [f"display: {SQUARE}"]
    both = f"\\[{SQUARE}\\] \\quad % and\n{SQUARE}"
    assert formulas(TIKZ % both) == [f"display: {SQUARE} \\quad % and {SQUARE}"]


@pytest.mark.parametrize(
    "body", [r"\begin{tikzpicture}\end{tikzpicture}", "", r"\begin{tikzcd} A", f"{SQUARE} text"]
)
def test_a_fence_of_tikz_with_anything_else_stays_code(parser, body: str) -> None:
    assert formulas(TIKZ % body) == []
    note = parser.parse(Source("a.md", "a.md", TIKZ % body, ""))
    assert [problem.code for problem in note.diagnostics] == ["plugin-block"]


def test_a_mistake_in_a_fence_of_tikz_has_its_place(parser) -> None:
    text = "> a\n\n> " + (TIKZ % "\\newcommand{\\x}{A}\n\\begin{tikzcd} \\x & \\foo").replace(
        "\n", "\n> "
    ).replace("\\end{document}", "\\end{tikzcd}\n> \\end{document}")
    [problem] = parser.parse(Source("a.md", "a.md", text, "")).diagnostics
    assert (problem.span.start.line, problem.span.start.column) == (7, 23)


@pytest.mark.parametrize(
    ("text", "anchors"),
    [
        ("$$ x $$ {#eq-one}", ["eq-one"]),
        ("$$\nx\n$$ {#eq:one}\nThe text goes on.", ["eq-one"]),
        ("- a\n\n  $$ x $${#eq-one}", ["eq-one"]),
        ("$$ x $$ {eq-one}", []),
        ("$$ x $$ {#eq-one} and more", []),
    ],
)
def test_a_display_may_be_labelled_as_in_quarto(parser, text: str, anchors: list[str]) -> None:
    note = parse(parser, text)
    assert [label.anchor for label in note.labels if label.kind == "equation"] == anchors
    assert ("{#" in html_of(note)) is ("{#" in text and not anchors)


def test_a_comment_may_name_a_display(parser) -> None:
    text = "$$\nx\n% id: eq-one\n$$\n\n$y % id: eq-two$\n\nSee [[#^eq-one]].\n"
    note = parser.parse(Source("a.md", "a.md", text, ""))
    assert [(label.name, label.anchor) for label in note.labels if label.kind == "equation"] == [
        ("^eq-one", "eq-one")
    ]


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        (r"\begin{equation*}\end{equation*}:", r"\begin{equation*}\end{equation*}"),
        (r"\begin{align*}x\end{align*} ..", r"\begin{align*}x\end{align*}"),
        (r"$$\begin{align*}x\end{align*}$$ :.", r"\begin{align*}x\end{align*}"),
        ("$$x$$ ;;", "x"),
    ],
)
def test_marks_behind_a_display_on_one_line_are_read_whatever_they_are(text: str, tex: str):
    found = formulas(text)
    assert len(found) == 1
    assert found[0].startswith(f"display: {tex}")
