"""The notes folder: what counts as a note, what is left out, what cannot be read."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from notesite.diagnostics import Diagnostic
from notesite.model import Source
from notesite.sources import decode_source, matches_glob, read_source, scan


def test_notes_and_files_are_told_apart_and_sorted(tmp_path) -> None:
    for path in ("b.md", "a/c.MD", "a/pic.png", ".hidden.md", ".obsidian/x.md", "d.md~", ".#e.md"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).touch()
    tree = scan(tmp_path)
    assert tree.notes == ("a/c.MD", "b.md")
    assert tree.files == ("a/pic.png",)


@pytest.mark.parametrize(
    ("path", "pattern", "matches"),
    [
        ("a/b.md", "a/**", True),
        ("a/b/c.md", "a/**", True),
        ("ab/c.md", "a/**", False),
        ("a/b/c.md", "a/*", True),
        ("a/b.md", "a", True),
        ("x/a/b.md", "a", True),
        ("x/b.md", "*.md", True),
        ("x/y/b.md", "x/**/b.md", True),
        ("x/b.md", "x/**/b.md", True),
        ("a+b.md", "a+b.md", True),
        ("x/templates/t.md", "templates/", True),
    ],
)
def test_globs(path: str, pattern: str, matches: bool) -> None:
    assert matches_glob(path, pattern) is matches


def test_ignored_files_are_left_out(tmp_path) -> None:
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "a.md").touch()
    (tmp_path / "b.md").touch()
    assert scan(tmp_path, ["private"]).notes == ("b.md",)


def test_links_out_of_the_folder_and_loops_are_not_followed(tmp_path) -> None:
    root, outside = tmp_path / "notes", tmp_path / "secret"
    (root / "in").mkdir(parents=True)
    outside.mkdir()
    (outside / "s.md").touch()
    (root / "in" / "a.md").touch()
    (root / "out").symlink_to(outside)
    (root / "s.md").symlink_to(outside / "s.md")
    (root / "in" / "loop").symlink_to(root)
    (root / "alias.md").symlink_to(root / "in" / "a.md")
    assert scan(root).notes == ("alias.md", "in/a.md")


def test_pipes_and_folders_named_like_notes_are_passed_over(tmp_path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "folder.md").mkdir()
    assert scan(tmp_path).notes == ()


def test_line_ends_and_byte_order_marks_change_no_place() -> None:
    source = decode_source(b"\xef\xbb\xbfa\r\nb\rc", "a.md", "a.md")
    assert isinstance(source, Source)
    assert source.text == "a\nb\nc"


@pytest.mark.parametrize(
    ("content", "says", "place"),
    [
        (b"ok\n\xffx", "byte 0xff", (2, 1)),
        (b"\xff\xfea\x00", "UTF-16", None),
    ],
)
def test_other_encodings_are_reported(content: bytes, says: str, place: object) -> None:
    problem = decode_source(content, "a.md", "a.md")
    assert isinstance(problem, Diagnostic)
    assert problem.code == "source-encoding"
    assert says in problem.message
    start = problem.span.start if problem.span else None
    assert ((start.line, start.column) if start else None) == place


def test_file_that_cannot_be_read_is_reported(tmp_path) -> None:
    problem = read_source(tmp_path, "gone.md", "notes/gone.md")
    assert isinstance(problem, Diagnostic)
    assert (problem.code, problem.file) == ("source-unreadable", "notes/gone.md")


def test_what_is_passed_over_is_told(tmp_path) -> None:
    root, outside = tmp_path / "notes", tmp_path / "secret"
    (root / "in").mkdir(parents=True)
    outside.mkdir()
    (outside / "s.md").touch()
    os.mkfifo(root / "pipe.md")
    (root / "out").symlink_to(outside)
    (root / "in" / "loop").symlink_to(root)
    (root / "round").symlink_to("round")
    (root / "gone.md").symlink_to("nowhere.md")
    assert dict(scan(root).passed_over) == {
        "gone.md": "a link that leads nowhere",
        "in/loop": "a link to a folder that holds it, or within a linked folder",
        "out": "a link out of the folder",
        "pipe.md": "neither a file nor a folder",
        "round": "a link that leads nowhere",
    }
    kept = scan(root, ["out", "*.md"]).passed_over
    assert [path for path, _ in kept] == ["in/loop", "round"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have names in Unicode alone")
def test_a_name_that_is_not_in_utf_8_is_passed_over_and_told_of(tmp_path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.md")).write_text("x", encoding="utf-8")
    (tmp_path / "gut\u00e9.md").write_text("x", encoding="utf-8")
    tree = scan(tmp_path)
    assert tree.notes == ("gut\u00e9.md",)
    [(path, reason)] = tree.passed_over
    assert path == "bad\\xff.md"
    assert "not in UTF-8" in reason


def test_links_out_of_the_folder_are_followed_when_that_is_wanted(tmp_path) -> None:
    root, outside = tmp_path / "notes", tmp_path / "secret"
    root.mkdir()
    outside.mkdir()
    (outside / "s.md").touch()
    (outside / "back").symlink_to(root)
    (root / "out").symlink_to(outside)
    assert scan(root, follow=True).notes == ("out/s.md",)


def test_links_to_folders_of_links_are_not_walked_as_often_as_they_could_be(tmp_path) -> None:
    folder = tmp_path
    for _ in range(12):
        (folder / "d").mkdir()
        (folder / "l").symlink_to("d")
        folder = folder / "d"
    (folder / "n.md").touch()
    assert len(scan(tmp_path).notes) == 13


def test_a_null_character_is_no_text() -> None:
    problem = decode_source(b"a\nbc\0", "a.md", "a.md")
    assert isinstance(problem, Diagnostic)
    assert problem.code == "source-encoding"
    assert problem.span
    assert (problem.span.start.line, problem.span.start.column) == (2, 3)
    assert isinstance(decode_source("ab".encode("utf-16-le"), "a.md", "a.md"), Diagnostic)
