"""Bare addresses such as https://example.org, which become links."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from markdown_it.rules_core.linkify import linkify

from notesite.markdown.places import LINES, SPAN, content_origin

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token


def link_bare_addresses(state: StateCore) -> None:
    """markdown-it's rule, kept to the blocks that hold a scheme: to search each is slow."""
    tokens = state.tokens
    state.tokens = [token for token in tokens if _may_hold_address(token)]
    linkify(state)
    state.tokens = tokens


def _may_hold_address(token: Token) -> bool:
    return token.type == "inline" and ("://" in token.content or "mailto:" in token.content)


def place_bare_links(state: StateCore) -> None:
    """A rule behind `linkify`: each bare address gets its place, as other links have."""
    lines = state.env.get(LINES, ())
    for block in state.tokens:
        position = 0
        children = block.children or []
        for link, text in pairwise(children):
            if link.type == "link_open" and link.markup == "linkify":
                at = max(block.content.find(text.content, position), 0)
                position = at + len(text.content)
                link.meta[SPAN] = content_origin(block, lines).span(at, position)
