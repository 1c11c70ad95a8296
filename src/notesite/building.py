"""Building: the one orchestration, from a folder of notes to a published site.

This module only wires the stages together. Between builds a `Builder` keeps what it parsed, by
content, so that `serve` parses again only what changed.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from notesite.bibliography.places import has_csl, named_files
from notesite.cache import Store, code_version, digest, pack, site_cache, unpack
from notesite.cards.places import has_cards
from notesite.config import (
    CONFIG_NAME,
    Config,
    MacroConfig,
    SiteConfig,
    find_config,
    load_config,
    parse_config,
)
from notesite.diagnostics import (
    Diagnostic,
    Related,
    Severity,
    diagnose,
    in_order,
    with_severities,
)
from notesite.history import changes_from, dates_from, git_log
from notesite.model import ConfigTexts, Note, Page, PlannedPage, Survey
from notesite.remaking import Maker
from notesite.shelf import Loader, LostError, Shelf
from notesite.snapshots import Snapshot
from notesite.sources import ReadSources, matches_glob, read_source, scan
from notesite.stamps import digest_bytes, known_file
from notesite.theme import theme_folder
from notesite.vault import read_vault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import TypeVar

    from jinja2 import Environment

    from notesite.bibliography.citing import Citing
    from notesite.bibliography.gathering import Gatherer
    from notesite.cards import Cards
    from notesite.indexing import MakingIndex, SearchIndex
    from notesite.linking import LinkMemory, Surrounding
    from notesite.markdown.note import NoteParser
    from notesite.math import MathSettings, Preamble
    from notesite.model import ImageSize, Passage, Site, WebLink
    from notesite.parsing import ParseSettings, Progress
    from notesite.snapshots import Parts
    from notesite.sources import SourceTree
    from notesite.stamps import KnownFile
    from notesite.unchanged import Inputs
    from notesite.vault import VaultSettings

    T = TypeVar("T")

PREAMBLES = ("preamble.tex", "preamble.sty")
"""The files among the notes whose definitions hold for all formulas, the first that is there."""
_IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif")


def _no_progress(items: Sequence[T], doing: str) -> Iterable[T]:  # noqa: ARG001 - the protocol's
    return items


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

    def name(self, path: Path) -> str:
        """How a person would name `path`: from the site's root, else from where they are."""
        if path.is_relative_to(self.root):
            return path.relative_to(self.root).as_posix()
        return path.as_posix()


def open_project(options: BuildOptions, here: Path) -> tuple[Project, Config, list[Diagnostic]]:
    """The site that `options` mean when given in the folder `here`, and its configuration."""
    config_file = _find_config_file(options, here)
    root = config_file.parent if config_file else here
    config, problems = _read_config(config_file, options.config_text)
    if options.base_url is not None:
        config = replace(config, site=replace(config.site, base_url=options.base_url))
    site = config.site
    source = here / options.source if options.source else root / site.source
    if config_file is None and options.source is None and not source.is_dir():
        source = root
    if config_file is None:
        config = replace(config, site=replace(site, title=_folder_title(source, site)))
    config = _heed_vault(config, read_vault(source))
    usual_output = root / site.output
    project = Project(
        root=root,
        source=source,
        output=here / options.output if options.output else usual_output,
        templates=root / site.templates,
        static=root / site.static,
        config_file=config_file,
        usual_output=usual_output,
        files=named_files(root, config.citations),
    )
    return project, config, problems


def _heed_vault(config: Config, vault: VaultSettings) -> Config:
    """The configuration with what it leaves open taken from the vault's own settings."""
    markdown, site = config.markdown, config.site
    if markdown.hard_breaks is None:
        markdown = replace(markdown, hard_breaks=vault.strict_line_breaks is False)
    templates = tuple(f"/{folder}" for folder in vault.template_folders)
    return replace(config, markdown=markdown, site=replace(site, ignore=(*site.ignore, *templates)))


def _folder_title(source: Path, site: SiteConfig) -> str:
    """The name of a site without a configuration: that of the vault's folder."""
    folder = source.resolve()
    name = (folder.parent if folder.name == site.source else folder).name
    return name.replace("-", " ").replace("_", " ") or site.title


def _find_config_file(options: BuildOptions, here: Path) -> Path | None:
    if options.config:
        return here / options.config
    if options.source and (here / options.source / CONFIG_NAME).is_file():
        return here / options.source / CONFIG_NAME
    return find_config(here)


