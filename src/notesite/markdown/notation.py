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

    Headings are passed over: their formulas stand in the table of contents too.
    """
    sign = re.compile(rf'(<[a-z]+)(?=[^<>]*\sclass="[^"]*\b{SYMBOL_CLASS}-{name}[ "])')
    for formula in _outside_headings(tokens):
        found = sign.search(formula.meta["html"])
        if found and not _has_id(formula.meta["html"], found.start()):
            html = formula.meta["html"]
            anchor = anchor_of(name)
            formula.meta["html"] = f'{html[: found.end()]} id="{anchor}"{html[found.end() :]}'
            return anchor
    return ""


def _has_id(html: str, start: int) -> bool:
    return " id=" in html[start : html.index(">", start)]


def _outside_headings(tokens: list[Token]) -> Iterator[Token]:
    previous = ""
    for token in tokens:
        if token.type == "math":
            yield token
        elif token.children and previous != "heading_open":
            yield from _outside_headings(token.children)
        previous = token.type
