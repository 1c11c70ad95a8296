"""Plain text from tokens: for titles, excerpts, anchors and word counts."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from notesite.markdown.references import is_external, link_reference
from notesite.text import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markdown_it.token import Token

_BLANKS = re.compile(r"\s+")
_OPEN = frozenset({"cite", "link_open"})
"""The tokens whose words are known when the note is linked."""
_MUCH = 20
"""Characters of a paragraph that tells what a note is about."""
_WORD = re.compile(r"\w[\w'’-]*")


def inline_text(children: Iterable[Token]) -> str:
    """The text a reader sees in inline tokens, formulas in readable Unicode, on one line."""
    return _BLANKS.sub(" ", "".join(_pieces(children))).strip()


def _pieces(children: Iterable[Token]) -> Iterator[str]:
    for token, following in pairwise((*children, None)):
        assert token is not None
        closes = following is not None and following.type == "link_close"
        yield _nameless(token) if closes and token.type == "link_open" else _piece(token)


def _nameless(link: Token) -> str:
    """What stands for a link without a text: it will say what it leads to."""
    address = str(link.attrs.get("href", ""))
    is_inner = "reference" not in link.meta and not is_external(address)
    return (
        replace(link_reference(address, (), None), text="").stand_in if is_inner else _piece(link)
    )


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
    """The beginning of the first paragraph of prose, cut at a word.

    Where there is none that says much, of the first statement of a result, else of the few words.
    """
    few: list[str] = []
    # One after the other: to read the formulas of all paragraphs takes its time.
    for inline in _prose(tokens):
        text = _beginning(inline)
        if len(text) >= _MUCH:
            return text
        few.append(text)
    return next(filter(None, chain(map(_beginning, _statements(tokens)), few)), "")


def _beginning(inline: Token) -> str:
    """A paragraph cut at a word, and within no reference: it is to be found there later."""
    children = inline.children or ()
    pieces = list(_pieces(children))
    open_ones = zip(pieces, children, strict=True)
    whole = [_BLANKS.sub(" ", piece) for piece, each in open_ones if each.type in _OPEN]
    return shorten(_BLANKS.sub(" ", "".join(pieces)).strip(), whole=whole)


def _prose(tokens: Sequence[Token]) -> Iterator[Token]:
    """The paragraphs of a text that are in nothing else."""
    for opening, inline in pairwise(tokens):
        if opening.type == "footnote_block_open":
            return
        if opening.type == "paragraph_open" and opening.level == 0:
            yield inline


def _statements(tokens: Sequence[Token]) -> Iterator[Token]:
    """The first paragraphs of results that are no proofs."""
    is_awaited = False
    for opening, inline in pairwise(tokens):
        if opening.type == "result_open":
            is_awaited = not opening.meta["result"].kind.is_proof
        elif opening.type == "paragraph_open" and is_awaited:
            is_awaited = False
            yield inline
