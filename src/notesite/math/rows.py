"""Environments and their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.columns import is_rule_alone
from notesite.math.environments import (
    BRACED_ROWS,
    DIAGRAMS,
    INNER,
    MANY_COLUMNS,
    PROOFS,
    REFUSED,
    ROWS,
    STRETCHED,
    TEXT_CASES,
    TOP_LEVEL,
    column_specification,
    doubled_columns,
    single_lines,
)
from notesite.math.frames import unclosed
from notesite.math.reading import Frame, Row, Wrapped
from notesite.math.table_marks import DOUBLED_MARK
from notesite.math.tex import called, join
from notesite.text import did_you_mean

if TYPE_CHECKING:
    from notesite.math.environments import Environment, TopLevel
    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token

_ARRAY_STRUT = (0.84, 0.36)
r"""How far above and below the base line a row of an array reaches, in em: `\@arstrutbox`."""
_CELL_PADDING = (0.2, 0.04)
"""What the style sheet adds above and below the content of a cell, in em."""


def begin(reader: FormulaReader, token: Token) -> None:
    r"""`\begin{…}`."""
    name = join(reader.stream.argument()).strip()
    top = TOP_LEVEL.get(name)
    if top is not None and _may_be_whole(reader):
        _begin_top(reader, token, name, top)
    elif top is not None:
        reader.frames.append(Frame("begin", token, name, ROWS[top.inner].end))
        _begin_inner(reader, token, ROWS[top.inner], top.arguments)
    elif name in DIAGRAMS:
        # Most notes draw nothing.
        from notesite.math.diagrams.environment import begin_diagram  # noqa: PLC0415

        begin_diagram(reader, token, name)
    elif name == PROOFS:
        from notesite.math.proofs import begin_tree  # noqa: PLC0415 - as above

        begin_tree(reader, token)
    elif name in BRACED_ROWS:
        from notesite.math import braced_rows  # noqa: PLC0415 - as above

        is_whole = _may_be_whole(reader)
        if name == "empheq":
            braced_rows.begin_empheq(reader, token, is_whole=is_whole)
        else:
            braced_rows.begin_numbered_cases(reader, token, name, is_whole=is_whole)
    elif name in TEXT_CASES:
        from notesite.math.text_cases import begin_text_cases  # noqa: PLC0415 - as below

        begin_text_cases(reader, token, name)
    elif name in INNER:
        reader.frames.append(Frame("begin", token, name, INNER[name].end))
        _begin_inner(reader, token, INNER[name], INNER[name].arguments)
    else:
        _unknown(reader, token, name)


def _may_be_whole(reader: FormulaReader) -> bool:
    reading = reader.reading
    is_start = not reader.frames and len(reading.rows) == 1 and reader.row.is_empty
    return is_start and reader.display and reader.depth == 0 and not reading.name


def _begin_top(reader: FormulaReader, token: Token, name: str, top: TopLevel) -> None:
    reader.reading.top = top
    reader.reading.name = name
    columns = top.inner != "gathered"
    reader.frames.append(Frame("top", token, name, columns=columns))
    for _ in range(top.arguments):
        _number_of_columns(reader, token)


def _begin_inner(
    reader: FormulaReader, token: Token, environment: Environment, arguments: int
) -> None:
    frame = reader.frames[-1]
    frame.columns = environment.columns
    optional = reader.stream.bracketed() if _has_option(reader) else None
    for _ in range(arguments):
        _number_of_columns(reader, token)
    opening = environment.begin
    if environment.specification:
        opening = opening.replace("*", _specification(reader, token))
    elif "*" in opening:
        letter = join(optional or []).strip() or "c"
        opening = opening.replace("*", letter[:1] * MANY_COLUMNS)
    if frame.name in STRETCHED:
        frame.stretch = reader.scope.array_stretch
    frame.start = len(reader.row.tokens)
    reader.emit_text(opening, token)
    frame.row_start = len(reader.row.tokens)


def _number_of_columns(reader: FormulaReader, token: Token) -> None:
    r"""Drops the argument of `alignat`, of which a browser has no need."""
    written = join(reader.stream.argument()).strip()
    if not written.isdecimal():
        message = f"'{reader.frames[-1].shown}' needs the number of its pairs of columns"
        reader.problem("math-syntax", message, token, ("write it in braces behind it, as in {2}",))


def _has_option(reader: FormulaReader) -> bool:
    texts = [token.text for token in reader.stream.upcoming(3)]
    return texts[:1] == ["["] and texts[2:] == ["]"] and texts[1].strip() in set("tbclr")


def _specification(reader: FormulaReader, token: Token) -> str:
    argument = reader.stream.argument()
    written = join(argument)
    columns = column_specification(written)
    if columns is None:
        from notesite.math.column_contents import filled  # noqa: PLC0415 - few arrays have such

        columns = filled(reader, argument)
    if columns is None:
        message = f"'{written}' does not describe columns"
        hints = ("write a letter per column: l, c or r, and | for a line",)
        reader.problem("math-unsupported", message, token, hints)
    # math-core has no ':' of its own making but reads it as arydshln does.
    columns = columns or "c" * MANY_COLUMNS
    if "||" in columns:
        reader.frames[-1].doubled = doubled_columns(columns)
        columns = single_lines(columns)
    return columns


def _unknown(reader: FormulaReader, token: Token, name: str) -> None:
    reader.frames.append(Frame("begin", token, name, columns=True))
    if name in REFUSED:
        message = f"the environment '{name}' cannot be rendered"
        reader.problem("math-unsupported", message, token, (REFUSED[name],))
        return
    from notesite.math.documents import ENVIRONMENTS as OF_DOCUMENTS  # noqa: PLC0415 - as above

    known = [*INNER, *TEXT_CASES, *TOP_LEVEL, *DIAGRAMS, *BRACED_ROWS, PROOFS]
    outside = OF_DOCUMENTS.get(name.removesuffix("*"))
    hints = (outside,) if outside else did_you_mean(name, known)
    message = f"there is no environment '{name}'"
    reader.problem("math-unknown-environment", message, token, hints)


def end(reader: FormulaReader, token: Token) -> None:
    r"""`\end{…}`."""
    name = join(reader.stream.argument()).strip()
    if not any(frame.name == name for frame in reader.frames):
        _mismatched(reader, token, name)
        return
    while reader.frames[-1].name != name:
        unclosed(reader, reader.frames.pop(), f"\\end{{{name}}}")
    frame = reader.frames.pop()
    if frame.kind == "top":
        _end_top(reader)
    else:
        _drop_empty_line(reader, frame)
        stretch_line(reader, frame, token)
        reader.emit_text(frame.closing or "{}", token)
        _wrap_in_class(reader, frame)


def _wrap_in_class(reader: FormulaReader, frame: Frame) -> None:
    """Puts an element around an environment whose looks are to differ."""
    name = INNER[frame.name].css_class if frame.name in INNER else ""
    opening = f'<mrow class="{name}">' if name else ""
    if frame.doubled:
        opening = f'{DOUBLED_MARK}"{",".join(map(str, frame.doubled))}">'
    if opening:
        content = tuple(reader.row.tokens[frame.start :])
        del reader.row.tokens[frame.start :]
        reader.emit_hole(Wrapped(opening, content, "</mrow>"), frame.token)


def _mismatched(reader: FormulaReader, token: Token, name: str) -> None:
    frame = reader.frame
    if frame is not None and frame.name:
        message = f"'{frame.shown}' is closed by '\\end{{{name}}}'"
        reader.frames.pop()
    else:
        message = f"'\\end{{{name}}}' closes nothing"
    hints = (f"write '{frame.expected}' here",) if frame is not None and frame.name else ()
    reader.problem("math-syntax", message, token, hints)


def _drop_empty_line(reader: FormulaReader, frame: Frame) -> None:
    """Removes a line break that nothing follows: it ends the last row and begins no other."""
    tokens = reader.row.tokens
    line = tokens[frame.row_start :]
    is_first = not any(token.text == "\\\\" for token in tokens[frame.row_start - 1 :][:1])
    if not is_first and all(token.is_space for token in line):
        del tokens[frame.row_start - 1 :]


def _end_top(reader: FormulaReader) -> None:
    _drop_empty_row(reader)
    reader.reading.trailing = Row()


def finish_rows(reader: FormulaReader) -> None:
    """Leaves only rows that show something, at the end of a formula."""
    trailing = reader.reading.trailing
    if trailing is None:
        _drop_empty_row(reader)
    elif trailing.is_empty:
        hand_over(trailing, reader.reading.rows[-1])
        reader.reading.trailing = None


def _drop_empty_row(reader: FormulaReader) -> None:
    rows = reader.reading.rows
    if len(rows) > 1 and rows[-1].is_empty:
        hand_over(rows.pop(), rows[-1])
    elif is_rule_alone(reader, rows[-1]):
        rows[-1].is_unnumbered = True


def hand_over(last: Row, before: Row) -> None:
    """Gives what names or numbers an empty row to the row before it."""
    before.label = before.label or last.label
    before.tag = before.tag or last.tag
    before.is_unnumbered = before.is_unnumbered or last.is_unnumbered


def stretch_line(reader: FormulaReader, frame: Frame, token: Token) -> None:
    """Makes a line of an array as high as its stretch says, unless it only draws rules."""
    line = reader.row.tokens[frame.row_start :]
    if frame.stretch == 1 or all(part.is_space or part.name.endswith("line") for part in line):
        return
    height, depth = (
        max(frame.stretch * part - padding, 0)
        for part, padding in zip(_ARRAY_STRUT, _CELL_PADDING, strict=True)
    )
    strut = f'<mspace height="{height:.4g}em" depth="{depth:.4g}em"/>'
    reader.emit_hole(Wrapped(strut, (), ""), token)


def text_between_rows(reader: FormulaReader, token: Token) -> None:
    r"""`\intertext`: a line of text between the rows of a top-level environment."""
    content = reader.stream.argument()
    if not reader.inside("top"):
        message = f"'{token.text}' stands outside of align, gather and their like"
        reader.problem("math-syntax", message, token)
        return
    _drop_empty_row(reader)
    if not reader.row.is_empty:
        reader.reading.rows.append(Row())
    reader.row.is_text = True
    reader.row.is_unnumbered = True
    text = called("\\text", content, token)
    reader.emit_hole(Wrapped("<mrow>", reader.part(text, token), "</mrow>"), token)
    reader.reading.rows.append(Row())
