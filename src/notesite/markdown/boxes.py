"""Boxes as other generators spell them, the same as callouts of their types.

Docusaurus and VitePress write `:::tip Title` or `:::tip[Title]`, Quarto `::: {.callout-tip}`, whose
first heading is the title, and MkDocs `!!! tip "Title"` above lines that are indented; `???` folds.
A tab of MkDocs, `=== "Title"`, is a box as well: nothing hides behind another without scripts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.markdown.box_types import BOX_TYPES
from notesite.markdown.callouts import box, box_or_result
from notesite.markdown.fence_lines import line_of
from notesite.markdown.results.attributes import read_info
from notesite.markdown.results.fence_ends import FENCE, fence_end
from notesite.markdown.results.fences import push_around, report_unknown, take_heading
from notesite.markdown.results.tokens import named_kind
from notesite.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

    from notesite.markdown.results.attributes import Info

_QUARTO = "callout-"
_ATTRIBUTES = "there are #label title= collapse="
_LOOKS = frozenset({"icon", "appearance"})
"""Attributes of Quarto's that say how a box looks, which is the theme's business."""
_INDENTED = pattern(
    r"(?:(?P<marks>!!!|\?\?\?\+?)[ \t]+(?P<type>[\w-]+)(?:[ \t]+[\w-]+)*|===[!+]?)"
    r'(?:[ \t]+"(?P<title>[^"\n]*)")?[ \t]*$'
)
_INDENTATION = 4
"""Columns by which Python-Markdown indents what a box holds."""
_FOLDS = {None: "", "!!!": "", "???": "-", "???+": "+"}


def boxes_plugin(md: MarkdownIt) -> None:
    """Add the block rules to `md`, before the one that reads results of fences."""
    alternatives = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    for name, rule in (("colon_box", _colon_box), ("indented_box", _indented_box)):
        md.block.ruler.before("result_fence", name, rule, alternatives)  # type: ignore[arg-type]


def _colon_box(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    line = line_of(state, start_line)
    found = FENCE.match(line.text)
    info = read_info(found[2]) if found and found[2] else None
    name = _type(info, state.env) if info else ""
    if not info or not name or state.is_code_block(start_line):
        return False
    if silent:
        return True
    info.unknown = [word for word in info.unknown if word not in _LOOKS]
    report_unknown(state, line, info, _ATTRIBUTES)
    close, after = fence_end(state, line, end_line)
    first = start_line + 1 if info.kind else take_heading(state, info, start_line + 1, close)
    head = info.name_line or start_line
    fold = info.fold or ("-" if name == "details" else "")
    opening, closing = box(name, info.name, fold, [head, head + 1], state.env)
    opening[0].map = [start_line, after]
    if info.label:
        opening[0].attrs["id"] = info.label
    push_around(state, opening, closing, first, close)
    state.line = after
    return True


def _type(info: Info, env: Mapping[str, Any]) -> str:
    """The type of box that a fence names, or empty: kinds of results are not boxes."""
    if info.kind:
        name = info.kind.lower()
        return name if name in BOX_TYPES and named_kind(info.kind, env) is None else ""
    classes = (each for each in info.classes if each.startswith(_QUARTO))
    return next(classes, "").removeprefix(_QUARTO).lower()


def _indented_box(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    line = line_of(state, start_line)
    found = _INDENTED.match(line.text)
    if found is None or state.is_code_block(start_line):
        return False
    name = (found["type"] or "note").lower()
    close = _end_of_indented(state, start_line + 1, end_line)
    if close == start_line + 1 or not (name in BOX_TYPES or named_kind(name, state.env)):
        return False  # `!!!` is also how some people write
    if silent:
        return True
    head = (line, found["title"] or "")
    opening, closing = box_or_result(state.env, name, _FOLDS[found["marks"]], head, (line, close))
    outer, state.blkIndent = state.blkIndent, state.blkIndent + _INDENTATION
    push_around(state, opening, closing, start_line + 1, close)
    state.blkIndent = outer
    state.line = close
    return True


def _end_of_indented(state: StateBlock, first: int, end_line: int) -> int:
    """The line behind the last of those from `first` on that are indented far enough."""
    close = first
    for number in range(first, end_line):
        if state.isEmpty(number):
            continue
        if state.sCount[number] < state.blkIndent + _INDENTATION:
            break
        close = number + 1
    return close
