"""The search's index among a site's files: made anew only when what it is made of has changed."""

from __future__ import annotations

import json
import threading
from contextlib import closing, contextmanager, suppress
from dataclasses import field
from functools import partial
from typing import TYPE_CHECKING, Protocol

from notesite import cache
from notesite.config.tables import MacroConfig
from notesite.diagnostics import Diagnostic, diagnose
from notesite.linking.urls import SEARCH_INDEX
from notesite.math import macro_from_text
from notesite.model import Page
from notesite.records import dataclass
from notesite.searching.assembling import LanguageIndex
from notesite.searching.documents import language_of
from notesite.searching.entries import compressed
from notesite.searching.gathering import Gatherer, Means
from notesite.searching.joined import Kept, LostChunkError
from notesite.searching.pagefind import SearchError, find_program
from notesite.searching.vocabulary import Vocabulary
from notesite.seeing import digest
from notesite.stamps import KnownFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from notesite.cache import Store
    from notesite.config import Config
    from notesite.model import LinkedNote, Section, Site
    from notesite.searching.documents import Document
    from notesite.searching.pagefind import Answer

    Keep = Callable[[str, KnownFile], bool]


class SearchAbandonedError(Exception):
    """Nobody wants the index any more."""


@dataclass(frozen=True, slots=True)
class KnownIndex:
    """An index that was published: what it was made of, and its files."""

    made_of: str = ""
    files: Mapping[str, KnownFile] = field(default_factory=dict)


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
        self._last = KnownIndex()
        self._made_of = ""
        self._unwanted = threading.Event()
        self._means = Means(None, 1, None, self._heed)
        self.is_stale = False
        """Whether the index that is published is one of an earlier state of the site."""

    def use(self, store: Store | None, jobs: int, begin_apart: Callable[[], None]) -> None:
        """Make use of a store, and of up to `jobs` processes that begin with `begin_apart`."""
        self._means = Means(store, jobs, begin_apart, self._heed)

    @contextmanager
    def making(
        self,
        site: Site,
        config: Config,
        problems: list[Diagnostic],
        *,
        keep: Keep,
        later: bool = False,
    ) -> Iterator[Callable[[], list[Page]]]:
        """A function for those files of the index that are new.

        With `later` the last index stays as it is, which may be none. What goes wrong is told in
        `problems`.
        """
        self.is_stale = False
        program = find_program()
        if program is None or not site.notes:
            self._last = KnownIndex()
            yield list
            return
        work = _Work(site, config, program, self._means)
        self._made_of = work.made_of
        if later:
            self._keep_all(keep)
            self.is_stale = self._last.made_of != self._made_of
            yield list
            return
        if self._last.made_of == self._made_of and self._keep_all(keep):
            yield list
            return
        self.is_stale = True
        with closing(work):
            if self._is_begun(work):
                yield lambda: self._pages_or_problem(work, keep, problems)
            else:
                pages = self._pages_or_problem(work, keep, problems)
                yield lambda: pages

    def _is_begun(self, work: _Work) -> bool:
        """Begin with it; whether the rest is so little that the site's pages may be made first."""
        try:
            return work.begin()
        except SearchAbandonedError:
            # The rest is nothing.
            return True

    def _pages_or_problem(self, work: _Work, keep: Keep, problems: list[Diagnostic]) -> list[Page]:
        pages: list[Page] = []
        try:
            pages = self._made(work, keep)
            self.is_stale = False
        except SearchAbandonedError:
            self._keep_all(keep)
        except SearchError as error:
            problems.append(diagnose("search-failed", str(error), "notesite.toml"))
        return pages

    def outdate(self) -> None:
        """Count the index as one of an earlier state: the text of a note has changed."""
        self.is_stale = True

    def want(self) -> None:
        """Take back `leave`."""
        self._unwanted.clear()

    def leave(self) -> None:
        """Give up the index that is being made, from any thread; the last one stays."""
        self._unwanted.set()

    def _heed(self) -> None:
        if self._unwanted.is_set():
            raise SearchAbandonedError

    def _made(self, work: _Work, keep: Keep) -> list[Page]:
        """The files that are not there yet."""
        self._heed()
        try:
            return list(self._pages(work.files(afresh=False), keep))
        except LostChunkError:
            return list(self._pages(work.files(afresh=True), keep))

    def _pages(
        self, files: Iterable[tuple[str, Callable[[], bytes]]], keep: Keep
    ) -> Iterator[Page]:
        for name, content in files:
            self._heed()
            path = f"{SEARCH_INDEX}/{name}"
            known = self._last.files.get(path) if _is_named_by_content(name) else None
            if known is None or not keep(path, known):
                yield Page(path, content())

    def _keep_all(self, keep: Keep) -> bool:
        """Leave the last index as it is; whether it is still there."""
        are_kept = True
        for path, file in self._last.files.items():
            are_kept = keep(path, file) and are_kept
        return are_kept

    def written(self, files: Mapping[str, KnownFile]) -> bool:
        """Remember the files of the index, as they now are in the output; whether that is news."""
        own = {path: file for path, file in files.items() if path.startswith(f"{SEARCH_INDEX}/")}
        before = self._last
        if own and not self.is_stale:
            self._last = KnownIndex(self._made_of, own)
        return self._last != before

    def packed(self) -> bytes:
        """The last index, for `unpack`."""
        files = self._last.files.items()
        return cache.pack((
            self._last.made_of,
            {path: (it.stamp, it.is_settled, it.digest) for path, it in files},
        ))  # fmt: skip

    def unpack(self, packed: bytes) -> None:
        """Take up the index that another SearchIndex left behind."""
        try:
            made_of, files = cache.unpack(packed)
            known = {path: KnownFile(*it) for path, it in files.items()}
            self._last = KnownIndex(made_of, known)
        except (ValueError, TypeError, AttributeError):
            self._last = KnownIndex()


