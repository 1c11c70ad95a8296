"""Blocks within paragraphs: the paragraph is split around them.

A display formula breaks the paragraph wherever it stands. An embed in Obsidian's form
(`![[note]]`, `![[paper.pdf]]`, `![[figure.png]]`) does so where it has a line to itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notesite.markdown.places import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

SENTENCE_MARK = re.compile(r"\s*([.,;:])(?=\s|$)")
"""Punctuation after a display, which belongs to the sentence that the display ends."""

_WHOLE_ENVIRONMENT = re.compile(r"\s*\\begin\{(?:equation|align|gather|multline|flalign|eqnarray)")


_BREAKING = frozenset({"math", "embed", "image"})
"""The tokens that may break their paragraph."""


def paragraphs_plugin(md: MarkdownIt) -> None:
    """Add the rule to `md`, after the inline rules."""
    md.core.ruler.after("inline", "paragraph_blocks", _break_paragraphs)


def _break_paragraphs(state: StateCore) -> None:
    """Make blocks of what stands within a paragraph but is none of its words."""
    rewritten: list[Token] = []
    tokens = state.tokens
    for index, token in enumerate(tokens):
        children = token.children or []
        breaking = [
            child
            for at, child in enumerate(children)
            if child.type in _BREAKING and _breaks(children, at)
        ]
        if not breaking or tokens[index - 1].type != "paragraph_open":
            rewritten.append(token)
            continue
        for child in breaking:
            # Inside emphasis there is no breaking the paragraph.
            child.meta["inline"] = child.level > 0
        rewritten.extend(_split(token, tokens[index - 1]))
    state.tokens = _without_empty_paragraphs(rewritten)


def _breaks(children: Sequence[Token], index: int) -> bool:
    token = children[index]
    if token.type == "math":
        return bool(token.meta["display"]) and not token.meta["inline"]
    return len(children) > 1 and not token.level and _is_lone_embed(children, index)


def _is_lone_embed(children: Sequence[Token], index: int) -> bool:
    """Whether an embed, of a note or a file, is all that its line holds."""
    token = children[index]
    if token.type not in {"embed", "image"} or not token.meta.get("reference"):
        return False
    before = (children[at] for at in range(index - 1, -1, -1))
    after = (children[at] for at in range(index + 1, len(children)))
    return _ends_line(before) and _ends_line(after)


def _ends_line(tokens: Iterable[Token]) -> bool:
    for token in tokens:
        if token.type in {"softbreak", "hardbreak"}:
            return True
        if token.type != "text" or token.content.strip():
            return False
    return True


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


def _split(inline: Token, paragraph: Token) -> list[Token]:
    """The tokens to stand between the paragraph's opening and its closing."""
    parts: list[Token] = []
    piece: list[Token] = []
    children = inline.children or []
    for index, child in enumerate(children):
        if not _breaks(children, index):
            piece.append(child)
            continue
        parts.extend((_piece(inline, piece), _edge(paragraph, -1)))
        if child.type == "image":
            # A paragraph of its own, which may become a figure.
            own = paragraph.copy(hidden=False)
            parts.extend((_edge(own, 1), _piece(inline, [child]), _edge(own, -1)))
        else:
            child.block = True
            child.map = paragraph.map
            parts.append(child)
        parts.append(_edge(paragraph, 1))
        piece = []
    parts.append(_piece(inline, piece))
    for position, part in enumerate(parts):
        if part.type == "math":
            _absorb_mark(part, parts[position + 2])
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
    # Later rules look a block's content over: with all of the paragraph in each of its pieces that
    # would take the square of their number.
    own = "".join(child.content for child in kept if child.type == "text")
    return inline.copy(children=kept, content=own, meta={WHOLE: inline.content, **inline.meta})


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
