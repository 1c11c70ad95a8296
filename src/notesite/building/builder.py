"""The one orchestration: it only wires the stages together.

Between builds a `Builder` keeps what it computed, by content, so that `serve` does again only what
an edit asks for.
"""

from __future__ import annotations

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
from notesite.building.kept_index import KeptIndex
from notesite.building.making import make_page
from notesite.building.memory import BuildMemory
from notesite.building.opening import heed_cards, heed_search, open_project
from notesite.building.planning import Planner
from notesite.building.publisher import Publisher, Task
from notesite.building.recalling import inputs_of, is_refused, recall, remembered
from notesite.building.settings import config_texts
from notesite.building.values import BuildOptions, BuildReport, Linked, Project
from notesite.building.watched import NotesFolder
from notesite.cache import digest
from notesite.cache.shelf import LostError
from notesite.config import CONFIG_NAME
from notesite.diagnostics import Diagnostic, Severity, diagnose, in_order, with_severities
from notesite.forking import no_progress
from notesite.model import Survey

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from notesite.config import Config
    from notesite.forking import Progress
    from notesite.linking.assembling import Again
    from notesite.model import Note, Site


class Builder:
    """Builds one site as often as asked; `here` is where relative options start."""

    def __init__(self, options: BuildOptions, here: Path, progress: Progress = no_progress) -> None:
        self._options = options
        self._here = here
        self._progress = progress
        self._memory = BuildMemory(options, progress)
        self._lookout = Lookout()
        self._folder = NotesFolder()
        self._planner = Planner(whole_fonts=options.whole_fonts)
        self._publisher = Publisher()
        self._index = KeptIndex(later=options.index_later, jobs=options.jobs)
        self._is_whole = False
        self._version = ""

    @property
    def has_stale_index(self) -> bool:
        """Whether the published search is one of an earlier state of the site."""
        return self._index.is_stale

    def build_index(self) -> BuildReport:
        """Build with the search's index, which `build` leaves for later if told so."""
        with self._index.wanted():
            return self.build()

    def leave_index(self) -> None:
        """Hurry an index that is being made to its end, from any thread: it will not be new."""
        self._index.leave()

    def close(self) -> None:
        """Let go of the cache; a later build opens it again."""
        self._memory.close()

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
        if not self._options.cached or self._memory.reader.notes or not is_usual:
            build = self._build
        try:
            return build(project, config, list(problems))
        except LostError:
            # Somebody emptied the cache meanwhile; what is parsed now is kept in memory.
            self._memory.forget_with_shelf()
            return self._build(project, config, problems)

    def _build_unless_known(
        self, project: Project, config: Config, problems: list[Diagnostic]
    ) -> BuildReport:
        """The report of the last build where nothing has changed since, else a new one's."""
        inputs = inputs_of(project, config, self._options)
        key = digest("build", repr(project), repr(self._options))
        store = self._memory.open(project)
        known = store.get([key]).get(key) if store and inputs else None
        report = recall(project, inputs, known) if inputs and known else None
        if report is None:
            if inputs:
                self._memory.load(key)
            report = self._build(project, config, problems)
            if inputs:
                self._memory.save()
                if store and inputs.is_settled and not is_refused(report):
                    files = self._publisher.files
                    store.put({key: remembered(project, inputs, report, files)})
        return report

    def _refusal(self, project: Project) -> Diagnostic | None:
        if not project.source.is_dir():
            message = "there is no such folder of notes"
            hints = ("name it with --source, or in notesite.toml as site.source",)
            return diagnose("source-unreadable", message, str(project.source), hints=hints)
        if not self._options.publish:
            return None
        from notesite.publishing.refusing import refuse_output  # noqa: PLC0415 - not for a check

        kept = (project.root, project.source, project.templates, project.static)
        return refuse_output(project.output, kept, adopt=self._options.adopt)

    def _build(self, project: Project, config: Config, problems: list[Diagnostic]) -> BuildReport:
        linked = self._link(project, config, problems)
        if linked is None:
            return self._report(project, config, problems)
        config = heed_cards(heed_search(config, problems), problems, paint=self._options.cards)
        texts = self._edited_alone()
        if texts is None:
            self._version = version_of_pages(project, config)
        touched = texts.touched if texts else None
        changed = self._memory.maker.begin(linked.site, self._version, touched)
        self._planner.begin(self._version, self._memory.store)
        told = partial(self._report, project, config, problems, linked.notes, linked.site)
        again = texts and self._planner.plan_again(linked.site, texts.edited, changed, problems)
        if again:
            report = self._publisher.publish_again(self._task(project, problems, told), again)
            if report.is_published:
                self._index.outdate()
            return report
        return self._build_all(linked, config, problems, told)

    def _build_all(
        self,
        linked: Linked,
        config: Config,
        problems: list[Diagnostic],
        told: Callable[[], BuildReport],
    ) -> BuildReport:
        """Make the whole site, and publish it unless that is forbidden; `told` says what was found.

        `config` is the configuration with what cannot be had turned off.
        """
        project = linked.project
        pages = self._planner.plan(project, config, linked.site, problems)
        report = told()
        if not self._options.publish or self._forbids(report):
            # Made all the same, for what is wrong with the templates.
            for page in pages:
                make_page(self._memory.maker, page, project.root, problems)
            return told()
        index = self._index.making(linked, config, self._memory, problems)
        task = self._task(project, problems, told)
        is_sure = self._folder.touched is not None
        report = self._publisher.publish(task, pages, index, is_sure=is_sure)
        if report.is_published:
            self._index.published(project, self._memory, self._publisher.files)
        return report

    def _task(
        self, project: Project, problems: list[Diagnostic], report: Callable[[], BuildReport]
    ) -> Task:
        return Task(
            project.output, project.root, self._memory.maker, self._memory.shelf,
            self._options.jobs, self._progress, problems, report, self._forbids,
        )  # fmt: skip

    def _edited_alone(self) -> Again | None:
        """What came of linking again if nothing but texts of notes have changed since last built.

        None where more may have, or where somebody waits for the search's index too.
        """
        is_small = self._folder.touched is not None and not self._index.is_wanted
        if not is_small or not self._options.publish:
            return None
        return self._memory.linking().again

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
        from notesite.linking.site import is_published, link  # noqa: PLC0415 - linking imports what `--version` must not
        from notesite.markdown.parser import PluginError  # noqa: PLC0415 - and so does this

        memory, reader = self._memory, self._memory.reader
        memory.open(project)
        tree = self._folder.tree(project, config)
        problems.extend(passed_over(tree, project))
        problems.extend(published_all_the_same(tree, project))
        try:
            if reader.prepare(project, config, problems):
                memory.forget()
        except (PluginError, ValueError) as error:
            # A ValueError says that there is no such math engine.
            problems.append(diagnose("config-value", str(error), CONFIG_NAME))
            return None
        parser = reader.parser
        touched = self._folder.touched
        notes = reader.read(project, tree, memory.shelf, problems, touched=touched)
        drafts = self._options.drafts
        notes = reader.number(
            project, notes, memory.shelf, lambda note: drafts or is_published(note, config)
        )
        texts, text_problems = config_texts(config, parser)
        problems.extend(text_problems)
        citing = self._lookout.citing(project, config, notes, parser, problems)
        self._lookout.is_same = touched is not None
        around = self._lookout.of(project, config, tree, texts, problems)
        around = replace(around, citing=citing)
        site = link(notes, config, around, drafts=drafts, memory=memory.linking())
        problems.extend(site.diagnostics)
        return Linked(project, config, parser, notes, site, around)

    def _forbids(self, report: BuildReport) -> bool:
        """Whether what a build found keeps its pages from being published."""
        fatal = any(problem.code == "template-error" for problem in report.diagnostics)
        return fatal or (report.count(Severity.ERROR) > 0 and not self._options.keep_going)

    def _edited_urls(self, site: Site) -> tuple[str, ...]:
        return tuple(
            url for url, each in site.notes.items() if each.note.path in self._memory.reader.edited
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


def _repaired(output: Path) -> Diagnostic | None:
    """Finish what a build that died left unfinished; a diagnostic where that is not possible."""
    from notesite.publishing.publication import PublishError, repair  # noqa: PLC0415 - not for a check

    try:
        repair(output)
    except PublishError as error:
        return error.problem
    return None
