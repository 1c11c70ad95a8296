"""Links to the web: asked politely, answered in words, remembered."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import httpx
import pytest

from notesite.cli import main
from notesite.diagnostics import Diagnostic
from notesite.model import WebLink
from notesite.spans import Span
from notesite.webchecking import LinkCache, WebSettings, cache_file, check_links
from notesite.webchecking.answers import is_of_own_network
from tests.conftest import SiteMaker, codes

FAST = WebSettings(pause=0, timeout=1)


class Web:
    """A web of a few pages; `asked` are the requests that came."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(f"{request.method} {request.url}")
        path = request.url.path
        if path in RAISED:
            raise RAISED[path]
        if path in REDIRECTS:
            status, target = REDIRECTS[path]
            return httpx.Response(status, headers={"Location": target})
        if path == "/no-head":
            return httpx.Response(405 if request.method == "HEAD" else 200)
        return httpx.Response({"/gone": 404, "/forbidden": 403, "/broken": 500}.get(path, 200))


REDIRECTS = {
    "/moved": (301, "https://b.example/new"),
    "/for-now": (302, "https://b.example/new"),
    "/slash": (308, "https://www.a.example/slash/"),
    "/loop": (302, "https://a.example/loop"),
    "/inside": (302, "http://169.254.169.254/secrets"),
}
RAISED = {
    "/slow": httpx.ReadTimeout("slow"),
    "/no-host": httpx.ConnectError("[Errno -2] Name or service not known"),
    "/bad-certificate": httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED]"),
}


def ask(
    *addresses: str, web: Web | None = None, cache: LinkCache | None = None, **settings: object
) -> list[Diagnostic]:
    links = [WebLink(each, "a.md", Span.at(number + 1, 1)) for number, each in enumerate(addresses)]
    return check_links(
        links,
        WebSettings(pause=0, timeout=1, **settings),  # type: ignore[arg-type]
        cache or LinkCache(None, 0),
        transport=httpx.MockTransport(web or Web()),
    )


@pytest.mark.parametrize(
    ("path", "code", "said"),
    [
        ("/", "", ""),
        ("/no-head", "", ""),
        ("/for-now", "", ""),
        ("/slash", "", ""),
        ("/gone", "link-external-dead", "answers 404"),
        ("/loop", "link-external-dead", "without end"),
        ("/no-host", "link-external-dead", "no such host"),
        ("/inside", "link-external-dead", "no reader can reach"),
        ("/moved", "link-external-moved", "for good"),
        ("/forbidden", "link-external-unknown", "answers 403"),
        ("/broken", "link-external-unknown", "answers 500"),
        ("/slow", "link-external-unknown", "within 1 s"),
        ("/bad-certificate", "link-external-unknown", "certificate"),
    ],
)
def test_answers(path: str, code: str, said: str) -> None:
    found = ask(f"https://a.example{path}")
    assert [each.code for each in found] == ([code] if code else [])
    assert all(said in each.message for each in found)


def test_the_new_address_is_the_hint() -> None:
    (found,) = ask("https://a.example/moved")
    assert found.hints == ("it is now at 'https://b.example/new'",)
    assert (found.file, found.span) == ("a.md", Span.at(1, 1))


def test_each_address_is_asked_once_and_reported_wherever_it_stands() -> None:
    web = Web()
    found = ask("https://a.example/gone", "https://a.example/gone#part", web=web)
    assert web.asked == ["HEAD https://a.example/gone", "GET https://a.example/gone"]
    assert [each.span and each.span.start.line for each in found] == [1, 2]


def test_addresses_that_are_to_be_left_alone() -> None:
    web = Web()
    assert ask("https://a.example/gone", web=web, ignore=("https://a.example/*",)) == []
    assert web.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost:8000/", "http://127.0.0.1/x", "http://10.1.2.3/", "http://[::1]/",
        "http://router/", "http://printer.local/", "http://169.254.169.254/latest",
    ],
)  # fmt: skip
def test_ones_own_network_is_never_asked(address: str) -> None:
    web = Web()
    (found,) = ask(address, web=web)
    assert found.code == "link-external-dead"
    assert web.asked == []
    assert is_of_own_network(address)
    assert not is_of_own_network("https://a.example/")


