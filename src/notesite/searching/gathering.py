"""The entries of a site's notes, one after the other: those kept from before, and new ones.

Few notes are in memory at a time: a long one has thousands of words.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from notesite import cache
from notesite.searching import documents
from notesite.searching.entries import Entry, entry_of, unpacked
from notesite.searching.pagefind import ask
from notesite.searching.words import is_pair

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from notesite.cache import Store
    from notesite.model import LinkedNote
    from notesite.searching.documents import Document
    from notesite.searching.pagefind import Stems

_AT_ONCE = 64
"""Notes that are read before Pagefind is asked for the stems of their words."""


class Vocabulary:
    """The stems of all words that Pagefind was asked for, by language."""

    def __init__(self, program: Path, tool: str, store: Store | None) -> None:
        self._program = program
        self._tool = tool
        self._store = store
        self._known: dict[str, dict[str, str]] = {}
        self._grown: set[str] = set()

    def stems(self, language: str) -> Stems:
        """What `learn` has learnt."""
        return self._of(language)

    def learn(self, read: Iterable[Document]) -> None:
        """Ask for what is new in some documents. Raises SearchError."""
        new: dict[str, set[str]] = {}
        for document in read:
            known = self._of(document.language)
            words = (*document.places, *document.title_words)
            unknown = {word for word in words if word not in known and _has_stem(word)}
            new.setdefault(document.language, set()).update(unknown)
        asked = {language: sorted(unknown) for language, unknown in new.items() if unknown}
        if not asked:
            return
        answer = ask(self._program, asked)
        for language, own in asked.items():
            stems = answer.stems[language]
            self._known[language].update((word, stems.get(word, word)) for word in own)
            self._grown.add(language)

    def keep(self) -> None:
        """Let other builds have what was learnt."""
        if self._store:
            grown = {self._key(each): cache.pack(self._known[each]) for each in self._grown}
            if grown:
                self._store.put(grown)
        self._grown.clear()

    def _of(self, language: str) -> dict[str, str]:
        if language not in self._known:
            key = self._key(language)
            packed = self._store.get([key]).get(key, b"") if self._store else b""
            try:
                self._known[language] = dict(cache.unpack(packed))
            except (ValueError, TypeError):
                self._known[language] = {}
        return self._known[language]

    def _key(self, language: str) -> str:
        return cache.digest("stems", self._tool, language)


def _has_stem(word: str) -> bool:
    """Whether a word may have a stem other than itself."""
    if word.isascii():
        return len(word) > 1 and not word.isdigit()
    return not is_pair(word)


class Gathered(NamedTuple):
    """A note's entry; its fragment is there if it was made just now, else it can be loaded."""

    entry: Entry
    fragment: bytes | Callable[[], bytes]


def gather(
    notes: Mapping[str, tuple[LinkedNote, str]],
    keys: Mapping[str, str],
    language: str,
    vocabulary: Vocabulary,
    store: Store | None,
) -> Iterator[Gathered]:
    """The entries of the notes, each with the title of its section, by URL and in this order.

    `keys` name what each is made of. Raises SearchError.
    """
    urls = list(notes)
    for start in range(0, len(urls), _AT_ONCE):
        some = urls[start : start + _AT_ONCE]
        kept = _kept(store, {url: keys[url] for url in some})
        read = {
            url: documents.document(notes[url][0], language, notes[url][1])
            for url in some
            if url not in kept
        }
        vocabulary.learn(read.values())
        made = {
            url: entry_of(url, document, vocabulary.stems(document.language))
            for url, document in read.items()
        }
        if store and made:
            store.put({
                keys[url]: cache.Item(entry.packed(), fragment)
                for url, (entry, fragment) in made.items()
            })  # fmt: skip
        for url in some:
            if url in made:
                entry, fragment = made[url]
                yield Gathered(entry, fragment)
            else:
                again = partial(_fragment_again, notes[url], url, keys[url], language, store)
                yield Gathered(kept[url], again)


def _kept(store: Store | None, keys: Mapping[str, str]) -> dict[str, Entry]:
    found = store.get(keys.values()) if store else {}
    entries: dict[str, Entry] = {}
    for url, key in keys.items():
        try:
            entries[url] = unpacked(found.get(key, b""))
        except ValueError:
            continue
    return entries


def _fragment_again(
    note: tuple[LinkedNote, str], url: str, key: str, language: str, store: Store | None
) -> bytes:
    # A fragment needs no stems, so that it can be made alone if the store has lost it.
    kept = store.heavy(key) if store else None
    return kept or entry_of(url, documents.document(note[0], language, note[1]), {})[1]
