"""Building again and again, one build at a time, while the event loop goes on answering."""

from __future__ import annotations

import asyncio
import gc
import threading
import time
import traceback
from collections import Counter
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from notesite.diagnostics import Severity
from notesite.records import dataclass
from notesite.server.problems import failure, problems_of
from notesite.server.working import StoppedError
from notesite.text import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from pathlib import Path

    from notesite.building import BuildReport
    from notesite.diagnostics import Diagnostic
    from notesite.forking import Progress
    from notesite.server.state import Preview
    from notesite.server.working import Work

T = TypeVar("T")

_MOST_NAMED = 3
_TELLING = 0.001
"""Seconds that the event loop takes to tell the browsers."""
_TIDYING = 0.3
"""Seconds after which a build's garbage is collected: by then its pages are seen."""
_IDLE = 2.0
"""Seconds without a change after which the search's index is made, and all is looked at again."""


class SiteBuilder(Protocol):
    """What the preview needs of a Builder."""

    @property
    def has_stale_index(self) -> bool:
        """Whether the search does not know the last changes yet."""
        ...

    def build(self, touched: Collection[Path] | None = None) -> BuildReport:
        """Build and publish the site once more; its search may wait for `build_index`.

        With `touched` files it believes that all others are what they were.
        """
        ...

    def build_index(self) -> BuildReport:
        """Build and publish the site with its search."""
        ...

    def leave_index(self) -> None:
        """Let a search's index that is being made be; it is out of date."""
        ...


@dataclass(frozen=True, slots=True)
class Terminal:
    """How to tell the person at the terminal: `tell` shows a text, `render` writes diagnostics.

    `render` may leave out what the person does not want to see; an empty text is not told.
    """

    tell: Callable[[str], None]
    render: Callable[[BuildReport], str]


class StoppableProgress:
    """A progress that can be told to stop, which ends the build that reports to it."""

    def __init__(self, inner: Progress | None) -> None:
        self._inner = inner
        self._is_stopped = threading.Event()

    def stop(self) -> None:
        """End the present build at its next step."""
        self._is_stopped.set()

    def __call__(self, items: Sequence[T], doing: str) -> Iterable[T]:
        """The same items; raises StoppedError when told to stop."""
        for item in self._inner(items, doing) if self._inner else items:
            if self._is_stopped.is_set():
                raise StoppedError
            yield item


class Rebuilder:
    """Has `work` build when asked; when asked during a build, once more after it."""

    def __init__(
        self, builder: SiteBuilder, work: Work, preview: Preview, terminal: Terminal
    ) -> None:
        self._work = work
        self._builder = builder
        self._preview = preview
        self._terminal = terminal
        self._is_wanted = asyncio.Event()
        self._wants_reload = False
        self._touched: frozenset[Path] | None = None
        self._has_believed = False
        self._diagnostics: tuple[Diagnostic, ...] = ()
        self._tidying: asyncio.TimerHandle | None = None

    def ask(self, *, reload: bool = False, touched: frozenset[Path] | None = None) -> None:
        """Ask for a build; `reload` when its result changes more than the text of pages.

        `touched` are the files that have changed, None when nobody knows.
        """
        self._wants_reload |= reload
        if touched is None or self._touched is None:
            self._touched = None
        else:
            self._touched |= touched
        self._is_wanted.set()
        self._builder.leave_index()

    async def run(self) -> None:
        """Build whenever asked, until cancelled."""
        while True:
            await self._wait_for_change()
            self._is_wanted.clear()
            reload, self._wants_reload = self._wants_reload, False
            touched, self._touched = self._touched, frozenset()
            self._has_believed = touched is not None
            await self._build(partial(self._builder.build, touched), reload=reload)

    async def _wait_for_change(self) -> None:
        """Wait until a build is asked for; after a while, index the search and look at all files.

        A watcher may have missed something.
        """
        has_index = not self._builder.has_stale_index
        if not has_index or self._has_believed:
            try:
                await asyncio.wait_for(self._is_wanted.wait(), _IDLE)
            except TimeoutError:
                self._has_believed = False
                build = self._builder.build if has_index else self._builder.build_index
                await self._build(build, reload=False, is_asked=False)
        await self._is_wanted.wait()

    async def _build(
        self, build: Callable[[], BuildReport], *, reload: bool, is_asked: bool = True
    ) -> None:
        start = time.perf_counter()
        if self._tidying:
            self._tidying.cancel()
        try:
            report = await asyncio.wrap_future(self._work.ask(build))
        except Exception as error:  # noqa: BLE001 - a plugin's mistake must not end the preview
            self._terminal.tell("".join(traceback.format_exception(error)))
            self._preview.fail(failure(error))
            # What is already published may hold only a part of the change.
            self._wants_reload |= reload
            self._touched = None
            return
        seconds = time.perf_counter() - start
        self._preview.take(report, problems_of(report), reload=reload)
        try:
            # The browsers are told first: whoever waits looks there.
            await asyncio.sleep(_TELLING)
        finally:
            if is_asked or report.written or report.removed:
                self._tell(report, seconds)
        self._tidying = asyncio.get_running_loop().call_later(_TIDYING, _tidy)

    def _tell(self, report: BuildReport, seconds: float) -> None:
        text = self._terminal.render(replace(report, diagnostics=self._news(report.diagnostics)))
        if text:
            self._terminal.tell(text)
        self._diagnostics = report.diagnostics
        self._terminal.tell(summarise(report, seconds))

    def _news(self, found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
        """Of what a build found the errors and what is new; none where all is as it was.

        Where in a file something stands does not count: an edit moves all that is below it.
        """
        if found == self._diagnostics:
            return ()
        known = Counter(map(_apart_from_place, self._diagnostics))
        news = []
        for each in found:
            key = _apart_from_place(each)
            known[key] -= 1
            if each.severity is Severity.ERROR or known[key] < 0:
                news.append(each)
        return tuple(news)


def _tidy() -> None:
    """Let go of what is in use only by each other; what stays is not looked through again."""
    gc.collect()
    gc.freeze()


def _apart_from_place(problem: Diagnostic) -> tuple[str, str, str]:
    return problem.file, problem.code, problem.message


def summarise(report: BuildReport, seconds: float) -> str:
    """One line on a build: how long it took, what it wrote, how many errors and warnings stand."""
    parts = [f"built in {seconds * 1000:,.0f} ms: {_changes(report)}"]
    if not report.is_published:
        parts = ["not published; the site stays as it was"]
    for severity in (Severity.ERROR, Severity.WARNING):
        count = report.count(severity)
        if count:
            parts.append(plural(count, severity.value))
    return "; ".join(parts)


def _changes(report: BuildReport) -> str:
    if not report.written and not report.removed:
        return "nothing changed"
    parts = []
    if report.written:
        parts.append(f"wrote {_named(report.written)}")
    if report.removed:
        parts.append(f"removed {_named(report.removed)}")
    return ", ".join(parts)


def _named(paths: Sequence[str]) -> str:
    return ", ".join(paths) if len(paths) <= _MOST_NAMED else plural(len(paths), "file")
