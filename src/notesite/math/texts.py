r"""Commands on the wrong side of `\text`: of math inside of it, of text outside.

TeX accepts some of them on both sides, and people expect the others to work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.tex import braced

if TYPE_CHECKING:
    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token

_MATH_SIGNS = """
    lbrack rbrack copyright pounds vdots relax qquad negthinspace negmedspace negthickspace
    mathstrut lbrace rbrace vert Vert lvert rvert alpha beta gamma delta epsilon varepsilon
    lambda mu pi sigma tau phi chi psi omega to rightarrow leftarrow Rightarrow times pm cdot
    leq geq le ge neq ne approx infty circ prime ll gg star bullet degree checkmark
    enspace thinspace medspace thickspace
"""
MATH_SIGNS = frozenset({*_MATH_SIGNS.split(), *"!:>"})
"""Signs that work in text as well, being put between dollars there."""

_SAME_IN_TEXT = {"dagger": "\\dag", "ddagger": "\\ddag"}
"""Signs whose names in text are other ones."""

MATH_BOXES = frozenset({"underline", "boxed", "phantom", "hphantom", "vphantom", "pmb"})
"""Commands that in text have text in their argument."""

SWITCHES: dict[str, str] = {
    "rm": "textrm", "bf": "textbf", "it": "textit", "tt": "texttt", "sf": "textsf",
    "rmfamily": "textrm", "bfseries": "textbf", "itshape": "textit", "ttfamily": "texttt",
    "sffamily": "textsf", "scshape": "textsc",
}  # fmt: skip
"""The switches of fonts, by the command that says the same of its argument."""

TEXT_LETTERS = frozenset({"aa", "AA", "ae", "AE", "oe", "OE", "o", "O", "ss", "textregistered"})
"""Letters of text that may stand in math."""

TEXT_ACCENTS = frozenset("'`^~=.\"")
"""Accents of text, which have an argument, by the sign that names them."""

CONCERNED = frozenset(
    {*MATH_SIGNS, *_SAME_IN_TEXT, *MATH_BOXES, *SWITCHES, *TEXT_LETTERS, *TEXT_ACCENTS, "(", ")"}
)
"""All that `passes` may deal with."""


def passes(reader: FormulaReader, token: Token) -> bool:
    """Whether the command is dealt with here: what takes its place is then read next."""
    name = token.name
    if (name == "(" and reader.inside("text")) or (name == ")" and reader.inside("$")):
        reader.stream.push([token.replaced("$")])
        return True
    if reader.inside("text"):
        return _in_text(reader, token, name)
    if name in TEXT_LETTERS:
        reader.push_text(f"\\text{{\\{name}}}", token)
    elif name in TEXT_ACCENTS:
        content = reader.stream.argument()
        opening = [token.replaced(text) for text in ("\\text", "{", token.text, "{")]
        reader.stream.push([*opening, *content, token.replaced("}"), token.replaced("}")])
    else:
        return False
    return True


def _in_text(reader: FormulaReader, token: Token, name: str) -> bool:
    dollar = token.replaced("$")
    if name in MATH_SIGNS:
        if name.isalpha():
            reader.stream.skip_space()
        reader.stream.push([dollar, token, dollar])
    elif name in _SAME_IN_TEXT:
        reader.stream.push([token.replaced(_SAME_IN_TEXT[name])])
    elif name in MATH_BOXES:
        opening = [token.replaced(text) for text in (token.text, "{", "\\text", "{")]
        closing = [token.replaced("}")] * 2
        content = reader.stream.argument()
        reader.stream.push([dollar, *opening, *content, *closing, dollar])
    elif name in SWITCHES:
        rest = _rest_of_text(reader)
        command = token.replaced("\\" + SWITCHES[name])
        reader.stream.push([command, *braced(rest, token)])
    else:
        return False
    return True


def _rest_of_text(reader: FormulaReader) -> list[Token]:
    """What is left of the text or of the group in it."""
    content: list[Token] = []
    depth = 0
    reader.stream.skip_space()
    for token in reader.stream:
        depth += (token.text == "{") - (token.text == "}")
        if depth < 0:
            reader.stream.push([token])
            break
        content.append(token)
    return content
