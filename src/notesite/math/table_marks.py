"""What the marks in the cells of a table become: wide cells, rules, coloured cells.

No engine knows these. The reader leaves marks, attributes beginning with `data-`, which are made
into MathML Core here, when the whole formula is there; see `columns`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from notesite.math.mathml import BESIDE_MARK
from notesite.patterns import pattern

COLUMNS_MARK = "<mrow data-columns="
RULE_MARK = "<mspace data-cline="
ROW_RULE_MARK = "<mspace data-rule="
COLOR_MARK = "<mspace data-color="
DOUBLED_MARK = "<mrow data-doubled="

_LAST_RULE = 'class="math-last-rule"'
_MARKS = r'(?:<mspace data-(?:cline|rule|color)="[^"]*"/>)*'
_SPANNING = pattern(rf'<mtd([^>]*)>({_MARKS})<mrow data-columns="(\d+)" class="([^"]*)">')
_RULE = pattern(r'<mspace data-cline="(\d+)-(\d+)"/>')
_ROW_RULE = pattern(r'<mspace data-rule="([a-z-]+)"/>')
_COLOR = pattern(r'<mspace data-color="(cell|row):([#\w]+)"/>')
_CELL_COLOR = pattern(r'<mspace data-color="(cell):([#\w]+)"/>')
_DOUBLED = pattern(r'<mrow data-doubled="([\d,]+)">')
_TABLE = pattern(r"<mtable[^>]*>")
_ROW_OR_TABLE = pattern(r"<(/?)(mtable|mtr)\b[^>]*>")
_AT_LEFT = "math-solid-left"
_BESIDE = 'class="equation-'
"""What the margin and the number of a row have."""
_PART = pattern(r"<(/?)(mtr|mtd)\b[^>]*>")
_CLASS = pattern(r' class="([^"]*)"')
_RULED_TABLE = pattern(r'<mtable class="(math-(?:solid|dashed)-left)((?: [^"]*)?)"')
_SPAN = pattern(r'columnspan="(\d+)"')


class _Cell(NamedTuple):
    """A cell of a row: where its opening tag stands, and how many columns it takes."""

    start: int
    end: int
    columns: int


def with_spans(content: str) -> str:
    """The formula with its marks made into columns and rules, and final rules over all columns."""
    if COLUMNS_MARK in content:
        content = _with_lines_at_left(_SPANNING.sub(_spanning, content))
        content = _without_excess(content) if _BESIDE in content else content
    while DOUBLED_MARK in content:
        content = _with_double_lines(content)
    while COLOR_MARK in content:
        content = _with_color(content)
    while RULE_MARK in content:
        content = _with_rule(content)
    while ROW_RULE_MARK in content:
        content = _with_row_rule(content)
    if BESIDE_MARK in content:
        from notesite.math.braced_rows import with_braces  # noqa: PLC0415 - few formulas have them

        content = with_braces(content)
    return _with_whole_rules(content) if _LAST_RULE in content else content


def _spanning(match: re.Match[str]) -> str:
    attributes, rules, columns, classes = match.groups()
    kept = " ".join(name for name in _class_of(attributes).split() if name.endswith("-top"))
    named = " ".join(filter(None, (classes, kept)))
    shown = f' class="{named}"' if named else ""
    return f'<mtd columnspan="{columns}"{shown}>{rules}<mrow>'


def _with_lines_at_left(content: str) -> str:
    """The formula with the lines at the left of tables on their cells, where a wide one is first.

    An engine draws such a line over the whole table, but a wide cell has only its own lines.
    """
    position = 0
    while ruled := _RULED_TABLE.search(content, position):
        position = ruled.end()
        rows = _rows(content, ruled.start())[1]
        first = [cells[0] for row in rows if (cells := _cells(content, row)[0])]
        if not any(_SPAN.search(content, cell.start, cell.end) for cell in first):
            continue
        for cell in reversed(first):
            tag = content[cell.start : cell.end]
            tag = tag if _SPAN.search(tag) else _with_class(tag, ruled[1])
            content = content[: cell.start] + tag + content[cell.end :]
        others = f' class="{ruled[2].strip()}"' if ruled[2] else ""
        content = f"{content[: ruled.start()]}<mtable{others}{content[ruled.end() :]}"
    return content


def _without_excess(content: str) -> str:
    """The rows with their numbers in one column: wide cells were counted as single ones."""
    for row in reversed(_rows(content, 0)[1]):
        others = _cells(content, row)[0][:-1]
        excess = sum(cell.columns - 1 for cell in others)
        while excess and others and content.startswith("<mtd></mtd>", others[-1].start):
            cell = others.pop()
            content = content[: cell.start] + content[cell.start + len("<mtd></mtd>") :]
            excess -= 1
    return content


def _class_of(attributes: str) -> str:
    match = _CLASS.search(attributes)
    return match[1] if match else ""


def _with_double_lines(content: str) -> str:
    """The formula with the double lines between columns of the first table that is to have them."""
    mark = _DOUBLED.search(content)
    assert mark is not None
    doubled = set(map(int, mark[1].split(",")))
    table, rows = _rows(content, mark.end())
    for row in reversed(rows):
        cells = _cells(content, row)[0]
        column = sum(cell.columns for cell in cells)
        for cell in reversed(cells):
            # Wide cells say of their own lines.
            is_wide = cell.columns > 1
            tag = content[cell.start : cell.end]
            if column in doubled and not is_wide:
                tag = _with_class(tag, "math-double-right")
            column -= cell.columns
            if column == 0 and 0 in doubled and not is_wide:
                tag = _with_class(tag, "math-double-left")
            content = content[: cell.start] + tag + content[cell.end :]
    if 0 in doubled:
        opening = table[0].replace(f"{_AT_LEFT} ", "").replace(f' class="{_AT_LEFT}"', "")
        content = content[: table.start()] + opening + content[table.end() :]
    return content[: mark.start()] + "<mrow>" + content[mark.end() :]


def _rows(content: str, start: int) -> tuple[re.Match[str], list[int]]:
    """The opening tag of the first table from `start` on, and where its rows begin."""
    table = _TABLE.search(content, start)
    assert table is not None
    rows: list[int] = []
    depth = 1
    for match in _ROW_OR_TABLE.finditer(content, table.end()):
        if match[2] == "mtable":
            depth += -1 if match[1] else 1
        elif depth == 1 and not match[1]:
            rows.append(match.start())
        if depth == 0:
            break
    return table, rows


def _with_rule(content: str) -> str:
    mark = _RULE.search(content)
    assert mark is not None
    first, last = int(mark[1]), int(mark[2])
    row = content.rfind("<mtr", 0, mark.start())
    content = content[: mark.start()] + content[mark.end() :]
    if row < 0:
        return content
    cells, row_end = _cells(content, row)
    column = sum(cell.columns for cell in cells)
    if column < last:
        content = content[:row_end] + "<mtd></mtd>" * (last - column) + content[row_end:]
        cells, row_end = _cells(content, row)
    for cell in reversed(cells):
        column = sum(other.columns for other in cells if other.start < cell.start) + 1
        if column <= last and column + cell.columns > first:
            tag = _with_class(content[cell.start : cell.end], "math-solid-top")
            content = content[: cell.start] + tag + content[cell.end :]
    return _as_last_rule(content, row)


def _with_row_rule(content: str) -> str:
    """The formula with its first mark of a rule over or under a whole row made into one."""
    mark = _ROW_RULE.search(content)
    assert mark is not None
    row = content.rfind("<mtr", 0, mark.start())
    content = content[: mark.start()] + content[mark.end() :]
    if row < 0:
        return content
    for cell in reversed(_cells(content, row)[0]):
        tag = content[cell.start : cell.end]
        if _BESIDE not in tag:
            tag = _with_class(tag, f"math-{mark[1]}")
        content = content[: cell.start] + tag + content[cell.end :]
    return _as_last_rule(content, row)


def _with_color(content: str) -> str:
    """The formula with its first mark of a colour made into the ground of a cell or of a row."""
    # The colour of a cell wins over its row's.
    mark = _CELL_COLOR.search(content) or _COLOR.search(content)
    assert mark is not None
    kind, color = mark.groups()
    row, cell = (content.rfind(tag, 0, mark.start()) for tag in ("<mtr", "<mtd"))
    content = content[: mark.start()] + content[mark.end() :]
    if row < 0:
        return content
    for each in reversed(_cells(content, row)[0]):
        tag = content[each.start : each.end]
        is_colored = kind == "row" or each.start == cell
        if is_colored and _BESIDE not in tag and "mathbackground" not in tag:
            tag = f'{tag[:-1]} mathbackground="{color}">'
        content = content[: each.start] + tag + content[each.end :]
    return content


def _with_class(tag: str, name: str) -> str:
    if _CLASS.search(tag):
        return tag if name in tag else _CLASS.sub(rf' class="\1 {name}"', tag)
    return f'{tag[:-1]} class="{name}">'


def _as_last_rule(content: str, row: int) -> str:
    """The row marked as holding nothing but a rule, if it is the last and does."""
    cells, row_end = _cells(content, row)
    is_last = content.startswith("</mtr></mtable>", row_end)
    is_empty = all(content.startswith("</mtd>", cell.end) for cell in cells)
    if is_last and is_empty and content.startswith("<mtr>", row):
        return f'{content[:row]}<mtr class="math-last-rule">{content[row + len("<mtr>") :]}'
    return content


def _with_whole_rules(content: str) -> str:
    r"""Final rules of `\hline` over all columns, where an engine draws them over the first."""
    position = content.find(_LAST_RULE)
    while position >= 0:
        row = content.rfind("<mtr", 0, position)
        before = _previous_row(content, row)
        cells, row_end = _cells(content, row)
        width = sum(cell.columns for cell in _cells(content, before)[0]) if before >= 0 else 0
        if len(cells) == 1 and width > 1:
            names = _class_of(content[cells[0].start : cells[0].end]).split()
            rules = " ".join(name for name in names if name.endswith("-top"))
            cell = f'<mtd class="{rules}"></mtd>' if rules else "<mtd></mtd>"
            content = content[:row_end] + cell * (width - 1) + content[row_end:]
        position = content.find(_LAST_RULE, position + 1)
    return content


def _previous_row(content: str, row: int) -> int:
    """Where the row before the one at `row` begins, -1 if there is none."""
    depth = 0
    for match in reversed([*re.finditer(r"<(/?)mtr\b", content[:row])]):
        depth += 1 if match[1] else -1
        if depth == 0:
            return match.start()
        if depth < 0:
            break
    return -1


def _cells(content: str, row: int) -> tuple[list[_Cell], int]:
    """The cells of the row that begins at `row`, and where its closing tag stands."""
    depth = 0
    cells: list[_Cell] = []
    for match in _PART.finditer(content, row):
        closing, name = match[1], match[2]
        if name == "mtr":
            depth += -1 if closing else 1
            if depth == 0:
                return cells, match.start()
        elif depth == 1 and not closing:
            span = _SPAN.search(match[0])
            cells.append(_Cell(match.start(), match.end(), int(span[1]) if span else 1))
    return cells, len(content)
