"""Raw HTML that holds Markdown: `<details>` and `<div>` without the blank line CommonMark wants.

CommonMark ends such a block at the first blank line and leaves everything before it alone. Here a
block that begins with a container's tag also ends before the first line that does not begin with
a tag, so that what an author writes inside is Markdown; tags on lines of their own stay tags. The
words of a caption or a summary, and any that hold a formula or a wikilink, are Markdown too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.rules_block.html_block import html_block
from markdown_it.token import Token

from notesite.markdown.places import COLUMN, IN_LINE
from notesite.patterns import pattern

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore

_CONTAINER = pattern(r"</?(?:details|div|section|center|aside|summary)\b", re.IGNORECASE)
_TAG = pattern(r"<!--|</?([A-Za-z][\w-]*)(?:\s[^<>]*)?/?>", re.DOTALL)
_VERBATIM = pattern(r"<(script|style|pre|code|textarea|svg|math|iframe|title)\b", re.IGNORECASE)
_PROSE = frozenset({"summary", "figcaption", "center", "caption"})
"""Elements whose words are Markdown."""
_MARKUP = pattern(r"\$[^$\s]|\[\[[^\[\]\n]+\]\]|\\\(|\\\[")
"""A formula or a wikilink, by which the words of any element turn out to be Markdown."""


def html_blocks_plugin(md: MarkdownIt) -> None:
    """Put the rule in place of markdown-it's own."""
    md.block.ruler.at("html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]})
    md.core.ruler.after("block", "html_texts", _read_texts)


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


def _read_texts(state: StateCore) -> None:
    """Let words between the tags of raw HTML be Markdown where the author would expect it."""
    rewritten: list[Token] = []
    for token in state.tokens:
        rewritten.extend(_pieces(token) if token.type == "html_block" else (token,))
    state.tokens = rewritten


def _pieces(token: Token) -> list[Token]:
    """The block, its texts that are Markdown as tokens of their own."""
    html = token.content
    pieces: list[Token] = []
    position, element = 0, ""
    while found := _TAG.search(html, position):
        text = html[position : found.start()]
        if _is_markdown(element, text):
            _append_text(pieces, token, position, text)
        else:
            _append_html(pieces, token, text)
        end = _end_of_markup(html, found)
        _append_html(pieces, token, html[found.start() : end])
        is_opening = found[1] and not found[0].startswith("</")
        element = found[1].lower() if is_opening else ""
        position = end
    _append_html(pieces, token, html[position:])
    return pieces


def _end_of_markup(html: str, found: re.Match[str]) -> int:
    """Where a tag ends, with all that is no Markdown behind it; a comment ends at its `-->`."""
    verbatim = _VERBATIM.match(found[0])
    if found[0] == "<!--":
        end = html.find("-->", found.end())
        return len(html) if end < 0 else end + len("-->")
    if verbatim:
        # Up to its end tag such an element holds no tags at all.
        closing = re.compile(f"</{verbatim[1]}", re.IGNORECASE).search(html, found.end())
        return closing.start() if closing else len(html)
    return found.end()


def _is_markdown(element: str, text: str) -> bool:
    return bool(text.strip()) and (element in _PROSE or _MARKUP.search(text) is not None)


def _append_html(pieces: list[Token], token: Token, html: str) -> None:
    if pieces and pieces[-1].type == "html_block":
        pieces[-1].content += html
    elif html:
        pieces.append(token.copy(content=html))


def _append_text(pieces: list[Token], token: Token, start: int, text: str) -> None:
    words = text.strip()
    before = text[: len(text) - len(text.lstrip())]
    _append_html(pieces, token, before)
    line = (token.map or [0])[0] + token.content.count("\n", 0, start + len(before))
    inline = Token("inline", "", 0, content=words, children=[], block=True)
    inline.map = [line, line + words.count("\n") + 1]
    inline.meta = {IN_LINE: True, COLUMN: 1}
    pieces.append(inline)
    _append_html(pieces, token, text[len(before) + len(words) :])
