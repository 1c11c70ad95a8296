"""Recalling the report of the last build where nothing has changed since."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from notesite.bibliography.places import has_csl
from notesite.building.files import own_folders
from notesite.building.values import BuildReport
from notesite.cache import pack, unpack
from notesite.cards.places import has_cards
from notesite.sources import scan
from notesite.theme import theme_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notesite.building.values import BuildOptions, Project
    from notesite.config import Config
    from notesite.stamps import KnownFile
    from notesite.unchanged import Inputs


def inputs_of(project: Project, config: Config, options: BuildOptions) -> Inputs | None:
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
    kept = scan(project.source, own_folders(project), follow=follow)
    return read_inputs(
        kept,
        folders,
        files,
        repr((project, options, has_csl(), has_cards())),
        with_git=config.site.git_dates or config.site.changes,
    )


def is_refused(report: BuildReport) -> bool:
    """Whether the disk kept a build from being published, which says nothing of the next one."""
    return any(problem.code == "output-refused" for problem in report.diagnostics)


def remembered(
    project: Project, inputs: Inputs, report: BuildReport, files: Mapping[str, KnownFile]
) -> bytes:
    """What to keep of a build that left these `files`, for `recall`."""
    from notesite.unchanged import output_of  # noqa: PLC0415 - as above

    kept = replace(report, output=None, written=(), removed=(), unchanged=report.pages, edited=())
    output = output_of(project.output, files) if report.is_published else ""
    return pack((inputs.digest, output, kept))


def recall(project: Project, inputs: Inputs, known: bytes) -> BuildReport | None:
    """The report that was remembered, if inputs and output are still those of then."""
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
