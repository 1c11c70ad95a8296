"""Results across notes: what references to them say, showing them again, what uses what."""

from __future__ import annotations

import re

import pytest

from tests.conftest import SiteMaker, codes

RIESZ = """\
::: theorem "Riesz $R$" {#thm-riesz}
Let $H$ be a space, by @def-space.

$$ \\varphi = y \\label{eq:rep} $$
:::

::: proof
By \\cref{lem-a}.
:::

::: lemma {#lem-a}
a
:::

::: definition {#def-space}
A **space**.
:::

::: theorem
b
:::
"""


def plain(html: str) -> str:
    return re.sub(r"<[^>]*>", "", re.sub(r"<math.*?</math>", "R", html, flags=re.DOTALL))


def said(site: SiteMaker, text: str) -> str:
    """What a note says for `text` beside a note on Riesz, the links as `{address|words}`."""
    site.note("riesz", RIESZ, title="Riesz Representation")
    site.note("here", f"Here: {text}\n\n::: lemma {{#lem-here}}\nb\n:::\n")
    report = site.build(keep_going=True)
    assert codes(report) == []
    found = re.search(r"<p>Here: (.*?)</p>", site.page("here.html"), re.DOTALL)
    assert found
    linked = re.sub(r'<a href="([^"]*)"[^>]*>(.*?)</a>', r"{\1|\2}", found[1], flags=re.DOTALL)
    return plain(linked).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@lem-here", "{#lem-here|Lemma 1}"),
        ("[[#lem-here]]", "{#lem-here|Lemma 1}"),
        ("[](#lem-here)", "{#lem-here|Lemma 1}"),
        ("[the lemma](#lem-here)", "{#lem-here|the lemma}"),
        ("[[riesz#thm-riesz]]", "{riesz.html#thm-riesz|Theorem 1 of Riesz Representation}"),
        ("[[riesz#thm-riesz|Riesz]]", "{riesz.html#thm-riesz|Riesz}"),
        ("[](riesz.md#thm-riesz)", "{riesz.html#thm-riesz|Theorem 1 of Riesz Representation}"),
        ("@thm-riesz", "{riesz.html#thm-riesz|Theorem 1 of Riesz Representation}"),
        ("@thm-riesz[so]", "{riesz.html#thm-riesz|so}"),
        ("[[riesz#theorem-4]]", "{riesz.html#theorem-4|Theorem 4 of Riesz Representation}"),
        (r"\cref{lem-here}", "{#lem-here|Lemma 1}"),
        (r"\ref{lem-here}", "{#lem-here|1}"),
        (
            "[@thm-riesz; @lem-here]",
            "{riesz.html#thm-riesz|Theorem 1 of Riesz Representation} and {#lem-here|Lemma 1}",
        ),
        (
            "[see @thm-riesz, part 2; @lem-here]",
            "see {riesz.html#thm-riesz|Theorem 1 of Riesz Representation}, part 2; "
            "{#lem-here|Lemma 1}",
        ),
        ("[Satz @lem-here]", "Satz {#lem-here|1}"),
        ("-@lem-here", "{#lem-here|1}"),
        (r"$x \overset{\eqref{eq:rep}}{=} y$", "R"),
        (r"\eqref{eq:rep}", "{riesz.html#eq-rep|(1) of Riesz Representation}"),
    ],
)
def test_what_references_say(site: SiteMaker, text: str, expected: str) -> None:
    assert said(site, text) == expected


def test_words_and_names_are_those_of_the_notes_language(site: SiteMaker) -> None:
    site.note("riesz", RIESZ, title="Riesz")
    site.note("hier", "Siehe @thm-riesz, [@thm-riesz; @lem-a].", lang="de")
    site.build()
    shown = plain(site.page("hier.html")).replace("\u00a0", " ")
    assert "Siehe Satz 1 in „Riesz“, Satz 1 und Lemma 2 in „Riesz“." in shown


