"""A headless Chromium, and the site of this repository built into a temporary folder."""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from notesite.building import Builder, BuildOptions
from tests.browser.serving import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
_NAMES = ("chromium", "chromium-browser", "google-chrome")
# Chromium asks its maker's hosts for updates and the like; a test machine may have no network.
BROWSER_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic",
]  # fmt: skip


def find_browser() -> str:
    """The path of the browser to test with."""
    executable = next(filter(None, map(shutil.which, _NAMES)), None)
    if executable is None:
        message = f"no browser: none of {', '.join(_NAMES)} is installed"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return executable


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser; without one the tests are skipped, but fail where CI is set.

    Playwright keeps an event loop running while it is open, which other modules' tests need free.
    """
    executable = find_browser()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=BROWSER_ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of this repository's site, built strictly."""
    output = tmp_path_factory.mktemp("site") / "output"
    report = Builder(BuildOptions(output=output, strict=True), ROOT).build()
    assert report.is_published, [f"{d.file}: {d.message}" for d in report.diagnostics]
    return output


@pytest.fixture(scope="module")
def served(built: Path, serve_folder: Callable[[Path], str], tmp_path_factory) -> str:
    """The site under a path of a server, as on GitHub Pages."""
    root = tmp_path_factory.mktemp("www")
    shutil.copytree(built, root / "repo")
    return serve_folder(root) + "repo/"


@pytest.fixture(scope="module")
def serve_folder() -> Iterator[Callable[[Path], str]]:
    """Serves folders until the module's tests are done; called with one, it gives the address."""
    with ExitStack() as servers:
        yield lambda folder: servers.enter_context(serving(folder))


class Watched:
    """A browser page that remembers what went wrong and where it asked for things."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        self.requests: list[str] = []
        page.on("console", self._on_console)
        page.on("pageerror", self._on_error)
        page.on("requestfailed", self._on_failure)
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("response", self._on_response)

    def _on_console(self, message) -> None:
        if message.type in {"error", "warning"}:
            self.errors.append(message.text)

    def _on_error(self, error) -> None:
        # The style sheet asks for transitions between pages, no script does. One that begins too
        # late, on a busy machine, is an error to Chromium.
        if not str(error).startswith("Transition was "):
            self.errors.append(str(error))

    def _on_failure(self, request) -> None:
        # Going to the next page ends what the last one was still fetching, such as its icon.
        if "ERR_ABORTED" not in (request.failure or ""):
            self.errors.append(f"failed: {request.url}")

    def _on_response(self, response) -> None:
        if response.status >= 400:
            self.errors.append(f"{response.status}: {response.url}")


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    """A page of 1280 by 900 pixels."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield Watched(context.new_page())
    context.close()
