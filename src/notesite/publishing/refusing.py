"""Folders that must not be written to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.diagnostics import Diagnostic, diagnose
from notesite.publishing.changeover import OWN_FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def refuse_output(output: Path, kept_folders: Iterable[Path], *, adopt: bool) -> Diagnostic | None:
    """Why `output` must not be written to, if there is a reason.

    `kept_folders` are those of the site's own files; `adopt` takes over a folder that holds files
    notesite did not write (they stay as long as no page has their name).
    """
    target = output.resolve()
    hint = "name another folder with --output"
    reason = _dangerous(target, [folder.resolve() for folder in kept_folders])
    if not reason and output.exists() and not output.is_dir():
        reason = "it is a file"
    if not reason and not adopt and output.is_dir() and not (output / OWN_FOLDER).is_dir():
        strangers = [path.name for path in output.iterdir()]
        if strangers:
            reason = f"it holds files that notesite did not write, such as '{min(strangers)}'"
            hint += ", or take this one over with --force-adopt"
    if not reason:
        return None
    message = f"will not write to it: {reason}"
    return diagnose("output-refused", message, str(output), hints=(hint,))


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
