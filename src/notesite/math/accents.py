r"""Accents of text, `\'e` and its like: a letter with one or more of them as characters."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from notesite.math.tex import TokenStream

if TYPE_CHECKING:
    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token

ACCENTS: dict[str, str] = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "c": "\u0327",
}  # fmt: skip
"""The combining characters of the accents, by the names of their commands."""

_DOTLESS = ("i", "j")
_MOST = 5
"""How many accents a letter may have."""


def accented(accent: str, letters: list[Token]) -> str | None:
    """The argument of an accent with it, a dotless letter with the accent for its dot.

    None if something else than letters and further accents is in the argument.
    """
    stream = TokenStream(part for part in letters if part.text not in {"{", "}"})
    accents = [accent]
    while (letter := _first(stream)) is not None and letter.name in ACCENTS:
        accents.append(letter.name)
    rest = list(stream)
    is_letter = letter is not None and letter.name in {"", *_DOTLESS}
    if letter is None or not is_letter or len(accents) > _MOST or any(part.name for part in rest):
        return None
    signs = "".join(ACCENTS[name] for name in reversed(accents))
    behind = "".join(part.text for part in rest)
    return normalize("NFC", (letter.name or letter.text) + signs + behind)


def _first(stream: TokenStream) -> Token | None:
    stream.skip_space()
    return stream.first_character()


def compose(reader: FormulaReader, token: Token) -> None:
    """Puts out what an accent and its argument come to; an engine has no accents on accents."""
    letters = reader.stream.argument()
    made = accented(token.name, letters)
    if made is None or not any(part.name for part in letters):
        opening, closing = token.replaced("{"), token.replaced("}")
        reader.emit(token, opening, *letters, closing)
    else:
        reader.emit(token.replaced(made))
