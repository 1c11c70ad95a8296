"""Text far from view on a phone: laid out when it is near, otherwise as if it always had been."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.browser.test_site import DEEP_DIVE

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

_WAITING = """[...document.querySelectorAll('.content p math, .content .equation math')]
    .filter((each) => !each.checkVisibility({ contentVisibilityAuto: true })).length"""
# How far below the upper edge of the window the display stands that is the first one in view, or
# the one of that text.
_PLACE = """(text) => {
    const each = [...document.querySelectorAll('.equation')].find((each) =>
        text ? each.textContent === text : each.getBoundingClientRect().top > 0);
    return [each.textContent, each.getBoundingClientRect().top];
}"""


# Whether what is in view is laid out, and no longer moves.
_SETTLED = f"""async () => {{
    const before = ({_PLACE})()[1];
    await new Promise((resolve) => setTimeout(resolve, 400));
    return ({_PLACE})()[1] === before;
}}"""


@pytest.fixture
def page(watched: Watched) -> Page:
    watched.page.set_viewport_size({"width": 390, "height": 800})
    watched.page.emulate_media(reduced_motion="reduce")
    return watched.page


def test_it_waits_on_a_phone_not_on_paper_nor_beside_a_margin(served: str, page: Page) -> None:
    page.add_init_script("window.requestIdleCallback = undefined")  # There never is time.
    page.goto(served + DEEP_DIVE, wait_until="load")
    page.wait_for_function(f"{_WAITING} > 100")
    page.emulate_media(media="print")
    assert page.evaluate(_WAITING) == 0
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1440, "height": 800})
    assert page.evaluate(_WAITING) == 0


def test_it_is_laid_out_before_anybody_scrolls_a_little_at_a_time(served: str, page: Page) -> None:
    page.add_init_script(
        """window.counts = [];
        const ask = requestIdleCallback;
        window.requestIdleCallback = (work) => ask((deadline) => {
            const before = document.querySelectorAll("[data-far]").length;
            work(deadline);
            window.counts.push(document.querySelectorAll("[data-far]").length - before);
        });"""
    )
    page.goto(served + DEEP_DIVE, wait_until="load")
    page.wait_for_function(f"window.counts.length > 4 && {_WAITING} === 0")
    assert page.evaluate("scrollY") == 0
    counts = page.evaluate("window.counts")
    assert sum(counts) > 100
    assert max(counts) <= 32


@pytest.mark.parametrize("begins", ["touch", "wheel", "key"])
def test_it_is_laid_out_at_once_when_somebody_reads_on(
    served: str, page: Page, begins: str
) -> None:
    page.add_init_script("window.requestIdleCallback = () => 0")  # The browser is never idle.
    page.goto(served + DEEP_DIVE, wait_until="load")
    page.wait_for_function(f"{_WAITING} > 100")
    if begins == "touch":
        page.evaluate("document.body.dispatchEvent(new Event('touchstart', { bubbles: true }))")
    elif begins == "wheel":
        page.mouse.wheel(0, 10)
    else:
        page.keyboard.press("ArrowDown")
    page.wait_for_function(f"{_WAITING} === 0")


@pytest.mark.parametrize("width", [390, 1440])
def test_what_is_out_of_view_takes_the_colours_of_a_theme_later(
    served: str, page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(served + DEEP_DIVE, wait_until="load")
    page.wait_for_function(f"{_WAITING} === 0")
    page.evaluate("scrollTo(0, 6000)")
    page.wait_for_function(_SETTLED)
    [text, top] = page.evaluate(_PLACE)
    height = page.evaluate("document.documentElement.scrollHeight")
    waiting = page.evaluate(
        f"""async () => {{
            document.querySelector('.theme-switch').click();
            await new Promise(requestAnimationFrame);
            await new Promise(requestAnimationFrame);
            return {_WAITING};
        }}"""
    )
    assert waiting > 100
    assert page.evaluate("document.documentElement.scrollHeight") == height
    page.wait_for_function(f"{_WAITING} === 0")
    assert page.evaluate("document.documentElement.scrollHeight") == height
    assert page.evaluate(_PLACE, text)[1] == top
    assert page.evaluate("document.querySelector('.content p[style*=contain]')") is None


def test_links_lead_to_it_and_the_browser_finds_it(served: str, page: Page) -> None:
    address = served + DEEP_DIVE
    page.goto(f"{address}#limits-of-the-theory", wait_until="load")
    top = "document.getElementById('limits-of-the-theory').getBoundingClientRect().top"
    page.wait_for_function(f"Math.abs({top} - 26) < 4")
    page.goto(address, wait_until="load")
    # It stands nowhere but near the end.
    assert page.evaluate("window.find('cuts off the weaker modes for good')")
    assert page.evaluate("scrollY") > 5000


def test_nothing_moves_where_a_link_leads(served: str, page: Page) -> None:
    page.goto(f"{served}{DEEP_DIVE}#limits-of-the-theory", wait_until="load")
    moved = page.evaluate(
        """async () => {
            let moved = 0;
            new PerformanceObserver((list) => {
                for (const each of list.getEntries()) moved += each.value;
            }).observe({ type: "layout-shift", buffered: true });
            for (let step = 0; step < 30; step++) {
                scrollBy({ top: -250, behavior: "instant" });
                await new Promise((resolve) => setTimeout(resolve, 40));
            }
            return moved;
        }"""
    )
    assert moved < 0.01


def test_whoever_comes_back_is_where_they_were(served: str, page: Page) -> None:
    page.goto(served + DEEP_DIVE, wait_until="load")
    page.evaluate("scrollTo(0, 6000)")
    page.wait_for_function(_SETTLED)
    [text, top] = page.evaluate(_PLACE)
    there = f"Math.abs(({_PLACE})({json.dumps(text)})[1] - {top}) <= 3"
    page.reload(wait_until="load")
    page.wait_for_function(there)
    page.goto(served + "index.html", wait_until="load")
    page.go_back(wait_until="load")
    page.wait_for_timeout(500)  # It is there to stay.
    page.wait_for_function(there)
    assert page.evaluate(_WAITING) == 0


def test_the_contents_follow_a_leap(served: str, page: Page) -> None:
    page.goto(served + DEEP_DIVE, wait_until="load")
    for place in (9000, 0, 5000):
        page.evaluate(f"scrollTo(0, {place})")
        page.wait_for_timeout(300)
        above = page.evaluate(
            """[...document.querySelectorAll('.content :is(h2, h3)')]
                .filter((each) => each.getBoundingClientRect().top < innerHeight / 3)
                .at(-1)?.id ?? ''"""
        )
        marked = page.evaluate(
            "document.querySelector('.contents [aria-current]')?.hash.slice(1) ?? ''"
        )
        assert marked == above


def test_what_is_not_laid_out_yet_can_be_scrolled_with_the_keyboard(
    served: str, page: Page
) -> None:
    page.add_init_script("window.requestIdleCallback = () => 0")  # The browser is never idle.
    page.goto(served + DEEP_DIVE, wait_until="load")
    page.wait_for_function(f"{_WAITING} > 100")
    far = """[...document.querySelectorAll('.equation-body')].filter((each) =>
        !each.checkVisibility({ contentVisibilityAuto: true })
        && each.scrollWidth > each.clientWidth)"""
    assert page.evaluate(f"{far}.length") > 10
    assert page.evaluate(f"{far}.filter((each) => each.tabIndex !== 0).length") == 0
    page.mouse.wheel(0, 10)
    page.wait_for_function(f"{_WAITING} === 0")
    page.wait_for_function(
        """[...document.querySelectorAll('.equation-body')].every((each) =>
            each.hasAttribute('tabindex') === each.scrollWidth > each.clientWidth)"""
    )
