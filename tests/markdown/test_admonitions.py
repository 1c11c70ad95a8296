"""The Admonition plugin's fences, and what the heads of theorem callouts say."""

from __future__ import annotations

import pytest

from notesite.markdown.note import NoteParser
from tests.conftest import html_of, parse


def test_a_fence_is_a_box(parser: NoteParser) -> None:
    text = "```ad-warning\ntitle: Mind **this**\nicon: bolt\n\n- a [[b]]\n- $x$\n```"
    html = html_of(parse(parser, text))
    assert '<aside class="callout callout-warning" data-callout="warning">' in html
    assert "Mind <strong>this</strong></p>" in html
    assert "<li>a " in html
    assert "<math" in html
    assert "icon" not in html.replace("callout-icon", "")


@pytest.mark.parametrize(
    ("collapse", "begins"),
    [
        ("open", '<details class="callout callout-note" data-callout="note" open="">'),
        ("closed", '<details class="callout callout-note" data-callout="note">'),
        ("", '<details class="callout callout-note" data-callout="note">'),
        ("none", '<aside class="callout callout-note" data-callout="note">'),
    ],
)
def test_collapse(parser: NoteParser, collapse: str, begins: str) -> None:
    assert html_of(parse(parser, f"~~~ad-note\ncollapse: {collapse}\na\n~~~")).startswith(begins)


def test_a_kind_of_result_is_one(parser: NoteParser) -> None:
    text = (
        "```ad-theorem\ntitle: Riesz\n\nEvery $f$ is inner.\n```\n\n^thm-r\n\n"
        "```ad-proof\nTrivial.\n```\n\n```ad-lemma\ntitle: Lemma 2.1\na\n```"
    )
    note = parse(parser, text)
    assert [(r.kind, r.number, r.name.text if r.name else "") for r in note.results] == [
        ("theorem", "1", "Riesz"),
        ("proof", "", ""),
        ("lemma", "2.1", ""),
    ]
    assert "Trivial." in html_of(note)
    assert note.diagnostics == ()


def test_one_holds_another_with_more_marks(parser: NoteParser) -> None:
    text = "````ad-note\ntitle: Outer\n```ad-tip\ninner\n```\nend\n````"
    html = html_of(parse(parser, text))
    assert html.index("Outer") < html.index("callout-tip") < html.index("inner") < html.index("end")


def test_in_a_quote_and_in_a_list(parser: NoteParser) -> None:
    for text in ("> ```ad-note\n> a *b*\n> ```", "- x\n\n  ```ad-note\n  a *b*\n  ```"):
        assert "a <em>b</em>" in html_of(parse(parser, text))


def test_one_that_is_never_closed_is_code(parser: NoteParser) -> None:
    assert "a *b*" in html_of(parse(parser, "```ad-note\na *b*"))


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("x\n\n```ad-note\ntitle: on $\\nix$\n\na\n```", 4, 12),
        ("x\n\n```ad-thm\ntitle: on $\\nix$\n\na\n```", 4, 12),
        ("x\n\n```ad-thm\ntitle: y\n\non $\\nix$\n```", 6, 5),
        ("> ```ad-thm\n> on $\\nix$\n> ```", 2, 7),
    ],
)
def test_faults_have_their_place(parser: NoteParser, text: str, line: int, column: int) -> None:
    (problem,) = parse(parser, text).diagnostics
    assert problem.span is not None
    assert (problem.code, problem.span.start.line, problem.span.start.column) == (
        "math-unknown-command", line, column,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("head", "number", "name"),
    [
        ("[!thm] Riesz", "1", "Riesz"),
        ("[!thm] Theorem", "1", ""),
        ("[!thm] Theorem 3.1", "3.1", ""),
        ("[!thm] Theorem 3.1 (Riesz)", "3.1", "Riesz"),
        ("[!theorem] Theorem §34.1: Fundamental Theorem I", "34.1", "Fundamental Theorem I"),
        ("[!thm] theorem: Riesz", "1", "Riesz"),
        ("[!thm] Theorem of Pythagoras", "1", "Theorem of Pythagoras"),
        ("[!thm] Theorems on the plane", "1", "Theorems on the plane"),
        ("[!thm] 2.1.3 Product Rule", "2.1.3", "Product Rule"),
        ("[!thm] 2.2.4 (Sum Rule)", "2.2.4", "Sum Rule"),
        ("[!thm] 3 bodies", "1", "3 bodies"),
        ("[!def] Definition (group).", "1", "group"),
        ("[!thm] (a) and (b)", "1", "(a) and (b)"),
        ("[!thm|A.1] Riesz", "A.1", "Riesz"),
        ("[!thm|*] Riesz", "", "Riesz"),
        ("[!thm|-] Riesz", "", "Riesz"),
        ("[!thm|auto] Riesz", "1", "Riesz"),
        ("[!thm|b t] 2.1.3 Product Rule", "2.1.3", "Product Rule"),
        ("[!thm|wide] Riesz", "1", "Riesz"),
        ("[!thm|II] Riesz", "II", "Riesz"),
    ],
)
def test_heads_of_callouts(parser: NoteParser, head: str, number: str, name: str) -> None:
    (result,) = parse(parser, f"> {head}\n> a").results
    assert (result.number, result.name.text if result.name else "") == (number, name)


def test_a_proof_may_say_of_what(parser: NoteParser) -> None:
    text = "> [!thm] A\n> a\n\n> [!proof] Proof of Theorem 1\n> b\n\n> [!proof] Proof\n> c"
    html = html_of(parse(parser, text))
    assert "Theorem 1</span>" in html
    assert "(Proof)" not in html


def test_heads_in_the_language_of_the_note(parser: NoteParser) -> None:
    (result,) = parse(parser, "---\nlang: de\n---\n> [!thm] Satz 3.1: Riesz\n> a").results
    assert (result.number, result.name.text if result.name else "") == ("3.1", "Riesz")
