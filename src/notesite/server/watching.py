"""Watching the files a site is made of.

Folders that hold the site's files are watched with everything in them. The folders above those are
watched only for these coming and going, and for the configuration, which may name others.
"""

from __future__ import annotations

import asyncio
import errno
import threading
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING

from watchfiles import Change, awatch
from watchfiles._rust_notify import WatchfilesRustInternalError

from notesite.config import CONFIG_NAME
from notesite.records import dataclass
from notesite.sources import is_foreign

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from notesite.building import Project

QUIET_MILLISECONDS = 2
"""How long nothing may change before what changed is reported.

An editor that takes longer to write a file than that has it built twice, which costs little.
"""

ABOVE_MILLISECONDS = 20
"""The same above the site's folders, where little changes; it is asked for that often, too."""

LONGEST_MILLISECONDS = 400
"""How long a report waits at most while more and more changes."""

_RETRY_SECONDS = 0.2

_MOMENT = 0.01
_MOMENTS = 8
"""How often an empty file is given another moment: whoever writes a file empties it first."""


@dataclass(frozen=True, slots=True)
class SitePaths:
    """The resolved paths of a site; `output` is where its real builds go, or None."""

    config: Path
    source: Path
    templates: Path
    static: Path
    output: Path | None
    files: tuple[Path, ...] = ()
    """Files beside the configuration that may be there or not, such as a bibliography."""

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders that hold the site's files, whether they are there or not."""
        return self.source, self.templates, self.static

    def present_folders(self) -> tuple[Path, ...]:
        """Those of the folders that are there, without those inside another."""
        present = {folder for folder in self.folders if folder.is_dir()}
        return tuple(sorted(folder for folder in present if present.isdisjoint(folder.parents)))

    def folders_above(self) -> tuple[Path, ...]:
        """The nearest folder that is there above each of the site's paths."""
        return tuple(
            sorted(
                {_nearest_folder(path.parent) for path in (self.config, *self.files, *self.folders)}
            )
        )

    def holds(self, path: Path) -> bool:
        """Whether `path` could be a file of the site, and not one that something else left."""
        if self.output and path.is_relative_to(self.output):
            return False
        folder = next((each for each in self.folders if each in path.parents), None)
        return folder is not None and not any(map(is_foreign, path.relative_to(folder).parts))

    def lie_under(self, path: Path) -> bool:
        """Whether `path` is one of the folders or leads to one."""
        return any(folder.is_relative_to(path) for folder in self.folders)

    def shapes_every_page(self, path: Path) -> bool:
        """Whether `path` is the configuration, a bibliography or a template."""
        return self.is_single(path) or path.is_relative_to(self.templates)

    def is_single(self, path: Path) -> bool:
        """Whether `path` is the configuration or a file that it names."""
        return path == self.config or path in self.files


def site_paths(project: Project) -> SitePaths:
    """The paths of `project`, whose `output` is that of its real builds."""
    source, templates, static, output = (
        path.resolve()
        for path in (project.source, project.templates, project.static, project.output)
    )
    config = (project.config_file or project.root / CONFIG_NAME).resolve()
    # A configuration that names the notes as output is refused by a build; it must not make the
    # watcher blind.
    is_apart = not any(folder.is_relative_to(output) for folder in (source, templates, static))
    files = tuple(path.resolve() for path in project.files)
    return SitePaths(config, source, templates, static, output if is_apart else None, files)


def _nearest_folder(path: Path) -> Path:
    return next(folder for folder in (path, *path.parents) if folder.is_dir())


