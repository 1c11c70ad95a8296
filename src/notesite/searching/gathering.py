"""The entries of a site's notes, one after the other: those kept from before, and new ones.

Few notes are in memory at a time: a long one has thousands of words.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from notesite import cache
from notesite.forking import Crew, in_chunks, may_fork
from notesite.records import dataclass
from notesite.searching import documents
from notesite.searching.editing import edit_of
from notesite.searching.entries import entry_of, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from notesite.cache import Store
    from notesite.model import LinkedNote
    from notesite.searching.documents import Document
    from notesite.searching.editing import Edit
    from notesite.searching.entries import Entry
    from notesite.searching.vocabulary import Vocabulary

_AT_ONCE = 32
"""Notes that a process takes, reads, and asks Pagefind for the stems of."""
_WORTH_IT = 64
"""How many notes have to be read for another process to pay."""
_WORTH_READING = 6
"""The same where they are read and no more."""
_FEW = 8
"""Of more edited notes the index is joined anew, which takes no longer."""

_Packed: TypeAlias = "tuple[bytes, bytes]"
"""An entry and its fragment, as they are kept."""


@dataclass(frozen=True, slots=True)
class Means:
    """What may be used: a store, and up to `jobs` processes, those apart after `begin_apart`.

    `heed` is called from note to note, and raises something when nobody wants the index any more.
    """

    store: Store | None
    jobs: int
    begin_apart: Callable[[], None] | None
    heed: Callable[[], None]


class _Share(NamedTuple):
    """What a process did of the common work, and what it learnt."""

    made: dict[str, _Packed]
    stems: dict[str, dict[str, str]]


class Gatherer:
    """Gathers the entries of notes in one language, given by URL with the titles of their sections.

    `keys` name what each is made of; `language` is the site's.
    """

    def __init__(
        self,
        notes: Mapping[str, tuple[LinkedNote, str]],
        keys: Mapping[str, str],
        language: str,
        vocabulary: Vocabulary,
        means: Means,
    ) -> None:
        self._notes = notes
        self._keys = keys
        self._language = language
        self._vocabulary = vocabulary
        self._means = means
        self._own_language = documents.language_of(next(iter(notes.values()))[0], language)
        self._documents: dict[str, Document] = {}
        """What was read before it was asked for."""
        self._unkept: dict[str, _Packed] = {}
        """What was made and could not be put into the store."""

    def made_of(self) -> dict[str, str]:
        """The notes by URL in the order of their pages, each with the key of its entry."""
        return {url: self._keys[url] for url in sorted(self._notes)}

    def read(self, last: Mapping[str, str]) -> list[Document] | None:
        """Read what has to be read, for `gather` and `edits_since`; None if that is much.

        `last` is what the last index was `made_of`.
        """
        keys = {url: key for url, key in self.made_of().items() if last.get(url) != key}
        known = self._means.store.has(keys.values()) if self._means.store else set()
        missing = [url for url, key in keys.items() if key not in known]
        if len(missing) >= _WORTH_IT:
            return None
        self._documents = self._read_together(missing)
        return list(self._documents.values())

    def gather(self) -> Iterator[Entry]:
        """The entries in the order of their pages. Raises SearchError."""
        urls = sorted(self._notes)
        self._make_together(urls)
        for some in in_chunks(urls, _AT_ONCE):
            entries = self._entries_of(some)
            yield from (entries[url] for url in some)

    def edits_since(self, last: Mapping[str, str]) -> list[Edit] | None:
        """What makes an earlier index one of the notes as they are now, done one after the other.

        `last` is what it was `made_of`. None if that is much, or unknown. Raises SearchError.
        """
        now = self.made_of()
        touched = {url for url in last.keys() | now.keys() if last.get(url) != now.get(url)}
        if len(touched) > _FEW:
            return None
        old = {url: last[url] for url in touched if url in last}
        before = _stored(old, self._means.store)
        if before.keys() != old.keys():
            return None
        after = self._entries_of([url for url in now if url in touched])
        # From the last to the first, so that the numbers of those ahead stay what they are.
        gone = [
            edit_of(page, before[url], None)
            for page, url in reversed([*enumerate(last)])
            if url in touched and url not in after
        ]
        return gone + [
            edit_of(page, before.get(url), after[url])
            for page, url in enumerate(now)
            if url in touched
        ]

    def _entries_of(self, urls: Sequence[str]) -> dict[str, Entry]:
        """The entries of some notes, kept from now on if they were not."""
        kept = self._kept(urls)
        made = self._make([url for url in urls if url not in kept])
        packed = {url: (entry.packed(), fragment) for url, (entry, fragment) in made.items()}
        if not self._keep(packed):
            self._unkept.update(packed)
        return {**kept, **{url: entry for url, (entry, _) in made.items()}}

    def _make(self, urls: Iterable[str]) -> dict[str, tuple[Entry, bytes]]:
        """Make the entries and the fragments of some notes."""
        read = self._read(urls)
        self._vocabulary.learn(list(read.values()))
        return {
            url: entry_of(url, document, self._vocabulary.stems(document.language))
            for url, document in read.items()
        }

    def _read_together(self, urls: Sequence[str]) -> dict[str, Document]:
        """Read some notes, in several processes where that pays."""
        if self._means.jobs < 2 or len(urls) < _WORTH_READING or not may_fork():
            return self._read(urls)
        crew = Crew(
            len(urls),
            lambda number: self._read([urls[number]]),
            copies=self._means.jobs - 1,
            begin_apart=self._means.begin_apart,
        )
        with crew:
            read = {url: document for some in crew.results() for url, document in some.items()}
        return {url: read[url] for url in urls}

    def _read(self, urls: Iterable[str]) -> dict[str, Document]:
        read = {}
        for url in urls:
            self._means.heed()
            known = self._documents.pop(url, None)
            read[url] = known or documents.document(*self._source_of(url))
        return read

    def _source_of(self, url: str) -> tuple[LinkedNote, str, str]:
        linked, section = self._notes[url]
        return linked, self._language, section

    def _make_together(self, urls: Sequence[str]) -> None:
        """Let several processes make those entries that are missing, where that pays."""
        store = self._means.store
        known = store.has([self._keys[url] for url in urls]) if store else set()
        missing = [url for url in urls if self._keys[url] not in known]
        if self._means.jobs < 2 or len(missing) < _WORTH_IT or not may_fork():
            return
        # Copies cannot read from the store: what is known is read before.
        self._vocabulary.stems(self._own_language)
        chunks = in_chunks(missing, _AT_ONCE)
        crew = Crew(
            len(chunks),
            lambda number: self._share(chunks[number]),
            copies=self._means.jobs - 1,
            begin_apart=self._means.begin_apart,
        )
        with crew:
            for share in crew.results():
                self._vocabulary.take(share.stems)
                if not self._keep(share.made):
                    self._unkept.update(share.made)

    def _share(self, urls: Sequence[str]) -> _Share:
        made = self._make(urls)
        packed = {url: (entry.packed(), fragment) for url, (entry, fragment) in made.items()}
        return _Share(packed, self._vocabulary.given())

    def _keep(self, made: Mapping[str, _Packed]) -> bool:
        """Put some entries into the store; whether that was done."""
        if not self._means.store:
            return not made
        items = {self._keys[url]: cache.Item(*packed) for url, packed in made.items()}
        return self._means.store.put(items)

    def _kept(self, urls: Iterable[str]) -> dict[str, Entry]:
        keys = {url: self._keys[url] for url in urls}
        unkept = {url: self._unkept[url][0] for url in keys if url in self._unkept}
        return {**_stored(keys, self._means.store), **_unpacked(unkept)}

    def fragment_of(self, url: str) -> bytes:
        """What a reader is shown of a note, as a file."""
        if url in self._unkept:
            return self._unkept[url][1]
        kept = self._means.store.heavy(self._keys[url]) if self._means.store else None
        # A fragment needs no stems, so that it can be made alone if the store has lost it.
        return kept or entry_of(url, documents.document(*self._source_of(url)), {})[1]


def _stored(keys: Mapping[str, str], store: Store | None) -> dict[str, Entry]:
    """Those of the entries with these keys, by URL, that are in the store."""
    found = store.get(keys.values()) if store else {}
    return _unpacked({url: found[key] for url, key in keys.items() if key in found})


def _unpacked(packed: Mapping[str, bytes]) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for url, content in packed.items():
        with suppress(ValueError):
            entries[url] = unpacked(content)
    return entries
