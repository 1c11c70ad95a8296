"""Diagnostics and reports as text: for people, for programs, for GitHub."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from notesite.diagnostics import Diagnostic, Severity
from notesite.text import cells, plural, printable

if TYPE_CHECKING:
    from notesite.building import BuildReport
    from notesite.importing import Imported
    from notesite.model import Survey
    from notesite.spans import Position

Lines = Mapping[str, Sequence[str]]

Paint = Callable[[str, str], str]

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.HINT: "36"}
_WIDEST_LINE = 120

MOST_OF_A_KIND = 10
"""How many warnings or hints of one kind are shown where there are too many to read."""
_WORTH_FOLDING = 20
"""How many of one kind are too many."""


def render_diagnostics(diagnostics: Sequence[Diagnostic], lines: Lines, *, colour: bool) -> str:
    """The diagnostics as a compiler shows them: place, message, source line, caret, hints."""
    return "\n".join(render_diagnostic(each, lines, colour=colour) for each in diagnostics)


def render_folded(diagnostics: Sequence[Diagnostic], lines: Lines, *, colour: bool) -> str:
    """The same, with the first few and a count where one kind has very many; errors are all shown.

    A vault has hundreds of links to notes still to be written, among which nobody finds the rest.
    """
    kinds = Counter((each.severity, each.code) for each in diagnostics)
    many = {
        (severity, code)
        for (severity, code), count in kinds.items()
        if count > _WORTH_FOLDING and severity is not Severity.ERROR
    }
    shown: Counter[tuple[Severity, str]] = Counter()
    parts = []
    for each in diagnostics:
        kind = (each.severity, each.code)
        shown[kind] += 1
        if kind not in many or shown[kind] <= MOST_OF_A_KIND:
            parts.append(render_diagnostic(each, lines, colour=colour))
    paint = _paint if colour else _plain
    parts += [
        f"… and {kinds[kind] - MOST_OF_A_KIND:,} more of "
        + paint(f"{kind[0].value}[{kind[1]}]", f"1;{_COLOURS[kind[0]]}")
        + "; 'notesite check' lists them all\n"
        for kind in kinds
        if kind in many
    ]
    return "\n".join(parts)


def render_diagnostic(diagnostic: Diagnostic, lines: Lines, *, colour: bool) -> str:
    """One diagnostic, ended by a line break; `lines` gives the lines of each file named.

    A file is no friend of the terminal: what it holds of escape sequences is only hinted at.
    """
    paint = _paint if colour else _plain
    severity = paint(
        f"{diagnostic.severity.value}[{diagnostic.code}]", f"1;{_COLOURS[diagnostic.severity]}"
    )
    place = paint(_place(diagnostic), "1")
    parts = [f"{place}: {severity}: {printable(diagnostic.message)}"]
    parts += _excerpt(diagnostic, lines, paint)
    parts += [f"  {paint('hint:', '36')} {printable(hint)}" for hint in diagnostic.hints]
    for related in diagnostic.related:
        where = _where(related.file, related.span.start if related.span else None)
        parts.append(f"  {paint('note:', '36')} {where}: {printable(related.message)}")
    return "\n".join(parts) + "\n"


def _place(diagnostic: Diagnostic) -> str:
    return _where(diagnostic.file, diagnostic.span.start if diagnostic.span else None)


def _where(file: str, start: Position | None) -> str:
    file = printable(file)
    return f"{file}:{start.line}:{start.column}" if start else file


def _excerpt(diagnostic: Diagnostic, lines: Lines, paint: Paint) -> list[str]:
    """The source line with a caret under what is meant, cut to fit a terminal."""
    span = diagnostic.span
    known = lines.get(diagnostic.file, ())
    if span is None or not 0 < span.start.line <= len(known):
        return []
    line = printable(known[span.start.line - 1].replace("\t", " "))
    start = min(span.start.column - 1, len(line))
    end = span.end.column - 1 if span.end.line == span.start.line else len(line)
    end = max(min(end, len(line)), start + 1)
    first, last = _window(line, start)
    before = ("…" if first else "") + line[first:start]
    shown = line[start:last]
    number = str(span.start.line)
    width = max(1, cells(line[start : min(end, last)]))
    caret = paint("^" * width, f"1;{_COLOURS[diagnostic.severity]}")
    bar = paint("|", "34")
    return [
        f"  {paint(number, '34')} {bar} {(before + shown).rstrip()}",
        f"  {' ' * len(number)} {bar} {' ' * cells(before)}{caret}",
    ]


def _window(line: str, start: int) -> tuple[int, int]:
    """From where to where a line is shown of which the character at `start` is meant."""
    if cells(line) <= _WIDEST_LINE:
        return 0, len(line)
    first = max(0, start - _WIDEST_LINE // 2)
    while cells(line[first:start]) > _WIDEST_LINE // 2:
        first += 1
    last = min(len(line), first + _WIDEST_LINE)
    while cells(line[first:last]) > _WIDEST_LINE:
        last -= 1
    return first, last


def _paint(text: str, codes: str) -> str:
    return f"\x1b[{codes}m{text}\x1b[0m"


def _plain(text: str, codes: str) -> str:  # noqa: ARG001 - stands in for _paint
    return text


def render_json(report: BuildReport) -> str:
    """One JSON object: `diagnostics`, the counts of each severity, and the `survey`."""
    return json.dumps(
        {
            "diagnostics": [_as_json(each) for each in report.diagnostics],
            "errors": report.count(Severity.ERROR),
            "warnings": report.count(Severity.WARNING),
            "hints": report.count(Severity.HINT),
            "survey": asdict(report.survey),
        },
        ensure_ascii=False,
        indent=2,
    )


def _as_json(diagnostic: Diagnostic) -> dict[str, object]:
    span = diagnostic.span
    return {
        "severity": diagnostic.severity.value,
        "code": diagnostic.code,
        "message": diagnostic.message,
        "path": diagnostic.file,
        "line": span.start.line if span else None,
        "column": span.start.column if span else None,
        "end": {"line": span.end.line, "column": span.end.column} if span else None,
        "hints": list(diagnostic.hints),
        "related": [
            {
                "message": related.message,
                "path": related.file,
                "line": related.span.start.line if related.span else None,
                "column": related.span.start.column if related.span else None,
            }
            for related in diagnostic.related
        ],
    }


_GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}


def render_github(diagnostics: Sequence[Diagnostic]) -> str:
    """The diagnostics as GitHub's workflow commands, which annotate the files of a push."""
    return "".join(_as_command(each) for each in diagnostics)


