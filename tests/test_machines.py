"""What is published for programs: feeds, sitemap, robots, cards, llms.txt, the notes' Markdown."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from tests.conftest import SiteMaker, codes

CONFIG = """
[site]
title = "T & <T>"
description = "About [things]"
author = "A. U. Thor"
git_dates = false
base_url = "https://a.b/c"
[[sections]]
id = "proofs"
title = "Proofs"
[[folders]]
path = "proofs/**"
section = "proofs"
"""


def made(site: SiteMaker, extra: str = "") -> None:
    site.write("notesite.toml", CONFIG + extra)
    site.note("proofs/riesz", "## One\n\n[[other]] $x<y$[^1]\n\n[^1]: f", date="2025-01-01",
              title="'On $x^2$'", summary="'A $y$'", tags="[t]", authors="[Ann]")  # fmt: skip
    site.note("other", "Text enough to be quoted.", date="2024-06-01", updated="2026-01-01")
    site.note("hidden", "x", date="2026-01-02", noindex="true")
    site.note("draft", "Not yet.", date="2026-01-03", draft="true")
    site.build()


def items(site: SiteMaker) -> list[dict[str, object]]:
    feed = json.loads(site.page("feed.json"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://a.b/c/feed.json"
    assert feed["home_page_url"] == "https://a.b/c/"
    found: list[dict[str, object]] = feed["items"]
    return found


def test_json_feed_holds_the_text_with_whole_addresses(site: SiteMaker) -> None:
    made(site)
    _, other, riesz = items(site)
    assert other["date_modified"] == "2026-01-01T00:00:00Z"
    assert riesz["title"] == "On x²"
    assert riesz["summary"] == "A y"
    assert riesz["tags"] == ["t"]
    assert riesz["authors"] == [{"name": "Ann"}]
    content = str(riesz["content_html"])
    assert '<a href="https://a.b/c/other.html">' in content
    assert 'href="https://a.b/c/proofs/riesz.html#fn1"' in content
    assert "<math" in content
    assert "heading-anchor" not in content
    assert "\0" not in content


def test_a_feed_may_begin_with_the_newest(site: SiteMaker) -> None:
    made(site)
    assert [item["url"] for item in items(site)][:2] == [
        "https://a.b/c/hidden.html", "https://a.b/c/other.html",
    ]  # fmt: skip
    made(site, '[math]\nnumber = "all"\n')
    site.write("notesite.toml", CONFIG.replace("[site]", '[site]\nfeed_order = "newest"'))
    site.build()
    assert [item["url"] for item in items(site)][1] == "https://a.b/c/proofs/riesz.html"


def test_a_summary_stands_beside_the_html(site: SiteMaker) -> None:
    made(site)
    entry = ElementTree.fromstring(site.page("feed.xml")).findall("{*}entry")[1]
    assert entry.findtext("{*}summary") == "Text enough to be quoted."


def test_drafts_are_in_nothing_for_programs_even_when_they_are_shown(site: SiteMaker) -> None:
    made(site)
    site.build(drafts=True)
    assert "draft.html" in site.outputs()
    assert "draft.html.md" not in site.outputs()
    assert '<meta name="robots" content="noindex">' in site.page("draft.html")
    for file in ("feed.xml", "feed.json", "sitemap.xml", "llms.txt", "pages.json"):
        assert "draft" not in site.page(file), file


def test_noindex_keeps_a_note_from_search_engines(site: SiteMaker) -> None:
    made(site)
    assert '<meta name="robots" content="noindex">' in site.page("hidden.html")
    assert 'name="robots"' not in site.page("other.html")
    assert '<meta name="robots" content="noindex">' in site.page("404.html")
    assert "hidden" not in site.page("sitemap.xml")
    assert "hidden" not in site.page("llms.txt")
    assert "hidden.html" in site.page("pages.json")


def test_robots_only_where_a_site_has_its_host_to_itself(site: SiteMaker) -> None:
    made(site)
    assert "robots.txt" not in site.outputs()
    site.write("notesite.toml", CONFIG.replace("https://a.b/c", "https://a.b"))
    site.build()
    assert "Sitemap: https://a.b/sitemap.xml\n" in site.page("robots.txt")


def test_pages_name_both_feeds_and_the_markdown(site: SiteMaker) -> None:
    made(site)
    page = site.page("proofs/riesz.html")
    assert 'type="application/feed+json" title="T &amp; &lt;T&gt;" href="../feed.json"' in page
    assert '<link rel="alternate" type="text/markdown" href="riesz.html.md">' in page
    assert '<meta property="article:section" content="Proofs">' in page
    assert '<meta property="article:author" content="Ann">' in page
    assert '<meta property="article:tag" content="t">' in page


def test_llms_text_lists_notes_by_section(site: SiteMaker) -> None:
    made(site)
    text = site.page("llms.txt")
    assert text.startswith("# T & \\<T\\>\n\n> About \\[things\\]\n\n## Proofs\n\n")
    assert "- [On x²](https://a.b/c/proofs/riesz.html.md): A y\n" in text


def test_what_is_for_programs_can_be_left_out(site: SiteMaker) -> None:
    made(site, "[machines]\njson_feed = false\nllms = false\nmarkdown = false\n")
    assert not {"feed.json", "llms.txt", "other.html.md"} & site.outputs()
    assert "text/markdown" not in site.page("other.html")
    made(site, "[machines]\nmarkdown = false\n")
    assert "(https://a.b/c/other.html): Text enough" in site.page("llms.txt")


SOURCE = r"""---
title: "Public: $x$"
date: 2025-01-01
summary: 'Sum "m"'
secret: private key
reviewer: Bob
macros:
  R: \mathbb{R}
