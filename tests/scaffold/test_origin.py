"""Where another machine gets the notesite that made a site."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from notesite.scaffold import new_site, requirement
from notesite.scaffold.origin import requirement_of

if TYPE_CHECKING:
    from pathlib import Path


def stated(url: str, **info: object) -> str:
    return json.dumps({"url": url, **info})


@pytest.mark.parametrize(
    ("origin", "remote", "expected"),
    [
        (None, "", "notesite"),
        (
            stated("https://a.org/me/notesite.git", vcs_info={"vcs": "git", "commit_id": "0" * 40}),
            "",
            f"git+https://a.org/me/notesite.git@{'0' * 40}",
        ),
        (stated("file:///home/me/n", dir_info={"editable": True}), "", None),
        (
            stated("file:///home/me/n", dir_info={}),
            "https://me:secret@a.org/me/notesite",
            "git+https://a.org/me/notesite",
        ),
        (
            stated("file:///home/me/n", dir_info={}),
            "git@a.org:me/notesite.git",
            "git+https://a.org/me/notesite.git",
        ),
        (
            stated("file:///home/me/n", dir_info={}),
            "ssh://git@a.org/me/n",
            "git+https://a.org/me/n",
        ),
        (stated("file:///home/me/n", dir_info={}), "/srv/git/notesite", None),
        (stated("file:///home/me/n", dir_info={}), "https://a.org/x; rm -rf ~", None),
        (stated("https://a.org/n.whl", archive_info={}), "", None),
        (stated("https://a.org/n", vcs_info={"commit_id": "; true"}), "", "git+https://a.org/n"),
        ("{", "", None),
        ("[]", "", None),
        ('{"dir_info": {}, "url": 3}', "", None),
    ],
)
def test_what_pip_wrote_down_says_where(origin: str | None, remote: str, expected: str) -> None:
    assert requirement_of(origin, lambda _folder: remote) == expected


def test_the_repository_of_a_folder_is_asked(tmp_path: Path, monkeypatch) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    subprocess.run(
        ["git", "-C", str(tmp_path), "remote", "add", "origin", "https://a.org/me/n.git"],
        check=True,
    )

    class Installed:
        def read_text(self, _name: str) -> str:
            return stated(tmp_path.as_uri(), dir_info={"editable": True})

    monkeypatch.setattr("notesite.scaffold.origin.distribution", lambda _name: Installed())
    assert requirement() == "git+https://a.org/me/n.git"
    (tmp_path / ".git" / "config").write_text("[remote", encoding="utf-8")
    assert requirement() is None


def test_a_new_site_says_it_to_the_workflow_and_to_its_readers(tmp_path: Path) -> None:
    new_site(tmp_path / "site", "A site", "git+https://a.org/me/n")
    for name in (".github/workflows/pages.yml", "README.md"):
        text = (tmp_path / "site" / name).read_text(encoding="utf-8")
        assert "pip install git+https://a.org/me/n\n" in text
        assert "NOTESITE" not in text
