"""Theorems and their like: three spellings with one output, numbers, labels, proofs, mistakes."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notesite.config import MarkdownConfig, ResultKindConfig, ResultsConfig
from notesite.languages import Strings
from notesite.markdown.note import NoteParser
from notesite.math import MathSettings
from notesite.model import Note
from tests.conftest import html_of, parse


def parser_with(results: ResultsConfig, language: str = "en") -> NoteParser:
    return NoteParser(MarkdownConfig(), MathSettings(), Strings(language), results)


def shown(note: Note) -> str:
    """The body without what linking says under each result."""
    return re.sub(r"\{uses:[^}]*\}", "", html_of(note)).strip()


def titles(note: Note) -> list[str]:
    """The titles of the results as a reader sees them."""
    found = re.findall(r'class="result-title">(.*?)</(?:p|summary)>', html_of(note), re.DOTALL)
    return [re.sub(r"<[^>]*>", "", each).replace("\u00a0", " ") for each in found]


def codes(note: Note) -> list[str]:
    return [problem.code for problem in note.diagnostics]


FENCED = "::: theorem {name} {{#thm-x}}\nLet it.\n:::"
SAME = [
    '::: theorem "Riesz" {#thm-x}\nLet it.\n:::',
    "::: theorem Riesz {#thm-x}\nLet it.\n:::",
    ":::thm “Riesz” {#thm-x}\n\nLet it.\n\n:::",
    '::: {#thm-x .theorem name="Riesz"}\nLet it.\n:::',
    '::: {#thm-x name="Riesz"} :::\nLet it.\n:::',
    ":::{prf:theorem} Riesz\n:label: thm-x\n\nLet it.\n:::",
    ":::{theorem} Riesz\n:label: thm-x\nLet it.\n:::",
    "::::: theorem Riesz {#thm-x}\nLet it.\n:::::",
    "> [!theorem] Riesz\n> Let it.\n> %% label: thm-x %%",
    "> [!thm] Riesz\n> %% label: thm-x %%\n> Let it.",
    "> [!THM] Riesz\n> %%\n> label: thm-x\n> %%\n> Let it.",
    "### Theorem (Riesz). {#thm-x}\n\nLet it.",
    "### Theorem (Riesz) {#thm-x}\n\nLet it.",
]


@pytest.mark.parametrize("text", SAME)
def test_every_spelling_has_one_output(parser: NoteParser, text: str) -> None:
    note = parse(parser, text)
    assert codes(note) == []
    assert re.sub(r"\n+", "\n", shown(note)) == (
        '<div class="result result-theorem result-style-plain" id="thm-x" data-kind="theorem" '
        'data-label="thm-x" data-number="1" role="group" aria-label="Theorem 1">\n'
        '<p class="result-title"><a class="result-link" href="#thm-x">'
        '<span class="result-kind">Theorem</span>\u00a0<span class="result-number">1</span></a>'
        ' <span class="result-name">(Riesz)</span>.</p>\n'
        '<div class="result-body">\n<p>Let it.</p>\n</div>\n</div>'
    )
    (result,) = note.results
    assert (result.kind, result.number, result.label, result.anchor) == (
        "theorem", "1", "thm-x", "thm-x",
    )  # fmt: skip
    assert result.name is not None
    assert (result.name.text, result.text) == ("Riesz", "Let it.")
    assert [(label.name, label.kind, label.number) for label in note.labels] == [
        ("thm-x", "theorem", "1")
    ]


@pytest.mark.parametrize(
    "text", ["> [!lemma] N\n> Text.\n^lem-x", "> [!lemma] N\n> Text.\n\n^lem-x"]
)
def test_a_block_id_right_behind_a_callout_names_the_callout(parser: NoteParser, text: str) -> None:
    note = parse(parser, text)
    assert [(each.label, each.anchor) for each in note.results] == [("lem-x", "lem-x")]
    assert "^lem-x" not in shown(note).replace("#^lem-x", "")


@pytest.mark.parametrize(
    "text",
    [
        "> [!lemma] N\n> Text.\n ^lem-x",
        "> [!lemma] N\n> Text. ^lem-x",
        "> [!lemma] N\n> Text.\n> ^lem-x",
        "> [!lemma] N\n> Text.\n>\n> ^lem-x",
        "> [!lemma] Only a title\n ^lem-x",
        "::: lemma\nText. ^lem-x\n:::",
    ],
)
def test_a_block_id_at_the_end_of_a_result_names_the_result(parser: NoteParser, text: str) -> None:
    note = parse(parser, text)
    assert [each.label for each in note.results] == ["lem-x"]
    assert [(label.name, label.anchor) for label in note.labels] == [("lem-x", "lem-x")]
    assert "^lem-x" not in re.sub(r' id="[^"]*"', "", shown(note))


def test_a_result_may_have_a_label_and_a_block_id(parser: NoteParser) -> None:
    note = parse(parser, "> [!lemma] N\n> %% label: lem-x %%\n> Text.\n\n^cbddf2")
    assert [(label.name, label.anchor) for label in note.labels] == [
        ("lem-x", "lem-x"), ("cbddf2", "lem-x"),
    ]  # fmt: skip


def test_a_block_id_within_a_quote_names_its_paragraph(parser: NoteParser) -> None:
    assert '<p id="^p">a</p>' in shown(parse(parser, "> a\n> ^p"))
    assert '<blockquote id="^q">' in shown(parse(parser, "> a\n^q"))


def test_a_block_id_is_a_label(parser: NoteParser) -> None:
    note = parse(parser, "> [!theorem] Riesz\n> Let it.\n\n^thm-x")
    assert note.results[0].label == "thm-x"
    assert 'id="thm-x"' in html_of(note)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("::: theorem\na\n:::\n::: lemma\nb\n:::", ["Theorem 1.", "Lemma 2."]),
        ("::: theorem*\na\n:::\n::: theorem\nb\n:::", ["Theorem.", "Theorem 1."]),
        ("::: theorem {.unnumbered}\na\n:::", ["Theorem."]),
        ("::: theorem {number=A.1}\na\n:::", ["Theorem A.1."]),
        (":::{prf:lemma}\n:nonumber:\na\n:::", ["Lemma."]),
        ("> [!lemma|*] Zorn\n> a", ["Lemma (Zorn)."]),
        ("> [!def|A.1]\n> a", ["Definition A.1."]),
        ("> [!thm]\n> > [!proof]\n> > a", ["Theorem 1.", "Proof."]),
        ("## Lemma 7.\n\na\n\n## Lemma *.\n\nb", ["Lemma 7.", "Lemma."]),
        ("::: theorem On $x$\na\n:::", ["Theorem 1 (On x)."]),
        (
            "".join(f"> [!{kind}]\n> a\n\n" for kind in ("exm", "exr", "cnj", "clm", "axm", "asm")),
            [
                "Example 1.", "Exercise 2.", "Conjecture 3.", "Claim 4.", "Axiom 5.",
                "Assumption 6.",
            ],
        ),
        (
            "".join(f"::: {kind}\na\n:::\n" for kind in ("hyp", "notation", "algorithm", "rmk")),
            ["Hypothesis 1.", "Notation 2.", "Algorithm 3.", "Remark 4."],
        ),
        (
            "::: exm*\nc\n:::\n::: proof\na\n:::\n::: solution\nb\n:::",
            ["Example.", "Proof.", "Solution."],
        ),
        ("> [!proof] of the *lemma*\n> a", ["Proof of the lemma."]),
        (r"> [!lemma|\*] Zorn" "\n> a", ["Lemma (Zorn)."]),
        ("> [!thm] (Markov)\n> a", ["Theorem 1 (Markov)."]),
        ("> [!thm] Insight.\n> a", ["Theorem 1 (Insight)."]),
        ("> [!thm] By Aas et al.\n> a", ["Theorem 1 (By Aas et al.)."]),
        ("> [!thm] Lemma.\n> a", ["Lemma 1."]),
        ("> [!lemma] Proposition 3\n> a", ["Proposition 3."]),
        ("> [!theorem] Proposition (Aitken)\n> a", ["Proposition 1 (Aitken)."]),
        ("> [!theorem] Lemma of Zorn\n> a", ["Theorem 1 (Lemma of Zorn)."]),
        ("> [!theorem] Proof: a sketch\n> a", ["Theorem 1 (Proof: a sketch)."]),
        ("> [!definition] Def: poset\n> a", ["Definition 1 (poset)."]),
        ("> [!thm] Thm. 3.1 (Riesz)\n> a", ["Theorem 3.1 (Riesz)."]),
        ("> [!proposition] Prop. Poset\n> a", ["Proposition 1 (Poset)."]),
        ("> [!theorem] Them all\n> a", ["Theorem 1 (Them all)."]),
    ],
)  # fmt: skip
def test_kinds_and_numbers(parser: NoteParser, text: str, expected: list[str]) -> None:
    note = parse(parser, text)
    assert codes(note) == []
    assert titles(note) == expected


@pytest.mark.parametrize(
    "text",
    [
        "::: satz Riesz {#thm-r}\na\n:::\n::: Beweis\nb\n:::",
        "> [!satz] Riesz\n> a\n> %% label: thm-r %%\n\n> [!beweis]\n> b",
        "### Satz (Riesz). {#thm-r}\n\na\n\n### Beweis.\n\nb",
    ],
)
def test_kinds_may_be_named_in_the_language_of_the_note(text: str) -> None:
    note = parse(parser_with(ResultsConfig(), "de"), text)
    assert codes(note) == []
    assert titles(note) == ["Satz 1 (Riesz).", "Beweis."]
    assert note.results[1].of is not None


def test_counters_of_their_own_and_numbers_by_section() -> None:
    text = "## A\n\n::: theorem\na\n:::\n::: lemma\na\n:::\n\n## B\n\n::: theorem\na\n:::"
    assert titles(parse(parser_with(ResultsConfig(counters="own")), text)) == [
        "Theorem 1.", "Lemma 1.", "Theorem 2.",
    ]  # fmt: skip
    assert titles(parse(parser_with(ResultsConfig(number_by="section")), text)) == [
        "Theorem 1.1.", "Lemma 1.2.", "Theorem 2.1.",
    ]  # fmt: skip


def test_kinds_of_the_sites_own() -> None:
    kinds = (
        ResultKindConfig("observation", aliases=("obs",), style="remark", counter="observation"),
        ResultKindConfig("theorem", title="Satz", plural="Sätze"),
        ResultKindConfig("fact", numbered=False),
    )
    parser = parser_with(ResultsConfig(kinds=kinds))
    text = "::: obs {#obs-1}\na\n:::\n> [!fact]\n> b\n\n> [!thm]\n> c\n\n## Observation.\n\nd"
    note = parse(parser, text)
    assert titles(note) == ["Observation 1.", "Fact.", "Satz 1.", "Observation 2."]
    assert "result-style-remark" in html_of(note)


def test_the_names_are_those_of_the_language() -> None:
    parser = parser_with(ResultsConfig(), "de")
    note = parse(parser, "::: theorem\na\n:::\n\n## Beweis.\n\nb\n\n::: proof {of=x}\nc\n:::")
    assert titles(note) == ["Satz 1.", "Beweis.", "Beweis von {cite-or-label:prose}."]


@pytest.mark.parametrize(
    ("text", "has_result"),
    [
        ("## Theorem.", True),
        ("## Theorem (Riesz).", True),
        ("## Theorem 2 (Riesz).", True),
        ("## Theorem {#thm-x}", True),
        ("## Definition (Space).", True),
        ("## Proof.", True),
        ("## Proof of the theorem.", True),
        ("## Proofs", False),
        ("## Proof", False),
        ("## Examples", False),
        ("## Example: the sphere", False),
        ("## Example", False),
        ("## Theorem", False),
        ("## Theorems of Riesz.", False),
        ("## Definition and notation.", False),
        ("## The theorem.", False),
        ("## theorem.", False),
        ("> ## Theorem.", False),
        ("- ## Theorem.", False),
    ],
)
def test_which_headings_are_results(parser: NoteParser, text: str, *, has_result: bool) -> None:
    note = parse(parser, f"{text}\n\nText.")
    assert bool(note.results) is has_result
    assert (not note.headings) is has_result


def test_headings_stay_headings_where_the_configuration_says_so() -> None:
    note = parse(parser_with(ResultsConfig(headings=False)), "## Theorem.\n\nText.")
    assert (note.results, len(note.headings)) == ((), 1)


def test_where_a_result_by_heading_ends(parser: NoteParser) -> None:
    text = (
        "## A\n\n### Theorem.\n\nstatement\n\n#### Proof\n\nproof $\\square$\n\nafter\n\n"
        "### Lemma.\n\nlemma\n\n#### Part\n\nmore\n\n## B\n\nend"
    )
    shape = re.sub(r"<(?!/?(?:div|h\d))[^>]*>|\n|\{[^}]*\}", "", shown(parse(parser, text)))
    shape = re.sub(r'<div class="(result-\w+|result )[^>]*>', r"<\1>", shape)
    assert shape.count("<result >") == 3
    assert re.search(r"proof ∎</div></div>after<result >", shape)
    assert re.search(r"<h4[^>]*>Part #</h4>more</div></div><h2", shape)


@pytest.mark.parametrize(
    "other",
    [
        "::: proof\nB\n:::",
        "> [!proof]\n> B",
        "*Proof.* B $\\square$",
        "::: lemma\nB\n:::",
        "::: restate thm-x",
    ],
)
def test_a_result_by_heading_ends_where_one_by_another_spelling_begins(
    parser: NoteParser, other: str
) -> None:
    html = re.sub(
        r"</?span[^>]*>", "", shown(parse(parser, f"### Theorem.\n\nA\n\n{other}\n\nafter"))
    )
    assert "<p>A</p>\n</div>\n</div>" in html
    assert html.endswith("<p>after</p>")


def test_examples_are_boxes_unless_something_says_otherwise(parser: NoteParser) -> None:
    assert parse(parser, "> [!example] a\n> b").results == ()
    assert len(parse(parser, "> [!example|*] a\n> b").results) == 1
    assert len(parse(parser, "> [!exm] a\n> b").results) == 1
    labelled = parse(parser, "> [!example] a\n> b\n> %% label: exm-a %%\n\n@exm-a")
    assert titles(labelled) == ["Example 1 (a)."]
    assert [label.name for label in labelled.labels] == ["exm-a"]
    nested = parse(parser, "> [!example] a\n> > [!lem] b\n> > c\n> > %% label: lem-b %%")
    assert titles(nested) == ["Lemma 1 (b)."]
    numbering = parser_with(ResultsConfig(example_callouts=True))
    assert titles(parse(numbering, "> [!example] a\n> b")) == ["Example 1 (a)."]


@pytest.mark.parametrize(
    ("text", "tag", "is_open"),
    [
        ("> [!proof]-\n> a", "details", False),
        ("> [!proof]+\n> a", "details", True),
        ("::: proof {.fold}\na\n:::", "details", False),
        ("::: proof {fold=open}\na\n:::", "details", True),
        (":::{prf:proof}\n:class: dropdown\na\n:::", "details", False),
        ("::: proof\na\n:::", "div", False),
        ("::: solution\na\n:::", "details", False),
        ("> [!solution]+\n> a", "details", True),
    ],
)
def test_folding(parser: NoteParser, text: str, tag: str, *, is_open: bool) -> None:
    opening = re.search(r'<(\w+) class="result [^>]*>', html_of(parse(parser, text)))
    assert opening
    assert (opening[1], " open" in opening[0]) == (tag, is_open)


# Proofs

END = '<span class="proof-end" role="img" aria-label="End of proof">∎</span>'


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Done.", f"<p>Done. {END}</p>"),
        ("So\n$$ a = b $$", f"</math></div>{END}</div>"),
        ("So\n$$ a = b \\qedhere $$", f"</math></div>{END}</div>"),
        ("So\n$$ a = b \\tag{1} $$", f'<p class="proof-end-line">{END}</p>'),
        ("- a\n- b", f"<li>b {END}</li>\n</ul>"),
        ("- a\n\n- b", f"<p>b {END}</p>\n</li>\n</ul>"),
        ("```\ncode\n```", f'<p class="proof-end-line">{END}</p>'),
        ("Done. $\\square$", f"<p>Done. {END}</p>"),
        ("Done. ∎", f"<p>Done. {END}</p>"),
        ("Done. \\qed", f"<p>Done. {END}</p>"),
        ("Done. $\\blacksquare$.", f"<p>Done. {END}</p>"),
        ("Done.\n\n$\\square$", f"<p>Done. {END}</p>"),
        ("Done.\n\n∎", f"<p>Done. {END}</p>"),
        ("Done.\n\n$$\n\\blacksquare\n$$", f"<p>Done. {END}</p>"),
        ("So\n$$ a = b $$\n\n□.", f"</math></div>{END}</div>"),
        ("- a\n- b\n\n∎", f"<li>b {END}</li>\n</ul>"),
        ("```\ncode\n```\n\n∎", f'<p class="proof-end-line">{END}</p>'),
        ("∎", f"<p> {END}</p>"),
        ("So $$ a = b \\quad \\square $$", "□</mi></math></div></div>"),
    ],
)
def test_the_sign_at_the_end_of_a_proof(parser: NoteParser, text: str, end: str) -> None:
    html = shown(parse(parser, f"::: proof\n{text}\n:::"))
    assert html.count("∎") + html.count("□</mi>") == 1
    assert html.removesuffix("\n</div>\n</div>").rstrip().endswith(end)


@pytest.mark.parametrize(
    ("text", "proof"),
    [
        ("*Proof.* Done. $\\square$", "Proof. Done. ∎"),
        ("**Proof.** Done. □", "Proof. Done. ∎"),
        ("_Proof_. Done. $\\blacksquare$", "Proof. Done. ∎"),
        ("*Proof:* One.\n\nTwo. ∎\n\nThree.", "Proof. One. Two. ∎"),
        ("*Proof of the lemma.* Done. $\\square$", "Proof of the lemma. Done. ∎"),
        ("*Proof.* So\n$$\nx\\quad \\square\n$$\nAfter.", "Proof. So M"),
        ("*Proof.* Both:\n\n- a\n- b ∎\n\nAfter.", "Proof. Both: a b ∎"),
        ("> [!note]\n> *Proof.* Done. ∎", "Proof. Done. ∎"),
        (
            "*Proof.* *Existence.* One.\n\n*Uniqueness.* Two. ∎",
            "Proof. Existence. One. Uniqueness. Two. ∎",
        ),
        ("*Proof.* So $$\\begin{aligned} a \\square \\end{aligned}$$\n\nb", "Proof. So M"),
        ("*Proof.* Done.", ""),
        ("*Proof.* Done.\n\n## A\n\nText. ∎", ""),
        ("*Proof.* a\n\n> [!thm]\n> b\n\nText. ∎", ""),
        ("The *proof.* Done. ∎", ""),
        ("*Proof by induction.* Done. ∎", ""),
    ],
)
def test_proofs_as_paragraphs(parser: NoteParser, text: str, proof: str) -> None:
    html = html_of(parse(parser, text))
    found = re.search(r'<div class="result result-proof.*?>(.*?)\n</div>\n</div>', html, re.DOTALL)
    words = re.sub(r"<math.*?</math>", "M", found[1], flags=re.DOTALL) if found else ""
    assert " ".join(re.sub(r"<[^>]*>", "", words).split()) == proof


@pytest.mark.parametrize(
    ("text", "proof"),
    [
        ("`\\begin{proof}`\nLet it.\n`\\end{proof}`", "<p>Let it. ∎</p>"),
        (
            "`\\begin{proof}`\n\nLet it.\n\nBe.\n\n`\\end{proof}`",
            "<p>Let it.</p>\n<p>Be. ∎</p>",
        ),
        ("`\\begin{proof}`\nLet:\n- a\n- b\n\n`\\end{proof}`", "<li>b ∎</li>"),
    ],
)
def test_proofs_between_commands_in_backticks(parser: NoteParser, text: str, proof: str) -> None:
    note = parse(parser, f"> [!lemma] N\n> Text.\n\n{text}\n\nMore.")
    assert [each.kind for each in note.results] == ["lemma", "proof"]
    assert re.sub(r"<span class=.proof-end.[^>]*>∎</span>", "∎", html_of(note)).count(proof) == 1
    assert "{proof}" not in html_of(note)
    assert html_of(note).rstrip().endswith("<p>More.</p>")
    assert note.diagnostics == ()


def test_a_proof_between_commands_may_say_of_what(parser: NoteParser) -> None:
    text = "`\\begin{proof}[Proof of the *lemma*]`\nLet it.\n`\\end{proof}`"
    note = parse(parser, f"> [!lemma] N\n> Text.\n\n{text}")
    assert '<span class="result-kind">Proof</span><span class="result-of"> of ' in html_of(note)


def test_a_command_that_no_other_ends_is_said(parser: NoteParser) -> None:
    note = parse(parser, "> [!lemma] N\n> Text.\n\n`\\begin{proof}`\nLet it.")
    [problem] = note.diagnostics
    assert (problem.code, problem.span and problem.span.start.line) == ("fence-unclosed", 4)


def test_paragraphs_stay_paragraphs_where_the_configuration_says_so() -> None:
    parser = parser_with(ResultsConfig(paragraphs=False, proof_end="□"))
    assert parse(parser, "*Proof.* Done. ∎").results == ()
    assert ">□</span>" in html_of(parse(parser, "::: proof\na\n:::"))
    assert "proof-end" not in html_of(
        parse(parser_with(ResultsConfig(proof_end="")), "::: proof\na\n:::")
    )


def test_what_a_proof_proves(parser: NoteParser) -> None:
    text = (
        "::: theorem {#thm-a}\na\n:::\n::: lemma\nb\n:::\n\nText.\n\n::: proof\nc\n:::\n"
        "::: proof {of=thm-a}\nd\n:::\n> [!proof] of [[other#thm-b]]\n> e\n\n"
        ":::: claim\nf\n::: proof\ng\n:::\n::::"
    )
    proofs = [result for result in parse(parser, text).results if result.is_proof]
    assert [(p.of.name, p.of.target) for p in proofs if p.of] == [
        ("lemma-2", ""), ("thm-a", None), ("thm-b", "other"), ("claim-3", ""),
    ]  # fmt: skip
    assert parse(parser, "::: proof\na\n:::").results[0].of is None


def test_what_a_result_uses(parser: NoteParser) -> None:
    text = (
        "::: definition {#def-a}\n$$ x \\label{eq:in} $$\n:::\n"
        "::: theorem\nBy [[note#thm-b]], [c](d.md#thm-c), @thm-d and $y \\eqref{eq:in}$.\n:::\n"
        "::: proof\nBy [@thm-e; @def-a], \\eqref{eq:in}, [[note]], $\\eqref{far}$.\n:::\n\n@thm-f"
    )
    definition, theorem, proof = parse(parser, text).results
    assert definition.equations == ("eq:in",)
    assert [(use.name, use.target) for use in theorem.uses] == [
        ("thm-b", "note"), ("thm-c", "d.md"), ("thm-d", None), ("eq-in", ""),
    ]  # fmt: skip
    assert [use.name for use in proof.uses] == ["thm-e", "def-a", "eq:in", "far"]


# Fences


@pytest.mark.parametrize(
    ("text", "depths"),
    [
        (":::: theorem\n::: proof\na\n:::\n::::", [0, 1]),
        ("::: theorem\n::: proof\na\n:::\n:::", [0, 1]),
        ("::: theorem\n:::: proof\na\n::::\n:::", [0, 1]),
        ("::: theorem\na\n:::\n::: lemma\nb\n:::", [0, 0]),
        ("::: theorem\n```\n:::\n```\n:::", [0]),
        ("- ::: theorem\n  a\n  :::\n- b", [0]),
        ("> ::: theorem\n> a\n> :::\n\nb", [0]),
        ("Text\n::: theorem\na\n:::\nText", [0]),
        ("> [!theorem]\n> ::: proof\n> a\n> :::", [0, 1]),
        ("::: theorem\n> [!proof]\n> a\n:::", [0, 1]),
        ("::: theorem\n## Part\n\na\n:::", [0]),
    ],
)
def test_nesting(parser: NoteParser, text: str, depths: list[int]) -> None:
    note = parse(parser, text)
    assert codes(note) == []
    found, depth = [], 0
    for tag in re.findall(
        r'<(?:div|details) class="result [^>]*>|<div|<details|</div|</details', html_of(note)
    ):
        if tag.startswith("</"):
            depth -= 1
            continue
        if 'class="result ' in tag:
            found.append(depth // 2)
        depth += 1
    assert found == depths
    assert depth == 0


@pytest.mark.parametrize(
    ("text", "code", "place", "hint"),
    [
        ("a\n\n::: theorem\nb", "fence-unclosed", (3, 1), "put ':::'"),
        (":::: theorem\n::: proof\na\n::::", "fence-unclosed", (2, 1), ""),
        ("> ::: theorem\n> b", "fence-unclosed", (1, 3), ""),
        ("::: theorm\nb\n:::", "fence-kind-unknown", (1, 5), "did you mean 'theorem'?"),
        ("::: {.theorm}\nb\n:::", "fence-kind-unknown", (1, 5), "did you mean 'theorem'?"),
        ("::: blah\nb\n:::", "fence-kind-unknown", (1, 5), "kinds: definition, theorem"),
        ("a\n\n:::\n\nb", "fence-stray", (3, 1), ""),
        ("a\n:::\n\nb", "fence-stray", (2, 1), ""),
        ("- a\n- b\n:::", "fence-stray", (3, 1), ""),
        ("::: restate thm-a\nb\n:::", "fence-stray", (3, 1), "takes no text"),
        ("> [!restate] thm-a\n> b", "restate-text", (1, 3), "behind the callout"),
        ("> [!restate] thm-a\n>\n> b", "restate-text", (1, 3), "behind the callout"),
        ("> [!lemma] A\n> b\n> %% lable: lem-a %%", "result-comment", (3, 6), "mean 'label'"),
        ("::: lemma\nb\n%%\ndispaly: A\n%%\n:::", "result-comment", (4, 1), "mean 'display'"),
        ("::: lemma\nb\n:::\n::: lemma {number=1}\nb\n:::", "result-number-twice", (4, 1), "'|*'"),
        ("> [!lemma|1] A\n> b\n\n> [!lemma] B\n> b", "result-number-twice", (4, 3), ""),
        ("::: theorem {#a blah}\nb\n:::", "fence-attribute", (1, 17), "#label"),
        ("::: theorem {#a}\nb\n:::\n::: lemma {#a}\nc\n:::", "label-duplicate", (4, 12), ""),
        ("> [!restate]\n> x", "label-unknown", (1, 3), ""),
        ("a\n\n::: proof\nb\n:::\n\n::: lemma\nc\n:::", "proof-stray", (3, 1), "of=thm-x"),
        ("> [!solution]\n> b", "proof-alone", (1, 3), "behind its result"),
        ("::: exercise\na\n::: solution\n:::\n:::", "result-empty", (3, 1), ""),
        ("::: theorem {#thm-a}\n\n%% later %%\n:::", "result-empty", (1, 14), ""),
        ("a\n\n> [!lemma]", "result-empty", (3, 3), ""),
        ("a\n\n> [!lemma] Riesz", "result-name-only", (3, 3), "lines below"),
        ("::: lemma Riesz\n:::", "result-name-only", (1, 1), "lines below"),
        ("> [!proof] of the lemma\n\n::: lemma\na\n:::", "result-empty", (1, 3), ""),
        ("a\n\n> [!theorm] Riesz\n> b", "callout-kind-misspelt", (3, 5), "mean 'theorem'"),
        ("> [!Proff]\n> b", "callout-kind-misspelt", (1, 5), "mean 'proof'"),
        ("a\n\n> [! theorem] Riesz\n> b", "callout-kind-misspelt", (3, 3), "'[!theorem]'"),
        ("> [!note} T\n> b", "callout-kind-misspelt", (1, 3), "'[!note]'"),
        ("> [!Proof Riesz\n> b", "callout-kind-misspelt", (1, 3), "'[!Proof]'"),
        ("a\n\n### Theorm (Riesz).\n\nb", "heading-kind-misspelt", (3, 1), "mean 'Theorem'"),
        ("## Lema {#lem-a}\n\nb", "heading-kind-misspelt", (1, 1), "mean 'Lemma'"),
        ('::: lemma "Riesz {#lem-a}\na\n:::', "fence-attribute", (1, 11), "mark behind it"),
        ("```{theorem} Riesz\nnever closed", "fence-unclosed", (1, 1), "put '```'"),
        ("- a\n\n  ```{note}\n  b", "fence-unclosed", (3, 3), ""),
        ("> ```{prf:theorme} A\n> b\n> ```", "fence-kind-unknown", (1, 11), "mean 'theorem'"),
        ("~~~{prf:zzzzz}\n~~~", "fence-kind-unknown", (1, 9), "kinds: "),
        ("a\n\n## Theorem (A) {#thm-a\n\nb", "fence-attribute", (3, 16), "put '}'"),
    ],
)
def test_mistakes(
    parser: NoteParser, text: str, code: str, place: tuple[int, int], hint: str
) -> None:
    problems = parse(parser, text).diagnostics
    # Such a directive is code besides, in a language that nobody knows.
    (problem,) = (each for each in problems if each.code != "code-language-unknown")
    assert problem.code == code
    assert problem.span is not None
    assert (problem.span.start.line, problem.span.start.column) == place
    assert hint in "".join(problem.hints)


@pytest.mark.parametrize("heading", ["Lemmas.", "Proofs.", "Theory.", "Lema", "Roof (old)."])
def test_other_headings_are_nobodys_slips(parser: NoteParser, heading: str) -> None:
    assert parse(parser, f"## {heading}\n\nb").diagnostics == ()


@pytest.mark.parametrize("kind", ["note", "tip", "classes", "theory", "roof", "proofs"])
def test_callouts_of_other_types_are_nobodys_slips(parser: NoteParser, kind: str) -> None:
    assert parse(parser, f"> [!{kind}] A\n> b").diagnostics == ()


@pytest.mark.parametrize(
    "text",
    [
        "*Proof.* As it is. $\\square$",
        "::: proof {of=thm-x}\na\n:::",
        "> [!proof] of [[other#thm-x]]\n> a",
        "::: restate thm-x\n:::\n\n::: proof\na\n:::",
        "::: theorem\na\n\n> [!proof]\n> ![A](a.png)\n:::",
        "::: exercise\n![A](a.png)\n:::\n::: solution\n$$x$$\n:::",
    ],
)
def test_what_is_no_stray_proof(parser: NoteParser, text: str) -> None:
    assert codes(parse(parser, text)) == []


def test_an_unclosed_fence_ends_before_the_next_heading(parser: NoteParser) -> None:
    html = shown(parse(parser, "::: theorem\na\n\n## B\n\nb"))
    assert re.search(r"<p>a</p>\n</div>\n</div>\n<h2", html)


def test_divisions_with_classes_are_pandocs(parser: NoteParser) -> None:
    note = parse(parser, "::: {.wide #x}\na\n:::")
    assert codes(note) == []
    assert shown(note) == '<div class="wide" id="x">\n<p>a</p>\n</div>'


def test_many_fences_without_an_end_are_read_quickly(parser: NoteParser) -> None:
    note = parse(parser, "::: theorem\n\n" * 3000)
    assert set(codes(note)) == {"fence-unclosed"}


def test_colons_that_are_text(parser: NoteParser) -> None:
    for text in ("::: 3", "a ::: b", "::", "    ::: theorem\n    a"):
        assert parse(parser, text).results == ()


# Ids


def test_ids_without_labels_are_readable_and_give_way_to_headings(parser: NoteParser) -> None:
    text = "## Theorem 1\n\n::: theorem\na\n:::\n::: theorem* Main $x$\nb\n:::\n::: remark*\nc\n:::"
    note = parse(parser, text)
    assert [result.anchor for result in note.results] == ["theorem-1-2", "theorem-main-x", "remark"]
    assert note.headings[0].anchor == "theorem-1"


def test_a_heading_gives_way_to_a_label(parser: NoteParser) -> None:
    note = parse(parser, "## Thm x\n\n::: theorem {#thm-x}\na\n:::")
    assert note.results[0].anchor == "thm-x"
    assert note.headings[0].anchor == "thm-x-1"


def test_the_tokens_are_regular(parser: NoteParser) -> None:
    env = parser._parsing(_source("> [!thm|2] N\n> a\n> %% label: thm-l %%")).env("> [!thm|2] N")
    tokens = parser._md.parse("> [!thm|2] N\n> a", env)
    assert [token.type for token in tokens] == [
        "result_open", "result_title_open", "inline", "result_title_close", "result_body_open",
        "paragraph_open", "inline", "paragraph_close", "result_body_close", "result_close",
    ]  # fmt: skip
    assert [token.level for token in tokens] == [0, 1, 1, 1, 1, 1, 2, 1, 1, 0]


def _source(text: str):
    from notesite.model import Source

    return Source("a.md", "notes/a.md", text, "")


PIECES = st.sampled_from([
    "::: theorem", ":::", "::::", ":::: proof {.fold}", "> [!thm] A", "> [!proof]-", "> b",
    "## Theorem.", "### Proof.", "*Proof.* c", "$\\square$", "- d ∎", "", "", "text @thm-a",
    "[@a; @b, p. 3]", "^id", "%% label: x %%", "| a |", "|---|", ": e {#tbl-x}", "```", "$$", "x",
    "::: restate thm-a", "  ",
])  # fmt: skip
BLOCKS = r"<(/?)(div|details|summary|p|ul|li|table|blockquote|aside)\b"


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(lines=st.lists(PIECES, max_size=14))
def test_any_mixture_is_well_formed(parser: NoteParser, lines: list[str]) -> None:
    html = re.sub(r"\{[^{}]*\}", "", html_of(parse(parser, "\n".join(lines))))
    stack: list[str] = []
    for closing, name in re.findall(BLOCKS, html):
        if not closing:
            stack.append(name)
        else:
            assert stack.pop() == name
    assert stack == []


OWN_KINDS = ResultsConfig(
    number_by="section",
    kinds=(
        ResultKindConfig(id="observation", aliases=("obs",), style="remark", counter="observation"),
    ),
)
FENCES = r"""
## One

