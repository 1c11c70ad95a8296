r"""`\left … \middle … \right`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.frames import unclosed
from notesite.math.reading import Frame

if TYPE_CHECKING:
    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token

_DELIMITERS = {
    "<": "\\langle", ">": "\\rangle", "\\lt": "\\langle", "\\gt": "\\rangle",
    "\\arrowvert": "\\vert", "\\Arrowvert": "\\Vert", "\\bracevert": "\\vert",
}  # fmt: skip
"""What relations, and names of plain TeX, mean as delimiters."""


def left(reader: FormulaReader, token: Token) -> None:
    r"""`\left` and its delimiter."""
    reader.frames.append(Frame("left", token))
    _emit_with_delimiter(reader, token)


def middle(reader: FormulaReader, token: Token) -> None:
    r"""`\middle` and its delimiter."""
    if not reader.inside("left"):
        message = "'\\middle' stands outside of '\\left' and '\\right'"
        reader.problem("math-syntax", message, token)
    reader.stream.skip_space()
    if reader.stream.take("."):
        return
    _emit_with_delimiter(reader, token)


def right(reader: FormulaReader, token: Token) -> None:
    r"""`\right` and its delimiter."""
    frame = reader.frame
    if frame is not None and frame.kind == "left":
        reader.frames.pop()
    elif frame is not None and any(open_.kind == "left" for open_ in reader.frames):
        unclosed(reader, reader.frames.pop(), "\\right")
        right(reader, token)
        return
    else:
        hint = "add '\\left' before it; '\\left.' draws nothing"
        reader.problem("math-syntax", "'\\right' has no '\\left'", token, (hint,))
    _emit_with_delimiter(reader, token)


def _emit_with_delimiter(reader: FormulaReader, token: Token) -> None:
    reader.emit(token)
    reader.stream.skip_space()
    delimiter = reader.stream.first_character()
    if delimiter is None:
        return
    if _is_brace(reader, delimiter):
        drawn = delimiter.replaced(f"\\{delimiter.text}")
        _refuse(reader, token, delimiter, f"a brace that is drawn is '{drawn.text}'")
        delimiter = drawn
    elif delimiter.text.isalnum():
        _refuse(reader, token, delimiter, "write one such as ( [ \\{ | \\lVert, or . for none")
    reader.stream.push([delimiter.replaced(_DELIMITERS.get(delimiter.text, delimiter.text))])


def _is_brace(reader: FormulaReader, delimiter: Token) -> bool:
    """Whether a brace stands where a delimiter belongs, and is not the end of a group."""
    is_group_open = any(frame.kind == "{" for frame in reader.frames)
    return delimiter.text == "{" or (delimiter.text == "}" and not is_group_open)


def _refuse(reader: FormulaReader, token: Token, delimiter: Token, hint: str) -> None:
    reader.problem("math-syntax", f"'{token.text}' needs a delimiter", delimiter, (hint,))
