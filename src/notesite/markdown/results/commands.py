r"""Proofs between `\begin{proof}` and `\end{proof}` in backticks, as in Obsidian's theorem plugin.

Each stands at the beginning or at the end of a paragraph, and what is between is Markdown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notesite.markdown.places import LINES, report
from notesite.markdown.results.callout_titles import read_title
from notesite.markdown.results.tokens import (
    Written,
    fold_of,
    result_closing,
    result_opening,
    set_levels,
    settings,
)
from notesite.spans import Span

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

_MARK = r"\begin{proof}"
_BEGIN = re.compile(r"`\\begin\{proof\}(?:\[([^`]*)\])?`\s*")
_END = re.compile(r"\s*`\\end\{proof\}`\s*$")


def command_proofs_plugin(md: MarkdownIt) -> None:
    """Add the rule to `md`; callouts must have been read."""
    md.core.ruler.after("callouts", "command_proofs", _rewrite)


def _rewrite(state: StateCore) -> None:
    if _MARK not in state.src:
        return
    tokens = state.tokens
    rewritten: list[Token] = []
    index = 0
    while index < len(tokens):
        found = _beginning(tokens, index)
        end = _end(tokens, index) if found else None
        if found and end is not None:
            rewritten += _proof(tokens[index : end + 1], found, state.env)
            index = end
        else:
            if found:
                span = _span(tokens[index + 1], found, state.env)
                report(state.env, "fence-unclosed", f"nothing ends this '{_MARK}'", span)
            rewritten.append(tokens[index])
        index += 1
    state.tokens = rewritten


def _beginning(tokens: list[Token], index: int) -> re.Match[str] | None:
    if tokens[index].type != "paragraph_open" or tokens[index].hidden:
        return None
    return _BEGIN.match(tokens[index + 1].content)


def _end(tokens: list[Token], start: int) -> int | None:
    """The index of the last token of the proof that begins at `start`, if something ends it."""
    level = tokens[start].level
    for index in range(start, len(tokens)):
        token = tokens[index]
        if token.level < level or (index > start and _beginning(tokens, index)):
            return None
        if token.type == "inline" and _END.search(token.content):
            # In a list or a quote, the whole of it belongs to the proof.
            return next(
                at
                for at in range(index, len(tokens))
                if tokens[at].level == level and tokens[at].nesting <= 0
            )
    return None


def _proof(tokens: list[Token], found: re.Match[str], env: Mapping[str, Any]) -> list[Token]:
    """The tokens of a proof, of which these are those between the commands, with them."""
    kind = settings(env).kinds.by_id("proof")
    span = _span(tokens[1], found, env)
    kind, _, name = read_title(kind, None, found[1] or "", env)
    written = Written(kind, name, fold=fold_of(kind, "", env), span=span)
    last = max(token.map[1] for token in tokens if token.map)
    opening = result_opening(written, ((tokens[0].map or [0])[0], last))
    closing = result_closing(written)
    set_levels(opening, closing, tokens[0].level)
    _take_command(tokens[1], _BEGIN)
    for token in tokens:
        token.level += 2
        if token.type == "inline":
            _take_command(token, _END)
    return [*opening, *_filled(tokens), *closing]


def _take_command(inline: Token, command: re.Pattern[str]) -> None:
    """Take a command from the beginning or the end of a text, and the line break beside it."""
    rest = command.sub("", inline.content, count=1)
    if inline.map and command is _BEGIN:
        taken = inline.content[: len(inline.content) - len(rest)]
        inline.map = [inline.map[0] + taken.count("\n"), inline.map[1]]
    inline.content = rest


def _filled(tokens: list[Token]) -> list[Token]:
    """The tokens without paragraphs that have nothing in them any more."""
    empty = {
        at
        for at, token in enumerate(tokens)
        if token.type == "inline" and not token.content and tokens[at - 1].type == "paragraph_open"
    }
    gone = {at + offset for at in empty for offset in (-1, 0, 1)}
    return [token for at, token in enumerate(tokens) if at not in gone]


def _span(inline: Token, found: re.Match[str], env: Mapping[str, Any]) -> Span | None:
    """Where the command stands in its file."""
    line = (inline.map or [0])[0]
    lines = env.get(LINES, ())
    if line >= len(lines):
        return None
    return Span.at(line + 1, lines[line].find("`") + 1, len(found[0].rstrip()))
