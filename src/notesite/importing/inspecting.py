"""Looking over a site that is to move: what is wrong in it, in sentences with examples."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from notesite.diagnostics import CATALOGUE, Diagnostic, Severity
from notesite.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from notesite.building import BuildReport
    from notesite.model import Respelling

_SHOWN = 12
"""How many examples of one kind are listed; `notesite check` lists them all."""

_DEAD = frozenset({"link-not-found", "link-heading-not-found", "file-link-not-found"})


def inspect(report: BuildReport, *, heeds_capitals: bool) -> list[str]:
    """What is wrong in the notes of a site, by kind, the most serious first.

    `heeds_capitals` says that the old generator took links by their exact spelling.
    """
    found = [each for each in report.diagnostics if each.severity is not Severity.HINT]
    kinds: dict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic in found:
        kinds[_kind(diagnostic)].append(diagnostic)
    said = []
    for kind in sorted(kinds, key=lambda kind: (kind not in _TITLES, -len(kinds[kind]), kind)):
        title = _TITLES.get(kind) or _in_a_list(CATALOGUE[kind][1])
        examples = [_example(each) for each in kinds[kind]]
        said.append(_listed(f"{len(examples)} × {title}", examples))
    if heeds_capitals and report.survey.respelled:
        said.append(_capitals(report.survey.respelled))
    said += _lonely(report)
    return said


def _in_a_list(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:].rstrip(".")


_TITLES = {
    "dead": "link that leads nowhere",
    "missing": "missing attachment",
    "math": "formula that does not compile, which others show as they can",
}


def _kind(diagnostic: Diagnostic) -> str:
    if diagnostic.code in _DEAD:
        return "dead"
    if diagnostic.code == "file-not-found":
        return "missing"
    is_formula = diagnostic.code.startswith("math-") and diagnostic.severity is Severity.ERROR
    return "math" if is_formula else diagnostic.code


def _capitals(respelled: Sequence[Respelling]) -> str:
    examples = [f"{each.file}:{each.line}: '{each.written}' is '{each.path}'" for each in respelled]
    title = (
        "link in other capitals than its file: fine on a laptop, dead on GitHub Pages; mended here"
    )
    return _listed(f"{len(examples)} × {title}", examples)


def _lonely(report: BuildReport) -> list[str]:
    survey = report.survey
    said = []
    if survey.orphans:
        title = f"{plural(len(survey.orphans), 'note')} that no link connects with another"
        said.append(_listed(title, survey.orphans))
    if survey.unused:
        title = f"{plural(len(survey.unused), 'media file')} that no page shows"
        said.append(_listed(title, survey.unused))
    return said


def _example(diagnostic: Diagnostic) -> str:
    start = diagnostic.span.start if diagnostic.span else None
    place = f"{diagnostic.file}:{start.line}:{start.column}" if start else diagnostic.file
    hint = f" ({diagnostic.hints[0]})" if diagnostic.hints else ""
    return f"{place}: {diagnostic.message}{hint}"


def _listed(title: str, examples: Iterable[str]) -> str:
    lines = list(examples)
    shown = lines[:_SHOWN]
    if len(lines) > _SHOWN:
        shown.append(f"and {len(lines) - _SHOWN:,} more")
    return "\n".join([title, *(f"  {line}" for line in shown)])
