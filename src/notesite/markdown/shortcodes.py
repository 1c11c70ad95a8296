"""Shortcodes of Hugo and Quarto, `{{< … >}}` and `{{% … %}}`, which no page runs: told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.markdown.places import inline_origin, report
from notesite.patterns import pattern

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_SHORTCODE = pattern(r"\{\{(?:<[^\n{}]*>|%[^\n{}]*%)\}\}")


def shortcodes_plugin(md: MarkdownIt) -> None:
    """Add the inline rule to `md`."""
    md.inline.ruler.before("attr", "shortcode", _shortcode)


def _shortcode(state: StateInline, silent: bool) -> bool:
    found = _SHORTCODE.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        span = inline_origin(state, state.pos, found[0]).span(0, len(found[0]))
        message = "a shortcode is not run, and shown as it stands"
        report(state.env, "shortcode-unread", message, span)
        state.pending += found[0]
    state.pos = found.end()
    return True
