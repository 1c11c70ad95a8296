"""What git says of notes, whatever the repository holds."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from notesite.history import changes_from, dates_from, git_log

BY = "A <a@b.c>"
SIGNATURE = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n"


def git(folder: Path, *arguments: str, given: str = "") -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, input=given, capture_output=True, check=True, text=True
    )
    return done.stdout.strip()


def commit(folder: Path, text: str, moment: str = "1700000000 +0000", signed: str = "") -> str:
    """Commit the note `a.md` with that text, at a moment that `git commit` may refuse."""
    (folder / "a.md").write_text(text)
    git(folder, "add", "a.md")
    tree = git(folder, "write-tree")
    try:
        parent = f"parent {git(folder, 'rev-parse', '--verify', '-q', 'HEAD')}\n"
    except subprocess.CalledProcessError:
        parent = ""
    said = f"tree {tree}\n{parent}author {BY} {moment}\ncommitter {BY} {moment}\n{signed}\n{text}\n"
    made = git(folder, "hash-object", "-t", "commit", "-w", "--literally", "--stdin", given=said)
    git(folder, "update-ref", "HEAD", made)
    return made


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    return tmp_path


@pytest.mark.parametrize("moment", ["99999999999999 +0000", "-99999999999 +0000", "x", "1 +9999"])
def test_what_is_no_day_is_passed_over(repository: Path, moment: str) -> None:
    commit(repository, "first")
    commit(repository, "second", moment)
    commit(repository, "third", "1800000000 +0000")
    log = git_log(repository)
    first, last = dates_from(log)["a.md"]
    assert last == date(2027, 1, 15)
    assert first <= date(2023, 11, 14)
    assert changes_from(log)["a.md"][0].subject == "third"


def program(folder: Path) -> tuple[Path, Path]:
    """A program, and the file that is there once it has been run."""
    sign = folder / "sign"
    run = folder / "program"
    run.write_text(f"#!/bin/sh\ntouch '{sign}'\n")
    run.chmod(0o755)
    return run, sign


@pytest.mark.skipif(os.name == "nt", reason="its programs are no shell scripts")
def test_nothing_is_run_that_a_repository_names(repository: Path) -> None:
    run, sign = program(repository)
    commit(repository, "first", signed=SIGNATURE)
    git(repository, "config", "log.showSignature", "true")
    git(repository, "config", "gpg.program", str(run))
    assert len(git_log(repository)) == 1
    assert not sign.exists()


@pytest.mark.skipif(os.name == "nt", reason="its programs are no shell scripts")
@pytest.mark.parametrize("address", ["ssh://host/x", "{here}", "ext::{program}"])
def test_nothing_is_fetched_for_it(repository: Path, address: str) -> None:
    run, sign = program(repository)
    commit(repository, "first\n" * 20)
    (repository / "a.md").rename(repository / "b.md")
    git(repository, "add", "-A")
    git(repository, "-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "-qm", "moved")
    (repository / "b.md").write_text("first\n" * 20 + "second")
    (repository / "b.md").rename(repository / "c.md")
    git(repository, "add", "-A")
    git(repository, "-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "-qm", "moved")
    for blob in ("HEAD:c.md", "HEAD~1:b.md"):
        name = git(repository, "rev-parse", blob)
        (repository / ".git" / "objects" / name[:2] / name[2:]).unlink()
    url = address.format(here=repository, program=run)
    for key, value in {
        "core.repositoryformatversion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": url,
        "remote.origin.uploadpack": str(run),
        "core.sshCommand": str(run),
        "protocol.allow": "always",
        "protocol.ssh.allow": "always",
        "protocol.ext.allow": "always",
        "protocol.file.allow": "always",
    }.items():
        git(repository, "config", key, value)
    git_log(repository)
    assert not sign.exists()
