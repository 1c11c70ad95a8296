"""What of a note can be found: clean text, formulas by their names, results on their own."""

from __future__ import annotations

from notesite.building import Builder, BuildOptions
from notesite.model import PAGE_ANCHOR
from notesite.searching.documents import Document, document
from notesite.searching.formulas import BEGIN, END, pairs
from notesite.searching.reading import FULL, LOCATION_BITS, filter_name
from tests.conftest import SiteMaker


def document_of(site: SiteMaker, name: str = "a", section: str = "") -> Document:
    linked, _ = Builder(BuildOptions(publish=False), site.root).read_site()
    assert linked
    return document(linked.site.notes[f"{name}.html"], "en", section)


def weights(found: Document, word: str) -> list[float]:
    return [(place >> LOCATION_BITS) / FULL for place in found.places[word]]


def tokens(found: Document, word: str) -> list[str]:
    """What is seen at the places of a word."""
    content = found.content.split(" ")
    return [content[place & (1 << LOCATION_BITS) - 1] for place in found.places[word]]


def test_text_is_clean_and_formulas_are_readable(site: SiteMaker) -> None:
    site.note("a", "The norm $\\|A\\|_2$ of *A*, as in [the book](b.md).")
    site.note("b")
    found = document_of(site)
    assert f"The norm {BEGIN}‖A‖₂{END} of A, as in the book." in found.content
    assert tokens(found, "book") == ["book."]


def test_a_formula_is_found_where_it_begins_by_its_names_and_their_pairs(site: SiteMaker) -> None:
    site.write("notesite.toml", '[site]\ngit_dates = false\n[math.macros]\nE = "\\\\mathbb{E}"\n')
    site.note("a", "We see ($\\E[X] = Y$).")
    found = document_of(site)
    for word in ("e", "x", "expectation", "expected", *pairs(["expectation", "x", "y"])):
        assert tokens(found, word) == [f"({BEGIN}𝔼[X]"], word
    assert {"e", "expectation", "expected"} <= set(found.hidden.split())


def test_what_formulas_are_found_by_is_said_once_in_each_section(site: SiteMaker) -> None:
    site.note("a", "$x + y$ and $x + y$\n\n## More\n\n$x + y$")
    assert len(document_of(site).places[next(pairs(["x", "y"]))]) == 2


def test_headings_are_anchors_and_weigh_more(site: SiteMaker) -> None:
    site.note("a", "Before.\n\n## The *first* part $x$\n\nText.\n\n### Deeper\n\nMore.")
    found = document_of(site)
    first, second = found.anchors
    assert (first.element, first.id, first.text) == ("h2", "the-first-part-x", "The first part x")
    assert found.content.split(" ")[first.location :][: first.size][-1] == f"{BEGIN}x{END}"
    assert second.text == "Deeper"
    assert weights(found, "first") == [6]
    assert weights(found, "deeper") == [5]
    assert weights(found, "text") == weights(found, "more") == [1]


def test_results_are_anchors_of_their_kind(site: SiteMaker) -> None:
    site.note(
        "a", "Before.\n\n> [!theorem] One\n> Statement.\n\nBetween.\n\n## Part $x$\n\n"
        "> [!definition] Two\n> Meaning.\n\nBehind.\n\n> [!lemma] Three\n> Small.\n\n"
        "> [!proof]\n> So.\n\nAt last.",
    )  # fmt: skip
    found = document_of(site)
    part = ("Part x", "part-x")
    assert [(each.element, each.text, each.id) for each in found.anchors] == [
        ("h6", "Theorem 1 (One)", "theorem-1"), ("h7", PAGE_ANCHOR, PAGE_ANCHOR), ("h2", *part),
        ("h6", "Definition 2 (Two)", "definition-2"), ("h7", *part),
        ("h6", "Lemma 3 (Three)", "lemma-3"), ("h7", *part),
    ]  # fmt: skip
    assert [each.kind for each in found.anchors if each.element == "h6"] == [
        "theorem", "definition", "lemma",
    ]  # fmt: skip
    assert found.filters["kind"] == ["definition", "lemma", "theorem"]
    for word, weight in (("one", 7), ("statement", 2), ("meaning", 3), ("so", 1), ("behind", 1)):
        assert weights(found, word) == [weight], word
    content = found.content.split(" ")
    assert content[found.anchors[-1].location] == "At"
    assert content[found.anchors[1].location] == "Between."


def test_titles_tags_sections_and_language_are_told(site: SiteMaker) -> None:
    site.note("a", title="'A < B & $x^2$'", tags="[Linear Algebra]", language="de", aliases="[Old]")
    found = document_of(site, section="Deep Dives")
    assert (found.language, found.title) == ("de", "A < B & x²")
    assert found.filters["tag"] == ["linear-algebra"]
    assert found.filters["section"] == ["deep-dives"]
    assert filter_name("Linear  Algebra") == "linear-algebra"
    assert weights(found, "b") == [9]
    assert weights(found, "old") == weights(found, "algebra") == [4]


def test_nothing_in_a_text_is_taken_for_our_own_marks(site: SiteMaker) -> None:
    site.note("a", f"A {BEGIN}mark{END}, a\u200bblank, `</p><script>x</script>`, a\ufeffb.")
    found = document_of(site)
    assert BEGIN not in found.content[2:]
    assert "\u200b" not in found.content
    assert len(found.content.split(" ")) == found.length
    assert "</p><script>x</script>" in found.content


def test_formulas_have_names_in_the_language_of_their_note(site: SiteMaker) -> None:
    site.note("a", "$\\mathbb{E}[X]$", language="de-AT")
    assert "erwartungswert" in document_of(site).places


def test_a_result_shown_again_is_found_where_it_is_at_home(site: SiteMaker) -> None:
    site.note("a", "::: restate thm-far\n:::\n\n![[b#^far]]\n\n> [!lemma] Own\n> Mine.")
    site.note("b", "> [!theorem] Riesz\n> Functional.\n> %% label: thm-far %%\n^far")
    found = document_of(site)
    assert [anchor.text for anchor in found.anchors if anchor.element == "h6"] == ["Lemma 1 (Own)"]
    assert weights(found, "functional") == [1, 1]
    assert weights(found, "mine") == [2]
    home = document_of(site, "b")
    assert weights(home, "functional") == [2]
