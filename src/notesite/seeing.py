"""Seeing what a computation reads, so that it need not be done again while all of it stays.

A computation is given a stand-in for the site. Whatever it reads of it is written down as a key,
such as `face notes proofs/riesz.html` or `sections`; each key has a digest of the value behind it.
As long as the digests of the keys that it read are the same, its result is too ("verifying traces"
in A. Mokhov, N. Mitchell, S. Peyton Jones, "Build systems à la carte", 2018). Nobody lists what a
page depends on, so nobody can forget anything.

What a note says falls into groups, so that not every edit of it matters to whoever names it: its
`text`, its `relations` to other notes, the `mentions` of it in their texts, its `results`, and its
`face`, which is everything else.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from sys import intern
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from notesite.model import Note

T = TypeVar("T")

FACE, RELATIONS, MENTIONS, RESULTS, TEXT = "face", "relations", "mentions", "results", "text"

_GROUP_OF = {
    **dict.fromkeys(
        ("links", "backlinks", "referred", "related", "related_digest", "previous",
         "following", "series", "changes"),
        RELATIONS,
    ),
    **dict.fromkeys(("mentions", "load_mentions", "mentions_digest"), MENTIONS),
    "results": RESULTS,
    **dict.fromkeys(
        ("body", "load_body", "key", "digest", "excerpt", "words", "formulas", "diagnostics",
         "web_links", "cited", "asks", "comments", "works",
         "references_anchor", "said", "signs", "withheld", "pieces", "load_pieces", "html",
         "html_digest"), TEXT,
    ),
}  # fmt: skip
"""Attributes of notes that are no part of their face."""

_HEAVY = frozenset({TEXT, MENTIONS})
"""What is got when it is read, and not to be kept."""

_PLACES = frozenset({"span", "spans"})
"""Where something stands in its file is never shown by another file."""


class SeenThing:
    """Stands in for a note: the same attributes, each leaving a key when it is read first."""

    def __init__(self, value: object, key: str, seen: set[str]) -> None:
        """`key` names the mapping and the place in it."""
        self._value = value
        self._key = key
        self._seen = seen

    def __getattr__(self, attribute: str) -> Any:  # noqa: ANN401 - as the value has it
        group = _GROUP_OF.get(attribute, FACE)
        # One string for all who see the same: there are many.
        self._seen.add(intern(f"{group} {self._key}"))
        found = getattr(self._value, attribute)
        if attribute == "note":
            found = SeenThing(found, self._key, self._seen)
        if group not in _HEAVY:
            # Read again it is at hand without us.
            self.__dict__[attribute] = found
        return found


class SeenMapping(Mapping[str, Any]):
    """Stands in for a mapping; who goes through all of it sees its `name`, which means its keys."""

    def __init__(self, values: Mapping[str, Any], name: str, seen: set[str]) -> None:
        self._values = values
        self._name = name
        self._seen = seen
        self._things: dict[str, SeenThing] = {}

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - as the mapping has it
        thing = self._things.get(key)
        if thing is not None:
            return thing
        value = self._values.get(key)
        if dataclasses.is_dataclass(value):
            thing = self._things[key] = SeenThing(value, f"{self._name} {key}", self._seen)
            return thing
        self._seen.add(intern(f"{FACE} {self._name} {key}"))
        return self._values[key]

    def __contains__(self, key: object) -> bool:
        self._seen.add(intern(f"{FACE} {self._name} {key}"))
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        self._seen.add(self._name)
        return iter(self._values)

    def __len__(self) -> int:
        self._seen.add(self._name)
        return len(self._values)


class SeenSite:
    """Stands in for a site: reading an attribute leaves its name, reading of notes theirs."""

    def __init__(self, site: object, seen: set[str], mappings: Collection[str]) -> None:
        """`mappings` are the attributes that hold notes or other small things by name."""
        self._site = site
        self._seen = seen
        self._mappings = mappings

    def __getattr__(self, attribute: str) -> Any:  # noqa: ANN401 - as the site has it
        value = getattr(self._site, attribute)
        if attribute in self._mappings:
            self.__dict__[attribute] = SeenMapping(value, attribute, self._seen)
            return self.__dict__[attribute]
        self._seen.add(attribute)
        return value


S = TypeVar("S")


def apart(site: S, seen: set[str]) -> S:
    """The same site, with what is read of it written into `seen`."""
    if not isinstance(site, SeenSite):
        return site
    return cast("S", SeenSite(site._site, seen, site._mappings))  # noqa: SLF001 - two halves of one thing


def saw(site: object, seen: Collection[str]) -> None:
    """Count as read what was read of the same site apart."""
    if isinstance(site, SeenSite):
        site._seen.update(seen)  # noqa: SLF001 - as above


def digest(*values: object) -> str:
    """A digest of plain values: texts, numbers, dates, and dataclasses, tuples, mappings of them.

    The same on every machine; places in files are left out.
    """
    parts: list[str] = []
    _spell(values, parts.append)
    return digest_of_bytes("\0".join(parts).encode("utf-8", "surrogatepass"))


def digest_of_bytes(content: bytes) -> str:
    """A digest of bytes, as long as those of values."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def _spell(value: object, write: Callable[[str], None]) -> None:
    if isinstance(value, str):
        write(f"s{len(value)}:{value}")
    elif isinstance(value, tuple | list):
        write(f"({len(value)}")
        for each in value:
            _spell(each, write)
    elif isinstance(value, Enum) or value is None:
        write(str(value))
    elif isinstance(value, Mapping):
        write(f"{{{len(value)}")
        for key, each in value.items():
            _spell(key, write)
            _spell(each, write)
    elif isinstance(value, set | frozenset):
        _spell(sorted(map(repr, value)), write)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        write(type(value).__name__)
        for name in _fields(type(value)):
            _spell(getattr(value, name), write)
    else:
        write(repr(value))


@cache
def _fields(kind: type) -> tuple[str, ...]:
    names = (each.name for each in dataclasses.fields(kind) if each.compare)
    return tuple(name for name in names if name not in _PLACES)


def digest_of_group(note: object, group: str) -> str:
    """A digest of those fields of a note, placed or not, that belong to `group`."""
    return digest(*(getattr(note, name) for name in fields_of_group(type(note), group)))  # type: ignore[arg-type]


@cache
def fields_of_group(kind: type, group: str) -> tuple[str, ...]:
    """The names of those fields of a class of notes that belong to `group`."""
    return tuple(name for name in _fields(kind) if _GROUP_OF.get(name, FACE) == group)


def face_of(note: Note) -> str:
    """A digest of all that others may show of a note besides its text."""
    return digest_of_group(note, FACE)
