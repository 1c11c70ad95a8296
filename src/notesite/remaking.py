"""Making again only those pages of which something that they read has changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from notesite.seeing import FACE, RESULTS, TEXT, SeenSite, digest, digest_of_group

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notesite.model import LinkedNote, PlannedPage, Site
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
        self._digests: dict[str, str] = {}

    def begin(self, site: Site, version: str) -> None:
        """Make pages of `site` from now on.

        `version` says all that pages depend on besides the site and their plans: the templates, the
        configuration, the code.
        """
        self._site = site
        if version != self._version:
            self._version = version
            self._made.clear()
            self._digests.clear()
        now = {key: _digest_of(key, site) for key in self._digests}
        changed = frozenset(key for key in now if now[key] != self._digests[key])
        # At once: a build that is broken off leaves nothing behind that no longer holds.
        self._made = {
            path: made for path, made in self._made.items() if changed.isdisjoint(made.seen)
        }
        self._digests = now

    def known(self, page: PlannedPage) -> KnownFile | None:
        """The file that holds this page already, if the page need not be made again."""
        made = self._made.get(page.path)
        return made.file if made and made.plan == _plan(page) else None

    def make(self, page: PlannedPage) -> bytes | None:
        """The bytes of a page; None where there is none after all."""
        assert self._site
        seen: set[str] = set()
        content = page.make(cast("Site", SeenSite(self._site, seen, _MAPPINGS)), *page.given)
        self._made[page.path] = Made(_plan(page), tuple(sorted(seen)))
        return content

    def written(self, files: Mapping[str, KnownFile]) -> None:
        """Remember the files of all pages; a page without one is made again by the next build."""
        assert self._site
        self._made = {
            path: replace(made, file=files[path])
            for path, made in self._made.items()
            if path in files
        }
        for made in self._made.values():
            for key in made.seen:
                if key not in self._digests:
                    self._digests[key] = _digest_of(key, self._site)


def _plan(page: PlannedPage) -> str:
    made_by = getattr(page.make, "__qualname__", type(page.make).__name__)
    return repr((made_by, page.given))


def _digest_of(key: str, site: Site) -> str:
    """The digest of what a page sees of a site under `key`."""
    group, _, rest = key.partition(" ")
    if not rest:
        value = getattr(site, key)
        return digest(tuple(value) if key in _MAPPINGS else value)
    mapping, _, name = rest.partition(" ")
    value = getattr(site, mapping).get(name)
    if mapping != "notes" or value is None:
        return digest(value)
    return _of_note(group, value)


def _of_note(group: str, linked: LinkedNote) -> str:
    if group == TEXT:
        return f"{linked.note.key} {linked.html_digest}"
    if group == RESULTS:
        return digest_of_group(linked.note, RESULTS)
    own = digest_of_group(linked, group, leave_out=("note",))
    return own if group != FACE else f"{linked.note.face} {own}"
