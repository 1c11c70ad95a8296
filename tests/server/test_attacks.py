"""The preview under attack, over real sockets: what other sites, strange clients and crowds try."""

from __future__ import annotations

import os
import re
import signal
import socket
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from notesite.server.watching import why_not_watched
from tests.server.test_serve import PATIENCE, serving

CROWD = 500
"""Browser windows that listen for news at once."""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    root = tmp_path_factory.mktemp("site")
    (root / "notes" / "secret").mkdir(parents=True)
    (root / "notes" / "alpha.md").write_text("Text. ![A plot](plot.png) ![[data.csv]]")
    (root / "notes" / "plot.png").write_bytes(bytes(range(256)) * 40)
    (root / "notes" / "secret" / "draft.md").write_text("---\ndraft: true\n---\nSECRET")
    (root / "notes" / ".env").write_text("SECRET")
    (root / "static").mkdir()
    (root / "static" / "big.bin").write_bytes(bytes(8_000_000))
    (root / "static" / ".htpasswd").write_text("SECRET")
    (root / "notesite.toml").write_text("[site]\ngit_dates = false\ndescription = 'SECRET'\n")
    with serving(root, tmp_path_factory.mktemp("temporary")) as running:
        yield running


def connect(server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), PATIENCE)


def send(server, request: bytes) -> bytes:
    """All that comes back for the bytes of a request."""
    with connect(server) as connection:
        received = []
        # Whoever sends far too much may be cut off.
        with suppress(ConnectionError):
            connection.sendall(request)
            for part in iter(lambda: connection.recv(65536), b""):
                received.append(part)  # noqa: PERF402 - kept when the connection breaks
        return b"".join(received)


