r"""Tables, whose cells may hold formulas and wikilinks with a pipe.

GFM ends a cell at every `|` that has no backslash, in `$|x|$` and `[[note|text]]` too, and drops
what a row holds beyond the columns of its head. Here a row with too many cells is read again with
the pipes of its formulas and wikilinks left whole, and what is dropped all the same is reported.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.common.utils import mdTrim
from markdown_it.rules_block.table import escapedSplit, table

from notesite.markdown.math_inlines import closing_dollar
from notesite.markdown.places import CELL, report
from notesite.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

_DELIMITERS = re.compile(r"[|:\-\s]*-[|:\-\s]*")
_WHOLE = re.compile(r"\\.|`+|\$\$?|\[\[[^\[\]\n]*\]\]", re.DOTALL)
_END_OF_CELL = r"(?<!\\)\|"
# A noncharacter, which no text may hold (Unicode 16, section 23.7).
_PIPE = "\ufdd0"


def tables_plugin(md: MarkdownIt) -> None:
    """Put the rule in place of markdown-it's own."""
    md.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})


def _table(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    if silent or start_line + 2 > end_line or not _is_delimiter(state, start_line + 1):
        return table(state, start_line, end_line, silent)
    source, before = state.src, len(state.tokens)
    columns = len(_cells(_line(state, start_line + 1)))
    if not _is_head(_line(state, start_line), columns):
        return table(state, start_line, end_line, silent)
    for line in range(start_line, end_line):
        if line > start_line + 1 and state.isEmpty(line):
            break
        _keep_whole(state, line, columns)
    try:
        is_table = table(state, start_line, end_line, silent)
        if is_table:
            _report_lost(state, start_line, columns)
            _place_cells(state, before)
    finally:
        state.src = source
    for token in state.tokens[before:]:
        token.content = token.content.replace(_PIPE, "|")
    return is_table


def _is_delimiter(state: StateBlock, line: int) -> bool:
    return _DELIMITERS.fullmatch(_line(state, line)) is not None


def _is_head(row: str, columns: int) -> bool:
    """Whether `row`, however its pipes are read, may be the head of a table (GFM, section 4.10)."""
    return "|" in row and len(_cells(row)) >= columns


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _cells(row: str) -> list[str]:
    cells = escapedSplit(row.strip())
    if cells and not cells[0].strip():
        del cells[0]
    if cells and not cells[-1].strip():
        del cells[-1]
    return cells


def _keep_whole(state: StateBlock, line: int, columns: int) -> None:
    """Hide the pipes of a row's formulas and wikilinks when it splits into too many cells."""
    row = _line(state, line)
    if len(_cells(row)) <= columns:
        return
    hidden = _hide_pipes(row)
    if hidden == row:
        return
    start = state.bMarks[line] + state.tShift[line]
    state.src = state.src[:start] + hidden + state.src[start + len(row) :]
    at = next(i for i, each in enumerate(hidden) if each == _PIPE)
    span = Span.at(line + 1, start - _line_start(state, line) + at + 1)
    message = "a '|' that Obsidian and GitHub take for the end of the cell"
    report(state.env, "math-habit", message, span, r"write '\|', or '\vert' in a formula")


def _place_cells(state: StateBlock, before: int) -> None:
    """Tell each cell among the tokens from `before` on where in its line it begins."""
    offsets: Iterator[int] = iter(())
    for token in state.tokens[before:]:
        if token.type == "tr_open" and token.map:
            offsets = _cell_offsets(state, token.map[0])
        elif token.type == "inline":
            token.meta[CELL] = next(offsets, 0)


def _cell_offsets(state: StateBlock, line: int) -> Iterator[int]:
    """At which offsets of its line the cells of a row begin."""
    row = _line(state, line)
    text = mdTrim(row)
    at = state.bMarks[line] + state.tShift[line] - _line_start(state, line) + row.index(text)
    for index, cell in enumerate(re.split(_END_OF_CELL, text)):
        if cell or index:
            yield at + len(cell) - len(cell.lstrip())
        at += len(cell) + 1


def _line_start(state: StateBlock, line: int) -> int:
    return state.src.rfind("\n", 0, state.bMarks[line]) + 1


def _hide_pipes(row: str) -> str:
    pieces: list[str] = []
    position = 0
    while found := _WHOLE.search(row, position):
        end = _end_of(row, found)
        whole = row[found.start() : end]
        pieces += (row[position : found.start()], _hidden(whole) if whole[0] in "$[" else whole)
        position = end
    return "".join((*pieces, row[position:]))


def _end_of(row: str, found: re.Match[str]) -> int:
    """Where the formula, wikilink or code ends that begins with this mark; else the mark's end."""
    mark = found[0]
    if mark == "$":
        end = closing_dollar(row, found.start(), len(row))
        return found.end() if end is None else end + 1
    if mark == "$$" or mark[0] == "`":
        end = row.find(mark, found.end())
        return found.end() if end < 0 else end + len(mark)
    return found.end()


def _hidden(text: str) -> str:
    # What has its backslash already is no end of a cell.
    return re.sub(r"(\\.)|\|", lambda found: found[1] or _PIPE, text)


def _report_lost(state: StateBlock, start_line: int, columns: int) -> None:
    for line in range(start_line + 2, state.line):
        row = _line(state, line)
        count = len(_cells(row))
        if count > columns:
            column = state.bMarks[line] + state.tShift[line] - _line_start(state, line) + 1
            message = f"{count} cells in a row of {columns} columns: the rest is not shown"
            span = Span.at(line + 1, column, max(len(row.rstrip()), 1))
            report(state.env, "table-cells-lost", message, span, r"write '\|' for a pipe in a cell")
