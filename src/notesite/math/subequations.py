r"""`subequations`: an environment around another, whose rows are numbered 1a, 1b and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.environments import TOP_LEVEL, Numbering
from notesite.math.reading import FIRST_HOLE, Frame, Row, Wrapped
from notesite.math.rows import hand_over
from notesite.math.table_marks import COLUMNS_MARK

if TYPE_CHECKING:
    from notesite.math.environments import TopLevel
    from notesite.math.reader import FormulaReader
    from notesite.math.reading import Reading
    from notesite.math.tex import Token

NAME = "subequations"
_CENTRED = "gathered"
_OPENING = frozenset({"{", "\\begin", "\\left"})
_CLOSING = frozenset({"}", "\\end", "\\right"})
_HINT = "put all its rows into one align or gather, and words between them into \\intertext"


def passes(reader: FormulaReader, token: Token, name: str) -> bool:
    r"""Whether `\begin` or `\end`, before `{name}`, is dealt with here; its name is then taken."""
    reading = reader.reading
    if name == NAME and token.name == "begin" and _is_start(reader):
        reading.subequations = token
    elif name == NAME and token.name == "end" and reading.subequations and not reader.frames:
        reading.is_subequations_closed = True
    elif name in TOP_LEVEL and token.name == "begin" and _is_second(reader):
        if not _joins(reader, TOP_LEVEL[name]):
            message = f"'subequations' cannot hold '{name}' behind what it holds"
            reader.problem("math-unsupported", message, token, (_HINT,))
            # What is left would only be complained of besides.
            list(reader.stream)
            reading.is_subequations_closed = True
            return True
        _join(reader, token, name)
    else:
        return False
    reader.stream.argument()
    return True


def _joins(reader: FormulaReader, following: TopLevel) -> bool:
    """Whether the rows of an environment can stand below those that are there, in one table."""
    reading = reader.reading
    is_alone = reading.trailing is not None and reading.trailing.is_empty
    is_bare = not following.arguments and not reading.top.arguments
    return is_alone and is_bare and {following.inner, reading.top.inner} <= {_CENTRED, "aligned"}


def _join(reader: FormulaReader, token: Token, name: str) -> None:
    r"""Goes on with the rows of another environment, as if it were one.

    LaTeX sets each by itself; what can be seen of it is that their signs are not aligned. Rows
    without columns, as of `gather`, become cells over all columns of the others.
    """
    reading = reader.reading
    _settle_numbering(reading)
    reading.trailing = None
    reading.joined_from = len(reading.rows)
    reading.rows.append(Row())
    reading.top = TOP_LEVEL[name]
    columns = reading.top.inner != "gathered"
    reader.frames.append(Frame("top", token, name, columns=columns))


def _settle_numbering(reading: Reading) -> None:
    """Says of each row of the environment last read whether it is numbered."""
    *others, last = reading.rows[reading.joined_from :]
    for row in (*others, last):
        row.is_centred = reading.top.inner == _CENTRED
    if reading.top.numbering is Numbering.ONE:
        for row in others:
            hand_over(row, last)
            row.label = row.tag = None
            row.is_unnumbered = True
    elif reading.top.numbering is Numbering.NONE:
        for row in (*others, last):
            row.is_unnumbered = True


def close(reader: FormulaReader) -> None:
    """Notes what is wrong with the subequations at the end of the formula."""
    reading = reader.reading
    opening = reading.subequations
    if opening is None:
        return
    if not reading.is_subequations_closed:
        message = f"'\\begin{{{NAME}}}' is never closed"
        reader.problem("math-syntax", message, opening, (f"add the missing '\\end{{{NAME}}}'",))
    elif not reading.name:
        message = f"'{NAME}' without an environment inside"
        reader.problem("math-syntax", message, opening, ("put align or gather into it",))
    elif reading.joined_from:
        _settle_numbering(reading)
        is_aligned = not all(row.is_centred for row in reading.rows)
        reading.name = "align" if is_aligned else "gather"
        reading.top = TOP_LEVEL[reading.name]
        if is_aligned:
            _span_columns(reading)


def _span_columns(reading: Reading) -> None:
    """Makes of each row without columns a cell over those that the other rows have."""
    columns = max(map(_columns, reading.rows))
    for row in reading.rows:
        if row.is_centred and not row.is_text and not row.is_empty:
            place = row.tokens[0]
            before = f'{COLUMNS_MARK}"{columns}" class="">'
            reading.holes.append(Wrapped(before, tuple(row.tokens), "</mrow>"))
            row.tokens = [place.replaced(chr(FIRST_HOLE + len(reading.holes) - 1))]


def _columns(row: Row) -> int:
    depth = 0
    count = 1
    for token in row.tokens:
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        count += depth == 0 and token.text == "&"
    return count


def _is_start(reader: FormulaReader) -> bool:
    reading = reader.reading
    is_whole = reader.display and reader.depth == 0 and not reader.frames
    return is_whole and not reading.name and reader.row.is_empty and not reading.subequations


def _is_second(reader: FormulaReader) -> bool:
    return reader.reading.subequations is not None and reader.reading.trailing is not None
