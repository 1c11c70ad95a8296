"""What the index is made of: clean text, formulas in forms to be found, results on their own."""

from __future__ import annotations

import re

from notesite.building import Builder, BuildOptions
from notesite.model import Site
from notesite.searching.documents import document, filter_name, pairs
from tests.conftest import SiteMaker


class _Keeping(Builder):
    """Remembers the site that it linked."""

    linked: Site

    def _planned(self, project, config, site, problems):
        self.linked = site
        return super()._planned(project, config, site, problems)


def document_of(site: SiteMaker, name: str = "a") -> str:
    builder = _Keeping(BuildOptions(publish=False), site.root)
    builder.build()
    return document(builder.linked.notes[f"{name}.html"], "en")


def visible(text: str) -> str:
    return re.sub(r"⟦[^⟧]*⟧ ?", "", text).replace("\u2063", "")


def test_text_is_clean_and_formulas_are_readable(site: SiteMaker) -> None:
    site.note("a", "The norm $\\|A\\|_2$ of *A*, as in [the book](b.md).")
    site.note("b")
    text = document_of(site)
    assert "The norm ‖A‖₂ of A, as in the book." in visible(text)
    assert "<math" not in text
    assert "\0" not in text


def test_a_formula_is_found_by_its_names_and_their_pairs(site: SiteMaker) -> None:
    site.write("notesite.toml", '[site]\ngit_dates = false\n[math.macros]\nE = "\\\\mathbb{E}"\n')
    site.note("a", "$\\E[X]$")
    hidden = re.findall(r"⟦([^⟧]*)⟧", document_of(site))[-1].split()
    assert {"e", "x", "expectation", "expected"} <= set(hidden)
    assert {*pairs(["e", "x"]), *pairs(["expectation", "x"])} <= set(hidden)


def test_words_of_formulas_are_said_once(site: SiteMaker) -> None:
    site.note("a", "$x + y$ and $x + y$")
    assert document_of(site).count(next(pairs(["x", "y"]))) == 1


def test_headings_keep_their_anchors_and_lose_their_links(site: SiteMaker) -> None:
    site.note("a", "## The *first* part\n\nText.")
    text = document_of(site)
    assert '<h2 id="the-first-part">The first part </h2>' in text
    assert "#</" not in text


def test_a_result_with_an_anchor_is_a_part_of_its_own() -> None:
    from notesite.searching.documents import _Writing

    html = (
        '<div class="result result-theorem" id="thm-riesz">\n'
        '<p class="result-title"><span class="result-kind">Theorem 2</span> (Riesz)</p>\n'
        '<div class="result-body"><p>Statement.</p></div></div>\n<p>After.</p>'
    )
    text = _Writing("en").write(html)
    assert '<h6 id="thm-riesz" data-pagefind-weight="7">Theorem 2 (Riesz)</h6>' in text
    assert text.index("Statement.") < text.index("</section>") < text.index("After.")
    assert 'data-pagefind-weight="2"' in text


def test_a_proof_is_no_part_of_its_own() -> None:
    from notesite.searching.documents import _Writing

    html = '<div class="result result-proof" id="p"><p class="result-title">Proof.</p>So.</div>'
    assert "<h6" not in _Writing("en").write(html)


def test_titles_tags_and_language_are_told(site: SiteMaker) -> None:
    site.note("a", title="'A < B & $x^2$'", tags="[Linear Algebra]", language="de")
    text = document_of(site)
    assert text.startswith('<!DOCTYPE html>\n<html lang="de">')
    assert '"title[content]" content="A &lt; B &amp; x²"' in text
    assert '"tag[content]" content="linear-algebra"' in text
    assert filter_name("Linear  Algebra") == "linear-algebra"


def test_text_cannot_break_out_of_the_document(site: SiteMaker) -> None:
    site.note("a", "`</main><script>x</script>` and ⟦brackets⟧.")
    text = document_of(site)
    assert "<script>" not in text
    assert "⟦brackets⟧" not in text


def test_text_behind_a_result_is_its_sections_again(site: SiteMaker) -> None:
    site.note(
        "a", "Before.\n\n> [!theorem] One\n> Statement.\n\nBetween.\n\n## Part $x$\n\n"
        "> [!theorem] Two\n> Statement.\n\n> [!proof]\n> So.\n\nBehind.",
    )  # fmt: skip
    text = document_of(site)
    resumed = '<h5 id="{}" data-pagefind-weight="0">⟦{}⟧</h5>'
    first, second = resumed.format("page:main", "page:main"), resumed.format("part-x", "Part x")
    places = [
        text.index(each)
        for each in ("(One)</h6>", first, "Between.", "(Two)</h6>", "So.", second, "Behind.")
    ]
    assert places == sorted(places)
    assert text.count("<h5") == 2


def test_formulas_have_names_in_the_language_of_their_note(site: SiteMaker) -> None:
    site.note("a", "$\\mathbb{E}[X]$", language="de-AT")
    assert "Erwartungswert" in document_of(site)