::: definition "A *norm* $\|\cdot\|$" {#def-norm}
Let it be.
:::

::: theorem Riesz {#thm-r}
As @def-norm.
:::

::: proof {.fold}
So
$$
a = b .
$$
:::

::: lemma* Zorn
A maximal element.
:::

::: proof
1. first
2. last, $a$
:::

## Two

::: observation {#obs-x}
Seen.
:::

::: corollary {number=A.1}
It follows.
:::

::: proof
| a | b |
|---|---|
| 1 | 2 |
:::

::: exercise {#exr-e}
Show it.
:::

::: solution
As in @thm-r.
:::
"""
CALLOUTS = r"""
## One

> [!def] A *norm* $\|\cdot\|$
> Let it be.
> %% label: def-norm %%

> [!theorem] Riesz
> %% label: thm-r %%
> As @def-norm.

> [!proof]-
> So
> $$
> a = b .
> $$

> [!lem|*] Zorn
> A maximal element.

> [!pf]
> 1. first
> 2. last, $a$

## Two

> [!obs]
> Seen.

^obs-x

> [!cor|A.1]
> It follows.

> [!proof]
> | a | b |
> |---|---|
> | 1 | 2 |

> [!exercise]
> Show it.
> %% label: exr-e %%

> [!sol]
> As in @thm-r.
"""
HEADINGS = r"""
## One

### Definition (A *norm* $\|\cdot\|$). {#def-norm}

Let it be.

### Theorem (Riesz). {#thm-r}

As @def-norm.

### Proof. {.fold}

So
$$
a = b .
$$

### Lemma * (Zorn).

A maximal element.

### Proof.

1. first
2. last, $a$

## Two

### Observation. {#obs-x}

Seen.

### Corollary A.1.

It follows.

### Proof

| a | b |
|---|---|
| 1 | 2 |

### Exercise. {#exr-e}

Show it.

### Solution

As in @thm-r.
"""


@pytest.mark.parametrize("spelling", [CALLOUTS, HEADINGS], ids=["callouts", "headings"])
def test_a_note_in_three_spellings_is_one_page(spelling: str) -> None:
    parser = parser_with(OWN_KINDS)
    fenced, other = parse(parser, FENCES), parse(parser, spelling)
    assert codes(fenced) == codes(other) == []
    assert re.sub(r"\n+", "\n", html_of(other)) == re.sub(r"\n+", "\n", html_of(fenced))
    assert titles(fenced) == [
        "Definition 1.1 (A norm ‖⋅‖).", "Theorem 1.2 (Riesz).", "Proof.", "Lemma (Zorn).", "Proof.",
        "Observation 2.1.", "Corollary A.1.", "Proof.", "Exercise 2.1.", "Solution.",
    ]  # fmt: skip
    assert [(label.name, label.number) for label in fenced.labels] == [
        (label.name, label.number) for label in other.labels
    ]
    assert html_of(fenced).count('class="proof-end"') == 3


def test_where_a_result_ends_is_heard(parser: NoteParser) -> None:
    """It is a group with its name; a proof ends with its sign, what folds is a group by itself."""
    html = html_of(
        parse(parser, "> [!theorem] Riesz\n> A.\n\n> [!proof]\n> B.\n\n> [!lemma]-\n> C.")
    )
    assert html.count('role="group"') == 1
    assert ' role="group" aria-label="Theorem 1">' in html