def _read_config(path: Path | None, text: str | None) -> tuple[Config, list[Diagnostic]]:
    if text is not None:
        config, found = parse_config(text)
        return config, list(found)
    if path is None:
        message = "no notesite.toml here; defaults are in force"
        hints = ("'notesite new DIR' writes one with comments",)
        return Config(), [diagnose("config-missing", message, CONFIG_NAME, hints=hints)]
    try:
        config, problems = load_config(path, path.name)
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        return Config(), [diagnose("config-syntax", message, str(path))]
    return config, list(problems)


@dataclass(frozen=True, slots=True)
class Linked:
    """A site before its pages are made: its notes, and what they say together."""

    project: Project
    config: Config
    parser: NoteParser
    notes: list[Note]
    site: Site
    around: Surrounding


class Builder:
    """Builds one site as often as asked; `here` is where relative options start."""

    def __init__(
        self, options: BuildOptions, here: Path, progress: Progress = _no_progress
    ) -> None:
        self._options = options
        self._here = here
        self._progress = progress
        self._parsed: dict[str, Note] = {}
        self._parse_version = ""
        self._used_on = 0
        self._sources = ReadSources()
        self._parser: tuple[ParseSettings, NoteParser] | None = None
        self._memory: LinkMemory | None = None
        self._maker = Maker()
        self._cards: Cards | None = None
        self._version = ""
        self._environment: tuple[str, Environment] | None = None
        self._gatherer: Gatherer | None = None
        self._store: Store | None = None
        self._shelf = Shelf()
        self._search: SearchIndex | None = None
        self._wants_index = not options.index_later
        self._edited: set[str] = set()
        self._sizes: dict[str, tuple[float, int, ImageSize | None]] = {}

    @property
    def has_stale_index(self) -> bool:
        """Whether the published search is one of an earlier state of the site."""
        return bool(self._search and self._search.is_stale)

    def build_index(self) -> BuildReport:
        """Build with the search's index, which `build` leaves for later if told so."""
        self._wants_index = True
        if self._search:
            self._search.want()
        try:
            return self.build()
        finally:
            self._wants_index = not self._options.index_later

    def leave_index(self) -> None:
        """Hurry an index that is being made to its end, from any thread: it will not be new."""
        if self._search:
            self._search.leave()

    def _search_index(self, project: Project) -> SearchIndex:
        from notesite.indexing import SearchIndex  # noqa: PLC0415 - slow to import, as below

        if self._search is None:
            self._search = SearchIndex()
            store = self._open_store(project)
            if store:
                key = _index_key(project)
                self._search.unpack(store.get([key]).get(key, b""))
        return self._search

    def _remember_index(self, project: Project, files: Mapping[str, KnownFile]) -> None:
        search = self._search_index(project)
        before = search.packed()
        search.written(files)
        store = self._open_store(project)
        if store and search.packed() != before:
            store.put({_index_key(project): search.packed()})

    def project(self) -> Project:
        """The folders of the site as its configuration now says."""
        return open_project(self._options, self._here)[0]

    def config(self) -> Config:
        """The configuration as it now is."""
        return open_project(self._options, self._here)[1]

    def extended(self, report: BuildReport, problems: Sequence[Diagnostic]) -> BuildReport:
        """The report with more diagnostics, each at the severity that the site chose for it."""
        project, config, _ = open_project(self._options, self._here)
        strict = self._options.strict
        chosen = with_severities(list(problems), config.severities(), strict=strict)
        files = {problem.file for problem in chosen if problem.span}
        return replace(
            report,
            diagnostics=tuple(in_order((*report.diagnostics, *chosen))),
            lines={**report.lines, **_lines_of(files, project)},
        )

    def build(self) -> BuildReport:
        """Run every stage; nothing is published when there are errors, unless told to keep going.

        Expected problems come back in the report; raises only for mistakes in notesite.
        """
        project, config, problems = open_project(self._options, self._here)
        if any(problem.severity is Severity.ERROR for problem in problems):
            return self._report(project, config, problems)
        refusal = self._refusal(project)
        if refusal:
            return self._report(project, config, [*problems, refusal])
        if self._options.publish:
            fault = _repaired(project.output)
            if fault:
                return self._report(project, config, [*problems, fault])
        is_usual = project.output == project.usual_output or not self._options.publish
        build = self._build_unless_known
        if not self._options.cached or self._parsed or not is_usual:
            build = self._build
        try:
            return build(project, config, list(problems))
        except LostError:
            # Somebody emptied the cache meanwhile; what is parsed now is kept in memory.
            self._forget()
            self._shelf = Shelf()
            return self._build(project, config, problems)

    def _build_unless_known(
        self, project: Project, config: Config, problems: list[Diagnostic]
    ) -> BuildReport:
        """The report of the last build where nothing has changed since, else a new one's."""
        inputs = self._inputs(project, config)
        key = digest("build", repr(project), repr(self._options))
        store = self._open_store(project)
        known = store.get([key]).get(key) if store and inputs else None
        report = self._recall(project, inputs, known) if inputs and known else None
        if report is None:
            snapshot = Snapshot(store, f"site {digest(code_version(), key)}") if store else None
            if snapshot and inputs:
                self._remember(snapshot.load())
            report = self._build(project, config, problems)
            if store and snapshot and inputs:
                self._shelf.save()
                snapshot.save(self._parts())
                if inputs.is_settled:
                    store.put({key: self._remembered(project, inputs, report)})
        return report

    def _remember(self, parts: Parts) -> None:
        """Go on from what another Builder of the same site left in a snapshot."""
        from notesite.linking import LinkMemory  # noqa: PLC0415 - as below
        from notesite.linking.remembering import Filler  # noqa: PLC0415

        self._sources.known = parts.get("sources", {})
        self._parsed = parts.get("notes", {})
        self._parse_version = parts.get("parse-version", {}).get("", "")
        for note in self._parsed.values():
            if isinstance(note.load_body, Loader):
                note.load_body.shelf = self._shelf
        self._used_on = parts.get("used-on", {}).get("", 0)
        self._maker.remember(parts)
        filler = Filler(self._shelf)
        filler.remember(parts)
        self._memory = LinkMemory(filler)

    def _parts(self) -> Parts:
        """What a snapshot is to keep."""
        filled = self._memory.filler.parts() if self._memory else {}
        own: Parts = {"sources": self._sources.known, "notes": self._parsed}
        own["parse-version"] = {"": self._parse_version}
        if self._store and self._used_on != _today():
            # What nobody asks for in a month goes; but these belong to what is remembered.
            self._store.use([note.key for note in self._parsed.values()])
            self._store.use(self._memory.filler.heavy_keys() if self._memory else ())
            self._used_on = _today()
        own["used-on"] = {"": self._used_on}
        return {**own, **filled, **self._maker.parts()}

    def _open_store(self, project: Project) -> Store | None:
        """The site's file in the cache, which stays open; None without a cache."""
        if self._options.cached and self._store is None:
            self._store = Store(site_cache(project.root))
            self._shelf = Shelf(self._store)
        return self._store

    def close(self) -> None:
        """Let go of the cache; a later build opens it again."""
        self._forget()
        if self._store is not None:
            self._store.close()
            self._store = None

    def _forget(self) -> None:
        """Let go of all that was computed, so that the next build begins afresh."""
        self._parsed.clear()
        self._memory = None
        self._maker = Maker()
        self._shelf = Shelf(self._store)

    def _inputs(self, project: Project, config: Config) -> Inputs | None:
        """What this build takes; None where that cannot be told from outside."""
        from notesite.unchanged import read_inputs  # noqa: PLC0415 - not for a cached=False build

        if config.markdown.plugins or ":" in config.math.engine:
            return None
        files = [project.config_file] if project.config_file else []
        files += project.files
        if config.math.preamble:
            files.append(project.root / config.math.preamble)
        folders = (project.templates, project.static, theme_folder("templates"),
                   theme_folder("static"))  # fmt: skip
        follow = config.site.follow_links
        kept = scan(project.source, _own_folders(project), follow=follow)
        return read_inputs(
            kept,
            folders,
            files,
            repr((project, self._options, has_csl(), has_cards())),
            with_git=config.site.git_dates or config.site.changes,
        )

    def _remembered(self, project: Project, inputs: Inputs, report: BuildReport) -> bytes:
        from notesite.unchanged import read_output  # noqa: PLC0415 - as above

        kept = replace(
            report, output=None, written=(), removed=(), unchanged=report.pages, edited=()
        )
        output = read_output(project.output) if report.is_published else ""
        return pack((inputs.digest, output, kept))

    def _recall(self, project: Project, inputs: Inputs, known: bytes) -> BuildReport | None:
        from notesite.unchanged import read_output  # noqa: PLC0415 - as above

        try:
            taken, output, report = unpack(known)
        except ValueError:
            return None
        is_same = taken == inputs.digest and isinstance(report, BuildReport)
        if not is_same or (report.is_published and output != read_output(project.output)):
            return None
        recalled: BuildReport = replace(report, output=project.output)
        return recalled

    def _refusal(self, project: Project) -> Diagnostic | None:
        if not project.source.is_dir():
            message = "there is no such folder of notes"
            hints = ("name it with --source, or in notesite.toml as site.source",)
            return diagnose("source-unreadable", message, str(project.source), hints=hints)
        if not self._options.publish:
            return None
        from notesite.publishing import refuse_output  # noqa: PLC0415 - not for a check

        kept = (project.root, project.source, project.templates, project.static)
        return refuse_output(project.output, kept, adopt=self._options.adopt)

    def _build(self, project: Project, config: Config, problems: list[Diagnostic]) -> BuildReport:
        linked = self._link(project, config, problems)
        if linked is None:
            return self._report(project, config, problems)
        notes, site = linked.notes, linked.site
        config = _heed_cards(_heed_search(config, problems), problems, paint=self._options.cards)
        self._version = _version(project, config)
        self._maker.begin(site, self._version)
        pages = self._planned(project, config, site, problems)
        report = self._report(project, config, problems, notes, site)
        if not self._options.publish or self._forbids(report):
            # Made all the same, for what is wrong with the templates.
            for page in pages:
                self._make(page, project, problems)
            return self._report(project, config, problems, notes, site)
        search = self._search_index(project)
        index = partial(search.making, site, config, problems, later=not self._wants_index)
        return self._publish(
            project, pages, problems, index=index,
            report=lambda: self._report(project, config, problems, notes, site),
        )  # fmt: skip

    def read_site(self) -> tuple[Linked | None, BuildReport]:
        """The site as all stages before the making of pages have it, and what they found."""
        project, config, problems = open_project(self._options, self._here)
        refusal = self._refusal(project)
        if refusal or any(problem.severity is Severity.ERROR for problem in problems):
            found = [*problems, *([refusal] if refusal else [])]
            return None, self._report(project, config, found)
        linked = self._link(project, config, problems)
        return linked, self._report(project, config, problems)

    def _link(self, project: Project, config: Config, problems: list[Diagnostic]) -> Linked | None:
        """The notes read and linked; None when the configuration keeps them from being read."""
        from notesite.linking import LinkMemory, link  # noqa: PLC0415 - linking imports what `--version` must not
        from notesite.linking.remembering import Filler  # noqa: PLC0415
        from notesite.markdown.parser import PluginError  # noqa: PLC0415 - and so does this

        self._open_store(project)
        ignore = (*config.site.ignore, *_own_folders(project))
        tree = scan(project.source, ignore, follow=config.site.follow_links)
        problems.extend(_passed_over(tree, project))
        try:
            parser = self._note_parser(project, config, problems)
        except (PluginError, ValueError) as error:
            # A ValueError says that there is no such math engine.
            problems.append(diagnose("config-value", str(error), CONFIG_NAME))
            return None
        notes = self._parse_all(project, tree, problems)
        texts, text_problems = _config_texts(config, parser)
        problems.extend(text_problems)
        around = self._surrounding(project, config, tree, texts, problems)
        around = replace(around, citing=self._citing(project, config, notes, problems))
        self._memory = self._memory or LinkMemory(Filler(self._shelf))
        site = link(notes, config, around, drafts=self._options.drafts, memory=self._memory)
        problems.extend(site.diagnostics)
        return Linked(project, config, parser, notes, site, around)

    def _forbids(self, report: BuildReport) -> bool:
        """Whether what a build found keeps its pages from being published."""
        fatal = any(problem.code == "template-error" for problem in report.diagnostics)
        return fatal or (report.count(Severity.ERROR) > 0 and not self._options.keep_going)

    def _note_parser(
        self, project: Project, config: Config, problems: list[Diagnostic]
    ) -> NoteParser:
        from notesite.parsing import ParseSettings  # noqa: PLC0415 - markdown-it is slow to import

        settings, macro_problems = math_settings(config)
        problems.extend(macro_problems)
        settings = replace(settings, preamble=_read_preamble(project, config, problems))
        key = ParseSettings(config.markdown, settings, config.words(), config.results)
        if self._parser is None or self._parser[0] != key:
            if self._parser or key.version() != self._parse_version:
                self._parsed.clear()
            if self._parser:
                self._forget()
            self._parser = (key, key.parser())
            self._parse_version = key.version()
        problems.extend(self._parser[1].diagnostics)
        return self._parser[1]

    def _parse_all(
        self, project: Project, tree: SourceTree, problems: list[Diagnostic]
    ) -> list[Note]:
        from notesite.parsing import (  # noqa: PLC0415 - it imports what parses
            ParseMeans,
            kept_notes,
            parse_notes,
        )

        assert self._parser
        settings, parser = self._parser
        known = {path: self._sources.digest(project.source, path) for path in tree.notes}
        notes = {
            path: note
            for path, note in self._parsed.items()
            if path in known and note.digest == known[path]
        }
        stated = [
            (path, project.name(project.source / path), mark)
            for path, mark in known.items()
            if mark and path not in notes
        ]
        kept = kept_notes(stated, settings, self._shelf) if stated else {}
        sources = []
        for path in tree.notes:
            if path not in notes and path not in kept:
                name = project.name(project.source / path)
                source = self._sources.read(project.source, path, name)
                if isinstance(source, Diagnostic):
                    problems.append(source)
                else:
                    sources.append(source)
        means = ParseMeans(self._shelf, self._options.jobs, self._progress)
        fresh = parse_notes(sources, settings, parser, means)
        parsed = {**notes, **kept, **{note.path: note for note in fresh}}
        self._sources.keep(parsed)
        before = self._parsed
        changed = {path for path, note in parsed.items() if note is not before.get(path)}
        self._edited = {path for path in changed if parsed[path] != before.get(path)}
        if not before:
            self._edited.clear()
        self._parsed = parsed
        return [parsed[path] for path in tree.notes if path in parsed]

    def _surrounding(
        self,
        project: Project,
        config: Config,
        tree: SourceTree,
        texts: ConfigTexts,
        problems: list[Diagnostic],
    ) -> Surrounding:
        from notesite.linking import Surrounding  # noqa: PLC0415 - as above
        from notesite.linking.filling import SKIPPED_SUFFIXES  # noqa: PLC0415

        log = git_log(project.source) if config.site.git_dates or config.site.changes else ()
        files = {path: self._image_size(tree.root, path) for path in tree.files}
        for path in [path for path in files if path.lower().endswith(SKIPPED_SUFFIXES)]:
            del files[path]
            message = "Obsidian alone can open this file; it is left out"
            problems.append(diagnose("file-skipped", message, project.name(tree.root / path)))
        return Surrounding(
            files=files,
            static=frozenset(f"static/{path}" for path in _static_files(project)),
            history=dates_from(log) if config.site.git_dates else {},
            changes=changes_from(log) if config.site.changes else {},
            texts=texts,
            ignored=_left_out(tree, project),
        )

    def _citing(
        self,
        project: Project,
        config: Config,
        notes: Sequence[Note],
        problems: list[Diagnostic],
    ) -> Citing:
        """What notes can cite; the libraries for it are imported only if there is something."""
        from notesite.bibliography.gathering import Gatherer, Places  # noqa: PLC0415 - as above

        if self._gatherer is None:
            self._gatherer = Gatherer()
        assert self._parser
        parser = self._parser[1]
        citing, found = self._gatherer.gather(
            Places(project.root, project.source, project.name), config.citations, notes,
            language=config.site.language, compiler=lambda: parser.math,
        )  # fmt: skip
        problems.extend(found)
        return citing

    def _image_size(self, root: Path, path: str) -> ImageSize | None:
        if not path.lower().endswith(_IMAGES):
            return None
        status = (root / path).stat()
        known = self._sizes.get(path)
        if known is None or known[:2] != (status.st_mtime, status.st_size):
            known = (status.st_mtime, status.st_size, measure_image(root / path))
            self._sizes[path] = known
        return known[2]

    def _planned(
        self, project: Project, config: Config, site: Site, problems: list[Diagnostic]
    ) -> list[PlannedPage]:
        """The files of the site; of two with one path the second counts."""
        from notesite.outputs import generated_files  # noqa: PLC0415 - as above
        from notesite.previewing.files import preview_files  # noqa: PLC0415
        from notesite.rendering.pages import PageRenderer  # noqa: PLC0415 - Jinja is slow to import

        renderer = PageRenderer(self._templates(project), config, site)
        pages = [*renderer.pages(), *preview_files(site, config), *generated_files(site, config)]
        pages += _markdown_pages(project, config, site)
        pages += self._look(project, config, site, problems)
        if config.theme.cards:
            pages += self._card_pages(project, config, site)
        pages += _copied_files(project, site)
        if "quartz" in {config.site.urls, config.site.old_urls}:
            pages += _files_of_quartz(project, site.assets)
        return list({page.path: page for page in pages}.values())

    def _look(
        self, project: Project, config: Config, site: Site, problems: list[Diagnostic]
    ) -> Iterator[PlannedPage]:
        """The style sheet and the like, made again when a static file or the signs have changed."""
        from notesite.styling import FontMeans, look_files  # noqa: PLC0415 - as above

        files = _static_files(project)
        stamps = tuple((path, *file_as_given(file)) for path, file in sorted(files.items()))
        signs = sorted(set().union(*(each.note.signs for each in site.notes.values())))
        means = FontMeans(self._store, self._options.whole_fonts)
        given = digest(repr(stamps), "".join(signs), str(means.whole))
        for page in look_files(files, config, signs, means, problems):
            yield replace(page, given=(given,))

    def _card_pages(self, project: Project, config: Config, site: Site) -> Iterator[PlannedPage]:
        """The pictures for social networks, from the fonts among the static files."""
        from notesite.cards import Cards  # noqa: PLC0415 - as above

        if self._cards is None:
            self._cards = Cards()
        return self._cards.pages(site, config, _static_files(project), self._store)

    def _templates(self, project: Project) -> Environment:
        """The compiled templates, which stay as long as their texts do."""
        from notesite.rendering.environment import build_environment  # noqa: PLC0415 - as above

        if self._environment is None or self._environment[0] != self._version:
            templates = project.templates if project.templates.is_dir() else None
            self._environment = (self._version, build_environment(templates, self._store))
        return self._environment[1]

    def _make(self, page: PlannedPage, project: Project, problems: list[Diagnostic]) -> Page | None:
        """The page, or None without one or after a fault of its template, told in `problems`."""
        from jinja2 import TemplateError  # noqa: PLC0415 - Jinja is slow to import

        from notesite.rendering.environment import template_problem  # noqa: PLC0415

        try:
            content = self._maker.make(page)
            return Page(page.path, content) if content is not None else None
        except TemplateError as error:
            problem = template_problem(error, project.root)
            if problem not in problems:
                problems.append(problem)
        return None

    def _publish(
        self,
        project: Project,
        pages: list[PlannedPage],
        problems: list[Diagnostic],
        *,
        index: MakingIndex,
        report: Callable[[], BuildReport],
    ) -> BuildReport:
        """Publish the pages as they are made; `report` is asked when all of them are."""
        from notesite.publishing import Publication, PublishError  # noqa: PLC0415 - not for a check

        try:
            with (
                Publication(project.output) as publication,
                index(keep=publication.keep) as index_pages,
            ):
                for planned in self._progress(pages, "Making pages"):
                    known = self._maker.known(planned)
                    if known and publication.keep(planned.path, known):
                        continue
                    page = self._make(planned, project, problems)
                    if page:
                        publication.add(page)
                for page in index_pages():
                    publication.add(page)
                found = report()
                if self._forbids(found):
                    return found
                done = publication.commit()
                files = publication.files()
                self._maker.written(files)
                self._remember_index(project, files)
        except PublishError as error:
            found = report()
            return replace(found, diagnostics=(*found.diagnostics, error.problem))
        return replace(
            found, written=done.written, unchanged=done.unchanged, removed=done.removed,
            pages=len(done.written) + done.unchanged, is_published=True,
        )  # fmt: skip

    def _edited_urls(self, site: Site) -> tuple[str, ...]:
        return tuple(url for url, each in site.notes.items() if each.note.path in self._edited)

    def _report(
        self,
        project: Project,
        config: Config,
        problems: list[Diagnostic],
        notes: Sequence[Note] = (),
        site: Site | None = None,
    ) -> BuildReport:
        chosen = with_severities(problems, config.severities(), strict=self._options.strict)
        return BuildReport(
            diagnostics=tuple(chosen),
            lines=_lines_of({problem.file for problem in chosen if problem.span}, project),
            notes=len(site.notes) if site else 0,
            formulas=sum(note.formulas for note in notes),
            survey=site.survey if site else Survey(),
            web_links=site.web_links if site else (),
            edited=self._edited_urls(site) if site else (),
            output=project.output,
        )


