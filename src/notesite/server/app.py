"""The preview as a web application: the site's pages, the reload script, the stream of news."""

from __future__ import annotations

from importlib.resources import files as package_files
from typing import TYPE_CHECKING
from urllib.parse import quote

import anyio.to_thread
from starlette.applications import Starlette
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from notesite.server.files import (
    SCRIPT_URL,
    Moved,
    content_type,
    file_response,
    find_file,
    has_odd_range,
    page_response,
    with_base,
    with_script,
)
from notesite.server.guard import Guard

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp

    from notesite.server.state import Preview

EVENTS_URL = "/_notesite/events"

_SCRIPTS = ("overlay.js", "patching.js", "reload.js")


def build_app(preview: Preview, host: str) -> ASGIApp:
    """The application that shows `preview` to browsers at `host`."""
    return Guard(_Application(preview).routes(), host)


class _Application:
    def __init__(self, preview: Preview) -> None:
        self._preview = preview
        folder = package_files("notesite.server")
        self._script = b"\n".join(folder.joinpath(name).read_bytes() for name in _SCRIPTS)
        self._placeholder = folder.joinpath("placeholder.html").read_bytes()

    def routes(self) -> ASGIApp:
        return Starlette(
            routes=[
                Route(SCRIPT_URL, self._send_script),
                Route(EVENTS_URL, self._send_events),
                Route("/{path:path}", self._send_file),
            ]
        )

    async def _send_script(self, _: Request) -> Response:
        return Response(self._script, media_type="text/javascript")

    async def _send_events(self, request: Request) -> Response:
        since = request.headers.get("last-event-id") or request.query_params.get("since", "")
        return StreamingResponse(
            self._preview.stream(since),
            media_type="text/event-stream",
            headers={"cache-control": "no-store"},
        )

    async def _send_file(self, request: Request) -> Response:
        preview = self._preview
        await preview.wait_for_first_build()
        found = find_file(request.scope["path"], preview.files)
        if isinstance(found, Moved):
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(quote(found.path) + query)
        if found is None:
            return await self._not_found()
        # The build is named before the page is read: a page may turn out newer, never older.
        build = preview.build
        if content_type(found) == "text/html":
            response = await page_response(preview.output, found, build, request.headers)
        else:
            if has_odd_range(request.headers):
                headers = request.scope["headers"]
                request.scope["headers"] = [each for each in headers if each[0] != b"range"]
            response = await file_response(preview.output, found, request.headers)
        return response or await self._not_found()

    async def _not_found(self) -> Response:
        """The site's own page for it; where no build has succeeded yet, one of ours."""
        build = self._preview.build
        if not self._preview.files:
            return _html(self._placeholder, build, 503)
        try:
            content = await anyio.to_thread.run_sync((self._preview.output / "404.html").read_bytes)
        except FileNotFoundError:
            content = b"<!DOCTYPE html><title>Not found</title><p>There is no such page.\n"
        return _html(with_base(content), build, 404)


def _html(content: bytes, build: str, status: int) -> Response:
    return Response(with_script(content, build), status, media_type="text/html")
