"""Where front matter stands in a note, and what only looks like it."""

from __future__ import annotations

import re

from notesite.diagnostics import Diagnostic, diagnose
from notesite.records import dataclass
from notesite.spans import Span

_KEY_OF_BLOCK = re.compile(r"[A-Za-z_][\w-]*:(?:\s|$)")
_END_OF_TOML = re.compile(r"^\+\+\+\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatterBlock:
    """The YAML text of a note and the number of lines it takes with its two fences."""

    text: str
    lines: int


def split_front_matter(text: str) -> FrontMatterBlock | None:
    """The block between `---` on the first line and the next `---` or `...`, if there is one."""
    if not text.startswith("---"):
        return None
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return None
    for index, line in enumerate(lines[1:], start=1):
        if line.rstrip() in {"---", "..."}:
            return FrontMatterBlock("\n".join(lines[1:index]), index + 1)
    return None


def missed_front_matter(text: str, file: str) -> Diagnostic | None:
    """What is wrong where a note without a block begins as if it had one.

    That is one that is never closed, below which the whole note would lie, or one in TOML.
    """
    first, _, rest = text.partition("\n")
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
