"""Every kind of page for those who cannot see it, cannot point, or want it otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import axe_playwright_python
import pytest

from tests.browser.test_site import DEEP_DIVE, pages_of
from tests.conftest import SiteMaker, codes

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js"))

KINDS = (
    "index.html", DEEP_DIVE, "proofs/weierstrass-approximation-theorem.html", "proofs/index.html",
    "notes/wide-networks-become-linear.html", "margins/index.html", "tags/index.html",
    "tags/proof.html", "all.html", "map.html", "404.html", "results.html", "notation.html",
)  # fmt: skip

# What can be touched is 24 pixels wide and high, or stands apart (WCAG 2.2, 2.5.8).
_OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}


# The parts of a formula look like the formula; there are thousands of them.
_CONTEXT = {"exclude": ["math > *"]}


def violations(page: Page) -> list[Any]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("(given) => axe.run(...given)", [_CONTEXT, _OPTIONS])["violations"]
    return [(each["id"], [node["html"][:200] for node in each["nodes"]][:3]) for each in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing(built: Path, browser: Browser, scheme: Any, width: int) -> None:
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 900}, reduced_motion="reduce"
    )
    page = context.new_page()
    found = {}
    kinds = KINDS if width == 1440 else KINDS[:4]
    for path in kinds:
        page.goto((built / path).as_uri(), wait_until="load")
        found[path] = violations(page)
    assert {path: each for path, each in found.items() if each} == {}
    context.close()


def test_every_page_has_its_landmarks_and_one_title(built: Path, watched: Watched) -> None:
    wrong = []
    for path in pages_of(built):
        watched.page.goto((built / path).as_uri(), wait_until="domcontentloaded")
        found = watched.page.evaluate(
            """() => ({
                counts: ['main', 'h1', 'body > header', 'body > footer', 'nav.site-navigation']
                    .map((each) => document.querySelectorAll(each).length),
                levels: [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
                    .filter((each) => each.checkVisibility() || each.closest('details'))
                    .map((each) => Number(each.tagName[1])),
                language: document.documentElement.lang,
                handlers: document.querySelectorAll('[onclick], [style], style').length,
                columns: [...document.querySelectorAll('th:not([scope])')].length,
            })"""
        )
        jumps = [b for a, b in zip(found["levels"], found["levels"][1:], strict=False) if b > a + 1]
        if found["counts"] != [1] * 5 or jumps or found["handlers"] or found["columns"]:
            wrong.append((path, found))
    assert wrong == []


def test_the_first_tab_leads_to_the_text(built: Path, watched: Watched) -> None:
    page = watched.page
    page.goto((built / DEEP_DIVE).as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    assert page.locator(".skip-link").bounding_box()["y"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_whatever_has_the_focus_shows_it(built: Path, watched: Watched) -> None:
    page = watched.page
    page.goto((built / "proofs/weierstrass-approximation-theorem.html").as_uri())
    unseen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => {
                const each = document.activeElement;
                const look = getComputedStyle(each);
                const ring = look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 1;
                return [each.tagName + '.' + each.className, ring];
            }"""
        )
        if not found[1] and not found[0].startswith("BODY"):
            unseen.append(found[0])
    assert unseen == []


@pytest.mark.parametrize("path", [*KINDS[:4], "tags/index.html", "all.html", "results.html"])
def test_fingers_find_what_they_aim_at(built: Path, browser: Browser, path: str) -> None:
    """What is no link within a line of text is 44 pixels high, or 24 with room around it."""
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True)
    page = context.new_page()
    page.goto((built / path).as_uri(), wait_until="load")
    small = page.evaluate(
        """() => [...document.querySelectorAll(
                '.site-header a, .site-header button, .site-header summary, .contents summary, '
                + '.contents a, .entry-title, .neighbour, .site-footer a, .theme-switch, '
                + '.result-uses > summary, .result-rests > summary, summary.result-title')]
            .filter((each) => each.checkVisibility({ contentVisibilityAuto: true }))
            .map((each) => [each.className + ' ' + each.textContent.trim().slice(0, 30),
                            each.getBoundingClientRect().height])
            .filter(([, height]) => height > 0 && height < 43.5)"""
    )
    assert small == []
    context.close()


