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
from notesite.searching.shards import LIST, divide, own_files, part_of
from notesite.seeing import digest
from notesite.stamps import KnownFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from notesite.cache import Store
    from notesite.config import Config
    from notesite.model import LinkedNote, Site
    from notesite.searching.shards import Shards


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class KnownIndex:
    """A part of an index that was published: what it was made of, and its files."""

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
    """The index of one site in its parts, build after build.

    `keep` in its methods leaves a file of the output as it is, if it is still the known one.
    """

    def __init__(self) -> None:
        self._last: dict[int, KnownIndex] = {}
        self._made_of: dict[int, str] = {}
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
            self._last = {}
            yield list
            return
        language = config.site.language
        shards = divide(
            {url: each.note.front_matter.language or language for url, each in site.notes.items()}
        )
        self._made_of = _made_of(site, language, shards, program)
        if later:
            self._keep_all(keep)
            self.is_stale = self._states() != self._made_of
            yield list
            return
        wanted = [part for part in self._made_of if not self._is_kept(part, keep)]
        if not wanted:
            yield list
            return
        self.is_stale = True
        with ExitStack() as stack:
            work = _Parts(site, language, shards, wanted)

            def tried(what: Callable[[], T]) -> T | None:
                try:
                    return what()
                except SearchAbandonedError:
                    self._keep_all(keep)
                except SearchError as error:
                    problems.append(diagnose("search-failed", str(error), "notesite.toml"))
                return None

            is_started = tried(lambda: work.start(stack, program, self.store, self._unwanted))
            yield lambda: (tried(lambda: self._pages(work)) if is_started else None) or []

    def want(self) -> None:
        """Take back `leave`."""
        self._unwanted.clear()

    def leave(self) -> None:
        """Give up the index that is being made, from any thread; the last one stays."""
        self._unwanted.set()

    def _pages(self, work: _Parts) -> list[Page]:
        files = work.files()
        self.is_stale = False
        return [Page(f"{SEARCH_INDEX}/{path}", files[path]) for path in sorted(files)]

    def _states(self) -> dict[int, str]:
        return {part: last.made_of for part, last in self._last.items()}

    def _is_kept(self, part: int, keep: Callable[[str, KnownFile], bool]) -> bool:
        """Whether a part stays, as it is that of the same notes."""
        last = self._last.get(part)
        if last is None or last.made_of != self._made_of[part]:
            return False
        return all(keep(path, file) for path, file in last.files.items())

    def _keep_all(self, keep: Callable[[str, KnownFile], bool]) -> None:
        for last in self._last.values():
            for path, file in last.files.items():
                keep(path, file)

    def written(self, files: Mapping[str, KnownFile]) -> None:
        """Remember the files of the index, as they now are in the output."""
        parts: dict[int, dict[str, KnownFile]] = {}
        for path, file in files.items():
            folder, _, rest = path.partition("/")
            if folder == SEARCH_INDEX:
                parts.setdefault(part_of(rest), {})[path] = file
        if parts and not self.is_stale:
            self._last = {part: KnownIndex(self._made_of[part], own) for part, own in parts.items()}

    def packed(self) -> bytes:
        """The last index, for `unpack`."""
        return cache.pack({
            part: (last.made_of, {
                path: (it.stamp, it.is_settled, it.digest) for path, it in last.files.items()
            })
            for part, last in self._last.items()
        })  # fmt: skip

    def unpack(self, packed: bytes) -> None:
        """Take up the index that another SearchIndex left behind."""
        try:
            self._last = {
                part: KnownIndex(made_of, {path: KnownFile(*it) for path, it in files.items()})
                for part, (made_of, files) in cache.unpack(packed).items()
            }
        except (ValueError, TypeError, AttributeError):
            self._last = {}


class _Parts:
    """Pagefind at work on those parts that are wanted, one after the other."""

    def __init__(self, site: Site, language: str, shards: Shards, wanted: list[int]) -> None:
        self._site = site
        self._language = language
        self._shards = shards
        self._wanted = wanted
        self._runs: dict[int, IndexRun] = {}

    def start(
        self, stack: ExitStack, program: Path, store: Store | None, unwanted: threading.Event
    ) -> bool:
        """Begin, up to the last part; the others are done, or fail. Behind `stack` all are gone."""
        last = None
        for part in self._wanted:
            notes = {url: self._site.notes[url] for url in self._shards.urls[part]}
            run = IndexRun(
                program, documents_of(notes, self._language, store), unwanted.is_set, after=last
            )
            last = self._runs[part] = stack.enter_context(run)
        return True

    def files(self) -> dict[str, bytes]:
        """The files of all parts, and the list of these with the first."""
        files = {LIST: self._shards.listed()} if 0 in self._runs else {}
        for part, run in self._runs.items():
            files |= own_files(run.files(), part)
        return files


def documents_of(
    notes: Mapping[str, LinkedNote], language: str, store: Store | None
) -> Iterator[tuple[str, str]]:
    """What the index is made of, by URL; made only of notes that have changed since it was kept."""
    keys = {
        url: cache.digest("document", cache.code_version(), language, repr(_shown_of(linked)))
        for url, linked in notes.items()
    }
    known = store.get(keys.values()) if store else {}
    made: dict[str, bytes] = {}
    for url, linked in notes.items():
        try:
            yield url, cache.unpack(known.pop(keys[url], b""))
        except ValueError:
            text = documents.document(linked, language)
            made[keys[url]] = cache.pack(text)
            yield url, text
    if store and made:
        store.put(made)


def _made_of(site: Site, language: str, shards: Shards, program: Path) -> dict[int, str]:
    """What each part is made of, as a digest."""
    status = program.stat()
    tool = (cache.code_version(), str(program), status.st_size, status.st_mtime_ns, language)
    made_of = {}
    for part, urls in enumerate(shards.urls):
        notes = [_shown_of(site.notes[url]) for url in urls]
        made_of[part] = digest(tool, () if part else shards.languages, repr(notes))
    return made_of


def _shown_of(linked: LinkedNote) -> tuple[object, ...]:
    # The face of a note covers its title, its aliases, its language.
    return linked.url, linked.html_digest, linked.note.face, linked.summary_html, linked.tags
