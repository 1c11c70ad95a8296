"""The output folder: what is written, kept, removed and refused."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from notesite.model import Page
from notesite.publishing.changeover import OWN_FOLDER
from notesite.publishing.publication import (
    Publication,
    PublishError,
    folds_case,
    publish,
)
from notesite.publishing.refusing import refuse_output


def pages(**contents: str) -> list[Page]:
    return [
        Page(path.replace("__", "/") + ".html", text.encode()) for path, text in contents.items()
    ]


def files(folder) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file() and OWN_FOLDER not in path.parts
    }


def test_pages_are_written_once_and_left_alone_when_equal(tmp_path) -> None:
    output = tmp_path / "output"
    first = publish(pages(a="1", b__c="2"), output)
    before = (output / "a.html").stat().st_mtime_ns
    second = publish(pages(a="1", b__c="3"), output)
    assert (first.written, first.unchanged) == (("a.html", "b/c.html"), 0)
    assert (second.written, second.unchanged) == (("b/c.html",), 1)
    assert (output / "a.html").stat().st_mtime_ns == before
    assert files(output) == {"a.html": "1", "b/c.html": "3"}


def test_stale_pages_and_empty_folders_go_and_foreign_files_stay(tmp_path) -> None:
    output = tmp_path / "output"
    publish(pages(a="1", b__c="2", d__e="3"), output)
    (output / "d" / "mine.txt").write_text("keep")
    report = publish(pages(a="1"), output)
    assert report.removed == ("b/c.html", "d/e.html")
    assert files(output) == {"a.html": "1", "d/mine.txt": "keep"}
    assert not (output / "b").exists()


def test_page_changed_by_hand_is_written_again(tmp_path) -> None:
    publish(pages(a="1"), tmp_path / "o")
    (tmp_path / "o" / "a.html").write_text("X")
    assert publish(pages(a="1"), tmp_path / "o").written == ("a.html",)


def test_foreign_file_in_the_way_is_not_overwritten(tmp_path) -> None:
    publish(pages(a="1"), tmp_path / "o")
    (tmp_path / "o" / "b.html").write_text("mine")
    with pytest.raises(PublishError, match="in the way"):
        publish(pages(a="2", b="1"), tmp_path / "o")
    assert files(tmp_path / "o") == {"a.html": "1", "b.html": "mine"}


def test_file_gives_way_to_a_folder_and_back(tmp_path) -> None:
    output = tmp_path / "o"
    publish([Page("a", b"1")], output)
    publish([Page("a/b", b"2")], output)
    assert files(output) == {"a/b": "2"}
    publish([Page("a", b"3")], output)
    assert files(output) == {"a": "3"}


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "[" * 100_000, '{"files": ["../x", "/etc/passwd", 3]}'],
)
def test_broken_manifest_owns_nothing(tmp_path, content: str) -> None:
    (tmp_path / "x").write_text("precious")
    output = tmp_path / "o"
    (output / OWN_FOLDER).mkdir(parents=True)
    (output / OWN_FOLDER / "manifest.json").write_text(content)
    publish(pages(a="1"), output)
    assert (tmp_path / "x").read_text() == "precious"
    assert files(output) == {"a.html": "1"}


def test_output_that_cannot_be_written_is_reported(tmp_path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(PublishError, match="cannot be written"):
        publish(pages(a="1"), tmp_path / "file" / "o")


class TestRefusal:
    def refuse(self, output, root, *, adopt=False):
        return refuse_output(output, [root, root / "notes"], adopt=adopt)

    @pytest.fixture
    def root(self, tmp_path):
        (tmp_path / "site" / "notes").mkdir(parents=True)
        return tmp_path / "site"

    def test_folder_of_its_own_is_fine(self, root) -> None:
        assert self.refuse(root / "output", root) is None
        assert self.refuse(root.parent / "elsewhere", root) is None

    @pytest.mark.parametrize("path", [".", "notes", "..", "notes/out", "../..", "/"])
    def test_dangerous_folders(self, root, path: str) -> None:
        problem = self.refuse(root / path, root, adopt=True)
        assert problem is not None
        assert problem.code == "output-refused"

    def test_home(self, root, monkeypatch) -> None:
        home = root.parent / "home"
        home.mkdir()
        monkeypatch.setenv("HOME", str(home))
        assert self.refuse(home, root, adopt=True) is not None

    def test_folder_with_foreign_files_unless_adopted(self, root) -> None:
        output = root / "output"
        output.mkdir()
        (output / "thesis.tex").touch()
        problem = self.refuse(output, root)
        assert problem is not None
        assert "thesis.tex" in problem.message
        assert self.refuse(output, root, adopt=True) is None


def test_on_a_disk_that_folds_case_a_page_wins_over_a_redirect(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [Page("a/b.html", b"the page"), Page("A/B.html", b"a redirect to it")]
    assert len(publish(pages, tmp_path / "one").written) == 2
    monkeypatch.setattr("notesite.publishing.publication.folds_case", lambda _: True)
    assert publish(pages, tmp_path / "two").written == ("a/b.html",)
    assert publish(pages, tmp_path / "two").written == ()


def test_whether_a_disk_folds_case_is_seen_without_writing(tmp_path: Path) -> None:
    assert not folds_case(tmp_path / "not" / "there")
    folder = tmp_path / "name"
    folder.mkdir()
    (tmp_path / "NAME").symlink_to(folder)
    assert folds_case(folder / "2026" / "1")
    assert list(folder.iterdir()) == []


def test_what_is_not_committed_leaves_no_trace(tmp_path: Path) -> None:
    with Publication(tmp_path / "deep" / "output") as publication:
        publication.add(Page("a.html", b"1"))
    assert list(tmp_path.iterdir()) == []
    publish(pages(a="1"), tmp_path / "o")
    with Publication(tmp_path / "o") as publication:
        publication.add(Page("a.html", b"2"))
    assert files(tmp_path / "o") == {"a.html": "1"}
    assert not (tmp_path / "o" / OWN_FOLDER / "staging").exists()


def test_of_two_pages_with_one_path_the_second_counts(tmp_path: Path) -> None:
    done = publish([Page("a.html", b"1"), Page("a.html", b"2"), Page("b.html", b"3")], tmp_path)
    assert files(tmp_path) == {"a.html": "2", "b.html": "3"}
    assert done.written == ("a.html", "b.html")
    done = publish([Page("a.html", b"1"), Page("a.html", b"2"), Page("b.html", b"3")], tmp_path)
    assert (done.written, done.unchanged) == ((), 2)


def test_what_cannot_be_repaired_does_not_keep_the_folder_from_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notesite.publishing.publication._PATIENCE", 0.0)
    publish([], tmp_path)

    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr("notesite.publishing.publication.finish", refuse)
        with pytest.raises(PublishError) as held:
            publish(pages(a="1"), tmp_path)
    # Whoever holds the fault must not hold the lock with it.
    assert "Permission denied" in str(held.value)
    assert publish(pages(a="1"), tmp_path).written == ("a.html",)


def test_a_second_build_waits_for_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def publish_later() -> None:
        publish(pages(b="2"), tmp_path)
        order.append("second")

    order: list[str] = []
    with Publication(tmp_path) as publication:
        publication.add(Page("a.html", b"1"))
        other = Thread(target=publish_later)
        other.start()
        other.join(0.2)
        publication.commit()
        order.append("first")
    other.join()
    assert order == ["first", "second"]
    assert files(tmp_path) == {"b.html": "2"}
    monkeypatch.setattr("notesite.publishing.publication._PATIENCE", 0.0)
    with Publication(tmp_path), pytest.raises(PublishError, match="another build"):
        publish(pages(a="1"), tmp_path)


@pytest.mark.parametrize("calls", range(0, 60, 3))
def test_a_build_that_is_killed_anywhere_is_repaired_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calls: int
) -> None:
    """Every change to the disk may be the last one; what was foreign stays, what was ours goes."""
    publish(pages(a="1", b__c="2", d__e="3"), tmp_path)
    (tmp_path / "mine.txt").write_text("keep")
    left = [calls]

    def dying(work):
        def wrapped(*arguments, **options):
            left[0] -= 1
            if left[0] < 0:
                raise KeyboardInterrupt
            return work(*arguments, **options)

        return wrapped

    with monkeypatch.context() as patch, suppress(KeyboardInterrupt):
        for name in ("write_bytes", "write_text", "replace", "unlink", "mkdir", "rmdir"):
            patch.setattr(Path, name, dying(getattr(Path, name)))
        patch.setattr("shutil.rmtree", dying(shutil.rmtree))
        publish(pages(a="9", b__c="2", f="5", **{f"g{n}": "x" for n in range(8)}), tmp_path)
    publish(pages(a="7", h="8"), tmp_path)
    assert files(tmp_path) == {"a.html": "7", "h.html": "8", "mine.txt": "keep"}
