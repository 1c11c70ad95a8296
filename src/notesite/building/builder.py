"""The one orchestration: it only wires the stages together.

Between builds a `Builder` keeps what it computed, by content, so that `serve` does again only what
an edit asks for.
"""

from __future__ import annotations

import gc
import time
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from notesite.building.around import Lookout
from notesite.building.files import (
    lines_of,
    passed_over,
    published_all_the_same,
    version_of_pages,
)
from notesite.building.making import Making, make_page
from notesite.building.opening import heed_cards, heed_search, open_project
from notesite.building.planning import Planner
from notesite.building.reading import NoteReader
from notesite.building.recalling import inputs_of, recall, remembered
from notesite.building.settings import config_texts
from notesite.building.values import BuildOptions, BuildReport, Linked, Project
from notesite.building.watched import NotesFolder
from notesite.cache import Store, code_version, digest, site_cache
from notesite.config import CONFIG_NAME
from notesite.diagnostics import Diagnostic, Severity, diagnose, in_order, with_severities
from notesite.forking import no_progress
from notesite.model import Survey
from notesite.remaking import Maker
from notesite.shelf import LostError, Shelf
from notesite.snapshots import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from notesite.config import Config
    from notesite.forking import Progress
    from notesite.indexing import Keep, MakingIndex, SearchIndex
    from notesite.linking.assembling import Again
    from notesite.linking.site import LinkMemory
    from notesite.model import Note, Page, PlannedPage, Site
    from notesite.publishing import Publication, Published
    from notesite.snapshots import Parts
    from notesite.stamps import KnownFile


