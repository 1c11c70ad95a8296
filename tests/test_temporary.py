"""Temporary folders go with their process, or at the next one's start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from notesite.temporary import MARK, temporary_folder

HOLD = """
import time
from notesite.temporary import temporary_folder
with temporary_folder() as folder:
    (folder / "site").mkdir()
    (folder / "site/a.html").write_text("a")
    print(folder, flush=True)
    time.sleep(60)
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))


def test_it_goes_with_its_block(tmp_path: Path) -> None:
    with temporary_folder() as folder:
        assert folder.parent == tmp_path
        (folder / "a").mkdir()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows locks no folders")
def test_what_a_killed_process_left_goes_at_the_next_start_and_not_before(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        left = Path(other.stdout.readline().strip())
        try:
            with temporary_folder():
                assert (left / "site/a.html").is_file()
        finally:
            other.send_signal(signal.SIGKILL)
        other.wait()
    assert (left / "site/a.html").is_file()
    with temporary_folder() as folder:
        assert list(tmp_path.iterdir()) == [folder]


def test_nothing_goes_that_may_be_somebody_elses(tmp_path: Path) -> None:
    (tmp_path / "notesite-without-mark").mkdir()
    (tmp_path / "notesite-file").write_text("")
    apart = tmp_path / "apart"
    apart.mkdir()
    (apart / MARK).touch()
    (tmp_path / "notesite-link").symlink_to(apart)
    before = sorted(path.name for path in tmp_path.rglob("*"))
    with temporary_folder():
        pass
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


@pytest.mark.skipif(not hasattr(os, "chown") or os.getuid() != 0, reason="only root gives away")
def test_nothing_of_another_user_goes(tmp_path: Path) -> None:
    theirs = tmp_path / "notesite-theirs"
    theirs.mkdir()
    (theirs / MARK).touch()
    os.chown(theirs, 65534, 65534)
    with temporary_folder():
        pass
    assert (theirs / MARK).is_file()
