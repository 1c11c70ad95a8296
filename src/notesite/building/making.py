"""Making the pages that have to be made, on several processors where that pays.

A process that is forked off has the whole site in its memory already: nothing is sent to it. It
takes pages from the same list as this process does, stages them, and leaves behind what it did. The
list is a pipe that holds the numbers of chunks; whoever reads a number makes that chunk.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from notesite.forking import may_fork
from notesite.model import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from notesite.diagnostics import Diagnostic
    from notesite.model import PlannedPage
    from notesite.parsing import Progress
    from notesite.publishing import Publication, Staged
    from notesite.remaking import Made, Maker
    from notesite.shelf import Shelf

DOING = "Making pages"

WORTH_IT = 64
"""How many pages have to be made for another process to pay: a fork takes as long as some ten."""

CHUNK = 8
"""Pages that are taken at a time: few, as they differ much."""

_NUMBER = 4
"""Bytes of a number in the pipe."""

_MOST_CHUNKS = 8_000
"""So many numbers fit into a pipe that nobody reads; more pages make larger chunks."""


def make_page(
    maker: Maker, page: PlannedPage, root: Path, problems: list[Diagnostic]
) -> Page | None:
    """The page, or None without one or after a fault of its template, told in `problems`."""
    from jinja2 import TemplateError  # noqa: PLC0415 - Jinja is slow to import

    from notesite.rendering.environment import template_problem  # noqa: PLC0415

    try:
        content = maker.make(page)
        return Page(page.path, content) if content is not None else None
    except TemplateError as error:
        problem = template_problem(error, root)
        if problem not in problems:
            problems.append(problem)
    return None


@dataclass(frozen=True, slots=True)
class _Share:
    """What a process did of the common work."""

    chunks: tuple[int, ...]
    made: dict[str, Made]
    staged: Staged
    problems: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Making:
    """What making pages takes: who makes, where they go, whose templates, what went wrong."""

    maker: Maker
    publication: Publication
    shelf: Shelf
    root: Path
    problems: list[Diagnostic]

    @contextmanager
    def of(self, pages: Sequence[PlannedPage], jobs: int) -> Iterator[Callable[[Progress], None]]:
        """A function that makes all the pages and shows how far it is.

        Up to `jobs` processes work on them, the others from the start of the block on.
        """
        is_worth_it = jobs > 1 and len(pages) >= WORTH_IT
        if not is_worth_it or self.publication.folds_case or not may_fork():
            yield lambda progress: self.make_all(progress(pages, DOING))
            return
        # What is made once is made by the first of the pages, for all processes.
        self._make(pages[-1])
        crew = _Crew(self, pages[:-1])
        try:
            for _ in range(jobs - 1):
                crew.fork()
            yield crew.work
        finally:
            crew.end()

    def _make(self, planned: PlannedPage) -> None:
        page = make_page(self.maker, planned, self.root, self.problems)
        if page:
            self.publication.add(page)

    def make_all(self, pages: Iterable[PlannedPage]) -> None:
        """Make some pages here."""
        for number, page in enumerate(pages, start=1):
            self._make(page)
            if number % CHUNK == 0:
                # Templates leave circles behind that hold whole pages; only what is new is looked
                # through, and the rest of the site is left alone.
                gc.collect(0)

    def begin_apart(self, name: str) -> None:
        """Work in a process of one's own from now on."""
        self.shelf.reopen()
        self.publication.begin_apart(name)
        self.problems.clear()

    def share(self, paths: Iterable[str], chunks: Iterable[int]) -> _Share:
        """What was done apart, for `take`."""
        paths = list(paths)
        made = self.maker.made_of(paths)
        return _Share(tuple(chunks), made, self.publication.staged_of(paths), tuple(self.problems))

    def take(self, share: _Share) -> None:
        """Count as done here what another process did."""
        self.maker.take(share.made)
        self.publication.take(share.staged)
        self.problems.extend(each for each in share.problems if each not in self.problems)


class _Crew:
    """This process and those forked off, with a list of chunks between them."""

    def __init__(self, making: Making, pages: Sequence[PlannedPage]) -> None:
        self._making = making
        size = max(CHUNK, -(-len(pages) // _MOST_CHUNKS))
        self._chunks = [pages[start : start + size] for start in range(0, len(pages), size)]
        self._list, writing = os.pipe()
        for number in range(len(self._chunks)):
            os.write(writing, number.to_bytes(_NUMBER))
        os.close(writing)
        self._others: dict[int, int] = {}
        self._parent = os.getpid()

    def fork(self) -> None:
        """Have another process work on the list from now on."""
        reading, writing = os.pipe()
        # Nothing that is here now is looked through by either: that would copy all its memory.
        gc.freeze()
        process = os.fork()
        if process:
            os.close(writing)
            self._others[process] = reading
            return
        status = 1
        try:
            os.close(reading)
            self._work_apart(writing)
            status = 0
        finally:
            # At once, whatever happened: everything outside belongs to the other process, which
            # makes what is missing and so comes upon the same fault.
            os._exit(status)

    def _work_apart(self, writing: int) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self._making.begin_apart(f"{os.getpid()}-")
        numbers = []
        for number in self._numbers():
            self._making.make_all(self._chunks[number])
            numbers.append(number)
        paths = (page.path for number in numbers for page in self._chunks[number])
        with os.fdopen(writing, "wb") as stream:
            pickle.dump(self._making.share(paths, numbers), stream, protocol=5)

    def _numbers(self) -> Iterator[int]:
        """The numbers of chunks that nobody else makes; none when the other process is gone."""
        while number := os.read(self._list, _NUMBER):
            if os.getpid() != self._parent != os.getppid():
                return
            yield int.from_bytes(number)

    def work(self, progress: Progress) -> None:
        """Make what nobody else makes, and take over what the others made."""
        missing = set(range(len(self._chunks)))
        numbers = self._numbers()
        # As many steps as there are chunks; those that the others make pass at the end.
        for _ in progress(range(len(self._chunks)), DOING):
            for number in islice(numbers, 1):
                self._making.make_all(self._chunks[number])
                missing.discard(number)
        for process, reading in list(self._others.items()):
            share = _received(reading)
            if share:
                self._making.take(share)
                missing.difference_update(share.chunks)
            os.waitpid(process, 0)
            del self._others[process]
        # Of those that died, perhaps for want of memory.
        for number in sorted(missing):
            self._making.make_all(self._chunks[number])

    def end(self) -> None:
        """Stop those that still work, after a fault or a signal."""
        gc.unfreeze()
        os.close(self._list)
        for process, reading in self._others.items():
            os.close(reading)
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
        self._others.clear()


def _received(reading: int) -> _Share | None:
    """What a process says it did, once it is ready; None when it died before."""
    with os.fdopen(reading, "rb") as stream:
        packed = stream.read()
    with suppress(EOFError, pickle.UnpicklingError):
        share: _Share = pickle.loads(packed)  # noqa: S301 - from a process of our own
        return share
    return None
