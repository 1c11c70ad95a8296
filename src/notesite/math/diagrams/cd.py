r"""amscd's `CD`: rows of objects with `@>>>` between them, and rows of `@VVV` under objects.

See the AMS's `amscd` and Spivak, The Joy of TeX, appendix on commutative diagrams.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from notesite.math.diagrams.model import (
    Arrow,
    Cell,
    Content,
    Diagram,
    Label,
    Line,
    Side,
    Spacing,
    Stroke,
)
from notesite.math.diagrams.pieces import DEPTHS, characters, content, grid, nested, stripped
from notesite.math.tex import TokenStream
from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from notesite.math.diagrams.model import Report
    from notesite.math.tex import Token

SPACING = Spacing(rows=1.6, columns=2.4, margin=0.35)
_DOUBLE = Stroke(Line.DOUBLE, head="")
_ACROSS = {">": (0, 1), "<": (0, -1), ")": (0, 1), "(": (0, -1)}
_DOWN = {"V": (1, 0), "A": (-1, 0)}
_HINT = "write @>a>b>, @<a<b<, @VaVbV, @AaAbA, @=, @| or @."


@dataclass(slots=True)
class _Row:
    """A row of the source while it is read; `moves` are arrows, each after so many objects."""

    objects: list[list[Token]] = field(default_factory=lambda: [[]])
    across: list[tuple[int, _Move]] = field(default_factory=list)
    down: list[tuple[int, _Move]] = field(default_factory=list)
    entries: int = 0
    """How many arrows or blanks of a row between rows there are so far."""


@dataclass(frozen=True, slots=True)
class _Move:
    token: Token
    sign: str
    first: Content = ()
    second: Content = ()


def parse_cd(tokens: Iterable[Token], report: Report) -> Diagram:
    r"""The diagram in the body of a `CD`; what is wrong goes to `report`."""
    rows = [_read_row(line, report) for line in _lines(tokens)]
    cells: list[list[Content]] = []
    arrows: list[Arrow] = []
    for row in rows:
        if row.down or (row.entries and not _has_objects(row)):
            arrows.extend(_vertical(column, move, len(cells)) for column, move in row.down)
        elif _has_objects(row) or row.across:
            arrows.extend(_horizontal(column, move, len(cells)) for column, move in row.across)
            cells.append([content(each) for each in row.objects])
    return _within(Diagram(grid(cells), tuple(arrows), SPACING), report)


def _has_objects(row: _Row) -> bool:
    return any(stripped(each) for each in row.objects)


def _lines(tokens: Iterable[Token]) -> list[list[Token]]:
    lines: list[list[Token]] = [[]]
    for depth, token in nested(characters(tokens)):
        if depth == 0 and token.text in {"\\\\", "\\cr"}:
            lines.append([])
        else:
            lines[-1].append(token)
    return lines


def _read_row(line: list[Token], report: Report) -> _Row:
    row = _Row()
    stream = TokenStream(line)
    depth = 0
    for token in stream:
        depth += DEPTHS.get(token.text, 0)
        if token.text == "@" and depth == 0:
            move = _read_move(stream, token, report)
            if move is not None:
                _place(row, move)
        elif token.text == "&" and depth == 0:
            hint = "CD separates objects by @>>> and its like, tikzcd by '&'"
            report("math-syntax", "'&' cannot be used in CD", token, (hint,))
        else:
            row.objects[-1].append(token)
    return row


def _place(row: _Row, move: _Move) -> None:
    is_blank_below = move.sign == "." and not _has_objects(row) and not row.across
    if move.sign in {*_DOWN, "|"}:
        row.down.append((row.entries, move))
        row.entries += 1
    elif is_blank_below or (move.sign == "." and row.down):
        row.entries += 1
    else:
        if row.entries:  # blanks before the first arrow between objects
            row.objects[:0] = [[] for _ in range(row.entries)]
            row.entries = 0
        if move.sign != ".":
            row.across.append((len(row.objects) - 1, move))
        row.objects.append([])


def _read_move(stream: TokenStream, at: Token, report: Report) -> _Move | None:
    """The arrow after `@`, None for what is no arrow."""
    stream.skip_space()
    sign = stream.pop()
    if sign is None or sign.text not in {*_ACROSS, *_DOWN, "=", "|", "\\vert", "\\|", "."}:
        if sign is not None:
            stream.push([sign])
        message = "'@' begins no arrow" if sign is None else f"'@{sign.text}' is no arrow of CD"
        report("math-syntax", message, at, (_HINT,))
        return None
    place = at._replace(text=at.text + sign.text, end=max(at.end, sign.end))
    if sign.text in {"=", "."}:
        return _Move(place, sign.text)
    if sign.text in {"|", "\\vert", "\\|"}:
        return _Move(place, "|")
    labels = [_up_to(stream, sign.text) for _ in range(2)]
    if labels[0] is None or labels[1] is None:
        message = f"'@{sign.text}' needs its sign two more times: @{sign.text * 3}"
        report("math-syntax", message, place, (_HINT,))
        return None
    return _Move(place, sign.text, content(labels[0]), content(labels[1]))


def _up_to(stream: TokenStream, sign: str) -> list[Token] | None:
    """What comes before the next `sign` outside of braces, None where there is none."""
    taken: list[Token] = []
    depth = 0
    for token in stream:
        if token.text == sign and depth == 0:
            return taken
        depth += DEPTHS.get(token.text, 0)
        taken.append(token)
        if token.text == "@" and depth == 0:
            break
    stream.push(taken)
    return None


def _horizontal(column: int, move: _Move, row: int) -> Arrow:
    left, right = (row, column), (row, column + 1)
    if move.sign == "=":
        return Arrow(move.token, left, right, stroke=_DOUBLE)
    # The first label is above: on the left of who goes to the right.
    is_forward = _ACROSS[move.sign][1] > 0
    sides = (Side.LEFT, Side.RIGHT) if is_forward else (Side.RIGHT, Side.LEFT)
    ends = (left, right) if is_forward else (right, left)
    return Arrow(move.token, *ends, labels=_labels(move, sides))


def _vertical(column: int, move: _Move, below: int) -> Arrow:
    upper, lower = (below - 1, column), (below, column)
    if move.sign == "|":
        return Arrow(move.token, upper, lower, stroke=_DOUBLE)
    # The first label is on the left of the page: on the right of who goes down.
    is_down = move.sign == "V"
    sides = (Side.RIGHT, Side.LEFT) if is_down else (Side.LEFT, Side.RIGHT)
    ends = (upper, lower) if is_down else (lower, upper)
    return Arrow(move.token, *ends, labels=_labels(move, sides))


def _labels(move: _Move, sides: tuple[Side, Side]) -> tuple[Label, ...]:
    contents = (move.first, move.second)
    return tuple(
        Label(each, each[0], side) for each, side in zip(contents, sides, strict=True) if each
    )


def _within(diagram: Diagram, report: Report) -> Diagram:
    """The diagram, after a word about every arrow that has no object to go from or to."""

    def is_inside(end: Cell) -> bool:
        return 0 <= end[0] < len(diagram.rows) and end[1] < len(diagram.rows[end[0]])

    for arrow in diagram.arrows:
        for end in (arrow.source, arrow.target):
            if isinstance(end, tuple) and not is_inside(end):
                message = f"'{arrow.token.text}' has no object to go to or from"
                hint = "an arrow in a row of its own stands under the object of its number"
                report("math-syntax", message, arrow.token, (hint,))
                break
    return diagram
