"""References by name in words without links: contents, descriptions, feeds, texts of links."""

from __future__ import annotations

import re

import pytest

from tests.conftest import SiteMaker

BOOK = "@book{axler2015, author={Sheldon Axler}, title={Linear Algebra}, year={2015}}\n"
THEOREM = "::: theorem {#thm-far}\nx\n:::\n"


@pytest.fixture
def noted(site: SiteMaker) -> SiteMaker:
    site.write("notesite.toml", '[site]\nbase_url = "https://example.org/"\n')
    site.write("references.bib", BOOK)
    site.note("there", THEOREM, title="There")
    return site


def test_contents_say_what_the_headings_say(noted: SiteMaker) -> None:
    noted.note("here", "## After @axler2015\n\nx\n\n## Proof of @thm-far & more\n\ny\n")
    noted.build()
    contents = noted.page("here.html").partition('aria-label="Contents"')[2].partition("</nav>")[0]
    assert re.findall(r'<a href="[^"]*">(.*?)</a>', contents)[:2] == [
        "After Axler (2015)",
        "Proof of Theorem\u00a01 of There &amp; more",
    ]


def test_an_excerpt_says_what_the_page_says_everywhere(noted: SiteMaker) -> None:
    text = r"As @axler2015 and [[there#thm-far]] say in [the text of \cref{thm-far}](there.md)."
    noted.note("here", text, date="2024-01-01")
    noted.build()
    shown = (
        "As Axler (2015) and Theorem\u00a01 of There say in the text of Theorem\u00a01 of There."
    )
    assert f'<meta name="description" content="{shown}">' in noted.page("here.html")
    assert f"<summary>{shown}</summary>" in noted.page("feed.xml")
    assert shown.replace("\u00a0", " ") in noted.page("llms.txt")


def test_a_command_in_a_links_text_is_words_without_a_link_of_its_own(noted: SiteMaker) -> None:
    noted.note("here", r"See [statement \ref{thm-far}](there.md#thm-far).")
    noted.build()
    assert '<a href="there.html#thm-far">statement 1 of There</a>' in noted.page("here.html")


def test_another_notes_new_number_reaches_contents_and_excerpt(noted: SiteMaker) -> None:
    noted.note("here", "As @thm-far says, so it is.\n\n## On @thm-far\n\nx\n\n## More\n\ny\n")
    noted.build()
    noted.note("there", f"::: lemma\ny\n:::\n\n{THEOREM}", title="There")
    noted.build()
    page = noted.page("here.html")
    assert ">On Theorem\u00a02 of There</a>" in page
    assert 'content="As Theorem\u00a02 of There says, so it is."' in page
