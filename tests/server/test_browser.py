"""What a browser makes of the news: new text in place, the overlay of errors."""

from __future__ import annotations

import re

import pytest

from tests.browser.conftest import BROWSER_ARGUMENTS, find_browser
from tests.server.test_serve import serving

playwright_api = pytest.importorskip("playwright.sync_api")
expect = playwright_api.expect

pytestmark = pytest.mark.browser

LONG = "\n\n".join(f"Paragraph {number}." for number in range(80))


@pytest.fixture(scope="module")
def browser():
    with playwright_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=BROWSER_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser):
    context = browser.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == []
    context.close()


@pytest.fixture
def server(site, tmp_path):
    site.note("alpha", f"First. {LONG}\n\n> [!note]- Fold\n> Inside.\n")
    site.note("beta")
    (tmp_path / "temporary").mkdir()
    with serving(site.root, tmp_path / "temporary") as server:
        yield server


def address(server, path="alpha"):
    return f"http://127.0.0.1:{server.port}/{path}"


def test_new_text_takes_the_place_of_the_old_and_the_reader_stays(page, server, site):
    page.goto(address(server))
    page.evaluate("window.isSamePage = true")
    page.evaluate("addEventListener('notesite:refreshed', () => { window.isTold = true; })")
    page.evaluate("document.querySelector('details').open = true")
    page.evaluate("scrollTo({ top: 700, behavior: 'instant' })")
    site.note("alpha", f"Second. {LONG}\n\n> [!note]- Fold\n> Inside.\n", title="Renamed")
    expect(page.locator("main")).to_contain_text("Second.")
    assert page.evaluate("window.isSamePage")
    assert "Renamed" in page.title()
    assert page.evaluate("scrollY") == 700
    assert page.evaluate("document.querySelector('details').open")


def test_what_an_edit_leaves_alone_stays_the_same_on_the_page(page, site, tmp_path):
    text = "One $x$.\n\n{}\n\n```python\nprint()\n```\n\n- item {}\n- other\n\nLast $y$.\n"
    site.note("alpha", text.format("First.", 1))
    (tmp_path / "temporary").mkdir()
    with serving(site.root, tmp_path / "temporary") as server:
        page.goto(address(server))
        page.evaluate("document.querySelectorAll('.content *').forEach(each => each.isOld = true)")
        page.evaluate("document.querySelector('math').tabIndex = 0")
        site.note("alpha", text.format("Second.\n\nThird $x$.", 2))
        expect(page.locator(".content")).to_contain_text("Third")
        watched = page.locator(".content :is(math, li, pre)")
        assert watched.evaluate_all("found => found.map(each => !!each.isOld)") == [
            True, False, True, True, True, True,
        ]  # fmt: skip
        expect(page.locator(".content li").first).to_have_text("item 2")
        expect(page.locator(".copy-button")).to_have_count(1)


@pytest.mark.parametrize(
    "edited",
    [
        "# New\n\nOther *text*.",
        "| a | b |\n|---|---|\n| 1 | $x$ |\n\n> [!tip] T\n> Text.",
        "$$x$$\n\n$$y + z$$\n\n1. a\n2. b\n\n   c\n",
        "Text with $a$, $b$ and `code`.\n\n[[beta]]\n\n## H\n",
        "",
    ],
)
def test_the_page_is_then_what_a_reload_would_show(page, server, site, edited):
    shown = "document.querySelector('main').outerHTML"
    site.note("alpha", "Text with $a$ and `code`.\n\n## H\n\n- a\n- b\n\n$$x$$\n")
    page.goto(address(server))
    expect(page.locator(".content")).to_contain_text("Text with")
    page.evaluate("document.addEventListener('notesite:refreshed', () => { window.isTold = 1; })")
    before = page.evaluate(shown)
    site.note("alpha", edited)
    # On a busy machine the page may be told of the build before this one, too.
    page.wait_for_function(f"before => window.isTold && {shown} !== before", arg=before)
    patched = page.evaluate(shown)
    page.reload()
    assert page.evaluate(shown) == patched


def test_a_change_elsewhere_leaves_a_page_alone(page, server, site):
    page.goto(address(server, "beta"))
    page.evaluate("document.querySelector('main').id = 'untouched'")
    site.note("alpha", "Other.")
    server.line("built")
    page.wait_for_timeout(200)
    assert page.locator("main#untouched").count() == 1


def test_a_new_style_sheet_reloads_the_page(page, server, site):
    page.goto(address(server))
    with page.expect_navigation():
        site.write("static/own.css", "body { color: red; }")


def test_a_page_that_was_missing_appears(page, server, site):
    page.goto(address(server, "gamma"))
    expect(page.locator("h1")).to_contain_text("no such page")
    site.note("gamma", "Here it is.")
    expect(page.locator("main")).to_contain_text("Here it is.")


def test_errors_lie_over_the_page_until_they_are_mended(page, server, site):
    page.goto(address(server, "beta"))
    overlay = page.locator("notesite-overlay")
    site.note("alpha", "It is $\\frac12 \\nonsense{<b>}$.")
    expect(overlay.locator(".place")).to_have_text("notes/alpha.md:1:16")
    expect(overlay.locator("mark")).to_have_text("\\nonsense")
    excerpt = overlay.locator("pre").inner_text().split("\n")
    assert excerpt[0] == "It is $\\frac12 \\nonsense{<b>}$."
    assert re.fullmatch(r" {15}\^{9}", excerpt[1])
    assert overlay.locator("b").count() == 0
    site.note("alpha", "It is mended.")
    expect(overlay).to_have_count(0)


def test_a_page_opened_late_shows_the_errors_and_escape_closes_them(page, server, site):
    site.write("notesite.toml", "[site\n")
    server.line("not published")
    page.goto(address(server))
    overlay = page.locator("notesite-overlay")
    expect(overlay.locator(".code")).to_have_text("[config-syntax]")
    expect(page.locator("main")).to_contain_text("First.")
    page.keyboard.press("Escape")
    expect(overlay).to_have_count(0)
    # The same error is not shown again on this page, another one is.
    site.write("notesite.toml", "\n\n[site\n")
    server.line("not published")
    page.wait_for_timeout(200)
    expect(overlay).to_have_count(0)
    site.write("notesite.toml", "[sit]\n")
    expect(overlay.locator(".code")).to_have_text("[config-unknown-key]")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_cannot_disturb_the_overlay(page, server, site, scheme):
    page.emulate_media(color_scheme=scheme)
    site.write(
        "notes/alpha.md",
        "<style>html * { display: none !important; color: red !important }"
        " notesite-overlay { opacity: 0 !important; display: none !important }</style>\n\n$\\no$",
    )
    server.line("built")
    page.goto(address(server))
    overlay = page.locator("notesite-overlay")
    expect(overlay.locator(".message")).to_be_visible()
    colours = overlay.locator("section").evaluate(
        "each => [getComputedStyle(each).color, getComputedStyle(each).backgroundColor]"
    )
    assert (
        colours
        == {
            "light": ["rgb(29, 27, 27)", "rgb(255, 251, 250)"],
            "dark": ["rgb(236, 230, 229)", "rgb(31, 26, 26)"],
        }[scheme]
    )
