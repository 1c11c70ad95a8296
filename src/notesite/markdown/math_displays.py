"""Displays within paragraphs: blocks of their own, with the paragraph split around them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

SENTENCE_MARK = re.compile(r"\s*([.,;:])(?=\s|$)")
"""Punctuation after a display, which belongs to the sentence that the display ends."""

_WHOLE_ENVIRONMENT = re.compile(r"\s*\\begin\{(?:equation|align|gather|multline|flalign|eqnarray)")


def display_math_plugin(md: MarkdownIt) -> None:
    """Add the rule to `md`, after the inline rules."""
    md.core.ruler.after("inline", "math_displays", _break_paragraphs)


def _break_paragraphs(state: StateCore) -> None:
    """Make blocks of the displays that stand within a paragraph, splitting it around them."""
    rewritten: list[Token] = []
    tokens = state.tokens
    for index, token in enumerate(tokens):
        displays = [child for child in token.children or () if _is_display(child)]
        if not displays or tokens[index - 1].type != "paragraph_open":
            rewritten.append(token)
            continue
        for child in displays:
            # Inside emphasis there is no breaking the paragraph.
            child.meta["inline"] = child.level > 0
        rewritten.extend(_split_at_displays(token, tokens[index - 1]))
    state.tokens = _without_empty_paragraphs(rewritten)


def _without_empty_paragraphs(tokens: list[Token]) -> list[Token]:
    kept: list[Token] = []
    for token in tokens:
        is_empty = (
            token.type == "paragraph_close" and kept[-1].type == "inline" and not kept[-1].children
        )
        if is_empty:
            del kept[-2:]
        else:
            kept.append(token)
    return kept


def _is_display(token: Token) -> bool:
    return token.type == "math" and bool(token.meta["display"]) and not token.meta["inline"]


def _split_at_displays(inline: Token, paragraph: Token) -> list[Token]:
    """The tokens to stand between the paragraph's opening and its closing."""
    parts: list[Token] = []
    piece: list[Token] = []
    for child in inline.children or ():
        if not _is_display(child):
            piece.append(child)
            continue
        parts.extend((_piece(inline, piece), _edge(paragraph, -1), child, _edge(paragraph, 1)))
        child.block = True
        piece = []
    parts.append(_piece(inline, piece))
    for before, after in zip(parts[2::4], parts[4::4], strict=True):
        _absorb_mark(before, after)
    return parts


def _piece(inline: Token, children: list[Token]) -> Token:
    """The inline token with only these children, no blanks at either end."""
    kept = [child.copy() if child.type == "text" else child for child in children]
    while kept and _is_blank(kept[0]):
        del kept[0]
    while kept and _is_blank(kept[-1]):
        del kept[-1]
    if kept and kept[0].type == "text":
        kept[0].content = kept[0].content.lstrip()
    if kept and kept[-1].type == "text":
        kept[-1].content = kept[-1].content.rstrip()
    return inline.copy(children=kept, meta=dict(inline.meta))


def _is_blank(token: Token) -> bool:
    is_break = token.type in {"softbreak", "hardbreak"}
    return is_break or (token.type == "text" and not token.content.strip())


def _edge(paragraph: Token, nesting: int) -> Token:
    kind = "paragraph_open" if nesting == 1 else "paragraph_close"
    return paragraph.copy(type=kind, nesting=nesting)


def _absorb_mark(display: Token, after: Token) -> None:
    children = after.children or []
    mark = SENTENCE_MARK.match(children[0].content) if children else None
    if not mark or children[0].type != "text" or not takes_mark(display.content):
        return
    display.content = with_mark(display.content, mark[1])
    children[0].content = children[0].content[mark.end() :].lstrip()
    kept = children if children[0].content else children[1:]
    after.children = _piece(after, kept).children


def takes_mark(tex: str) -> bool:
    """Whether a mark can be put at the end of `tex`: not behind a whole display environment."""
    return _WHOLE_ENVIRONMENT.match(tex) is None


def with_mark(tex: str, mark: str) -> str:
    """`tex` with the punctuation `mark` at its end, not inside a comment there."""
    last_line = tex.rstrip().rpartition("\n")[2]
    return tex.rstrip() + ("\n" if "%" in last_line else "") + mark
