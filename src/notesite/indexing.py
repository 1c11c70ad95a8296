"""The search's index among a site's files: made anew only when what it is made of has changed."""

from __future__ import annotations

import threading
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from notesite import cache
from notesite.diagnostics import Diagnostic, diagnose
from notesite.linking.urls import SEARCH_INDEX
from notesite.model import Page
from notesite.searching import documents
from notesite.searching.index import IndexRun, SearchAbandonedError, SearchError, find_program
from notesite.seeing import digest
from notesite.stamps import KnownFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from notesite.cache import Store
    from notesite.config import Config
    from notesite.model import LinkedNote, Site


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class KnownIndex:
    """An index that was published: what it was made of, and its files."""

    made_of: str
    files: Mapping[str, KnownFile]


class MakingIndex(Protocol):
    """`SearchIndex.making` with all but its last argument."""

    def __call__(
        self, *, keep: Callable[[str, KnownFile], bool]
    ) -> AbstractContextManager[Callable[[], list[Page]]]:
        """The same."""
        ...


class SearchIndex:
    """The index of one site, build after build.

    `keep` in its methods leaves a file of the output as it is, if it is still the known one.
    """

    def __init__(self) -> None:
        self._last: KnownIndex | None = None
        self._made_of = ""
        self._unwanted = threading.Event()
        self.store: Store | None = None
        """Where it is kept what was made of each note, if it is."""
        self.is_stale = False
        """Whether the index that is published is one of an earlier state of the site."""

    @contextmanager
    def making(
        self,
        site: Site,
        config: Config,
        problems: list[Diagnostic],
        *,
        keep: Callable[[str, KnownFile], bool],
        later: bool = False,
    ) -> Iterator[Callable[[], list[Page]]]:
        """A function for those files of the index that are new.

        Pagefind works while the block does other things. With `later` the last index stays as it
        is, which may be none. What goes wrong is told in `problems`.
        """
        self.is_stale = False
        program = find_program()
        if not config.search.enabled or program is None or not site.notes:
            self._last = None
            yield list
            return
        self._made_of = _made_of(site, config, program)
        self.is_stale = not self._is_kept(keep, is_same=not later)
        if later or not self.is_stale:
            self.is_stale = self._last is None or self._last.made_of != self._made_of
            yield list
            return
        made_of = documents_of(site, config.site.language, self.store)
        with ExitStack() as stack:

            def make(work: Callable[[], T]) -> T | None:
                try:
                    return work()
                except SearchAbandonedError:
                    self._is_kept(keep, is_same=False)
                except SearchError as error:
                    problems.append(diagnose("search-failed", str(error), "notesite.toml"))
                return None

            run = IndexRun(program, made_of, self._unwanted.is_set)
            started = make(lambda: stack.enter_context(run))
            yield lambda: (make(lambda: self._pages(started)) if started else None) or []

    def want(self) -> None:
        """Take back `leave`."""
        self._unwanted.clear()

    def leave(self) -> None:
        """Give up the index that is being made, from any thread; the last one stays."""
        self._unwanted.set()

    def _is_kept(self, keep: Callable[[str, KnownFile], bool], *, is_same: bool) -> bool:
        """Whether the last index stays: that of the same site with `is_same`, else any."""
        last = self._last
        if last is None or (is_same and last.made_of != self._made_of):
            return False
        return all(keep(path, file) for path, file in last.files.items())

    def _pages(self, run: IndexRun) -> list[Page]:
        pages = [Page(f"{SEARCH_INDEX}/{path}", content) for path, content in run.files()]
        self.is_stale = False
        return pages

    def written(self, files: Mapping[str, KnownFile]) -> None:
        """Remember the files of the index, as they now are in the output."""
        own = {path: file for path, file in files.items() if path.startswith(f"{SEARCH_INDEX}/")}
        if own and not self.is_stale:
            self._last = KnownIndex(self._made_of, own)

    def packed(self) -> bytes:
        """The last index, for `unpack`."""
        last = self._last
        known = last.files if last else {}
        files = {path: (it.stamp, it.is_settled, it.digest) for path, it in known.items()}
        return cache.pack((last.made_of if last else "", files))

    def unpack(self, packed: bytes) -> None:
        """Take up the index that another SearchIndex left behind."""
        try:
            made_of, files = cache.unpack(packed)
            known = {path: KnownFile(*file) for path, file in files.items()}
        except (ValueError, TypeError, AttributeError):
            return
        self._last = KnownIndex(made_of, known) if known else None


def documents_of(site: Site, language: str, store: Store | None) -> Iterator[tuple[str, str]]:
    """What the index is made of, by URL; made only of notes that have changed since it was kept."""
    keys = {
        url: cache.digest("document", cache.code_version(), language, repr(_shown_of(linked)))
        for url, linked in site.notes.items()
    }
    known = store.get(keys.values()) if store else {}
    made: dict[str, bytes] = {}
    for url, linked in site.notes.items():
        try:
            yield url, cache.unpack(known.pop(keys[url], b""))
        except ValueError:
            text = documents.document(linked, language)
            made[keys[url]] = cache.pack(text)
            yield url, text
    if store and made:
        store.put(made)


def _made_of(site: Site, config: Config, program: Path) -> str:
    status = program.stat()
    notes = tuple(map(_shown_of, site.notes.values()))
    tool = (str(program), status.st_size, status.st_mtime_ns)
    return digest(cache.code_version(), tool, config.site.language, repr(notes))


def _shown_of(linked: LinkedNote) -> tuple[object, ...]:
    # The face of a note covers its title, its aliases, its language.
    return linked.url, linked.html_digest, linked.note.face, linked.summary_html, linked.tags
