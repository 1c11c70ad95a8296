"""The commands: each takes the parsed arguments and returns its exit status."""

from __future__ import annotations

import datetime
import os
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

from notesite.building import Builder, BuildOptions, BuildReport, open_project
from notesite.cli import printing
from notesite.diagnostics import Severity
from notesite.text import plural

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable, Sequence

T = TypeVar("T")

PROGRESS_DELAY = 1.0
"""Seconds a stage may take before a progress bar appears."""


def build(options: Namespace) -> int:
    """`notesite build`."""
    builder = Builder(_build_options(options), Path.cwd(), _progress(options))
    with closing(builder):
        report, seconds = _timed(builder)
    _print_diagnostics(report, options, folded=not options.verbose)
    _print_build(report, options, seconds)
    if report.is_published and options.keep_going:
        return 0
    return 1 if report.count(Severity.ERROR) else 0


def check(options: Namespace) -> int:
    """`notesite check`."""
    builder = Builder(_build_options(options), Path.cwd(), _progress(options))
    report, seconds = _timed(builder)
    if options.fix:
        done = _fix(builder, report)
        if done:
            print("\n".join(done), file=sys.stderr)
            report, seconds = _timed(builder)
    if options.external:
        from notesite import webchecking  # noqa: PLC0415 - for this option alone

        if not webchecking.is_available():
            return _fail("'--external' needs a library: pip install 'notesite[web]'")
        report = _with_web(builder, report, options)
    if options.format == "json":
        print(printing.render_json(report))
    elif options.format == "github":
        print(printing.render_github(report.diagnostics), end="")
    else:
        _print_diagnostics(report, options, with_hints=not options.quiet)
        if options.verbose:
            print(printing.render_survey(report.survey), end="")
        if not options.quiet:
            print(printing.summarise(report, seconds, checked_only=True))
    return 1 if report.count(Severity.ERROR) else 0


def _with_web(builder: Builder, report: BuildReport, options: Namespace) -> BuildReport:
    """The report with what the web says of its links."""
    from notesite.webchecking import (  # noqa: PLC0415 - for one option alone
        LinkCache,
        WebSettings,
        cache_file,
        check_links,
    )

    chosen = builder.config().web
    settings = WebSettings(chosen.ignore, chosen.days, chosen.timeout)
    cache = LinkCache(cache_file(), time.time())
    is_watched = not options.quiet and sys.stderr.isatty()

    def tell(done: int, total: int) -> None:
        if is_watched:
            end = "\r" if done < total else "\n"
            print(f"asked {done:,} of {total:,} addresses", end=end, file=sys.stderr)

    return builder.extended(report, check_links(report.web_links, settings, cache, tell=tell))


def _fix(builder: Builder, report: BuildReport) -> tuple[str, ...]:
    from notesite.fixing import fix_files  # noqa: PLC0415 - for this option alone

    try:
        return fix_files(builder.project().root, report.diagnostics)
    except OSError as error:
        return (f"notesite: cannot fix '{error.filename}': {error.strerror}",)


def serve(options: Namespace) -> int:
    """`notesite serve`."""
    from notesite.server import ServeError, ServeOptions, Terminal  # noqa: PLC0415 - slow to import
    from notesite.server import serve as serve_site  # noqa: PLC0415

    def tell(text: str) -> None:
        print(text, flush=True)

    def rendered(report: BuildReport) -> str:
        shown = [d for d in report.diagnostics if _is_shown(d.severity, options, None)]
        colour = _wants_colour(sys.stdout)
        render = printing.render_diagnostics if options.verbose else printing.render_folded
        return render(shown, report.lines, colour=colour)

    where = ServeOptions(options.host, options.port, options.open, options.follow)
    terminal = Terminal(tell, rendered)
    try:
        serve_site(_build_options(options), Path.cwd(), where, terminal, _progress(options))
    except ServeError as error:
        return _fail(str(error))
    return 0


_FROM_A_FOLDER = """\
This notesite was installed from a folder that other computers cannot see. Before you publish, say
in .github/workflows/pages.yml where they get it, such as pip install git+https://…"""


def new(options: Namespace) -> int:
    """`notesite new`."""
    from notesite.scaffold import ScaffoldError, new_site  # noqa: PLC0415 - for this command alone

    folder: Path = options.folder
    title = options.title or folder.resolve().name.replace("-", " ").capitalize()
    requirement, advice = _told_to_pip()
    try:
        written = new_site(folder, title, requirement)
    except ScaffoldError as error:
        return _fail(str(error))
    print(f"{folder}: {plural(len(written), 'file')} written\n")
    print(f"  cd {folder}\n  notesite serve\n{advice}", end="")
    return 0


def _told_to_pip() -> tuple[str, str]:
    """What a workflow tells pip to install, and what its author must be told because of it."""
    from notesite.scaffold import NAME, requirement  # noqa: PLC0415 - for two commands alone

    origin = requirement()
    return (origin, "") if origin else (NAME, f"\n{_FROM_A_FOLDER}\n")


def new_note(options: Namespace) -> int:
    """`notesite new-note`."""
    from notesite.scaffold import ScaffoldError  # noqa: PLC0415 - for this command alone
    from notesite.scaffold import new_note as write_note  # noqa: PLC0415

    here = Path.cwd()
    project, config, problems = open_project(BuildOptions(config=options.config), here)
    if any(problem.severity is Severity.ERROR for problem in problems):
        print(printing.render_diagnostics(problems, {}, colour=False), file=sys.stderr)
        return 1
    try:
        path = write_note(project, config, options.title, options.section, _today())
    except ScaffoldError as error:
        return _fail(str(error))
    print(path.relative_to(here) if path.is_relative_to(here) else path)
    return 0


