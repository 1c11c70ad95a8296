"""Search in a browser: formulas by TeX and by name, with the keyboard, under a strict policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from notesite.searching import shards
from tests.browser.serving import build_site, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

POLICY = (
    "default-src 'none'; script-src 'self' 'inline-speculation-rules' 'wasm-unsafe-eval'; "
    "style-src 'self'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'"
)
"""What a site may be published with; only the search needs WebAssembly and connections."""

CONFIG = r"""
[site]
title = "Finding"
git_dates = false
[math.macros]
E = "\\mathbb{E}"
norm = "\\lVert #1 \\rVert"
KL = "D_{\\mathrm{KL}}(#1 \\,\\|\\, #2)"
"""

NOTES = {
    "singular-values": r"""---
title: Singular values
tags: [linear algebra]
summary: The stretch factors of a matrix.
---
## Size
The largest singular value is $\sigma_{\max}(A) = \norm{A}_2$, from the eigenvalues of $A^\top A$.

> [!theorem] Riesz
> Every functional is $f(x) = \langle x, y \rangle$.

## Sequences
The space $\ell^2$ and the number $\sqrt{2}$.
""",
    "expectations": r"""---
title: Expectations
tags: [probability]
---
The mean of $X$ is $\E[X] = \int x \, p(x) \, dx$, its spread $\operatorname{Var}(X)$, where
$X \sim \mathcal{N}(\mu, \Sigma)$. The theorem of Riesz is mentioned once.

## Divergence
The KL divergence $\KL{p}{q} \ge 0$ vanishes for $p = q$; the distance $W_1(p, q)$ too.
""",
    "networks": r"""---
title: Networks
tags: [learning]
---
The output is $\mathrm{softmax}(z)_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$. Down the $\nabla L(\theta)$:
$$ \theta_{t+1} = \theta_t - \eta \nabla L(\theta_t) $$
Weights $V_1, V_2 \in \mathbb{R}^{m \times n}$ are balanced when $V_2^\top V_2 = V_1 V_1^\top$.
A word with <b>markup</b> and `<script>alert(1)</script>`.
""",
    "complex": r"""---
