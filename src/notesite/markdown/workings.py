"""What the reading of a note works out of single parts of it, kept for when it is read again.

After an edit most of a note is what it was. Of some of its parts alone something is worked out that
takes long, or libraries that are slow to import: its front matter, its code in colours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from notesite.cache import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")

WORKINGS = "notesite_workings"
"""The key of a parser's `env` that holds the workings of the note that is read."""


class Workings:
    """What is worked out while one note is read, by a digest of all that it depends on.

    `held` is what this reading asked for.
    """

    def __init__(self, recall: Callable[[], Mapping[str, Any]] = dict) -> None:
        """`recall` gets what an earlier reading held, by the same code and settings."""
        self._recall = recall
        self._recalled: Mapping[str, Any] | None = None
        self.held: dict[str, Any] = {}

    def of(self, parts: tuple[str, ...], work: Callable[[], T]) -> T:
        """What `work` makes, or made before, of `parts`, on which alone it must depend."""
        key = digest(*parts)
        if self._recalled is None:
            self._recalled = self._recall()
        if key in self._recalled:
            self.held[key] = self._recalled[key]
        elif key not in self.held:
            self.held[key] = work()
        found: T = self.held[key]
        return found


def workings(env: Mapping[str, Any]) -> Workings:
    """The workings of the note that is being read, where they are kept; else new ones."""
    found: Workings | None = env.get(WORKINGS)
    return found or Workings()
