"""`serve` from its start to its end, as a process with a real site and a real server."""

from __future__ import annotations

import http.client
import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from notesite.building import BuildOptions
from notesite.server import ServeError, ServeOptions, Terminal, serve

PATIENCE = 15

UNCLOSED = "ignore:unclosed file:ResourceWarning"
"""A file that a thread is just opening for an answer when the server ends is closed with it all."""
PROGRAM = """
import sys
from pathlib import Path
from notesite.building import BuildOptions
from notesite.server import ServeOptions, Terminal, serve

def tell(text):
    print(text, flush=True)

def render(report):
    return "".join(f"{each.code}\\n" for each in report.diagnostics)

if __name__ == "__main__":
    serve(BuildOptions(jobs=2), Path.cwd(), ServeOptions(port=0), Terminal(tell, render))
"""


class Server:
    """A preview in a process of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.told: list[str] = []
        self.port = int(self.line("preview at").split(":")[2].split("/")[0])

    def line(self, start: str) -> str:
        """The next line at the terminal that begins so."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.told.append(line)
            if line.startswith(start):
                return line
        raise AssertionError(f"no line '{start}' in {self.told}, {self.process.stderr}")

    def get(self, path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", path)
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        return response.status, text

    def raw(self, target: bytes) -> bytes:
        """The status line for a target that no client would send."""
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE) as connection:
            connection.sendall(b"GET " + target + b" HTTP/1.0\r\nHost: localhost\r\n\r\n")
            return b"".join(iter(lambda: connection.recv(65536), b""))

    @contextmanager
    def news(self):
        """A queue of what the event stream says."""
        heard: queue.Queue[dict[str, object]] = queue.Queue()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", "/_notesite/events")
        response = connection.getresponse()
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"

        def listen() -> None:
            for line in response:
                if line.startswith(b"data: "):
                    heard.put(json.loads(line[6:]))

        listener = threading.Thread(target=listen, daemon=True)
        listener.start()
        yield heard
        # The stream ends with the server.
        listener.join(PATIENCE)
        assert not listener.is_alive()
        response.close()
        connection.close()


def started(root: Path, temporary: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-W", UNCLOSED, "-c", PROGRAM],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={
            "TMPDIR": str(temporary),
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        },
    )


@contextmanager
def serving(root: Path, temporary: Path, end: signal.Signals = signal.SIGTERM):
    with started(root, temporary) as process:
        try:
            yield Server(process)
            process.send_signal(end)
            assert process.wait(PATIENCE) == 0
            assert process.stderr
            assert process.stderr.read() == ""
        finally:
            process.kill()


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


def hear(news, expected):
    """The first message that is as expected; a file caught half-written may bring others."""
    while True:
        message = news.get(timeout=PATIENCE)
        if expected(message):
            return message


def has_problem(code):
    return lambda message: [each["code"] for each in message["problems"]] == [code]


def test_an_edit_is_built_and_told_to_browsers(site, temporary):
    site.note("alpha", "First.")
    with serving(site.root, temporary) as server, server.news() as news:
        hear(news, lambda message: message["problems"] == [])
        assert "First." in server.get("/alpha")[1]
        site.note("alpha", "Second.")
        hear(news, lambda message: "alpha.html" in message["changed"])
        assert "Second." in server.get("/alpha")[1]

        site.note("alpha", "Broken: $\\nonsense$")
        message = hear(news, has_problem("math-unknown-command"))
        assert message["problems"][0]["place"] == "notes/alpha.md:1:10"
        assert server.line("math-unknown-command")
        assert "Broken" in server.get("/alpha")[1]

        site.write("notesite.toml", "[site\n")
        hear(news, has_problem("config-syntax"))
        assert "Broken" in server.get("/alpha")[1]
        server.process.send_signal(signal.SIGINT)
    assert list(temporary.iterdir()) == []
    assert not (site.root / "output").exists()


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_quietly_and_nothing_stays(site, temporary, end):
    site.note("alpha")
    with serving(site.root, temporary, end) as server:
        assert server.get("/")[0] == 200
        assert len(list(temporary.iterdir())) == 1
    assert list(temporary.iterdir()) == []


def test_what_ends_before_its_first_build_announces_nothing(site, temporary):
    for number in range(3):
        site.note(f"note-{number}", "Word $x$. " * 40_000)
    with started(site.root, temporary) as process:
        while not list(temporary.iterdir()):
            time.sleep(0.01)
        time.sleep(0.3)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
        assert process.stdout
        assert process.stdout.read() == ""
    assert list(temporary.iterdir()) == []


HARD = "```bash\n$'" + "\\" * 300 + "\n```\n"
"""Code that its lexer reads for hours, within one match of a regular expression."""


@pytest.mark.parametrize(("notes", "words", "seconds"), [(1, 1, 0.5), (40, 3000, 1.5)])
def test_a_signal_ends_it_while_code_is_read_for_ever(site, temporary, notes, words, seconds):
    site.note("alpha")
    with serving(site.root, temporary) as server:
        # The many are read by processes of their own.
        for number in range(notes):
            site.note(f"note-{number}", HARD + "Word. " * words)
        time.sleep(seconds)
        server.process.send_signal(signal.SIGTERM)
        begin = time.monotonic()
        assert server.process.wait(PATIENCE) == 0
        assert time.monotonic() - begin < 3
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    "target",
    [
        b"/../../../../etc/passwd",
        b"/..%2f..%2f..%2fetc/passwd",
        b"/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        b"/..\\..\\etc\\passwd",
        b"/%00",
        b"/\xff\xfe",
        b"//etc/passwd",
        b"/.notesite/manifest.json",
        b"http://evil.example/",
        b"*",
    ],
)
def test_no_way_leads_out_of_the_site(shared_server, target):
    answer = shared_server.raw(target)
    assert answer[:12] in {b"HTTP/1.1 404", b"HTTP/1.1 400"}
    assert b"root:" not in answer
    assert b"version" not in answer.partition(b"\r\n\r\n")[2][:20]


@pytest.fixture(scope="module")
def shared_server(tmp_path_factory):
    root = tmp_path_factory.mktemp("site")
    temporary = tmp_path_factory.mktemp("temporary")
    (root / "notes").mkdir()
    (root / "notes" / "alpha.md").write_text("Text.")
    (root / "notesite.toml").write_text("[site]\ngit_dates = false\n")
    with serving(root, temporary) as server:
        yield server


def test_a_taken_port_is_an_error_before_anything_is_built(site):
    with socket.create_server(("127.0.0.1", 0)) as other:
        options = ServeOptions(port=other.getsockname()[1])
        told: list[str] = []
        terminal = Terminal(told.append, lambda _: "")
        with pytest.raises(ServeError, match="is taken"):
            serve(BuildOptions(), site.root, options, terminal)
    assert told == []
