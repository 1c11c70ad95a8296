"""Constructs that latex2mathml lacks, made of parts that it converts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from notesite.math.engines.engine import EngineError
from notesite.math.engines.latex2mathml_signs import DELIMITERS
from notesite.math.lengths import in_em
from notesite.math.tex import TokenStream, join

if TYPE_CHECKING:
    from notesite.math.tex import Token


class Converter(Protocol):
    """What converts parts of a formula."""

    def formula(self, tokens: list[Token]) -> str:
        """The tokens as the content of a `<math>` element."""
        ...


_STYLES = {
    "": "", "0": ' displaystyle="true" scriptlevel="0"',
    "1": ' displaystyle="false" scriptlevel="0"', "2": ' displaystyle="false" scriptlevel="1"',
    "3": ' displaystyle="false" scriptlevel="2"',
}  # fmt: skip
_STYLE_NAMES = {
    "\\displaystyle": "0", "\\textstyle": "1", "\\scriptstyle": "2", "\\scriptscriptstyle": "3",
}  # fmt: skip


def fraction(converter: Converter, token: Token, stream: TokenStream) -> str:
    r"""`\genfrac`, of which latex2mathml knows no other form than with all arguments given."""
    opening, closing, thickness, style = (join(stream.argument()).strip() for _ in range(4))
    above, below = (converter.formula(stream.argument()) for _ in range(2))
    line = in_em(thickness) if thickness else None
    if (thickness and line is None) or style not in _STYLES:
        raise EngineError(token.start, f'Expected length with units, found "{thickness}".')
    rule = "" if line is None else f' linethickness="{line:.4g}em"'
    divided = f"<mfrac{rule}><mrow>{above}</mrow><mrow>{below}</mrow></mfrac>"
    fences = [_delimiter(token, written) for written in (opening, closing)]
    shown = f"<mrow>{fences[0]}{divided}{fences[1]}</mrow>"
    attributes = _STYLES[style]
    return f"<mstyle{attributes}>{shown}</mstyle>" if attributes else shown


def _delimiter(token: Token, written: str) -> str:
    if written in {"", "."}:
        return ""
    if written not in DELIMITERS:
        raise EngineError(token.start, f'"{token.text}" needs a delimiter')
    return f"<mo>{DELIMITERS[written]}</mo>"


def scripts_before(converter: Converter, token: Token, stream: TokenStream) -> str:  # noqa: ARG001
    r"""`\prescript{above}{below}{base}`."""
    above, below, base = (converter.formula(stream.argument()) for _ in range(3))
    before = f"<mprescripts/><mrow>{below}</mrow><mrow>{above}</mrow>"
    return f"<mmultiscripts><mrow>{base}</mrow>{before}</mmultiscripts>"


def scripts_at_sides(converter: Converter, token: Token, stream: TokenStream) -> str:
    r"""`\sideset{_a^b}{_c^d}\sum`: scripts at the corners of an operator, whose limits follow."""
    before, after = (
        _two_scripts(converter, token, TokenStream(stream.argument())) for _ in range(2)
    )
    base = converter.formula(stream.argument()).replace("<mo", '<mo movablelimits="false"', 1)
    base = base.replace(' movablelimits="true"', "")
    return f"<mmultiscripts>{base}{after}<mprescripts/>{before}</mmultiscripts>"


def _two_scripts(converter: Converter, token: Token, stream: TokenStream) -> str:
    """A subscript and a superscript, empty ones where there are none."""
    scripts = {"_": "", "^": ""}
    for part in stream:
        if part.text in scripts:
            scripts[part.text] += converter.formula(stream.argument())
        elif part.text == "'":
            scripts["^"] += "<mo>\u2032</mo>"
        elif not part.is_space:
            raise EngineError(token.start, f'"{token.text}" has something else than scripts')
    return "".join(f"<mrow>{script}</mrow>" for script in scripts.values())


def cramped(converter: Converter, token: Token, stream: TokenStream) -> str:  # noqa: ARG001
    r"""`\cramped[\textstyle]{…}`: with exponents that rise less."""
    style = _STYLE_NAMES.get(join(stream.bracketed() or []).strip(), "")
    content = converter.formula(stream.argument())
    return f'<mstyle class="math-cramped"{_STYLES[style]}>{content}</mstyle>'