def why_not_watched(error: OSError) -> str:
    """What to tell a person when the system refuses to watch files, and what to do about it."""
    message = f"cannot watch the notes for changes: {error}"
    reason = str(error).lower()
    if error.errno == errno.ENOSPC or "watch limit" in reason or "no space left" in reason:
        return (
            f"{message}\nLinux watches only so many folders for one user, and all are taken, often "
            "by an editor or a sync program. This allows more until the next start:\n"
            "  sudo sysctl fs.inotify.max_user_watches=524288"
        )
    if error.errno == errno.EMFILE or "too many open files" in reason:
        return (
            f"{message}\nLinux lets one user have only so many programs that watch files. This "
            "allows more until the next start:\n"
            "  sudo sysctl fs.inotify.max_user_instances=512"
        )
    if "unable to decode path" in reason:
        return f"{message}\nThe name of this file or folder is not written in UTF-8: rename it."
    return message


async def _until_written(files: Iterable[Path]) -> None:
    """Wait while one of the files is empty, but not for long."""
    for _ in range(_MOMENTS):
        if not any(map(_is_empty, files)):
            return
        await asyncio.sleep(_MOMENT)


def _is_empty(file: Path) -> bool:
    try:
        return file.stat().st_size == 0
    except OSError:
        return False


class Watcher:
    """Calls `changed` when files of the site change.

    It is told whether that may change every page, and which files they are, resolved. It is also
    called whenever watching begins, with None for the files, as what happened before nobody has
    seen. `find` says where the site's files are now.
    """

    def __init__(
        self,
        find: Callable[[], SitePaths],
        changed: Callable[[bool, frozenset[Path] | None], None],
    ) -> None:
        self._find = find
        self._changed = changed
        self._is_stopped = False
        self._round_ends = threading.Event()

    def stop(self) -> None:
        """Make `run` return."""
        self._is_stopped = True
        self._round_ends.set()

    async def run(self) -> None:
        """Watch until stopped; raises OSError when the system cannot watch."""
        while not self._is_stopped:
            try:
                await self._watch(self._find())
            except FileNotFoundError:
                # A folder went away while its watch was being set up.
                await asyncio.sleep(_RETRY_SECONDS)
            except WatchfilesRustInternalError as error:
                # There is no watcher to be had, which is not an OSError either.
                raise OSError(str(error)) from error
            except ExceptionGroup as group:
                # So comes what the library's thread could not do, in words alone.
                raise OSError(str(group.exceptions[0])) from group

    async def _watch(self, paths: SitePaths) -> None:
        """One round: until a folder comes or goes."""
        self._round_ends.clear()
        tasks = [asyncio.create_task(self._watch_above(paths))]
        if paths.present_folders():
            tasks.append(asyncio.create_task(self._watch_folders(paths)))
        # The first step of each task sets its watch up.
        await asyncio.sleep(0)
        self._changed(True, None)
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        self._round_ends.set()
        await asyncio.gather(*tasks)

    async def _watch_folders(self, paths: SitePaths) -> None:
        def is_of_site(_: Change, path: str) -> bool:
            return paths.holds(Path(path))

        watch = awatch(
            *paths.present_folders(), watch_filter=is_of_site, stop_event=self._round_ends,
            step=QUIET_MILLISECONDS, debounce=LONGEST_MILLISECONDS,
        )  # fmt: skip
        async with aclosing(watch):
            async for changes in watch:
                touched = frozenset(Path(path) for _, path in changes)
                await _until_written(touched)
                self._changed(any(map(paths.shapes_every_page, touched)), touched)

    async def _watch_above(self, paths: SitePaths) -> None:
        def matters(_: Change, path: str) -> bool:
            return paths.is_single(Path(path)) or paths.lie_under(Path(path))

        watch = awatch(
            *paths.folders_above(), watch_filter=matters, stop_event=self._round_ends,
            recursive=False, step=ABOVE_MILLISECONDS, debounce=LONGEST_MILLISECONDS,
        )  # fmt: skip
        async with aclosing(watch):
            async for changes in watch:
                moved = any(
                    kind is not Change.modified and not paths.is_single(Path(path))
                    for kind, path in changes
                )
                if moved or self._find() != paths:
                    return
                if any(paths.is_single(Path(path)) for _, path in changes):
                    self._changed(True, None)
