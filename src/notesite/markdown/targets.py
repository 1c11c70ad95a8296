"""MyST's targets: a line `(name)=` names the heading, the result or whatever else is below it.

Its `+++`, which parts the cells of a notebook, is left out, and so is Python-Markdown's `[TOC]`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notesite.markdown.fence_lines import line_of
from notesite.markdown.places import report
from notesite.patterns import pattern
from notesite.spans import Span

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

TARGET = "notesite_target"
"""The key of the `meta` of a block, or of a heading's text, that has the name a target gave."""

_TARGET = pattern(r"\(([A-Za-z][\w:.+-]*)\)=[ \t]*$")
_PLACES = frozenset({
    "paragraph_open", "bullet_list_open", "ordered_list_open", "table_open", "callout_open",
    "blockquote_open",
})  # fmt: skip
"""What has no label of its own kind, and is a place all the same."""
_LEFT_OUT = pattern(
    r"(?:\+\+\+(?:[ \t]*\{[^\n]*\})?|\[(?P<name>toc)\]|\[\[(?:toc|_toc_)\]\])[ \t]*$", re.IGNORECASE
)
_NOT_IN_ID = pattern(r"[^\w:.-]+")
_IMAGE = re.compile(r"!\[[^\n]*\)(?P<attributes>\{[^{}#]*\})?")


def targets_plugin(md: MarkdownIt) -> None:
    """Add the rules to `md`, one for lines and one that gives what is below them its name."""
    md.block.ruler.before("result_fence", "target", _target)
    md.block.ruler.before("result_fence", "left_out_line", _left_out_line)
    md.core.ruler.after("block", "targets", _name_blocks)


def _target(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:
    line = line_of(state, start_line)
    found = _TARGET.match(line.text)
    if found is None or state.is_code_block(start_line):
        return False
    if not silent:
        token = state.push("target", "", 0)
        token.meta = {"span": Span.at(start_line + 1, line.column, len(found[0].rstrip()))}
        token.content = found[1]
        state.line = start_line + 1
    return True


def _left_out_line(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:
    found = _LEFT_OUT.match(line_of(state, start_line).text)
    is_link = found and found["name"] and f"[{found['name']}]:" in state.src
    if not found or is_link or state.is_code_block(start_line):
        return False
    if not silent:
        state.line = start_line + 1
    return True


def _name_blocks(state: StateCore) -> None:
    if ")=" not in state.src:
        return
    for index, target in enumerate(state.tokens):
        if target.type == "target" and not _name(
            target.content, state.tokens[index + 1 : index + 3]
        ):
            message = f"'({target.content})=' is above nothing that can be named"
            hint = "a heading, a result, a displayed formula, a figure or a text can"
            report(state.env, "target-stray", message, target.meta["span"], hint)
    state.tokens = [token for token in state.tokens if token.type != "target"]


def _name(name: str, following: list[Token]) -> bool:
    """Give the block that begins with these tokens its name; False for one that takes none."""
    kind = following[0].type if following else ""
    if kind == "heading_open":
        following[0].attrs.setdefault("id", _id(name))
        following[1].meta[TARGET] = name
    elif kind == "result_open":
        written = following[0].meta["result"]
        written.label = written.label or name
    elif kind == "math":
        following[0].content += f"\\label{{{name}}}"
    elif kind not in _PLACES:
        return False
    elif kind != "paragraph_open" or not _name_figure(name, following[1]):
        following[0].attrs.setdefault("id", _id(name))
        following[0].meta[TARGET] = name
    return True


def _id(name: str) -> str:
    return _NOT_IN_ID.sub("-", name)


def _name_figure(name: str, inline: Token) -> bool:
    """Give an image that is a paragraph of its own a label; False for any other paragraph."""
    found = _IMAGE.fullmatch(inline.content)
    if found is None:
        return False
    others = (found["attributes"] or "{}")[1:-1]
    image = inline.content[: found.start("attributes")] if found["attributes"] else found[0]
    inline.content = f"{image}{{#{name} {others}".rstrip() + "}"
    return True
