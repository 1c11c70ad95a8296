"""Standing in for what surrounds a note, to write down what filling it sees and asks."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from notesite.seeing import SeenMapping, SeenSite, digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notesite.bibliography.citing import Citable, Style
    from notesite.linking.context import Context
    from notesite.linking.finding import Found
    from notesite.linking.labels import Home

Question = tuple[str, ...]
"""What was asked: the name of a part of the surroundings, the method, and for what."""

_FINDERS = ("finder", "drafts", "ignored", "file_finder")
_LABELS = ("labels", "hidden_labels")
ASKED = (*_FINDERS, *_LABELS, "citing", "outputs")
"""The parts of the surroundings that answer questions."""
MAPPINGS = frozenset({"notes", "files", "results"})
"""Those of whose things each is looked at on its own."""


class Asking(SeenSite):
    """Stands in for the surroundings and writes down the questions asked of finders too."""

    def __init__(self, site: Context, seen: set[str], asked: dict[Question, str]) -> None:
        super().__init__(site, seen, MAPPINGS)
        # Where a note is belongs to its face.
        self.__dict__["urls"] = SeenMapping(site.urls, "notes", seen)
        for name in _FINDERS:
            self.__dict__[name] = _AskedFinder(getattr(site, name), name, asked)
        for name in _LABELS:
            self.__dict__[name] = _AskedLabels(getattr(site, name), name, asked)
        self.__dict__["citing"] = _AskedCiting(site.citing, "citing", asked)
        self.__dict__["outputs"] = _AskedNames(site.outputs, "outputs", asked)


class _Asked:
    """Stands in for something that answers questions, and writes down what it answered."""

    def __init__(self, asked_of: object, name: str, asked: dict[Question, str]) -> None:
        self._asked_of = asked_of
        self._name = name
        self._asked = asked

    def _ask(self, how: str, *arguments: str) -> Any:  # noqa: ANN401 - whatever the answer is
        answer = getattr(self._asked_of, how)(*arguments)
        self._asked[(self._name, how, *arguments)] = digest(answer)
        return answer

    def _ask_for_file(self, how: str, target: str, origin: str) -> Found | None:
        """The same for answers that come again and again."""
        answer: Found | None = getattr(self._asked_of, how)(target, origin)
        self._asked[self._name, how, target, origin] = _digest_of_found(answer)
        return answer


class _AskedFinder(_Asked):
    """Stands in for a finder."""

    def relative(self, target: str, origin: str) -> Found | None:
        """As Finder has it."""
        return self._ask_for_file("relative", target, origin)

    def by_name(self, target: str, origin: str) -> Found | None:
        """As Finder has it."""
        return self._ask_for_file("by_name", target, origin)

    def suggestions(self, target: str) -> list[str]:
        """As Finder has it."""
        found: list[str] = self._ask("suggestions", target)
        return found


class _AskedLabels(_Asked):
    """Stands in for an index of labels."""

    def find(self, name: str, path: str) -> Sequence[Home]:
        """As LabelIndex has it."""
        found: Sequence[Home] = self._ask("find", name, path)
        return found

    def nearest(self, name: str) -> tuple[str, ...]:
        """As LabelIndex has it."""
        found: tuple[str, ...] = self._ask("nearest", name)
        return found


class _AskedCiting(_Asked):
    """Stands in for what can be cited."""

    def look(self) -> Style | None:
        """As Citing has it."""
        style: Style | None = self._ask("look")
        return style

    def find(self, path: str, key: str) -> Citable | None:
        """As Citing has it."""
        found: Citable | None = self._ask("find", path, key)
        return found

    def suggestions(self, path: str, key: str) -> list[str]:
        """As Citing has it."""
        found: list[str] = self._ask("suggestions", path, key)
        return found


class _AskedNames(_Asked):
    """Stands in for a set of names."""

    def __contains__(self, name: str) -> bool:
        return bool(self._ask("__contains__", name))


@lru_cache(maxsize=10_000)
def _digest_of_found(found: Found | None) -> str:
    return digest(found)
