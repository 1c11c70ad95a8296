"""Task lists: `- [ ]` and `- [x]`, and other marks than `x`.

Any character between the brackets makes a task complete (help page "Basic formatting syntax",
section on task lists). A number does not here: `- [1]` begins a list of references more often.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.token import Token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

_TASK = re.compile(r"\[([^\d\]\[])\](?=[ \t\n\v\f\r])")
_OPEN = " \t\n\v\f\r\u00a0"


def tasks_plugin(md: MarkdownIt) -> None:
    """Add the rule to `md`, behind the inline ones."""
    md.core.ruler.after("inline", "tasks", _read_tasks)


def _read_tasks(state: StateCore) -> None:
    lists: list[Token] = []
    tokens = state.tokens
    for index, token in enumerate(tokens):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            lists.append(token)
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            lists.pop()
        elif token.type == "inline":
            item = _begun_item(tokens, index)
            mark = _mark(token) if item else None
            if item and mark is not None:
                _make_task(token, item, mark)
                lists[-1].attrSet("class", "contains-task-list")


def _begun_item(tokens: Sequence[Token], index: int) -> Token | None:
    """The item of a list that begins with the paragraph of the inline token at `index`."""
    if index < 2 or tokens[index - 1].type != "paragraph_open":
        return None
    before = index - 2
    while before and tokens[before].type == "part":  # the item has a block id
        before -= 1
    return tokens[before] if tokens[before].type == "list_item_open" else None


def _mark(inline: Token) -> str | None:
    """The mark of the task that an item's first paragraph begins with."""
    found = _TASK.match(inline.content)
    first = inline.children[0] if inline.children else None
    if found is None or first is None or not first.content.startswith(found[0]):
        return None
    return found[1]


def _make_task(inline: Token, item: Token, mark: str) -> None:
    assert inline.children
    if mark not in _OPEN and mark not in "xX":
        item.attrs["data-task"] = mark
    item.attrSet("class", "task-list-item")
    state = "" if mark in _OPEN else 'checked="checked" '
    box = f'<input class="task-list-item-checkbox" {state}disabled="disabled" type="checkbox">'
    inline.content = inline.content[3:]
    inline.children[0].content = inline.children[0].content[3:]
    inline.children[:] = [_html("<label>"), _html(box), *inline.children, _html("</label>")]


def _html(markup: str) -> Token:
    return Token("html_inline", "", 0, content=markup)
