"""What the overlay shows of a build's errors: plain values that JSON can carry."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from notesite.diagnostics import Severity
from notesite.text import plural

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from notesite.building import BuildReport
    from notesite.diagnostics import Diagnostic
    from notesite.spans import Span

MOST_SHOWN = 30
"""How many errors the overlay lists; whoever has more reads the terminal."""

_CONTEXT_BEFORE = 60
_CONTEXT_AFTER = 100


class Excerpt(TypedDict):
    """A line of a file in three pieces, of which the middle one is meant."""

    before: str
    marked: str
    after: str


class Problem(TypedDict):
    """One error; `place` is empty or `file`, `file:line:column`. All of it is text, not HTML."""

    place: str
    code: str
    message: str
    excerpt: Excerpt | None
    notes: list[str]


def problems_of(report: BuildReport) -> tuple[Problem, ...]:
    """The errors of `report`, at most `MOST_SHOWN` of them and a line that counts the rest."""
    errors = [each for each in report.diagnostics if each.severity is Severity.ERROR]
    shown = tuple(_problem(each, report.lines) for each in errors[:MOST_SHOWN])
    hidden = len(errors) - len(shown)
    if not hidden:
        return shown
    return (*shown, _bare(f"{plural(hidden, 'more error')}; the terminal lists them all"))


def failure(error: Exception) -> Problem:
    """What to show when building itself broke off."""
    return _bare(
        f"the build broke off with {type(error).__name__}: {error}",
        notes=["the terminal shows where; the site is as it was before"],
    )


def _bare(message: str, notes: Sequence[str] = ()) -> Problem:
    return Problem(place="", code="", message=message, excerpt=None, notes=list(notes))


def _problem(diagnostic: Diagnostic, lines: Mapping[str, Sequence[str]]) -> Problem:
    related = [f"{each.message}: {_place(each.file, each.span)}" for each in diagnostic.related]
    return Problem(
        place=_place(diagnostic.file, diagnostic.span),
        code=diagnostic.code,
        message=diagnostic.message,
        excerpt=_excerpt(diagnostic.span, lines.get(diagnostic.file, ())),
        notes=[*diagnostic.hints, *related],
    )


def _place(file: str, span: Span | None) -> str:
    return f"{file}:{span.start.line}:{span.start.column}" if span else file


def _excerpt(span: Span | None, lines: Sequence[str]) -> Excerpt | None:
    """The line where `span` starts, cut to what stands near."""
    if span is None or not 0 < span.start.line <= len(lines):
        return None
    line = lines[span.start.line - 1].rstrip()
    start = min(span.start.column - 1, len(line))
    end = span.end.column - 1 if span.end.line == span.start.line else len(line)
    end = min(max(end, start + 1), start + _CONTEXT_AFTER)
    first, last = max(0, start - _CONTEXT_BEFORE), end + _CONTEXT_AFTER
    return Excerpt(
        before=("…" if first else "") + line[first:start],
        marked=line[start:end],
        after=line[end:last] + ("…" if last < len(line) else ""),
    )
