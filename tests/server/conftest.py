"""A preview of a site that no builder made."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from notesite.building import BuildReport
from notesite.server.app import build_app
from notesite.server.state import Preview

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.types import ASGIApp

PAGE = b"<!DOCTYPE html><html><head><title>T</title></head><body><main>T</main></body></html>"

SITE = {
    "index.html": PAGE,
    "404.html": PAGE.replace(b">T<", b">No such page<"),
    "alpha.html": PAGE,
    "a note.html": PAGE,
    "\u00fcber.html": PAGE,
    "tags/index.html": PAGE,
    "both.html": PAGE,
    "both/index.html": PAGE,
    "feed.xml": b"<feed/>",
    "search.json": b"{}",
    "static/css/site.css": b"body {}",
    "static/js/theme.js": b"1;",
    "static/fonts/text.woff2": b"wOF2",
    "figures/plot.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "figures/photo.png": bytes(range(100)),
    ".nojekyll": b"",
    ".well-known/security.txt": b"hidden",
}


@dataclass
class FakeSite:
    """An output folder with a manifest, as a build would leave it."""

    output: Path
    preview: Preview
    app: ASGIApp

    def publish(self, files: dict[str, bytes], **report: object) -> BuildReport:
        for path, content in files.items():
            file = self.output / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        listed = {**dict.fromkeys(self.preview.files), **dict.fromkeys(files)}
        manifest = self.output / ".notesite" / "manifest.json"
        manifest.parent.mkdir(exist_ok=True)
        manifest.write_text(json.dumps({"version": 1, "files": list(listed)}))
        return BuildReport((), written=tuple(files), is_published=True, **report)  # type: ignore[arg-type]


@pytest.fixture
def fake_site(tmp_path: Path) -> FakeSite:
    """A site of one build, with a secret beside its output."""
    output = tmp_path / "site"
    output.mkdir()
    (tmp_path / "secret.html").write_bytes(b"secret")
    (output / "not-ours.html").write_bytes(b"secret")
    preview = Preview(output, "run")
    site = FakeSite(output, preview, build_app(preview, "127.0.0.1"))
    preview.take(site.publish(SITE), ())
    return site
