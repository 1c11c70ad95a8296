"""Feed, sitemap, redirects, favicon, GitHub Pages' files."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from tests.conftest import SiteMaker, codes

ATOM = "{http://www.w3.org/2005/Atom}"
CONFIG = """
[site]
title = "T & <T>"
git_dates = false
base_url = "https://a.b/c"
feed_entries = 2
cname = "notes.example.org"
"""


def published(site: SiteMaker) -> None:
    site.write("notesite.toml", CONFIG)
    site.note("a", "old", date="2024-01-01")
    site.note("n/b", "[[a]] $x$[^1]\n\n[^1]: f", date="2025-01-01", title="'On $x^2$ & more'",
              summary="'A $y$'", tags="[t]")  # fmt: skip
    site.note("c", "x", date="2024-06-01", updated="2026-01-01")
    site.note("d", "undated")
    assert codes(site.build()) == []


def test_feed_holds_the_newest_notes_with_full_text(site: SiteMaker) -> None:
    published(site)
    feed = ElementTree.fromstring(site.page("feed.xml"))
    assert feed.findtext(f"{ATOM}updated") == "2026-01-01T00:00:00Z"
    first, second = feed.findall(f"{ATOM}entry")
    assert first.findtext(f"{ATOM}id") == "https://a.b/c/c.html"
    assert second.findtext(f"{ATOM}title") == "On x² & more"
    assert second.findtext(f"{ATOM}summary") == "A y"
    content = second.findtext(f"{ATOM}content") or ""
    assert '<a href="https://a.b/c/a.html">' in content
    assert 'href="https://a.b/c/n/b.html#fn1"' in content
    assert "<math" in content


def test_feeds_hold_what_the_note_says_and_not_what_the_site_adds(site: SiteMaker) -> None:
    site.write("notesite.toml", CONFIG)
    lemma = "## Part\n\n::: lemma {#lem-a}\nx\n:::\n\n::: lemma {#lem-b}\nBy @lem-a.\n:::\n"
    site.note("a", lemma, date="2024-01-01")
    site.build()
    assert "result-uses" in site.page("a.html")
    for feed in ("feed.xml", "feed.json"):
        text = site.page(feed)
        assert "a.html#lem-a" in text
        assert "result-uses" not in text
        assert "Used by" not in text
        assert "heading-anchor" not in text


def test_an_entry_says_its_language(site: SiteMaker) -> None:
    site.write("notesite.toml", CONFIG)
    site.note("a", date="2024-01-02")
    site.note("b", date="2024-01-01", lang="de")
    site.build()
    feed = ElementTree.fromstring(site.page("feed.xml"))
    named = "{http://www.w3.org/XML/1998/namespace}lang"
    assert [entry.get(named) for entry in feed.findall(f"{ATOM}entry")] == [None, "de"]
    itself = feed.find(f"{ATOM}link[@rel='self']")
    assert itself is not None
    assert itself.get("type") == "application/atom+xml"


@pytest.mark.parametrize(("language", "locale"), [("en", ""), ("en-GB", "en_GB"), ("de", "")])
def test_open_graph_is_told_a_language_with_its_country(
    site: SiteMaker, language: str, locale: str
) -> None:
    site.write("notesite.toml", CONFIG)
    site.note("a", lang=language)
    site.build()
    found = re.findall('og:locale" content="([^"]*)"', site.page("a.html"))
    assert found == ([locale] if locale else [])


def test_sitemap_names_pages_and_known_dates(site: SiteMaker) -> None:
    published(site)
    sitemap = site.page("sitemap.xml")
    ElementTree.fromstring(sitemap)
    assert "<loc>https://a.b/c/</loc>" in sitemap
    assert "<loc>https://a.b/c/n/b.html</loc>\n    <lastmod>2025-01-01</lastmod>" in sitemap
    assert "tags/" not in sitemap


def test_pages_name_feed_and_canonical_address(site: SiteMaker) -> None:
    published(site)
    page = site.page("n/b.html")
    assert '<link rel="canonical" href="https://a.b/c/n/b.html">' in page
    assert 'type="application/atom+xml" title="T &amp; &lt;T&gt;" href="../feed.xml"' in page


def test_page_for_lost_readers_has_absolute_links(site: SiteMaker) -> None:
    published(site)
    page = site.page("404.html")
    assert 'href="https://a.b/c/static/css/notesite.css"' in page
    assert '<meta name="robots" content="noindex">' in page
    assert "canonical" not in page


def test_files_for_github_pages(site: SiteMaker) -> None:
    published(site)
    assert site.page(".nojekyll") == ""
    assert site.page("CNAME") == "notes.example.org\n"


def test_without_a_base_url_there_is_no_feed(site: SiteMaker) -> None:
    site.note("a", date="2024-01-01")
    site.build()
    assert not {"feed.xml", "sitemap.xml", "CNAME"} & site.outputs()
    assert "alternate" not in site.page("index.html")


def test_characters_that_xml_forbids_are_left_out(site: SiteMaker) -> None:
    site.write("notesite.toml", CONFIG)
    site.note("a", "bell \x07 and ]]> end", date="2024-01-01")
    site.build()
    ElementTree.fromstring(site.page("feed.xml"))
