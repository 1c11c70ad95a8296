r"""Cells over several columns and rules under some of them: `\multicolumn`, `\cline`.

No engine knows these. The reader leaves marks in the cells, attributes beginning with `data-`,
which are made into MathML Core here, when the whole formula is there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from notesite.math.reading import FIRST_HOLE, Wrapped
from notesite.patterns import pattern

if TYPE_CHECKING:
    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token

_COLUMNS_MARK = "<mrow data-columns="
_RULE_MARK = "<mspace data-cline="
_SECOND_RULE = "<mspace data-second/>"
_RULE_MARKS = (_RULE_MARK, _SECOND_RULE)
_WHOLE_RULES = frozenset({"\\hline", "\\hdashline"})
_LAST_RULE = 'class="math-last-rule"'
_SPANNING = pattern(
    r'<mtd([^>]*)>((?:<mspace data-cline="[^"]*"/>)*)<mrow data-columns="(\d+)" class="([^"]*)">'
)
_RULE = pattern(r'<mspace data-cline="(\d+)-(\d+)"/>')
_PART = pattern(r"<(/?)(mtr|mtd)\b[^>]*>")
_CLASS = pattern(r' class="([^"]*)"')
_SPAN = pattern(r'columnspan="(\d+)"')
_RANGE = pattern(r"\s*(\d{1,3})\s*-\s*(\d{1,3})\s*")
_SIDES = {"l": "math-left", "r": "math-right", "c": ""}
_MOST_COLUMNS = 100


class _Cell(NamedTuple):
    """A cell of a row: where its opening tag stands, and how many columns it takes."""

    start: int
    end: int
    columns: int


def multicolumn(reader: FormulaReader, token: Token) -> None:
    r"""`\multicolumn{2}{c}{…}`: a cell over several columns."""
    count, columns = ("".join(part.text for part in reader.stream.argument()) for _ in range(2))
    content = reader.stream.argument()
    letters = "".join(columns.split())
    if not _is_first_in_cell(reader):
        hints = ("it must be the first thing in a cell of an array or a matrix",)
        reader.problem("math-syntax", "'\\multicolumn' cannot stand here", token, hints)
    elif not count.strip().isdecimal() or not 1 <= int(count) <= _MOST_COLUMNS:
        message = f"'{count}' is not a number of columns"
        reader.problem("math-syntax", message, token)
    elif not re.fullmatch(r"\|?[lcr]\|?", letters):
        hints = ("write l, c or r, and | for a line beside it",)
        reader.problem("math-syntax", f"'{columns}' does not describe a column", token, hints)
    else:
        before = f'<mrow data-columns="{int(count)}" class="{_classes(letters)}">'
        reader.emit_hole(Wrapped(before, reader.part(content, token), "</mrow>"), token)


def _classes(letters: str) -> str:
    side = letters.strip("|")
    names = (
        "math-solid-left" if letters[0] == "|" else "",
        _SIDES[side],
        "math-solid-right" if letters[-1] == "|" else "",
    )
    return " ".join(filter(None, names))


def rule_under_columns(reader: FormulaReader, token: Token) -> None:
    r"""`\cline{2-3}`: a rule over some columns of the row that follows."""
    written = "".join(part.text for part in reader.stream.argument())
    match = _RANGE.fullmatch(written)
    if match is None or not 1 <= int(match[1]) <= int(match[2]) <= _MOST_COLUMNS:
        hints = ("write the first and the last column, such as {2-3}",)
        reader.problem("math-syntax", f"'{written}' is not a range of columns", token, hints)
    elif not _is_first_in_cell(reader, in_row=True):
        hints = ("it must come right after '\\\\'",)
        reader.problem("math-syntax", f"'{token.text}' cannot stand here", token, hints)
    else:
        mark = f'<mspace data-cline="{int(match[1])}-{int(match[2])}"/>'
        reader.emit_hole(Wrapped(mark, (), ""), token)


def rule_between_rows(reader: FormulaReader, token: Token) -> None:
    r"""`\hline` and `\hdashline`; a second one in the same place draws a second line."""
    frame = reader.frame
    line = reader.row.tokens[frame.row_start :] if frame else []
    if not any(previous.text in _WHOLE_RULES for previous in line):
        reader.emit(token)
    elif not any(_is_mark(reader, previous, _SECOND_RULE) for previous in line):
        reader.emit_hole(Wrapped(_SECOND_RULE, (), ""), token)


def _is_first_in_cell(reader: FormulaReader, *, in_row: bool = False) -> bool:
    frame = reader.frame
    if frame is None or frame.kind != "begin" or not frame.columns:
        return False
    for token in reversed(reader.row.tokens[frame.row_start :]):
        if token.text == "&":
            return not in_row
        is_rule = token.text in _WHOLE_RULES or _is_mark(reader, token, *_RULE_MARKS)
        if not (token.is_space or is_rule):
            return False
    return True


def _is_mark(reader: FormulaReader, token: Token, *marks: str) -> bool:
    """Whether the token is a hole for one of the marks left here."""
    index = ord(token.text[0]) - FIRST_HOLE
    holes = reader.reading.holes
    if not 0 <= index < len(holes):
        return False
    hole = holes[index]
    return isinstance(hole, Wrapped) and hole.before.startswith(marks)


def with_spans(content: str) -> str:
    """The formula with its marks made into columns and rules, and final rules over all columns."""
    if _COLUMNS_MARK in content:
        content = _SPANNING.sub(_spanning, content)
    while _RULE_MARK in content:
        content = _with_rule(content)
    while _SECOND_RULE in content:
        content = _with_second_rule(content)
    return _with_whole_rules(content) if _LAST_RULE in content else content


def _spanning(match: re.Match[str]) -> str:
    attributes, rules, columns, classes = match.groups()
    kept = " ".join(name for name in _class_of(attributes).split() if name.endswith("-top"))
    named = " ".join(filter(None, (classes, kept)))
    shown = f' class="{named}"' if named else ""
    return f'<mtd columnspan="{columns}"{shown}>{rules}<mrow>'


def _class_of(attributes: str) -> str:
    match = _CLASS.search(attributes)
    return match[1] if match else ""


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


def _with_second_rule(content: str) -> str:
    mark = content.find(_SECOND_RULE)
    content = content[:mark] + content[mark + len(_SECOND_RULE) :]
    row = content.rfind("<mtr", 0, mark)
    if row < 0:
        return content
    for cell in reversed(_cells(content, row)[0]):
        tag = _with_class(content[cell.start : cell.end], "math-double-top")
        content = content[: cell.start] + tag + content[cell.end :]
    return _as_last_rule(content, row)


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