def _heed_search(config: Config, problems: list[Diagnostic]) -> Config:
    """The configuration without a search where the program for it is missing."""
    if not config.search.enabled:
        return config
    from notesite.searching.index import missing_program  # noqa: PLC0415 - only for a search

    problem = missing_program()
    if problem is None:
        return config
    problems.append(problem)
    return replace(config, search=replace(config.search, enabled=False))


def _heed_cards(config: Config, problems: list[Diagnostic], *, paint: bool) -> Config:
    """The configuration without cards where they cannot be painted, or nobody could find them."""
    if not config.theme.cards:
        return config
    if config.site.base_url and has_cards() and paint:
        return config
    if config.site.base_url and not has_cards():
        message = "what paints cards is not installed, so that there are none"
        hints = ("pip install 'notesite[cards]'", "or take cards = true out of [theme]")
        problems.append(diagnose("cards-missing", message, CONFIG_NAME, hints=hints))
    return replace(config, theme=replace(config.theme, cards=False))


def _index_key(project: Project) -> str:
    return digest("search index", str(project.output.resolve()))


def _today() -> int:
    return int(time.time() // 86_400)


def _repaired(output: Path) -> Diagnostic | None:
    """Finish what a build that died left unfinished; a diagnostic where that is not possible."""
    from notesite.publishing import PublishError, repair  # noqa: PLC0415 - not for a check

    try:
        repair(output)
    except PublishError as error:
        return error.problem
    return None


def math_settings(config: Config) -> tuple[MathSettings, list[Diagnostic]]:
    """The settings of the math room that a configuration states, and the macros that are wrong."""
    from notesite.math import MathSettings, macro_from_text  # noqa: PLC0415 - as above

    macros = []
    problems = []
    for name, value in config.math.macros.items():
        written = value if isinstance(value, MacroConfig) else MacroConfig(value)
        place = Related("the macro is defined here", CONFIG_NAME, config.macro_places.get(name))
        try:
            macro = macro_from_text(
                name, written.body, arguments=written.args, default=written.default,
                description=written.description, defined_at=place,
            )  # fmt: skip
        except ValueError as error:
            problems.append(diagnose("math-macro", str(error), CONFIG_NAME, place.span))
            continue
        macros.append((name.lstrip("\\"), macro))
    settings = MathSettings(
        engine=config.math.engine,
        macros=tuple(macros),
        macro_sets=config.math.macro_sets,
        number=config.math.number,
        number_by_section=config.math.number_by_section,
    )
    return settings, problems


def _read_preamble(project: Project, config: Config, problems: list[Diagnostic]) -> Preamble | None:
    """The file of definitions that the configuration names, or that lies among the notes."""
    from notesite.math import Preamble  # noqa: PLC0415 - as above

    named = config.math.preamble
    candidates = (project.source / name for name in PREAMBLES)
    found = next((path for path in candidates if path.is_file()), None)
    path = project.root / named if named else found
    if path is None:
        return None
    try:
        return Preamble(path.read_text(encoding="utf-8-sig"), project.name(path))
    except (OSError, UnicodeDecodeError) as error:
        reason = "not valid UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
        message = f"the preamble cannot be read: {reason}"
        problems.append(diagnose("math-macro", message, project.name(path)))
        return None


def _config_texts(config: Config, parser: NoteParser) -> tuple[ConfigTexts, list[Diagnostic]]:
    inline_texts = [config.theme.footer]
    macros = [macro for macro in config.math.macros.values() if isinstance(macro, MacroConfig)]
    inline_texts += [macro.description for macro in macros]
    block_texts = []
    for section in config.sections:
        inline_texts += [section.title, section.description]
        block_texts.append(section.introduction)
        for group in section.groups:
            inline_texts += [group.title or group.id, group.description]
    problems: list[Diagnostic] = []

    def parse(
        texts: list[str],
        read: Callable[[str, str], tuple[Passage, tuple[Diagnostic, ...]]],
    ) -> dict[str, Passage]:
        parsed = {}
        for text in filter(None, texts):
            parsed[text], found = read(text, CONFIG_NAME)
            problems.extend(found)
        return parsed

    inline = parse(inline_texts, parser.parse_passage)
    return ConfigTexts(inline, parse(block_texts, parser.parse_blocks)), problems


def measure_image(path: Path) -> ImageSize | None:
    """Width and height of an image in pixels, or None where its header does not say."""
    import imagesize  # noqa: PLC0415 - only a site with images needs it

    try:
        width, height = imagesize.get(str(path))
    except (OSError, ValueError):
        return None
    return (round(width), round(height)) if width > 0 and height > 0 else None


def _own_folders(project: Project) -> list[str]:
    """The site's own folders where the notes folder holds them, as in a vault with a config."""
    folders = (project.output, project.usual_output, project.templates, project.static)
    return [
        folder.relative_to(project.source).as_posix() + "/**"
        for folder in folders
        if folder.is_relative_to(project.source) and folder != project.source
    ]


def _passed_over(tree: SourceTree, project: Project) -> Iterator[Diagnostic]:
    for path, reason in tree.passed_over:
        hints = ("'site.follow_links' allows it",) if "out of" in reason else ()
        file = project.name(tree.root / path)
        yield diagnose("source-passed-over", f"{reason}; it is left out", file, hints=hints)


def _left_out(tree: SourceTree, project: Project) -> tuple[str, ...]:
    """What the configuration leaves out of the notes, the site's own folders aside."""
    own = _own_folders(project)
    return tuple(path for path in tree.ignored if not any(matches_glob(path, each) for each in own))


def _static_files(project: Project) -> dict[str, Path]:
    """Static files by their path below `static/`; the site's win over the theme's."""
    files: dict[str, Path] = {}
    for folder in (theme_folder("static"), project.static):
        if folder.is_dir():
            tree = scan(folder)
            files.update({path: folder / path for path in (*tree.notes, *tree.files)})
    return files


def _copied_files(project: Project, site: Site) -> Iterator[PlannedPage]:
    from notesite.styling import bundled  # noqa: PLC0415 - as above

    files = _static_files(project)
    parts = bundled(files)
    for path, file in sorted(files.items()):
        # The script that draws diagrams weighs more than all the rest.
        if path not in parts and (site.has_diagrams or not path.startswith("mermaid/")):
            yield copied_file(f"static/{path}", file)
    for path in site.assets:
        yield copied_file(path, project.source / path)


def _markdown_pages(project: Project, config: Config, site: Site) -> Iterator[PlannedPage]:
    """The notes' own Markdown, as far as it is for readers."""
    from notesite.linking.urls import markdown_url  # noqa: PLC0415 - as above
    from notesite.outputs.markdown_source import has_markdown, markdown_page  # noqa: PLC0415

    def make(site: Site, url: str) -> bytes | None:
        linked = site.notes[url]
        source = read_source(project.source, linked.note.path, linked.note.file)
        page = None if isinstance(source, Diagnostic) else markdown_page(linked, source, config)
        return page.content if page else None

    for url, linked in site.notes.items():
        if has_markdown(linked, config):
            yield PlannedPage(markdown_url(url), make, (url,))


def _files_of_quartz(project: Project, assets: Iterable[str]) -> Iterator[PlannedPage]:
    """The files beside notes where Quartz had them: a picture or a PDF cannot be redirected."""
    from notesite.linking.urls import quartz_file  # noqa: PLC0415 - as above

    for path in assets:
        if quartz_file(path) != path:
            yield copied_file(quartz_file(path), project.source / path)


def copied_file(path: str, file: Path) -> PlannedPage:
    """A file of the output that is a copy of `file`, which is there."""
    return PlannedPage(path, _read, (str(file), *file_as_given(file)))


def file_as_given(file: Path) -> tuple[object, ...]:
    """What shows a page made of `file`, which is there, that the file has changed."""
    known = known_file(file, "")
    # What may change again without showing is different from anything that was there before.
    return known.stamp, 0 if known.is_settled else time.time_ns()


def _read(_: Site, file: str, *_stamp: object) -> bytes:
    return Path(file).read_bytes()


def _version(project: Project, config: Config) -> str:
    """What every page depends on: the configuration and the templates."""
    parts = [repr(config)]
    for folder in (project.templates, theme_folder("templates")):
        tree = scan(folder) if folder.is_dir() else None
        for path in (*tree.notes, *tree.files) if tree else ():
            parts += [path, digest_bytes((folder / path).read_bytes())]
        parts.append("/")
    return digest(*parts)


def _lines_of(files: set[str], project: Project) -> dict[str, list[str]]:
    lines = {}
    for file in files:
        try:
            text = (project.root / file).read_text(encoding="utf-8-sig", errors="replace")
        except OSError:
            continue
        lines[file] = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines
