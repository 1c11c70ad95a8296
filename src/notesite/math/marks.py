"""Labels, tags and references: what names and numbers a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.reading import ReferenceHole, WrittenTag
from notesite.math.tex import braced, join

if TYPE_CHECKING:
    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token


def label(reader: FormulaReader, token: Token) -> None:
    r"""`\label{…}`: names the row it stands in."""
    name = join(reader.stream.argument()).strip()
    if not _in_display(reader, token):
        return
    if not name:
        reader.problem("math-syntax", "'\\label' without a name", token)
    elif reader.reading.subequations and not reader.reading.name:
        reader.reading.parent_label = (name, token)
    elif reader.row.label is not None:
        message = f"a second label in one row: '{name}'"
        reader.problem("math-syntax", message, token, ("give each row one label",))
    else:
        reader.row.label = (name, token)


def tag(reader: FormulaReader, token: Token) -> None:
    r"""`\tag{…}`: what to show instead of a number; the starred form goes without parentheses."""
    is_starred = reader.stream.take("*")
    content = join(reader.stream.argument()).strip()
    if not _in_display(reader, token):
        return
    if reader.row.tag is not None:
        reader.problem("math-syntax", "a second '\\tag' in one row", token)
    else:
        scope = reader.scope
        reader.row.tag = WrittenTag(content, not is_starred, token, scope.macros, scope.aliases)


def no_number(reader: FormulaReader, token: Token) -> None:
    r"""`\notag` and `\nonumber`."""
    if _in_display(reader, token):
        reader.row.is_unnumbered = True


def reference(reader: FormulaReader, token: Token) -> None:
    r"""`\ref{…}`, `\eqref{…}` and, with one label or more, `\cref{…}` and its relatives."""
    argument = reader.stream.argument()
    if reader.inside("text"):
        shown = [token, *braced(argument, token)]
        reader.stream.push([token.replaced("$"), *shown, token.replaced("$")])
        return
    written = join(argument)
    several = token.name in {"cref", "Cref"}
    names = [name.strip() for name in (written.split(",") if several else [written])]
    if not all(names):
        reader.problem("math-syntax", f"'{token.text}' without the name of a label", token)
        return
    reader.emit_hole(ReferenceHole(tuple(names), token), token)


def _in_display(reader: FormulaReader, token: Token) -> bool:
    if reader.display and reader.depth == 0:
        return True
    where = "a display formula" if reader.depth == 0 else "the formula itself, not in a part of it"
    reader.problem("math-syntax", f"'{token.text}' works only in {where}", token)
    return False
