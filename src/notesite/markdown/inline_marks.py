"""Small inline marks of Obsidian's dialect: `==highlight==` and `%%comment%%`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline


def inline_marks_plugin(md: MarkdownIt) -> None:
    """Add the rules to `md`."""
    md.inline.ruler.before("emphasis", "highlight", _highlight)
    md.inline.ruler.before("emphasis", "comment", _comment_inline)
    md.block.ruler.before("fence", "comment", _comment_block, {"alt": ["paragraph", "reference"]})


def _highlight(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if not state.src.startswith("==", start) or state.src[start + 2 : start + 3] in {"", " ", "="}:
        return False
    end = state.src.find("==", start + 2, state.posMax)
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


def _comment_inline(state: StateInline, silent: bool) -> bool:  # noqa: ARG001
    if not state.src.startswith("%%", state.pos):
        return False
    end = state.src.find("%%", state.pos + 2, state.posMax)
    if end < 0:
        return False
    state.pos = end + 2
    return True


def _comment_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A comment whose `%%` open and close stand on lines of their own."""
    begin = state.bMarks[start_line] + state.tShift[start_line]
    if state.src[begin : state.eMarks[start_line]].strip() != "%%":
        return False
    for line in range(start_line + 1, end_line):
        start = state.bMarks[line] + state.tShift[line]
        if state.src[start : state.eMarks[line]].rstrip().endswith("%%"):
            if not silent:
                state.line = line + 1
            return True
    return False
