r"""`subequations`: an environment around another, whose rows are numbered 1a, 1b and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.environments import TOP_LEVEL

if TYPE_CHECKING:
    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token

NAME = "subequations"


def passes(reader: FormulaReader, token: Token, name: str) -> bool:
    r"""Whether `\begin` or `\end`, before `{name}`, is dealt with here; its name is then taken."""
    reading = reader.reading
    if name == NAME and token.name == "begin" and _is_start(reader):
        reading.subequations = token
    elif name == NAME and token.name == "end" and reading.subequations and not reader.frames:
        reading.is_subequations_closed = True
    elif name in TOP_LEVEL and token.name == "begin" and _is_second(reader):
        message = "a second environment in one 'subequations'"
        hints = ("put all its rows into one align or gather",)
        reader.problem("math-unsupported", message, token, hints)
        return False
    else:
        return False
    reader.stream.argument()
    return True


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


def _is_start(reader: FormulaReader) -> bool:
    reading = reader.reading
    is_whole = reader.display and reader.depth == 0 and not reader.frames
    return is_whole and not reading.name and reader.row.is_empty and not reading.subequations


def _is_second(reader: FormulaReader) -> bool:
    return reader.reading.subequations is not None and reader.reading.trailing is not None
