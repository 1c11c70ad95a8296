"""Keeping punctuation with its formula: no line may break between `$x$` and the comma after it.

Browsers may break a line on either side of a `<math>` element, as around an image; a span that
forbids it holds the formula together with the marks that touch it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

_HOLDING = tuple("([“‘«-")
_AFTER = re.compile(r"[-–)\].,;:!?’”»]+[^\s(\[]{0,12}")


def math_breaks_plugin(md: MarkdownIt) -> None:
    """Add the rule to `md`, last of all, when quotes and dashes are what they will be."""
    md.core.ruler.push("math_breaks", _hold_together)


def _hold_together(state: StateCore) -> None:
    for block in state.tokens:
        children = block.children
        if not children:
            continue
        for index, token in enumerate(children):
            if token.type == "math" and not token.block:
                _take_marks(token, children, index)


def _take_marks(token: Token, children: list[Token], index: int) -> None:
    before = children[index - 1] if index else None
    if before is not None and before.type == "text" and before.content.endswith(_HOLDING):
        marks = before.content.split()[-1].rpartition("]")[2]
        token.meta["before"] = marks
        before.content = before.content[: -len(marks)]
    after = children[index + 1] if index + 1 < len(children) else None
    if after is not None and after.type == "text" and (found := _AFTER.match(after.content)):
        token.meta["after"] = found[0]
        after.content = after.content[found.end() :]
