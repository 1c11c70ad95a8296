"""The commands: each takes the parsed arguments and returns its exit status."""

from __future__ import annotations

import os
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from notesite.building import Builder, BuildOptions, BuildReport
from notesite.cli import printing, starting, telling
from notesite.diagnostics import Severity

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable


def build(options: Namespace) -> int:
    """`notesite build`."""
    builder = Builder(_build_options(options), Path.cwd(), telling.progress(options))
    with closing(builder):
        report, seconds = _timed(builder)
    telling.print_diagnostics(report, options, folded=not options.verbose)
    telling.print_build(report, options, seconds)
    if report.is_published and options.keep_going:
        return 0
    return 1 if report.count(Severity.ERROR) else 0


def check(options: Namespace) -> int:
    """`notesite check`."""
    builder = Builder(_build_options(options), Path.cwd(), telling.progress(options))
    report, seconds = _timed(builder)
    if options.fix:
        done = _fix(builder, report)
        if done:
            print("\n".join(done), file=sys.stderr)
            report, seconds = _timed(builder)
    if options.external:
        from notesite import webchecking  # noqa: PLC0415 - for this option alone

        if not webchecking.is_available():
            return telling.fail("'--external' needs a library: pip install 'notesite[web]'")
        report = _with_web(builder, report, options)
    if options.format == "json":
        print(printing.render_json(report))
    elif options.format == "github":
        print(printing.render_github(report.diagnostics), end="")
    else:
        telling.print_diagnostics(report, options, with_hints=not options.quiet)
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
        shown = [d for d in report.diagnostics if telling.is_shown(d.severity, options, None)]
        colour = telling.wants_colour(sys.stdout)
        render = printing.render_diagnostics if options.verbose else printing.render_folded
        return render(shown, report.lines, colour=colour)

    where = ServeOptions(options.host, options.port, options.open, options.follow)
    terminal = Terminal(tell, rendered)
    try:
        serve_site(_build_options(options), Path.cwd(), where, terminal, telling.progress(options))
    except ServeError as error:
        return telling.fail(str(error))
    return 0


def export(options: Namespace) -> int:
    """`notesite export`."""
    from notesite.cli.exporting import ExportError, Wanted, run  # noqa: PLC0415 - for it alone

    wanted = Wanted(options.note, options.to, options.target, options.force)
    try:
        done = run(wanted, _build_options(options), Path.cwd())
    except ExportError as error:
        return telling.fail(str(error))
    telling.print_diagnostics(done.report, options)
    if not options.quiet:
        print(f"{done.target.name}, by {done.by}", file=sys.stderr)
    return 0


COMMANDS: dict[str, Callable[[Namespace], int]] = {
    "build": build,
    "check": check,
    "serve": serve,
    "new": starting.new,
    "new-note": starting.new_note,
    "import": starting.import_,
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
