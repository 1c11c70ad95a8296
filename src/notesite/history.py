"""The history of notes from git: when each was changed, and what was said of it."""

from __future__ import annotations

import os
from collections import defaultdict
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from notesite.model import Change
from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MOST_CHANGES = 50
"""How many changes of a note are told."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: its day, the first line of its message, and the files it added or changed.

    A file is given by the name that it has now, whatever it was called then.
    """

    day: date
    subject: str
    files: tuple[str, ...]


def git_log(folder: Path) -> tuple[Commit, ...]:
    """The commits that touched files below `folder`, the newest first.

    Days are the authors' (`%as`), so that they do not depend on the machine. Empty where there is
    no repository, no git, or only a shallow clone, in which every file seems to be of one day.
    Files are followed through being moved, which by itself changes nothing of what they say.
    """
    shallow = _git(folder, "rev-parse", "--is-shallow-repository")
    if shallow is None or shallow.strip() != "false":
        return ()
    log = _git(
        folder, "-c", "core.quotepath=off", "log", "--no-show-signature", "--format=%x00%as %s",
        "--name-status", "--find-renames", _MOST_MOVED, "--relative",
        "--diff-filter=AMR", "--", ".",
    )  # fmt: skip
    return tuple(_parse_log(log or ""))


_MOST_MOVED = "-l1000"
"""Files of a commit among which those that were moved are looked for."""


def dates_from(log: Iterable[Commit]) -> dict[str, tuple[date, date]]:
    """The first and the last commit's day of each file, by its path."""
    dates: dict[str, tuple[date, date]] = {}
    for commit in log:
        for name in commit.files:
            first, last = dates.get(name, (commit.day, commit.day))
            dates[name] = (min(first, commit.day), max(last, commit.day))
    return dates


def changes_from(log: Iterable[Commit]) -> dict[str, tuple[Change, ...]]:
    """What was said of each change of each file, by its path, the newest first."""
    changes: dict[str, list[Change]] = defaultdict(list)
    for commit in log:
        for name in commit.files:
            if len(changes[name]) < MOST_CHANGES:
                changes[name].append(Change(commit.day, commit.subject))
    return {name: tuple(each) for name, each in changes.items()}


def git_state(folder: Path) -> str:
    """What the dates from git depend on: the commit that is checked out, and how deep the clone is.

    Empty where there is no repository or no git.
    """
    return _git(folder, "rev-parse", "HEAD", "--is-shallow-repository") or ""


def _parse_log(log: str) -> Iterator[Commit]:
    """Read the log: each commit begins with a NUL, its day and its subject, then come its files.

    Each file is a status and a name, or two where it was moved, parted by tabs.
    """
    now: dict[str, str] = {}
    for text in log.split("\0")[1:]:
        head, _, listed = text.partition("\n")
        day, _, subject = head.partition(" ")
        entries = [tuple(line.split("\t")) for line in listed.split("\n") if line]
        changed = (entry[-1] for entry in entries if entry[0] != _ONLY_MOVED)
        files = tuple(filter(None, (now.get(name, name) for name in changed)))
        moved = {old: now.get(new, new) for _, old, new in (e for e in entries if len(e) == 3)}
        # What had the new name before was another file.
        now |= {entry[2]: "" for entry in entries if len(entry) == 3} | moved
        # Git takes any number for a time; what lies outside of the years 1 to 9999 is no day.
        with suppress(ValueError):
            yield Commit(date.fromisoformat(day), subject, files)


_ONLY_MOVED = "R100"

_UNTRUSTED = {"GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1"}
"""What keeps git from running what a repository's own configuration names: programs that fetch what
a clone lacks. Those that look at signatures are forbidden where the log is asked for."""


def _git(folder: Path, *arguments: str) -> str | None:
    import subprocess  # noqa: PLC0415 - slow to import, and not every site asks git

    try:
        done = subprocess.run(  # noqa: S603 - fixed arguments, no shell
            ["git", *arguments],  # noqa: S607 - git is where the user's PATH says
            cwd=folder, capture_output=True, check=True, encoding="utf-8", errors="replace",
            env={**os.environ, **_UNTRUSTED},
        )  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout
