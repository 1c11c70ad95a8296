"""Making again only those pages of which something that they read has changed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from operator import attrgetter
from sys import intern
from typing import TYPE_CHECKING, Any, cast

from notesite.model import LinkedNote
from notesite.records import dataclass
from notesite.seeing import (
    FACE,
    MENTIONS,
    RESULTS,
    TEXT,
    SeenSite,
    digest,
    digest_of_bytes,
    digest_of_group,
    fields_of_group,
)
from notesite.traces import KeysByPlace, Readers

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from notesite.cache.snapshots import Parts
    from notesite.model import PlannedPage, Site
    from notesite.stamps import KnownFile

_MAPPINGS = frozenset({"notes", "tags_by_url", "redirects", "results"})


@dataclass(frozen=True, slots=True)
class Made:
    """How a page was made: by what plan, from what it read; and the file that came of it."""

    plan: str
    seen: tuple[str, ...]
    file: KnownFile | None = None


class Maker:
    """Makes the pages of one site, build after build."""

    def __init__(self) -> None:
        self._site: Site | None = None
        self._version = ""
        self._made: dict[str, Made] = {}
        self._fresh: set[str] = set()
        self._digests: dict[str, str] = {}
        self._keys: KeysByPlace | None = None
        self._readers: Readers | None = None
        self._dropped: dict[str, tuple[str, ...]] = {}

    def begin(
        self, site: Site, version: str, touched: Collection[str] | None = None
    ) -> frozenset[str]:
        """Make pages of `site` from now on; the keys of what has changed since the site before.

        Of its notes those at the URLs of `touched` alone are others, if any are given.

        `version` says all that pages depend on besides the site and their plans: the templates, the
        configuration, the code.
        """
        before, self._site = self._site, site
        if version != self._version:
            self._version = version
            self._made.clear()
            self._forget_digests()
        now = {key: _digest_of(key, site) for key in self._keys_other_than_in(before, touched)}
        changed = frozenset(key for key in now if now[key] != self._digests[key])
        if changed:
            # At once: a build that is broken off leaves nothing behind that no longer holds.
            for path in self._readers_of(changed, before):
                if not changed.isdisjoint(self._made[path].seen):
                    self._dropped[path] = self._made.pop(path).seen
        self._digests.update(now)
        return changed

    def _readers_of(self, changed: Collection[str], before: Site | None) -> list[str]:
        """The pages that may have read something of what has changed."""
        if before is None:
            # Whoever builds but once needs no index of who read what.
            return list(self._made)
        if self._readers is None:
            self._readers = Readers({path: made.seen for path, made in self._made.items()})
        return [path for path in self._readers.of(changed) if path in self._made]

    def _forget_digests(self) -> None:
        self._digests.clear()
        self._keys = self._readers = None
        self._dropped.clear()

    def _keys_other_than_in(
        self, before: Site | None, touched: Collection[str] | None
    ) -> Iterable[str]:
        """The keys that may have another digest than in the site before."""
        assert self._site
        if before is None:
            return self._digests
        if self._keys is None:
            self._keys = KeysByPlace(self._digests)
        return self._keys.of_changed(before, self._site, touched)

    def remember(self, parts: Parts) -> None:
        """Go on from what another Maker of the same site left in a snapshot."""
        self._made = parts.get("made", {})
        self._digests = parts.get("page-digests", {})
        self._keys = self._readers = None
        self._version = parts.get("page-version", {}).get("", "")

    def parts(self) -> Parts:
        """What a snapshot is to keep."""
        made = {path: each for path, each in self._made.items() if each.file}
        return {
            "made": made,
            "page-digests": self._digests,
            "page-version": {"": self._version},
        }

    def known(self, page: PlannedPage) -> KnownFile | None:
        """The file that holds this page already, if the page need not be made again."""
        made = self._made.get(page.path)
        return made.file if made and made.plan == _plan(page) else None

    def make(self, page: PlannedPage) -> bytes | None:
        """The bytes of a page; None where there is none after all."""
        assert self._site
        seen: set[str] = set()
        content = page.make(cast("Site", SeenSite(self._site, seen, _MAPPINGS)), *page.given)
        self.take({page.path: Made(_plan(page), tuple(sorted(seen)))})
        return content

    @property
    def dropped(self) -> Collection[str]:
        """The paths of pages that had a file and have to be made again, as what they read is new.

        Plans aside, which may be new too.
        """
        return self._dropped.keys()

    def made_of(self, paths: Iterable[str]) -> dict[str, Made]:
        """How some pages were made, for `take` in another process."""
        return {path: self._made[path] for path in paths if path in self._made}

    def take(self, made: Mapping[str, Made]) -> None:
        """Count pages as made, here or by another process."""
        for path, each in made.items():
            # One string for all who see the same, as here, so there.
            self._made[path] = replace(each, seen=tuple(map(intern, each.seen)))
        self._fresh.update(made)

    def written(self, files: Mapping[str, KnownFile], *, others_stay: bool = False) -> None:
        """Remember the files of all pages; a page without one is made again by the next build.

        If the `others_stay`, only those files are new of which the pages were made just now.
        """
        for path in list(self._fresh if others_stay else self._made):
            file, made = files.get(path), self._made.get(path)
            if file is None or made is None:
                self._made.pop(path, None)
            elif made.file is not file:
                self._made[path] = replace(made, file=file)
        for path in self._fresh & self._made.keys():
            self._remember_reader(path, self._made[path].seen)
        self._fresh.clear()
        self._dropped.clear()

    def _remember_reader(self, path: str, seen: tuple[str, ...]) -> None:
        """What a page has read is compared by the next build."""
        assert self._site
        if self._readers:
            self._readers.add(path, seen, self._dropped.get(path, ()))
        for key in seen:
            if key not in self._digests:
                self._digests[key] = _digest_of(key, self._site)
                if self._keys:
                    self._keys.add(key)


def _plan(page: PlannedPage) -> str:
    made_by = getattr(page.make, "__qualname__", type(page.make).__name__)
    return repr((made_by, page.given))


def _digest_of(key: str, site: Site) -> str:
    """The digest of what a page sees of a site under `key`."""
    if " " not in key:
        value = getattr(site, key)
        return digest(tuple(value) if key in _MAPPINGS else value)
    group, mapping, name = key.split(" ", 2)
    value = getattr(site, mapping).get(name)
    return digest(value) if mapping != "notes" or value is None else _of_note(group, value)


def _of_note(group: str, linked: Any) -> str:  # noqa: ANN401 - a LinkedNote
    if group == TEXT:
        return f"{linked.note.key} {linked.html_digest}"
    if group == MENTIONS:
        return str(linked.mentions_digest)
    if group == RESULTS:
        return digest_of_group(linked.note, RESULTS) if linked.note.results else ""
    # A note in its place holds no places in files, so that the quicker way will do.
    own = digest_of_bytes(repr(_values_of(group)(linked)).encode("utf-8", "surrogatepass"))
    return own if group != FACE else f"{linked.note.face} {own}"


@cache
def _values_of(group: str) -> Callable[[LinkedNote], object]:
    """What takes from a note in its place what is its own in that group."""
    names = fields_of_group(LinkedNote, group)
    return attrgetter(*(name for name in names if name != "note"))
