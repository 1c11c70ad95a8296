"""The dates of notes from git: when each was first and last committed."""

from __future__ import annotations

import subprocess
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def git_history(folder: Path) -> dict[str, tuple[date, date]]:
    """The first and the last commit's day of each file below `folder`, by its path there.

    Days are the authors' (`%as`), so that they do not depend on the machine. Empty where there is
    no repository, no git, or only a shallow clone, in which every file seems to be of one day.
    """
    shallow = _git(folder, "rev-parse", "--is-shallow-repository")
    if shallow is None or shallow.strip() != "false":
        return {}
    log = _git(
        folder, "-c", "core.quotepath=off", "log", "--format=%x00%as", "--name-only",
        "--no-renames", "--relative", "--diff-filter=AM", "--", ".",
    )  # fmt: skip
    return _parse_log(log or "")


def git_state(folder: Path) -> str:
    """What the dates from git depend on: the commit that is checked out, and how deep the clone is.

    Empty where there is no repository or no git.
    """
    return _git(folder, "rev-parse", "HEAD", "--is-shallow-repository") or ""


def _parse_log(log: str) -> dict[str, tuple[date, date]]:
    """Read the log, newest commit first: each begins with a NUL and its day, then its files."""
    dates: dict[str, tuple[date, date]] = {}
    for commit in log.split("\0")[1:]:
        day_text, _, names = commit.partition("\n")
        day = date.fromisoformat(day_text)
        for name in names.split("\n"):
            if name:
                _, last = dates.get(name, (day, day))
                dates[name] = (day, last)
    return {name: (min(days), max(days)) for name, days in dates.items()}


def _git(folder: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603 - fixed arguments, no shell
            ["git", *arguments],  # noqa: S607 - git is where the user's PATH says
            cwd=folder, capture_output=True, check=True, encoding="utf-8", errors="replace",
        )  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout
