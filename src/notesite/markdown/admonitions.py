"""Boxes of the Admonition plugin: fences of the language `ad-theorem`, `ad-note` and the like.

Their content is Markdown. Lines at its beginning may set `title` and `collapse`; `icon` and `color`
are the business of a theme. A kind of result makes one, as the callout of that type would.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notesite.markdown.callouts import box_or_result
from notesite.markdown.fence_lines import closing_marks, line_of
from notesite.markdown.results.fences import push_around
from notesite.patterns import pattern

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

    from notesite.markdown.fence_lines import Line

_OPENING = pattern(r"(?P<marks>`{3,}|~{3,})[ \t]*ad-(?P<type>[\w-]+)[ \t]*(?P<title>[^`]*?)[ \t]*$")
_SETTING = pattern(r"[ \t]*(title|collapse|icon|color)[ \t]*:[ \t]*(.*?)[ \t]*$", re.IGNORECASE)
_FOLDS = {"open": "+", "closed": "-", "true": "-", "": "-"}


def admonitions_plugin(md: MarkdownIt) -> None:
    """Add the block rule to `md`, before those that read fences."""
    alternatives = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("directive", "admonition", _admonition, alternatives)  # type: ignore[arg-type]


def _admonition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    line = line_of(state, start_line)
    found = _OPENING.match(line.text)
    if found is None or state.is_code_block(start_line):
        return False
    close = closing_marks(state, found["marks"], start_line + 1, end_line)
    if close is None:
        return False  # the rule for fences tells what an unclosed one becomes
    if silent:
        return True
    settings, first = _settings(state, start_line + 1, close)
    head = settings.get("title", (line, found["title"]))
    fold = _FOLDS.get(settings["collapse"][1].lower(), "") if "collapse" in settings else ""
    opening, closing = box_or_result(state.env, found["type"], fold, head, (line, close + 1))
    push_around(state, opening, closing, first, close)
    state.line = close + 1
    return True


def _settings(state: StateBlock, first: int, close: int) -> tuple[dict[str, tuple[Line, str]], int]:
    """The settings by name, each with its line, and the first line of the content."""
    settings: dict[str, tuple[Line, str]] = {}
    while first < close:
        line = line_of(state, first)
        found = _SETTING.match(line.text)
        if found is None:
            break
        settings[found[1].lower()] = (line, found[2])
        first += 1
    return settings, first