---

# Public

%%
a block comment
%%

Kept %%inline secret%% and `code %%kept%%` and $x %% tex$.

> quoted %%quoted secret%% rest

| a | b |
|---|---|
| $\|x\|$ %%cell secret%% | [[draft\|cell words]] |

See [[draft|the words]], [[draft]], ![[draft]], [text](draft.md), [[other|kept]].

[//]: # (an old secret)
[//]: # (another secret)

Two^[note %%same%% and %%same%%].
"""


def test_markdown_is_published_as_far_as_it_is_for_readers(site: SiteMaker) -> None:
    site.write("notesite.toml", CONFIG)
    site.write("notes/a.md", SOURCE)
    site.note("other")
    site.note("draft", draft="true")
    site.build()
    text = site.page("a.html.md")
    front, _, body = text.partition("\n---\n")
    assert front.splitlines() == [
        "---",
        'title: "Public: $x$"',
        'url: "https://a.b/c/a.html"',
        "date: 2025-01-01",
        'authors: ["A. U. Thor"]',
        'summary: "Sum \\"m\\""',
        'macros: {"R": "\\\\mathbb{R}"}',
    ]
    for word in ("secret", "Bob", "block comment", "[[draft", "draft.md", "same"):
        assert word not in text, word
    assert "Kept  and `code %%kept%%` and $x %% tex$." in body
    assert r"| $\|x\|$  | cell words |" in body
    assert "See the words, draft, draft, text, [[other|kept]]." in body
    assert "> quoted  rest" in body
    assert "Two^[note  and ]." in body


def test_published_markdown_has_the_macros_of_the_site_that_it_needs(site: SiteMaker) -> None:
    macros = (
        "[math.macros]\nnorm = '\\lVert #1 \\rVert'\nunused = 'u'\nown = 's'\n"
        "dist = { body = '\\norm{#1 - #2}', description = 'the distance' }\n'\\q' = 'q'\n"
    )
    site.write("notesite.toml", CONFIG + macros)
    site.note("a", "$\\dist{x}{y} + \\own + \\q$", title="A", macros="{own: n}")
    site.build()
    front = site.page("a.html.md").partition("\n---\n")[0]
    [line] = [each for each in front.splitlines() if each.startswith("macros: ")]
    said = json.loads(line.removeprefix("macros: "))
    assert set(said) == {"dist", "norm", "own", "q"}
    assert said["dist"]["body"] == "\\norm{#1 - #2}"
    assert said["own"] == "n"


@pytest.mark.parametrize(
    "body",
    [
        "[words][away]\n\n[away]: draft.md",
        "![one %%twice%%](x.png) %%twice%%",
    ],
)
def test_markdown_is_withheld_where_it_might_give_something_away(
    site: SiteMaker, body: str
) -> None:
    site.write("notesite.toml", CONFIG)
    site.note("a", body)
    site.note("draft", draft="true")
    site.build(keep_going=True)
    outputs = site.outputs()
    if "a.html.md" in outputs:
        text = site.page("a.html.md")
        assert "draft" not in text
        assert "twice" not in text


def test_a_published_note_can_be_read_as_a_note_again(site: SiteMaker) -> None:
    site.write("notesite.toml", CONFIG)
    site.write("notes/a.md", SOURCE)
    site.note("other")
    site.note("draft", draft="true")
    site.build()
    site.write("notes/again.md", site.page("a.html.md").replace("a.html", "again.html"))
    assert "front-matter" not in " ".join(codes(site.build()))


def test_lost_readers_get_the_names_of_all_pages(site: SiteMaker) -> None:
    made(site)
    site.note("other", "Text.", aliases="[old/name]")
    site.build()
    pages = json.loads(site.page("pages.json"))
    assert ["proofs/riesz.html", "On x²"] in pages
    assert ["tags/t.html", "#t"] in pages
    assert ["old/name.html", "Other"] in pages or ["old/name.html", "other"] in pages
    page = site.page("404.html")
    assert 'src="https://a.b/c/static/js/pages/lost.js"' in page
    assert 'data-pages="https://a.b/c/pages.json"' in page
    assert (site.root / "output/static/js/pages/lost.js").is_file()
    assert '<div class="nearest" hidden>' in page
