r"""LaTeX and dollars that Markdown shows as they stand are told of, at their place."""

from __future__ import annotations

import pytest

from notesite.markdown.note import NoteParser
from tests.conftest import html_of, parse


def told(parser: NoteParser, text: str) -> list[tuple[str, int, int]]:
    return [
        (each.code, each.span.start.line, each.span.start.column)
        for each in parse(parser, text).diagnostics
        if each.span
    ]


def hints(parser: NoteParser, text: str) -> list[str]:
    return [hint for each in parse(parser, text).diagnostics for hint in each.hints]


def test_a_misspelt_end_of_an_environment_is_named(parser: NoteParser) -> None:
    text = "\\begin{align}\nx\n\\end{aling}\n\n\\begin{equation}\ny\n\\end{equation}\n"
    assert hints(parser, text)[0] == r"end it with '\end{align}', where line 3 has '\end{aling}'"


@pytest.mark.parametrize(
    ("text", "column", "hint"),
    [
        (r"\section{One}", 1, "write '## …'"),
        (r"\subsection*{One}", 1, "write '### …'"),
        (r"a \emph{word} of it", 3, "write '*…*'"),
        (r"a \textbf{word}", 3, "write '**…**'"),
        (r"done\footnote{Really.}", 5, "write '^[…]'"),
        (r"\href{https://a.example}{b}", 1, "write '[…](address)'"),
        (r"\includegraphics[width=3cm]{a.pdf}", 1, "write '![what it shows](file)'"),
        (r"\newcommand{\foo}{x}", 1, "below 'macros:'"),
        (r"\noindent text", 1, "leave it out"),
        (r"Let \alpha be", 5, "'$…$'"),
        (r"so \frac{1}{2} of it", 4, "'$…$'"),
        (r"( \alpha ) is", 3, "have lost their backslashes"),
        (r"[ \int_0^1 x\,dx ]", 3, "have lost their backslashes"),
        (r"> - a \emph{word}", 7, "write '*…*'"),
    ],
)
def test_commands_in_the_text(parser: NoteParser, text: str, column: int, hint: str) -> None:
    assert told(parser, text) == [("latex-command", 1, column)]
    assert hint in hints(parser, text)[0]


@pytest.mark.parametrize(
    "text",
    [
        r"`\emph{a}` and `\alpha`",
        "    \\section{code}",
        "```\n\\emph{a}\n```",
        r"$\alpha$ and \(\beta\) and $$\text{a \emph{b}}$$",
        r"C:\alpha\beta and files\in\alpha",
        r"\emph alone, \item and \unknown{x}",
        r"see \eqref{a} and \cite{b}" + "\n\n$$a\\label{a}$$",
        "%% \\emph{hidden} %%",
    ],
)
def test_what_is_no_leftover(parser: NoteParser, text: str) -> None:
    assert [code for code, *_ in told(parser, text) if code.startswith("latex")] == []


@pytest.mark.parametrize(
    ("environment", "hint"),
    [
        ("itemize", "write '- …'"),
        ("theorem", "write '::: theorem' … ':::'"),
        ("figure", "write '![what it shows]"),
        ("pmatrix", "between dollars"),
        ("minipage", "marks of its own"),
    ],
)
def test_environments_in_the_text(parser: NoteParser, environment: str, hint: str) -> None:
    text = f"a\n\\begin{{{environment}}}\nb\n\\end{{{environment}}}"
    assert told(parser, text) == [("latex-environment", 2, 1)]
    assert hint in hints(parser, text)[0]


def test_an_environment_that_another_ends_is_told_of_once(parser: NoteParser) -> None:
    text = "\\begin{align*}\nx\n\\end{align}\n"
    assert told(parser, text) == [("math-unclosed", 1, 1)]
    assert hints(parser, text) == [r"end it with '\end{align*}', where line 3 has '\end{align}'"]


@pytest.mark.parametrize(
    ("text", "column", "hint"),
    [
        (r"The $\lVert x \rVert of $x$ is", 5, "end it with '$'"),
        ("Let $x be a number and $y$ another.", 5, "end it with '$'"),
        (r"a $\{x\} b", 3, "end it with '$'"),
        ("a $f = g b", 3, "end it with '$'"),
        ("Let $ x $ be", 5, "write '$x$'"),
        ("Let $x = 1 $ be", 5, "write '$x = 1$'"),
        (r"Let $ \alpha + 1$ be", 5, r"write '$\alpha + 1$'"),
        ("| a |\n|---|\n| $ x^2 $ |", 3, "write '$x^2$'"),
    ],
)
def test_dollars_that_open_no_formula(
    parser: NoteParser, text: str, column: int, hint: str
) -> None:
    line = 1 + text.count("\n")
    assert told(parser, text) == [("math-dollar", line, column)]
    assert hint in hints(parser, text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "$5 and $10", "between 5$ and 6$ more", "$ 5 and $ 6", "set $HOME and $PATH", "US$ and A$",
        r"\$x and \$\alpha", "`$x` and $", "$", "a $ b", "it costs $ 20 $ a month", "$variable$d",
        "$5k or $x$", "A$AP", "$1,000",
    ],
)  # fmt: skip
def test_dollars_of_other_kinds(parser: NoteParser, text: str) -> None:
    assert [code for code, *_ in told(parser, text) if code == "math-dollar"] == []


def test_a_dollar_within_a_formula_is_told_of_once(parser: NoteParser) -> None:
    text = "A $$ x^2 + y $ formula.\n\nThen $a$ and $b$.\n\n$$ c $$\n"
    problems = parse(parser, "a\n$$\nx $ y $ z\n$$").diagnostics
    assert [each.code for each in problems] == ["math-syntax"]
    assert "is not closed" in problems[0].hints[0]
    assert told(parser, text)[0][0] in {"math-syntax", "math-unclosed"}


def test_a_tie_before_a_reference_is_a_space(parser: NoteParser) -> None:
    html = html_of(parse(parser, "By Eq.~\\eqref{a}, ~~struck~~ and a~b.\n\n$$x\\label{a}$$"))
    assert "Eq.\N{NO-BREAK SPACE}" in html
    assert "<s>struck</s>" in html
    assert "a~b" in html


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("a ``word'' of it", [3]),
        ("``one'' and ``two''.", [1]),
        ("``code`` and ``f''(x)`` and `x''`", []),
        ("``` a'' b```", []),
    ],
)
def test_quotation_marks_of_latex(parser: NoteParser, text: str, columns: list[int]) -> None:
    assert told(parser, text) == [("latex-command", 1, column) for column in columns]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("see [a note] (other.md) here", ["write [a note](other.md)"]),
        ("see [a site] (https://a.example/) here", ["write [a site](https://a.example/)"]),
        ("an [aside] (as one says) here", []),
        ("see [1] (p. 3), [x](y.md) (z.md)", []),
    ],
)
def test_a_blank_before_an_address(parser: NoteParser, text: str, hint: list[str]) -> None:
    assert hints(parser, text) == hint
