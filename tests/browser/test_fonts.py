"""Fonts in a browser: no sign missing, nothing torn, nothing heavy, nothing that moves."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from notesite.styling.faces import TEXT_FALLBACKS
from tests.browser.test_site import DEEP_DIVE
from tests.conftest import SiteMaker, codes
from tests.math.sheet import read_sheet

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

HEAVIEST, MOST_REQUESTS = 139_500, 12

_BOXES = """() => [...document.querySelectorAll('.content math, .content math *')]
    .map((each) => each.getBoundingClientRect())
    .map((box) => [Math.round(box.width * 4), Math.round(box.height * 4)])"""


def stress() -> list[str]:
    """Formulas with every construct of the sheet and every relation, operator, arrow, letter."""
    formulas = [text for group in read_sheet().values() for text in group]
    file = Path(__file__).parents[1] / "math/functions.toml"
    kinds = tomllib.loads(file.read_text(encoding="utf-8"))["kinds"]
    listed = [k for k in kinds if k["title"] in {"Relations", "Arrows"}]
    names = dict.fromkeys(name for kind in listed for name in kind["names"].split())
    return [*formulas, *(f"x {name} y" for name in names)]


def write_stress(maker: SiteMaker) -> None:
    shown = [text + "$$" if text.startswith("$$") else f"${text}$" for text in stress()]
    maker.note("stress", "\n\n".join(shown))


def families(page: Page, selector: str) -> dict[str, int]:
    """The fonts that the browser drew the elements with, and how many signs of each."""
    session = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        session.send(f"{domain}.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    found: dict[str, int] = {}
    asked = {"nodeId": root, "selector": selector}
    for node in session.send("DOM.querySelectorAll", asked)["nodeIds"]:
        for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]:
            name = font["familyName"] if font["isCustomFont"] else f"installed {font['familyName']}"
            found[name] = found.get(name, 0) + round(font["glyphCount"])
    return found


def open_page(page: Page, file: Path) -> None:
    page.goto(file.as_uri(), wait_until="load")
    page.evaluate("document.fonts.ready")


def test_every_sign_is_drawn_by_the_sites_fonts(site: SiteMaker, watched: Watched) -> None:
    write_stress(site)
    site.build(keep_going=True)
    (part,) = (site.root / "output/static/fonts").glob("math-*.woff2")
    open_page(watched.page, site.root / "output/stress.html")
    drawn = families(watched.page, ".content math")
    assert [name for name in drawn if name.startswith("installed")] == []
    assert sum(drawn.values()) > 1_500
    # All formulas are drawn with the part made for the site; nothing else of the face was needed.
    asked = {url.rpartition("/")[2] for url in watched.requests if "math" in url and "woff2" in url}
    assert asked == {part.name}


def test_bold_emphasis_is_fetched_only_where_it_stands(site: SiteMaker, watched: Watched) -> None:
    asked = {}
    for name, text in {
        "a": "*Once* and **twice**.",
        "b": "## A *so* called\n\n***Thrice***.",
    }.items():
        site.note(name, text)
        site.build()
        watched.requests.clear()
        open_page(watched.page, site.root / f"output/{name}.html")
        asked[name] = {url.rpartition("/")[2] for url in watched.requests}
    bold = "stix-two-text-latin-bold-italic.woff2"
    assert "stix-two-text-latin-italic.woff2" in asked["a"]
    assert bold in asked["b"] - asked["a"]
    assert set(families(watched.page, ".content em")) == {"STIX Two Text"}


_PAIR = {
    "DejaVu Serif": ("DejaVuSerif.ttf", "DejaVuSerif-Italic.ttf"),
    "DejaVu Math TeX Gyre": ("DejaVuMathTeXGyre.ttf",),
}


def test_another_pair_draws_text_and_formulas(site: SiteMaker, watched: Watched) -> None:
    """By configuration alone; the pair is Debian's, for want of one in the repository."""
    folder = Path("/usr/share/fonts/truetype/dejavu")
    lines = ["[site]", "git_dates = false"]
    for kind, (family, names) in zip(("text", "math"), _PAIR.items(), strict=True):
        if not all((folder / name).is_file() for name in names):
            pytest.skip(f"{family} is not installed")
        lines += [f"[theme.fonts.{kind}]", f"family = '{family} Own'", f"files = {list(names)}"]
        for name in names:
            site.write(f"static/{name}", (folder / name).read_bytes())
    site.write("notesite.toml", "\n".join(lines))
    site.note("a", "Text and *text*.\n\n$$\\sum_{i=1}^n \\frac{\\alpha_i}{2} \\in \\mathbb{R}$$")
    assert codes(site.build()) == []
    open_page(watched.page, site.root / "output/a.html")
    text, math = _PAIR
    assert families(watched.page, ".content p, .content em") == {text: len("Text and texttext.")}
    assert set(families(watched.page, ".content math")) == {math}
    assert not any("stix" in url for url in watched.requests)


def test_nothing_is_torn_from_a_part_of_the_font(site: SiteMaker, watched: Watched) -> None:
    write_stress(site)
    boxes = []
    for whole in (True, False):
        site.build(keep_going=True, whole_fonts=whole)
        open_page(watched.page, site.root / "output/stress.html")
        boxes.append(watched.page.evaluate(_BOXES))
    assert len(boxes[0]) > 3_000
    # A line is as high as all the files together say that it draws with: a pixel or two.
    apart = [
        (whole, part)
        for whole, part in zip(*boxes, strict=True)
        if abs(whole[0] - part[0]) > 2 or abs(whole[1] - part[1]) > 10
    ]
    assert apart == []


