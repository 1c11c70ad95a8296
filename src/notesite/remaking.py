"""Making again only those pages of which something that they read has changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from notesite.records import dataclass
from notesite.seeing import FACE, RESULTS, TEXT, SeenSite, digest, digest_of_group, fields_of_group

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from notesite.model import PlannedPage, Site
    from notesite.snapshots import Parts
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
        self._keys: _KeysByPlace | None = None

    def begin(self, site: Site, version: str) -> None:
        """Make pages of `site` from now on.

        `version` says all that pages depend on besides the site and their plans: the templates, the
        configuration, the code.
        """
        before, self._site = self._site, site
        if version != self._version:
            self._version = version
            self._made.clear()
            self._forget_digests()
        now = {key: _digest_of(key, site) for key in self._keys_other_than_in(before)}
        changed = frozenset(key for key in now if now[key] != self._digests[key])
        if changed:
            # At once: a build that is broken off leaves nothing behind that no longer holds.
            self._made = {
                path: made for path, made in self._made.items() if changed.isdisjoint(made.seen)
            }
        self._digests.update(now)

    def _forget_digests(self) -> None:
        self._digests.clear()
        self._keys = None

    def _keys_other_than_in(self, before: Site | None) -> Iterable[str]:
        """The keys that may have another digest than in the site before."""
        assert self._site
        if before is None:
            return self._digests
        if self._keys is None:
            self._keys = _KeysByPlace(self._digests)
        return self._keys.of_changed(before, self._site)

    def remember(self, parts: Parts) -> None:
        """Go on from what another Maker of the same site left in a snapshot."""
        self._made = parts.get("made", {})
        self._digests = parts.get("page-digests", {})
        self._keys = None
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

    def made_of(self, paths: Iterable[str]) -> dict[str, Made]:
        """How some pages were made, for `take` in another process."""
        return {path: self._made[path] for path in paths if path in self._made}

    def take(self, made: Mapping[str, Made]) -> None:
        """Count pages as made, here or by another process."""
        self._made.update(made)
        self._fresh.update(made)

    def written(self, files: Mapping[str, KnownFile]) -> None:
        """Remember the files of all pages; a page without one is made again by the next build."""
        assert self._site
        self._made = {
            path: made if made.file is files[path] else replace(made, file=files[path])
            for path, made in self._made.items()
            if path in files
        }
        for path in self._fresh & self._made.keys():
            for key in self._made[path].seen:
                if key not in self._digests:
                    self._digests[key] = _digest_of(key, self._site)
                    if self._keys:
                        self._keys.add(key)
        self._fresh.clear()


class _KeysByPlace:
    """Keys by the place of a site that they see, as most places stay the same from one to the next.

    A place is an attribute, or what a mapping that is one has under a name.
    """

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys: dict[str, dict[str, list[str]]] = {}
        for key in keys:
            self.add(key)

    def add(self, key: str) -> None:
        """Take one more key."""
        attribute, name = _place_of(key)
        self._keys.setdefault(attribute, {}).setdefault(name, []).append(key)

    def of_changed(self, before: Site, site: Site) -> list[str]:
        """The keys of the places that do not hold the very same in both sites."""
        found: list[str] = []
        for attribute, places in self._keys.items():
            old, new = getattr(before, attribute), getattr(site, attribute)
            if old is new:
                continue
            for name, keys in places.items():
                if not name or old.get(name) is not new.get(name):
                    found += keys
        return found


def _plan(page: PlannedPage) -> str:
    made_by = getattr(page.make, "__qualname__", type(page.make).__name__)
    return repr((made_by, page.given))


def _place_of(key: str) -> tuple[str, str]:
    """The attribute of a site that a page sees under `key`, and the name it looks up there."""
    _, _, rest = key.partition(" ")
    mapping, _, name = rest.partition(" ")
    return (mapping, name) if rest else (key, "")


def _digest_of(key: str, site: Site) -> str:
    """The digest of what a page sees of a site under `key`."""
    attribute, name = _place_of(key)
    value = getattr(site, attribute)
    if " " not in key:
        return digest(tuple(value) if key in _MAPPINGS else value)
    value = value.get(name)
    group, mapping, _ = key.split(" ", 2)
    return digest(value) if mapping != "notes" or value is None else _of_note(group, value)


def _of_note(group: str, linked: Any) -> str:  # noqa: ANN401 - a LinkedNote
    if group == TEXT:
        return f"{linked.note.key} {linked.html_digest}"
    if group == RESULTS:
        return digest_of_group(linked.note, RESULTS)
    names = fields_of_group(type(linked), group)  # type: ignore[arg-type]
    # A note in its place holds no places in files, so that the quicker way will do.
    own = digest(repr([getattr(linked, name) for name in names if name != "note"]))
    return own if group != FACE else f"{linked.note.face} {own}"