def test_answers_are_remembered_and_expire(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "links.json"
    day = 86_400.0
    ask("https://a.example/", "https://a.example/gone", cache=LinkCache(file, 100 * day))
    web = Web()
    ask("https://a.example/", "https://a.example/gone", web=web, cache=LinkCache(file, 101 * day))
    assert web.asked == ["HEAD https://a.example/gone", "GET https://a.example/gone"]
    web = Web()
    found = ask("https://a.example/gone", web=web, cache=LinkCache(file, 101 * day + 60))
    assert web.asked == []
    assert [each.code for each in found] == ["link-external-dead"]
    web = Web()
    ask("https://a.example/", web=web, cache=LinkCache(file, 109 * day))
    assert web.asked == ["HEAD https://a.example/"]


@pytest.mark.parametrize("text", ["", "[]", '{"https://a.example/": [1, "odd", ""]}', '{"a": 3}'])
def test_a_damaged_memory_is_forgotten(tmp_path: Path, text: str) -> None:
    file = tmp_path / "links.json"
    file.write_text(text, encoding="utf-8")
    web = Web()
    ask("https://a.example/", web=web, cache=LinkCache(file, 5))
    assert web.asked == ["HEAD https://a.example/"]
    assert "https://a.example/" in json.loads(file.read_text(encoding="utf-8"))


def test_a_disk_that_refuses_costs_only_the_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert ask("https://a.example/", cache=LinkCache(tmp_path / "file" / "links.json", 5)) == []


def test_the_memory_is_in_the_users_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_file() == tmp_path / "notesite" / "links.json"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert cache_file() == tmp_path / "local" / "notesite" / "links.json"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert cache_file().parts[-3:] == ("Caches", "notesite", "links.json")


def test_every_kind_of_link_to_the_web_is_known_with_its_place(site: SiteMaker) -> None:
    site.note("a", "[x](https://a.example/1) <https://a.example/2> https://a.example/3\n\n"
              "![y](https://a.example/4.png)\n\n<img src='https://a.example/5.png' alt=''>\n\n"
              "[m](mailto:a@b.c) [n](b.md) `https://a.example/6`")  # fmt: skip
    site.note("b", "[z](https://a.example/7)", draft="true")
    links = site.build(publish=False).web_links
    found = [(each.address[-5:], each.span and each.span.start.line) for each in links]
    assert found == [
        ("ple/1", 1), ("ple/2", 1), ("ple/3", 1), ("4.png", 3), ("5.png", 5)
    ]  # fmt: skip
    assert {each.file for each in links} == {"notes/a.md"}


def test_the_command_asks_only_when_told(
    site: SiteMaker, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site.note("a", "[x](https://a.example/gone)")
    monkeypatch.chdir(site.root)
    monkeypatch.setenv("XDG_CACHE_HOME", str(site.root / "cache"))
    web = Web()
    monkeypatch.setattr(httpx, "AsyncHTTPTransport", lambda **_: httpx.MockTransport(web))
    assert codes(site.build(publish=False)) == []
    assert main(["check"]) == 0
    assert web.asked == []
    assert main(["check", "--external"]) == 0
    said = capsys.readouterr()
    assert "notes/a.md:1:1: warning[link-external-dead]" in said.out + said.err
    assert main(["check", "--external", "--strict"]) == 1
    assert not (site.root / "output").exists()


def test_without_the_library_the_command_says_what_is_missing(
    site: SiteMaker, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site.note("a", "x")
    monkeypatch.chdir(site.root)
    monkeypatch.setattr("notesite.webchecking.is_available", lambda: False)
    assert main(["check", "--external"]) == 1
    assert "pip install 'notesite[web]'" in capsys.readouterr().err
