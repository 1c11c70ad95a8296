"""The search's index of a Builder's site: made when it is wanted, and kept in the cache."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from notesite.cache import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from notesite.building.memory import BuildMemory
    from notesite.building.values import Linked, Project
    from notesite.config import Config
    from notesite.diagnostics import Diagnostic
    from notesite.indexing import Keep, MakingIndex, SearchIndex
    from notesite.model import Page
    from notesite.stamps import KnownFile


class KeptIndex:
    """The index of one site, build after build; a site whose search is off has none.

    With `later` it is left as it is until it is `wanted`.
    """

    def __init__(self, *, later: bool, jobs: int) -> None:
        self._later = later
        self._jobs = jobs
        self._index: SearchIndex | None = None
        self.is_wanted = not later
        """Whether the next build makes it anew if it is one of an earlier state of the site."""

    @property
    def is_stale(self) -> bool:
        """Whether the published index is one of an earlier state of the site."""
        return bool(self._index and self._index.is_stale)

    @contextmanager
    def wanted(self) -> Iterator[None]:
        """Within this block a build makes the index too."""
        self.is_wanted = True
        if self._index:
            self._index.want()
        try:
            yield
        finally:
            self.is_wanted = not self._later

    def leave(self) -> None:
        """Hurry an index that is being made to its end, from any thread: it will not be new."""
        if self._index:
            self._index.leave()

    def outdate(self) -> None:
        """Count the index as one of an earlier state."""
        if self._index:
            self._index.outdate()

    def making(
        self, linked: Linked, config: Config, memory: BuildMemory, problems: list[Diagnostic]
    ) -> MakingIndex:
        """What makes the index of a site; what goes wrong then is told in `problems`."""
        if not config.search.enabled:
            self._index = None
            return _no_index
        index = self._opened(linked.project, memory)
        index.use(memory.store, self._jobs, memory.shelf.reopen)
        return partial(index.making, linked.site, config, problems, later=not self.is_wanted)

    def _opened(self, project: Project, memory: BuildMemory) -> SearchIndex:
        from notesite.indexing import SearchIndex  # noqa: PLC0415 - slow to import

        if self._index is None:
            self._index = SearchIndex()
            if memory.store:
                key = _key(project)
                self._index.unpack(memory.store.get([key]).get(key, b""))
        return self._index

    def published(
        self, project: Project, memory: BuildMemory, files: Mapping[str, KnownFile]
    ) -> None:
        """Remember the index as it now is among the `files` of the output."""
        if self._index is None:
            return
        is_news = self._index.written(files)
        if memory.store and is_news:
            memory.store.put({_key(project): self._index.packed()})


@contextmanager
def _no_index(*, keep: Keep) -> Iterator[Callable[[], list[Page]]]:  # noqa: ARG001 - as the other
    yield list


def _key(project: Project) -> str:
    return digest("search index", str(project.output.resolve()))
