"""Previews in a browser: by pointer and by keyboard, served, from disk, under a strict policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.serving import build_site, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

POLICY = (
    "default-src 'none'; script-src 'self' 'inline-speculation-rules'; style-src 'self'; "
    "img-src 'self'; font-src 'self'"
)

CONFIG = '[site]\ntitle = "Previews"\ngit_dates = false\n[search]\nenabled = false\n'

NOTES = {
    "deep/target": r"""---
title: Target $x^2$
---
The opening of it.

## A heading

Words under it, as in [[#Results]].

## Results

> [!theorem] Riesz
> Every functional is $f(x) = \langle x, y \rangle$. %% label: thm-riesz %%

$$ a = b \label{eq-ab} $$

A block. ^blk

![[../dot.svg|A dot]]
""",
    "signs": r"""---
title: Signs
macros: { KL: { body: '\operatorname{KL}', description: 'what is said of *two* measures' } }
---
Here $\KL(p)$ is a divergence of measures; [the one of @thm-riesz](https://example.org/), as in
[a formula $\KL$](target.md).
""",
    "reader": r"""---
title: Reader
---
[[target]], [[target#A heading]], @thm-riesz, [[target#eq-ab]], [[target#^blk]], \eqref{eq-own}, a
footnote[^1], [the web](https://example.org/), [[#Far below]].

$$ c = d \label{eq-own} $$

"""
    + "Filling.\n\n" * 40
    + r"""## Far below

The end.

[^1]: Of the footnote, $z$.
""",
}
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4"/></svg>'

SHOWN = [
    ("deep/target.html", "Target"),
    ("deep/target.html#a-heading", "Words under it"),
    ("deep/target.html#thm-riesz", "Every functional is"),
    ("deep/target.html#eq-ab", "(1)"),
    ("deep/target.html#%5Eblk", "A block."),
    ("#eq-own", "(1)"),
    ("#far-below", "The end."),
]
"""A link of the note, and what its preview says."""


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("previews") / "site"
    (root / "notes/deep").mkdir(parents=True)
    (root / "notes/dot.svg").write_text(DOT)
    return build_site(root, CONFIG, NOTES)


@pytest.fixture(scope="module")
def address(output: Path) -> Iterator[str]:
    with serving(output, POLICY) as address:
        yield address


def hover(page: Page, href: str) -> str:
    """What the preview of that link says."""
    page.hover(f".content:not(.preview) a[href='{href}']")
    page.wait_for_selector(".preview")
    return page.inner_text(".preview")


def leave(page: Page) -> None:
    page.mouse.move(2, 2)
    page.wait_for_selector(".preview", state="detached")


def show_all(page: Page) -> dict[str, bool]:
    found = {}
    for href, words in SHOWN:
        found[href] = words in hover(page, href)
        box = page.locator(".preview").bounding_box()
        size = page.viewport_size
        assert box
        assert size
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size["width"]
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= size["height"]
        leave(page)
    return found


def test_links_show_what_they_lead_to(watched: Watched, address: str) -> None:
    watched.page.goto(address + "reader.html")
    assert show_all(watched.page) == {href: True for href, _ in SHOWN}
    assert watched.errors == []


def test_links_show_what_they_lead_to_from_disk(watched: Watched, output: Path) -> None:
    watched.page.goto((output / "reader.html").as_uri())
    assert show_all(watched.page) == {href: True for href, _ in SHOWN}
    assert watched.errors == []


def test_formulas_are_formulas_and_ids_stay_single(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(address + "reader.html")
    hover(page, "#eq-own")
    assert page.locator(".preview math").count() == 1
    assert page.locator(".preview [id]").count() == 0
    leave(page)
    hover(page, "deep/target.html#a-heading")
    assert page.locator(".preview a").get_attribute("href") == f"{address}deep/target.html#results"


def test_nothing_is_fetched_before_it_is_wanted(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(address + "reader.html", wait_until="networkidle")
    assert not [url for url in watched.requests if "previews/" in url]
    hover(page, "deep/target.html")
    leave(page)
    hover(page, "deep/target.html#a-heading")
    assert len([url for url in watched.requests if "previews/" in url]) == 1


def test_the_keyboard_shows_and_escape_closes(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(address + "reader.html")
    link = page.locator(".content a[href='deep/target.html']")
    page.keyboard.press("Tab")
    while not link.evaluate("link => link === document.activeElement"):
        page.keyboard.press("Tab")
    page.wait_for_selector(".preview")
    assert page.locator(".preview").get_attribute("role") == "tooltip"
    assert link.get_attribute("aria-describedby") == page.locator(".preview").get_attribute("id")
    page.keyboard.press("Escape")
    page.wait_for_selector(".preview", state="detached")
    assert link.get_attribute("aria-describedby") is None
    assert link.evaluate("link => link === document.activeElement")
    page.keyboard.press("Tab")
    page.wait_for_selector(".preview")
    assert "Words under it" in page.inner_text(".preview")


@pytest.mark.parametrize(
    ("page", "link", "shown"),
    [
        ("results.html", ".result-entry a", "Every functional"),
        ("notation.html", ".notation-table a", "is a divergence of"),
    ],
)
def test_results_and_notation_are_shown_where_they_are_listed(
    watched: Watched, output: Path, page: str, link: str, shown: str
) -> None:
    watched.page.goto((output / page).as_uri())
    watched.page.hover(link)
    watched.page.wait_for_selector(".preview")
    assert shown in watched.page.inner_text(".preview")
    watched.page.keyboard.press("Escape")
    assert watched.page.locator(".preview").count() == 0
    assert watched.errors == []


def test_the_pointer_may_rest_on_the_preview(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(address + "reader.html")
    hover(page, "deep/target.html")
    box = page.locator(".preview").bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 4, steps=4)
    page.wait_for_timeout(700)
    assert page.is_visible(".preview")
    leave(page)


def test_a_touch_follows_the_link_at_once(browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True)
    page = context.new_page()
    page.goto(address + "reader.html")
    page.tap(".content a[href='#far-below']")
    page.wait_for_url("**/reader.html#far-below")
    page.wait_for_timeout(600)
    assert page.locator(".preview").count() == 0
    context.close()


def test_previews_fit_a_phone(browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 700}, color_scheme="dark")
    page = context.new_page()
    page.goto(address + "reader.html")
    assert show_all(page) == {href: True for href, _ in SHOWN}
    hover(page, "#fn1")
    assert "Of the footnote" in page.inner_text(".preview")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_links_that_lead_out_show_nothing(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(address + "reader.html")
    page.hover("a[href='https://example.org/']")
    page.wait_for_timeout(600)
    assert page.locator(".preview").count() == 0


def test_of_very_many_parts_only_those_of_one_file_are_loaded(
    watched: Watched, tmp_path: Path
) -> None:
    long = "".join(f"::: theorem {{#thm-{at}}}\nOf number {at}.\n:::\n\n" for at in range(150))
    notes = {"long": f"# Long\n\nAbout it.\n\n{long}", "reader": "@thm-0, @thm-77, [[long]]."}
    with serving(build_site(tmp_path, "", notes)) as address:
        page = watched.page
        page.goto(address + "reader.html")
        for link, words in (
            ("long.html#thm-77", "Of number 77."),
            ("long.html#thm-0", "Of number 0."),
            ("long.html", "About it."),
        ):
            hover(page, link)
            assert words in page.locator(".preview").inner_text()
            leave(page)
    loaded = [url.rpartition("/")[2] for url in watched.requests if "previews/" in url]
    assert loaded == ["long.js", "long~3.js", "long~1.js"]
    assert watched.errors == []
