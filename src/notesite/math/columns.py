r"""Cells over several columns, rules between rows, coloured cells: what the reader does of them.

`\multicolumn`, `\cline`, `\cellcolor` and, where an engine knows none, `\hline`: marks are left in
the cells, which `table_marks` makes into MathML Core.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notesite.math.reading import FIRST_HOLE, Wrapped
from notesite.math.table_marks import COLOR_MARK, COLUMNS_MARK, ROW_RULE_MARK, RULE_MARK
from notesite.patterns import pattern

if TYPE_CHECKING:
    from notesite.math.reader import FormulaReader
    from notesite.math.reading import Row
    from notesite.math.tex import Token

_BEFORE_CONTENT = (RULE_MARK, ROW_RULE_MARK, COLOR_MARK)
_WHOLE_RULES = {"\\hline": "solid", "\\hdashline": "dashed"}
_RULED_BY_ENGINES = frozenset(
    {"array", "darray", "subarray"}
    | {f"{kind}matrix{star}" for kind in ("", *"pbBvV") for star in ("", "*")}
)
_RANGE = pattern(r"\s*(\d{1,3})\s*-\s*(\d{1,3})\s*")
_SIDES = {"l": "math-left", "r": "math-right", "c": ""}
_LINES = {"|": "math-solid", "||": "math-double"}
_MOST_COLUMNS = 100


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
    elif not re.fullmatch(r"\|{0,2}[lcr]\|{0,2}", letters):
        hints = ("write l, c or r, and | for a line beside it",)
        reader.problem("math-syntax", f"'{columns}' does not describe a column", token, hints)
    else:
        before = f'{COLUMNS_MARK}"{int(count)}" class="{_classes(letters)}">'
        reader.emit_hole(Wrapped(before, reader.part(content, token), "</mrow>"), token)


def dots_over_columns(reader: FormulaReader, token: Token) -> None:
    r"""`\hdotsfor{3}`: dots over several columns; how far apart they stand is not looked at."""
    reader.stream.skip_space()
    reader.stream.bracketed()
    count = "".join(part.text for part in reader.stream.argument()).strip()
    if not count.isdecimal() or not 1 <= int(count) <= _MOST_COLUMNS:
        reader.problem("math-syntax", f"'{count}' is not a number of columns", token)
    elif not _is_first_in_cell(reader):
        hints = ("it must be the first thing in a cell of a matrix",)
        reader.problem("math-syntax", "'\\hdotsfor' cannot stand here", token, hints)
    else:
        dots = "\\ldots" * (2 * int(count) - 1)
        reader.push_text(f"\\multicolumn{{{count}}}{{c}}{{{dots}}}", token)


def _classes(letters: str) -> str:
    side = letters.strip("|")
    before, _, behind = letters.partition(side)
    names = (f"{_LINES[before]}-left" if before else "", _SIDES[side],
             f"{_LINES[behind]}-right" if behind else "")  # fmt: skip
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
        mark = f'{RULE_MARK}"{int(match[1])}-{int(match[2])}"/>'
        reader.emit_hole(Wrapped(mark, (), ""), token)


def rule_between_rows(reader: FormulaReader, token: Token) -> None:
    r"""`\hline` and `\hdashline`; a second one in the same place draws a second line."""
    frame = reader.frame
    if frame is None or frame.kind not in {"begin", "top"}:
        hints = ("put the lines into array, or into align",)
        reader.problem("math-syntax", f"'{token.text}' stands outside of a table", token, hints)
        return
    start = frame.row_start if frame.kind == "begin" else 0
    line = reader.row.tokens[start:]
    drawn = sum(each.text in _WHOLE_RULES or _is_mark(reader, each, ROW_RULE_MARK) for each in line)
    if drawn:
        if drawn == 1:
            _mark_row(reader, token, "double-top")
    elif frame.name in _RULED_BY_ENGINES:
        reader.emit(token)
    elif _is_first_in_cell(reader, in_row=True):
        _mark_row(reader, token, f"{_WHOLE_RULES[token.text]}-top")
    else:
        hints = ("it must come right after '\\\\'",)
        reader.problem("math-syntax", f"'{token.text}' cannot stand here", token, hints)


def _mark_row(reader: FormulaReader, token: Token, rule: str) -> None:
    reader.emit_hole(Wrapped(f'{ROW_RULE_MARK}"{rule}"/>', (), ""), token)


def is_rule_alone(reader: FormulaReader, row: Row) -> bool:
    """Whether nothing but rules would be seen of a row."""
    shown = [token for token in row.tokens if not token.is_space]
    return bool(shown) and all(_is_mark(reader, token, ROW_RULE_MARK) for token in shown)


def cell_color(reader: FormulaReader, token: Token) -> None:
    r"""`\cellcolor{…}` and `\rowcolor{…}`: the ground of a cell or of a row."""
    from notesite.math.colors import color_value  # noqa: PLC0415 - few tables have colours

    value = color_value(reader, token)
    is_row = token.name == "rowcolor"
    if not _is_first_in_cell(reader, in_row=is_row):
        place = "a row" if is_row else "a cell"
        hints = (f"it must be the first thing in {place} of an array or a matrix",)
        reader.problem("math-syntax", f"'{token.text}' cannot stand here", token, hints)
    elif value is not None:
        mark = f'{COLOR_MARK}"{"row" if is_row else "cell"}:{value}"/>'
        reader.emit_hole(Wrapped(mark, (), ""), token)


def _is_first_in_cell(reader: FormulaReader, *, in_row: bool = False) -> bool:
    frame = reader.frame
    if frame is None or frame.kind not in {"begin", "top"}:
        return False
    start = frame.row_start if frame.kind == "begin" else 0
    for token in reversed(reader.row.tokens[start:]):
        if token.text == "&":
            return not in_row
        is_rule = token.text in _WHOLE_RULES or _is_mark(reader, token, *_BEFORE_CONTENT)
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
