r"""Indices one behind the other, as the package tensor has them: `\tensor{T}{^a_b^c}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.tex import MissingArgumentError, TokenStream, braced, called

if TYPE_CHECKING:
    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token


def tensor(reader: FormulaReader, token: Token) -> None:
    r"""`\tensor[before]{T}{^a_b}`; with a star the indices stand above each other."""
    is_stacked = reader.stream.take("*")
    before = reader.stream.bracketed()
    base = reader.stream.argument()
    reader.stream.skip_space()
    after = reader.stream.argument()
    pieces = braced(base, token)
    if before is not None:
        pieces = [*braced((), token), *_in_order(before, token, is_stacked=is_stacked), *pieces]
    reader.stream.push([*pieces, *_in_order(after, token, is_stacked=is_stacked)])


def indices(reader: FormulaReader, token: Token) -> None:
    r"""`\indices{^a_b}` behind what they belong to."""
    is_stacked = reader.stream.take("*")
    content = reader.stream.argument()
    reader.stream.push(_in_order(content, token, is_stacked=is_stacked))


def _in_order(content: list[Token], place: Token, *, is_stacked: bool) -> list[Token]:
    """The scripts, each behind the one before, or with `is_stacked` all on one symbol."""
    scripts = _scripts(content)
    if is_stacked:
        joined = {sign: [each for other, part in scripts if other == sign for each in part]
                  for sign in "^_"}  # fmt: skip
        scripts = [(sign, part) for sign, part in joined.items() if part]
    pieces: list[Token] = []
    for sign, part in scripts:
        pieces += braced((), place) if pieces and not is_stacked else []
        pieces += called(sign, part, place)
    return pieces


def _scripts(content: list[Token]) -> list[tuple[str, list[Token]]]:
    stream = TokenStream(content)
    scripts: list[tuple[str, list[Token]]] = []
    stream.skip_space()
    while (sign := stream.pop()) is not None:
        if sign.text not in {"^", "_"}:
            raise MissingArgumentError
        scripts.append((sign.text, stream.argument()))
        stream.skip_space()
    return scripts
