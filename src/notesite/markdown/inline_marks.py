"""Small inline marks of Obsidian's dialect: `==highlight==` and `%%comment%%`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notesite.markdown.math_inlines import closing_dollar
from notesite.markdown.places import inline_origin, note_comment, report
from notesite.spans import Position, Span

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline


_STEP = re.compile(r"\\.|`+|==|\$", re.DOTALL)


def inline_marks_plugin(md: MarkdownIt) -> None:
    """Add the rules to `md`."""
    md.inline.ruler.before("emphasis", "highlight", _highlight)
    md.inline.ruler.before("emphasis", "comment", _comment_inline)
    md.block.ruler.before("fence", "comment", _comment_block, {"alt": ["paragraph", "reference"]})


def _highlight(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if not state.src.startswith("==", start) or state.src[start + 2 : start + 3] in {"", " ", "="}:
        return False
    end = _closing_mark(state.src, start + 2, state.posMax)
    if end < 0 or state.src[end - 1].isspace() or "\n\n" in state.src[start:end]:
        return False
    if not silent:
        outer = state.posMax
        state.pos, state.posMax = start + 2, end
        state.push("mark_open", "mark", 1)
        state.md.inline.tokenize(state)
        state.push("mark_close", "mark", -1)
        state.posMax = outer
    state.pos = end + 2
    return True


def _closing_mark(source: str, start: int, maximum: int) -> int:
    """Where the next `==` outside of code and formulas stands, else -1."""
    position = start
    while found := _STEP.search(source, position, maximum):
        if found[0] == "==":
            return found.start()
        position = found.end()
        if found[0] == "$":
            closing = closing_dollar(source, found.start(), maximum)
            position = position if closing is None else closing + 1
        elif found[0][0] == "`":
            closing = source.find(found[0], position, maximum)
            position = position if closing < 0 else closing + len(found[0])
    return -1


def _comment_inline(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("%%", state.pos):
        return False
    end = state.src.find("%%", state.pos + 2, state.posMax)
    if end < 0:
        if not silent:
            span = inline_origin(state, state.pos, "%%").span(0, 2)
            message = "'%%' opens a comment that does not end in this paragraph"
            report(state.env, "comment-unclosed", message, span, r"write '\%%' for two such signs")
        return False
    if not silent:
        raw = state.src[state.pos : end + 2]
        span = inline_origin(state, state.pos, raw).span(0, len(raw))
        note_comment(state.env, span, "" if "\n" in raw else raw)
    state.pos = end + 2
    return True


def _comment_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A comment that a line begins with and another one ends; without an end, the rest is it."""
    begin = state.bMarks[start_line] + state.tShift[start_line]
    first = state.src[begin : state.eMarks[start_line]]
    if not first.startswith("%%") or "%%" in first[2:] or state.is_code_block(start_line):
        return False
    closing = next(
        (line for line in range(start_line + 1, end_line) if "%%" in _line(state, line)), None
    )
    if silent:
        return True
    if closing is None:
        column = begin - (state.src.rfind("\n", 0, begin) + 1) + 1
        message = "'%%' opens a comment that is never closed; the rest is left out"
        report(state.env, "comment-unclosed", message, Span.at(start_line + 1, column, 2))
        _remember(state, start_line, end_line - 1, 0)
        state.line = end_line
        return True
    rest = _line(state, closing).partition("%%")[2]
    _remember(state, start_line, closing, len(rest))
    if rest.strip():
        # What follows the comment on its last line is text again.
        state.bMarks[closing] = state.eMarks[closing] - len(rest)
        state.tShift[closing] = len(rest) - len(rest.lstrip())
        state.sCount[closing] = state.blkIndent
    state.line = closing if rest.strip() else closing + 1
    return True


def _remember(state: StateBlock, first: int, last: int, rest: int) -> None:
    """Notes a comment from one line to another, on which `rest` characters follow it."""
    begin = state.bMarks[first] + state.tShift[first]
    end = state.eMarks[last] - rest
    start = Position(first + 1, begin - state.src.rfind("\n", 0, begin))
    column = end - state.src.rfind("\n", 0, end)
    note_comment(state.env, Span(start, Position(last + 1, column)))


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
