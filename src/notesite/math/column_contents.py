r"""Columns of an `array` that put something into each of their cells.

`>{…}` goes before the content of a cell and `<{…}` behind it; `@{…}` stands between two columns in
the place of the space there, `!{…}` in the middle of that space (the package array). All of them
become part of cells: what stands between columns ends the cell before it when that is flush right,
as in `r@{=}l`, and else begins the one behind it.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from notesite.math.environments import MANY_COLUMNS
from notesite.math.lengths import in_em
from notesite.math.tex import MissingArgumentError, TokenStream, braced, join
from notesite.patterns import pattern
from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token

_BLANK = pattern(r"(?:\s|\\[,;:! ]|\\q?quad|\\hspace\{[^{}]*\}|\\extracolsep\{[^{}]*\})*")
_NO_SPACE = ("\\kern", "-0.9em")
"""Takes away the space between two columns, which the style sheet makes."""
_HALF_SPACE = ("\\kern", "0.45em"), ("\\kern", "-0.45em")
_DEEPER = frozenset({"{", "\\begin", "\\left"})
_HIGHER = frozenset({"}", "\\end", "\\right"})
_BREAKS = frozenset({"\\\\", "\\cr", "\\newline", "\\tabularnewline"})
_RULES = frozenset({"hline", "hdashline"})
_BEFORE_ROW = frozenset({"cline", "cdashline", "rowcolor"})


@dataclass(slots=True)
class _Column:
    """A column: its side, its colour, and what goes before and behind the content of each cell."""

    side: str
    color: list[Token] = field(default_factory=list)
    before: list[Token] = field(default_factory=list)
    after: list[Token] = field(default_factory=list)


class _UnknownColumnError(Exception):
    """A specification with something in it that describes no column."""


def filled(reader: FormulaReader, specification: list[Token]) -> str | None:
    """The columns in the letters `lcr|:`, after their cells have got what is put into them.

    None when the specification does not describe columns.
    """
    reading = _Specification()
    try:
        reading.read(TokenStream(specification))
    except (_UnknownColumnError, MissingArgumentError):
        return None
    if not reading.columns:
        return None
    _fill(reader.stream, reading.columns)
    return reading.letters


class _Specification:
    """What a specification of columns says."""

    def __init__(self) -> None:
        self.letters = ""
        self.columns: list[_Column] = []
        self._color: list[Token] = []
        self._before: list[Token] = []
        self._between: list[Token] = []
        self._behind: list[Token] = []
        self._at_end: list[Token] = []

    def read(self, stream: TokenStream) -> None:
        """Reads all of it; raises _UnknownColumnError or MissingArgumentError."""
        while (part := stream.first_character()) is not None:
            self._read_part(part, stream)
        if self.columns:
            self.columns[-1].after += self._at_end

    def _read_part(self, part: Token, stream: TokenStream) -> None:
        if part.text in {"l", "c", "r"}:
            self._add_column(part)
        elif part.text in {"p", "m", "b"}:
            stream.argument()
            self._add_column(part.replaced("l"))
        elif part.text in {"|", ":"}:
            self.letters += part.text
        elif part.text == ">":
            self._read_before(TokenStream(stream.argument()))
        elif part.text == "<" and self.columns:
            self.columns[-1].after += stream.argument()
        elif part.text in {"@", "!"}:
            self._read_between(part, stream.argument())
        elif part.text == "*":
            count = join(stream.argument()).strip()
            repeated = stream.argument()
            if not count.isdecimal() or int(count) > MANY_COLUMNS:
                raise _UnknownColumnError
            stream.push(repeated * int(count))
        elif not part.is_space:
            raise _UnknownColumnError

    def _add_column(self, part: Token) -> None:
        if len(self.columns) >= MANY_COLUMNS:
            raise _UnknownColumnError
        if self.columns:
            self.columns[-1].after += self._behind
        before = [*self._between, *self._before]
        self.columns.append(_Column(part.text, self._color, before))
        self.letters += part.text
        self._color, self._before = [], []
        self._between, self._behind, self._at_end = [], [], []

    def _read_before(self, stream: TokenStream) -> None:
        for part in stream:
            if part.name != "columncolor":
                self._before.append(part)
                continue
            model = stream.bracketed()
            shown = [] if model is None else [part.replaced("["), *model, part.replaced("]")]
            color = braced(stream.argument(), part)
            self._color = [part.replaced("\\cellcolor"), *shown, *color]

    def _read_between(self, sign: Token, content: list[Token]) -> None:
        if _BLANK.fullmatch(join(content)):
            return
        if not self.columns:
            self._between += content
            return
        self._at_end += content
        before, after = _HALF_SPACE if sign.text == "!" else ((), _NO_SPACE)
        if self.columns[-1].side == "r":
            self._behind += _around(sign, before, content, after)
        else:
            self._between += _around(sign, after, content, before)


def _around(
    place: Token, before: Iterable[str], content: list[Token], after: Iterable[str]
) -> list[Token]:
    return [*map(place.replaced, before), *content, *map(place.replaced, after)]


def _fill(stream: TokenStream, columns: list[_Column]) -> None:
    r"""Puts what belongs into each cell up to the `\end` of the environment being read."""
    made: list[Token] = []
    cell: list[Token] = []
    column, depth = 0, 0
    while (token := stream.pop()) is not None:
        is_end = token.text == "\\end" and depth == 0
        depth += (token.text in _DEEPER) - (token.text in _HIGHER)
        is_between = depth == 0 and (token.text == "&" or token.text in _BREAKS)
        if not (is_end or is_between):
            cell.append(token)
            continue
        is_missing = column == 0 and is_end and _content_start(cell, 0) == len(cell)
        made += cell if is_missing else _filled_cell(cell, columns, column)
        made.append(token)
        cell = []
        column = column + 1 if token.text == "&" else 0
        if is_end:
            break
    stream.push([*made, *cell])


def _filled_cell(cell: list[Token], columns: list[_Column], index: int) -> list[Token]:
    start = _content_start(cell, index)
    is_wide = start < len(cell) and cell[start].name == "multicolumn"
    if is_wide or index >= len(columns):
        return cell
    column = columns[index]
    has_color = start < len(cell) and cell[start].name == "cellcolor"
    color = [] if has_color else column.color
    if has_color:
        start = _after_color(cell, start)
    return [*cell[:start], *color, *column.before, *cell[start:], *column.after]


def _after_color(cell: list[Token], start: int) -> int:
    stream = TokenStream(cell[start + 1 :])
    stream.bracketed()
    stream.argument()
    return len(cell) - sum(1 for _ in stream)


def _content_start(cell: list[Token], index: int) -> int:
    """Where the content of a cell begins: in a row's first, after rules and the row's spacing."""
    stream = TokenStream(cell)
    stream.skip_space()
    if index == 0:
        stream.take("*")
        _skip_row_space(stream)
        while (following := stream.peek()) is not None:
            if following.name in _RULES or following.is_space:
                stream.pop()
            elif following.name in _BEFORE_ROW:
                stream.pop()
                stream.bracketed()
                stream.argument()
            else:
                break
    return len(cell) - sum(1 for _ in stream)


def _skip_row_space(stream: TokenStream) -> None:
    ahead = [token.text for token in stream.upcoming(4)]
    if ahead[:1] == ["["] and "]" in ahead:
        length = "".join(ahead[1 : ahead.index("]")])
        if in_em(length) is not None:
            stream.bracketed()