def test_forced_colours_and_large_letters(built: Path, browser: Browser) -> None:
    context = browser.new_context(forced_colors="active", viewport={"width": 640, "height": 480})
    page = context.new_page()
    page.goto((built / DEEP_DIVE).as_uri(), wait_until="load")
    # 200 per cent of 1280 pixels: nothing is cut off, nothing scrolls sideways.
    excess = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(excess) <= 0
    page.add_style_tag(content="html { font-size: 200% !important; }")
    assert page.evaluate(excess) <= 0
    assert page.locator(".theme-switch").is_visible()
    context.close()


def test_letters_of_twice_the_size_push_nothing_out_of_the_header(
    built: Path, browser: Browser
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto((built / KINDS[0]).as_uri())
    page.add_style_tag(content="html { font-size: 34px !important }")
    boxes = "[...document.querySelectorAll('.site-header :is(a, summary, button)')]"
    rights = page.evaluate(
        f"{boxes}.filter((e) => e.checkVisibility()).map((e) => e.getBoundingClientRect().right)"
    )
    assert len(rights) >= 3
    assert max(rights) <= 390
    page.close()


def test_formulas_are_heard_as_formulas(built: Path, watched: Watched) -> None:
    """Each is math in the accessibility tree, its parts below it, its TeX as its other text."""
    page = watched.page
    page.goto((built / "proofs/riesz-representation-theorem.html").as_uri())
    session = page.context.new_cdp_session(page)
    tree = session.send("Accessibility.getFullAXTree")["nodes"]
    roles = [node["role"]["value"] for node in tree if not node.get("ignored")]
    shown = page.evaluate(
        "[...document.querySelectorAll('math')].filter((e) => e.checkVisibility()).length"
    )
    assert roles.count("MathMLMath") >= shown * 0.9
    assert roles.count("MathMLFraction") > 0
    assert page.evaluate(
        "[...document.querySelectorAll('math')].every((m) => m.getAttribute('alttext'))"
    )


def test_nothing_moves_for_those_who_want_it_still(built: Path, browser: Browser) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto((built / "index.html").as_uri())
    moving = page.evaluate(
        """() => [...document.querySelectorAll('*')].filter((each) => {
            const look = getComputedStyle(each);
            return parseFloat(look.transitionDuration) > 0 || look.animationName !== 'none';
        }).length + (getComputedStyle(document.documentElement).scrollBehavior === 'smooth')"""
    )
    assert moving == 0
    context.close()


def test_links_and_headings_have_the_names_one_sees(site: SiteMaker, watched: Watched) -> None:
    r"""A heading is called as it reads, without its `#`, and formulas are a part of names."""
    site.note("b", "---\ntitle: Of $x^2$\n---\nText.\n\n## On $\\ell_1$\n\nText.")
    text = "See [[b]] and [the $y$ of b](b.md).\n\n## Part one\n\nText."
    site.note("a", f"---\ntitle: A\n---\n{text}")
    assert codes(site.build()) == []
    names = {}
    for name in "ab":
        watched.page.goto((site.root / f"output/{name}.html").as_uri(), wait_until="load")
        session = watched.page.context.new_cdp_session(watched.page)
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        names[name] = [
            (node["role"]["value"], node["name"]["value"].strip())
            for node in nodes
            if node.get("role", {}).get("value") in {"heading", "link"}
        ]
    assert {("heading", "Part one"), ("link", "Of x²"), ("link", "the y of b")} <= set(names["a"])
    assert {("heading", "Of x²"), ("heading", "On ℓ₁")} <= set(names["b"])
    assert not [each for each in names["a"] + names["b"] if "#" in each[1]]
