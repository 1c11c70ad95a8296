"""The values of building: what is asked for, where a site lies, and what came of it."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from notesite.model import Survey
from notesite.records import dataclass

if TYPE_CHECKING:
    from pathlib import Path

    from notesite.config import Config
    from notesite.diagnostics import Diagnostic, Severity
    from notesite.linking.surroundings import Surroundings
    from notesite.markdown.note import NoteParser
    from notesite.model import Note, Site, WebLink


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What the command line says; None leaves it to the configuration.

    `config_text` is a configuration that is in no file yet; `config` then says where it would be.
    `keep_going` publishes a site with faults in it; `publish` is False for a check. `cached` keeps
    what was computed among the user's caches; `jobs` is how many processes may parse at once;
    `index_later` leaves the search as it was until `build_index` is called; `whole_fonts` serves
    the whole math font, not the part that the site needs; `cards` is False where nobody will see
    the pictures for social networks, which take long to paint.
    """

    config: Path | None = None
    config_text: str | None = None
    source: Path | None = None
    output: Path | None = None
    base_url: str | None = None
    strict: bool = False
    drafts: bool = False
    keep_going: bool = False
    publish: bool = True
    adopt: bool = False
    cached: bool = False
    jobs: int = 1
    index_later: bool = False
    whole_fonts: bool = False
    cards: bool = True


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did and what it found.

    `edited` are the URLs of the notes that are new or other than in the Builder's last build, none
    in its first. `lines` gives the lines of the files that diagnostics name. `written` and
    `removed` are paths in the output; `is_published` is False when errors left the last good output
    in place.
    """

    diagnostics: tuple[Diagnostic, ...]
    lines: dict[str, list[str]] = field(default_factory=dict)
    survey: Survey = field(default_factory=Survey)
    web_links: tuple[WebLink, ...] = ()
    edited: tuple[str, ...] = ()
    notes: int = 0
    formulas: int = 0
    pages: int = 0
    written: tuple[str, ...] = ()
    unchanged: int = 0
    removed: tuple[str, ...] = ()
    output: Path | None = None
    is_published: bool = False

    def count(self, severity: Severity) -> int:
        """How many diagnostics there are of a severity."""
        return sum(diagnostic.severity is severity for diagnostic in self.diagnostics)


@dataclass(frozen=True, slots=True)
class Project:
    """The folders of a site; `root` is where relative paths start and diagnostics' names too."""

    root: Path
    source: Path
    output: Path
    templates: Path
    static: Path
    config_file: Path | None
    usual_output: Path
    """Where the configuration has the site written, even when this build goes elsewhere."""
    files: tuple[Path, ...] = ()
    """Files outside of the folders that pages are made from, there or not: bibliographies."""
    excluded: tuple[str, ...] = ()
    """What Obsidian was told to keep out of its search, as a vault's settings have it."""

    def name(self, path: Path) -> str:
        """How a person would name `path`: from the site's root, else from where they are."""
        if path.is_relative_to(self.root):
            return path.relative_to(self.root).as_posix()
        return path.as_posix()


@dataclass(frozen=True, slots=True)
class Linked:
    """A site before its pages are made: its notes, and what they say together."""

    project: Project
    config: Config
    parser: NoteParser
    notes: list[Note]
    site: Site
    around: Surroundings
