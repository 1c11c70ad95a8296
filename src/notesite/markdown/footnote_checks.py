"""Footnotes that no reader sees: those that nothing refers to, and all but the last of one name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.markdown.places import LINES, report
from notesite.spans import Span

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

_UNUSED = -1
"""What the footnote plugin has for the number of a footnote that was not referred to."""


def footnote_checks_plugin(md: MarkdownIt) -> None:
    """Add the rule to `md`, while the footnotes stand where they were written."""
    md.core.ruler.before("footnote_tail", "footnote_checks", _check)


def _check(state: StateCore) -> None:
    known: dict[str, int] = state.env.get("footnotes", {}).get("refs", {})
    last: dict[str, Token] = {}
    for token in state.tokens:
        if token.type == "footnote_reference_open":
            name = token.meta["label"]
            if name in last:
                message = f"another footnote '[^{name}]:' stands below, and is shown for this one"
                _report(state, "footnote-twice", message, last[name])
            last[name] = token
    for name, token in last.items():
        if known.get(f":{name}") == _UNUSED:
            message = f"nothing refers to the footnote '[^{name}]', which is left out"
            _report(state, "footnote-unused", message, token)


def _report(state: StateCore, code: str, message: str, token: Token) -> None:
    mark = f"[^{token.meta['label']}]:"
    line = token.map[0] if token.map else 0
    lines = state.env.get(LINES, ())
    column = lines[line].find(mark) if line < len(lines) else 0
    report(state.env, code, message, Span.at(line + 1, max(column, 0) + 1, len(mark)))
