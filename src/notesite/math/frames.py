"""What is open while a formula is read, and what to say when it is not closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.reading import Frame
from notesite.math.tex import braced

if TYPE_CHECKING:
    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token


def unclosed(reader: FormulaReader, frame: Frame, before: str = "") -> None:
    """Notes that `frame` is not closed, at its opening."""
    message = f"'{frame.shown}' is never closed"
    if before:
        message = f"'{frame.shown}' is not closed before '{before}'"
    hint = f"add the missing '{frame.expected}'"
    if frame.kind == "left":
        hint += "; '\\right.' draws nothing"
    reader.problem("math-syntax", message, frame.token, (hint,))


def close_all(reader: FormulaReader) -> None:
    """Notes what is still open at the end of the formula: the innermost, as the others follow."""
    if reader.frames:
        unclosed(reader, reader.frames[-1])


def open_brace(reader: FormulaReader, token: Token) -> None:
    """`{`."""
    kind = "text" if reader.inside("text") else "{"
    reader.frames.append(Frame(kind, token, start=len(reader.row.tokens)))
    reader.emit(token)


def close_brace(reader: FormulaReader, token: Token) -> None:
    """`}`: closes a group or a text."""
    if not any(frame.kind in {"{", "text"} for frame in reader.frames):
        message = "'}' closes nothing"
        hints = ("remove it, or add the missing '{'; a printed brace is '\\}'",)
        reader.problem("math-syntax", message, token, hints)
    elif reader.inside("{"):
        reader.frames.pop()
        reader.emit(token)
    elif reader.inside("text"):
        close_text(reader, token)
    else:
        _close_beyond(reader, token)


def _close_beyond(reader: FormulaReader, token: Token) -> None:
    unclosed(reader, reader.frames[-1], "}")
    while reader.frames and reader.frames[-1].kind not in {"{", "text"}:
        reader.frames.pop()
    if reader.frames:
        reader.frames.pop()
    reader.emit(token)


def open_group(reader: FormulaReader, token: Token) -> None:
    r"""`\begingroup`."""
    reader.frames.append(Frame("group", token))
    reader.emit(token)


def close_group(reader: FormulaReader, token: Token) -> None:
    r"""`\endgroup`, which closes no brace."""
    if not any(frame.kind == "group" for frame in reader.frames):
        hints = ("remove it, or add the missing '\\begingroup'",)
        reader.problem("math-syntax", "'\\endgroup' closes nothing", token, hints)
        return
    if not reader.inside("group"):
        unclosed(reader, reader.frames[-1], "\\endgroup")
    while reader.frames.pop().kind != "group":
        pass
    reader.emit(token)


def open_text(reader: FormulaReader, token: Token) -> None:
    r"""A command whose argument is text, such as `\text`; math inside of it goes between `$`."""
    reader.stream.skip_space()
    if not reader.stream.take("{"):
        reader.stream.push(braced(reader.stream.argument(), token))
        reader.stream.pop()
    if not reader.inside("text"):
        reader.emit(token.replaced("{"))
    reader.frames.append(Frame("text", token))
    reader.emit(token, token.replaced("{"))


def close_text(reader: FormulaReader, token: Token) -> None:
    """The end of a text, or of a group inside of one."""
    frame = reader.frames.pop()
    _end_piece(reader, frame, token)
    if not reader.inside("text"):
        reader.emit(token)


def dollar(reader: FormulaReader, token: Token) -> None:
    """`$`: inside of a text it begins and ends math; elsewhere it is a mistake."""
    if reader.inside("text"):
        for frame in reversed(_open_texts(reader, len(reader.frames))):
            _end_piece(reader, frame, token)
        reader.frames.append(Frame("$", token))
    elif reader.inside("$"):
        reader.frames.pop()
        for frame in _open_texts(reader, len(reader.frames)):
            if frame.token.text != "{":
                reader.emit(frame.token)
            reader.emit(token.replaced("{"))
    else:
        _report_dollar(reader, token)


def _report_dollar(reader: FormulaReader, token: Token) -> None:
    """Tells of the first: where two formulas became one, each further dollar follows from it."""
    message = "'$' inside a formula"
    if any(problem.message == message for problem in reader.reading.problems):
        return
    hint = "a printed dollar sign is '\\$'; else a formula before this one is not closed"
    reader.problem("math-syntax", message, token, (hint,))


def _open_texts(reader: FormulaReader, end: int) -> list[Frame]:
    start = end
    while start and reader.frames[start - 1].kind == "text":
        start -= 1
    return reader.frames[start:end]


def _end_piece(reader: FormulaReader, frame: Frame, token: Token) -> None:
    """Ends a piece of text, leaving nothing of one that would be empty."""
    tokens = reader.row.tokens
    opening = 1 if frame.token.text == "{" else 2
    if tokens and tokens[-1].text == "{" and len(tokens) >= opening:
        del tokens[-opening:]
    else:
        reader.emit(token.replaced("}"))
