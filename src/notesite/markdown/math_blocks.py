"""Displays that are blocks of Markdown: where one begins and ends.

`$$` at the start of a line opens a display, as it does in Obsidian: it may follow a line of text at
once, may hold blank lines, and ends at the next `$$`, behind which the text goes on. So does an
environment such as `align` that stands on its own. What is opened and never closed is reported
where it was opened, and swallows nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notesite.markdown.math_displays import (
    SENTENCE_MARK,
    display_math_plugin,
    takes_mark,
    with_mark,
)
from notesite.markdown.math_inlines import DOUBLE_DOLLAR, MATH_ENVIRONMENT, math_inlines_plugin
from notesite.markdown.places import report
from notesite.spans import Origin, Span

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock


def math_plugin(md: MarkdownIt, *, backslash: bool) -> None:
    r"""Add the rules to `md`; `backslash` reads `\(…\)` and `\[…\]` too."""
    alternatives: RuleOptionsType = {
        "alt": ["paragraph", "reference", "blockquote", "list", "footnote_def"]
    }
    md.block.ruler.before("fence", "math_block", _dollar_block, alternatives)
    md.block.ruler.before("fence", "math_environment", _environment_block, alternatives)
    md.block.ruler.before("paragraph", "math_paragraph", _open_paragraph)
    if backslash:
        md.block.ruler.before("fence", "math_bracket", _bracket_block, alternatives)
    math_inlines_plugin(md, backslash=backslash)
    display_math_plugin(md)


def _dollar_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    position = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("$$", position) or state.is_code_block(start_line):
        return False
    if silent:
        return not _paragraph_is_open(state, start_line)
    return _display_block(state, start_line, end_line, "$$", "$$")


def _bracket_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    position = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("\\[", position) or state.is_code_block(start_line):
        return False
    lines = _content_lines(state, start_line, end_line)
    if not any("\\]" in text for text, _, _ in lines):
        return False
    return silent or _display_block(state, start_line, end_line, "\\[", "\\]")


def _environment_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    position = state.bMarks[start_line] + state.tShift[start_line]
    opening = MATH_ENVIRONMENT.match(state.src, position)
    if opening is None or state.is_code_block(start_line):
        return False
    if silent:
        return not _paragraph_is_open(state, start_line)
    closing = f"\\end{{{opening[1]}}}"
    return _display_block(state, start_line, end_line, "", closing)


def _display_block(
    state: StateBlock, start_line: int, end_line: int, opening: str, closing: str
) -> bool:
    """Read a display from `start_line` on; the rest of its last line stays to be read."""
    lines = _content_lines(state, start_line, end_line)
    found = _find_closing(lines, len(opening), closing)
    if found is None:
        _report_unclosed(state, lines, opening or lines[0][0][:40])
        return False
    index, at = found
    if index == 0 and lines[0][0][at + len(closing) :].strip(" \t.,;:"):
        # Text follows on the only line: a paragraph whose inline rule finds the display.
        return False
    kept = closing if not opening else ""
    pieces = [text for text, _, _ in lines[:index]] + [lines[index][0][:at] + kept]
    end = at + len(closing)
    tex = "\n".join(pieces)[len(opening) :]
    # A full stop after the closing dollars belongs to the sentence that the display ends.
    mark = SENTENCE_MARK.match(lines[index][0], end)
    if not opening or not takes_mark(tex):
        mark = None
    runs, offset = [], 0
    for text, number, column in lines[: index + 1]:
        runs.append((offset, number + 1, column + 1))
        offset += len(text) + 1
    token = state.push("math", "", 0)
    token.content = with_mark(tex, mark[1]) if mark else tex
    token.block = True
    token.map = [start_line, lines[index][1] + 1]
    token.meta = {
        "display": True, "inline": False, "origin": Origin(tuple(runs)).shifted(len(opening)),
        "markup": opening,
    }  # fmt: skip
    _leave_rest(state, lines[index], mark.end() if mark else end)
    return True


def _leave_rest(state: StateBlock, line: tuple[str, int, int], at: int) -> None:
    text, number, _ = line
    rest = text[at:]
    if not rest.strip():
        state.line = number + 1
        return
    # The line goes on after the display: the block parser meets the remainder as a line.
    blank = len(rest) - len(rest.lstrip())
    begin = state.bMarks[number] + state.tShift[number]
    state.bMarks[number] = begin + at + blank
    state.tShift[number] = 0
    state.sCount[number] = state.blkIndent
    state.line = number


def _content_lines(state: StateBlock, start: int, end: int) -> list[tuple[str, int, int]]:
    """The lines of the container from `start` on: text, line number, column; both from 0."""
    lines = []
    for number in range(start, end):
        if state.sCount[number] < state.blkIndent and not state.isEmpty(number):
            break
        begin = state.bMarks[number] + state.tShift[number]
        line_start = state.src.rfind("\n", 0, begin) + 1
        lines.append((state.src[begin : state.eMarks[number]], number, begin - line_start))
    return lines


def _find_closing(
    lines: list[tuple[str, int, int]], skip: int, closing: str
) -> tuple[int, int] | None:
    pattern = re.compile(r"\\\\|" + re.escape(closing) + r"|\\.|%.*")
    for index, (text, _, _) in enumerate(lines):
        for match in pattern.finditer(text, skip if index == 0 else 0):
            if match[0] == closing:
                return index, match.start()
            if match[0].startswith("%") and closing in match[0]:
                return index, match.start() + match[0].index(closing)
    return None


def _report_unclosed(state: StateBlock, lines: list[tuple[str, int, int]], opening: str) -> None:
    _, number, column = lines[0]
    span = Span.at(number + 1, column + 1, len(opening))
    report(state.env, "math-unclosed", f"'{opening}' opens a formula that is never closed", span)


def _paragraph_is_open(state: StateBlock, line: int) -> bool:
    """Whether the paragraph that `line` would interrupt holds a `$$` still to be closed."""
    if state.parentType != "paragraph" or state.line >= line:
        return False
    text = state.getLines(state.line, line, state.blkIndent, keepLastLF=False)
    return _has_open_display(text)


def _has_open_display(text: str) -> bool:
    return sum(match[0] == "$$" for match in DOUBLE_DOLLAR.finditer(text)) % 2 == 1


def _open_paragraph(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A paragraph with a `$$` that opens within a line and closes below a blank line or a mark."""
    begin, end = state.bMarks[start_line], state.eMarks[start_line]
    if silent or "$$" not in state.src[begin:end]:
        return False
    lines = _content_lines(state, start_line, end_line)
    if not _has_open_display(lines[0][0]):
        return False
    last = next(
        (i for i, (text, _, _) in enumerate(lines[1:], start=1) if _has_open_display(text)), None
    )
    if last is None or all(text.strip() for text, _, _ in lines[:last]):
        return False
    stop = lines[last][1] + 1
    token = state.push("paragraph_open", "p", 1)
    token.map = [start_line, stop]
    token = state.push("inline", "", 0)
    token.content = "\n".join(text for text, _, _ in lines[: last + 1]).strip()
    token.map = [start_line, stop]
    token.children = []
    state.push("paragraph_close", "p", -1)
    state.line = stop
    return True
