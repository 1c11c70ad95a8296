"""The stems of a site's words, and what browsers search with: Pagefind is asked for it once."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from notesite import cache
from notesite.searching.pagefind import Answer, Question, SearchError, ask
from notesite.searching.words import is_pair

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from notesite.cache import Store
    from notesite.searching.documents import Document
    from notesite.searching.words import Stems


class Vocabulary:
    """The stems of all words that Pagefind was asked for, by language."""

    def __init__(self, program: Path, tool: str, store: Store | None) -> None:
        self._program = program
        self.tool = tool
        self._store = store
        self._known: dict[str, dict[str, str]] = {}
        self._new: dict[str, dict[str, str]] = {}
        self._question: Question | None = None
        self._answer: Answer | None = None

    def published(self, languages: Collection[str]) -> Answer:
        """What an index of these languages needs of Pagefind's own files. Raises SearchError."""
        key = cache.digest("published", self.tool, *sorted(languages))
        packed = self._store.get([key]).get(key, b"") if self._store else b""
        with suppress(ValueError, TypeError):
            return Answer({}, *cache.unpack(packed))
        answer = self._answer
        if answer is None or answer.entry["languages"].keys() != set(languages):
            answer = ask(self._program, {language: [] for language in sorted(languages)})
        if self._store:
            self._store.put({key: cache.pack((answer.files, answer.entry))})
        return answer

    def stems(self, language: str) -> Stems:
        """What `learn` has learnt."""
        return self._of(language)

    def begin(self, read: Iterable[Document]) -> None:
        """Have Pagefind think of what is new in some documents, until something is learnt."""
        asked = self._unknown(read)
        if asked:
            # What is wrong will be wrong when it is asked for.
            with suppress(SearchError):
                self._question = Question(self._program, asked)

    def close(self) -> None:
        """Have it think no more."""
        if self._question:
            self._question.close()

    def learn(self, read: Sequence[Document]) -> None:
        """Ask for what is new in some documents. Raises SearchError."""
        question, self._question = self._question, None
        if question:
            self._hear(question)
        asked = self._unknown(read)
        if asked:
            self._hear(Question(self._program, asked))

    def _hear(self, question: Question) -> None:
        answer = self._answer = question.answer()
        for language, own in question.words.items():
            stems = answer.stems[language]
            self.take({language: {word: stems.get(word, word) for word in own}})

    def _unknown(self, read: Iterable[Document]) -> dict[str, list[str]]:
        """The words by language whose stems are not known."""
        new: dict[str, set[str]] = {}
        for document in read:
            known = self._of(document.language)
            unknown = document.places.keys() | document.title_words
            unknown -= known.keys()
            new.setdefault(document.language, set()).update(filter(_has_stem, unknown))
        return {language: sorted(unknown) for language, unknown in new.items() if unknown}

    def take(self, stems: Mapping[str, Mapping[str, str]]) -> None:
        """Know what somebody else has learnt."""
        for language, own in stems.items():
            self._of(language).update(own)
            self._new.setdefault(language, {}).update(own)

    def given(self) -> dict[str, dict[str, str]]:
        """What was learnt since this was asked for last."""
        new, self._new = self._new, {}
        return new

    def keep(self) -> None:
        """Let other builds have what was learnt."""
        grown = {self._key(language): self._known[language] for language in self._new}
        if self._store and grown:
            self._store.put({key: cache.pack(known) for key, known in grown.items()})

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
        return cache.digest("stems", self.tool, language)


def _has_stem(word: str) -> bool:
    """Whether a word may have a stem other than itself."""
    if word.isascii():
        return len(word) > 1 and not word.isdigit()
    return not is_pair(word)
