"""The page for lost readers names the pages that come nearest, below a path and at any depth."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from notesite.building import Builder, BuildOptions
from tests.browser.serving import QuietHandler, Server, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

NOTES = {
    "proofs/riesz-representation-theorem": "Riesz Representation Theorem",
    "proofs/spectral-theorem": "The Spectral Theorem",
    "fragen/ueber-masse": "Über Maße & 1 < 2",
    "lives/gauss": "Lives",
}


class _Pages(QuietHandler):
    """Shows 404.html for what is not there, as GitHub Pages does."""

    def send_error(self, code, message=None, explain=None) -> None:
        content = (Path(self.directory) / "repo" / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("content-type", "text/html")
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture(scope="module")
def hosted(tmp_path_factory) -> Iterator[str]:
    """A small site below a path of a server; the address of its root."""
    root = tmp_path_factory.mktemp("lost")
    server = Server(functools.partial(_Pages, directory=str(root / "www")))
    address = server.address + "repo/"
    for path, title in NOTES.items():
        file = root / "site" / "notes" / f"{path}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\ntitle: '{title}'\naliases: [old/riesz-note]\n---\nText.")
    (root / "site" / "notesite.toml").write_text(
        f'[site]\nbase_url = "{address}"\ngit_dates = false\n'
    )
    report = Builder(BuildOptions(output=root / "www" / "repo"), root / "site").build()
    assert report.is_published, report.diagnostics
    with running(server):
        yield address


@pytest.mark.parametrize(
    ("asked", "title", "page"),
    [
        ("proofs/riesz-representaton", "Riesz Representation Theorem",
         "proofs/riesz-representation-theorem.html"),
        ("notes/deep/Spectral_Theorem/", "The Spectral Theorem", "proofs/spectral-theorem.html"),
        ("fragen/ueber-mases.html", "Über Maße & 1 < 2", "fragen/ueber-masse.html"),
        ("proofs/guass.html", "Lives", "lives/gauss.html"),
        ("%C3%BCber%20masse.html", "Über Maße & 1 < 2", "fragen/ueber-masse.html"),
    ],
)  # fmt: skip
def test_the_nearest_page_is_named_first(
    hosted: str, watched: Watched, asked: str, title: str, page: str
) -> None:
    watched.page.goto(hosted + asked)
    link = watched.page.locator(".nearest a").first
    link.wait_for()
    assert link.inner_text() == title
    assert link.get_attribute("href") == hosted + page


def test_an_address_like_no_other_gets_no_suggestion(hosted: str, watched: Watched) -> None:
    watched.page.goto(hosted + "xyzzy/qqqq", wait_until="networkidle")
    assert not watched.page.locator(".nearest").is_visible()
    assert watched.page.locator(".content a", has_text="All notes").is_visible()


def test_the_page_reads_well_without_scripts(hosted: str, browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(hosted + "a/b/c")
    assert not page.locator(".nearest").is_visible()
    assert (
        page.locator(".content a", has_text="All notes").get_attribute("href")
        == hosted + "all.html"
    )
    context.close()
