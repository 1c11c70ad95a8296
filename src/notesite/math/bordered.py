r"""`\bordermatrix`: a matrix with the names of its rows and columns outside of its parentheses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.reading import Assembled
from notesite.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token

DEEPEST = 3
"""How deep such matrices may nest: each is there twice, once unseen, so that its fences stretch."""

_OPENING = frozenset({"{", "\\begin", "\\left"})
_CLOSING = frozenset({"}", "\\end", "\\right"})
_BREAKS = frozenset({"\\cr", "\\\\", "\\tabularnewline"})
_ID = pattern(r' id="[^"]*"')


def border_matrix(reader: FormulaReader, token: Token) -> None:
    r"""`\bordermatrix{ & a & b \cr c & 1 & 2 \cr }`."""
    rows = _rows(reader.stream.argument())
    if reader.depth >= DEEPEST:
        reader.problem("math-too-large", f"'{token.text}' is nested too deeply", token)
    elif len(rows) < 2 or max(map(len, rows)) < 2:
        hints = ("write the names of the columns, then a row for each row: & a & b \\cr c & 1 & 2",)
        reader.problem("math-syntax", f"'{token.text}' has no matrix in it", token, hints)
    else:
        width = max(map(len, rows))
        cells = [cell for row in rows for cell in (*row, *([[]] * (width - len(row))))]
        contents = tuple(reader.part(cell, token) if cell else () for cell in cells)
        reader.emit_hole(Assembled(contents, _assembling(width)), token)


def _rows(content: list[Token]) -> list[list[list[Token]]]:
    rows: list[list[list[Token]]] = [[[]]]
    depth = 0
    for token in content:
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        if depth == 0 and token.text == "&":
            rows[-1].append([])
        elif depth == 0 and token.text in _BREAKS:
            rows.append([[]])
        else:
            rows[-1][-1].append(token)
    return rows if any(not token.is_space for cell in rows[-1] for token in cell) else rows[:-1]


def _assembling(width: int) -> Callable[[Sequence[str]], str]:
    return lambda parts: _shown([parts[at : at + width] for at in range(0, len(parts), width)])


def _shown(rows: list[Sequence[str]]) -> str:
    names, *lines = rows
    body = ["".join(f"<mtd>{cell}</mtd>" for cell in line[1:]) for line in lines]
    unseen = _ID.sub("", "".join(f"<mtr>{cells}</mtr>" for cells in body))
    copy = f"<mphantom><mtable>{unseen}</mtable></mphantom>"
    height = f'<mpadded width="0" class="math-unseen">{copy}</mpadded>'
    beside = f'<mtd rowspan="{len(lines)}" class="math-beside"><mrow>'
    left, right = (f"{beside}<mo>{fence}</mo>{height}</mrow></mtd>" for fence in "()")
    heads = "".join(f"<mtd>{name}</mtd>" for name in names[1:])
    shown = [f"<mtr><mtd>{names[0]}</mtd><mtd></mtd>{heads}<mtd></mtd></mtr>"]
    for index, (line, cells) in enumerate(zip(lines, body, strict=True)):
        sides = (left, right) if index == 0 else ("", "")
        shown.append(
            f'<mtr><mtd class="math-left">{line[0]}</mtd>{sides[0]}{cells}{sides[1]}</mtr>'
        )
    return f"<mtable>{''.join(shown)}</mtable>"
