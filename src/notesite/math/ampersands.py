"""`&`, which ends a cell, and what to say of one that ends none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notesite.math.reader import FormulaReader
    from notesite.math.reading import Frame
    from notesite.math.tex import Token


def ampersand(reader: FormulaReader, token: Token) -> None:
    """`&`: the end of a cell."""
    frame = reader.frame
    if frame is not None and frame.kind == "text":
        reader.emit_text("\\&{}", token)
    elif frame is not None and frame.columns and not reader.reading.trailing:
        reader.emit(token)
    else:
        message, hint = _character_of_html(reader) or _misplaced_ampersand(frame)
        reader.problem("math-syntax", message, token, (hint,))


def _character_of_html(reader: FormulaReader) -> tuple[str, str] | None:
    following = reader.stream.peek()
    name = following.text.partition(";")[0] if following and ";" in following.text else ""
    meant = {"lt": "<", "gt": ">", "amp": "\\&", "nbsp": "~"}.get(name)
    if meant is None:
        return None
    return f"'&{name};' is HTML and stands for nothing in TeX", f"write '{meant}'"


def _misplaced_ampersand(frame: Frame | None) -> tuple[str, str]:
    if frame is None:
        hint = "put the lines into \\begin{aligned} … \\end{aligned}; a printed '&' is '\\&'"
        return "'&' stands outside of an alignment", hint
    if frame.kind == "left":
        hint = "end each cell with '\\right.' and begin the next with '\\left.'"
        return "'&' stands between '\\left' and '\\right'", hint
    if frame.kind == "{":
        return "'&' stands inside of braces", "close the '{' before the '&'; printed, it is '\\&'"
    hint = "use align or aligned to align; a printed '&' is '\\&'"
    return f"'&' cannot be used in {frame.name or 'a formula'}", hint
