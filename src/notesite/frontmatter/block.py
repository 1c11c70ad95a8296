"""Where front matter stands in a note, and what only looks like it."""

from __future__ import annotations

import re

from notesite.diagnostics import Diagnostic, diagnose
from notesite.records import dataclass
from notesite.spans import Span

_KEY_OF_BLOCK = re.compile(r"[A-Za-z_][\w-]*:(?:\s|$)")
_KEY = re.compile(r"^[^#\n]*:(?:\s|$)", re.MULTILINE)
"""What no front matter is without."""
_END_OF_TOML = re.compile(r"^\+\+\+\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatterBlock:
    """The YAML text of a note and the number of lines it takes with its two fences."""

    text: str
    lines: int


def split_front_matter(text: str) -> FrontMatterBlock | None:
    """The block between `---` on the first line and the next `---` or `...`, if there is one.

    Text without a single key is no front matter, but text between two rules.
    """
    block = _first_block(text)
    return block if block and (_says_nothing(block) or _KEY.search(block.text)) else None


def _first_block(text: str) -> FrontMatterBlock | None:
    if not text.startswith("---"):
        return None
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return None
    for index, line in enumerate(lines[1:], start=1):
        if line.rstrip() in {"---", "..."}:
            return FrontMatterBlock("\n".join(lines[1:index]), index + 1)
    return None


def _says_nothing(block: FrontMatterBlock) -> bool:
    lines = map(str.strip, block.text.split("\n"))
    return all(not line or line.startswith("#") for line in lines)


def missed_front_matter(text: str, file: str) -> Diagnostic | None:
    """What is wrong where a note without a block begins as if it had one.

    That is one that is never closed, below which the whole note would lie, one in TOML, one below
    blank lines, or text between two rules.
    """
    stripped = text.lstrip()
    if stripped != text and stripped.startswith("---\n"):
        return _late_front_matter(text, stripped, file)
    first, _, rest = text.partition("\n")
    if _first_block(text):
        message = "no front matter, since no line has a key: read as text between two rules"
        return diagnose("front-matter-text", message, file, Span.at(1, 1, 3))
    if first.rstrip() == "---" and _KEY_OF_BLOCK.match(rest):
        hints = ("end it with a line of three hyphens",)
        message = "front matter that is never closed"
    elif first.rstrip() == "+++" and _END_OF_TOML.search(rest):
        hints = ("write it in YAML, between lines of three hyphens",)
        message = "front matter in TOML, which is not read"
    else:
        return None
    span = Span.at(1, 1, len(first.rstrip()))
    return diagnose("front-matter-syntax", message, file, span, hints=hints)


def _late_front_matter(text: str, stripped: str, file: str) -> Diagnostic | None:
    block = _first_block(stripped)
    if block is None or not _KEY_OF_BLOCK.match(block.text):
        return None
    line = 1 + text.count("\n", 0, len(text) - len(stripped))
    message = "front matter that does not begin on the first line, and is read as text"
    hints = ("remove the blank lines above it",)
    return diagnose("front-matter-text", message, file, Span.at(line, 1, 3), hints=hints)
