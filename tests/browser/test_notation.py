"""Described symbols say what they are to the pointer and to the keyboard, and move nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from notesite.building import Builder, BuildOptions

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

CONFIG = r"""
[site]
git_dates = false
[math.macros]
R = { body = '\mathbb{R}', description = "the *reals*" }
norm = { body = '\lVert #1 \rVert', description = "a norm" }
KL = { body = '\operatorname{KL}', description = "a divergence" }
"""
NOTE = r"""---
title: Here
---
Let $x \in \R^n$ and $\R$ with $\norm{x}_2 < 1$.

$$
\KL(p \mathbin\Vert q) \ge \norm{p - q}^2
$$

To [the $\R$ of another](other.md).
"""
OTHER = r"""---
title: Other
---
By [a link with $\R$](here.md), before $\R$ stands alone.
"""


SHOWING = r"""---
title: Showing
macros:
  Own: { body: "\\mathcal{O}", description: "one of its own" }
---
Here is $\Own$.

![[here]]
"""


@pytest.fixture(scope="module")
def note(tmp_path_factory) -> Path:
    """The page of a note with three described symbols."""
    root: Path = tmp_path_factory.mktemp("notation")
    (root / "notes").mkdir()
    (root / "notesite.toml").write_text(CONFIG)
    (root / "notes" / "here.md").write_text(NOTE)
    (root / "notes" / "other.md").write_text(OTHER)
    (root / "notes" / "showing.md").write_text(SHOWING)
    assert Builder(BuildOptions(), root).build().is_published
    return root / "output" / "here.html"


def test_a_symbol_under_the_pointer_says_what_it_is(note: Path, watched: Watched) -> None:
    watched.page.goto(note.as_uri())
    watched.page.locator(".content .symbol-R").first.hover()
    tip = watched.page.locator(".symbol-tip")
    assert tip.inner_html() == "the <em>reals</em>"
    box, sign = tip.bounding_box(), watched.page.locator(".symbol-R").first.bounding_box()
    assert box is not None
    assert sign is not None
    assert 0 <= box["y"] - sign["y"] - sign["height"] < 12
    watched.page.locator("h1").hover()
    assert tip.count() == 0
    assert watched.errors == []


def test_in_a_link_a_symbol_leaves_the_word_to_the_link(note: Path, watched: Watched) -> None:
    watched.page.goto(note.with_name("other.html").as_uri())
    watched.page.hover(".content a .symbol-R")
    watched.page.wait_for_selector(".preview")
    assert watched.page.locator(".symbol-tip").count() == 0
    watched.page.keyboard.press("Escape")
    # The first use outside of links is the stop of the Tab key.
    first = watched.page.locator('[id="symbol:R"]')
    assert first.evaluate("sign => sign.closest('a') === null && sign.tabIndex === 0")
    assert watched.errors == []


def test_the_tab_key_stops_at_the_first_use_of_each_symbol(note: Path, watched: Watched) -> None:
    watched.page.goto(note.as_uri())
    stops = watched.page.evaluate(
        "[...document.querySelectorAll('.content [tabindex=\"0\"]')].map((stop) => stop.id)"
    )
    assert stops == ["symbol:R", "symbol:norm", "symbol:KL"]
    watched.page.locator("[id='symbol:KL']").focus()
    assert watched.page.locator(".symbol-tip").inner_text() == "a divergence"
    assert watched.page.locator("[aria-describedby='page:symbol']").count() == 1
    watched.page.keyboard.press("Escape")
    assert watched.page.locator(".symbol-tip").count() == 0


def test_symbols_are_laid_out_as_they_were(note: Path, watched: Watched) -> None:
    measure = """[...document.querySelectorAll('.content math')].map(
        (formula) => formula.getBoundingClientRect().width
    )"""
    watched.page.goto(note.as_uri())
    marked = watched.page.evaluate(measure)
    watched.page.evaluate(
        "document.querySelectorAll('.symbol').forEach((s) => { s.removeAttribute('class'); })"
    )
    assert watched.page.evaluate(measure) == marked


def test_the_table_is_there_without_scripts(note: Path, browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(note.as_uri())
    assert not page.locator("details.notation table").is_visible()
    page.locator("details.notation summary").click()
    assert page.locator("details.notation tr").count() == 4
    context.close()


def test_the_symbols_of_an_embedded_note_say_what_they_are(note: Path, watched: Watched) -> None:
    page = watched.page
    page.goto(note.with_name("showing.html").as_uri())
    page.locator(".content .symbol-KL").hover()
    assert page.locator(".symbol-tip").inner_text() == "a divergence"
    names = page.evaluate(
        "[...document.querySelectorAll('tr[data-symbol]')].map((row) => row.dataset.symbol)"
    )
    assert names == ["Own", "R", "norm", "KL"]
    stops = page.evaluate(
        "[...document.querySelectorAll('.content .symbol[tabindex]')].map((it) => it.classList[1])"
    )
    assert stops == [f"symbol-{name}" for name in names]
    assert watched.errors == []
