r"""Attributes of HTML on parts of formulas: `\htmlClass`, `\htmlData`, `\class`, `\style`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.colors import color_in_model
from notesite.math.reading import Wrapped
from notesite.math.tex import braced, called, join
from notesite.patterns import pattern
from notesite.text import escape_html

if TYPE_CHECKING:
    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token

_CLASSES = pattern(r"[A-Za-z][\w-]*(?: +[A-Za-z][\w-]*)*")
_DATA = pattern(r"\s*([a-z][a-z0-9-]*)\s*=\s*([^=,]*?)\s*")
_SIZE = pattern(r"\d{1,3}(?:\.\d+)?(?:%|em)")


def classed(reader: FormulaReader, token: Token) -> None:
    r"""`\htmlClass{names}{formula}`: classes for the site's own style sheet."""
    written = join(reader.stream.argument()).strip()
    content = reader.part(reader.stream.argument(), token)
    if not _CLASSES.fullmatch(written):
        message = f"'{written}' does not name classes: use letters, digits, '-' and '_'"
        reader.problem("math-syntax", message, token)
        return
    reader.emit_hole(Wrapped(f'<mrow class="{written}">', content, "</mrow>"), token)


def with_data(reader: FormulaReader, token: Token) -> None:
    r"""`\htmlData{name=value, …}{formula}`: `data-` attributes for the site's own scripts."""
    written = join(reader.stream.argument())
    content = reader.part(reader.stream.argument(), token)
    pairs = [_DATA.fullmatch(pair) for pair in written.split(",")]
    attributes = [f' data-{pair[1]}="{escape_html(pair[2])}"' for pair in pairs if pair]
    if len(attributes) < len(pairs):
        message = f"'{written}' is not a list of names and values, such as id=7, kind=norm"
        reader.problem("math-syntax", message, token, ("names are of small letters",))
        return
    reader.emit_hole(Wrapped(f"<mrow{''.join(attributes)}>", content, "</mrow>"), token)


def identified(reader: FormulaReader, token: Token) -> None:
    r"""`\cssId{id}{formula}` and `\htmlId`: the formula, as a page gives its ids itself."""
    reader.stream.argument()
    message = f"the id of '{token.text}' is left out"
    hint = "a \\label gives an equation an id; a class may be given by \\class"
    reader.problem("math-habit", message, token, (hint,))
    _push(reader, token, reader.stream.argument())


def styled(reader: FormulaReader, token: Token) -> None:
    r"""`\style{color: red}{formula}` and `\htmlStyle`: what MathML says without style sheets."""
    written = join(reader.stream.argument())
    content = reader.stream.argument()
    attributes: dict[str, str] = {}
    for declaration in filter(None, map(str.strip, written.split(";"))):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if name == "visibility" and value == "hidden":
            content = called("\\phantom", content, token)
        elif (attribute := _attribute(reader, name, value)) is not None:
            attributes |= attribute
        else:
            message = f"the style '{declaration}' is left out"
            hint = "give the formula a class by \\class, and the class its style"
            reader.problem("math-habit", message, token, (hint,))
    if not attributes:
        _push(reader, token, content)
        return
    shown = "".join(f' {name}="{value}"' for name, value in attributes.items())
    reader.emit_hole(Wrapped(f"<mrow{shown}>", reader.part(content, token), "</mrow>"), token)


def _attribute(reader: FormulaReader, name: str, value: str) -> dict[str, str] | None:
    """The attribute of MathML that says what a declaration of CSS says."""
    if name == "font-size" and _SIZE.fullmatch(value):
        return {"mathsize": value}
    known = {"color": "mathcolor", "background": "mathbackground"}
    attribute = known.get(name.removesuffix("-color") if name.startswith("background") else name)
    color = color_in_model("", value, reader.scope.colors)
    return {attribute: color} if attribute and color else None


def _push(reader: FormulaReader, token: Token, content: list[Token]) -> None:
    reader.stream.push(braced(content, token))
