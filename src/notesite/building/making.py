"""Making the pages that have to be made, on several processors where that pays."""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from notesite.forking import Crew, in_chunks, may_fork
from notesite.model import Page
from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from notesite.cache.shelf import Shelf
    from notesite.diagnostics import Diagnostic
    from notesite.forking import Progress
    from notesite.model import PlannedPage
    from notesite.publishing.publication import Publication, Staged
    from notesite.remaking import Made, Maker

DOING = "Making pages"

WORTH_IT = 64
"""How many pages have to be made for another process to pay: a fork takes as long as some ten."""

CHUNK = 8
"""Pages that are taken at a time: few, as they differ much."""


def make_page(
    maker: Maker, page: PlannedPage, root: Path, problems: list[Diagnostic]
) -> Page | None:
    """The page, or None without one or after a fault of its template, told in `problems`."""
    from notesite.rendering.environment import template_problem  # noqa: PLC0415 - slow to import

    try:
        content = maker.make(page)
        return Page(page.path, content) if content is not None else None
    except Exception as error:
        problem = template_problem(error, root)
        if problem is None:
            raise
        if problem not in problems:
            problems.append(problem)
    return None


@dataclass(frozen=True, slots=True)
class _Share:
    """What a process did of the common work."""

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
        chunks = in_chunks(pages[:-1], CHUNK)
        crew = Crew(
            len(chunks),
            lambda number: self._share(chunks[number]),
            copies=jobs - 1,
            begin_apart=self._begin_apart,
        )
        with crew:
            yield lambda progress: self._take_all(crew.results(progress, DOING))

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

    def _begin_apart(self) -> None:
        """Work in a process of one's own from now on."""
        self.shelf.reopen()
        self.publication.begin_apart(f"{os.getpid()}-")

    def _share(self, pages: Sequence[PlannedPage]) -> _Share:
        """Make some pages, for whoever takes what was done."""
        known = len(self.problems)
        self.make_all(pages)
        paths = [page.path for page in pages]
        staged = self.publication.staged_of(paths)
        return _Share(self.maker.made_of(paths), staged, tuple(self.problems[known:]))

    def _take_all(self, shares: Iterable[_Share]) -> None:
        """Count as done here what any process did."""
        for share in shares:
            self.maker.take(share.made)
            self.publication.take(share.staged)
            self.problems.extend(each for each in share.problems if each not in self.problems)