def import_(options: Namespace) -> int:
    """`notesite import`."""
    from notesite.importing import (  # noqa: PLC0415 - for this command alone
        ImportFailure,
        import_site,
        write_config,
    )

    if options.keep_urls and options.kind != "quartz":
        return _fail("--keep-urls is about Quartz's addresses")
    try:
        imported = import_site(options.kind, options.folder, keep_urls=options.keep_urls)
        if not options.dry_run:
            write_config(imported)
    except ImportFailure as error:
        return _fail(str(error))
    print(printing.render_import(imported), end="")
    if options.dry_run:
        print(f"\n{imported.file} would be:\n\n{imported.config}", end="")
    else:
        print(f"\nwritten: {imported.file}")
        if options.pages:
            problem = _write_workflow(options.folder)
            if problem:
                return _fail(problem)
        if imported.report.count(Severity.ERROR):
            print(
                "errors keep 'notesite build' from publishing; '--keep-going' shows each in place"
            )
    return 0


def _write_workflow(root: Path) -> str:
    """Write the workflow for GitHub Pages and say so; what is wrong, if it could not be."""
    from notesite.scaffold import ScaffoldError, write_workflow  # noqa: PLC0415 - for this alone

    requirement, advice = _told_to_pip()
    try:
        print(f"written: {write_workflow(root, requirement)}\n{advice}", end="")
    except ScaffoldError as error:
        return str(error)
    return ""


def export(options: Namespace) -> int:
    """`notesite export`."""
    from notesite.cli.exporting import ExportError, Wanted, run  # noqa: PLC0415 - for it alone

    wanted = Wanted(options.note, options.to, options.target, options.force)
    try:
        done = run(wanted, _build_options(options), Path.cwd())
    except ExportError as error:
        return _fail(str(error))
    _print_diagnostics(done.report, options)
    if not options.quiet:
        print(f"{done.target.name}, by {done.by}", file=sys.stderr)
    return 0


def _fail(message: str) -> int:
    print(f"notesite: {message}", file=sys.stderr)
    return 1


COMMANDS: dict[str, Callable[[Namespace], int]] = {
    "build": build,
    "check": check,
    "serve": serve,
    "new": new,
    "new-note": new_note,
    "import": import_,
    "export": export,
}


def _build_options(options: Namespace) -> BuildOptions:
    return BuildOptions(
        config=options.config,
        source=options.source,
        output=getattr(options, "output", None),
        base_url=options.base_url,
        strict=options.strict,
        drafts=options.drafts,
        keep_going=getattr(options, "keep_going", False),
        publish=options.command == "build",
        adopt=getattr(options, "force_adopt", False),
        cached=not options.no_cache,
        jobs=os.cpu_count() or 1,
        whole_fonts=options.command != "build",
        cards=options.command == "build",
    )


def _timed(builder: Builder) -> tuple[BuildReport, float]:
    start = time.perf_counter()
    report = builder.build()
    return report, time.perf_counter() - start


def _print_diagnostics(
    report: BuildReport,
    options: Namespace,
    *,
    with_hints: bool | None = None,
    folded: bool = False,
) -> None:
    shown = [d for d in report.diagnostics if _is_shown(d.severity, options, with_hints)]
    if shown:
        render = printing.render_folded if folded else printing.render_diagnostics
        print(render(shown, report.lines, colour=_wants_colour(sys.stderr)), file=sys.stderr)


def _is_shown(severity: Severity, options: Namespace, with_hints: bool | None) -> bool:
    if severity is Severity.ERROR:
        return True
    if severity is Severity.HINT:
        return options.verbose if with_hints is None else with_hints
    return not options.quiet


def _print_build(report: BuildReport, options: Namespace, seconds: float) -> None:
    if options.verbose:
        for path in report.written:
            print(f"wrote {path}")
        for path in report.removed:
            print(f"removed {path}")
    if not options.quiet:
        print(printing.summarise(report, seconds, checked_only=False))
    if not report.is_published:
        errors = report.count(Severity.ERROR)
        # Where no note was read, the settings or the folders are wrong, and nothing can be shown.
        could = report.notes and not options.keep_going
        advice = "; '--keep-going' publishes with what is wrong in its place" if could else ""
        print(
            f"nothing was published because of {plural(errors, 'error')}{advice}", file=sys.stderr
        )


def _wants_colour(stream: TextIO) -> bool:
    # https://no-color.org: any value of NO_COLOR that is not empty turns colour off.
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or stream.isatty()


class _Bar:
    """A progress bar that appears when a stage takes long and somebody is watching."""

    def __init__(self, *, hidden: bool) -> None:
        self._hidden = hidden

    def __call__(self, items: Sequence[T], doing: str) -> Iterable[T]:
        if self._hidden:
            return items
        from tqdm import tqdm  # noqa: PLC0415 - only a terminal needs it

        # No thread that watches the bar: a build forks.
        tqdm.monitor_interval = 0
        return tqdm(items, desc=doing, delay=PROGRESS_DELAY, leave=False, unit="")


def _progress(options: Namespace) -> _Bar:
    return _Bar(hidden=options.quiet or not sys.stderr.isatty())


def _today() -> datetime.date:
    return datetime.datetime.now().astimezone().date()
