"""MyST's directives in backticks and its roles, beside the spellings of ours that they equal."""

from __future__ import annotations

import re

import pytest

from notesite.markdown.note import NoteParser
from tests.conftest import html_of, parse


def plain(html: str) -> str:
    """Without what a fence of another length or place may say differently."""
    return re.sub(r"\s+", " ", html).strip().replace(":prose}", ":cref}")


@pytest.mark.parametrize(
    ("myst", "ours"),
    [
        (
            "```{prf:theorem} Riesz for $H$\n:label: thm-riesz\n\nLet *x* be.\n```",
            '::: theorem "Riesz for $H$" {#thm-riesz}\nLet *x* be.\n:::',
        ),
        ("```{theorem}\nx\n```", "::: theorem\nx\n:::"),
        ("~~~~{prf:proof}\nClear.\n~~~~", "::: proof\nClear.\n:::"),
        (
            "````{prf:theorem}\nA\n\n```{prf:proof}\nB\n```\n````",
            ":::: theorem\nA\n\n::: proof\nB\n:::\n::::",
        ),
        ("> ```{prf:lemma}\n> x\n> ```", "> ::: lemma\n> x\n> :::"),
        ("```{math}\n:label: eq-a\na = b\n```", "$$\na = b\\label{eq-a}\n$$"),
        ("```{math} a = b\n```", "$$\na = b\n$$"),
        ("```{note}\nText.\n```", "> [!note]\n> Text."),
        ("```{note} Text\n\nMore.\n```", "> [!note]\n> Text\n>\n> More."),
        (":::{warning}\nText.\n:::", "> [!warning]\n> Text."),
        (":::{note}\n::: theorem\nx\n:::\n:::", "> [!note]\n> ::: theorem\n> x\n> :::"),
        ("```{admonition} A $x$\n:class: tip\nText.\n```", "> [!tip] A $x$\n> Text."),
        ("```{dropdown} More\nText.\n```", "> [!note]- More\n> Text."),
        (
            "```{figure} curve.svg\n:name: fig-curve\n:alt: A curve\n:width: 80px\n\n"
            'A "caption" with $x$\n```',
            '![A curve](curve.svg "A \\"caption\\" with $x$"){#fig-curve width=80}',
        ),
        ("```{image} curve.svg\n:alt: A curve\n```", "![A curve](curve.svg)"),
        (
            "```{code-block} python\n:name: lst-a\n:caption: Some code\n\nx = 1\n```",
            '```python {#lst-a caption="Some code"}\n\nx = 1\n```',
        ),
        ("By {eq}`a`, {ref}`thm-b`.", "By \\eqref{a}, \\cref{thm-b}."),
        ("By {prf:ref}`the *text* <thm-b>`.", "By @thm-b[the *text*]."),
        ("In {cite}`a,b` and {cite:t}`c`.", "In [@a; @b] and @c."),
        ("Where {math}`x^2` is.", "Where $x^2$ is."),
    ],
)
def test_the_page_is_that_of_our_own_spelling(parser: NoteParser, myst: str, ours: str) -> None:
    assert plain(html_of(parse(parser, myst))) == plain(html_of(parse(parser, ours)))


@pytest.mark.parametrize(
    "text",
    [
        "```{python}\nx\n```",
        "```{theorem}\nnever closed",
        "    ```{note}\n    code\n    ```",
        "`` {ref}`x` ``",
        "A set {a}`b` and {unknown}`c`.",
        "```\n{note}\n```",
    ],
)
def test_other_code_stays_code(parser: NoteParser, text: str) -> None:
    html = html_of(parse(parser, text))
    assert "<code" in html
    assert "callout" not in html


def test_mistakes_stand_at_their_place(parser: NoteParser) -> None:
    note = parse(parser, "Text.\n\n```{math}\n:label: eq-a\nx\n\\nonsense\n```\n\n$\\wrong$")
    found = [(d.code, d.span.start.line, d.span.start.column) for d in note.diagnostics if d.span]
    assert found == [("math-unknown-command", 6, 1), ("math-unknown-command", 9, 2)]


def test_a_label_and_a_number_are_those_of_any_equation(parser: NoteParser) -> None:
    note = parse(parser, "```{math}\n:label: eq-a\nx\n```")
    assert [(each.name, each.number) for each in note.labels] == [("eq-a", "1")]
