"""A small site, built and served, for the tests that open one of their own."""

from __future__ import annotations

import functools
import threading
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from notesite.building import Builder, BuildOptions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
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


@contextmanager
def serving(folder: Path, policy: str = "") -> Iterator[str]:
    """The address of a server of that folder; `policy` is its Content-Security-Policy."""

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *arguments) -> None:
            """Say nothing."""

        def end_headers(self) -> None:
            if policy:
                self.send_header("Content-Security-Policy", policy)
            super().end_headers()

    handler = functools.partial(Handler, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
