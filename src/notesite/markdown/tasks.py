"""Task lists with other marks than `x`.

Any character between the brackets makes a task complete (help page "Basic formatting syntax",
section on task lists). A number does not here: `- [1]` begins a list of references more often.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mdit_py_plugins.tasklists import tasklists_plugin

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

_MARKED = re.compile(r"\[([^\sxX\d\]\[])\](?=[ \t])")


def tasks_plugin(md: MarkdownIt) -> None:
    """Add the plugin for task lists to `md`, and other marks than its own."""
    md.use(tasklists_plugin, label=True)
    md.core.ruler.before("github-tasklists", "task_marks", _read_marks)


def _read_marks(state: StateCore) -> None:
    tokens = state.tokens
    for index in range(2, len(tokens)):
        token = tokens[index]
        if token.type != "inline" or tokens[index - 2].type != "list_item_open":
            continue
        first = token.children[0] if token.children else None
        found = _MARKED.match(token.content)
        if found is None or first is None or not first.content.startswith(found[0]):
            continue
        first.content = "[x]" + first.content[3:]
        token.content = "[x]" + token.content[3:]
        tokens[index - 2].attrs["data-task"] = found[1]