class Builder:
    """Builds one site as often as asked; `here` is where relative options start."""

    def __init__(self, options: BuildOptions, here: Path, progress: Progress = no_progress) -> None:
        self._options = options
        self._here = here
        self._progress = progress
        self._reader = NoteReader(options.jobs, progress)
        self._lookout = Lookout()
        self._folder = NotesFolder()
        self._files: Mapping[str, KnownFile] = {}
        self._without_file: set[str] = set()
        self._is_whole = False
        self._version = ""
        self._used_on = 0
        self._memory: LinkMemory | None = None
        self._maker = Maker()
        self._planner = Planner(whole_fonts=options.whole_fonts)
        self._store: Store | None = None
        self._shelf = Shelf()
        self._search: SearchIndex | None = None
        self._wants_index = not options.index_later

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
        search = self._search
        if search is None:
            return
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
            lines={**report.lines, **lines_of(files, project)},
        )

    def build(self, touched: Collection[Path] | None = None) -> BuildReport:
        """Run every stage; nothing is published when there are errors, unless told to keep going.

        `touched` are the files, resolved, that have changed since the last build, where somebody
        has watched them; nothing else has then, in the output neither.

        Expected problems come back in the report; raises only for mistakes in notesite.
        """
        self._folder.believe(touched if self._is_whole else None)
        self._is_whole = False
        report = self._build_once()
        self._is_whole = report.is_published
        return report

    def _build_once(self) -> BuildReport:
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
        if not self._options.cached or self._reader.notes or not is_usual:
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
        inputs = inputs_of(project, config, self._options)
        key = digest("build", repr(project), repr(self._options))
        store = self._open_store(project)
        known = store.get([key]).get(key) if store and inputs else None
        report = recall(project, inputs, known) if inputs and known else None
        if report is None:
            snapshot = Snapshot(store, f"site {digest(code_version(), key)}") if store else None
            if snapshot and inputs:
                self._remember(snapshot.load())
            report = self._build(project, config, problems)
            if store and snapshot and inputs:
                self._shelf.save()
                snapshot.save(self._parts())
                if inputs.is_settled:
                    store.put({key: remembered(project, inputs, report, self._files)})
        return report

    def _remember(self, parts: Parts) -> None:
        """Go on from what another Builder of the same site left in a snapshot."""
        from notesite.linking.remembering import Filler  # noqa: PLC0415
        from notesite.linking.site import LinkMemory  # noqa: PLC0415 - as below

        self._reader.remember(parts, self._shelf)
        self._used_on = parts.get("used-on", {}).get("", 0)
        self._maker.remember(parts)
        filler = Filler(self._shelf, self._options.jobs)
        filler.remember(parts)
        self._memory = LinkMemory(filler)
        # All of it stays: nothing of it need be looked through for what is no longer in use.
        gc.freeze()

    def _parts(self) -> Parts:
        """What a snapshot is to keep."""
        filled = self._memory.filler.parts() if self._memory else {}
        if self._store and self._used_on != _today():
            # What nobody asks for in a month goes; but these belong to what is remembered.
            self._store.use(self._reader.keys())
            self._store.use(self._memory.filler.heavy_keys() if self._memory else ())
            self._used_on = _today()
        used_on = {"used-on": {"": self._used_on}}
        return {**self._reader.parts(), **used_on, **filled, **self._maker.parts()}

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
        self._reader.forget()
        self._memory = None
        self._maker = Maker()
        self._shelf = Shelf(self._store)

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
        config = heed_cards(heed_search(config, problems), problems, paint=self._options.cards)
        texts = self._edited_alone()
        if texts is None:
            self._version = version_of_pages(project, config)
        changed = self._maker.begin(site, self._version, texts.touched if texts else None)
        self._planner.begin(self._version, self._store)
        told = partial(self._report, project, config, problems, notes, site)
        if texts:
            again = self._planner.plan_again(site, texts.edited, changed, problems)
            if again:
                return self._publish_texts(project, again, problems, told)
        pages = self._planned(project, config, site, problems)
        report = told()
        if not self._options.publish or self._forbids(report):
            # Made all the same, for what is wrong with the templates.
            for page in pages:
                make_page(self._maker, page, project.root, problems)
            return told()
        index = self._index_of(project, site, config, problems)
        return self._publish(project, pages, problems, index=index, report=told)

    def _index_of(
        self, project: Project, site: Site, config: Config, problems: list[Diagnostic]
    ) -> MakingIndex:
        """What makes the search's index of a site, which imports much; one without has none."""
        if not config.search.enabled:
            self._search = None
            return _no_index
        search = self._search_index(project)
        search.use(self._open_store(project), self._options.jobs, self._shelf.reopen)
        return partial(search.making, site, config, problems, later=not self._wants_index)

    def _planned(
        self, project: Project, config: Config, site: Site, problems: list[Diagnostic]
    ) -> list[PlannedPage]:
        """The files of the site."""
        return self._planner.plan(project, config, site, problems)

    def _edited_alone(self) -> Again | None:
        """What came of linking again if nothing but texts of notes have changed since last built.

        None where more may have, or where somebody waits for the search's index too.
        """
        is_small = self._folder.touched is not None and not self._wants_index
        if not is_small or not self._options.publish or self._memory is None:
            return None
        return self._memory.again

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
        from notesite.linking.remembering import Filler  # noqa: PLC0415
        from notesite.linking.site import LinkMemory, is_published, link  # noqa: PLC0415 - linking imports what `--version` must not
        from notesite.markdown.parser import PluginError  # noqa: PLC0415 - and so does this

        self._open_store(project)
        tree = self._folder.tree(project, config)
        problems.extend(passed_over(tree, project))
        problems.extend(published_all_the_same(tree, project))
        try:
            if self._reader.prepare(project, config, problems):
                self._forget()
        except (PluginError, ValueError) as error:
            # A ValueError says that there is no such math engine.
            problems.append(diagnose("config-value", str(error), CONFIG_NAME))
            return None
        parser = self._reader.parser
        touched = self._folder.touched
        notes = self._reader.read(project, tree, self._shelf, problems, touched=touched)
        drafts = self._options.drafts
        notes = self._reader.number(
            project, notes, self._shelf, lambda note: drafts or is_published(note, config)
        )
        texts, text_problems = config_texts(config, parser)
        problems.extend(text_problems)
        citing = self._lookout.citing(project, config, notes, parser, problems)
        self._lookout.is_same = touched is not None
        around = self._lookout.of(project, config, tree, texts, problems)
        around = replace(around, citing=citing)
        self._memory = self._memory or LinkMemory(Filler(self._shelf, self._options.jobs))
        site = link(notes, config, around, drafts=self._options.drafts, memory=self._memory)
        problems.extend(site.diagnostics)
        return Linked(project, config, parser, notes, site, around)

    def _forbids(self, report: BuildReport) -> bool:
        """Whether what a build found keeps its pages from being published."""
        fatal = any(problem.code == "template-error" for problem in report.diagnostics)
        return fatal or (report.count(Severity.ERROR) > 0 and not self._options.keep_going)

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
            is_sure = self._folder.touched is not None
            with Publication(project.output, is_sure=is_sure) as publication, ExitStack() as stack:
                making = Making(self._maker, publication, self._shelf, project.root, problems)
                missing = [page for page in pages if not self._is_kept(page, publication)]
                # The other processes are at work while this one prepares the index.
                make = stack.enter_context(making.of(missing, self._options.jobs))
                index_pages = stack.enter_context(index(keep=publication.keep))
                make(self._progress)
                for page in index_pages():
                    publication.add(page)
                found = report()
                if self._forbids(found):
                    return found
                done = publication.commit()
                self._files = publication.files()
                self._maker.written(self._files)
                self._without_file = {page.path for page in pages} - self._files.keys()
                self._remember_index(project, self._files)
        except PublishError as error:
            found = report()
            return replace(found, diagnostics=(*found.diagnostics, error.problem))
        return _as_published(found, done)

    def _publish_texts(
        self,
        project: Project,
        pages: Mapping[str, PlannedPage],
        problems: list[Diagnostic],
        report: Callable[[], BuildReport],
    ) -> BuildReport:
        """Publish those pages that show edited texts; all others are there as they have to be."""
        from notesite.publishing import PublishError, Revision  # noqa: PLC0415 - as above

        missing = sorted(pages.keys() & {*self._maker.dropped, *self._without_file})
        try:
            with Revision(project.output, self._files, missing) as publication:
                making = Making(self._maker, publication, self._shelf, project.root, problems)
                with making.of([pages[path] for path in missing], self._options.jobs) as make:
                    make(self._progress)
                found = report()
                if self._forbids(found):
                    return found
                done = publication.commit()
                self._files = publication.files()
                self._maker.written(self._files, others_stay=True)
                self._without_file = set(missing) - self._files.keys()
                if self._search:
                    self._search.outdate()
        except PublishError as error:
            found = report()
            return replace(found, diagnostics=(*found.diagnostics, error.problem))
        return _as_published(found, done)

    def _is_kept(self, page: PlannedPage, publication: Publication) -> bool:
        """Whether the page need not be made, as its file is there already."""
        known = self._maker.known(page)
        return known is not None and publication.keep(page.path, known)

    def _edited_urls(self, site: Site) -> tuple[str, ...]:
        return tuple(
            url for url, each in site.notes.items() if each.note.path in self._reader.edited
        )

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
            lines=lines_of({problem.file for problem in chosen if problem.span}, project),
            notes=len(site.notes) if site else 0,
            formulas=sum(note.formulas for note in notes),
            survey=site.survey if site else Survey(),
            web_links=site.web_links if site else (),
            edited=self._edited_urls(site) if site else (),
            output=project.output,
        )


def _as_published(report: BuildReport, done: Published) -> BuildReport:
    return replace(
        report, written=done.written, unchanged=done.unchanged, removed=done.removed,
        pages=len(done.written) + done.unchanged, is_published=True,
    )  # fmt: skip


@contextmanager
def _no_index(*, keep: Keep) -> Iterator[Callable[[], list[Page]]]:  # noqa: ARG001 - as the other
    yield list


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
