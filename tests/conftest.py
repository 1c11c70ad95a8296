"""Fixtures that several rooms' tests share: small sites made of texts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from notesite.building import Builder, BuildOptions, BuildReport
from notesite.config import Config, MarkdownConfig
from notesite.markdown.note import NoteParser
from notesite.math import MathSettings
from notesite.model import Note, Reference, ReferenceKind, Source

# It is not the fault of an example that a busy machine takes its time; and what is published is not
# held up by one that was never tried before.
settings.register_profile(
    "patient",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("patient")

# A browser on a busy machine is late in ways that no single test foresees. One that errs this often
# in a row errs; a run names at its end what it tried again.
_TRIES_AGAIN = 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try a browser's test again that failed; the last line of a run counts the reruns."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=_TRIES_AGAIN))


@dataclass
class SiteMaker:
    """A site in a temporary folder: write files, build, read what came out."""

    root: Path
    options: dict[str, object] = field(default_factory=dict)

    def write(self, path: str, content: str | bytes) -> Path:
        """Write a file of the site; notes go under `notes/`."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def note(self, name: str, body: str = "Text.", **front_matter: object) -> Path:
        """Write a note; the keywords are its front matter."""
        lines = "".join(f"{key}: {value}\n" for key, value in front_matter.items())
        head = f"---\n{lines}---\n" if lines else ""
        return self.write(f"notes/{name}.md", head + body)

    def build(self, **options: object) -> BuildReport:
        """Build the site with a new builder; neither cards nor the search's index are made."""
        given = {"index_later": True, "cards": False, **self.options, **options}
        return Builder(BuildOptions(**given), self.root).build()  # type: ignore[arg-type]

    def page(self, path: str) -> str:
        """The text of a file of the output."""
        return (self.root / "output" / path).read_text(encoding="utf-8")

    def outputs(self) -> set[str]:
        """The files of the output besides the theme's and notesite's own."""
        output = self.root / "output"
        paths = {
            path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()
        }
        return {path for path in paths if not path.startswith(("static/", ".notesite/"))}


def codes(report: BuildReport) -> list[str]:
    """The codes of a report's diagnostics, the hint that there is no config aside."""
    return [each.code for each in report.diagnostics if each.code != "config-missing"]


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests out of the user's caches."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def site(tmp_path: Path) -> SiteMaker:
    """An empty site without git, whose folder is called `site`."""
    root = tmp_path / "site"
    (root / "notes").mkdir(parents=True)
    (root / "notesite.toml").write_text("[site]\ngit_dates = false\n", encoding="utf-8")
    return SiteMaker(root)


@pytest.fixture(scope="session")
def parser() -> NoteParser:
    """A parser with the default configuration."""
    return NoteParser(MarkdownConfig(), MathSettings())


def parse(parser: NoteParser, text: str) -> Note:
    """The note that a text makes."""
    return parser.parse(Source("folder/a note.md", "notes/folder/a note.md", text, "digest"))


def html_of(note: Note) -> str:
    """A note's body with its references shown as `{kind:target#fragment}`."""
    return "".join(
        piece if isinstance(piece, str) else show_reference(piece)
        for piece in note.body
        if isinstance(piece, str) or piece.kind is not ReferenceKind.PART
    )


def show_reference(reference: Reference) -> str:
    """A short form of a reference, for comparing."""
    fragment = f"#{reference.fragment}" if reference.fragment else ""
    target = f":{reference.target}{fragment}" if reference.target or fragment else ""
    return "{" + reference.kind.value + target + "}"


DEFAULT_CONFIG = Config()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option that writes golden files anew."""
    parser.addoption("--regenerate", action="store_true", help="write golden files anew")
