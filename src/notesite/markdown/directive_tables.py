"""The tables and definition lists that MyST writes as lists and by indentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.token import Token

from notesite.markdown.results.tokens import block_token

if TYPE_CHECKING:
    from collections.abc import Iterable

    from notesite.markdown.fence_lines import Line

_PARTS = {1: "table", 2: "tr", 3: "", 4: "td"}
"""What the lists and items of a table become, by how deep they are; nothing for those of a row."""
_LISTS = frozenset({
    "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close",
})  # fmt: skip


def table(tokens: Iterable[Token], heads: int) -> list[Token]:
    """The tokens of a list of rows, each a list of cells, as a table with so many rows of heads."""
    made: list[Token] = []
    depth = row = 0
    for token in tokens:
        is_list = token.type in _LISTS
        depth += is_list and token.nesting > 0
        part = _PARTS.get(depth) if is_list else None
        depth -= is_list and token.nesting < 0
        if part is None:
            # Paragraphs of tight lists are not shown, and stand in the way of a cell's own text.
            made += [] if token.hidden else [token]
            continue
        if part == "tr" and token.nesting > 0:
            made += _group(row, heads)
            row += 1
        if part == "table" and token.nesting < 0:
            made.append(_token("thead" if row <= heads else "tbody", -1))
        if part:
            made.append(_token("th" if part == "td" and row <= heads else part, token.nesting))
            made[-1].map = token.map
    return made


def _group(row: int, heads: int) -> list[Token]:
    """What begins before a row: the head, or the body behind the head."""
    if row == heads:
        return [*([_token("thead", -1)] if heads else []), _token("tbody", 1)]
    return [] if row else [_token("thead", 1)]


def definition_list(lines: Iterable[Line]) -> list[Token]:
    """The tokens of terms, and below each, indented, what it means."""
    written = [line for line in lines if line.text.strip()]
    margin = min((line.column for line in written), default=0)
    tokens: list[Token] = []
    for line in written:
        tag = "dt" if line.column == margin else "dd"
        if tag == "dd" and tokens and tokens[-1].type == "dd_close":
            text = tokens[-2]
            text.content += f"\n{line.text.strip()}"
            text.map = [text.map[0] if text.map else line.number, line.number + 1]
        else:
            inline = Token("inline", "", 0, block=True, children=[], content=line.text.strip())
            inline.map = [line.number, line.number + 1]
            tokens += [_token(tag, 1), inline, _token(tag, -1)]
    return [_token("dl", 1), *tokens, _token("dl", -1)] if tokens else []


def _token(tag: str, nesting: int) -> Token:
    return block_token(f"{tag}_{'open' if nesting > 0 else 'close'}", tag, nesting)
