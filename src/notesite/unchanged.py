"""Seeing that nothing changed since the last build, without reading anything but time stamps."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from notesite import cache
from notesite.history import git_state
from notesite.publishing.changeover import read_manifest
from notesite.records import dataclass
from notesite.sources import scan
from notesite.stamps import SETTLED, file_stamps, newest_change
from notesite.vault import setting_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from notesite.sources import SourceTree
    from notesite.stamps import KnownFile


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a build takes: a digest of it, and whether its time stamps can be relied on."""

    digest: str
    is_settled: bool


def read_inputs(
    tree: SourceTree, folders: Iterable[Path], files: Iterable[Path], rest: str, *, with_git: bool
) -> Inputs:
    """The inputs of a site: the files of its notes folder, whole `folders`, and single `files`.

    `rest` says all else that the build depends on; `with_git` adds where git stands. Raises OSError
    when a folder cannot be listed.
    """
    now = time.time()
    source = tree.root
    paths = [f"{source}/{path}" for path in (*tree.notes, *tree.files)]
    for folder in folders:
        if folder.is_dir():
            inside = scan(folder)
            paths += [f"{folder}/{path}" for path in (*inside.notes, *inside.files)]
    stamps = file_stamps([*paths, *map(str, files), *map(str, setting_files(source))])
    history = git_state(source) if with_git else ""
    digest = cache.digest(cache.code_version(), repr(stamps), repr(tree.passed_over), history, rest)
    return Inputs(digest, newest_change(stamps) < now - SETTLED)


def read_output(output: Path) -> str:
    """A digest of the files in the output folder that notesite wrote there, by their stamps."""
    files = sorted(read_manifest(output))
    found = file_stamps(f"{output}/{path}" for path in files)
    return cache.digest(repr(files), repr(found))


def output_of(output: Path, files: Mapping[str, KnownFile]) -> str:
    """The same digest as long as the output holds these files, which were just written or seen."""
    paths = sorted(files)
    stamps = [(f"{output}/{path}", files[path].stamp) for path in paths]
    return cache.digest(repr(paths), repr(stamps))
