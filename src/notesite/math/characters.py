r"""Characters by their numbers: `\char"41` of TeX and `\unicode{x41}` of MathJax."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.limits import forbidden_character
from notesite.math.reading import Wrapped
from notesite.math.tex import join
from notesite.patterns import pattern
from notesite.text import escape_html

if TYPE_CHECKING:
    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token

_CODE = pattern(
    r"(?P<decimal>\d{1,7})|'(?P<octal>[0-7]{1,7})|\"(?P<hexadecimal>[0-9A-Fa-f]{1,6})"
    r"|`\\?(?P<itself>\S)"
)
_UNICODE = pattern(r"(?P<decimal>\d{1,7})|[xX\"](?P<hexadecimal>[0-9A-Fa-f]{1,6})")
_BASES = {"decimal": 10, "octal": 8, "hexadecimal": 16}


def character(reader: FormulaReader, token: Token) -> None:
    r"""`\char` with a number, decimal, `'` octal or `"` hexadecimal, or a character behind a `."""
    reader.stream.skip_space()
    ahead = "".join(part.text for part in reader.stream.upcoming(2))
    match = _CODE.match(ahead)
    if match is None:
        reader.problem("math-syntax", "'\\char' needs a number, such as \"41", token)
        return
    for _ in range(match.end()):
        reader.stream.first_character()
    kind, written = match.lastgroup or "", match[match.lastgroup or 0]
    code = ord(written) if kind == "itself" else int(written, _BASES[kind])
    _emit(reader, token, code, match.group())


def unicode_character(reader: FormulaReader, token: Token) -> None:
    r"""`\unicode{x41}` and, with what fonts would be told, `\unicode[0.5,0.1][Arial]{x41}`."""
    while reader.stream.bracketed() is not None:
        pass
    written = join(reader.stream.argument()).strip()
    match = _UNICODE.fullmatch(written)
    if match is None:
        message = f"'\\unicode' needs a number, such as x41, not '{written}'"
        reader.problem("math-syntax", message, token)
        return
    kind = match.lastgroup or ""
    _emit(reader, token, int(match[kind], _BASES[kind]), written)


def _emit(reader: FormulaReader, token: Token, code: int, written: str) -> None:
    if code > 0x10FFFF or code in {0x0A, 0x0D} or forbidden_character(chr(code)) is not None:
        reader.problem("math-syntax", f"there is no character {written}", token)
        return
    if reader.inside("text"):
        reader.emit(token.replaced(chr(code)))
        return
    reader.emit_hole(Wrapped(f"<mi>{escape_html(chr(code))}</mi>", (), ""), token)
