"""The preview server behind `notesite serve`: builds, shows, watches, builds again, reloads."""

from __future__ import annotations

import asyncio
import secrets
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from notesite.building import Builder, open_project
from notesite.diagnostics import Severity
from notesite.records import dataclass
from notesite.server.listening import ServeError, address_of, is_open_to_others, listen
from notesite.server.rebuilding import StoppableProgress, Terminal
from notesite.server.running import Running, open_in_browser
from notesite.server.state import Preview
from notesite.server.watching import SitePaths, site_paths
from notesite.server.working import Work
from notesite.temporary import temporary_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from notesite.building import BuildOptions
    from notesite.forking import Progress

__all__ = ["ServeError", "ServeOptions", "Terminal", "serve"]


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """Where to show a preview; without a port, at the first free one from 8000 on."""

    host: str = "127.0.0.1"
    port: int | None = None
    open_browser: bool = False
    follow: bool = False
    """Whether the browser goes to the note that was just saved."""


def serve(
    build_options: BuildOptions,
    here: Path,
    options: ServeOptions,
    terminal: Terminal,
    progress: Progress | None = None,
) -> None:
    """Preview the site that `build_options` mean in the folder `here`, until a signal ends it.

    Builds go to a temporary folder and keep going in spite of errors; the site's own output is
    left alone. Raises ServeError when the preview cannot start.
    """
    with (
        listen(options.host, options.port) as listener,
        temporary_folder() as folder,
    ):
        output = folder / "site"
        address = address_of(listener, options.host)
        stoppable = StoppableProgress(progress)
        work = Work()

        def announce() -> None:
            terminal.tell(f"preview at {address} (Ctrl-C ends it)")
            if is_open_to_others(options.host):
                terminal.tell("everybody on your network can read it")
            if options.open_browser:
                open_in_browser(address)

        running = Running(
            Preview(output, run=secrets.token_hex(4), follow=options.follow),
            Builder(_preview_options(build_options, here, output, address), here, stoppable),
            work,
            _Finder(build_options, here),
            terminal,
            host=options.host,
            announce=announce,
        )

        def stop() -> None:
            running.stop()
            # A plugin may keep a build from being broken off; it ends at its next step then.
            stoppable.stop()
            work.stop()

        def finish() -> None:
            stoppable.stop()
            work.end()

        with _signals_call(stop), ThreadPoolExecutor(1) as pool:
            served = pool.submit(asyncio.run, running.run(listener))
            served.add_done_callback(lambda _: finish())
            work.do()
        served.result()


def _preview_options(options: BuildOptions, here: Path, output: Path, address: str) -> BuildOptions:
    _, config, _ = open_project(options, here)
    # Absolute addresses lead to the preview, not to the published site. A site without an address
    # keeps doing without what needs one, such as a feed.
    base_url = address if config.site.base_url else None
    return replace(
        options, output=output, base_url=base_url, keep_going=True, publish=True, adopt=False,
        index_later=True,
    )  # fmt: skip


class _Finder:
    """Where the site's files are; while its configuration cannot be read, where they were."""

    def __init__(self, options: BuildOptions, here: Path) -> None:
        self._options = options
        self._here = here
        self._last: SitePaths | None = None

    def __call__(self) -> SitePaths:
        project, _, problems = open_project(self._options, self._here)
        is_broken = any(problem.severity is Severity.ERROR for problem in problems)
        if self._last is None or not is_broken:
            self._last = site_paths(project)
        return self._last


@contextmanager
def _signals_call(stop: Callable[[], None]) -> Iterator[None]:
    """Let Ctrl-C, SIGTERM and the end of the terminal call `stop` instead of ending the process.

    In the main thread only; a signal that is ignored, as `nohup` has it, stays so.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    names = ("SIGINT", "SIGTERM", "SIGHUP")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {
        number: signal.signal(number, lambda *_: stop())
        for number in numbers
        if signal.getsignal(number) is not signal.SIG_IGN
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
