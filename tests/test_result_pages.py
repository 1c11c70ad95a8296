"""The page of all results, and what a note's results rest on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notesite.building import Builder, BuildOptions
from tests.conftest import SiteMaker, codes

BASICS = """\
::: definition Space {#def-space}
A **space**.
:::

::: lemma {#lem-a}
Of @def-space.
:::
::: proof
a
:::

::: axiom
a
:::
"""
MAIN = """\
::: theorem "Main $x$" {#thm-main}
b
:::
::: proof
By @lem-a and @lem-b.
:::

::: lemma {#lem-b}
By @def-space.
:::

::: conjecture
c
:::
"""


@pytest.fixture
def page(site: SiteMaker) -> str:
    site.note("basics", BASICS, title="Basics", section="one")
    site.note("main", MAIN, title="On the main theorem", section="two")
    assert codes(site.build()) == []
    return words(site.page("results.html"))


def words(html: str) -> str:
    main = html[html.index("<main") : html.index("</main>")]
    text = re.sub(r"<[^>]*>", "", re.sub(r"<math.*?</math>", "x", main, flags=re.DOTALL))
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


def test_uses_are_named_with_their_formulas(site: SiteMaker) -> None:
    site.note("basics", BASICS, title="'Basics of $y$'")
    site.note("main", MAIN + "\n::: corollary\nBy @thm-main, @lem-a.\n:::\n", title="Main")
    assert codes(site.build()) == []
    page = site.page("results.html")
    uses = [
        re.sub(r">\s+<", "><", found) for found in re.findall(r"<p>Uses:.*?</p>", page, re.DOTALL)
    ]
    (shown,) = {each for each in uses if "Theorem" in each}
    assert re.search(r">Theorem\u00a01 \(Main <math[^>]*><mi>x</mi></math>\)</a>", shown)
    assert re.search(r">Lemma\u00a02 of Basics of <math[^>]*><mi>y</mi></math></a>", shown)
    rests = site.page("main.html")
    assert re.search(r"<summary>Theorem\u00a01 \(Main <math", rests)
    # A drawing has words alone.
    assert "<math" not in "".join(re.findall(r"<svg.*?</svg>", rests, re.DOTALL))


def test_results_are_listed_by_section_and_kind(page: str) -> None:
    order = [
        "One", "Definitions", "Basics Definition 1 (Space)", "Lemmas", "Basics Lemma 2", "Axioms",
        "Two", "Theorems", "On the main theorem Theorem 1 (Main x)", "Lemmas", "Conjectures",
    ]  # fmt: skip
    position = 0
    for piece in order:
        position = page.index(piece, position) + len(piece)


def test_a_note_is_named_once_above_its_results_of_a_kind(site: SiteMaker) -> None:
    site.note("a", "::: lemma\nx\n:::\n\n::: lemma\ny\n:::", title="First")
    site.note("b", "::: lemma\nz\n:::", title="Second")
    site.build()
    listed = words(site.page("results.html")).partition("Stated without")[0]
    assert "First Lemma 1 Lemma 2 Second Lemma 1" in listed


def test_what_each_uses_and_is_used_by(page: str) -> None:
    assert "uses 2 · used by" not in page
    assert "Uses: Lemma 2, Lemma 2 of Basics" in page
    assert "Used by: Lemma 2, Lemma 2 of On the main theorem" in page


def test_what_is_stated_without_a_proof(page: str) -> None:
    listed = page.partition("Stated without a proof")[2].partition("What uses what")[0]
    # Axioms, definitions and conjectures want none.
    assert re.findall(r"\b(?:Theorem|Lemma|Axiom|Conjecture|Definition) \d [BO]", listed) == [
        "Lemma 2 O"
    ]


def test_a_note_draws_what_its_results_rest_on(site: SiteMaker, page: str) -> None:
    note = site.page("main.html")
    (drawing,) = re.findall(r'<details class="result-rests">(.*?)</details>', note, re.DOTALL)
    assert re.search(r"<summary>Theorem\u00a01 \(Main <math.*?</math>\)</summary>", drawing)
    linked = re.findall(r'<a href="([^"]*)"', drawing)
    assert linked == ["#thm-main", "#lem-b", "basics.html#lem-a", "basics.html#def-space"]
    assert 'aria-label="Map of what Theorem\u00a01 (Main x) rests on"' in drawing
    assert "result-rests" not in site.page("basics.html")


def test_the_page_is_in_the_navigation_and_can_be_left_out(site: SiteMaker, page: str) -> None:
    assert 'href="results.html"' in site.page("main.html")
    site.write("notesite.toml", "[site]\ngit_dates = false\n[results]\nindex = false\n")
    site.build()
    assert "results.html" not in site.outputs()
    assert 'href="results.html"' not in site.page("main.html")


def test_without_results_there_is_no_page(site: SiteMaker) -> None:
    site.note("a")
    site.build()
    assert "results.html" not in site.outputs()


def test_only_what_shows_a_result_is_made_again(site: SiteMaker) -> None:
    site.note("basics", BASICS, title="Basics")
    site.note("main", MAIN, title="Main")
    site.note("apart", "Text.")
    builder = Builder(BuildOptions(), site.root)
    builder.build()
    site.note("basics", BASICS.replace("lemma {#lem-a}", "proposition {#lem-a}"), title="Basics")
    report = builder.build()
    assert report.is_published
    assert "Proposition\u00a02 of Basics" in site.page("main.html")
    assert "Proposition\u00a02" in site.page("results.html")
    before = {path: site.page(path) for path in site.outputs() if path.endswith(".html")}
    clean = SiteMaker(site.root)
    clean.build()
    assert {path: clean.page(path) for path in before} == before


TEXTS = st.sampled_from([
    "Text.",
    "::: theorem {#thm-x}\na\n:::\n\n::: proof\nBy @lem-y.\n:::",
    "::: theorem Name {#thm-x}\nOther.\n:::",
    "::: definition\nd\n:::\n\n::: lemma {#lem-y}\nBy @thm-x.\n:::",
    "::: proof {of=thm-x}\nBy [[b#lem-y]].\n:::",
    "::: restate thm-x\n:::\n\n![[a#thm-x]]",
    "See @thm-x, [@thm-x; @lem-y], [[a#thm-x]] and [](b.md#lemma-2).",
    "---\ndraft: true\n---\n::: theorem {#thm-x}\nHidden.\n:::",
])  # fmt: skip
STEPS = st.lists(st.tuples(st.sampled_from("abc"), TEXTS), min_size=2, max_size=5)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_edits_of_results_end_as_a_clean_build_would(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str]]
) -> None:
    root = tmp_path_factory.mktemp("results") / "site"
    (root / "notes").mkdir(parents=True)
    (root / "notesite.toml").write_text("[site]\ngit_dates = false\n[search]\nenabled = false\n")
    builder = Builder(BuildOptions(keep_going=True), root)
    for name, text in steps:
        (root / f"notes/{name}.md").write_text(text, encoding="utf-8")
        seen = [each.message for each in builder.build().diagnostics]
        clean = Builder(BuildOptions(keep_going=True, output=root.parent / "clean"), root)
        assert [each.message for each in clean.build().diagnostics] == seen
        assert pages_of(root / "output") == pages_of(root.parent / "clean")


def pages_of(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*.html")
    }
