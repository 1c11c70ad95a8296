"""How the rows of a formula are put together for the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.environments import ROWS
from notesite.math.tex import Token, tokenize

if TYPE_CHECKING:
    from notesite.math.reading import Reading


def is_table(reading: Reading) -> bool:
    """Whether the rows become a table, one table row each; else there is one row and no table."""
    return len(reading.rows) > 1 or reading.top.inner != "gathered"


def compose(reading: Reading, place: Token | None = None) -> list[Token]:
    """The formula as one run of tokens; what is added stands for `place`."""
    trailing = reading.trailing.tokens if reading.trailing else []
    if not is_table(reading):
        return [*reading.rows[0].tokens, *trailing]
    place = place or _place(reading)
    rows = ROWS[reading.top.inner]
    tokens = [place.replaced(token.text) for token in tokenize(rows.begin)]
    for index, row in enumerate(reading.rows):
        if index:
            tokens.append(place.replaced("\\\\"))
        tokens.extend(row.tokens)
    tokens.extend(place.replaced(token.text) for token in tokenize(rows.end))
    return [*tokens, *trailing]


def _place(reading: Reading) -> Token:
    for row in reading.rows:
        if row.tokens:
            return row.tokens[0]
    return Token("", 0, 1)
