"""No note by a stranger runs a script: every hostile note opened in a browser, from disk."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import pytest

from tests.conftest import SiteMaker
from tests.hostile.strangers import FRONT_MATTER, NOTES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

CONFIG = "[site]\ngit_dates = false\nbase_url = 'https://example.org/'\n[search]\nenabled = false\n"
HOSTILE_NAME = "<img src=x onerror=globalThis.owned=1>"

# Whoever reads a page also unfolds, hovers and follows what can be followed without leaving.
_READ = """() => {
  for (const fold of document.querySelectorAll("details")) fold.open = true;
  for (const each of document.querySelectorAll("main *")) {
    for (const kind of ["mouseover", "mouseenter", "focus", "pointerenter", "click"]) {
      const link = each.closest("a");
      if (kind === "click" && link && !/script|data/i.test(link.protocol ?? "")) continue;
      each.dispatchEvent(new Event(kind, { bubbles: true }));
    }
  }
  return Boolean(globalThis.owned);
}"""


def owned_pages(site: SiteMaker, browser: Browser, *, is_open: bool) -> list[str]:
    """The pages of the site of all hostile notes on which one of them ran a script."""
    site.write("notesite.toml", f"{CONFIG}[markdown]\nhtml = {str(is_open).lower()}\n")
    for name, text in NOTES.items():
        # A page that leads away by itself would come between the others.
        if not (is_open and "http-equiv" in text):
            site.write(f"notes/{name}.md", text)
    site.write(f"notes/{HOSTILE_NAME}.md", f"---\n{FRONT_MATTER}---\n[[raw-1]] ![[address-0]]")
    assert site.build(keep_going=True).is_published
    context = browser.new_context()
    context.route("http*://**", lambda route: route.abort())
    found = []
    page = context.new_page()
    for path in sorted(site.outputs()):
        if path.endswith(".html"):
            page.goto((site.root / "output" / path).as_uri(), wait_until="load")
            is_owned = page.evaluate("Boolean(globalThis.owned)") or page.evaluate(_READ)
            if is_owned:
                found.append(path)
    context.close()
    return found


def test_nothing_runs_where_raw_html_is_not_let_through(site: SiteMaker, browser: Browser) -> None:
    assert owned_pages(site, browser, is_open=False) == []


def test_the_same_notes_run_scripts_where_it_is(site: SiteMaker, browser: Browser) -> None:
    """What shows that the test above could fail."""
    owned = owned_pages(site, browser, is_open=True)
    assert len(owned) > 10
    # Titles, tags, summaries and names are text in any case.
    assert not [path for path in owned if path.startswith(("tags/", "index", "all"))]


@pytest.mark.parametrize("is_open", [True, False])
def test_names_are_shown_as_they_are_written(site: SiteMaker, is_open: bool) -> None:
    site.write("notesite.toml", f"{CONFIG}[markdown]\nhtml = {str(is_open).lower()}\n")
    site.write(f"notes/{HOSTILE_NAME}.md", "Text.")
    assert site.build().is_published
    for path in site.outputs():
        if path.endswith(".html"):
            assert HOSTILE_NAME not in site.page(path)
    assert html.escape(HOSTILE_NAME) in site.page("all.html")


_LABELS = (
    '<form action="https://example.invalid/"><input name=body></form>',
    '<img name=body srcset="https://example.invalid/a 1x">',
    '<div id="page:main" style="position:fixed;inset:0;background:url(https://example.invalid/b)">',
    "<b class=x>bold</b><br>second line",
)


def test_a_label_of_a_diagram_is_text_with_marks_and_nothing_to_fill_in(
    site: SiteMaker, browser: Browser
) -> None:
    """Mermaid lets what a label holds through its own sanitiser, which forbids scripts alone."""
    site.write("notesite.toml", f"{CONFIG}[markdown]\nhtml = false\n")
    told = '%%{init: {"dompurifyConfig": {"ADD_TAGS": ["form"]}, "themeCSS": "* { top: 0 }"}}%%\n'
    for number, label in enumerate(_LABELS):
        quoted = label.replace('"', "'")
        graph = f'graph TD; A["{quoted}"] --> B'
        site.write(f"notes/d{number}.md", f"```mermaid\n{told}{graph}\n```\n")
    assert site.build().is_published
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    found = []
    for number in range(len(_LABELS)):
        page.goto((site.root / f"output/d{number}.html").as_uri(), wait_until="load")
        drawing = page.locator(".diagram-drawing")
        drawing.wait_for()
        found += drawing.evaluate("""drawing => [
          ...[...drawing.querySelectorAll("form, input, [name], [srcset], [id^='page:']")],
          ...[...drawing.querySelectorAll("foreignObject *")].filter(
            each => getComputedStyle(each).position === "fixed"),
        ].map(each => each.outerHTML)""")
        found += ["themeCSS"] * ("top: 0" in drawing.inner_html().replace("top:0", "top: 0"))
    assert drawing.locator("b").first.text_content() == "bold"
    page.close()
    assert found == []
    assert not [url for url in asked if "example.invalid" in url]
