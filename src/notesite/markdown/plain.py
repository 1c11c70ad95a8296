"""Plain text from tokens: for titles, excerpts, anchors and word counts."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from notesite.text import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markdown_it.token import Token

_BLANKS = re.compile(r"\s+")
_WORD = re.compile(r"\w[\w'’-]*")


def inline_text(children: Iterable[Token]) -> str:
    """The text a reader sees in inline tokens, formulas in readable Unicode, on one line."""
    return _BLANKS.sub(" ", "".join(_piece(child) for child in children)).strip()


def readable(formula: Token) -> str:
    """A formula's token as readable Unicode; its TeX where it was not compiled."""
    say = formula.meta.get("say")
    return formula.content if say is None else str(say())


def _piece(token: Token) -> str:
    if token.type in {"text", "code_inline", "tag", "cite"}:
        return token.content
    if token.type == "math":
        before, after = token.meta.get("before", ""), token.meta.get("after", "")
        return f"{before}{readable(token)}{after}"
    if token.type in {"softbreak", "hardbreak"}:
        return " "
    if token.type == "image":
        return inline_text(token.children or ())
    if token.type == "link_open" and "reference" in token.meta:
        return token.meta["reference"].text or ""
    return ""


def inline_source(children: Iterable[Token]) -> str:
    """The same with formulas as TeX, from which anchors are made: they outlive the engine."""
    pieces = (_source(t) if t.type == "math" else _piece(t) for t in children)
    return _BLANKS.sub(" ", "".join(pieces)).strip()


def _source(token: Token) -> str:
    return str(token.meta.get("before", "")) + token.content + str(token.meta.get("after", ""))


def count_words(tokens: Sequence[Token]) -> int:
    """The words of prose in block tokens; formulas and code do not count."""
    texts = [
        child.content for token in tokens for child in token.children or () if child.type == "text"
    ]
    # A line feed belongs to no word: what stood apart stays so.
    return len(_WORD.findall("\n".join(texts)))


def excerpt(tokens: Sequence[Token]) -> str:
    """The beginning of the first paragraph of prose, cut at a word."""
    for opening, inline in pairwise(tokens):
        if opening.type == "paragraph_open" and opening.level == 0 and inline.children:
            text = inline_text(inline.children)
            if len(text) >= 20:
                return shorten(text, whole=map(_reference, inline.children))
    return ""


def _reference(token: Token) -> str:
    """What stands for a reference in the text, to be found there when it is known what it says."""
    is_open = token.type == "cite" or "reference" in token.meta
    return _BLANKS.sub(" ", _piece(token)) if is_open else ""
