r"""Commands of TeX itself, and of LaTeX inside, that look around them: `\above`, `\expandafter`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.boxes import length_that_follows, rest_of_group
from notesite.math.tex import MissingArgumentError, braced

if TYPE_CHECKING:
    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token

INFIX = ("above", "abovewithdelims", "overwithdelims", "atopwithdelims", "brace", "brack")
"""The fractions that stand between their parts and that not every engine knows."""

_CLOSING = frozenset({"}", "\\right", "\\end"})
_OPENING = frozenset({"{", "\\left", "\\begin"})
_FENCED = {"brace": ("\\{", "\\}"), "brack": ("[", "]")}
_NAMES = {"<": "\\langle", ">": "\\rangle", ".": ""}


def infix_fraction(reader: FormulaReader, token: Token) -> None:
    r"""`\above` with its thickness, and the fractions that bring their delimiters."""
    delimiters = list(_FENCED.get(token.name, ("", "")))
    if "with" in token.name:
        delimiters = [_delimiter(reader) for _ in range(2)]
    thickness = _thickness(reader, token)
    if thickness is None:
        return
    numerator = _what_stands_before(reader)
    denominator = rest_of_group(reader)
    written = "".join(f"{{{part}}}" for part in (*delimiters, thickness, ""))
    reader.emit_text(f"\\genfrac{written}{{", token)
    reader.emit(*numerator, token.replaced("}"))
    reader.stream.push(braced(denominator, token))


def _delimiter(reader: FormulaReader) -> str:
    text = "".join(token.text for token in reader.stream.argument())
    return _NAMES.get(text, text)


def _thickness(reader: FormulaReader, token: Token) -> str | None:
    """The thickness of the fraction's line, None after a problem; empty for the usual one."""
    if not token.name.startswith("above"):
        return "0pt" if token.name.startswith("atop") or token.name in _FENCED else ""
    length = length_that_follows(reader, token)
    return None if length is None else f"{length:.4g}em"


def _what_stands_before(reader: FormulaReader) -> list[Token]:
    """Takes away what has been put out since the group or cell began."""
    tokens = reader.row.tokens
    frame = reader.frame
    first = frame.row_start if frame is not None and frame.kind == "begin" else 0
    start = len(tokens)
    depth = 0
    while start > first:
        text = tokens[start - 1].text
        if depth == 0 and (text in _OPENING or text in {"&", "\\\\"}):
            start += 1 if text == "\\left" else 0
            break
        depth += (text in _CLOSING) - (text in _OPENING)
        start -= 1
    before = tokens[start:]
    del tokens[start:]
    return before


def expand_after(reader: FormulaReader, token: Token) -> None:  # noqa: ARG001
    r"""`\expandafter`: the macro behind the next token is expanded before that token is read."""
    stream = reader.stream
    stream.skip_space()
    first = stream.first_character()
    stream.skip_space()
    second = stream.first_character()
    if first is None or second is None:
        stream.push([each for each in (first, second) if each is not None])
        return
    macro = reader.scope.macros.get(second.name)
    expansion = [second] if macro is None else reader.expander.expand(macro, second, stream)
    stream.push([first, *expansion])


def text_or_math(reader: FormulaReader, token: Token) -> None:  # noqa: ARG001 - all have a place
    r"""`\TextOrMath{text}{math}`: the one of its arguments for where it stands."""
    text, math = (reader.stream.argument() for _ in range(2))
    reader.stream.push(text if reader.inside("text") else math)


def if_next_character(reader: FormulaReader, token: Token) -> None:  # noqa: ARG001 - as above
    r"""`\@ifnextchar c{yes}{no}`: one or the other, by what follows."""
    stream = reader.stream
    wanted, yes, no = (stream.argument() for _ in range(3))
    stream.skip_space()
    following = stream.first_character()
    is_there = following is not None and [following.text] == [part.text for part in wanted]
    stream.push([*(yes if is_there else no), *([following] if following else [])])


def future_let(reader: FormulaReader, token: Token) -> None:
    r"""`\futurelet\name first second`: the name means the second, and both are read then."""
    stream = reader.stream
    name = stream.argument()
    first = stream.first_character()
    stream.skip_space()
    second = stream.first_character()
    if first is None or second is None:
        raise MissingArgumentError
    stream.push([token.replaced("\\let"), *name, second, first, second])
