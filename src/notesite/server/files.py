"""From the path of a URL to a file that a build wrote, and to the response that carries it.

A path is looked up, whole and decoded, among the files of the last build. Nothing is ever joined
to a folder that was not found there, so there is no way out of it.
"""

from __future__ import annotations

import hashlib
import re
from email.utils import parsedate_to_datetime
from functools import cache
from html import escape
from mimetypes import MimeTypes
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import anyio.to_thread
from starlette.responses import FileResponse, Response

from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime
    from pathlib import Path

SCRIPT_URL = "/_notesite/reload.js"

_TYPES = {
    ".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript",
    ".json": "application/json", ".map": "application/json", ".xml": "application/xml",
    ".svg": "image/svg+xml", ".avif": "image/avif", ".webp": "image/webp",
    ".ico": "image/vnd.microsoft.icon", ".woff": "font/woff", ".woff2": "font/woff2",
    ".ttf": "font/ttf", ".otf": "font/otf", ".wasm": "application/wasm", ".pdf": "application/pdf",
    ".webmanifest": "application/manifest+json", ".bib": "text/plain", ".md": "text/plain",
    ".py": "text/plain", ".tex": "text/plain", ".txt": "text/plain",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moved:
    """The page lies at another address, an absolute path that is not yet quoted."""

    path: str


def find_file(path: str, files: Collection[str]) -> str | Moved | None:
    """What GitHub Pages would show at the decoded URL path `path`, given a site's `files`.

    `/a` is the file `a`, else `a.html`, else a redirect to `/a/`, which is `a/index.html`.
    """
    name = path.removeprefix("/")
    if name in files:
        return name
    if not name or name.endswith("/"):
        index = f"{name}index.html"
        return index if index in files else None
    if f"{name}.html" in files:
        return f"{name}.html"
    return Moved(f"/{name}/") if f"{name}/index.html" in files else None


@cache
def _built_in_types() -> MimeTypes:
    # Without the system's tables, so that every machine gives a file the same type.
    return MimeTypes(filenames=())


def content_type(file: str) -> str:
    """The media type of a file by its suffix."""
    known = _TYPES.get(PurePosixPath(file).suffix.lower())
    kind, encoding = _built_in_types().guess_type(file)
    return known or (kind if kind and not encoding else None) or "application/octet-stream"


def _own_file(output: Path, file: str) -> Path:
    """Where the file lies; raises FileNotFoundError where a link is in its place or above it."""
    path = output / file
    if path.resolve() != output.resolve() / file:
        raise FileNotFoundError(file)
    return path


async def file_response(
    output: Path, file: str, request_headers: Mapping[str, str]
) -> Response | None:
    """The file as it is, in parts if asked for; None when it has just been removed."""
    try:
        status = await anyio.to_thread.run_sync(lambda: _own_file(output, file).stat())
    except (FileNotFoundError, NotADirectoryError):
        return None
    response = FileResponse(output / file, media_type=content_type(file), stat_result=status)
    return unless_known(response, request_headers)


async def page_response(
    output: Path, file: str, build: str, request_headers: Mapping[str, str]
) -> Response | None:
    """The page with the reload script in it; None when it has just been removed."""
    try:
        content = await anyio.to_thread.run_sync(lambda: _own_file(output, file).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    content = with_script(content, build, file)
    digest = hashlib.sha256(content).hexdigest()
    response = Response(content, media_type="text/html", headers={"etag": f'"{digest}"'})
    return unless_known(response, request_headers)


def with_script(content: bytes, build: str, file: str = "") -> bytes:
    """An HTML page that loads the reload script; without `file` it is no page of the site."""
    page = f' data-page="{escape(file)}"' if file else ""
    tag = f'<script src="{SCRIPT_URL}" data-build="{escape(build)}"{page} defer></script>\n'
    end = content.lower().rfind(b"</body>")
    end = len(content) if end < 0 else end
    return content[:end] + tag.encode() + content[end:]


def with_base(content: bytes) -> bytes:
    """An HTML page whose relative links start at the site's root, wherever it is shown."""
    start = content.find(b"<head>")
    if start < 0:
        return content
    start += len(b"<head>")
    return content[:start] + b'<base href="/">' + content[start:]


_SPAN = r"[ \t]*(?:[0-9]{1,99}-[0-9]{0,99}|-[0-9]{1,99})[ \t]*"
_RANGE = re.compile(rf"bytes=({_SPAN}(?:,{_SPAN})*)")


def has_odd_range(request_headers: Mapping[str, str]) -> bool:
    """Whether parts are asked for in a way that is to be passed over (RFC 9110, 14.1.1, 14.2)."""
    asked = request_headers.get("range")
    if asked is None:
        return False
    found = _RANGE.fullmatch(asked)
    spans = [span.strip().split("-") for span in found[1].split(",")] if found else []
    return not spans or any(first and last and int(first) > int(last) for first, last in spans)


def unless_known(response: Response, request_headers: Mapping[str, str]) -> Response:
    """`response`, or 304 when the client holds it already (RFC 9110, 13.1.2, 13.1.3, 13.2.2)."""
    known = request_headers.get("if-none-match")
    if known is not None:
        tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
        is_known = bool(tags & {response.headers["etag"], "*"})
    else:
        changed = _moment(response.headers.get("last-modified", ""))
        seen = _moment(request_headers.get("if-modified-since", ""))
        is_known = changed is not None and seen is not None and changed <= seen
    if not is_known:
        return response
    kept = {name: response.headers[name] for name in _KEPT if name in response.headers}
    return Response(status_code=304, headers=kept)


_KEPT = ("etag", "last-modified")
"""What a 304 repeats of the answer it stands for (RFC 9110, 15.4.5); the guard adds the rest."""


def _moment(date: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(date)
    except ValueError:
        return None
    return found if found.tzinfo else None
