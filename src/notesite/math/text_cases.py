r"""`cases*` and its like of mathtools, whose second column is text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.tex import join

if TYPE_CHECKING:
    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token

_OPENING = frozenset({"{", "\\begin"})
_CLOSING = frozenset({"}", "\\end"})
_LINE_BREAKS = frozenset({"\\\\", "\\cr", "\\tabularnewline"})


def begin_text_cases(reader: FormulaReader, token: Token, name: str) -> None:
    r"""`cases*` and its like: `cases` whose second column is read as text."""
    content = _rest_of_environment(reader, token, name)
    inner = name.removesuffix("*")
    opening = [token.replaced(text) for text in ("\\begin", "{", inner, "}")]
    closing = [token.replaced(text) for text in ("\\end", "{", inner, "}")]
    reader.stream.push([*opening, *_with_second_cells_as_text(content, token), *closing])


def _rest_of_environment(reader: FormulaReader, token: Token, name: str) -> list[Token]:
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


def _with_second_cells_as_text(content: list[Token], place: Token) -> list[Token]:
    cells: list[Token] = []
    depth = 0
    is_text = False
    for each in content:
        depth += (each.text in _OPENING) - (each.text in _CLOSING)
        if is_text and depth == 0 and each.text in _LINE_BREAKS:
            cells.append(place.replaced("}"))
            is_text = False
        cells.append(each)
        if depth == 0 and each.text == "&" and not is_text:
            cells += [place.replaced("\\text"), place.replaced("{")]
            is_text = True
    return [*cells, place.replaced("}")] if is_text else cells
