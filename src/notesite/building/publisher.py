"""Publishing what a build makes: all of a site, or those pages that show an edited text."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from notesite.building.making import Making
from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from notesite.building.values import BuildReport
    from notesite.cache.shelf import Shelf
    from notesite.diagnostics import Diagnostic
    from notesite.forking import Progress
    from notesite.indexing import MakingIndex
    from notesite.model import PlannedPage
    from notesite.publishing.publication import Publication, Published
    from notesite.remaking import Maker
    from notesite.stamps import KnownFile


@dataclass(frozen=True, slots=True)
class Task:
    """What one build publishes with: where to, from whose templates, who makes the pages.

    `report` says what the build has found when it is asked, `forbids` whether that keeps the pages
    from being published. Up to `jobs` processes work.
    """

    output: Path
    root: Path
    maker: Maker
    shelf: Shelf
    jobs: int
    progress: Progress
    problems: list[Diagnostic]
    report: Callable[[], BuildReport]
    forbids: Callable[[BuildReport], bool]

    def making(self, publication: Publication) -> Making:
        """The making of pages for a publication."""
        return Making(self.maker, publication, self.shelf, self.root, self.problems)


class Publisher:
    """Publishes one site, build after build; knows what lies in its output."""

    def __init__(self) -> None:
        self.files: Mapping[str, KnownFile] = {}
        """The files of the output by path, as the last build left them."""
        self._without_file: set[str] = set()

    def publish(
        self, task: Task, pages: Sequence[PlannedPage], index: MakingIndex, *, is_sure: bool
    ) -> BuildReport:
        """Publish the site: its pages as they are made, and the search's index.

        `is_sure` is said by who has watched the output and knows that nobody touched it.
        """
        from notesite.publishing.publication import Publication  # noqa: PLC0415 - not for a check

        def make(publication: Publication) -> None:
            missing = [page for page in pages if not _is_kept(page, task.maker, publication)]
            with ExitStack() as stack:
                # The other processes are at work while this one prepares the index.
                make_all = stack.enter_context(task.making(publication).of(missing, task.jobs))
                index_pages = stack.enter_context(index(keep=publication.keep))
                make_all(task.progress)
                for page in index_pages():
                    publication.add(page)

        report = self._commit(task, Publication(task.output, is_sure=is_sure), make)
        if report.is_published:
            task.maker.written(self.files)
            self._without_file = {page.path for page in pages} - self.files.keys()
        return report

    def publish_again(self, task: Task, pages: Mapping[str, PlannedPage]) -> BuildReport:
        """Publish those of `pages` that show edited texts; all others are there as they must be."""
        from notesite.publishing.publication import Revision  # noqa: PLC0415 - as above

        missing = sorted(pages.keys() & {*task.maker.dropped, *self._without_file})

        def make(publication: Publication) -> None:
            shown = [pages[path] for path in missing]
            with task.making(publication).of(shown, task.jobs) as make_all:
                make_all(task.progress)

        report = self._commit(task, Revision(task.output, self.files, missing), make)
        if report.is_published:
            task.maker.written(self.files, others_stay=True)
            self._without_file = set(missing) - self.files.keys()
        return report

    def _commit(
        self, task: Task, publication: Publication, make: Callable[[Publication], None]
    ) -> BuildReport:
        """Publish what `make` makes, unless what was found by then forbids it."""
        from notesite.publishing.publication import PublishError  # noqa: PLC0415 - as above

        try:
            with publication:
                make(publication)
                found = task.report()
                if task.forbids(found):
                    return found
                done = publication.commit()
                self.files = publication.files()
        except PublishError as error:
            found = task.report()
            return replace(found, diagnostics=(*found.diagnostics, error.problem))
        return _as_published(found, done)


def _is_kept(page: PlannedPage, maker: Maker, publication: Publication) -> bool:
    """Whether the page need not be made, as its file is there already."""
    known = maker.known(page)
    return known is not None and publication.keep(page.path, known)


def _as_published(report: BuildReport, done: Published) -> BuildReport:
    return replace(
        report, written=done.written, unchanged=done.unchanged, removed=done.removed,
        pages=len(done.written) + done.unchanged, is_published=True,
    )  # fmt: skip
