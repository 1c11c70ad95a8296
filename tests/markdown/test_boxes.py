"""Boxes as Docusaurus, VitePress, Quarto and MkDocs spell them, and names in square brackets."""

from __future__ import annotations

import re

import pytest

from notesite.markdown.note import NoteParser
from tests.conftest import html_of, parse


def plain(html: str) -> str:
    """Without the spaces between what is shown."""
    return re.sub(r"\s+", " ", html).strip()


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        (":::note\nA *b*.\n:::", "> [!note]\n> A *b*."),
        (":::caution\nA.\n:::", "> [!caution]\n> A."),
        (":::tip My $x$ tip\nA.\n:::", "> [!tip] My $x$ tip\n> A."),
        ('::: Warning "Mind this"\nA.\n:::', "> [!warning] Mind this\n> A."),
        (
            ":::info[Mind [this](https://x.org)]\nA.\n:::",
            "> [!info] Mind [this](https://x.org)\n> A.",
        ),
        ("::: details\nA.\n:::", "> [!details]-\n> A."),
        (":::details More\nA.\n:::", "> [!details]- More\n> A."),
        ("::: {.callout-note}\nA.\n:::", "> [!note]\n> A."),
        (":::{.callout-tip}\n\n## A *title* ##\n\nA.\n:::", "> [!tip] A *title*\n>\n> A."),
        (
            '::: {.callout-warning title="T" collapse="true" icon=false}\nA.\n:::',
            "> [!warning]- T\n> A.",
        ),
        ('::: {.callout-tip collapse="false"}\nA.\n:::', "> [!tip]+\n> A."),
        (
            '!!! note "A *title*"\n\n    A.\n\n    - b\n\nC.',
            "> [!note] A *title*\n> A.\n>\n> - b\n\nC.",
        ),
        ("!!! danger\n    A.", "> [!danger]\n> A."),
        ('??? tip "T"\n    A.', "> [!tip]- T\n> A."),
        ('???+ tip inline end "T"\n    A.', "> [!tip]+ T\n> A."),
        ('!!! theorem "Riesz"\n    A.\n', "> [!theorem] Riesz\n> A."),
        ("- x\n\n    !!! note\n        A.\n\n    y", "- x\n\n    > [!note]\n    > A.\n\n    y"),
        ("> !!! note\n>     A.", "> > [!note]\n> > A."),
        (":::note\n::: theorem\nx\n:::\n:::", "> [!note]\n> ::: theorem\n> x\n> :::"),
        ("!!! note\n    ::: theorem\n    x\n    :::", "> [!note]\n> ::: theorem\n> x\n> :::"),
        ("::: theorem[Riesz]\nx\n:::", '::: theorem "Riesz"\nx\n:::'),
        ("::: theorem[On [a, b]] {#thm-x}\nx\n:::", '::: theorem "On [a, b]" {#thm-x}\nx\n:::'),
        ("::: definition\nx\n:::", "> [!definition]\n> x"),
        ("::: {#thm-a}\n\n## A $y$\n\nx\n:::", '::: theorem "A $y$" {#thm-a}\nx\n:::'),
        ("::: {.remark}\n## Idea\nx\n:::", '::: remark "Idea"\nx\n:::'),
        ('=== "C"\n\n    A.\n\n=== "D"\n    B.', "> [!note] C\n> A.\n\n> [!note] D\n> B."),
        ("[TOC]\n\nA.\n\n[[_TOC_]]", "A."),
        ("[toc]\n\n[toc]: https://x.org", "[toc](https://x.org)"),
        ("![C](a.svg){#fig-a width=50%}", "![C](a.svg){#fig-a width=320}"),
        ("![C](a.svg){width=2in .wide lightbox=true}", "![C](a.svg){width=192 .wide}"),
        ('![](a.svg){fig-cap="C" fig-align="left"}', '![](a.svg "C")'),
        ('![A *c*](a.svg){fig-alt="Alt"}', '![Alt](a.svg "A *c*")'),
        ("| a |\n|---|\n\n: C {#tbl-a .striped}", "| a |\n|---|\n\n: C {#tbl-a}"),
    ],
)
def test_the_page_is_that_of_a_callout(parser: NoteParser, theirs: str, ours: str) -> None:
    note = parse(parser, theirs)
    assert plain(html_of(note)) == plain(html_of(parse(parser, ours)))
    assert note.diagnostics == ()


@pytest.mark.parametrize(
    "prose",
    ["!!! wow\n", "!!! note that this is prose\nand goes on", "!!! note\nA.", "??? why\n    code"],
)
def test_marks_of_exclamation_are_prose(parser: NoteParser, prose: str) -> None:
    assert "callout" not in html_of(parse(parser, prose))


def test_a_label_is_an_anchor(parser: NoteParser) -> None:
    assert ' id="nte-a"' in html_of(parse(parser, "::: {#nte-a .callout-note}\nA.\n:::"))


def test_a_link_in_the_name_of_a_result_stays_one(parser: NoteParser) -> None:
    (result,) = parse(parser, "::: theorem [[note]]\nx\n:::").results
    assert result.name is not None
    assert result.name.text == "note"


@pytest.mark.parametrize(
    ("text", "code", "place", "hint"),
    [
        ("x\n\n:::note\nA.", "fence-unclosed", (3, 1), "':::'"),
        ("x\n\n:::{note}\nA.", "fence-unclosed", (3, 1), "':::'"),
        ("::: dangr\nA.\n:::", "fence-kind-unknown", (1, 5), "'danger'"),
        ("::: tip {colour=red}\nA.\n:::", "fence-attribute", (1, 10), "title="),
        (":::tip On $\\nix$\nA.\n:::", "math-unknown-command", (1, 12), ""),
        ('!!! tip "On $\\nix$"\n    A.', "math-unknown-command", (1, 14), ""),
        ("!!! tip\n    A $\\nix$.", "math-unknown-command", (2, 8), ""),
        ("::: {.callout-tip}\n## On $\\nix$\nA.\n:::", "math-unknown-command", (2, 8), ""),
        ("::: {#thm-a}\n## On $\\nix$\nA.\n:::", "math-unknown-command", (2, 8), ""),
        ("A {{< include x >}}", "shortcode-unread", (1, 3), ""),
    ],
)
def test_faults_have_their_place(
    parser: NoteParser, text: str, code: str, place: tuple[int, int], hint: str
) -> None:
    (problem,) = parse(parser, text).diagnostics
    assert problem.span is not None
    start = problem.span.start
    assert (problem.code, start.line, start.column) == (code, *place)
    assert hint in "".join(problem.hints)


def test_a_name_in_brackets_that_the_note_defines_is_a_link(parser: NoteParser) -> None:
    note = parse(parser, "By [@Who] and [@key].\n\n[@who]: https://example.org")
    assert '<a href="https://example.org">@Who</a>' in html_of(note)
    assert note.cited == ("key",)
