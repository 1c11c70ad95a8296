"""Changing an output folder over from one site to the next, in steps that can be finished later.

No file system lets a folder that also holds files of others change at once. So all that is to be
done is written down before the first step is, in one file that is there whole or not at all. From
that moment on the new site is what the output holds: whoever dies in between leaves the list of
steps behind, and the next build, whatever else it does, carries out the rest of them.

While the steps are taken, each file is its old or its new self, and what pages refer to comes
before the pages and goes after them.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

OWN_FOLDER = ".notesite"
"""The folder of the output that holds the manifest and, during a build, what is staged."""

STAGING = "staging"

_MANIFEST = "manifest.json"
_STEPS = "steps.json"

_DAMAGED = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What comes of reading a file that is not as we have written it."""

_STAGED = re.compile(r"(?:[0-9]+-)?[0-9]+")
"""The name of a staged file, after the number of the process that staged it where that is another.
"""
_SUSPECT = re.compile(r"\\|/\.{0,2}/")
"""What stands between slashes in a path that leads out, or that nobody would write so."""


@dataclass(frozen=True, slots=True)
class Steps:
    """What leads from one site to the next.

    `moves` gives the name of the staged file for each path of the output that gets a new one;
    `removals` are the paths that go; `files` what the manifest lists afterwards, None where that
    stays as it is.
    """

    moves: dict[str, str]
    removals: tuple[str, ...]
    files: tuple[str, ...] | None


def read_manifest(output: Path) -> set[str]:
    """The files in `output` that notesite wrote; none where the manifest is lost or damaged."""
    try:
        manifest = json.loads((output / OWN_FOLDER / _MANIFEST).read_text(encoding="utf-8"))
        return set(_inside(manifest["files"]))
    except (FileNotFoundError, NotADirectoryError, *_DAMAGED):
        return set()


def write_manifest(output: Path, paths: Iterable[str]) -> None:
    """Write down which files in `output` are notesite's."""
    _write(output / OWN_FOLDER / _MANIFEST, {"version": 1, "files": sorted(paths)})


def has_unfinished(output: Path) -> bool:
    """Whether a build died while it changed `output` over, or is changing it over now."""
    return (output / OWN_FOLDER / _STEPS).exists()


def change_over(output: Path, steps: Steps) -> None:
    """Take the steps, the staged files being there; raises OSError when the disk refuses.

    Interrupted, it takes the rest of the steps all the same, and breaks off only if it cannot.
    """
    # From here on every file that may appear is known to be ours, whatever happens.
    if steps.files is not None:
        owned = read_manifest(output)
        if not owned >= steps.moves.keys():
            write_manifest(output, owned | steps.moves.keys())
    value = {"moves": steps.moves, "removals": steps.removals, "files": steps.files}
    _write(output / OWN_FOLDER / _STEPS, value)
    try:
        _take(output, steps)
    except BaseException:
        with suppress(OSError):
            _take(output, steps)
        raise


def finish(output: Path) -> bool:
    """Take the steps that a build left behind, which is to be no more; whether there were any.

    Raises OSError when the disk refuses.
    """
    try:
        value = json.loads((output / OWN_FOLDER / _STEPS).read_text(encoding="utf-8"))
        moves = {path: name for path, name in value["moves"].items() if _STAGED.fullmatch(name)}
        removals, files = value["removals"], value["files"]
        listed = None if files is None else tuple(_inside(files))
    except FileNotFoundError:
        return False
    except _DAMAGED:
        # Not written by us, or damaged with the disk: the next build sees what is there.
        (output / OWN_FOLDER / _STEPS).unlink()
        return False
    steps = Steps(
        {path: name for path, name in moves.items() if is_inside(path)},
        tuple(_inside(removals)),
        listed,
    )
    _take(output, steps)
    return True


def _take(output: Path, steps: Steps) -> None:
    # A file cannot come where a folder is, nor a folder where a file is.
    _remove(output, _in_the_way(steps))
    _move(output, steps.moves)
    _remove(output, steps.removals)
    if steps.files is not None:
        write_manifest(output, steps.files)
    (output / OWN_FOLDER / _STEPS).unlink(missing_ok=True)


def _move(output: Path, moves: dict[str, str]) -> None:
    """Move what is staged into its place, where an earlier attempt has not done so.

    The folders come first, so that nothing holds up the moves: while they last, a reader may meet
    pages of both sites.
    """
    staging = output / OWN_FOLDER / STAGING
    for folder in sorted({path.rpartition("/")[0] for path in moves}):
        _refuse_way_out(output, output / folder / "any")
        (output / folder).mkdir(parents=True, exist_ok=True)
    for path in sorted(moves, key=_turn):
        with suppress(FileNotFoundError):
            (staging / moves[path]).replace(output / path)


def _turn(path: str) -> tuple[int, str]:
    """When a file's turn comes: pages after all that they refer to, lists of pages last."""
    is_page = path.endswith(".html")
    is_list = path.rpartition("/")[2] == "index.html" or (not is_page and path.endswith(".xml"))
    return (2 if is_list else 1 if is_page else 0), path


def _in_the_way(steps: Steps) -> list[str]:
    """What has to go first, as a new file needs its place for itself or for a folder."""
    folders = {folder for path in steps.moves for folder in _folders_above(path)}
    return [
        path
        for path in steps.removals
        if path in folders or not steps.moves.keys().isdisjoint(_folders_above(path))
    ]


def _folders_above(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]


def _remove(output: Path, paths: Iterable[str]) -> None:
    for path in paths:
        target = output / path
        if target.is_file() or target.is_symlink():
            _refuse_way_out(output, target)
            target.unlink()
        _remove_empty_folders(output, target.parent)


def _remove_empty_folders(output: Path, folder: Path) -> None:
    while folder != output and folder.is_relative_to(output):
        try:
            folder.rmdir()
        except OSError:
            # Not empty, or already gone: either way there is nothing of ours to remove.
            return
        folder = folder.parent


def _refuse_way_out(output: Path, target: Path) -> None:
    """Raise OSError where a link in the output leads out of it: what is there is not ours."""
    if not target.parent.resolve().is_relative_to(output.resolve()):
        raise OSError(f"'{target.parent}' is a link that leads out of the output")


def _write(file: Path, value: object) -> None:
    staged = file.with_name(file.name + ".new")
    staged.write_text(_as_json(value), encoding="utf-8")
    staged.replace(file)


def _as_json(value: object) -> str:
    """A value as JSON; without an indent, which Python writes much slower."""
    return json.dumps(value, ensure_ascii=False, separators=(",\n", ": ")) + "\n"


def _inside(paths: list[object]) -> Iterable[str]:
    """Those of the paths that stay inside the output."""
    try:
        together = "/\n/".join(paths)  # type: ignore[arg-type]
    except TypeError:
        together = ".."
    if _SUSPECT.search(f"/{together}/") is None:
        # All of them at once, as there are many and they are read twice at each build.
        return paths  # type: ignore[return-value]
    return (path for path in paths if is_inside(path))  # type: ignore[misc]


def is_inside(path: object) -> bool:
    """Whether a path of the manifest stays inside the output, as all that notesite writes do."""
    if not isinstance(path, str) or not path or path.startswith("/") or "\\" in path:
        return False
    return not any(part in {"", ".", ".."} for part in path.split("/"))
