"""From a URL's path to a file of the site."""

import pytest

from notesite.server.files import Moved, content_type, find_file, with_base, with_script
from tests.server.conftest import SITE


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/", "index.html"),
        ("/index.html", "index.html"),
        ("/alpha.html", "alpha.html"),
        ("/alpha", "alpha.html"),
        ("/a note", "a note.html"),
        ("/tags/", "tags/index.html"),
        ("/tags", Moved("/tags/")),
        ("/both", "both.html"),
        ("/both/", "both/index.html"),
        ("/figures/plot.svg", "figures/plot.svg"),
        ("/alpha/", None),
        ("/Alpha", None),
        ("/figures/", None),
        ("/nothing", None),
        ("//alpha", None),
        ("//tags", None),
        ("/../secret.html", None),
        ("/tags/../alpha.html", None),
        ("", "index.html"),
    ],
)
def test_a_path_finds_what_github_pages_would_show(path, file):
    assert find_file(path, SITE) == file


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("a.html", "text/html"),
        ("a.CSS", "text/css"),
        ("a.js", "text/javascript"),
        ("feed.xml", "application/xml"),
        ("a.svg", "image/svg+xml"),
        ("a.woff2", "font/woff2"),
        ("a.png", "image/png"),
        ("a.mp4", "video/mp4"),
        ("a.tex", "text/plain"),
        ("archive.tar.gz", "application/octet-stream"),
        ("LICENSE", "application/octet-stream"),
    ],
)
def test_every_machine_gives_a_file_the_same_type(file, kind):
    assert content_type(file) == kind


def test_the_script_stands_before_the_end_of_the_body():
    page = with_script(b"<body>x</BODY></html>", "run-1", 'a"<.html')
    assert page == (
        b'<body>x<script src="/_notesite/reload.js" data-build="run-1" '
        b'data-page="a&quot;&lt;.html" defer></script>\n</BODY></html>'
    )


def test_a_page_without_a_body_gets_the_script_at_its_end():
    assert with_script(b"<p>x", "run-1").startswith(b"<p>x<script ")


def test_the_page_for_what_is_missing_finds_its_style_at_any_depth():
    assert with_base(b"<head><link>") == b'<head><base href="/"><link>'
    assert with_base(b"<p>x") == b"<p>x"
