"""Raw HTML that holds Markdown: `<details>` and `<div>` without the blank line CommonMark wants.

CommonMark ends such a block at the first blank line and leaves everything before it alone. Here a
block that begins with a container's tag also ends before the first line that does not begin with
a tag, so that what an author writes inside is Markdown; tags on lines of their own stay tags.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.rules_block.html_block import html_block
from markdown_it.token import Token

from notesite.markdown.places import IN_LINE

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore

_CONTAINER = re.compile(r"</?(?:details|div|section|center|aside|summary)\b", re.IGNORECASE)
_SUMMARY = re.compile(r"(<summary[^>]*>)([^<>]+)(</summary>)", re.IGNORECASE)


def html_blocks_plugin(md: MarkdownIt) -> None:
    """Put the rule in place of markdown-it's own."""
    md.block.ruler.at("html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]})
    md.core.ruler.after("block", "html_summary", _split_summaries)


def _html_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    begin = state.bMarks[start_line] + state.tShift[start_line]
    if silent or not _CONTAINER.match(state.src, begin):
        return html_block(state, start_line, end_line, silent)
    if not html_block(state, start_line, end_line, silent=False):
        return False
    token = state.tokens[-1]
    stop = _first_text_line(state, start_line, state.line)
    if stop < state.line:
        state.line = stop
        token.map = [start_line, stop]
        token.content = state.getLines(start_line, stop, state.blkIndent, keepLastLF=True)
    return True


def _first_text_line(state: StateBlock, start: int, end: int) -> int:
    """The first line after the block's opening tag that does not begin with a tag, or `end`."""
    opened = next((n for n in range(start, end) if ">" in _line(state, n)), end)
    for line in range(opened + 1, end):
        begin = state.bMarks[line] + state.tShift[line]
        is_indented = state.sCount[line] - state.blkIndent >= 4
        if state.src[begin] != "<" and not is_indented:
            return line
    return end


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] : state.eMarks[number]]


def _split_summaries(state: StateCore) -> None:
    """Let the text of a `<summary>` be inline Markdown, so that it can hold math."""
    if "<summary" not in state.src.lower():
        return
    rewritten: list[Token] = []
    for token in state.tokens:
        found = _SUMMARY.search(token.content) if token.type == "html_block" else None
        rewritten.extend(_split(token, found) if found else (token,))
    state.tokens = rewritten


def _split(token: Token, found: re.Match[str]) -> tuple[Token, Token, Token]:
    before = Token("html_block", "", 0, content=token.content[: found.end(1)], block=True)
    after = Token("html_block", "", 0, content=token.content[found.start(3) :], block=True)
    line = (token.map or [0])[0] + token.content.count("\n", 0, found.start(2))
    words = Token("inline", "", 0, content=found[2].strip(), children=[], block=True)
    words.map = [line, line + 1]
    words.meta = {IN_LINE: True, "notesite_column": 1}
    return before, words, after
