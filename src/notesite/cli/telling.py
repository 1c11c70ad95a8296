"""What commands say in the terminal, as loud as their options want it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO, TypeVar

from notesite.cli import printing
from notesite.diagnostics import Severity
from notesite.text import plural

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Sequence

    from notesite.building import BuildReport

T = TypeVar("T")

PROGRESS_DELAY = 1.0
"""Seconds a stage may take before a progress bar appears."""


def fail(message: str) -> int:
    """Say why a command did nothing; the exit status to return."""
    print(f"notesite: {message}", file=sys.stderr)
    return 1


def print_diagnostics(
    report: BuildReport,
    options: Namespace,
    *,
    with_hints: bool | None = None,
    folded: bool = False,
) -> None:
    """Print the report's diagnostics, many of one kind `folded`; hints as `is_shown` has it."""
    shown = [d for d in report.diagnostics if is_shown(d.severity, options, with_hints)]
    if shown:
        render = printing.render_folded if folded else printing.render_diagnostics
        print(render(shown, report.lines, colour=wants_colour(sys.stderr)), file=sys.stderr)


def is_shown(severity: Severity, options: Namespace, with_hints: bool | None) -> bool:
    """Whether diagnostics of that severity are shown; hints, if not said, where it is verbose."""
    if severity is Severity.ERROR:
        return True
    if severity is Severity.HINT:
        return options.verbose if with_hints is None else with_hints
    return not options.quiet


def print_build(report: BuildReport, options: Namespace, seconds: float) -> None:
    """Print what a build did, which took so many `seconds`, and why nothing was published."""
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
        is_refused = any(problem.code == "output-refused" for problem in report.diagnostics)
        could = report.notes and not options.keep_going and not is_refused
        advice = "; '--keep-going' publishes with what is wrong in its place" if could else ""
        print(
            f"nothing was published because of {plural(errors, 'error')}{advice}", file=sys.stderr
        )


def wants_colour(stream: TextIO) -> bool:
    """Whether text on the stream is to be coloured."""
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


def progress(options: Namespace) -> _Bar:
    """The progress bar of a command."""
    return _Bar(hidden=options.quiet or not sys.stderr.isatty())
