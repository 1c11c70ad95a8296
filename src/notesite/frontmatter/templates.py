"""Values that a template was to fill in, as Templater and Obsidian's own templates write them."""

from __future__ import annotations

import re

from notesite.diagnostics import Diagnostic, diagnose
from notesite.spans import Span

_MOST_TEMPLATE_LINES = 100
"""Lines that one expression of a template may take."""

# The key, or the dash, that a line of front matter begins with.
_KEY = re.compile(r"[ \t]*(?:-[ \t]+|[^\s:#-][^:]*:[ \t]*)")


def without_templates(text: str, file: str) -> tuple[str, list[Diagnostic]]:
    """`text` with blanks for the values that hold an expression of a template, and their places.

    Such as `date: <% tp.date.now() %>` (Templater) or `date: {{date}}` (Obsidian's templates) in a
    note that was made by hand, or in a template that lies among the notes.
    """
    if "{{" not in text and "<%" not in text:
        return text, []
    problems = []
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        found = _KEY.match(lines[number])
        last = _last_line(lines, number, found.end()) if found else None
        if found is None or last is None:
            number += 1
            continue
        message = "an expression of a template that was never filled in; the value is left out"
        # The YAML text begins on the file's second line.
        span = Span.at(number + 2, found.end() + 1, len(lines[number]) - found.end())
        problems.append(diagnose("front-matter-template", message, file, span))
        lines[number] = found[0]
        lines[number + 1 : last + 1] = [""] * (last - number)
        number = last + 1
    return "\n".join(lines), problems


def _last_line(lines: list[str], first: int, start: int) -> int | None:
    """The line in which the value ends that starts in line `first`, if it is a template's.

    That is one that begins with `{{`, or one that holds `<% ... %>`, which may take several lines.
    """
    value = lines[first][start:]
    if value.startswith("{{"):
        return first
    if "<%" not in value:
        return None
    opened = value.partition("<%")[2]
    rest = (opened, *lines[first + 1 : first + _MOST_TEMPLATE_LINES])
    return next((first + at for at, line in enumerate(rest) if "%>" in line), None)
