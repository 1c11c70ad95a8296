"""Lines that a formula goes on over: a `+` at the start of one begins no list there.

CommonMark lets a list, a quote or a heading interrupt a paragraph. When that is done within
`$a` and `+ b$`, two broken halves of a formula are printed and nobody is told, so that such a line
belongs to the paragraph. In a list, where it may be the next item, it begins one, with a hint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.markdown.math_inlines import closing_dollar
from notesite.markdown.places import report
from notesite.markdown.prices import looks_like_a_price
from notesite.spans import Span

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

    from notesite.markdown.beginnings import BlockRule

MOST_LINES = 40
"""How many lines of a paragraph are looked at before and behind a line; formulas are shorter."""

_ALTERNATIVES = {
    "list": ["paragraph", "reference", "blockquote"],
    "blockquote": ["paragraph", "reference", "blockquote", "list"],
    "heading": ["paragraph", "reference", "blockquote"],
}
"""The rules that may interrupt a paragraph at such a line, and in what else, as in markdown-it."""


def open_formulas_plugin(md: MarkdownIt) -> None:
    """Let no list, quote or heading of `md` begin within a formula."""
    rules = {rule.name: rule.fn for rule in md.block.ruler.__rules__}
    for name, alternatives in _ALTERNATIVES.items():
        md.block.ruler.at(name, _outside_of_formulas(rules[name]), {"alt": alternatives})


def _outside_of_formulas(rule: BlockRule) -> BlockRule:
    def beginning(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        if not rule(state, start_line, end_line, silent):
            return False
        if not silent or state.parentType != "paragraph" or not _is_in_formula(state, start_line):
            return True
        if state.sCount[start_line] >= state.blkIndent:
            return False
        _report_item(state, start_line)
        return True

    return beginning


def _is_in_formula(state: StateBlock, line: int) -> bool:
    """Whether a `$` of the paragraph before `line` is closed on that line or behind it."""
    first = state.line
    if not first < line <= first + MOST_LINES:
        return False
    before = state.getLines(first, line, state.blkIndent, keepLastLF=True)
    if "$" not in before:
        return False
    last = line
    while last < min(state.lineMax, line + MOST_LINES) and not state.isEmpty(last):
        last += 1
    text = before + state.getLines(line, last, state.blkIndent, keepLastLF=False)
    return _is_open_at(text, len(before))


def _is_open_at(text: str, offset: int) -> bool:
    """Whether a formula of the paragraph `text` begins before `offset` and ends behind it."""
    at = text.find("$")
    while 0 <= at < offset:
        width = 2 if text.startswith("$$", at) else 1
        end = _closing(text, at, width)
        if end is not None and end >= offset:
            return not looks_like_a_price(text[at + 1 : end])
        at = text.find("$", at + width if end is None else end + width)
    return False


def _closing(text: str, at: int, width: int) -> int | None:
    """Where the formula ends that the dollars at `at` open; None if they open none."""
    begin = text.rfind("\n", 0, at) + 1
    is_code = text.count("`", begin, at) % 2 == 1
    is_escaped = (at - len(text[:at].rstrip("\\"))) % 2 == 1
    if is_code or is_escaped:
        return None
    if width == 1:
        return closing_dollar(text, at, len(text))
    end = text.find("$$", at + 2)
    return None if end < 0 else end


def _report_item(state: StateBlock, line: int) -> None:
    column = state.bMarks[line] + state.tShift[line] - state.src.rfind("\n", 0, state.bMarks[line])
    message = "the item of a list begins within a formula, which it breaks in two"
    hint = "indent the line if the formula goes on, or write '\\$' for a dollar sign"
    report(state.env, "math-habit", message, Span.at(line + 1, column, 1), hint)
