"""What the pages of a folder show alike, made once for all of them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from notesite.records import dataclass
from notesite.seeing import apart, saw

if TYPE_CHECKING:
    from collections.abc import Callable

    from notesite.model import Site

    T = TypeVar("T")
    P = TypeVar("P", bound="Place")

_Key = tuple[str, ...]

MOST = 10_000
"""So many things are kept; beyond that the oldest are made again."""


class Place(Protocol):
    """Where things are shown: on the page `here`, as on all pages of the same `place`."""

    @property
    def here(self) -> str:
        """The URL of the page."""
        ...

    @property
    def place(self) -> str:
        """What all pages have in common from which things look the same."""
        ...

    @property
    def site(self) -> Site:
        """The site that things are made of."""
        ...

    def neutral(self: P, site: Site, targets: set[str]) -> P:
        """A page of the same place that nothing links to, which sees `site`.

        The pages that it links to are added to `targets`.
        """
        ...


@dataclass(frozen=True, slots=True)
class _Known:
    """Something that was made, what of the site was seen for it, the pages that it links to."""

    value: Any
    seen: frozenset[str]
    targets: frozenset[str]


class Shared:
    """Things that look the same from every page of a folder, except from those they link to."""

    def __init__(self) -> None:
        self._known: dict[_Key, _Known] = {}
        self._made_of: defaultdict[str, set[_Key]] = defaultdict(set)
        """What was made of which part of the site, by the key that this is seen by."""

    def forget(self, changed: frozenset[str]) -> None:
        """Let go of what was made of something that has changed, each under the key it is seen by.

        These have to be all that have changed of what was seen.
        """
        for part in changed:
            for key in self._made_of.pop(part, ()):
                self._known.pop(key, None)

    def get(self, at: Place, make: Callable[..., T], *given: str) -> T:
        """What `make` makes of `given` as it stands on that page.

        The page has then seen all of the site that was seen when it was made.
        """
        key = (at.place, make.__name__, *given)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = _made(at, make, given)
            for part in known.seen:
                self._made_of[part].add(key)
            if len(self._known) > MOST:
                del self._known[next(iter(self._known))]
        if at.here in known.targets:
            # A page names itself otherwise than its neighbours name it.
            return make(at, *given)
        saw(at.site, known.seen)
        value: T = known.value
        return value


def _made(at: Place, make: Callable[..., object], given: tuple[str, ...]) -> _Known:
    seen: set[str] = set()
    targets: set[str] = set()
    site: Site = apart(at.site, seen)
    value = make(at.neutral(site, targets), *given)
    return _Known(value, frozenset(seen), frozenset(targets))