def _as_command(diagnostic: Diagnostic) -> str:
    properties = {"file": diagnostic.file, "title": diagnostic.code}
    if diagnostic.span:
        start, end = diagnostic.span.start, diagnostic.span.end
        properties |= {"line": str(start.line), "col": str(start.column), "endLine": str(end.line)}
        if end.line == start.line:
            properties["endColumn"] = str(end.column)
    text = "; ".join((diagnostic.message, *diagnostic.hints))
    listed = ",".join(f"{key}={_escape_property(value)}" for key, value in properties.items())
    return f"::{_GITHUB_LEVELS[diagnostic.severity]} {listed}::{_escape_command(text)}\n"


def _escape_command(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_command(text).replace(":", "%3A").replace(",", "%2C")


def render_survey(survey: Survey) -> str:
    """What is worth a look: lonely notes, unused files, notes still to be written."""
    wanted = [f"{name} ({count}×)" for name, count in survey.wanted]
    respelled = [
        f"{each.file}:{each.line}: '{each.written}' is '{each.path}'" for each in survey.respelled
    ]
    parts = (
        ("wanted notes, by how often they are linked to", wanted),
        ("notes that no link connects with another", survey.orphans),
        ("media that no page shows", survey.unused),
        ("links in other capitals than the file they name", respelled),
    )
    return "".join(
        f"{title}:\n" + "".join(f"  {name}\n" for name in names) for title, names in parts if names
    )


def render_import(imported: Imported) -> str:
    """What an import understood, left behind and found wrong."""
    report = imported.report
    read = f"{plural(report.notes, 'note')}, {plural(report.formulas, 'formula')} read\n"
    parts = (
        ("understood", imported.understood),
        ("not carried over", imported.left),
        ("wrong where it comes from", imported.wrong),
    )
    return read + "".join(
        f"\n{title}:\n" + "".join(f"  {line}\n" for line in _indented(lines))
        for title, lines in parts
        if lines
    )


def _indented(texts: Sequence[str]) -> list[str]:
    return [line for text in texts for line in text.splitlines()]


def summarise(report: BuildReport, seconds: float, *, checked_only: bool) -> str:
    """One line on what was done: notes, formulas, pages, time; then what was found."""
    made = f"{plural(report.notes, 'note')}, {plural(report.formulas, 'formula')}"
    if report.is_published:
        written = f"{len(report.written):,} written, {report.unchanged:,} unchanged"
        removed = f", {len(report.removed):,} removed" if report.removed else ""
        line = f"{made}: {plural(report.pages, 'file')} ({written}{removed}) in {seconds:.2f} s"
    else:
        line = f"{made} {'checked' if checked_only else 'read'} in {seconds:.2f} s"
    found = [
        plural(count, severity.value)
        for severity in Severity
        if (count := report.count(severity)) and severity is not Severity.HINT
    ]
    return line + (f"; {', '.join(found)}" if found else "")