def test_a_range_and_a_display_text(site: SiteMaker) -> None:
    lemmas = "".join(f"::: lemma {{#lem-{n}}}\na\n:::\n" for n in range(1, 5))
    text = "[@lem-1; @lem-2; @lem-3], @lem-x.\n\n> [!lemma] X\n> %% label: lem-x %%\n"
    site.note("a", f"{text}> %% display: the lemma of X %%\n> x\n\n{lemmas}")
    site.build()
    shown = plain(site.page("a.html")).replace("\u00a0", " ")
    assert "Lemmas 2–4, the lemma of X." in shown


def test_a_formula_refers_to_an_equation_of_another_note(site: SiteMaker) -> None:
    site.note("riesz", RIESZ)
    site.note("here", "$$ x \\overset{\\eqref{eq:rep}}{=} y $$")
    assert codes(site.build()) == []
    assert 'href="riesz.html#eq-rep"' in site.page("here.html")


@pytest.mark.parametrize(
    "text",
    [
        "::: restate thm-riesz\n:::", "::: restate thm-riesz", "::: restate @thm-riesz",
        "> [!restate] thm-riesz", "> [!restate] [[riesz#thm-riesz]]", ":::{restate} thm-riesz\n:::",
    ],
)  # fmt: skip
def test_a_result_is_shown_again(site: SiteMaker, text: str) -> None:
    site.note("riesz", RIESZ, title="Riesz")
    site.note("here", f"::: theorem {{#thm-own}}\na\n:::\n\nText.\n\n{text}\n\nAfter.")
    assert codes(site.build()) == []
    page = site.page("here.html")
    again = page[page.index("result-restated") : page.index("After.")]
    assert 'id="embed-1-thm-riesz"' in again
    assert '<a class="result-link" href="riesz.html#thm-riesz">' in again
    assert plain(again).split("\n")[1].replace("\u00a0", " ") == "Theorem 1 (Riesz R). (from Riesz)"
    assert "result-uses" not in again
    assert "Linked from" in site.page("riesz.html")


def test_a_result_is_shown_again_in_its_own_note(site: SiteMaker) -> None:
    site.note("riesz", RIESZ + "\n::: restate thm-riesz\n:::")
    site.build()
    again = site.page("riesz.html").partition("result-restated")[2]
    assert 'class="result-link" href="#thm-riesz"' in again
    assert "result-home" not in again


def test_an_embed_of_a_result_shows_that_alone(site: SiteMaker) -> None:
    site.note("riesz", RIESZ, title="Riesz")
    site.note("here", "![[riesz#thm-riesz]]")
    assert codes(site.build()) == []
    page = site.page("here.html")
    assert 'id="embed-1-thm-riesz"' in page
    assert 'id="embed-1-lem-a"' not in page


def test_a_whole_note_embedded_keeps_its_numbers(site: SiteMaker) -> None:
    site.note("riesz", RIESZ, title="Riesz")
    site.note("here", "::: theorem\na\n:::\n\n![[riesz]]")
    site.build()
    numbers = re.findall(
        r'id="([^"]*)" data-kind="theorem".*?data-number="(\d+)"', site.page("here.html")
    )
    assert numbers == [("theorem-1", "1"), ("embed-1-thm-riesz", "1"), ("embed-1-theorem-4", "4")]


@pytest.mark.parametrize(
    ("text", "code", "message", "hint"),
    [
        ("::: restate thm-ries", "label-unknown", "no result 'thm-ries'", "'thm-riesz'?"),
        ("> [!restate] [[riesz#thm-x]]", "label-unknown", "no result", ""),
        (
            "$$x \\label{eq:a}$$\n\n::: restate eq-a\n:::",
            "label-unknown",
            "(equation) is no res",
            "",
        ),
        ("[[riesz#thm-ries]]", "link-heading-not-found", "no 'thm-ries'", "'#thm-riesz'?"),
        ("@thm-ries", "label-unknown", "no note has the label 'thm-ries'", "'thm-riesz'?"),
        ("\n::: theorem {#thm-c}\n:::restate thm-c\n:::\n:::", "embed-cycle", "within itself", ""),
    ],
)
def test_mistakes(site: SiteMaker, text: str, code: str, message: str, hint: str) -> None:
    site.note("riesz", RIESZ)
    site.note("here", f"Text.\n\n{text}")
    (problem,) = [p for p in site.build(keep_going=True).diagnostics if p.code != "config-missing"]
    assert problem.code == code
    assert problem.file == "notes/here.md"
    assert problem.span is not None
    assert message in problem.message
    assert hint in "".join(problem.hints)


