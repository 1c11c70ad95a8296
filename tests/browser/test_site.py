"""The built site in a browser: formulas laid out, nothing failing, nothing wider than the page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from notesite.building import Builder, BuildOptions
from tests.browser.conftest import ROOT
from tests.conftest import SiteMaker

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

DEEP_DIVE = "deep-dives/exact-learning-dynamics-of-deep-linear-networks.html"


def pages_of(built: Path) -> list[str]:
    return sorted(path.relative_to(built).as_posix() for path in built.rglob("*.html"))


def test_every_page_opens_from_disk_without_complaint(built: Path, watched: Watched) -> None:
    for path in pages_of(built):
        watched.page.goto((built / path).as_uri(), wait_until="load")
    assert watched.errors == []
    assert all(url.startswith("file://") for url in watched.requests)


def test_every_page_opens_below_a_path_without_complaint(
    built: Path, served: str, watched: Watched
) -> None:
    for path in pages_of(built):
        watched.page.goto(served + path, wait_until="load")
    assert watched.errors == []
    assert all(url.startswith((served, "data:")) for url in watched.requests)


def test_formulas_are_laid_out_in_the_sites_font(built: Path, watched: Watched) -> None:
    watched.page.goto((built / DEEP_DIVE).as_uri())
    watched.page.evaluate("document.fonts.ready")
    measured = watched.page.evaluate(
        """() => {
            const boxes = [...document.querySelectorAll('math')].map(
                (math) => math.getBoundingClientRect());
            const fraction = document.querySelector('math[display="block"] mfrac');
            const [over, under] = [...fraction.children].map((c) => c.getBoundingClientRect());
            return {
                count: boxes.length,
                empty: boxes.filter((box) => box.width === 0 || box.height === 0).length,
                isStacked: over.bottom <= under.top + 1,
                fonts: [...document.fonts].filter((f) => f.status === 'loaded')
                    .map((f) => f.family),
            };
        }"""
    )
    assert measured["count"] > 300
    assert measured["empty"] == 0
    assert measured["isStacked"]
    assert any("Math" in family for family in measured["fonts"])


@pytest.mark.parametrize("width", [320, 390, 820, 1440])
def test_no_page_scrolls_sideways(built: Path, watched: Watched, width: int) -> None:
    watched.page.set_viewport_size({"width": width, "height": 800})
    wide = []
    for path in pages_of(built):
        watched.page.goto((built / path).as_uri(), wait_until="load")
        excess = watched.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if excess > 0:
            wide.append((path, excess))
    assert wide == []


def test_no_page_of_the_documentation_scrolls_sideways(
    tmp_path_factory: pytest.TempPathFactory, watched: Watched
) -> None:
    output = tmp_path_factory.mktemp("docs") / "output"
    Builder(BuildOptions(output=output, whole_fonts=True), ROOT / "docs").build()
    wide = []
    for path in pages_of(output):
        watched.page.goto((output / path).as_uri(), wait_until="load")
        for width in (320, 390, 820, 1280):
            watched.page.set_viewport_size({"width": width, "height": 800})
            excess = watched.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            if excess > 0:
                wide.append((path, width, excess))
    assert wide == []


def test_pages_read_without_javascript(built: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((built / DEEP_DIVE).as_uri())
    assert page.locator("h1").inner_text() == "Exact learning dynamics of deep linear networks"
    assert page.locator("math").count() > 300
    assert page.locator("nav.contents a").count() > 5
    page.goto((built / "index.html").as_uri())
    page.get_by_role("link", name="The Riesz representation theorem").first.click()
    assert "riesz" in page.url
    context.close()


def test_links_lead_somewhere(built: Path, watched: Watched) -> None:
    """Every internal link of every page: its file is there, and so is its anchor."""
    ids: dict[str, set[str]] = {}
    links: list[tuple[str, str]] = []
    for path in pages_of(built):
        watched.page.goto((built / path).as_uri(), wait_until="domcontentloaded")
        found = watched.page.evaluate(
            """() => ({
                ids: [...document.querySelectorAll('[id]')].map((e) => e.id),
                links: [...document.querySelectorAll('a[href], link[href], img[src], script[src]')]
                    .map((e) => e.href?.baseVal ?? e.href ?? e.src),
            })"""
        )
        ids[(built / path).as_uri()] = set(found["ids"])
        assert len(found["ids"]) == len(set(found["ids"])), f"an id stands twice in {path}"
        links += [(path, link) for link in found["links"] if link.startswith("file:")]
    dead = []
    for page, link in links:
        file, _, fragment = link.partition("#")
        is_there = Path(file.removeprefix("file://").replace("%20", " ")).is_file()
        if not is_there or (fragment and fragment not in ids.get(file, {fragment})):
            dead.append((page, link))
    assert dead == []


def test_dark_mode_is_dark_and_paper_is_white(built: Path, browser: Browser) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto((built / "index.html").as_uri())
    background = "getComputedStyle(document.documentElement).backgroundColor"
    red, green, blue = _rgb(page.evaluate(background), page.evaluate(_BODY))
    assert max(red, green, blue) < 60
    page.emulate_media(media="print", color_scheme="light")
    assert min(_rgb(page.evaluate(background), page.evaluate(_BODY))) > 250
    context.close()


_BODY = "getComputedStyle(document.body).backgroundColor"


def _rgb(*colours: str) -> tuple[int, ...]:
    """The first colour that is not transparent; paper is white."""
    for colour in colours:
        numbers = [float(part) for part in colour.strip("rgba()").split(",")]
        if len(numbers) == 3 or numbers[3] > 0:
            return tuple(int(number) for number in numbers[:3])
    return (255, 255, 255)


def test_faulty_formula_is_visible_in_its_place(site: SiteMaker, watched: Watched) -> None:
    site.note("a", "Before $\\nosuch$ after.")
    site.build(keep_going=True)
    watched.page.goto((site.root / "output/a.html").as_uri())
    fault = watched.page.locator(".math-error")
    assert fault.inner_text() == "\\nosuch"
    assert "nosuch" in (fault.get_attribute("title") or "")
    said = fault.evaluate("fault => getComputedStyle(fault, '::after').content")
    assert "there is no command" in said or "attr(title)" in said