title: Complex numbers
tags: [analysis]
---
Euler: $e^{i\pi} + 1 = 0$. Around a curve $\oint_\gamma f(z)\,dz$, at the end
$\lim_{n \to \infty} a_n$, and Cauchy's $\frac{\partial u}{\partial x}$.
""",
}

QUERIES = [
    (r"\sigma_max", "singular-values"),
    (r"\sigma_{\max}(A)", "singular-values"),
    ("sigma max", "singular-values"),
    ("σ_max", "singular-values"),
    ("norm of A", "singular-values"),
    (r"\|A\|", "singular-values"),
    (r"\norm{A}", "singular-values"),
    (r"A^\top A", "singular-values"),
    ("A^T A", "singular-values"),
    (r"\ell^2", "singular-values"),
    ("ℓ²", "singular-values"),
    ("inner product of x and y", "singular-values"),
    (r"\mathbb{E}[X]", "expectations"),
    (r"\E[X]", "expectations"),
    ("𝔼[X]", "expectations"),
    ("expectation of X", "expectations"),
    ("variance of X", "expectations"),
    ("W_1", "expectations"),
    ("KL divergence", "expectations"),
    (r"D_{\mathrm{KL}}", "expectations"),
    (r"X \sim \mathcal{N}", "expectations"),
    (r"\nabla L", "networks"),
    ("gradient of L", "networks"),
    ("softmax", "networks"),
    (r"\theta_{t+1}", "networks"),
    (r"V_2^\top V_2", "networks"),
    ("real numbers", "networks"),
    (r"e^{i\pi}", "complex"),
    (r"\frac{\partial u}{\partial x}", "complex"),
    (r"\lim_{n \to \infty}", "complex"),
    ("limit of a", "complex"),
    ("Riesz", "singular-values"),
    ("#probability", "expectations"),
    ("expectations", "expectations"),
]
"""What one may type, and the note that must come first."""


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(tmp_path_factory.mktemp("search") / "site", CONFIG, NOTES)


@pytest.fixture(scope="module")
def address(output: Path) -> Iterator[str]:
    with serving(output, POLICY) as address:
        yield address


def ask(page: Page, query: str) -> list[str]:
    """The addresses that are found, in their order."""
    page.fill(".search-input", query)
    page.wait_for_selector(".search-results[aria-busy=false]", state="attached")
    found = page.eval_on_selector_all(".search-option", "all => all.map(a => a.pathname + a.hash)")
    return [path.lstrip("/") for path in found]


def open_search(watched: Watched, address: str, name: str = "complex.html") -> Page:
    page = watched.page
    page.goto(address + name)
    page.keyboard.press("/")
    page.wait_for_selector("dialog[open]")
    return page


def test_formulas_are_found_by_tex_and_by_name(watched: Watched, address: str) -> None:
    page = open_search(watched, address)
    firsts = {query: ([*ask(page, query), ""])[0].partition("#")[0] for query, _ in QUERIES}
    assert firsts == {query: f"{name}.html" for query, name in QUERIES}
    assert watched.errors == []


def test_what_is_not_there_is_not_found(watched: Watched, address: str) -> None:
    page = open_search(watched, address)
    for query in ("zzz", r"\alpha_{17}", "Riesz zzz", "#nothing"):
        assert ask(page, query) == [], query
    assert page.inner_text(".search-status") == "Nothing found."


def test_passages_show_formulas_as_text_and_no_hidden_words(watched: Watched, address: str) -> None:
    page = open_search(watched, address)
    assert ask(page, r"\sigma_max")[:2] == ["singular-values.html", "singular-values.html#size"]
    passage = page.inner_text(".search-part .search-passage")
    assert "The largest singular value is σ_max(A) = ‖A‖₂, from" in passage
    assert page.inner_text(".search-part .search-passage mark >> nth=0") == "σ_max(A)"
    ask(page, "markup")
    text = page.inner_text(".search-results")
    assert "<script>alert(1)</script>" in text
    assert "⟦" not in text
    assert page.locator(".search-results script").count() == 0


def test_nothing_is_fetched_before_it_is_opened(watched: Watched, address: str) -> None:
    watched.page.goto(address + "complex.html", wait_until="networkidle")
    assert not [url for url in watched.requests if "pagefind" in url or "lazy" in url]
    watched.page.keyboard.press("Control+k")
    watched.page.wait_for_selector("dialog[open]")
    ask(watched.page, "Euler")
    assert [url for url in watched.requests if "pagefind.js" in url]
    assert watched.errors == []


def test_the_keyboard_alone_is_enough(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(address + "complex.html")
    page.focus(".search-button")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]")
    field = page.locator(".search-input")
    assert field.evaluate("field => field === document.activeElement")
    assert field.get_attribute("aria-expanded") == "false"
    ask(page, "theorem")
    assert field.get_attribute("aria-expanded") == "true"

    def active() -> str:
        return str(
            page.evaluate(
                "document.querySelector(`#${CSS.escape(document.querySelector('.search-input')"
                ".getAttribute('aria-activedescendant'))}`).id"
            )
        )

    first = active()
    page.keyboard.press("ArrowDown")
    second = active()
    assert second != first
    assert page.locator("[aria-selected=true]").get_attribute("id") == second
    page.keyboard.press("ArrowUp")
    assert active() == first
    page.keyboard.press("ArrowUp")
    assert active() == page.locator(".search-option >> nth=-1").get_attribute("id")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog:not([open])", state="attached")
    assert page.evaluate("document.activeElement.className") == "search-button"
    page.keyboard.press("Control+k")
    ask(page, "softmax")
    page.keyboard.press("Enter")
    page.wait_for_url("**/networks.html")


def test_a_slash_in_a_field_is_a_slash(watched: Watched, address: str) -> None:
    page = open_search(watched, address)
    page.keyboard.type("a/b")
    assert page.input_value(".search-input") == "a/b"


def test_the_slash_can_be_turned_off(watched: Watched, address: str) -> None:
    page = open_search(watched, address)
    page.uncheck(".search-slash")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.wait_for_timeout(300)
    assert not page.is_visible("dialog")
    page.reload()
    page.keyboard.press("/")
    page.wait_for_timeout(300)
    assert page.locator("dialog").count() == 0
    page.keyboard.press("Control+k")
    page.wait_for_selector("dialog[open]")
    assert not page.is_checked(".search-slash")


def test_from_disk_it_says_what_it_needs(watched: Watched, output: Path) -> None:
    page = watched.page
    page.goto((output / "complex.html").as_uri())
    page.click(".search-button")
    page.wait_for_selector("dialog[open]")
    assert "web server" in page.inner_text(".search-status")
    page.fill(".search-input", "Euler")
    assert "web server" in page.inner_text(".search-status")
    assert not [error for error in watched.errors if "pagefind" not in error]


def test_without_scripts_there_is_no_button(browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "complex.html")
    assert not page.is_visible(".search-button")
    assert page.is_visible("a[href='all.html']")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone(browser, address: str, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 800}, color_scheme=scheme, has_touch=True
    )
    page = context.new_page()
    page.goto(address + "complex.html")
    page.click(".search-button")
    page.wait_for_selector("dialog[open]")
    ask(page, "theorem")
    box = page.locator("dialog").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert box["y"] + box["height"] <= 800
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    sizes = page.eval_on_selector_all(
        ".search-option, .search-close, .search-input", "all => all.map(e => e.offsetHeight)"
    )
    assert min(sizes) >= 44
    context.close()


def test_all_parts_of_an_index_are_searched_in_the_language_of_the_page(
    watched: Watched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards, "NOTES", 4)
    notes = {f"n{number}": f"A word w{number}w and common ones." for number in range(17)}
    german = "---\nlang: de\n---\nEin Wort, common ones."
    output = build_site(tmp_path / "site", CONFIG, {**notes, "eins": german})
    assert (output / "pagefind/3").is_dir()
    with serving(output, POLICY) as address:
        page = open_search(watched, address, "n1.html")
        for number in range(17):
            assert ask(page, f"w{number}w")[0] == f"n{number}.html"
        assert "eins.html" not in ask(page, "common")
        page = open_search(watched, address, "eins.html")
        assert ask(page, "common")[0] == "eins.html"
        assert ask(page, "w3w") == []
    assert watched.errors == []