def ask(server, target, method="GET", **headers) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body; `_` in the names of headers stands for `-`."""
    given = {"host": f"127.0.0.1:{server.port}", "connection": "close", **headers}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in given.items())
    answer = send(server, f"{method} {target} HTTP/1.1\r\n{lines}\r\n".encode("latin-1"))
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    pairs = (line.split(": ", 1) for line in rest)
    return int(first.split()[1]), {name.lower(): value for name, value in pairs}, body


@pytest.mark.parametrize(
    "target",
    [
        "/../notesite.toml",
        "/static/../../notesite.toml",
        "/%2e%2e/notesite.toml",
        "/%2e%2e%2fnotesite.toml",
        "/..%2fnotesite.toml",
        "/%252e%252e/notesite.toml",
        "/%252e%252e%252fnotesite.toml",
        "/..%5cnotesite.toml",
        "/..\\notesite.toml",
        "/%c0%ae%c0%ae/notesite.toml",
        "/%c0%ae%c0%ae%c0%afnotesite.toml",
        "/%e0%80%ae%e0%80%ae/notesite.toml",
        "/%uff0e%uff0e/notesite.toml",
        "/alpha.html%00.png",
        "/..;/notesite.toml",
        "/.%2e/.%2e/etc/passwd",
        "/static/..%00/big.bin",
        "//etc/passwd",
        "///etc/passwd",
        "/etc/passwd",
        "/notes/alpha.md",
        "/notesite.toml",
        "/.env",
        "/static/.htpasswd",
        "/.notesite/manifest.json",
        "/.NOTESITE/manifest.json",
        "/.git/config",
        "/.nojekyll",
        "/secret/draft.html",
        "/secret/draft",
        "/secret/draft.md",
        "/static",
        "/static/",
        "/_notesite/",
        "/_notesite/reload.js/../../notesite.toml",
        "/_notesite/..%2fnotesite.toml",
        "/alpha.html/",
        "/ALPHA.html",
        "/alpha.html.",
        "/alpha.html::$DATA",
        "/con",
        "/" + "a" * 5000,
        "/" + "../" * 2000,
    ],
)
def test_only_what_the_build_wrote_is_served(server, target):
    status, headers, body = ask(server, target)
    assert status in {404, 400}
    assert b"SECRET" not in body
    assert b"root:" not in body
    if status == 404:
        assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"GET http://evil.example/alpha.html HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET /alpha.html HTTP/1.1\r\n\r\n",
        b"GET /alpha.html HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n",
        b"GET /alpha.html HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: 127.0.0.1\r\n\r\n",
        b"GET /alpha.html HTTP/1.1\r\nHost: evil.example\r\nForwarded: host=127.0.0.1\r\n\r\n",
        b"GET /alpha.html HTTP/1.1\r\nHost: 127.0.0.1.evil.example\r\n\r\n",
        b"GET /alpha.html HTTP/1.1\r\nHost: 127.0.0.1@evil.example\r\n\r\n",
        b"GET /alpha.html HTTP/1.1\r\nHost: 0x7f.1\r\n\r\n",
        b"GET /alpha.html HTTP/1.1\r\nHost: [::ffff:127.0.0.1]\r\n\r\n",
        b"GET /alpha.html HTTP/1.1\r\nHost : 127.0.0.1\r\n\r\n",
        b"GET /alpha.html\r\n\r\n",
        b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03\r\n\r\n",
        b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n",
        b"GET /alpha.html HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
    ],
)
def test_requests_that_are_not_for_it_are_refused(server, request_bytes):
    answer = send(server, request_bytes.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1))
    assert b"Text." not in answer
    assert not answer or answer.split()[1] in {b"400", b"404", b"405", b"421"}


@pytest.mark.parametrize("target", ["/alpha.html", "/_notesite/events", "/_notesite/reload.js"])
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1"},
        {"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors", "sec_fetch_dest": "script"},
        {"sec_fetch_site": "same-site", "sec_fetch_mode": "cors", "sec_fetch_dest": "empty"},
        {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "sec_fetch_dest": "iframe"},
        {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "sec_fetch_dest": "object"},
    ],
)
def test_pages_of_other_sites_get_nothing(server, target, headers):
    status, answered, body = ask(server, target, **headers)
    assert status == 403
    assert "access-control-allow-origin" not in answered
    assert b"Text." not in body


def test_every_answer_forbids_guessing_framing_and_reading_elsewhere(server):
    for target in (
        "/alpha.html",
        "/plot.png",
        "/nothing",
        "/static/big.bin",
        "/_notesite/reload.js",
    ):
        _, headers, _ = ask(server, target, "HEAD")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "SAMEORIGIN"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert not [name for name in headers if name.startswith("access-control")]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
@pytest.mark.parametrize("target", ["/alpha.html", "/_notesite/events", "/nothing"])
def test_nothing_can_be_written(server, method, target):
    status, headers, _ = ask(server, target, method, content_length="0")
    assert status == 405
    assert set(headers["allow"].replace(" ", "").split(",")) == {"GET", "HEAD"}


def test_a_head_is_a_get_without_its_body(server):
    for target in ("/alpha.html", "/plot.png", "/nothing"):
        status, headers, body = ask(server, target)
        assert ask(server, target, "HEAD")[::2] == (status, b"")
        assert ask(server, target, "HEAD")[1]["content-length"] == headers["content-length"]
        assert len(body) == int(headers["content-length"])


class TestConditions:
    def test_a_tag_that_is_known(self, server):
        for target in ("/alpha.html", "/plot.png"):
            tag = ask(server, target)[1]["etag"]
            for known in (tag, f"W/{tag}", f'"x", {tag}', "*"):
                status, headers, body = ask(server, target, if_none_match=known)
                assert (status, body, headers["etag"]) == (304, b"", tag)
            assert ask(server, target, if_none_match='"other"')[0] == 200

    def test_a_date_that_is_not_older(self, server):
        date = ask(server, "/plot.png")[1]["last-modified"]
        assert ask(server, "/plot.png", if_modified_since=date)[0] == 304
        assert ask(server, "/plot.png", if_modified_since="Fri, 01 Jan 2038 00:00:00 GMT")[0] == 304
        assert ask(server, "/plot.png", if_modified_since="Sat, 01 Jan 2000 00:00:00 GMT")[0] == 200
        assert ask(server, "/plot.png", if_modified_since="yesterday")[0] == 200
        # A tag says more than a date.
        both = {"if_modified_since": date, "if_none_match": '"other"'}
        assert ask(server, "/plot.png", **both)[0] == 200

    @pytest.mark.parametrize(
        ("wanted", "status", "length"),
        [
            ("bytes=0-9", 206, 10),
            ("bytes=-10", 206, 10),
            ("bytes=10000-", 206, 240),
            ("bytes=0-99999999", 206, 10240),
            ("bytes=10240-", 416, None),
            ("bytes=99999999999999999999-", 416, None),
            ("lines=0-9", 200, None),
        ],
    )
    def test_a_part(self, server, wanted, status, length):
        found, headers, body = ask(server, "/plot.png", range=wanted)
        assert found == status
        if length is not None:
            assert len(body) == length
        if status == 416:
            assert headers["content-range"] == "bytes */10240"

    def test_several_parts(self, server):
        status, headers, body = ask(server, "/plot.png", range="bytes=0-1,4-5")
        assert status == 206
        assert headers["content-type"].startswith("multipart/byteranges")
        assert len(body) == int(headers["content-length"])

    def test_more_parts_than_anybody_needs(self, server):
        wanted = "bytes=" + ",".join(f"{at}-{at}" for at in range(0, 4000, 2))
        status, _, body = ask(server, "/plot.png", range=wanted)
        assert status in {200, 400, 416}
        assert len(body) <= 20_000

    def test_a_part_of_what_has_changed_is_the_whole(self, server):
        _, headers, _ = ask(server, "/plot.png")
        for known in (headers["etag"], headers["last-modified"]):
            assert ask(server, "/plot.png", range="bytes=0-1", if_range=known)[0] == 206
        assert ask(server, "/plot.png", range="bytes=0-1", if_range='"old"')[0] == 200


def open_files(server) -> int:
    return sum(1 for _ in Path(f"/proc/{server.process.pid}/fd").iterdir())


def resident_bytes(server) -> int:
    pages = Path(f"/proc/{server.process.pid}/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def wait_until_closed(server, before: int) -> None:
    """Returns when the server has no more open files than before; each question takes a moment."""
    for _ in range(2000):
        if open_files(server) <= before:
            return
        ask(server, "/nothing")
    raise AssertionError(f"{open_files(server)} files are open, {before} were")


def listen(server) -> socket.socket:
    connection = connect(server)
    host = f"Host: 127.0.0.1:{server.port}\r\n"
    connection.sendall(f"GET /_notesite/events HTTP/1.1\r\n{host}\r\n".encode())
    heard = b""
    while b"data: " not in heard:
        heard += connection.recv(65536)
    return connection


def test_whoever_has_asked_all_and_says_so_is_answered(server):
    host = f"Host: 127.0.0.1:{server.port}\r\n"
    files = open_files(server)
    for target in ("/alpha.html", "/static/big.bin"):
        with connect(server) as connection:
            connection.sendall(f"GET {target} HTTP/1.1\r\n{host}\r\n".encode())
            connection.shutdown(socket.SHUT_WR)
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
        assert answer.startswith(b"HTTP/1.1 200")
        length = re.search(rb"content-length: (\d+)", answer)
        assert length
        assert len(answer.partition(b"\r\n\r\n")[2]) == int(length[1])
    with connect(server) as connection:
        connection.sendall(b"GET /alpha.html HT")
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(100) == b""
    wait_until_closed(server, files)


@pytest.mark.parametrize(
    ("name", "own", "other"),
    [
        ("Origin", "http://127.0.0.1:{port}", "http://evil.example"),
        ("Sec-Fetch-Site", "same-origin", "cross-site"),
    ],
)
def test_another_site_does_not_hide_behind_our_own(server, name, own, other):
    host = f"Host: 127.0.0.1:{server.port}\r\n"
    said = f"{name}: {own.format(port=server.port)}\r\n{name}: {other}\r\n"
    answer = send(server, f"GET /alpha.html HTTP/1.0\r\n{host}{said}\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 403")


def test_no_request_is_hidden_in_another_by_a_second_length(server):
    host = f"Host: 127.0.0.1:{server.port}\r\n"
    hidden = f"GET /alpha.html HTTP/1.1\r\n{host}\r\n"
    lengths = "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"
    asked = f"GET /alpha.html HTTP/1.1\r\n{host}{lengths}\r\n0\r\n\r\n{hidden}"
    answer = send(server, asked.encode())
    assert answer.startswith(b"HTTP/1.1 400")
    assert answer.count(b"HTTP/1.1") == 1


def test_a_crowd_of_listeners_leaves_nothing_behind(server):
    ask(server, "/alpha.html")
    before = open_files(server)
    with ExitStack() as stack:
        for _ in range(CROWD):
            stack.enter_context(listen(server))
        assert open_files(server) >= before + CROWD
        assert ask(server, "/alpha.html")[0] == 200
    wait_until_closed(server, before)


def test_those_who_never_finish_asking_leave_nothing_behind(server):
    before = open_files(server)
    with ExitStack() as stack:
        for _ in range(100):
            connection = stack.enter_context(connect(server))
            connection.sendall(b"GET /alpha.html HTTP/1.1\r\nHost: 127")
        assert ask(server, "/alpha.html")[0] == 200
    wait_until_closed(server, before)


def test_those_who_read_slowly_are_not_waited_for_in_memory(server):
    ask(server, "/static/big.bin")
    files, memory = open_files(server), resident_bytes(server)
    with ExitStack() as stack:
        for _ in range(30):
            connection = stack.enter_context(connect(server))
            host = f"Host: 127.0.0.1:{server.port}\r\n"
            connection.sendall(f"GET /static/big.bin HTTP/1.1\r\n{host}\r\n".encode())
            assert connection.recv(100)
        assert ask(server, "/alpha.html")[0] == 200
        assert resident_bytes(server) - memory < 30 * 2_000_000
    wait_until_closed(server, files)


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_at_once_whoever_listens_or_dawdles(site, tmp_path, end):
    site.note("alpha")
    site.write("static/big.bin", bytes(8_000_000))
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with ExitStack() as stack, serving(site.root, temporary, end) as running:
        for _ in range(50):
            stack.enter_context(listen(running))
        dawdler = stack.enter_context(connect(running))
        host = f"Host: 127.0.0.1:{running.port}\r\n"
        dawdler.sendall(f"GET /static/big.bin HTTP/1.1\r\n{host}\r\n".encode())
        assert dawdler.recv(100)
        stack.enter_context(connect(running)).sendall(b"GET /")
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    ("error", "remedy"),
    [
        (OSError(28, "No space left on device"), "max_user_watches"),
        (OSError('OS file watch limit reached. about ["/notes"]'), "max_user_watches"),
        (OSError(24, "Too many open files"), "max_user_instances"),
    ],
)
def test_what_the_system_does_not_watch_is_explained(error, remedy):
    assert f"sudo sysctl fs.inotify.{remedy}=" in why_not_watched(error)
