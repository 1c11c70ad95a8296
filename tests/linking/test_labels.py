"""References by name across notes: what they say, where they lead, what is wrong with them."""

from __future__ import annotations

import re

import pytest

from tests.conftest import SiteMaker, codes

EQUATIONS = "".join(f"$$ x_{n} \\tag{{{n}}}\\label{{eq:e{n}}} $$\n\n" for n in range(1, 6))


def said(site: SiteMaker, text: str) -> str:
    """What the note `here` says for `text`, the links as `{address|words}`."""
    site.note("here", f"Here: {text}\n\n{EQUATIONS}")
    site.note("there", "$$ y \\label{eq:far} $$\n\n$$ z \\label{eq:z} $$", title='"There $y$"')
    site.build(keep_going=True)
    paragraph = re.search(r"<p>Here: (.*?)</p>", site.page("here.html"), re.DOTALL)
    assert paragraph
    words = re.sub(r"<math.*?</math>", "MATH", paragraph[1], flags=re.DOTALL)
    return re.sub(
        r'<a href="([^"]*)" class="(?:eqref|reference)"(?: aria-label="[^"]*")?>(.*?)</a>',
        r"{\1|\2}",
        words,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@eq:e1", "{#eq-e1|Eq.\u00a0(1)}"),
        ("@eq-e1", "{#eq-e1|Eq.\u00a0(1)}"),
        ("[@eq:e1]", "{#eq-e1|Eq.\u00a0(1)}"),
        ("-@eq:e1", "{#eq-e1|(1)}"),
        ("@eq:e1[the *first*]", "{#eq-e1|the <em>first</em>}"),
        ("[see @eq:e1, line 2]", "see {#eq-e1|Eq.\u00a0(1)}, line 2"),
        ("[Formula @eq:e1]", "Formula\u00a0{#eq-e1|(1)}"),
        ("[@eq:e1; @eq:e2]", "Eqs.\u00a0{#eq-e1|(1)} and {#eq-e2|(2)}"),
        (r"\cref{eq:e3,eq:e1,eq:e2}", "Eqs.\u00a0{#eq-e1|(1)}–{#eq-e3|(3)}"),
        (r"\Cref{eq:e1,eq:e2}", "Equations\u00a0{#eq-e1|(1)} and {#eq-e2|(2)}"),
        (
            r"\cref{eq:e1,eq:e2,eq:e3,eq:e5}",
            "Eqs.\u00a0{#eq-e1|(1)}–{#eq-e3|(3)} and {#eq-e5|(5)}",
        ),
        (r"\eqref{eq:e1}", "{#eq-e1|(1)}"),
        (r"$\text{by \cref{eq:e1}}$", "MATH"),
        (r"$\eqref{eq:e1}$", "{#eq-e1|(1)}"),
        (r"\ref{eq:e1}", "{#eq-e1|1}"),
        (r"\autoref{eq:e1}", "{#eq-e1|Equation\u00a01}"),
        ("@eq:far", "{there.html#eq-far|Eq.\u00a0(1) of There MATH}"),
        (r"\eqref{eq:far}", "{there.html#eq-far|(1) of There MATH}"),
        (
            "[@eq:e1; @eq:far]",
            "{#eq-e1|Eq.\u00a0(1)} and {there.html#eq-far|Eq.\u00a0(1) of There MATH}",
        ),
        (
            r"\cref{eq:far,eq:z}",
            "Eqs.\u00a0{there.html#eq-far|(1)} and {there.html#eq-z|(2)} of There MATH",
        ),
        ("ask @somebody", "ask @somebody"),
    ],
)
def test_what_references_say(site: SiteMaker, text: str, expected: str) -> None:
    assert said(site, text) == expected


@pytest.mark.parametrize(
    ("text", "code", "message", "hint"),
    [
        ("@eq:ee1", "label-unknown", "no note has the label 'eq:ee1'", "did you mean 'eq:e1'?"),
        (r"\eqref{e}", "label-unknown", "no note has the label 'e'", ""),
        (r"$x \eqref{gone}$", "label-unknown", "no note has the label 'gone'", ""),
        ("[@nobody]", "citation-unknown", "neither a label nor a bibliography's key", ""),
        ("[@eq:e1; @thm-gone]", "label-unknown", "'thm-gone'", ""),
    ],
)
def test_what_is_not_there(site: SiteMaker, text: str, code: str, message: str, hint: str) -> None:
    site.note("here", f"Here: {text}\n\n{EQUATIONS}")
    (problem,) = [p for p in site.build(keep_going=True).diagnostics if p.code != "config-missing"]
    assert problem.code == code
    assert message in problem.message
    assert problem.span is not None
    assert (problem.file, problem.span.start.line) == ("notes/here.md", 1)
    assert hint in "".join(problem.hints)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("[@eq:e1; @thm-gone]", [17]),
        (r"\cref{eq:e1,thm-gone,thm-gone2}", [19, 28]),
        (r"[see @thm-go; -@thm-gone, p. 3]", [13, 23]),
        (r"\cite{nobody,none}", [13, 20]),
        ("[@thm-gone]", [7]),
    ],
)
def test_of_several_the_one_that_is_not_there_is_underlined(
    site: SiteMaker, text: str, columns: list[int]
) -> None:
    site.note("here", f"Here: {text}\n\n{EQUATIONS}")
    spans = [p.span for p in site.build(keep_going=True).diagnostics if p.span]
    assert [span.start.column for span in spans] == columns


def test_a_label_of_a_draft_is_named(site: SiteMaker) -> None:
    site.note("hidden", "$$ x \\label{eq:h} $$", draft="true")
    site.note("here", "By @eq:h.")
    report = site.build()
    assert codes(report) == ["link-to-draft"]
    assert "hidden.md" in report.diagnostics[0].message


def test_labels_of_one_other_note_say_once_whose_they_are(site: SiteMaker) -> None:
    site.note(
        "far", "> [!thm|2]\n> a\n> %% label: thm-far %%\n\n$$ x \\label{eq:far} $$", title="Far"
    )
    site.note("here", "Here: [@thm-far; @eq:far].")
    site.build()
    paragraph = re.search(r"<p>Here: (.*?)</p>", site.page("here.html"), re.DOTALL)
    assert paragraph
    assert re.sub("<.*?>", "", paragraph[1]) == "Theorem\u00a02 and Eq.\u00a0(1) of Far."


def test_a_label_of_the_note_wins_and_one_of_several_others_is_ambiguous(site: SiteMaker) -> None:
    for name in ("a", "b"):
        site.note(name, "$$ x \\label{eq:x} $$\n\nBy @eq:x.")
    site.note("c", "By @eq:x.")
    report = site.build()
    assert codes(report) == ["label-ambiguous"]
    assert "notes/a.md and notes/b.md" in report.diagnostics[0].message
    assert 'href="#eq-x"' in site.page("b.html")
    assert 'href="a.html#eq-x"' in site.page("c.html")


def test_a_reference_by_name_is_a_link_between_notes(site: SiteMaker) -> None:
    site.note("a", "$$ x \\label{eq:x} $$")
    site.note("b", "By @eq:x.")
    site.build()
    assert "Linked from" in site.page("a.html")


def test_numbers_of_what_the_text_refers_to(site: SiteMaker) -> None:
    site.write("notesite.toml", '[site]\ngit_dates = false\n[math]\nnumber = "referenced"\n')
    site.note("a", "$$ x \\label{eq:x} $$\n\n$$ y \\label{eq:y} $$\n\nBy @eq:y.")
    site.build()
    assert ">Eq.\u00a0(1)</a>" in site.page("a.html")
