"""Footnotes: beside the text on wide pages, below their mark on narrow ones, last on paper."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from notesite.building import Builder, BuildOptions
from tests.browser.firefox import Firefox, find_firefox

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

NOTE = r"""---
title: Notes at the side
---
One[^1] and two[^2] and three[^3] in one line.

- in a list[^4]

| in | a table[^5] |
|----|-------------|
| a  | b           |

> [!theorem] in a result[^6]
> Again[^1].

![[other]]

> [!note]- Folded
> Hidden[^7].

Last^[An *inline* one with $x^2$.].

[^1]: The first.
[^2]: A long one, which takes more lines in the margin than the text beside it does, so that the
    one after it must wait.

    Its second paragraph.

    $$
    a^2 + b^2 = c^2
    $$
[^3]: The third.
[^4]: Of a list.
[^5]: Of a table.
[^6]: Of a result.
[^7]: Of what is folded:

    ```python
    def f(x): return x + 1  # a line too long for the margin
    ```
"""
OTHER = "---\ntitle: Other\n---\nEmbedded[^1].\n\n[^1]: Its own.\n"
BOXES = """[...document.querySelectorAll('.content > .footnotes li')].map((note) => {
    const mark = document.querySelector(`[data-note="${note.id.slice(2)}"]:not(.embed *)`);
    const [box, at] = [note.getBoundingClientRect(), mark.getBoundingClientRect()];
    const seen = mark.closest('details:not([open])') ? 0 : at.top;
    return { top: box.top, bottom: box.bottom, left: box.left, right: box.right, mark: seen };
})"""
TEXT = "document.querySelector('.content').getBoundingClientRect().right"


@pytest.fixture(scope="module")
def note(tmp_path_factory) -> str:
    """The address of a note with footnotes in every place."""
    root: Path = tmp_path_factory.mktemp("sidenotes")
    (root / "notes").mkdir()
    (root / "notesite.toml").write_text("[site]\ngit_dates = false\n")
    (root / "notes" / "here.md").write_text(NOTE)
    (root / "notes" / "other.md").write_text(OTHER)
    report = Builder(BuildOptions(), root).build()
    assert report.is_published, report.diagnostics
    return (root / "output" / "here.html").as_uri()


def opened(browser: Browser, width: int, *, javascript: bool = True) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=javascript
    )
    return context.new_page()


@pytest.mark.parametrize("width", [1200, 1440, 1900])
def test_wide_they_stand_beside_their_marks_and_never_on_each_other(
    browser: Browser, note: str, width: int
) -> None:
    page = opened(browser, width)
    page.goto(note)
    boxes = page.evaluate(BOXES)
    assert len(boxes) == 8
    edge = page.evaluate(TEXT)
    for before, box in zip([None, *boxes], boxes, strict=False):
        assert box["left"] > edge
        assert box["right"] <= width
        waits = before is not None and before["bottom"] > box["mark"] - 20
        if waits:
            assert 0 < box["top"] - before["bottom"] < 30
        elif box["mark"]:
            assert abs(box["top"] - box["mark"]) < 12
    page.context.close()


def test_wide_nothing_is_left_at_the_end(browser: Browser, note: str) -> None:
    page = opened(browser, 1440)
    page.goto(note)
    list_height = "document.querySelector('.content > .footnotes').getBoundingClientRect().height"
    assert page.evaluate(list_height) == 0
    assert page.locator(".embed .footnotes li").is_visible()
    page.context.close()


def test_narrow_the_note_asked_for_opens_below_its_mark_without_scripts(
    browser: Browser, note: str
) -> None:
    page = opened(browser, 390, javascript=False)
    page.goto(note)
    end = page.locator("#fn3").bounding_box()
    page.locator("#fnref3").click()
    mark, shown = page.locator("#fnref3").bounding_box(), page.locator("#fn3").bounding_box()
    assert end is not None
    assert mark is not None
    assert shown is not None
    assert end["y"] > 600
    assert 0 < shown["y"] - mark["y"] < 60
    page.locator("#fn3 .footnote-backref").click()
    again = page.locator("#fn3").bounding_box()
    assert again is not None
    assert again["y"] - mark["y"] > 300
    page.context.close()


def test_on_paper_they_are_a_list_at_the_end(browser: Browser, note: str) -> None:
    page = opened(browser, 1440)
    page.goto(note)
    page.emulate_media(media="print")
    boxes = page.evaluate(BOXES)
    last = page.locator("#fnref8").bounding_box()
    assert last is not None
    assert all(box["top"] > last["y"] for box in boxes)
    page.context.close()


def test_each_is_there_once_for_those_who_listen(browser: Browser, note: str) -> None:
    page = opened(browser, 1440)
    page.goto(note)
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((each) => each.id)")
    assert len(ids) == len(set(ids))
    assert page.locator("body").inner_text().count("Of a table.") == 1
    page.context.close()


def test_they_stand_beside_the_text_in_firefox_too(
    note: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with Firefox(find_firefox(), tmp_path_factory.mktemp("profile")) as firefox:
        firefox.resize(1440, 900)
        firefox.ask("WebDriver:Navigate", {"url": note})
        if not firefox.run("CSS.supports('top', 'anchor(--mark top)')"):
            pytest.skip("this Firefox knows no anchors")
        boxes, edge = firefox.run(BOXES), firefox.run(TEXT)
    assert len(boxes) == 8
    assert all(box["left"] > edge for box in boxes)
    assert all(a["bottom"] < b["top"] for a, b in pairwise(boxes))
