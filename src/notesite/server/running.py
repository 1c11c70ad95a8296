"""Running a preview: the server, the watcher and the builds in one event loop, and their end."""

from __future__ import annotations

import asyncio
import threading
import webbrowser
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn

from notesite.server.app import build_app
from notesite.server.connections import Connection
from notesite.server.listening import ServeError
from notesite.server.rebuilding import Rebuilder
from notesite.server.watching import Watcher, why_not_watched

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from starlette.types import ASGIApp

    from notesite.server.rebuilding import SiteBuilder, Terminal
    from notesite.server.state import Preview
    from notesite.server.watching import SitePaths
    from notesite.server.working import Work


class Running:
    """One preview from its start to its end.

    `work` is what builds are asked of, `find` says where the site's files are, `host` is the name
    it listens at, and `announce` is called after the first build.
    """

    def __init__(  # noqa: PLR0913 - it ties these together
        self,
        preview: Preview,
        builder: SiteBuilder,
        work: Work,
        find: Callable[[], SitePaths],
        terminal: Terminal,
        *,
        host: str,
        announce: Callable[[], None],
    ) -> None:
        self._preview = preview
        self._announce = announce
        self._rebuilder = Rebuilder(builder, work, preview, terminal)
        self._watcher = Watcher(find, self._ask)
        self._server = _Server(build_app(preview, host), preview)

    def stop(self) -> None:
        """End the preview; may be called from any thread and from a signal's handler."""
        # The server looks at this ten times a second.
        self._server.should_exit = True

    async def run(self, listener: socket.socket) -> None:
        """Serve at `listener` until stopped; raises ServeError when files cannot be watched."""
        server = asyncio.create_task(self._server.serve(sockets=[listener]))
        watcher = asyncio.create_task(self._watcher.run())
        rebuilder = asyncio.create_task(self._rebuilder.run())
        announcer = asyncio.create_task(self._announce_first_build())
        await asyncio.wait({server, watcher, rebuilder}, return_when=asyncio.FIRST_COMPLETED)
        self.stop()
        self._watcher.stop()
        rebuilder.cancel()
        announcer.cancel()
        tasks = (server, watcher, rebuilder, announcer)
        ends = await asyncio.gather(*tasks, return_exceptions=True)
        for end in ends:
            if isinstance(end, OSError):
                raise ServeError(why_not_watched(end)) from end
            if isinstance(end, Exception):
                raise end

    def _ask(self, reload: bool, touched: frozenset[Path] | None) -> None:
        self._rebuilder.ask(reload=reload, touched=touched)

    async def _announce_first_build(self) -> None:
        await self._preview.wait_for_first_build()
        if not self._server.should_exit:
            self._announce()


class _Server(uvicorn.Server):
    """A server that leaves signals alone, and ends streams before it waits for their end."""

    def __init__(self, app: ASGIApp, preview: Preview) -> None:
        super().__init__(
            uvicorn.Config(
                app, http=Connection, lifespan="off", ws="none", log_config=None,
                log_level="critical", access_log=False, proxy_headers=False, server_header=False,
                # Whoever ends the preview does not want to wait for a download.
                timeout_graceful_shutdown=0,
            )
        )  # fmt: skip
        self._preview = preview

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing: `serve` listens to signals."""
        yield

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop serving."""
        self._preview.close()
        await super().shutdown(sockets)
        # Whoever reads slowly, or never finished asking, is not waited for.
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        await asyncio.sleep(0)


def open_in_browser(address: str) -> None:
    """Open the site without waiting for the browser, which may run in the terminal."""
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
