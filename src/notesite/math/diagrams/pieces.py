"""The raw TeX of a diagram in single characters, and what both parsers do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.tex import Token, TokenStream

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from notesite.math.diagrams.model import Content


def characters(tokens: Iterable[Token]) -> list[Token]:
    """The tokens with each run of ordinary characters taken apart, each at its place."""
    single: list[Token] = []
    stream = TokenStream(tokens)
    while (token := stream.first_character()) is not None:
        single.append(token)
    return single


def content(tokens: Iterable[Token]) -> Content:
    """What stands in a cell or label: blanks around it left out, its runs put together again."""
    joined: list[Token] = []
    for token in stripped(list(tokens)):
        last = joined[-1] if joined else None
        if last is not None and _is_run(last) and _is_run(token) and last.end == token.start:
            joined[-1] = Token(last.text + token.text, last.start, token.end)
        else:
            joined.append(token)
    return tuple(joined)


def _is_run(token: Token) -> bool:
    is_source = token.end - token.start == len(token.text)
    return is_source and token.text[0] not in "\\{}[]&^_~$#'*" and not token.is_space


def stripped(tokens: list[Token]) -> list[Token]:
    """The tokens without the blanks around them."""
    start, end = 0, len(tokens)
    while start < end and tokens[start].is_space:
        start += 1
    while end > start and tokens[end - 1].is_space:
        end -= 1
    return tokens[start:end]


def unbraced(tokens: list[Token]) -> list[Token]:
    """The tokens without one pair of braces around all of them."""
    tokens = stripped(tokens)
    if len(tokens) < 2 or tokens[0].text != "{" or tokens[-1].text != "}":
        return tokens
    is_one_group = all(depth > 0 for depth, _ in list(nested(tokens))[1:-1])
    return tokens[1:-1] if is_one_group else tokens


DEPTHS = {"{": 1, "\\begin": 1, "}": -1, "\\end": -1}
"""By how much a token leads deeper into groups and environments."""


def nested(tokens: Iterable[Token]) -> Iterator[tuple[int, Token]]:
    r"""Each token and how many braces and environments it stands in.

    What opens one stands outside of it, what closes one inside.
    """
    depth = 0
    for token in tokens:
        yield depth, token
        depth = max(0, depth + DEPTHS.get(token.text, 0))


def split(tokens: Iterable[Token], separator: str) -> list[list[Token]]:
    """The parts between the separators that stand outside of any group."""
    parts: list[list[Token]] = [[]]
    for depth, token in nested(tokens):
        if depth == 0 and token.text == separator:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def text_of(tokens: Iterable[Token]) -> str:
    """The texts, blanks between them made single."""
    return " ".join("".join(token.text for token in tokens).split())


def grid(rows: list[list[Content]]) -> tuple[tuple[Content, ...], ...]:
    r"""The rows without a last one that is empty, as after a `\\` at the end."""
    while rows and not any(rows[-1]):
        rows = rows[:-1]
    return tuple(map(tuple, rows))
