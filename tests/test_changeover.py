"""Whatever ends a build, at whatever moment: the next one makes the output whole."""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from notesite.model import Page
from notesite.publishing.changeover import OWN_FOLDER, has_unfinished, read_manifest
from notesite.publishing.publication import (
    Publication,
    PublishError,
    publish,
    repair,
)
from notesite.publishing.refusing import refuse_output
from tests.conftest import SiteMaker

KILLS = int(os.environ.get("NOTESITE_KILLS", "6"))
"""How often a build is killed; fifty times before a release."""

FILES = 60

PUBLISHER = """\
import sys
from pathlib import Path
from tests.test_changeover import site_of
from notesite.publishing.publication import publish
print("ready", flush=True)
number = 0
while True:
    publish(site_of(number % 2), Path(sys.argv[1]))
    number += 1
"""


def site_of(number: int) -> list[Page]:
    """One of two sites that differ in the texts of pages, in what pages there are, in folders."""
    pages = [Page(f"n/{i}.html", f"{number} {i}".encode() * 400) for i in range(FILES)]
    pages += [Page(f"only-{number}/{i}.html", b"x" * 900) for i in range(FILES // 3)]
    return [*pages, Page("a" if number else "a/b", b"ab"), Page("static/s.css", bytes([number]))]


def contents(output: Path) -> dict[str, bytes]:
    files = (path for path in output.rglob("*") if path.is_file())
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in files
        if OWN_FOLDER not in path.parts
    }


SITES = [{page.path: page.content for page in site_of(number)} for number in range(2)]


def test_a_build_killed_at_any_moment_leaves_one_site_or_the_other(tmp_path: Path) -> None:
    moments = random.Random(7)
    publish(site_of(1), tmp_path)
    (tmp_path / "mine.txt").write_bytes(b"mine")
    unfinished = 0
    for _ in range(KILLS):
        process = start(["-c", PUBLISHER, str(tmp_path)], Path.cwd())
        assert process.stdout
        process.stdout.readline()
        time.sleep(moments.uniform(0.01, 0.4))
        process.kill()
        process.communicate()
        unfinished += has_unfinished(tmp_path)
        repair(tmp_path)
        found = contents(tmp_path)
        assert found.pop("mine.txt") == b"mine"
        assert found in SITES
        assert not has_unfinished(tmp_path)
    assert KILLS < 40 or unfinished


def start(arguments: list[str], folder: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.Popen(
        [sys.executable, *arguments], cwd=folder, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_command_stopped_by_a_signal_is_made_good_by_the_next(
    site: SiteMaker, sign: signal.Signals
) -> None:
    for number in range(12):
        site.note(f"n{number}", f"Text of {number}, see [[n{(number + 1) % 12}]].")
    site.build(cached=True)
    moments = random.Random(int(sign))
    for count in range(max(KILLS // 3, 1)):
        site.note("n1", f"Edit {count}.", title=f"Other {count}", tags=f"[t{count}]")
        process = start(["-m", "notesite", "build", "--quiet"], site.root)
        time.sleep(moments.uniform(0.1, 1.5))
        process.send_signal(sign)
        process.communicate()
    site.build(cached=True, index_later=False)
    site.build(output=site.root / "clean", index_later=False)
    assert contents(site.root / "output") == contents(site.root / "clean")


def failing(work: Callable[..., object], after: int, number: int) -> Callable[..., object]:
    left = [after]

    def wrapped(*arguments: object, **options: object) -> object:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(number, os.strerror(number))
        return work(*arguments, **options)

    return wrapped


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EIO])
@pytest.mark.parametrize("method", ["write_bytes", "write_text", "replace", "unlink", "mkdir"])
@pytest.mark.parametrize("after", [0, 1, 5, 70])
def test_a_disk_that_refuses_is_reported_and_made_good_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, method: str, after: int
) -> None:
    publish(site_of(0), tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(Path, method, failing(getattr(Path, method), after, number))
        with suppress(PublishError):
            publish(site_of(1), tmp_path)
        assert contents(tmp_path) in SITES or has_unfinished(tmp_path)
    repair(tmp_path)
    assert contents(tmp_path) in SITES
    publish(site_of(1), tmp_path)
    assert contents(tmp_path) == SITES[1]


def test_a_full_disk_leaves_the_old_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(site_of(0), tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", failing(Path.write_bytes, 9, errno.ENOSPC))
        with pytest.raises(PublishError, match="No space left"):
            publish(site_of(1), tmp_path)
    assert contents(tmp_path) == SITES[0]
    assert sorted(each.name for each in (tmp_path / OWN_FOLDER).iterdir()) == [
        "lock", "manifest.json",
    ]  # fmt: skip


def test_a_build_that_finds_nothing_new_finishes_what_another_began(site: SiteMaker) -> None:
    site.note("a", "Text.")
    site.build(cached=True)
    time.sleep(0.2)
    site.build(cached=True)
    own = site.root / "output" / OWN_FOLDER
    (own / "staging").mkdir()
    (own / "staging" / "1").write_text("half", encoding="utf-8")
    (own / "steps.json").write_text(
        '{"moves": {"a.html": "1", "../x": "1", "b.html": "../../x"}, "removals": ["all.html"],'
        ' "files": ["a.html"]}', encoding="utf-8",
    )  # fmt: skip
    site.build(cached=True)
    site.build(output=site.root / "clean")
    assert contents(site.root / "output") == contents(site.root / "clean")
    assert not (site.root / "x").exists()


def test_what_other_processes_staged_is_moved_by_the_next_build_too(tmp_path: Path) -> None:
    publish([Page("a.html", b"old")], tmp_path)
    with Publication(tmp_path) as publication:
        publication.begin_apart("4711-")
        publication.add(Page("a.html", b"new"))
        staged = publication.staged_of(["a.html"])
        own = tmp_path / OWN_FOLDER
        steps = {"moves": dict(staged.files), "removals": [], "files": ["a.html"]}
        (own / "steps.json").write_text(json.dumps(steps), encoding="utf-8")

    repair(tmp_path)

    assert contents(tmp_path) == {"a.html": b"new"}


@pytest.mark.parametrize("path", ["../out", "a/../b", "/etc/a", "a//b", "./a", "", "a\\b", 3])
def test_a_manifest_names_no_file_outside_of_the_output(tmp_path: Path, path: object) -> None:
    (tmp_path / OWN_FOLDER).mkdir()
    manifest = {"version": 1, "files": ["a.html", path, "b/.c", "..d/e.."]}
    (tmp_path / OWN_FOLDER / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")

    assert read_manifest(tmp_path) == {"a.html", "b/.c", "..d/e.."}


def test_a_link_in_the_output_does_not_lead_a_build_out_of_it(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "0.html").write_text("precious", encoding="utf-8")
    output = tmp_path / "o"
    publish([Page("a.html", b"1")], output)
    (output / "n").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PublishError):
        publish([Page("a.html", b"1"), Page("n/0.html", b"2")], output)
    assert (tmp_path / "elsewhere" / "0.html").read_text(encoding="utf-8") == "precious"


def test_an_output_inside_the_notes_is_refused_even_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "way").symlink_to(tmp_path / "notes")
    assert refuse_output(tmp_path / "way", [tmp_path, tmp_path / "notes"], adopt=True)