def _is_named_by_content(name: str) -> bool:
    """Whether a file of the index with that name is the same in every index."""
    return ".pf_" in name


class _Work:
    """The making of an index: what goes into it, and the files that come of it."""

    def __init__(self, site: Site, config: Config, program: Path, means: Means) -> None:
        self._language = language = config.site.language
        self._macros = _macros(config)
        titles = {section.id: section.title.text for section in _all_sections(site.sections)}
        self._notes = {
            url: (site.notes[url], titles.get(site.notes[url].section, ""))
            for url in sorted(site.notes)
        }
        status = program.stat()
        tool = repr((str(program), status.st_size, status.st_mtime_ns))
        known = ("entry", cache.code_version(), tool, language)
        self._keys = {
            url: cache.digest(*known, title, repr(_shown_of(linked)))
            for url, (linked, title) in self._notes.items()
        }
        self.made_of = digest(*known, repr(self._macros), *self._keys.values())
        self._vocabulary = Vocabulary(program, tool, means.store)
        self._languages = {
            named: (
                Gatherer(own, self._keys, language, self._vocabulary, means),
                Kept(means.store, tool, named),
            )
            for named, own in self._by_language().items()
        }

    def _by_language(self) -> dict[str, dict[str, tuple[LinkedNote, str]]]:
        """The notes of each language."""
        found: dict[str, dict[str, tuple[LinkedNote, str]]] = {}
        for url, (linked, title) in self._notes.items():
            own = found.setdefault(language_of(linked, self._language), {})
            own[url] = linked, title
        return dict(sorted(found.items()))

    def begin(self) -> bool:
        """Read what has to be read, and have Pagefind think of it; whether that was little."""
        read: list[Document] = []
        for gatherer, kept in self._languages.values():
            own = gatherer.read(kept.last.made_of if kept.last else {})
            if own is None:
                return False
            read += own
        self._vocabulary.begin(read)
        return True

    def close(self) -> None:
        """Break off what was begun."""
        self._vocabulary.close()

    def files(self, *, afresh: bool) -> Iterator[tuple[str, Callable[[], bytes]]]:
        """The files by their paths, each with what makes its content. Raises SearchError.

        What was joined last is edited unless the index is made `afresh`, and may turn out to be
        lost at any time: then this raises LostChunkError, and so may the making of a content.
        """
        indexes: dict[str, LanguageIndex] = {}
        published: Answer | None = None
        for language, (gatherer, kept) in self._languages.items():
            last = None if afresh else kept.last
            index = indexes[language] = LanguageIndex(language, kept)
            edits = gatherer.edits_since(last.made_of) if last else None
            if last and edits is not None:
                index.revise(last, edits)
            else:
                for each in gatherer.gather():
                    index.add(each)
            made_of = gatherer.made_of()
            for url, page in zip(made_of, index.pages, strict=True):
                yield f"fragment/{page.fragment}.pf_fragment", partial(gatherer.fragment_of, url)
            published = published or self._vocabulary.published(self._languages)
            for name, load in index.files(published.entry["version"], made_of):
                yield name, partial(_compressed, load)
        self._vocabulary.keep()
        assert published  # The site has notes.
        yield from self._common_files(indexes, published)

    def _common_files(
        self, indexes: Mapping[str, LanguageIndex], published: Answer
    ) -> Iterator[tuple[str, Callable[[], bytes]]]:
        """The files that all languages share, once each has its own."""
        for name, content in published.files.items():
            yield name, partial(bytes, content)
        languages = {
            language: index.described(published.wasm(language))
            for language, index in indexes.items()
        }
        entry = {**published.entry, "languages": languages}
        yield "pagefind-entry.json", partial(_json, entry)
        yield "macros.json", partial(_json, self._macros)
        for name, of in ("narrowing", LanguageIndex.narrowing), ("spelling", LanguageIndex.titles):
            said = {language: of(index) for language, index in indexes.items()}
            yield f"{name}.json", partial(_json, said)


def _compressed(load: Callable[[], bytes]) -> bytes:
    return compressed(load())


def _macros(config: Config) -> dict[str, tuple[int, str]]:
    """The site's macros as queries may use them: how many arguments, and the body."""
    found = {}
    for name, value in config.math.macros.items():
        written = value if isinstance(value, MacroConfig) else MacroConfig(value)
        # Of one that is none the settings have told.
        with suppress(ValueError):
            macro = macro_from_text(name, written.body, arguments=written.args)
            if written.default is None:
                found[name.lstrip("\\")] = (macro.arguments, macro.body)
    return found


def _all_sections(sections: Iterable[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _all_sections(section.parts)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _shown_of(linked: LinkedNote) -> tuple[object, ...]:
    # The face of a note covers its title, its aliases, its language.
    note = linked.note
    meanings = [symbol.meaning.text for symbol in note.symbols]
    return linked.url, linked.html_digest, note.face, linked.summary_html, linked.tags, meanings
