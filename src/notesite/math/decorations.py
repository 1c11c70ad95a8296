"""What is drawn around a formula's parts by classes: segments, circles, strokes, names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.engines.alphabets import in_alphabet
from notesite.math.lengths import in_em
from notesite.math.reading import Frame, Wrapped
from notesite.math.tex import TokenStream, braced, called, join
from notesite.patterns import pattern

if TYPE_CHECKING:
    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token

SEGMENTS: dict[str, str] = {
    "overlinesegment": "math-overlinesegment",
    "underlinesegment": "math-underlinesegment",
}
"""The lines with a stroke at both ends, by their class."""

_CAP_HEIGHT = 0.7
_DESCENT = 0.2
"""How far a line of text reaches above and below its base line, in em."""


def segment(reader: FormulaReader, token: Token) -> None:
    r"""`\overlinesegment` and `\underlinesegment`."""
    content = reader.part(reader.stream.argument(), token)
    before = f'<mrow class="{SEGMENTS[token.name]}">'
    reader.emit_hole(Wrapped(before, content, "</mrow>"), token)


def cancelled_to(reader: FormulaReader, token: Token) -> None:
    r"""`\cancelto{value}{x}`: struck out by an arrow to what it comes to."""
    value = reader.stream.argument()
    content = reader.part(reader.stream.argument(), token)
    before = '<mrow class="math-cancel math-cancel-to">'
    reader.emit_hole(Wrapped(before, content, "</mrow>"), token)
    reader.stream.push([*map(token.replaced, "^{"), *value, token.replaced("}")])


def raised(reader: FormulaReader, token: Token) -> None:
    r"""`\raisebox{length}{text}`, which keeps its place free above or below the line."""
    written = join(reader.stream.argument())
    content = reader.stream.argument()
    length = in_em(written)
    if length is None:
        message = f"'{written}' is not a length"
        reader.problem("math-syntax", message, token, ("write one such as 1em or -2pt",))
        return
    text = called("\\text", content, token)
    room = f'height="{length + _CAP_HEIGHT:.4g}em"'
    if length < 0:
        room = f'depth="{_DESCENT - length:.4g}em"'
    before = f'<mrow><mspace {room}/><mpadded voffset="{length:.4g}em">'
    hole = Wrapped(before, reader.part(text, token), "</mpadded></mrow>")
    reader.emit_hole(hole, token)


def negation(reader: FormulaReader, token: Token) -> None:
    r"""`\not`, behind which physicists step back to strike through a wide letter."""
    reader.stream.skip_space()
    while reader.stream.take("\\!"):
        reader.stream.skip_space()
    following = reader.stream.peek()
    if following is not None and following.text == "{":
        _negate_group(reader, token)
    elif following is not None and following.name in _SPACED_ARROWS:
        reader.stream.pop()
        reader.push_text(f"\\;\\not{_SPACED_ARROWS[following.name]}\\;", token)
    elif following is not None and following.name in _CLASSES_OF_SIGNS:
        reader.stream.pop()
        content = reader.part(reader.stream.argument(), token)
        reader.emit(following, token.replaced("{"))
        reader.emit_hole(Wrapped('<mrow class="math-cancel">', content, "</mrow>"), token)
        reader.emit(token.replaced("}"))
    else:
        reader.emit(token)


_SPACED_ARROWS = {
    "implies": "\\Longrightarrow", "impliedby": "\\Longleftarrow",
    "iff": "\\Longleftrightarrow",
}  # fmt: skip
_CLASSES_OF_SIGNS = frozenset({"mathrel", "mathbin"})


def _negate_group(reader: FormulaReader, token: Token) -> None:
    """Strikes through the first of a group, as TeX's stroke takes no room and stands there."""
    content = reader.stream.argument()
    struck = [token, *content] if content else []
    reader.stream.push(braced(struck, token))


def circled(reader: FormulaReader, token: Token) -> None:
    r"""`\textcircled` around one letter or digit, which Unicode has."""
    written = join(reader.stream.argument()).strip()
    sign = _in_circle(written)
    if sign is None:
        message = "'\\textcircled' works for one letter, or a number up to 20"
        reader.problem("math-unsupported", message, token, ("use \\boxed, or write it out",))
    elif reader.inside("text"):
        reader.emit(token.replaced(sign))
    else:
        reader.push_text(f"\\text{{{sign}}}", token)


def _in_circle(written: str) -> str | None:
    if written.isascii() and written.isdigit() and int(written) <= 20:
        return chr(0x245F + int(written)) if int(written) else "⓪"
    if len(written) == 1 and "a" <= written <= "z":
        return chr(0x24D0 + ord(written) - ord("a"))
    if len(written) == 1 and "A" <= written <= "Z":
        return chr(0x24B6 + ord(written) - ord("A"))
    return None


_SCRIPTS = frozenset({"mathcal", "mathscr", "cal"})
_BOLD_DIGITS = pattern(r"[0-9]+")


def bold(reader: FormulaReader, token: Token) -> None:
    r"""`\boldsymbol` and `\bm`, whose digits are bold as well, which math-core leaves light."""
    reader.stream.skip_space()
    content = reader.stream.argument()
    reader.emit(token, token.replaced("{"))
    pieces: list[Token] = []
    stream = TokenStream(content)
    for part in stream:
        if part.name in _SCRIPTS:
            pieces.extend(_bold_script(part, stream.argument()))
        elif part.text.isascii() and any(map(str.isdigit, part.text)) and not part.name:
            pieces.extend(_with_bold_digits(part))
        else:
            pieces.append(part)
    reader.frames.append(Frame("{", token))
    reader.stream.push([*pieces, token.replaced("}")])


def _bold_script(command: Token, content: list[Token]) -> list[Token]:
    r"""`\mathcal{L}` inside of `\bm`, which engines leave light, as bold letters of Unicode."""
    letters = "".join(part.text for part in content)
    if not (letters.isascii() and letters.isalpha()):
        return [command, *braced(content, command)]
    return [command.replaced(in_alphabet(letter, "bold-script")) for letter in letters]


def _with_bold_digits(part: Token) -> list[Token]:
    text = _BOLD_DIGITS.sub(lambda match: f"\0{match[0]}\0", part.text)
    pieces: list[Token] = []
    for index, piece in enumerate(text.split("\0")):
        if index % 2:
            pieces += [part.replaced(each) for each in ("\\mathbf", "{", piece, "}")]
        elif piece:
            pieces.append(part.replaced(piece))
    return pieces
