"""How tables are rendered: in a frame that scrolls, with headings that say what they head."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from markdown_it.renderer import RendererHTML

if TYPE_CHECKING:
    from collections.abc import MutableMapping, Sequence

    from markdown_it.token import Token
    from markdown_it.utils import OptionsDict

_ALIGNMENT = re.compile(r"text-align:(left|center|right)")


class TableRules(RendererHTML):
    """The rules of a renderer for the tokens of tables."""

    def table_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """A table, in a frame that scrolls when it is wider than the page."""
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


def _alignment(token: Token) -> str:
    found = _ALIGNMENT.search(str(token.attrs.get("style", "")))
    return f' class="align-{found[1]}"' if found else ""
