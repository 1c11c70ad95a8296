"""Where a note first uses each of its described symbols."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notesite.math.notation import SYMBOL_CLASS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token


def anchor_of(name: str) -> str:
    """The id of a symbol's first use; a colon keeps it apart from every heading's."""
    return f"{SYMBOL_CLASS}:{name}"


def set_first_use(name: str, tokens: list[Token]) -> str:
    """Gives the first sign of the symbol an id, which is returned; empty where none is marked.

    Headings are passed over: their formulas stand in the table of contents too. So are links while
    there is another use: what stands in a link says where that leads, and is no stop of its own.
    """
    sign = re.compile(rf'(<[a-z]+)(?=[^<>]*\sclass="[^"]*\b{SYMBOL_CLASS}-{name}[ "])')
    for formula in (*_outside_headings(tokens), *_outside_headings(tokens, in_links=True)):
        found = sign.search(formula.meta["html"])
        if found and not _has_id(formula.meta["html"], found.start()):
            html = formula.meta["html"]
            anchor = anchor_of(name)
            formula.meta["html"] = f'{html[: found.end()]} id="{anchor}"{html[found.end() :]}'
            return anchor
    return ""


def _has_id(html: str, start: int) -> bool:
    return " id=" in html[start : html.index(">", start)]


def _outside_headings(tokens: list[Token], *, in_links: bool = False) -> Iterator[Token]:
    """The formulas that stand in links, or those that do not."""
    previous, depth = "", 0
    for token in tokens:
        depth += token.nesting if token.type in {"link_open", "link_close"} else 0
        if token.type == "math":
            if in_links == (depth > 0):
                yield token
        elif token.children and previous != "heading_open":
            yield from _outside_headings(token.children, in_links=in_links)
        previous = token.type
