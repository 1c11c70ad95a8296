"""What only a plugin of Obsidian can run: left out of the page, and told of once in a note.

A query, a button or a script is no text for readers. Sources of diagrams are, in a fold.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notesite.markdown.code import fence_language
from notesite.markdown.places import report
from notesite.patterns import pattern
from notesite.spans import Span
from notesite.text import escape_html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

    from notesite.languages import Catalogue

_LEFT_OUT = frozenset({
    "annotation-json", "base", "breadcrumbs", "button", "calendar",
    "contributiongraph", "customjs", "datacore", "datacorejs", "datacorejsx", "datacorets",
    "datacoretsx", "dataview", "dataviewjs", "excalidraw", "habittracker", "heatmap", "js-engine",
    "juggl", "kanban", "leaflet", "mapview", "meta-bind", "meta-bind-button", "meta-bind-embed",
    "meta-bind-js-view", "query", "table-of-contents", "tasks", "timeline", "toc", "todoist",
    "tracker", "waypoint",
})  # fmt: skip
"""Languages of fenced blocks that Obsidian or a plugin of it replaces with what they find or do."""

_COLUMN_SETTINGS = "column-settings"

_DIAGRAMS = frozenset({
    "chart", "chartsview", "desmos-graph", "echarts", "functionplot", "geogebra", "jsxgraph",
    "markmap", "plantuml", "puml", "smiles", "tikz", "wavedrom",
})  # fmt: skip
"""Languages of fenced blocks that a plugin draws."""

_INLINE = pattern(
    r"= ?this\..*|\$=\s*[\w\"'`(\[].*|(?:INPUT|VIEW|BUTTON)\[.*\](?:\[.*\])?", re.DOTALL
)
"""Code in a line that Dataview or Meta Bind replaces."""

_BEGINNING = pattern(r"`\s*(?:\$=|= ?this\.|INPUT\[|VIEW\[|BUTTON\[)")

_TEXTS = frozenset({"text", "softbreak", "hardbreak"})
_WORD = pattern(r"\w")

_COLUMN_MARK = pattern(
    r"(?:---|===)[ \t]+(?:(?:start-multi-column|multi-column-start)(?::.*)?|end-multi-column"
    r"|multi-column-end|column-break|end-column|column-end)(?:[ \t]*(?:---|===))?[ \t]*"
)
"""Lines of the plugin Multi-Column Markdown; columns stand below each other here."""


def plugin_blocks_plugin(md: MarkdownIt) -> None:
    """Add the rules to `md`, behind all others that it has."""
    alternatives = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("fence", "column_mark", _column_mark, alternatives)  # type: ignore[arg-type]
    md.core.ruler.push("plugin_blocks", _leave_out)


def is_diagram(fence: Token) -> bool:
    """Whether a fence is the source of a diagram that only a plugin draws."""
    return fence_language(fence) in _DIAGRAMS


def diagram_source(source: str, words: Catalogue) -> str:
    """The HTML of the source of a diagram that nothing draws."""
    return (
        f'<details class="diagram-source"><summary>{escape_html(words.text("diagram.source"))}'
        f'</summary><pre tabindex="0"><code>{escape_html(source)}</code></pre></details>\n'
    )


def _column_mark(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:
    begin = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith(("--- ", "=== "), begin):
        return False
    if not _COLUMN_MARK.fullmatch(state.src, begin, state.eMarks[start_line]):
        return False
    if not silent:
        state.line = start_line + 1
    return True


def _leave_out(state: StateCore) -> None:
    fences = [t for t in state.tokens if t.type == "fence"]
    left_out = [t for t in fences if fence_language(t) in _LEFT_OUT]
    settings = [t for t in fences if fence_language(t) == _COLUMN_SETTINGS]
    is_any = _BEGINNING.search(state.src) is not None
    inlines = list(_inlines(state.tokens)) if is_any else []
    for token in inlines:
        token.children = [each for each in token.children or () if not _is_run(each)]
    gone = {id(token) for token in (*left_out, *settings, *_emptied(state.tokens, inlines))}
    if gone:
        state.tokens = [token for token in state.tokens if id(token) not in gone]
    names = [*map(fence_language, left_out), *("inline code" for _ in inlines)]
    _report(state, (*left_out, *inlines), names, "left out, since only Obsidian can run it")
    drawn = [t for t in fences if is_diagram(t)]
    message = "shown as its source, since only a plugin can draw it"
    _report(state, drawn, list(map(fence_language, drawn)), message)


def _emptied(tokens: list[Token], inlines: list[Token]) -> Iterator[Token]:
    """The headings and paragraphs of which nothing is left but blanks and punctuation."""
    touched = {id(token) for token in inlines}
    for opening, inline, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if id(inline) not in touched or opening.type not in {"heading_open", "paragraph_open"}:
            continue
        if all(t.type in _TEXTS and not _WORD.search(t.content) for t in inline.children or ()):
            yield from (opening, inline, closing)


def _inlines(tokens: list[Token]) -> Iterator[Token]:
    """The inline tokens that hold code which a plugin replaces."""
    for token in tokens:
        if token.children and any(map(_is_run, token.children)):
            yield token


def _is_run(token: Token) -> bool:
    return token.type == "code_inline" and _INLINE.fullmatch(token.content.strip()) is not None


def _report(
    state: StateCore, tokens: tuple[Token, ...] | list[Token], names: list[str], what: str
) -> None:
    """Tell of all these blocks at the first of them."""
    if not tokens:
        return
    lines = sorted({token.map[0] + 1 for token in tokens if token.map})
    kinds = ", ".join(dict.fromkeys(names))
    others = ", ".join(map(str, lines[1:]))
    more = f" (line{'s' * (len(lines) > 2)} {others} too)" if others else ""
    span = Span.at(lines[0], 1, 3) if lines else None
    report(state.env, "plugin-block", f"{kinds}: {what}{more}", span)