def test_what_unfolds_holds_no_link(site: SiteMaker) -> None:
    site.note("riesz", RIESZ, title="Riesz")
    site.note(
        "here",
        "::: proof {of=thm-riesz .fold}\na\n:::\n\n> [!proof]- of [[riesz#lem-a]]\n> b\n\n"
        "::: theorem {.fold}\nc\n:::",
    )
    assert codes(site.build()) == []
    page = site.page("here.html")
    summaries = re.findall(r'<summary class="result-title">(.*?)</summary>', page)
    assert [plain(each).replace("\u00a0", " ") for each in summaries] == [
        "Proof of Theorem 1 of Riesz.", "Proof of Lemma 2 of Riesz.", "Theorem 1.",
    ]  # fmt: skip
    assert "<a" not in "".join(summaries)


# What uses what


def test_uses_come_from_statements_and_proofs(site: SiteMaker) -> None:
    site.note("riesz", RIESZ, title="Riesz")
    site.note(
        "later",
        "::: corollary {#cor-x}\nc\n:::\n\n"
        "::: proof\nBy \\eqref{eq:rep} and [[riesz#lem-a]].\n:::\n",
        title="Later",
    )
    report = site.build()
    assert codes(report) == []
    page = plain(site.page("riesz.html")).replace("\u00a0", " ")
    assert "uses 2 · used by 1\nUses: Definition 3, Lemma 2\nUsed by: Corollary 1 of Later" in page
    assert "Used by: Theorem 1 (Riesz R), Corollary 1 of Later" in page
    later = plain(site.page("later.html")).replace("\u00a0", " ")
    assert "Uses: Theorem 1 (Riesz R) of Riesz, Lemma 2 of Riesz" in later


def test_a_proof_elsewhere_counts(site: SiteMaker) -> None:
    site.note("riesz", RIESZ, title="Riesz")
    site.note("other", "::: lemma {#lem-b}\nb\n:::\n\n::: proof {of=thm-riesz}\nBy @lem-b.\n:::")
    site.build()
    page = plain(site.page("riesz.html")).replace("\u00a0", " ")
    assert "Uses: Definition 3, Lemma 2, Lemma 1 of other" in page.replace("Other", "other")


def test_uses_can_be_left_out(site: SiteMaker) -> None:
    site.write("notesite.toml", "[site]\ngit_dates = false\n[results]\nuses = false\n")
    site.note("riesz", RIESZ)
    site.build()
    assert "result-uses" not in site.page("riesz.html")


def test_a_circle_is_named_at_its_first_reference(site: SiteMaker) -> None:
    site.note("a", "::: lemma {#lem-a}\na\n:::\n\n::: proof\nBy @lem-b.\n:::")
    site.note("b", "::: lemma {#lem-b}\nb\n:::\n\n::: proof\nBy @lem-c.\n:::")
    site.note("c", "::: lemma {#lem-c}\nc\n:::\n\n::: proof\nBy @lem-a.\n:::")
    (problem,) = site.build().diagnostics
    assert problem.code == "result-cycle"
    assert problem.message == (
        "a circle of results: 'lem-a' of notes/a.md uses 'lem-b' of notes/b.md uses "
        "'lem-c' of notes/c.md uses 'lem-a' of notes/a.md"
    )
    assert problem.span is not None
    assert (problem.file, problem.span.start.line) == ("notes/a.md", 6)
    assert [related.file for related in problem.related] == ["notes/b.md", "notes/c.md"]


def test_a_proof_that_names_its_own_theorem_is_no_circle(site: SiteMaker) -> None:
    site.note("a", "::: lemma {#lem-a}\na\n:::\n\n::: proof\nOf @lem-a.\n:::")
    assert codes(site.build()) == []
