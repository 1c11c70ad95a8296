"""The entries of a site's notes, one after the other: those kept from before, and new ones.

Few notes are in memory at a time: a long one has thousands of words.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from notesite import cache
from notesite.forking import Crew, in_chunks, may_fork
from notesite.records import dataclass
from notesite.searching import documents
from notesite.searching.entries import Entry, entry_of, unpacked
from notesite.searching.groups import group_of, grouped, unpacked_group

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from notesite.cache import Store
    from notesite.model import LinkedNote
    from notesite.searching.groups import Group
    from notesite.searching.vocabulary import Vocabulary

_AT_ONCE = 32
"""Notes that a process takes, reads, and asks Pagefind for the stems of."""
_WORTH_IT = 64
"""How many notes have to be read for another process to pay."""


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


class Gathered(NamedTuple):
    """A group of notes, and what loads the fragment of each."""

    group: Group
    fragments: Sequence[Callable[[], bytes]]


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
        self._unkept: dict[str, _Packed] = {}
        """What was made by several processes and could not be put into the store."""

    def gather(self) -> Iterator[Gathered]:
        """The notes, group by group. Raises SearchError."""
        groups = grouped(self._notes)
        names = [f"{number}/{len(groups)}" for number in range(len(groups))]
        known = [self._kept_group(*each) for each in zip(names, groups, strict=True)]
        missing = [
            url for urls, content in zip(groups, known, strict=True) if not content for url in urls
        ]
        self._make_together(missing)
        for name, urls, content in zip(names, groups, known, strict=True):
            group = _group(content)
            if group:
                yield Gathered(group, [partial(self._fragment_of, url) for url in urls])
            elif urls:
                yield self._gathered(name, urls)

    def _gathered(self, name: str, urls: Sequence[str]) -> Gathered:
        """A group that is not kept as it is now."""
        kept = self._kept(urls)
        made = self._make([url for url in urls if url not in kept])
        self._keep({url: (entry.packed(), fragment) for url, (entry, fragment) in made.items()})
        group = group_of([kept[url] if url in kept else made[url][0] for url in urls])
        if self._means.store:
            content = self._made_of(urls) + group.packed()
            self._means.store.put({self._group_key(name): content})
        fragments = [
            partial(bytes, made[url][1]) if url in made else partial(self._fragment_of, url)
            for url in urls
        ]
        return Gathered(group, fragments)

    def _kept_group(self, name: str, urls: Sequence[str]) -> bytes:
        """The packed group of that name, if it was made of these notes as they are."""
        key, made_of = self._group_key(name), self._made_of(urls)
        store = self._means.store
        content = store.get([key]).get(key, b"") if store and urls else b""
        return content.removeprefix(made_of) if content.startswith(made_of) else b""

    def _group_key(self, name: str) -> str:
        # Not by content: of the many states of a group only the last is kept.
        return cache.digest("group", self._vocabulary.tool, self._own_language, name)

    def _made_of(self, urls: Sequence[str]) -> bytes:
        return cache.digest(*(self._keys[url] for url in urls)).encode()

    def _make(self, urls: Iterable[str]) -> dict[str, tuple[Entry, bytes]]:
        """Make the entries and the fragments of some notes."""
        read = {}
        for url in urls:
            self._means.heed()
            read[url] = documents.document(*self._source_of(url))
        self._vocabulary.learn(read.values())
        return {
            url: entry_of(url, document, self._vocabulary.stems(document.language))
            for url, document in read.items()
        }

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
        if not self._means.store or not made:
            return False
        items = {self._keys[url]: cache.Item(*packed) for url, packed in made.items()}
        return self._means.store.put(items)

    def _kept(self, urls: Iterable[str]) -> dict[str, Entry]:
        keys = {url: self._keys[url] for url in urls}
        store = self._means.store
        found = store.get(keys.values()) if store else {}
        entries: dict[str, Entry] = {}
        for url, key in keys.items():
            packed = self._unkept[url][0] if url in self._unkept else found.get(key, b"")
            try:
                entries[url] = unpacked(packed)
            except ValueError:
                continue
        return entries

    def _fragment_of(self, url: str) -> bytes:
        if url in self._unkept:
            return self._unkept[url][1]
        kept = self._means.store.heavy(self._keys[url]) if self._means.store else None
        # A fragment needs no stems, so that it can be made alone if the store has lost it.
        return kept or entry_of(url, documents.document(*self._source_of(url)), {})[1]


def _group(content: bytes) -> Group | None:
    """The group that was kept, None where there is none that can be read."""
    try:
        return unpacked_group(content) if content else None
    except ValueError:
        return None
