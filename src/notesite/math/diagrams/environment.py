r"""`\begin{CD}` and `\begin{tikzcd}` for the reader: raw TeX in, a hole with a picture out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.diagrams.describing import describe
from notesite.math.diagrams.layout import arrange
from notesite.math.diagrams.measuring import measure
from notesite.math.diagrams.model import MOST
from notesite.math.diagrams.parsing import PARSERS
from notesite.math.diagrams.svg import picture
from notesite.math.readable import tex_to_text
from notesite.math.reading import Assembled
from notesite.math.tex import at_place, join, texts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from notesite.math.diagrams.model import Content, Diagram
    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token


def begin_diagram(reader: FormulaReader, token: Token, name: str) -> None:
    r"""Reads a diagram, up to its `\end`, and puts out a hole for it."""
    body = _body(reader, token, name)
    if body is None:
        return
    before = len(reader.reading.problems)
    diagram = PARSERS[name](body, reader.problem)
    count = max(len(diagram.objects()), len(diagram.arrows), len(diagram.rows) * diagram.width)
    if count > MOST:
        message = f"a diagram may have {MOST} cells and {MOST} arrows"
        reader.problem("math-too-large", message, token)
    elif not diagram.objects() and not diagram.arrows:
        reader.problem("math-syntax", f"'\\begin{{{name}}}' has nothing in it", token)
    contents = _read_parts(reader, diagram, token)
    if len(reader.reading.problems) == before:
        drawn = _assembling(diagram, _speaker(reader))
        reader.emit_hole(Assembled(contents, drawn), token)


def _read_parts(
    reader: FormulaReader, diagram: Diagram, token: Token
) -> tuple[tuple[Token, ...], ...]:  # fmt: skip
    written = [content for _, content in diagram.objects()]
    written += [label.content for label in diagram.labels()]
    return tuple(reader.part(each, token) if each else () for each in written[: 3 * MOST])


def _assembling(diagram: Diagram, say: Callable[[Content], str]) -> Callable[[Sequence[str]], str]:
    """What makes a picture of the MathML of all objects and labels."""

    def assemble(parts: Sequence[str]) -> str:
        count = len(diagram.objects())
        boxes = [measure(part) for part in parts]
        drawing = arrange(diagram, boxes[:count], boxes[count:])
        shown = {
            id(label): part for label, part in zip(diagram.labels(), parts[count:], strict=True)
        }
        labels = [shown[id(place.label)] for place in drawing.labels]
        svg = picture(drawing, parts[:count], labels, describe(diagram, say))
        return f'<mtext><span class="diagram-frame">{svg}</span></mtext>'

    return assemble


def _speaker(reader: FormulaReader) -> Callable[[Content], str]:
    macros, aliases = reader.scope.macros, reader.scope.aliases

    def say(content: Content) -> str:
        return tex_to_text(join(content), macros, aliases)

    return say


def _body(reader: FormulaReader, token: Token, name: str) -> list[Token] | None:
    r"""What stands before the matching `\end`, which is taken too; None without one."""
    depth = 0
    body: list[Token] = []
    for part in reader.stream:
        if part.text == "\\end" and depth == 0:
            return _ended(reader, part, name, body, token)
        depth += (part.text == "\\begin") - (part.text == "\\end")
        body.append(part)
    hint = f"add the missing '\\end{{{name}}}'"
    reader.problem("math-syntax", f"'\\begin{{{name}}}' is never closed", token, (hint,))
    return None


def _ended(
    reader: FormulaReader, end: Token, name: str, body: list[Token], begin: Token
) -> list[Token] | None:  # fmt: skip
    closing = join(reader.stream.argument()).strip()
    environment = reader.scope.environments.get(closing)
    if environment is not None:
        # The note's own environment, whose end holds that of the diagram.
        reader.stream.push(at_place(texts_of(environment.end), end))
        rest = _body(reader, begin, name)
        return None if rest is None else [*body, *rest]
    if closing == name:
        return body
    message = f"'\\begin{{{name}}}' is closed by '\\end{{{closing}}}'"
    reader.problem("math-syntax", message, end)
    return None
