"""What was seen of a site, found again by what of it has changed.

`seeing` leaves keys; most of what they name stays the very same object from one site to the next,
so that few of them have to be looked at.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


class KeysByPlace:
    """Keys by the place of a site that they see, as most places stay the same from one to the next.

    A place is an attribute, or what a mapping that is one has under a name.
    """

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys: dict[str, dict[str, list[str]]] = {}
        for key in keys:
            self.add(key)

    def add(self, key: str) -> None:
        """Take one more key."""
        attribute, name = place_of(key)
        self._keys.setdefault(attribute, {}).setdefault(name, []).append(key)

    def of_changed(
        self, before: object, site: object, notes: Collection[str] | None = None
    ) -> list[str]:
        """The keys of the places that do not hold the very same in both sites.

        Of the notes those of the given names alone may be others, if any are given.
        """
        found: list[str] = []
        for attribute, places in self._keys.items():
            old, new = getattr(before, attribute), getattr(site, attribute)
            if old is new:
                continue
            names = ("", *notes) if attribute == "notes" and notes is not None else list(places)
            for name in names:
                if not name or old.get(name) is not new.get(name):
                    found += places.get(name, ())
        return found


def place_of(key: str) -> tuple[str, str]:
    """The attribute of a site that is seen under `key`, and the name that is looked up there."""
    _, _, rest = key.partition(" ")
    mapping, _, name = rest.partition(" ")
    return (mapping, name) if rest else (key, "")


class Readers:
    """Who has seen a key: names of pages or of notes.

    Some of them may have seen it once and no more.
    """

    def __init__(self, seen: Mapping[str, Iterable[str]]) -> None:
        """`seen` gives the keys by the name of who has seen them."""
        self._readers: defaultdict[str, list[str]] = defaultdict(list)
        for name, keys in seen.items():
            self.add(name, keys)

    def add(self, name: str, keys: Iterable[str], before: Iterable[str] = ()) -> None:
        """Take down what somebody saw, who had seen the keys of `before` already."""
        known = frozenset(before)
        for key in keys:
            if key not in known:
                self._readers[key].append(name)

    def of(self, keys: Iterable[str]) -> set[str]:
        """Who may have seen one of the keys."""
        return {name for key in keys for name in self._readers.get(key, ())}