def test_the_longest_note_is_light(built: Path, watched: Watched) -> None:
    """Weight as a server sends it, text compressed by gzip, with all that a page asks for."""
    open_page(watched.page, built / DEEP_DIVE)
    paths = [Path(url.removeprefix("file://")) for url in dict.fromkeys(watched.requests)]
    weights = {path.relative_to(built).as_posix(): weight(path) for path in paths}
    assert sum(weights.values()) < HEAVIEST, weights
    assert len(weights) < MOST_REQUESTS, weights


def weight(path: Path) -> int:
    content = path.read_bytes()
    return len(content) if path.suffix in {".woff2", ".png"} else len(gzip.compress(content))


STAND_INS = {
    "Text Fallback": ("Times New Roman", "Liberation Serif"),
    "Text Fallback 3": ("DejaVu",),
}
"""Families that stand in for the text face while it loads, and what of them may be here."""


def has_stand_in(family: str) -> bool:
    """Whether there is a font here that stands in for the text face by that name."""
    lister = shutil.which("fc-list")
    if lister is None:
        return False
    found = subprocess.run([lister, ":", "family"], capture_output=True, check=True, text=True)
    lines = found.stdout.splitlines()
    return any(line.startswith(name) for name in STAND_INS[family] for line in lines)


_SHIFTS = """window.shift = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shift += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });"""

# What Lighthouse calls a slow 4G: 1.6 megabits a second, 150 milliseconds there and back.
_SLOW = {
    "offline": False, "latency": 150, "downloadThroughput": 204_800, "uploadThroughput": 96_000,
}  # fmt: skip


# A later page of a visit: it is not kept back until the fonts are there.
_LATER = "sessionStorage.setItem('fonts', 'asked');"


def slow_page(browser: Browser, width: int, *scripts: str, latency: int = 150) -> Page:
    """A page behind a slow line that counts what moves."""
    page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", {**_SLOW, "latency": latency})
    for script in (_SHIFTS, *scripts):
        page.add_init_script(script)
    return page


def shift(page: Page, address: str) -> float:
    """How much moves while a page loads, by the Layout Instability API."""
    page.goto(address, wait_until="load")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(300)
    found: float = page.evaluate("window.shift")
    page.context.close()
    return found


@pytest.mark.parametrize(
    ("family", "width"),
    [("Text Fallback", 390), ("Text Fallback", 1280), ("Text Fallback 3", 390)],
)
def test_stand_ins_take_the_room_of_the_text_face(
    served: str, built: Path, browser: Browser, family: str, width: int
) -> None:
    """Little moves where fonts come after the text."""
    if not has_stand_in(family):
        pytest.skip(f"no font is installed for {family}")
    style = (built / "static/css/notesite.css").read_text(encoding="utf-8")
    # As on a system that has none of the others.
    for other in set(TEXT_FALLBACKS) - {family}:
        style = style.replace(f'font-family: "{other}"', 'font-family: "No Font"')
    page = slow_page(browser, width, _LATER)
    page.route("**/notesite.css", lambda route: route.fulfill(body=style, content_type="text/css"))
    assert shift(page, served + DEEP_DIVE) < 0.01


@pytest.mark.parametrize("width", [390, 820, 1440])
@pytest.mark.parametrize(
    "path", ["index.html", "all.html", "margins/sign-conventions.html", "toolkit/index.html"]
)
def test_nothing_moves_while_the_first_page_of_a_visit_loads(
    served: str, browser: Browser, path: str, width: int
) -> None:
    """It is shown with its fonts; in stand-ins first, two of these would move by 0.15 and 0.29."""
    assert shift(slow_page(browser, width), served + path) < 0.002


def test_fonts_that_do_not_arrive_keep_the_page_back_for_a_moment_only(
    served: str, browser: Browser
) -> None:
    page = slow_page(browser, 820)
    page.route("**/*.woff2", lambda route: None)
    page.goto(served + "index.html", wait_until="commit")
    page.wait_for_selector("h1", state="visible", timeout=5_000)
    page.wait_for_function(
        "performance.getEntriesByName('first-contentful-paint')[0]?.startTime < 2000"
    )
    page.context.close()


def test_a_page_waits_for_no_font_on_a_line_too_slow_for_it(served: str, browser: Browser) -> None:
    waits = """new MutationObserver(() => {
        if (document.documentElement.className) window.waited = true;
    }).observe(document, { attributes: true, subtree: true });"""
    page = slow_page(browser, 820, waits, latency=900)
    page.goto(served + "tags/index.html")
    assert page.evaluate("window.waited") is None
    page.context.close()


def test_a_page_that_has_loaded_is_seen(served: str, browser: Browser) -> None:
    """Whoever pictures a page when it has loaded, as Firefox does when asked to, sees it."""
    page = slow_page(browser, 820)
    page.add_init_script(
        "addEventListener('load', () => setTimeout(() => "
        "{ window.seen = getComputedStyle(document.body).visibility; }));"
    )
    page.goto(served + "tags/index.html")
    page.wait_for_function("window.seen")
    assert page.evaluate("window.seen") == "visible"
    page.context.close()
