"""Screens kept: pages of a small site beside pictures of them that were looked at and found good.

After a change on purpose,

    pytest tests/browser/test_screens.py --regenerate

writes `tests/browser/screens/*.png` and `boxes.json` anew; look at the pictures before committing
them. Pixels are compared under the browser that drew the pictures, boxes under any other.
"""

from __future__ import annotations

import json
import shutil
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from notesite.building import Builder, BuildOptions
from tests.browser.images import decode, encode, unlike

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

    from notesite.server.problems import Problem

pytestmark = pytest.mark.browser

GOLDEN = Path(__file__).with_name("screens")
BOXES = GOLDEN / "boxes.json"
TILE_TOLERANCE, TILES_ALLOWED = 24.0, 0.02

PROOF, INNER = "proofs/spectral-theorem.html", "toolkit/inner-products.html"


def open_search(page: Page) -> None:
    page.keyboard.press("/")
    page.locator(".search-input").fill("spectral")
    page.locator(".search-option").first.wait_for()
    page.wait_for_timeout(300)


def open_preview(page: Page) -> None:
    page.locator(".content a", has_text="Inner products").first.hover()
    page.locator(".preview").first.wait_for()
    page.wait_for_timeout(300)


PROBLEMS: list[Problem] = [
    {
        "place": "notes/toolkit/inner-products.md:12:20",
        "code": "math-unknown-command",
        "message": "'\\inprod' is not defined",
        "excerpt": {"before": "The norm is $\\sqrt{", "marked": "\\inprod", "after": "{x}{x}}$."},
        "notes": ["did you mean '\\inner'?"],
    },
    {
        "place": "notes/proofs/spectral-theorem.md",
        "code": "label-duplicate",
        "message": "the label 'eq:spectrum' is given twice",
        "excerpt": None,
        "notes": [],
    },
]


def open_overlay(page: Page) -> None:
    script = files("notesite.server").joinpath("overlay.js").read_text(encoding="utf-8")
    page.add_script_tag(content=script)
    page.evaluate("(problems) => notesiteShowProblems(problems)", PROBLEMS)
    page.locator("notesite-overlay").wait_for()


class Screen(NamedTuple):
    """A page as it is looked at."""

    path: str
    width: int
    scheme: str = "light"
    media: str = "screen"
    act: Callable[[Page], None] | None = None


SCREENS = {
    "index-1440": Screen("index.html", 1440),
    "index-390": Screen("index.html", 390),
    "proof-1440": Screen(PROOF, 1440),
    "proof-820": Screen(PROOF, 820),
    "proof-390": Screen(PROOF, 390),
    "proof-1440-dark": Screen(PROOF, 1440, "dark"),
    "proof-print": Screen(PROOF, 720, media="print"),
    "index-print": Screen("index.html", 720, media="print"),
    "note-print": Screen(INNER, 720, media="print"),
    "index-1440-dark": Screen("index.html", 1440, "dark"),
    "map-390": Screen("map.html", 390),
    "results-820": Screen("results.html", 820),
    "all-390-dark": Screen("all.html", 390, "dark"),
    "note-820-dark": Screen(INNER, 820, "dark"),
    "section-820": Screen("proofs/index.html", 820),
    "tags-390": Screen("tags/index.html", 390),
    "404-820": Screen("404.html", 820),
    "search-820": Screen(PROOF, 820, act=open_search),
    "preview-1440": Screen(PROOF, 1440, act=open_preview),
    "overlay-820": Screen(PROOF, 820, act=open_overlay),
    "overlay-390-dark": Screen(PROOF, 390, "dark", act=open_overlay),
}

# Of every element that shows text of its own or is a formula: its name and its box.
_BOXES = """() => [...document.querySelectorAll('header, h1, h2, h3, main p, main math, footer li')]
    .filter((each) => each.checkVisibility() && !each.parentElement.closest('math'))
    .slice(0, 60)
    .map((each) => [each, each.getBoundingClientRect()])
    .map(([each, box]) => [each.localName, Math.round(box.width), Math.round(box.height)])"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve_folder: Callable[[Path], str]) -> str:
    """Where the small site is served."""
    root = tmp_path_factory.mktemp("screens") / "site"
    shutil.copytree(GOLDEN, root, ignore=shutil.ignore_patterns("*.png", "boxes.json"))
    report = Builder(BuildOptions(strict=True, base_url=""), root).build()
    assert report.is_published, [each.message for each in report.diagnostics]
    return serve_folder(root / "output")


def shown(browser: Browser, address: str, screen: Screen) -> tuple[bytes, list[list[object]]]:
    """A picture of the screen at half its size, and the boxes on it."""
    context = browser.new_context(
        viewport={"width": screen.width, "height": 1000}, device_scale_factor=0.5,
        reduced_motion="reduce",
        color_scheme="dark" if screen.scheme == "dark" else "light",
    )  # fmt: skip
    page = context.new_page()
    page.emulate_media(media="print" if screen.media == "print" else "screen")
    page.goto(address + screen.path, wait_until="load")
    page.evaluate("document.fonts.ready")
    if screen.act:
        screen.act(page)
    picture = encode(decode(page, page.screenshot()))
    boxes = page.evaluate(_BOXES)
    context.close()
    return picture, boxes


@pytest.mark.parametrize("name", SCREENS)
def test_the_screen_is_as_it_was(
    name: str, browser: Browser, address: str, request: pytest.FixtureRequest
) -> None:
    picture, boxes = shown(browser, address, SCREENS[name])
    file = GOLDEN / f"{name}.png"
    kept = json.loads(BOXES.read_text(encoding="utf-8")) if BOXES.is_file() else {}
    if request.config.getoption("--regenerate"):
        file.write_bytes(picture)
        kept |= {"browser": browser.version, name: boxes}
        lines = (f"{json.dumps(key)}: {json.dumps(value)}" for key, value in sorted(kept.items()))
        BOXES.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
        return
    assert [each[0] for each in boxes] == [each[0] for each in kept[name]]
    moved = [(a, b) for a, b in zip(boxes, kept[name], strict=True) if not alike(a, b)]
    assert moved == []
    if browser.version == kept["browser"]:
        context = browser.new_context()
        page = context.new_page()
        share = unlike(decode(page, picture), decode(page, file.read_bytes()), TILE_TOLERANCE)
        context.close()
        assert share <= TILES_ALLOWED


def alike(found: list[object], expected: list[object]) -> bool:
    """Whether two boxes differ by no more than fonts do from one machine to the next."""
    pairs = zip(found[1:], expected[1:], strict=True)
    return all(
        isinstance(a, int) and isinstance(b, int) and abs(a - b) <= 2 + 0.06 * b for a, b in pairs
    )
