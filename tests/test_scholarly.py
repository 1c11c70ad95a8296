"""What pages say about themselves as works."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.bibliography.library import BIBTEX
from tests.conftest import SiteMaker, codes

CONFIG = """[site]
git_dates = false
title = "Notes & Proofs"
author = "Jane Döe"
base_url = "https://example.org/notes/"
"""


def json_ld(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    told: dict[str, Any] = json.loads(found[1])
    return told


def tags(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<meta name="(citation_\w+)" content="([^"]*)">', page)


def test_a_citable_note_has_the_tags_of_scholars(site: SiteMaker) -> None:
    site.write("notesite.toml", CONFIG)
    site.note(
        "riesz", "Text.", title="On $L^2$", date="2026-05-14", authors="[A. Bee, C. Dee]",
        citable="true", tags="[analysis]",
    )  # fmt: skip
    site.note("other", "Text.")
    site.build()
    assert tags(site.page("riesz.html")) == [
        ("citation_title", "On L²"),
        ("citation_author", "A. Bee"),
        ("citation_author", "C. Dee"),
        ("citation_publication_date", "2026/05/14"),
        ("citation_language", "en"),
        ("citation_keywords", "analysis"),
        ("citation_fulltext_html_url", "https://example.org/notes/riesz.html"),
    ]
    assert json_ld(site.page("riesz.html"))["@type"] == "ScholarlyArticle"
    assert tags(site.page("other.html")) == []
    assert json_ld(site.page("other.html"))["@type"] == "Article"


def test_json_ld_says_who_when_and_what_is_cited(site: SiteMaker) -> None:
    site.write("notesite.toml", CONFIG)
    site.write("references.bib", BIBTEX)
    site.note("a", "[@riesz1907]", date="2026-05-14", updated="2026-06-01")
    site.build()
    told = json_ld(site.page("a.html"))
    assert told["author"] == [{"@type": "Person", "name": "Jane Döe"}]
    assert (told["datePublished"], told["dateModified"]) == ("2026-05-14", "2026-06-01")
    assert told["isPartOf"] == {
        "@type": "WebSite",
        "name": "Notes & Proofs",
        "url": "https://example.org/notes/",
    }
    assert told["citation"][0]["name"] == "On L² and ℝ^d"
    assert told["citation"][0]["url"] == "https://doi.org/10.1000/a_b"


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--", "a\u2028b"])
def test_nothing_ends_the_script(site: SiteMaker, text: str) -> None:
    site.note("a", "Text.", authors=json.dumps([text]))
    site.build()
    page = site.page("a.html")
    assert json_ld(page)["author"][0]["name"] == text
    assert "<script>alert" not in page


def test_how_to_cite_the_note(site: SiteMaker) -> None:
    site.write("notesite.toml", CONFIG)
    site.note(
        "riesz", "Text.", title='"The $L^2$ Case: 50% & more"', date="2026-05-14",
        authors="[Ada Lovelace, B. Two]",
    )  # fmt: skip
    site.build()
    found = re.search(r'<details class="cite-note[^"]*">(.*?)</details>', site.page("riesz.html"),
                      re.DOTALL)  # fmt: skip
    assert found
    assert "Ada Lovelace and B. Two. “The L² Case: 50% &amp; more”. Notes &amp; Proofs" in found[1]
    code = re.search(r"<code>(.*?)</code>", found[1], re.DOTALL)
    assert code
    assert code[1].replace("&amp;", "&").splitlines() == [
        "@misc{lovelace2026l2,",
        "  author = {Ada Lovelace and B. Two},",
        r"  title = {{The $L^2$ Case: 50\% \& more}},",
        r"  howpublished = {Notes \& Proofs},",
        "  year = {2026},",
        "  month = may,",
        "  url = {https://example.org/notes/riesz.html},",
        "}",
    ]


def test_the_title_to_cite_has_no_macros_of_the_site(site: SiteMaker) -> None:
    macros = r"""[math.macros]
norm = { body = '\lVert #1 \rVert', description = "the norm" }
"""
    site.write("notesite.toml", CONFIG + macros)
    site.note("a", "x", title=r"'The norm $\norm{x}_p$ in $\K$'", date="2026-05-14",
              macros=r"{K: '\mathbb{K}'}")  # fmt: skip
    site.build()
    page = site.page("a.html")
    assert r"title = {{The norm $\lVert x \rVert_p$ in $\mathbb{K}$}}" in page
    assert '<meta property="og:title" content="The norm ‖x‖ₚ in 𝕂">' in page


def test_nobody_s_notes_are_not_offered(site: SiteMaker) -> None:
    site.note("a", "Text.")
    site.build()
    assert "cite-note" not in site.page("a.html")


def test_a_site_may_not_want_the_box(site: SiteMaker) -> None:
    site.write("notesite.toml", CONFIG + "[citations]\ncite_box = false\n")
    site.note("a", "Text.")
    site.build()
    assert "cite-note" not in site.page("a.html")


def test_a_citable_note_that_says_too_little_is_told(site: SiteMaker) -> None:
    site.note("a", "Text.", citable="true")
    report = site.build()
    problem = next(each for each in report.diagnostics if each.code == "citable-incomplete")
    assert problem.message == "a note to be cited needs its author and its date"
    assert problem.span
    assert problem.span.start.line == 2


def test_a_revised_note_is_cited_by_its_first_date_and_its_last(site: SiteMaker) -> None:
    site.write("notesite.toml", '[site]\ngit_dates = false\nauthor = "Ada Lovelace"\n')
    site.note("a", "x", title="Über *alles*", date="2025-12-30", updated="2026-06-01", lang="de")
    assert codes(site.build()) == []
    page = site.page("a.html")
    line = "„Über alles“. Notes. 30. Dezember 2025, zuletzt geändert am 1. Juni 2026"
    assert f"Ada Lovelace. {line}" in page
    for field in ("year = {2025}", "month = dec", "note = {zuletzt"):
        assert field in page
