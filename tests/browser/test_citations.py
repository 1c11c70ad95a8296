"""Citations in a browser: there and back, previews, phones, paper, under a strict policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bibliography.library import BIBTEX
from tests.browser.serving import build_site, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

POLICY = (
    "default-src 'none'; script-src 'self' 'inline-speculation-rules'; style-src 'self'; "
    "img-src 'self'; font-src 'self'"
)
LONG = (
    "@misc{long, author={Long, A.}, title={On}, year=1, "
    f"url={{https://example.org/{'a' * 90}/{'b' * 90}}}}}"
)
TEXT = "As @riesz1907 says [@riesz1907; @long].\n\n" + "Filling.\n\n" * 40


@pytest.fixture(scope="module", params=["author-year", "numeric"])
def address(request: pytest.FixtureRequest, tmp_path_factory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("citations") / "site"
    root.mkdir()
    (root / "references.bib").write_text(BIBTEX + LONG, encoding="utf-8")
    config = (
        '[site]\ntitle = "C"\nauthor = "Jane Doe"\ngit_dates = false\n'
        'base_url = "https://example.org/"\n[search]\nenabled = false\n'
        f'[citations]\nstyle = "{request.param}"\n'
    )
    with serving(build_site(root, config, {"a": TEXT}), POLICY) as address:
        yield address


def test_a_citation_leads_to_its_work_and_back(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(address + "a.html")
    page.click("#cite-riesz1907-1")
    assert page.evaluate("location.hash") == "#ref-riesz1907"
    assert page.locator("#ref-riesz1907").is_visible()
    page.click("#ref-riesz1907 .reference-back a >> nth=1")
    assert page.evaluate("location.hash") == "#cite-riesz1907-2"
    assert watched.errors == []


def test_a_citation_shows_its_work(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(address + "a.html")
    page.hover("#cite-riesz1907-1")
    page.wait_for_selector(".preview")
    shown = page.inner_text(".preview")
    assert "Comptes rendus" in shown
    assert "↩" not in shown


@pytest.mark.parametrize("width", [320, 1440])
def test_nothing_makes_the_page_wider(watched: Watched, address: str, width: int) -> None:
    page = watched.page
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address + "a.html")
    page.click(".cite-note summary")
    assert page.locator(".cite-note pre").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_one_click_takes_the_whole_entry(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(address + "a.html")
    page.click(".cite-note summary")
    page.click(".cite-note pre")
    chosen = str(page.evaluate("getSelection().toString()")).strip()
    assert chosen.startswith("@misc{doe,")
    assert chosen.endswith("}")


def test_on_paper_there_is_only_what_is_read(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(address + "a.html")
    page.emulate_media(media="print")
    assert page.locator("#ref-riesz1907").is_visible()
    assert not page.locator(".reference-back").first.is_visible()
    assert not page.locator(".cite-note").is_visible()
    after = "getComputedStyle(document.querySelector('#ref-riesz1907 a'), '::after').content"
    assert page.evaluate(after) == "none"
