"""Where this notesite came from, so that another machine can install the same.

pip writes down where it took a package from when that was no index: `direct_url.json`, of PEP 610
and the specification "Recording the Direct URL Origin" that has it now.
"""

from __future__ import annotations

import json
import re
import subprocess
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

if TYPE_CHECKING:
    from collections.abc import Callable

NAME = "notesite"
"""What pip installs from its index."""

_MARK = "pip install NOTESITE"
_SSH = re.compile(r"(?:ssh://)?git@([\w.-]+)[:/](.+)")
_PLAIN = re.compile(r"https://[\w.-]+(?::[0-9]+)?/[\w./~+-]+")
"""An address that a shell and YAML leave as it is."""
_COMMIT = re.compile(r"[0-9a-f]{7,64}")


def with_requirement(text: str, requirement: str) -> str:
    """A template's text with what `pip install` is told in place of the mark for it."""
    return text.replace(_MARK, f"pip install {requirement}")


def requirement() -> str | None:
    """What `pip install` is to be told; None for a folder of this computer that nobody else has."""
    try:
        stated = distribution(NAME).read_text("direct_url.json")
    except PackageNotFoundError:
        return NAME
    return requirement_of(stated, _remote)


def requirement_of(stated: str | None, remote: Callable[[Path], str]) -> str | None:
    """The same for the text of `direct_url.json`.

    `remote` gives the address that a folder's repository was cloned from, or an empty text.
    """
    if stated is None:
        return NAME
    try:
        origin = json.loads(stated)
        if "vcs_info" in origin:
            return _from_git(origin["url"], origin["vcs_info"]["commit_id"])
        if "dir_info" in origin:
            return _from_git(remote(Path(url2pathname(urlsplit(origin["url"]).path))))
    except (ValueError, KeyError, TypeError, AttributeError):
        # Nothing that a version of pip we know writes.
        return None
    return None


def _from_git(address: str, commit: str = "") -> str | None:
    """What pip calls a repository; what else stands in its address, such as a password, goes."""
    over_ssh = _SSH.fullmatch(address)
    if over_ssh:
        address = f"https://{over_ssh[1]}/{over_ssh[2]}"
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    public = f"{parts.scheme}://{host}{parts.path}"
    if not _PLAIN.fullmatch(public):
        return None
    return f"git+{public}" + (f"@{commit}" if _COMMIT.fullmatch(commit) else "")


def _remote(folder: Path) -> str:
    try:
        found = subprocess.run(  # noqa: S603 - no shell takes part
            ["git", "-C", str(folder), "remote", "get-url", "origin"],  # noqa: S607 - as in a shell
            capture_output=True, text=True, check=False, timeout=10,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return ""
    return found.stdout.strip() if found.returncode == 0 else ""
