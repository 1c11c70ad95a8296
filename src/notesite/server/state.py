"""What browsers are shown: the files they may ask for, and what is new since a page was served.

There are no queues. A build changes the state; whoever listens is woken and told the difference
between what it last saw and what holds now, so that a slow listener skips states instead of
holding anything up, and one that comes late learns the same as one that was there.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from notesite.linking.urls import PREVIEWS, SEARCH_INDEX
from notesite.publishing.changeover import read_manifest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable
    from pathlib import Path

    from notesite.building import BuildReport
    from notesite.server.problems import Problem

HEARTBEAT = 20.0
"""Seconds of silence after which a stream says something, to notice listeners that are gone."""

_PAGE_SUFFIXES = (".html", ".xml", ".json", ".txt", ".md")
_ASKED_FOR = (f"{SEARCH_INDEX}/", f"{PREVIEWS}/", "cards/")
"""Folders of files that no page shows before somebody asks for them."""
_EVERY_PAGE = ""


class Preview:
    """The state of one preview; all methods belong to the event loop's thread.

    `output` is the folder builds publish to; `run` tells this preview from one that another process
    served at the same address before. With `follow`, browsers are told which note was just saved.
    """

    def __init__(self, output: Path, run: str, *, follow: bool = False) -> None:
        self.output = output
        self.files: frozenset[str] = frozenset()
        self._run = run
        self._number = 0
        self._follow = follow
        self._saved: tuple[int, str] = (0, "")
        self._changed_at: dict[str, int] = {}
        self._problems: tuple[Problem, ...] = ()
        self._is_closed = False
        self._news = asyncio.Event()
        self._first_build = asyncio.Event()

    @property
    def build(self) -> str:
        """The name of the present state, which a page carries and a stream resumes from."""
        return f"{self._run}-{self._number}"

    async def wait_for_first_build(self) -> None:
        """Return when there is something to show, be it only problems."""
        await self._first_build.wait()

    def take(
        self, report: BuildReport, problems: tuple[Problem, ...], *, reload: bool = False
    ) -> None:
        """Show what a build made; `reload` when more than the text of pages has changed."""
        changed = (*report.written, *report.removed) if report.is_published else ()
        is_as_before = self.files and not report.removed and self.files.issuperset(changed)
        if report.is_published and not is_as_before:
            self.files = servable_files(self.output)
        if changed or problems != self._problems:
            self._number += 1
            self._remember(changed, reload=reload)
            self._problems = problems
        if self._follow and report.edited:
            self._saved = (self._number, report.edited[-1])
        self._first_build.set()
        self._wake()

    def fail(self, problem: Problem) -> None:
        """Show that a build broke off; the files stay as they were."""
        self._number += 1
        self._problems = (problem,)
        self._first_build.set()
        self._wake()

    def close(self) -> None:
        """End every stream."""
        self._is_closed = True
        self._first_build.set()
        self._wake()

    def _remember(self, changed: Iterable[str], *, reload: bool) -> None:
        for path in changed:
            # A style sheet, a script or an image may stand on any page.
            is_alone = path.endswith(_PAGE_SUFFIXES) or path.startswith(_ASKED_FOR)
            shows_anywhere = reload or not is_alone
            self._changed_at[_EVERY_PAGE if shows_anywhere else path] = self._number

    def _wake(self) -> None:
        # Whoever waits holds the old event; the next wait is for the next change.
        news, self._news = self._news, asyncio.Event()
        news.set()

    async def stream(self, since: str) -> AsyncIterator[str]:
        """Server-sent events: the state at once, then again at each change.

        `since` is the `build` of the state that the listener has seen. Each message is JSON:
        `build`; `reload`, whether every page must be loaded anew; `changed`, the paths of pages
        written or removed since; `problems`, the errors that stand; `saved`, the page to open, of
        a note saved since, or empty.
        """
        yield "retry: 1000\n\n"
        told = ""
        while not self._is_closed:
            news = self._news
            if told != self.build:
                message = self._message(since)
                since = told = self.build
                yield f"id: {told}\ndata: {message}\n\n"
                continue
            try:
                await asyncio.wait_for(news.wait(), HEARTBEAT)
            except TimeoutError:
                yield ": still here\n\n"

    def _message(self, since: str) -> str:
        run, _, number = since.rpartition("-")
        seen = int(number) if run == self._run and number.isdecimal() else -1
        changed = {path for path, at in self._changed_at.items() if at > seen}
        reload = seen < 0 or _EVERY_PAGE in changed
        saved_at, saved = self._saved
        # json.dumps writes no line break, which would end the event's data.
        return json.dumps(
            {
                "build": self.build,
                "reload": reload,
                "changed": [] if reload else sorted(changed),
                "problems": self._problems,
                "saved": saved if seen >= 0 and saved_at > seen else "",
            }
        )


def servable_files(output: Path) -> frozenset[str]:
    """The files that the last build published to `output`, hidden ones left out."""
    return frozenset(
        path for path in read_manifest(output) if not path.startswith(".") and "/." not in path
    )
