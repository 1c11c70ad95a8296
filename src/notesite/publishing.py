"""Publishing: the output folder, which a reader sees old or new but never half-written.

Everything that changed is first written to a staging folder inside the output, then moved into
place file by file, each move atomic. A manifest names the files that notesite wrote: those, and
only those, are ever replaced or removed.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from notesite.diagnostics import Diagnostic, diagnose

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from notesite.model import Page

OWN_FOLDER = ".notesite"
"""The folder of the output that holds the manifest and, during a build, what is staged."""

_MANIFEST = "manifest.json"
_STAGING = "staging"


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did: paths relative to the output folder."""

    written: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]


class PublishError(Exception):
    """The output could not be written; `problem` says what stood in the way."""

    def __init__(self, problem: Diagnostic) -> None:
        super().__init__(problem.message)
        self.problem = problem


def refuse_output(output: Path, kept_folders: Iterable[Path], *, adopt: bool) -> Diagnostic | None:
    """Why `output` must not be written to, if there is a reason.

    `kept_folders` are those of the site's own files; `adopt` takes over a folder that holds files
    notesite did not write (they stay as long as no page has their name).
    """
    target = output.resolve()
    reason = _dangerous(target, [folder.resolve() for folder in kept_folders])
    if not reason and output.exists() and not output.is_dir():
        reason = "it is a file"
    if not reason and not adopt and output.is_dir() and not (output / OWN_FOLDER).is_dir():
        strangers = [path.name for path in output.iterdir()]
        if strangers:
            reason = f"it holds files that notesite did not write, such as '{min(strangers)}'"
    if not reason:
        return None
    hints = ("name another folder with --output, or take this one over with --force-adopt",)
    return diagnose("output-refused", f"will not write to it: {reason}", str(output), hints=hints)


def _dangerous(target: Path, kept_folders: list[Path]) -> str:
    if target == target.parent:
        return "it is the root of the file system"
    if target == target.home().resolve():
        return "it is your home folder"
    for folder in kept_folders:
        if target == folder:
            return "it holds the site's own files"
        if folder.is_relative_to(target):
            return f"the site's own files in '{folder.name}' lie inside it"
        if target.is_relative_to(folder) and folder.name != target.parent.name:
            return f"it lies inside the site's own folder '{folder.name}'"
    return ""


def publish(pages: Iterable[Page], output: Path) -> Published:
    """Make `output` hold exactly `pages` besides files that are not notesite's.

    Where the disk takes capitals and small letters for one, the first of two pages whose paths
    differ in nothing else is kept: the second is a redirect to it from an old address. Raises
    PublishError when a file of somebody else's is in the way or the disk refuses.
    """
    kept = _of_other_names(pages) if folds_case(output) else pages
    try:
        return _Publishing(output).publish({page.path: page for page in kept})
    except OSError as error:
        message = f"cannot be written: {error.strerror or error}"
        raise PublishError(diagnose("output-refused", message, str(output))) from error


def folds_case(folder: Path) -> bool:
    """Whether the disk at `folder` takes capitals and small letters for one, as macOS's does."""
    for each in (folder.resolve(), *folder.resolve().parents):
        other = each.with_name(each.name.swapcase()) if each.name else each
        if other.name != each.name and each.exists():
            return other.exists() and other.samefile(each)
    return False


def _of_other_names(pages: Iterable[Page]) -> list[Page]:
    kept: dict[str, Page] = {}
    for page in pages:
        kept.setdefault(page.path.casefold(), page)
    return list(kept.values())


def read_manifest(output: Path) -> set[str]:
    """The files in `output` that notesite wrote; none where the manifest is lost or damaged."""
    try:
        manifest = json.loads((output / OWN_FOLDER / _MANIFEST).read_text(encoding="utf-8"))
        return {path for path in manifest["files"] if _is_inside(path)}
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return set()


class _Publishing:
    def __init__(self, output: Path) -> None:
        self._output = output
        self._own = output / OWN_FOLDER
        self._staging = self._own / _STAGING

    def publish(self, pages: dict[str, Page]) -> Published:
        owned = read_manifest(self._output)
        changed = [page for page in pages.values() if not self._is_current(page)]
        stale = sorted(owned - pages.keys())
        if changed or stale or owned != pages.keys() or not self._own.exists():
            self._refuse_strangers(changed, owned)
            self._own.mkdir(parents=True, exist_ok=True)
            self._stage(changed)
            # From here on every file that may appear is known to be ours, whatever happens.
            self._write_manifest(owned | pages.keys())
            removed = self._remove(stale)
            self._move_into_place(changed)
            self._write_manifest(pages.keys())
            shutil.rmtree(self._staging)
        else:
            removed = ()
        written = tuple(page.path for page in changed)
        return Published(written, len(pages) - len(changed), removed)

    def _write_manifest(self, paths: Iterable[str]) -> None:
        text = json.dumps({"version": 1, "files": sorted(paths)}, indent=0, ensure_ascii=False)
        staged = self._own / (_MANIFEST + ".new")
        staged.write_text(text + "\n", encoding="utf-8")
        staged.replace(self._own / _MANIFEST)

    def _is_current(self, page: Page) -> bool:
        path = self._output / page.path
        try:
            if path.stat().st_size != len(page.content) or path.is_symlink():
                return False
            return path.read_bytes() == page.content
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return False

    def _refuse_strangers(self, changed: list[Page], owned: set[str]) -> None:
        if not owned:
            return
        for page in changed:
            path = self._output / page.path
            if page.path not in owned and path.is_file():
                message = "a file that notesite did not write is in the way of a page"
                problem = diagnose("output-refused", message, str(path), hints=("move it away",))
                raise PublishError(problem)

    def _stage(self, changed: list[Page]) -> None:
        shutil.rmtree(self._staging, ignore_errors=True)
        self._staging.mkdir()
        for number, page in enumerate(changed):
            (self._staging / str(number)).write_bytes(page.content)

    def _remove(self, stale: list[str]) -> tuple[str, ...]:
        removed = []
        for path in stale:
            target = self._output / path
            if target.is_file() or target.is_symlink():
                target.unlink()
                removed.append(path)
            self._remove_empty_folders(target.parent)
        return tuple(removed)

    def _remove_empty_folders(self, folder: Path) -> None:
        while folder != self._output and folder.is_relative_to(self._output):
            try:
                folder.rmdir()
            except OSError:
                # Not empty, or already gone: either way there is nothing of ours to remove.
                return
            folder = folder.parent

    def _move_into_place(self, changed: list[Page]) -> None:
        for number, page in enumerate(changed):
            target = self._output / page.path
            target.parent.mkdir(parents=True, exist_ok=True)
            (self._staging / str(number)).replace(target)


def _is_inside(path: object) -> bool:
    """Whether a path of the manifest stays inside the output, as all that notesite writes do."""
    if not isinstance(path, str) or not path or path.startswith("/") or "\\" in path:
        return False
    return not any(part in {"", ".", ".."} for part in path.split("/"))
