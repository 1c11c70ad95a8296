r"""The matrices of the package physics, such as `\mqty(…)` and `\dmat{1,2}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.physics_arguments import PARTNERS, between, has_group, tex_at
from notesite.math.tex import MissingArgumentError, join

if TYPE_CHECKING:
    from notesite.math.tex import Form, Token, TokenStream
    from notesite.math.values import Macro

_MOST_ENTRIES = 20
_PAULI = {"0": "1&0\\\\0&1", "1": "0&1\\\\1&0", "2": "0&-i\\\\i&0", "3": "1&0\\\\0&-1"}
_AXES = {"x": "1", "y": "2", "z": "3"}
_MATRICES = {"{": "", "(": "p", "[": "b", "|": "v"}


def _matrix(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:
    r"""`\mqty(…)`, `\mqty[…]`, `\mqty|…|` and `\mqty{…}`; the body says which matrix."""
    stream.take("*")
    stream.skip_space()
    if has_group(stream):
        opening, content = "{", stream.argument()
    else:
        found = between(stream, *PARTNERS)
        if found is None:
            raise MissingArgumentError
        opening, content = found
    name = f"{macro.default or _MATRICES[opening]}{macro.body}"
    return [*tex_at(f"\\begin{{{name}}}", use), *content, *tex_at(f"\\end{{{name}}}", use)]


def _entries(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:
    r"""`\imat{3}`, `\zmat{2}{3}`, `\xmat{a}{2}{3}`: the entries of a matrix of one kind."""
    is_numbered = stream.take("*")
    entry = join(stream.argument()) if macro.body == "x" else ""
    height = _count(stream)
    width = height if macro.body == "i" else _count(stream)

    def shown(row: int, column: int) -> str:
        if macro.body == "i":
            return "1" if row == column else "0"
        if not is_numbered or not entry:
            return entry or "0"
        numbers = [str(each) for each, most in ((row, height), (column, width)) if most > 1]
        return f"{entry}_{{{''.join(numbers)}}}"

    rows = [
        "&".join(shown(row, column) for column in range(1, width + 1))
        for row in range(1, height + 1)
    ]
    return tex_at("\\\\".join(rows), use)


def _count(stream: TokenStream) -> int:
    written = join(stream.argument()).strip()
    if not written.isdecimal() or not 1 <= int(written) <= _MOST_ENTRIES:
        raise MissingArgumentError
    return int(written)


def _pauli(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:  # noqa: ARG001
    r"""`\pmat{1}`: the entries of a Pauli matrix."""
    written = join(stream.argument()).strip()
    name = _AXES.get(written, written)
    if name not in _PAULI:
        raise MissingArgumentError
    return tex_at(_PAULI[name], use)


def _diagonal(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:
    r"""`\dmat{1,2,3}`, `\dmat[0]{1,2}` with what stands elsewhere, and `\admat` the other way."""
    elsewhere = join(stream.bracketed() or [])
    entries = [join(part) for part in _parts(stream.argument())]
    rows = []
    for index, entry in enumerate(entries):
        at = index if macro.body == "d" else len(entries) - 1 - index
        rows.append(
            "&".join(entry if column == at else elsewhere for column in range(len(entries)))
        )
    return tex_at("\\\\".join(rows), use)


def _parts(content: list[Token]) -> list[list[Token]]:
    """What stands between commas."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in content:
        depth += (token.text == "{") - (token.text == "}")
        pieces = token.text.split(",") if depth == 0 and not token.name else [token.text]
        for index, piece in enumerate(pieces):
            if index:
                parts.append([])
            if piece:
                parts[-1].append(token.replaced(piece))
    return parts


MATRIX_FORMS: dict[str, Form] = {
    "matrix": _matrix, "entries": _entries, "pauli": _pauli, "diagonal": _diagonal,
}  # fmt: skip
"""By the name behind `physics:`."""
