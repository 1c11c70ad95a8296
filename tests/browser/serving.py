"""A small site, built and served, for the tests that open one of their own."""

from __future__ import annotations

import functools
import threading
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from notesite.building import Builder, BuildOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path


def build_site(root: Path, config: str, notes: Mapping[str, str]) -> Path:
    """The output of a site with that configuration and those notes, built strictly."""
    (root / "notes").mkdir(parents=True, exist_ok=True)
    (root / "notesite.toml").write_text(config, encoding="utf-8")
    for name, text in notes.items():
        (root / "notes" / f"{name}.md").write_text(text, encoding="utf-8")
    report = Builder(BuildOptions(strict=True), root).build()
    assert report.is_published, [f"{d.file}: {d.message}" for d in report.diagnostics]
    return root / "output"


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and prints nothing."""

    def log_message(self, *arguments) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """A server on a free port of this machine, as patient as those of the real web."""

    # The five that Python keeps waiting are fewer than a page asks for at once: on a busy machine
    # the others are turned away, and the browser tries again after seconds, and longer each time.
    request_queue_size = 128

    def __init__(self, handler: Callable[..., SimpleHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.address = f"http://127.0.0.1:{self.server_port}/"


@contextmanager
def running(server: Server) -> Iterator[Server]:
    """The server, answering until the block ends."""
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def serving(folder: Path, policy: str = "") -> Iterator[str]:
    """The address of a server of that folder; `policy` is its Content-Security-Policy."""

    class Handler(QuietHandler):
        def end_headers(self) -> None:
            if policy:
                self.send_header("Content-Security-Policy", policy)
            super().end_headers()

    with running(Server(functools.partial(Handler, directory=str(folder)))) as server:
        yield server.address
