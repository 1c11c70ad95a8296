"""Fixing: what is certain, written into the notes; only `notesite check --fix` does this."""

from __future__ import annotations

import os
import tempfile
from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from notesite.diagnostics import Diagnostic, Fix
    from notesite.spans import Span


def fix_files(root: Path, diagnostics: Iterable[Diagnostic]) -> tuple[str, ...]:
    """Apply the fixes of these diagnostics to their files below `root`; return what was done.

    A file is replaced whole or not at all, and keeps its line ends and its byte order mark. Raises
    OSError when a file cannot be read or written.
    """
    by_file: dict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic in diagnostics:
        if diagnostic.fix and diagnostic.span:
            by_file[diagnostic.file].append(diagnostic)
    done: list[str] = []
    for name, found in sorted(by_file.items()):
        path = root / name
        text = path.read_bytes().decode("utf-8")
        fixed, said = fix_text(text, found)
        if fixed != text:
            _replace(path, fixed.encode("utf-8"))
        done.extend(f"{name}:{line}" for line in said)
    return tuple(done)


def fix_text(text: str, diagnostics: Iterable[Diagnostic]) -> tuple[str, tuple[str, ...]]:
    """`text` with the fixes applied, and a line on each: its line number, old and new.

    A fix is left out when its old text does not stand exactly once within its span, as after an
    edit since the diagnostics were made.
    """
    lines = text.removeprefix("\ufeff").split("\n")
    mark = text[: len(text) - len(text.removeprefix("\ufeff"))]
    said = []
    # From the end, so that no fix moves another on the same line.
    for diagnostic in sorted(diagnostics, key=_position, reverse=True):
        assert diagnostic.span
        assert diagnostic.fix
        start = diagnostic.span.start
        if start.line > len(lines):
            continue
        line = lines[start.line - 1]
        fixed = _fixed_line(line, diagnostic.span, diagnostic.fix)
        if fixed != line:
            lines[start.line - 1] = fixed
            said.append(f"{start.line}: '{diagnostic.fix.old}' is now '{diagnostic.fix.new}'")
    return mark + "\n".join(lines), tuple(reversed(said))


def _fixed_line(line: str, span: Span, fix: Fix) -> str:
    first = span.start.column - 1
    last = span.end.column - 1 if span.end.line == span.start.line else len(line)
    written = line[first:last]
    in_url = quote(fix.new, safe="/~@!$'()*+,;=&")
    spellings = [(fix.old, fix.new if f"[[{fix.old}" in written else in_url)]
    spellings.append((quote(fix.old, safe="/~@!$'()*+,;=&"), in_url))
    for old, new in spellings:
        if written.count(old) == 1:
            return line[:first] + written.replace(old, new) + line[last:]
    return line


def _position(diagnostic: Diagnostic) -> tuple[int, int]:
    assert diagnostic.span
    return diagnostic.span.start.line, diagnostic.span.start.column


def _replace(path: Path, content: bytes) -> None:
    target = path.resolve()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".notesite-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.chmod(name, target.stat().st_mode)  # noqa: PTH101 - by name, as it came
        os.replace(name, target)  # noqa: PTH105
    except BaseException:
        os.unlink(name)  # noqa: PTH108
        raise
