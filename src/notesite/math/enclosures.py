r"""What is drawn around a formula by the name of its lines: `\enclose`, `\bbox`, `\Aboxed`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.lengths import in_em
from notesite.math.reading import Wrapped
from notesite.math.tex import braced, called, join

if TYPE_CHECKING:
    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token

NOTATIONS: dict[str, str] = {
    "box": "\\boxed", "top": "\\overline", "bottom": "\\underline",
    "updiagonalstrike": "\\cancel", "downdiagonalstrike": "\\bcancel",
    "horizontalstrike": "\\sout", "radical": "\\sqrt", "actuarial": "\\angl",
    "phasorangle": "\\phase",
}  # fmt: skip
"""What the notations of MathML's `menclose` are in TeX."""

_ARROW = "math-cancel math-cancel-to"
DRAWN: dict[str, str] = {
    "roundedbox": "math-boxed math-rounded", "circle": "math-boxed math-circle",
    "left": "math-beside-line math-solid-left", "right": "math-beside-line math-solid-right",
    "verticalstrike": "math-vertical-strike",
    "madruwb": "math-beside-line math-solid-right math-solid-bottom",
    "updiagonalarrow": _ARROW, "northeastarrow": _ARROW,
}  # fmt: skip
"""The notations that a class draws."""
_LONG_DIVISION = (
    '<mrow><mo form="prefix" stretchy="true" lspace="0" rspace="0">)</mo>'
    '<mrow class="math-beside-line math-solid-top">'
)


def enclosed(reader: FormulaReader, token: Token) -> None:
    r"""`\enclose{box,updiagonalstrike}[…]{x}`; what the brackets say of looks is passed over."""
    written = join(reader.stream.argument())
    reader.stream.skip_space()
    reader.stream.bracketed()
    content = reader.stream.argument()
    names = written.replace(",", " ").split()
    known = {*NOTATIONS, *DRAWN, "longdiv"}
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        message = f"'\\enclose' cannot draw '{unknown[0] if unknown else written}'"
        hint = f"it knows {', '.join(sorted(known))}"
        reader.problem("math-unsupported", message, token, (hint,))
        return
    drawn = [name for name in names if name not in NOTATIONS]
    for name in names:
        if name in NOTATIONS:
            content = called(NOTATIONS[name], content, token)
    _draw(reader, token, drawn, content)


def _draw(reader: FormulaReader, token: Token, names: list[str], content: list[Token]) -> None:
    """Puts elements with classes around `content`, as many as there are notations."""
    if not names:
        reader.stream.push(content)
        return
    before, after = "", ""
    for name in names:
        opening = _LONG_DIVISION if name == "longdiv" else f'<mrow class="{DRAWN.get(name)}">'
        before, after = opening + before, after + "</mrow>" * opening.count("<mrow")
    reader.emit_hole(Wrapped(before, reader.part(content, token), after), token)


def background_box(reader: FormulaReader, token: Token) -> None:
    r"""`\bbox[yellow, 5px, border: 1px solid red]{x}`: MathJax's box with a ground or a border."""
    options = join(reader.stream.bracketed() or []).split(",")
    content = reader.stream.argument()
    for option in (each.strip() for each in options):
        if option.startswith("border"):
            content = called("\\boxed", content, token)
        elif option and in_em(option) is None:
            shown = [token.replaced("$"), *content, token.replaced("$")]
            color = called("\\colorbox", (token.replaced(option),), token)
            content = [*color, *braced(shown, token)]
    reader.stream.push(braced(content, token))


def aligned_box(reader: FormulaReader, token: Token) -> None:
    r"""`\Aboxed{a &= b}`: one box around both sides of an alignment.

    The box stands where the left side begins and takes no room; both cells are as wide as their
    sides.
    """
    content = reader.stream.argument()
    texts = [part.text for part in content]
    if "&" not in texts:
        reader.stream.push(called("\\boxed", content, token))
        return
    at = texts.index("&")
    left, right = content[:at], [*braced((), token), *content[at + 1 :]]
    box = called("\\boxed", [*left, *right], token)
    room = [called("\\phantom", side, token) for side in (left, right)]
    moved = [token.replaced(text) for text in ("\\kern", "-0.35em")]
    shown = called("\\mathrlap", [*moved, *box], token)
    reader.stream.push([*shown, *room[0], content[at], *room[1]])
