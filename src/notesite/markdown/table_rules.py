"""How tables are rendered: in a frame that scrolls, with headings that say what they head."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from markdown_it.renderer import RendererHTML

if TYPE_CHECKING:
    from collections.abc import MutableMapping, Sequence

    from markdown_it.token import Token
    from markdown_it.utils import OptionsDict

# The width of a phone in letters, and what the space between two columns takes of it.
_PHONE, _GAP = 38, 3
_TAG = re.compile("<[^>]*>")
_ALIGNMENT = re.compile(r"text-align:(left|center|right)")


class TableRules(RendererHTML):
    """The rules of a renderer for the tokens of tables."""

    def table_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """A table, in a frame that scrolls when it is wider than the page."""
        if _must_scroll_on_a_phone(tokens, idx):
            tokens[idx].attrSet("class", "wide-table")
        table = self.renderToken(tokens, idx, options, env)
        return f'<div class="table-wrap" tabindex="0">\n{table}'

    def table_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """The end of a table and of its frame."""
        return self.renderToken(tokens, idx, options, env) + "</div>\n"

    def th_open(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: object
    ) -> str:
        """A heading of a table's column; the empty corner above row titles heads nothing."""
        children = tokens[idx + 1].children
        if not children:
            return "<td>"
        return f'<th scope="col"{_alignment(tokens[idx])}>'

    def th_close(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: object
    ) -> str:
        """The end of a column's heading."""
        children = tokens[idx - 1].children
        return f"{_mark_of_text(children)}</th>\n" if children else "</td>\n"

    def td_open(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: object
    ) -> str:
        """A cell of a table."""
        return f"<td{_alignment(tokens[idx])}>"


def _mark_of_text(children: Sequence[Token]) -> str:
    """A sign that nobody sees behind a heading of formulas alone.

    Programs that check headings do not take formulas for text and would call the heading empty.
    """
    has_words = any(each.type == "text" and each.content.strip() for each in children)
    has_formulas = any(each.type == "math" for each in children)
    return "&NoBreak;" if has_formulas and not has_words else ""


def _must_scroll_on_a_phone(tokens: Sequence[Token], idx: int) -> bool:
    """Whether the longest words of the columns of the table at `idx` do not fit beside each other.

    Such a table scrolls on a phone in any case; then its prose need not be squeezed besides.
    """
    columns: dict[int, int] = {}
    column = 0
    for token in islice(tokens, idx + 1, None):
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            column = 0
        elif token.type == "inline":
            columns[column] = max(columns.get(column, 0), _longest_word(token.children or ()))
            column += 1
    return sum(columns.values()) + _GAP * (len(columns) - 1) > _PHONE


def _longest_word(children: Sequence[Token]) -> int:
    """How many signs stand side by side in a cell without a place to break a line."""
    return max((len(word) for child in children for word in _words(child)), default=0)


def _words(child: Token) -> list[str]:
    if child.type == "math":
        return [_TAG.sub("", child.meta["html"])]
    return child.content.split() if child.type in {"text", "code_inline"} else []


def _alignment(token: Token) -> str:
    found = _ALIGNMENT.search(str(token.attrs.get("style", "")))
    return f' class="align-{found[1]}"' if found else ""
