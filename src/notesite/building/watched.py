"""Believing whoever watches a site that nothing has changed but some of its notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.building.files import own_folders
from notesite.sources import scan

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from notesite.building.values import Project
    from notesite.config import Config
    from notesite.sources import SourceTree


class NotesFolder:
    """The notes folder of one site, which is walked through only where that may show something."""

    def __init__(self) -> None:
        self._tree: SourceTree | None = None
        self._notes: frozenset[str] = frozenset()
        self._touched: Collection[Path] | None = None
        self.touched: frozenset[str] | None = None
        """The notes that alone may be others than at the last build; None where all may."""

    def believe(self, touched: Collection[Path] | None) -> None:
        """Believe from now on that of all the site's files only these have changed, if given."""
        self._touched = touched

    def tree(self, project: Project, config: Config) -> SourceTree:
        """What the folder holds; raises OSError when it cannot be listed."""
        self.touched = self._notes_among(self._touched, project)
        if self._tree is None or self.touched is None:
            ignore = (*config.site.ignore, *own_folders(project))
            self._tree = scan(project.source, ignore, follow=config.site.follow_links)
            self._notes = frozenset(self._tree.notes)
        return self._tree

    def _notes_among(
        self, touched: Collection[Path] | None, project: Project
    ) -> frozenset[str] | None:
        """The paths of the touched notes; None if anything else was touched, or is not there."""
        if touched is None:
            return None
        root = project.source.resolve()
        if not all(file.is_relative_to(root) and file.is_file() for file in touched):
            return None
        paths = frozenset(file.relative_to(root).as_posix() for file in touched)
        is_plain = not any(file.is_symlink() for file in touched)
        return paths if is_plain and paths <= self._notes else None
