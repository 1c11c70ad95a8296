"""Which changes on the disk ask for a build."""

import asyncio
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from notesite.building import BuildOptions, open_project
from notesite.server.watching import SitePaths, Watcher, site_paths, why_not_watched

PATHS = SitePaths(
    config=Path("/s/notesite.toml"), source=Path("/s/notes"), templates=Path("/s/templates"),
    static=Path("/s/static"), output=Path("/s/notes/output"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("path", "matters"),
    [
        ("/s/notes/a.md", True),
        ("/s/notes/deep/er/plot.svg", True),
        ("/s/templates/note.html", True),
        ("/s/static/css/own.css", True),
        ("/s/notes/output/a.html", False),
        ("/s/notes/.obsidian/workspace.json", False),
        ("/s/notes/.a.md.swp", False),
        ("/s/notes/a.md~", False),
        ("/s/notes/#a.md#", False),
        ("/s/notes/4913", False),
        ("/s/notes/a.md.tmp", False),
        ("/s/static/node_modules/x/y.js", False),
        ("/s/README.md", False),
        ("/s/notes", False),
        ("/elsewhere/a.md", False),
    ],
)
def test_only_files_of_the_site_matter(path, matters):
    assert PATHS.holds(Path(path)) is matters


def test_a_site_below_a_hidden_folder_is_watched_too():
    root = Path("/home/.notes")
    paths = SitePaths(root / "n.toml", root / "notes", root / "t", root / "s", root / "o")
    assert paths.holds(Path("/home/.notes/notes/a.md"))


def test_a_bibliography_beside_the_configuration_shapes_every_page():
    paths = replace(PATHS, files=(Path("/s/references.bib"),))
    assert paths.shapes_every_page(Path("/s/references.bib"))
    assert Path("/s") in paths.folders_above() or Path("/") in paths.folders_above()


def test_templates_and_the_configuration_shape_every_page():
    assert PATHS.shapes_every_page(Path("/s/templates/macros.html"))
    assert PATHS.shapes_every_page(Path("/s/notesite.toml"))
    assert not PATHS.shapes_every_page(Path("/s/static/css/own.css"))


def test_an_output_folder_that_holds_the_notes_does_not_blind_the_watcher(tmp_path):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notesite.toml").write_text('[site]\noutput = "notes"\n')
    paths = site_paths(open_project(BuildOptions(), tmp_path)[0])
    assert paths.holds(tmp_path.resolve() / "notes" / "a.md")


def test_folders_are_watched_where_they_are(tmp_path):
    root = tmp_path.resolve()
    (root / "notes").mkdir()
    paths = site_paths(open_project(BuildOptions(), root)[0])
    assert paths.present_folders() == (root / "notes",)
    assert paths.folders_above() == (root,)


class Watching:
    """A watcher at work, and what it has said."""

    def __init__(self, root):
        self.root = root
        self.calls = []
        self._news = asyncio.Event()
        self._watcher = Watcher(self._find, self._changed)

    def _find(self):
        return site_paths(open_project(BuildOptions(), self.root)[0])

    def _changed(self, reload, touched):
        self.calls.append(reload)
        self.touched = touched
        self._news.set()

    async def hears(self, *, reload):
        """Wait for a change that may, or may not, change every page."""
        async with asyncio.timeout(60):
            while reload not in self.calls:
                self._news.clear()
                await self._news.wait()
        self.calls.clear()

    async def hears_of_edits(self, file, *, reload):
        """Edit `file` until that is heard: a watch may not be there at once after a move."""
        async with asyncio.timeout(60):
            while reload not in self.calls:
                file.write_text(f"{file.name} {len(self.calls)}")
                await asyncio.sleep(0.1)
        self.calls.clear()

    async def __aenter__(self):
        self._task = asyncio.create_task(self._watcher.run())
        await self.hears(reload=True)
        return self

    async def __aexit__(self, *_):
        self._watcher.stop()
        async with asyncio.timeout(60):
            await self._task


@pytest.fixture
def root(tmp_path):
    (tmp_path / "notes" / "deep").mkdir(parents=True)
    (tmp_path / "notes" / "a.md").write_text("a")
    (tmp_path / "notesite.toml").write_text("")
    return tmp_path


def test_edits_ask_for_a_build_and_leftovers_do_not(root):
    async def script():
        async with Watching(root) as watching:
            (root / "notes" / ".a.md.swp").write_text("x")
            (root / "README.md").write_text("x")
            await asyncio.sleep(0.2)
            assert watching.calls == []
            (root / "notes" / "deep" / "b.md").write_text("b")
            await watching.hears(reload=False)
            assert watching.touched == {(root / "notes" / "deep" / "b.md").resolve()}

    asyncio.run(script())


@pytest.mark.skipif(sys.platform != "linux", reason="names are Unicode elsewhere")
def test_a_name_that_is_not_utf_8_is_told_of(root):
    async def script():
        folder = root / "notes" / os.fsdecode(b"\xff")
        folder.mkdir()
        watcher = Watcher(lambda: site_paths(open_project(BuildOptions(), root)[0]), ignore)

        async def edit():
            while True:
                await asyncio.sleep(0.1)
                (folder / "a.md").write_text("Text.")

        editing = asyncio.create_task(edit())
        try:
            async with asyncio.timeout(60):
                with pytest.raises(OSError, match="decode path") as raised:
                    await watcher.run()
        finally:
            editing.cancel()
        assert why_not_watched(raised.value).endswith("is not written in UTF-8: rename it.")

    def ignore(reload, touched):
        pass

    asyncio.run(script())


@pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux's")
@pytest.mark.parametrize("limit", ["max_inotify_instances", "max_inotify_watches"])
def test_what_linux_refuses_to_watch_is_explained(site, limit):
    site.note("alpha")
    serve = f"exec '{sys.executable}' -m notesite serve --port 0"
    # Only for the processes below: it is a limit of their own namespace.
    script = f"echo 0 > /proc/sys/user/{limit} || exit 77; {serve}"
    done = subprocess.run(
        ["unshare", "-Ur", "sh", "-c", script], cwd=site.root, capture_output=True, text=True,
        check=False, timeout=60,
    )  # fmt: skip
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip("no namespaces here")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    remedy = limit.removeprefix("max_inotify_")
    assert f"sudo sysctl fs.inotify.max_user_{remedy}=" in done.stderr


def test_a_file_that_is_emptied_first_is_waited_for(root):
    note = root / "notes" / "a.md"

    async def script():
        async with Watching(root) as watching:
            with note.open("w") as stream:
                await asyncio.sleep(0.03)
                assert watching.calls == []
                stream.write("new")
            await watching.hears(reload=False)
            note.write_text("")
            await watching.hears(reload=False)

    asyncio.run(script())


def test_an_editor_that_replaces_files_is_noticed_each_time(root):
    async def script():
        async with Watching(root) as watching:
            for name in ("notes/a.md", "notesite.toml"):
                for text in ("# one", "# two"):
                    (root / "new~").write_text(text)
                    (root / "new~").replace(root / name)
                    await watching.hears(reload=name == "notesite.toml")

    asyncio.run(script())


def test_folders_may_come_and_go(root):
    async def script():
        async with Watching(root) as watching:
            (root / "templates").mkdir()
            await watching.hears(reload=True)
            (root / "notes").rename(root / "old")
            await watching.hears(reload=True)
            (root / "old").rename(root / "notes")
            await watching.hears(reload=True)
            await watching.hears_of_edits(root / "notes" / "a.md", reload=False)
            await watching.hears_of_edits(root / "templates" / "note.html", reload=True)

    asyncio.run(script())


def test_a_configuration_that_names_another_folder_is_followed(root):
    async def script():
        async with Watching(root) as watching:
            (root / "texts").mkdir()
            (root / "notesite.toml").write_text('[site]\nsource = "texts"\n')
            await watching.hears(reload=True)
            await watching.hears_of_edits(root / "texts" / "c.md", reload=False)

    asyncio.run(script())
