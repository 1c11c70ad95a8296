"""What the preview answers: files of the last build, and nothing else."""

import pytest

from notesite.building import BuildReport
from notesite.server.app import build_app
from notesite.server.state import Preview
from tests.server.asking import ask
from tests.server.conftest import SITE


def test_a_page_carries_the_reload_script_and_its_own_name(fake_site):
    answer = ask(fake_site.app, "/alpha")
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert 'data-build="run-1" data-page="alpha.html" defer></script>\n</body>' in answer.text


def test_no_file_is_changed_by_being_shown(fake_site):
    ask(fake_site.app, "/alpha")
    assert (fake_site.output / "alpha.html").read_bytes() == SITE["alpha.html"]


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("/static/css/site.css", "text/css; charset=utf-8"),
        ("/static/js/theme.js", "text/javascript; charset=utf-8"),
        ("/static/fonts/text.woff2", "font/woff2"),
        ("/figures/plot.svg", "image/svg+xml"),
        ("/feed.xml", "application/xml"),
        ("/search.json", "application/json"),
    ],
)
def test_files_are_sent_as_they_are(fake_site, target, kind):
    answer = ask(fake_site.app, target)
    assert (answer.status, answer.headers["content-type"]) == (200, kind)
    assert answer.body == SITE[target.removeprefix("/")]


@pytest.mark.parametrize("target", ["/a%20note", "/%C3%BCber.html", "/%61lpha", "/?x=1"])
def test_encoded_names_find_their_files(fake_site, target):
    assert ask(fake_site.app, target).status == 200


def test_a_folder_is_shown_with_its_slash(fake_site):
    answer = ask(fake_site.app, "/tags?x=1")
    assert (answer.status, answer.headers["location"]) == (307, "/tags/?x=1")


@pytest.mark.parametrize(
    "target",
    [
        "/../secret.html",
        "/..%2fsecret.html",
        "/..%2f..%2fetc/passwd",
        "/%2e%2e/secret.html",
        "/%2e%2e%2fsecret.html",
        "/%252e%252e%252fsecret.html",
        "/tags/%2e%2e/%2e%2e/secret.html",
        "/tags/..%5c..%5csecret.html",
        "/..\\secret.html",
        "/alpha.html%00",
        "/alpha.html%00.css",
        "/%00",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "//evil.example/tags",
        "/.nojekyll",
        "/.notesite/manifest.json",
        "/.well-known/security.txt",
        "/not-ours.html",
        "/tags/./index.html",
        "/alpha.html/",
        "/alpha.html/..",
        "/ALPHA.HTML",
        "/%ff%fe",
        "/_notesite/overlay.js",
        "/_notesite/../_notesite/reload.js",
    ],
)
def test_what_no_build_wrote_is_not_there(fake_site, target):
    answer = ask(fake_site.app, target)
    assert answer.status == 404
    assert "secret" not in answer.text
    assert "No such page" in answer.text


def test_the_page_for_what_is_missing_has_a_base_and_no_name(fake_site):
    text = ask(fake_site.app, "/deep/er/nothing").text
    assert '<base href="/">' in text
    assert 'data-build="run-1" defer' in text


@pytest.mark.parametrize("file", ["alpha.html", "feed.xml", "tags/index.html"])
def test_a_link_in_the_place_of_a_file_or_of_its_folder_is_not_followed(fake_site, file):
    secret = fake_site.output.parent / "secret.html"
    path = fake_site.output / file
    path.unlink()
    if path.parent == fake_site.output:
        path.symlink_to(secret)
    else:
        path.parent.rmdir()
        path.parent.symlink_to(secret.parent)
        (secret.parent / path.name).write_bytes(b"secret")
    answer = ask(fake_site.app, f"/{file}")
    assert answer.status == 404
    assert b"secret" not in answer.body


def test_a_file_that_has_just_gone_is_not_there(fake_site):
    (fake_site.output / "alpha.html").unlink()
    (fake_site.output / "feed.xml").unlink()
    (fake_site.output / "404.html").unlink()
    assert ask(fake_site.app, "/alpha").status == 404
    assert ask(fake_site.app, "/feed.xml").status == 404


@pytest.mark.parametrize("target", ["/alpha", "/static/css/site.css"])
def test_what_a_browser_holds_is_not_sent_again(fake_site, target):
    tag = ask(fake_site.app, target).headers["etag"]
    again = ask(fake_site.app, target, if_none_match=f'"other", W/{tag}')
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert again.headers["cache-control"] == "no-cache"
    assert ask(fake_site.app, target, if_none_match='"other"').status == 200


def test_a_part_of_a_file_may_be_asked_for(fake_site):
    answer = ask(fake_site.app, "/figures/photo.png", range="bytes=10-19")
    assert (answer.status, answer.body) == (206, bytes(range(10, 20)))
    assert answer.headers["content-range"] == "bytes 10-19/100"
    assert ask(fake_site.app, "/figures/photo.png", range="bytes=500-").status == 416


@pytest.mark.parametrize(
    "asked",
    ["bytes=3-1", "lines=0-1", "bytes", "bytes=", "bytes=a-b", "bytes=--1", "bytes=-" + "9" * 5000],
)
def test_what_is_no_part_of_a_file_is_passed_over(fake_site, asked):
    answer = ask(fake_site.app, "/figures/photo.png", range=asked)
    assert (answer.status, answer.body) == (200, bytes(range(100)))


def test_head_sends_no_body_and_other_methods_nothing(fake_site):
    head = ask(fake_site.app, "/figures/photo.png", "HEAD")
    assert (head.status, head.body) == (200, b"")
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        answer = ask(fake_site.app, "/alpha", method)
        assert answer.status == 405
        assert not [name for name in answer.headers if name.startswith("access-control")]


def test_the_script_is_sent_whole(fake_site):
    answer = ask(fake_site.app, "/_notesite/reload.js")
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "attachShadow" in answer.text
    assert "EventSource" in answer.text


def test_before_a_build_succeeds_a_page_says_so(tmp_path):
    preview = Preview(tmp_path, "run")
    preview.take(BuildReport(()), ())
    answer = ask(build_app(preview, "localhost"), "/")
    assert answer.status == 503
    assert "no site to show yet" in answer.text
    assert "/_notesite/reload.js" in answer.text
