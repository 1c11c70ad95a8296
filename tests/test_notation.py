"""The notation of notes and of the site: tables, the first use, the page of all symbols."""

from __future__ import annotations

import re

from tests.conftest import SiteMaker, codes

CONFIG = r"""
[site]
git_dates = false
base_url = "https://a.b"
[math.macros]
R = { body = '\mathbb{R}', description = "the *reals*, not $\\mathbb{Q}$" }
Q = '\mathbb{Q}'
"""


def rows(page: str) -> list[str]:
    return re.findall(r'<tr data-symbol="(\w+)">', page)


def test_a_note_lists_the_symbols_it_uses(site: SiteMaker) -> None:
    site.write("notesite.toml", CONFIG)
    site.note("a", "# On $\\R$\n\n## In $\\R$\n\n$x \\in \\R$ and $\\R + \\Q$.")
    assert codes(site.build()) == []
    page = site.page("a.html")
    assert rows(page) == ["R"]
    link = '<a href="#symbol:R">the <em>reals</em>, not <math aria-label="ℚ"'
    assert f'<th scope="row">{link}' in page
    # Neither the title nor a heading, which the contents repeat, is the first use.
    assert page.count('id="symbol:R"') == 1
    assert '<mo>∈</mo><mi id="symbol:R" class="symbol symbol-R">ℝ</mi>' in page


def test_a_note_without_described_symbols_has_nothing_of_it(site: SiteMaker) -> None:
    site.write("notesite.toml", CONFIG)
    site.note("a", "$\\Q$")
    site.build()
    assert "notation" not in site.page("a.html").partition("<main")[2]
    assert "notation.html" not in site.outputs()


FRONT_MATTER = r"""---
macros:
  KL: { body: '\operatorname{KL}', description: 'the divergence' }
  '\plain': 'x'
  pow: { body: '#2^{#1}', args: 2, default: '2' }
---
$\KL$ and $\plain$ and $\pow{y}$.
"""


def test_front_matter_may_describe(site: SiteMaker) -> None:
    site.write("notes/a.md", FRONT_MATTER)
    assert codes(site.build()) == []
    assert rows(site.page("a.html")) == ["KL"]
    assert "<msup><mi>y</mi><mn>2</mn></msup>" in site.page("a.html")


def test_a_macro_in_front_matter_must_be_one(site: SiteMaker) -> None:
    site.write("notes/a.md", "---\nmacros:\n  KL: { boddy: x }\n---\nx")
    (problem,) = site.build().diagnostics
    assert problem.code == "front-matter-type"
    assert "'KL'" in problem.message


def test_a_faulty_description_is_reported_where_it_is_written(site: SiteMaker) -> None:
    site.write("notesite.toml", CONFIG.replace(r"\\mathbb{Q}", r"\\nosuch"))
    site.note("a", "$\\R$")
    site.note("b", "$\\R$")
    report = site.build(keep_going=True)
    assert [(each.code, each.file) for each in report.diagnostics] == [
        ("math-unknown-command", "notesite.toml")
    ]


def test_the_page_of_all_symbols_leads_to_the_first_use(site: SiteMaker) -> None:
    site.write("notesite.toml", CONFIG)
    site.note("a", "$\\R$", date="2024-01-01", title="'Old $x$'")
    site.note("b", "$\\R$", date="2025-01-01", title="New")
    site.write("notes/c.md", FRONT_MATTER.replace("---\nmacros", "---\ndate: 2023-01-01\nmacros"))
    site.build()
    page = site.page("notation.html")
    assert page.index("<code>\\KL</code>") < page.index("<code>\\R</code>")
    assert '<a href="b.html#symbol:R">New</a> <span class="notation-count">2 notes</span>' in page
    assert '<a href="notation.html" aria-current="page">Notation</a>' in page
    assert "https://a.b/notation.html" in site.page("sitemap.xml")


def test_one_macro_with_two_meanings_is_two_symbols(site: SiteMaker) -> None:
    for name, meaning in (("a", "a ring"), ("b", "a <b>ranking</b>")):
        tex = f"$$\n\\newcommand{{\\R}}{{R}} % notation: {meaning}\n\\R\n$$"
        site.note(name, tex)
    assert codes(site.build()) == []
    page = site.page("notation.html")
    assert page.count("<code>\\R</code>") == 2
    assert "a ring" in page


def test_an_embed_shows_what_its_symbols_mean_now(site: SiteMaker) -> None:
    def describe(meaning: str) -> None:
        macros = f'macros:\n  Q: {{ body: "\\\\mathcal{{Q}}", description: "{meaning}" }}'
        site.note("home", f"---\ntitle: Home\n{macros}\n---\nA $\\Q$.")

    describe("a quiver")
    site.note("away", "![[home]]")
    site.note("far", "See [[home]].")
    site.build(cached=True)
    assert "a quiver" in site.page("away.html")
    assert "a quiver" not in site.page("far.html")
    describe("a quadric")
    site.build(cached=True)
    assert "a quadric" in site.page("away.html")
    assert "a quiver" not in site.page("away.html")
