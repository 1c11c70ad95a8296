r"""Delimiters that are not fences by themselves: of `\big` and its like, and of fractions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.tex import braced

if TYPE_CHECKING:
    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token

SIZED = tuple(f"{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", *"lmr"))
"""The commands that set one delimiter in a size."""

_ANGLES = {"<": "\\langle", "\\lt": "\\langle", ">": "\\rangle", "\\gt": "\\rangle"}
"""What is a relation elsewhere, and an angle bracket as a delimiter (The TeXbook, page 146)."""


def sized(reader: FormulaReader, token: Token) -> None:
    r"""`\bigl<` and its like; `\big.` draws nothing."""
    stream = reader.stream
    stream.skip_space()
    argument = stream.argument() if stream.peek() else []
    if [part.text for part in argument] == ["."]:
        return
    reader.emit(token)
    stream.push(_as_delimiter(argument))


def fraction(reader: FormulaReader, token: Token) -> None:
    r"""`\genfrac`, whose first two arguments are delimiters or empty."""
    reader.emit(token)
    for _ in range(2):
        delimiter = _as_delimiter(reader.stream.argument())
        reader.emit(*braced(delimiter, token))


def continued_fraction(reader: FormulaReader, token: Token) -> None:
    r"""`\cfrac[l]{…}{…}`, whose numerator amsmath puts to a side; here it stays in the middle."""
    reader.stream.skip_space()
    reader.stream.bracketed()
    reader.emit(token)


def _as_delimiter(argument: list[Token]) -> list[Token]:
    if len(argument) == 1:
        return [argument[0].replaced(_ANGLES.get(argument[0].text, argument[0].text))]
    return argument
