r"""`\splitfrac` and `\splitdfrac` of mathtools: a part of a fraction in two lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.reading import Assembled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token


def split_fraction(reader: FormulaReader, token: Token) -> None:
    """The first line stands to the left and the second to the right."""
    style = [token.replaced("\\displaystyle")] if token.name == "splitdfrac" else []
    lines = [reader.part([*style, *reader.stream.argument()], token) for _ in range(2)]
    reader.emit_hole(Assembled(tuple(lines), _in_two_lines), token)


def _in_two_lines(lines: Sequence[str]) -> str:
    space = '<mspace width="1em"/>'
    first = f'<mtr><mtd class="math-left">{lines[0]}{space}</mtd></mtr>'
    return f'<mtable>{first}<mtr><mtd class="math-right">{space}{lines[1]}</mtd></mtr></mtable>'
