"""Who may ask: only browsers that show this very preview.

A page of another site can make a browser send requests to this machine, and a name server can
point another site's name at it. The first shows in `Origin` and `Sec-Fetch-Site`, the second in
`Host`; every request is held to all three.
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

PRIVATE_PREFIX = "/_notesite/"
"""The addresses that only the preview's own script asks for."""

_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_WILDCARDS = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - recognised here, not bound
_HOST = re.compile(r"(?:\[([0-9a-fA-F:.]+)\]|([^\[\]:/@\s]+))(?::[0-9]{1,5})?")

_SAFETY_HEADERS = {
    "cache-control": "no-cache",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
}


class Guard:
    """An ASGI application that lets only allowed requests through to `app`.

    `host` is the address the preview listens at. Where that is every address of the machine, any
    bare IP address may stand in `Host` too: only names can be pointed elsewhere.
    """

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app = app
        self._names = _LOOPBACK_NAMES | {host.lower().strip("[]")}
        self._allows_addresses = host in _WILDCARDS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request of `scope`, or refuse it."""
        if scope["type"] != "http":
            return
        refusal = self._refusal(scope)
        if refusal:
            status, reason = refusal
            headers = (
                {**_SAFETY_HEADERS, "connection": "close"} if status == 400 else _SAFETY_HEADERS
            )
            response = PlainTextResponse(f"{reason}\n", status, headers=headers)
            await response(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _SAFETY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_safely)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        if "transfer-encoding" in headers and "content-length" in headers:
            # Two lengths are how one request is hidden in another (RFC 9112, 6.3).
            return 400, "This request has two lengths."
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._is_own(hosts[0]):
            return 421, "This preview does not answer to that name."
        own = f"http://{hosts[0].lower()}"
        if any(origin.lower() != own for origin in headers.getlist("origin")):
            return 403, "This preview answers no other site."
        if {"none", "same-origin"}.issuperset(headers.getlist("sec-fetch-site")):
            return None
        # A link from elsewhere may be followed here; nothing may be loaded into a page elsewhere.
        is_followed = headers.get("sec-fetch-mode") == "navigate"
        is_framed = headers.get("sec-fetch-dest", "document") != "document"
        if is_followed and not is_framed and not is_private(scope["path"]):
            return None
        return 403, "This preview answers no other site."

    def _is_own(self, host: str) -> bool:
        found = _HOST.fullmatch(host)
        if not found:
            return False
        name = (found[1] or found[2]).lower()
        return name in self._names or (self._allows_addresses and _is_address(name))


def is_private(path: str) -> bool:
    """Whether only the preview's own script asks for this."""
    return path.startswith(PRIVATE_PREFIX)


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
