r"""Commands of plain TeX whose arguments need no braces: `\root n \of x`, `\buildrel a \over b`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.boxes import length_that_follows
from notesite.math.tex import MissingArgumentError, Token, braced

if TYPE_CHECKING:
    from notesite.math.reader import FormulaReader

_TEXT_BOXES = frozenset({"\\hbox", "\\mbox", "\\text", "\\textrm"})


def control_space(reader: FormulaReader, token: Token) -> None:
    r"""A backslash before the end of a line or a tab: TeX takes both for `\ `."""
    reader.emit(token.replaced("\\ "))


def radical(reader: FormulaReader, token: Token) -> None:
    r"""`\sqrt`, whose index may hold what acts up to the end of a group."""
    reader.emit(token)
    reader.stream.skip_space()
    opening = reader.stream.peek()
    index = reader.stream.bracketed()
    if index is None or opening is None:
        return
    end = index[-1].end if index else opening.end
    if any(part.name for part in index):
        index = braced(index, token)
    reader.stream.push([opening, *index, Token("]", end, end + 1)])


def root(reader: FormulaReader, token: Token) -> None:
    r"""`\root n \of x`: the index, then the radicand."""
    try:
        index = _up_to(reader, "\\of")
    except MissingArgumentError:
        hints = ("write \\root 3 \\of {x}, or \\sqrt[3]{x}",)
        reader.problem("math-syntax", "'\\root' without '\\of'", token, hints)
        return
    opening = [token.replaced(text) for text in ("\\sqrt", "[", "{")]
    reader.stream.push([*opening, *index, token.replaced("}"), token.replaced("]")])


def built_relation(reader: FormulaReader, token: Token) -> None:
    r"""`\buildrel a \over =`: something above a relation."""
    above = _up_to(reader, "\\over")
    opening = [token.replaced(text) for text in ("\\stackrel", "{")]
    reader.stream.push([*opening, *above, token.replaced("}")])


def _up_to(reader: FormulaReader, text: str) -> list[Token]:
    content: list[Token] = []
    depth = 0
    for token in reader.stream:
        depth += (token.text == "{") - (token.text == "}")
        if depth == 0 and token.text == text:
            return content
        content.append(token)
    raise MissingArgumentError


def shifted(reader: FormulaReader, token: Token) -> None:
    r"""`\raise 2pt \hbox{x}` and `\lower`, with math or a box of text."""
    length = length_that_follows(reader, token)
    if length is None:
        return
    reader.stream.skip_space()
    following = reader.stream.peek()
    is_text = following is not None and following.text in _TEXT_BOXES
    if is_text:
        reader.stream.pop()
    content = reader.stream.argument()
    if not is_text:
        content = [token.replaced("$"), *content, token.replaced("$")]
    amount = f"{-length if token.name == 'lower' else length:.4g}em"
    opening = [token.replaced(text) for text in ("\\raisebox", "{", amount, "}", "{")]
    reader.stream.push([*opening, *content, token.replaced("}")])
