"""The search in Firefox, which compiles, fetches and focuses otherwise than Chromium does."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.browser.firefox import Firefox, find_firefox
from tests.browser.serving import build_site, serving
from tests.browser.test_search import CONFIG, NOTES, POLICY, QUERIES

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.browser

_ASK = """
    const [query, done] = arguments;
    const input = document.querySelector('.search-input');
    const list = document.querySelector('.search-results');
    input.value = query;
    input.dispatchEvent(new Event('input'));
    const look = () => {
        if (list.getAttribute('aria-busy') !== 'false') return setTimeout(look, 5);
        done([...list.querySelectorAll('a')].map((line) => line.pathname.slice(1)));
    };
    look();
"""
_PRESS = "document.dispatchEvent(new KeyboardEvent('keydown', {key: arguments[0], bubbles: true}))"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    output = build_site(tmp_path_factory.mktemp("search") / "site", CONFIG, NOTES)
    with serving(output, POLICY) as address:
        yield address


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with Firefox(find_firefox(), tmp_path_factory.mktemp("profile")) as started:
        yield started


def wait_for(firefox: Firefox, selector: str) -> None:
    script = """
        const [selector, done] = arguments;
        const look = () => document.querySelector(selector) ? done(true) : setTimeout(look, 5);
        look();
    """
    firefox.ask("WebDriver:ExecuteAsyncScript", {"script": script, "args": [selector]})


def test_formulas_are_found_as_in_chromium(firefox: Firefox, address: str) -> None:
    firefox.ask("WebDriver:Navigate", {"url": address + "complex.html"})
    firefox.ask("WebDriver:ExecuteScript", {"script": _PRESS, "args": ["/"]})
    wait_for(firefox, "dialog[open]")
    firsts = {}
    for query, _ in QUERIES:
        asked = {"script": _ASK, "args": [query]}
        firsts[query] = [*firefox.ask("WebDriver:ExecuteAsyncScript", asked), ""][0]
    assert firsts == {query: f"{name}.html" for query, name in QUERIES}
    assert firefox.run("document.activeElement.className") == "search-input"


def test_an_address_asks_and_enter_opens(firefox: Firefox, address: str) -> None:
    firefox.ask("WebDriver:Navigate", {"url": address + "complex.html?q=softmax"})
    wait_for(firefox, ".search-option")
    [field] = firefox.ask(
        "WebDriver:FindElements", {"using": "css selector", "value": ".search-input"}
    )
    [key] = field.values()
    firefox.ask("WebDriver:ElementSendKeys", {"id": key, "text": "\ue007"})
    deadline = time.monotonic() + 10
    # Between the two pages the window may hold an empty one.
    while firefox.run("location.pathname") != "/networks.html" and time.monotonic() < deadline:
        time.sleep(0.05)
    assert firefox.run("location.pathname") == "/networks.html"
