r"""Proofs written as paragraphs: from `*Proof.*` at the beginning of one to the sign at an end.

That is how proofs are written where nothing knows of them: `*Proof.* … $\square$`. The sign is what
makes the end sure; without one before the next heading or result the words stay words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notesite.markdown.places import LINES, words
from notesite.markdown.results.tokens import (
    OWN_SIGN,
    Written,
    fold_of,
    result_closing,
    result_opening,
    set_levels,
    settings,
)
from notesite.spans import Span

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from typing import Any

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

    from notesite.kinds import Kind

_MARK = re.compile(r"(\*{1,3}|_{1,3})([^\W\d_]+)(?:\s+of\s+([^*_\n]+?))?(?:\.\1|\1\.|:\1|\1:)\s*")


def paragraph_proofs_plugin(md: MarkdownIt) -> None:
    """Add the rule to `md`; results by other spellings must have been read."""
    md.core.ruler.after("callouts", "paragraph_proofs", _rewrite)


def _rewrite(state: StateCore) -> None:
    chosen = settings(state.env)
    proofs = [kind for kind in chosen.kinds.results if kind.is_proof]
    kinds = {kind.title: kind for kind in proofs}
    kinds |= {kind.title_in(words(state.env)): kind for kind in proofs}
    if not chosen.config.paragraphs or not any(f"{title}" in state.src for title in kinds):
        return
    tokens = state.tokens
    rewritten: list[Token] = []
    closings: dict[int, list[Token]] = {}
    for index, token in enumerate(tokens):
        found = _mark(tokens, index, kinds)
        end = _end(tokens, index, kinds) if found else None
        if found and end is not None:
            kind = kinds[found[2]]
            opening, closing = _parts(tokens, (index, end), kind, found, state.env)
            closings[end] = closing
            rewritten += opening
        rewritten.append(token)
        rewritten += closings.get(index, ())
    state.tokens = rewritten


def _mark(tokens: list[Token], index: int, kinds: Container[str]) -> re.Match[str] | None:
    """The words that begin a proof, if the paragraph that opens here begins with such words."""
    if tokens[index].type != "paragraph_open" or tokens[index].hidden:
        return None
    found = _MARK.match(tokens[index + 1].content)
    return found if found and found[2] in kinds else None


def _end(tokens: list[Token], start: int, kinds: Container[str]) -> int | None:
    """The index of the last token of the proof that begins at `start`, if one can be told."""
    level = tokens[start].level
    for index in range(start, len(tokens)):
        token = tokens[index]
        begins_other = token.type in {"heading_open", "result_open"}
        is_other = index > start and _mark(tokens, index, kinds)
        if token.level < level or begins_other or is_other:
            return None
        if token.type == "inline" and OWN_SIGN.search(token.content):
            # In a list or a quote, the whole of it belongs to the proof.
            return next(
                at
                for at in range(index, len(tokens))
                if tokens[at].level == level and tokens[at].nesting <= 0
            )
        if token.type == "math" and token.level == level and OWN_SIGN.search(token.content):
            return index
    return None


def _parts(
    tokens: list[Token],
    within: tuple[int, int],
    kind: Kind,
    found: re.Match[str],
    env: Mapping[str, Any],
) -> tuple[list[Token], list[Token]]:
    """The tokens around a proof; the mark is taken out of its first paragraph."""
    start, end = within
    inline = tokens[start + 1]
    inline.content = inline.content[found.end() :]
    first = (inline.map or [0, 1])[0]
    last = max((token.map[1] for token in tokens[start : end + 1] if token.map), default=first + 1)
    name = f"of {found[3]}" if found[3] else ""
    written = Written(
        kind, name, fold=fold_of(kind, "", env), span=_span(first, env), is_prose=True
    )
    opening, closing = result_opening(written, (first, last)), result_closing(written)
    set_levels(opening, closing, tokens[start].level)
    for token in tokens[start : end + 1]:
        token.level += 2
    return opening, closing


def _span(line: int, env: Mapping[str, Any]) -> Span | None:
    lines = env.get(LINES, ())
    if line >= len(lines):
        return None
    column = len(lines[line]) - len(lines[line].lstrip("> ")) + 1
    return Span.at(line + 1, column, max(len(lines[line].rstrip()) - column + 1, 1))
