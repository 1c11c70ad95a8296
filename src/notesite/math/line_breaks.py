r"""Line breaks: `\\` and its like, with the space that may stand behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.lengths import in_em
from notesite.math.reading import Row, Wrapped
from notesite.math.rows import stretch_line

if TYPE_CHECKING:
    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token

_STRUT_DEPTH = 0.3
r"""How far below the base line a line reaches, in em; `\strut` of LaTeX."""


def line_break(reader: FormulaReader, token: Token) -> None:
    r"""`\\` with its star and its space in brackets: ends a row where rows may end."""
    reader.stream.take("*")
    space = _row_space(reader)
    frame = reader.frame
    if frame is not None and frame.kind == "begin":
        stretch_line(reader, frame, token)
        _add_space(reader, space, token)
        reader.emit(token.replaced("\\\\"))
        frame.row_start = len(reader.row.tokens)
    elif reader.display and (frame is None or frame.kind == "top") and not reader.reading.trailing:
        _add_space(reader, space, token)
        reader.reading.rows.append(Row())
        _see_single_line(reader, token)
    elif not reader.inside("text"):
        message = f"'{token.text}' breaks no line here"
        hints = ("put the lines into aligned, gathered or \\substack",)
        reader.problem("math-habit", message, token, hints)


def _see_single_line(reader: FormulaReader, token: Token) -> None:
    """Tells of a line break in an environment of one line, where LaTeX breaks none."""
    name = reader.frame.name if reader.frame else ""
    if name.rstrip("*") != "equation" or all(part.is_space for part in _rest_of_row(reader)):
        return
    message = f"'{token.text}' breaks a line of {name}, which has only one in LaTeX"
    hints = ("use gather or align, or put the lines into split or aligned",)
    reader.problem("math-habit", message, token, hints)


def _rest_of_row(reader: FormulaReader) -> list[Token]:
    ahead = reader.stream.upcoming(3)
    names = [token.name for token in ahead]
    return ahead[: names.index("end")] if "end" in names else ahead


def _row_space(reader: FormulaReader) -> float | None:
    texts: list[str] = []
    for token in reader.stream.upcoming(4):
        texts.append(token.text)
        if token.text == "]":
            break
    if texts[:1] != ["["] or texts[-1] != "]":
        return None
    length = in_em("".join(texts[1:-1]))
    if length is not None:
        reader.stream.bracketed()
    return length


def _add_space(reader: FormulaReader, space: float | None, token: Token) -> None:
    if space is not None and space > 0:
        depth = f"{space + _STRUT_DEPTH:.4g}em"
        reader.emit_hole(Wrapped(f'<mspace depth="{depth}"/>', (), ""), token)
