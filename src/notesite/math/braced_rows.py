r"""Numbered rows with something beside all of them: `numcases`, `subnumcases`, `empheq`.

The reader leaves marks in the first row, attributes beginning with `data-`. When the whole formula
is there they become cells over all rows, whose delimiters stretch around an unseen copy of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notesite.math.environments import TOP_LEVEL, Numbering, TopLevel
from notesite.math.mathml import BESIDE_MARK, table_rows
from notesite.math.reading import Frame, Wrapped
from notesite.math.tex import braced, join
from notesite.math.text_cases import rest_of_environment, with_second_cells_as_text
from notesite.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable

    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token

_FENCE = pattern(r'<mo data-fence="">([^<]+)</mo>')
_BESIDE = pattern(f'{BESIDE_MARK}"([a-z]+)">')
_BOX_MARK = f'{BESIDE_MARK}"box"></mrow>'
_ROW_TAG = pattern(r"<(/?)mrow\b[^>]*>")
_OUTSIDE = ('<mtd class="equation-margin"', '<mtd class="equation-number"')
_NUMBERED_CASES = TopLevel(Numbering.ROWS, "cases")

_DELIMITERS = {
    "lbrace": "{", "rbrace": "}", "lbrack": "[", "rbrack": "]", "langle": "⟨", "rangle": "⟩",
    "lparen": "(", "rparen": ")", "lvert": "|", "rvert": "|", "lVert": "‖", "rVert": "‖",
    "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉",
}  # fmt: skip
"""The delimiters that empheq stretches over all rows, by their names behind `empheq`."""


def begin_numbered_cases(reader: FormulaReader, token: Token, name: str, *, is_whole: bool) -> None:
    r"""`\begin{numcases}{f(x) =}`: a brace, and a number for each case."""
    left = reader.stream.argument()
    content = rest_of_environment(reader, token, name)
    if not is_whole:
        inner = [token.replaced(text) for text in ("{", "cases*", "}")]
        opening = [token.replaced("\\begin"), *inner]
        reader.stream.push([*left, *opening, *content, token.replaced("\\end"), *inner])
        return
    reading = reader.reading
    reading.top, reading.name = _NUMBERED_CASES, name
    if name == "subnumcases":
        reading.subequations, reading.is_subequations_closed = token, True
    reader.frames.append(Frame("top", token, name, columns=True))
    spaced = [*left, *braced((), token)]
    _mark(reader, token, "left", spaced, '<mo data-fence="">{</mo>')
    end = [token.replaced(text) for text in ("\\end", "{", name, "}")]
    reader.stream.push([*with_second_cells_as_text(content, token), *end])


def begin_empheq(reader: FormulaReader, token: Token, *, is_whole: bool) -> None:
    r"""`\begin{empheq}[left=\empheqlbrace, box=\fbox]{align}`: what stands around the rows."""
    reader.stream.skip_space()
    options = _options(reader.stream.bracketed() or [])
    written = join(reader.stream.argument())
    name = written.partition("=")[0].strip()
    top = TOP_LEVEL.get(name)
    reader.frames.append(Frame("top", token, "empheq", columns=True))
    if top is None or not is_whole:
        message = f"'empheq' cannot be put around '{written}'"
        message = message if top is None else "'empheq' must be the whole of a display formula"
        hint = "it can be put around align, gather, equation and their like"
        reader.problem("math-unsupported", message, token, (hint,))
        return
    reader.reading.top, reader.reading.name = top, name
    reader.frames[-1].columns = top.inner != "gathered"
    for side in ("left", "right"):
        if side in options:
            _mark(reader, token, side, options[side])
    if "box" in options:
        reader.emit_hole(Wrapped(_BOX_MARK, (), ""), token)


def delimiter(reader: FormulaReader, token: Token) -> None:
    r"""`\empheqlbrace` and its like, in the options of `empheq`."""
    sign = _DELIMITERS[token.name.removeprefix("empheq").removeprefix("big")]
    reader.emit_hole(Wrapped(f'<mo data-fence="">{sign}</mo>', (), ""), token)


def _mark(
    reader: FormulaReader, token: Token, side: str, content: list[Token], behind: str = ""
) -> None:
    before, after = f'{BESIDE_MARK}"{side}">', f"{behind}</mrow>"
    reader.emit_hole(Wrapped(before, reader.part(content, token), after), token)


def _options(tokens: list[Token]) -> dict[str, list[Token]]:
    """What the options of `empheq` are set to."""
    options: dict[str, list[Token]] = {}
    key, depth = "", 0
    value: list[Token] | None = None
    for token in tokens:
        depth += (token.text == "{") - (token.text == "}")
        is_run = depth == 0 and not token.name
        for piece in re.split("([,=])", token.text) if is_run else [token.text]:
            if piece == "=" and value is None:
                value = options.setdefault(key.strip(), [])
            elif piece == "," and depth == 0:
                key, value = "", None
            elif piece and value is not None:
                value.append(token.replaced(piece))
            else:
                key += piece
    return options


def with_braces(content: str) -> str:
    """The formula with what its marks say beside its rows."""
    place = content.index(BESIDE_MARK)
    sides: dict[str, str] = {}
    while match := _BESIDE.search(content):
        opened, end = _element(content, match.start())
        sides[match[1]] = content[opened : end - len("</mrow>")]
        content = content[: match.start()] + content[end:]
    table = content.rfind("<mtable", 0, place)
    if table < 0:
        content = f"<mrow>{sides.get('left', '')}{content}{sides.get('right', '')}</mrow>"
        shown = f'<mrow class="math-boxed">{content}</mrow>' if "box" in sides else content
    else:
        shown = content[:table] + _with_sides(content[table:], sides)
    return shown.replace(' data-fence=""', "")


def _with_sides(table: str, sides: dict[str, str]) -> str:
    """The table, and what follows it, with cells over all of its rows."""
    if "box" in sides:
        table = _with_box(table)
    rows = table_rows(table)[1]
    unseen = _unseen(table, rows)
    for side in ("right", "left"):
        if side in sides:
            table = _with_side(table, rows, side, _FENCE.sub(_stretched(unseen), sides[side]))
    return table


def _stretched(unseen: str) -> Callable[[re.Match[str]], str]:
    return lambda match: f"<mrow><mo>{match[1]}</mo>{unseen}</mrow>"


def _with_side(table: str, rows: list[list[str]], side: str, shown: str) -> str:
    line = f"math-solid-{side} "
    first, _, end = table_rows(table)
    is_boxed = line in "".join(rows[0])
    if is_boxed:
        table = table[:first] + table[first:end].replace(line, "") + table[end:]
        first, rows, _ = table_rows(table)
    lines = f" {line}math-solid-top math-solid-bottom" if is_boxed else ""
    cell = f'<mtd rowspan="{len(rows)}" class="math-beside{lines}"><mrow>{shown}</mrow></mtd>'
    at = first + _place(table[first:], rows[0], side)
    return table[:at] + cell + table[at:]


def _element(content: str, start: int) -> tuple[int, int]:
    """Where the content of the `mrow` at `start` begins, and where the element ends."""
    depth = 0
    opened = start
    for match in _ROW_TAG.finditer(content, start):
        opened = match.end() if match.start() == start else opened
        depth += -1 if match[1] else 1
        if depth == 0:
            return opened, match.end()
    return opened, len(content)


def _unseen(table: str, rows: list[list[str]]) -> str:
    """A copy of the rows without what they have at their sides, that only takes their height."""
    opening = table[: table.index(">") + 1].replace(' class="equation-rows"', "")
    lines = "".join(f"<mtr>{''.join(filter(_is_of_body, row))}</mtr>" for row in rows)
    copy = f"<mphantom>{opening}{lines}</mtable></mphantom>"
    return f'<mpadded width="0" class="math-unseen">{copy}</mpadded>'


def _is_of_body(cell: str) -> bool:
    return not cell.startswith(_OUTSIDE)


def _place(rows: str, first: list[str], side: str) -> int:
    """Where in the markup of the rows a cell beside them belongs."""
    at = rows.index("<mtd")
    if side == "left":
        return at + (len(first[0]) if first[0].startswith(_OUTSIDE[0]) else 0)
    return at + sum(len(cell) for cell in first if not cell.startswith(_OUTSIDE[1]))


def _with_box(table: str) -> str:
    first, rows, end = table_rows(table)
    lines = []
    for index, row in enumerate(rows):
        body = [at for at, cell in enumerate(row) if not cell.startswith(_OUTSIDE)]
        for at in body:
            sides = {
                "left": at == body[0], "right": at == body[-1], "top": index == 0,
                "bottom": index == len(rows) - 1,
            }  # fmt: skip
            row[at] = _with_lines(row[at], [side for side, is_drawn in sides.items() if is_drawn])
        lines.append(f"<mtr>{''.join(row)}</mtr>")
    return table[:first] + "".join(lines) + table[end:]


def _with_lines(cell: str, sides: list[str]) -> str:
    names = "".join(f"math-solid-{side} " for side in sides)
    end = cell.index(">")
    opening = cell[:end] if 'class="' in cell[:end] else f'{cell[:end]} class=""'
    return opening.replace('class="', f'class="{names}', 1) + cell[end:]
