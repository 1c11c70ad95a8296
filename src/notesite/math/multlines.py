r"""Lines of a `multline` that are set to one side: `\shoveleft{…}` and `\shoveright{…}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token

_SIDES = {"shoveleft": "left", "shoveright": "right"}


def shoved(reader: FormulaReader, token: Token) -> None:
    """Has the line stand at one side of the page, which is all of it or none."""
    content = reader.stream.argument()
    if not (reader.inside("top") and reader.reading.name.startswith("multline")):
        message = f"'{token.text}' stands outside of multline"
        reader.problem("math-syntax", message, token, ("use align to place lines",))
        return
    if not reader.row.is_empty:
        message = f"'{token.text}' must be the first thing in a line"
        reader.problem("math-syntax", message, token, ("put the whole line into its braces",))
    reader.row.side = _SIDES[token.name]
    reader.stream.push(content)
