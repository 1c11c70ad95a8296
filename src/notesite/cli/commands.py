"""The commands: each takes the parsed arguments and returns its exit status."""

from __future__ import annotations

import datetime
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

from notesite.building import Builder, BuildOptions, BuildReport
from notesite.cli import printing
from notesite.diagnostics import Severity

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable, Sequence

T = TypeVar("T")

PROGRESS_DELAY = 1.0
"""Seconds a stage may take before a progress bar appears."""


def build(options: Namespace) -> int:
    """`notesite build`."""
    builder = Builder(_build_options(options), Path.cwd(), _progress(options))
    report, seconds = _timed(builder)
    _print_diagnostics(report, options)
    _print_build(report, options, seconds)
    if report.is_published and options.keep_going:
        return 0
    return 1 if report.count(Severity.ERROR) else 0


def check(options: Namespace) -> int:
    """`notesite check`."""
    builder = Builder(_build_options(options), Path.cwd(), _progress(options))
    report, seconds = _timed(builder)
    if options.format == "json":
        print(printing.render_json(report))
    elif options.format == "github":
        print(printing.render_github(report.diagnostics), end="")
    else:
        _print_diagnostics(report, options, with_hints=not options.quiet)
        if not options.quiet:
            print(printing.summarise(report, seconds, checked_only=True))
    return 1 if report.count(Severity.ERROR) else 0


def serve(options: Namespace) -> int:
    """`notesite serve`."""
    raise NotImplementedError


def new(options: Namespace) -> int:
    """`notesite new`."""
    raise NotImplementedError


def new_note(options: Namespace) -> int:
    """`notesite new-note`."""
    raise NotImplementedError


COMMANDS: dict[str, Callable[[Namespace], int]] = {
    "build": build,
    "check": check,
    "serve": serve,
    "new": new,
    "new-note": new_note,
}


def _build_options(options: Namespace) -> BuildOptions:
    return BuildOptions(
        config=options.config,
        source=options.source,
        output=options.output,
        base_url=options.base_url,
        strict=options.strict,
        drafts=options.drafts,
        keep_going=getattr(options, "keep_going", False),
        publish=options.command == "build",
        adopt=options.force_adopt,
    )


def _timed(builder: Builder) -> tuple[BuildReport, float]:
    start = time.perf_counter()
    report = builder.build()
    return report, time.perf_counter() - start


def _print_diagnostics(
    report: BuildReport, options: Namespace, *, with_hints: bool | None = None
) -> None:
    shown = [d for d in report.diagnostics if _is_shown(d.severity, options, with_hints)]
    if shown:
        text = printing.render_diagnostics(shown, report.lines, colour=_wants_colour(sys.stderr))
        print(text, file=sys.stderr)


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
        print(
            f"nothing was published because of {errors} error{'s' * (errors != 1)}", file=sys.stderr
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

        return tqdm(items, desc=doing, delay=PROGRESS_DELAY, leave=False, unit="")


def _progress(options: Namespace) -> _Bar:
    return _Bar(hidden=options.quiet or not sys.stderr.isatty())


def _today() -> datetime.date:
    return datetime.datetime.now().astimezone().date()
