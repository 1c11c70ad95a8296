r"""`cases*` and its like of mathtools, whose second column is text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.tex import TokenStream, braced, join

if TYPE_CHECKING:
    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token

_OPENING = frozenset({"{", "\\begin"})
_CLOSING = frozenset({"}", "\\end"})
_LINE_BREAKS = frozenset({"\\\\", "\\cr", "\\tabularnewline"})
_NAMING = {"\\label": 1, "\\tag": 1, "\\notag": 0, "\\nonumber": 0}
"""What names or numbers a row, by how many arguments go with it: it is no part of a text."""


def begin_text_cases(reader: FormulaReader, token: Token, name: str) -> None:
    r"""`cases*` and its like: `cases` whose second column is read as text."""
    content = rest_of_environment(reader, token, name)
    inner = name.removesuffix("*")
    opening = [token.replaced(text) for text in ("\\begin", "{", inner, "}")]
    closing = [token.replaced(text) for text in ("\\end", "{", inner, "}")]
    reader.stream.push([*opening, *with_second_cells_as_text(content, token), *closing])


def rest_of_environment(reader: FormulaReader, token: Token, name: str) -> list[Token]:
    r"""What is left of the environment, its `\end` taken away."""
    content: list[Token] = []
    depth = 0
    for each in reader.stream:
        depth += (each.text == "\\begin") - (each.text == "\\end")
        if depth < 0:
            found = join(reader.stream.argument()).strip()
            if found != name:
                reader.problem("math-syntax", f"'\\begin{{{name}}}' is never closed", token)
            return content
        content.append(each)
    hint = f"add the missing '\\end{{{name}}}'"
    reader.problem("math-syntax", f"'\\begin{{{name}}}' is never closed", token, (hint,))
    return content


def with_second_cells_as_text(content: list[Token], place: Token) -> list[Token]:
    """The rows with their second cells as text; what names or numbers a row stays outside."""
    cells: list[Token] = []
    depth = 0
    text_at: int | None = None
    stream = TokenStream(content)
    for each in stream:
        depth += (each.text in _OPENING) - (each.text in _CLOSING)
        if text_at is not None and depth == 0 and each.text in _LINE_BREAKS:
            cells.append(place.replaced("}"))
            text_at = None
        if text_at is not None and depth == 0 and each.text in _NAMING:
            naming = [each, *_arguments(stream, each)]
            cells[text_at:text_at] = naming
            text_at += len(naming)
            continue
        cells.append(each)
        if depth == 0 and each.text == "&" and text_at is None:
            text_at = len(cells)
            cells += [place.replaced("\\text"), place.replaced("{")]
    return cells if text_at is None else [*cells, place.replaced("}")]


def _arguments(stream: TokenStream, naming: Token) -> list[Token]:
    star = [naming.replaced("*")] if stream.take("*") else []
    groups = [stream.argument() for _ in range(_NAMING[naming.text])]
    return [*star, *(token for group in groups for token in braced(group, naming))]
