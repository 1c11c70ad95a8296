"""What a Builder has computed: kept between its builds, and for another Builder in the cache."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from notesite.building.reading import NoteReader
from notesite.cache import Store, code_version, digest, site_cache, today
from notesite.cache.shelf import Shelf
from notesite.cache.snapshots import Snapshot
from notesite.remaking import Maker

if TYPE_CHECKING:
    from notesite.building.values import BuildOptions, Project
    from notesite.cache.snapshots import Parts
    from notesite.forking import Progress
    from notesite.linking.site import LinkMemory


class BuildMemory:
    """The notes that were read, the links that were filled in, how pages were made; their store.

    What is large lies on the `shelf`: in the store where there is one, else in memory.
    """

    def __init__(self, options: BuildOptions, progress: Progress) -> None:
        self._options = options
        self.reader = NoteReader(options.jobs, progress)
        self.maker = Maker()
        self.links: LinkMemory | None = None
        self.store: Store | None = None
        """The site's file in the cache, once it is open; None without a cache."""
        self.shelf = Shelf()
        self._used_on = 0
        self._snapshot: Snapshot | None = None

    def open(self, project: Project) -> Store | None:
        """Open the site's file in the cache, which stays open; None without a cache."""
        if self._options.cached and self.store is None:
            self.store = Store(site_cache(project.root))
            self.shelf = Shelf(self.store)
        return self.store

    def close(self) -> None:
        """Let go of the cache; `open` opens it again."""
        self.forget()
        if self.store is not None:
            self.store.close()
            self.store = None

    def forget(self) -> None:
        """Let go of all that was computed, so that the next build begins afresh."""
        self.reader.forget()
        self.links = None
        self.maker = Maker()
        self.shelf = Shelf(self.store)

    def forget_with_shelf(self) -> None:
        """Let go of all of it, and do without the store's shelf, which somebody emptied."""
        self.forget()
        self.shelf = Shelf()

    def linking(self) -> LinkMemory:
        """What linking the site left behind, which is nothing at first."""
        if self.links is None:
            self.links = self._new_links(None)
        return self.links

    def load(self, key: str) -> None:
        """Go on from what another Builder saved of the same site, told by `key`."""
        if self.store is None:
            return
        # It remembers what is saved already, which `save` does not write again.
        self._snapshot = Snapshot(self.store, f"site {digest(code_version(), key)}")
        parts = self._snapshot.load()
        self.reader.remember(parts, self.shelf)
        self._used_on = parts.get("used-on", {}).get("", 0)
        self.maker.remember(parts)
        self.links = self._new_links(parts)
        # All of it stays: nothing of it need be looked through for what is no longer in use.
        gc.freeze()

    def save(self) -> None:
        """Keep it for `load` by another Builder; of what was loaded, what has changed."""
        if self.store is None or self._snapshot is None:
            return
        self.shelf.save()
        self._use(self.store)
        used_on = {"used-on": {"": self._used_on}}
        filled = self.links.filler.parts() if self.links else {}
        self._snapshot.save({
            **self.reader.parts(), **used_on, **filled, **self.maker.parts(),
        })  # fmt: skip

    def _use(self, store: Store) -> None:
        """Have the store keep what belongs here: what nobody asks for in a month goes."""
        if self._used_on != today():
            store.use(self.reader.keys())
            store.use(self.links.filler.heavy_keys() if self.links else ())
            self._used_on = today()

    def _new_links(self, parts: Parts | None) -> LinkMemory:
        from notesite.linking.remembering import Filler  # noqa: PLC0415
        from notesite.linking.site import LinkMemory  # noqa: PLC0415 - linking imports what `--version` must not

        filler = Filler(self.shelf, self._options.jobs)
        if parts is not None:
            filler.remember(parts)
        return LinkMemory(filler)
