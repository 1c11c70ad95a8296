"""Bare addresses such as https://example.org, which become links.

linkify-it searches a text anew for each address in it, which takes for ever where there are very
many. Addresses hold no blanks, so each word is searched on its own here, within bounds.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from markdown_it.rules_core.linkify import linkify

from notesite.markdown.places import LINES, SPAN, WHOLE, content_origin
from notesite.patterns import pattern

if TYPE_CHECKING:
    from linkify_it import LinkifyIt
    from linkify_it.main import Match
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

LONGEST_ADDRESS = 2_000
"""Characters of a word that may be an address; no browser sends longer ones with certainty."""

_MOST_SCHEMES = 8
"""Schemes in one word, as in the address of an archived page; a word of more is no address."""

_WORD = pattern(r"\S+")
_SCHEME = pattern(r"://|mailto:", re.IGNORECASE)
_BEFORE = pattern(r"(?:^|[^a-z0-9.+-])(https?|ftp)$", re.IGNORECASE)
_LONGEST_SCHEME = len("https") + 1


class WordLinks:
    """What markdown-it asks of `linkify`, answered word by word."""

    def __init__(self, linkify: LinkifyIt) -> None:
        self._linkify = linkify

    def pretest(self, text: str) -> bool:
        """Whether there may be an address in `text`."""
        return _SCHEME.search(text) is not None

    def test(self, text: str) -> bool:
        """Whether there is an address in `text`."""
        return bool(self.match(text))

    def match(self, text: str) -> list[Match]:
        """The addresses in `text`, in order."""
        found: list[Match] = []
        for word in _WORD.finditer(text) if self.pretest(text) else ():
            schemes = _SCHEME.findall(word[0])
            if not schemes or len(word[0]) > LONGEST_ADDRESS or len(schemes) > _MOST_SCHEMES:
                continue
            for link in self._linkify.match(word[0]) or ():
                link.index += word.start()
                link.last_index += word.start()
                found.append(link)
        return found

    def match_at_start(self, text: str) -> Match | None:
        """The address that `text` begins with."""
        word = _WORD.match(text, 0, LONGEST_ADDRESS + 1)
        if word is None or len(word[0]) > LONGEST_ADDRESS:
            return None
        return self._linkify.match_at_start(word[0])


def link_address_here(state: StateInline, silent: bool) -> bool:
    """An address whose `://` stands here, before its letters are read as emphasis and the like.

    markdown-it has the same rule, which searches all the text before and copies all behind.
    """
    start = state.pos
    if state.linkLevel or not state.src.startswith("://", start):
        return False
    before = _BEFORE.search(state.pending, max(len(state.pending) - _LONGEST_SCHEME, 0))
    if before is None:
        return False
    begin = start - len(before[1])
    assert isinstance(state.md.linkify, WordLinks)
    link = state.md.linkify.match_at_start(state.src[begin : begin + LONGEST_ADDRESS + 1])
    # A star at the end is emphasis.
    url = link.url.rstrip("*") if link else ""
    address = state.md.normalizeLink(url)
    if not url or not state.md.validateLink(address):
        return False
    if not silent:
        state.pending = state.pending[: -len(before[1])]
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": address}
        state.push("text", "", 0).content = state.md.normalizeLinkText(url)
        closing = state.push("link_close", "a", -1)
        for token in (opening, closing):
            token.markup, token.info = "linkify", "auto"
    state.pos = begin + len(url)
    return True


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
    for block in filter(_may_hold_address, state.tokens):
        position = 0
        children = block.children or []
        for link, text in pairwise(children):
            if link.type == "link_open" and link.markup == "linkify":
                whole = block.meta.get(WHOLE, block.content)
                at = max(whole.find(text.content, position), 0)
                position = at + len(text.content)
                link.meta[SPAN] = content_origin(block, lines).span(at, position)
