r"""Names of operators, and the dots whose height depends on the operator behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.reading import Wrapped
from notesite.math.tex import called
from notesite.patterns import pattern

if TYPE_CHECKING:
    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token

_OPERATOR_NAMES = """
    times div pm mp cdot ast star circ bullet cap cup sqcap sqcup vee wedge land lor setminus
    oplus ominus otimes oslash odot amalg uplus le leq ge geq ll gg ne neq equiv sim simeq approx
    cong propto prec succ preceq succeq subset supset subseteq supseteq in ni notin to rightarrow
    leftarrow Rightarrow Leftarrow leftrightarrow Leftrightarrow longrightarrow Longrightarrow
    longleftarrow mapsto implies iff hookrightarrow rightharpoonup mid parallel perp vdash models
    xrightarrow xleftarrow cdots int iint iiint oint coloneqq bmod
"""
_OPERATORS = frozenset(_OPERATOR_NAMES.split())
_SIMPLE_NAME = pattern(r"(?:[A-Za-z0-9 '/.,:-]|\\[,;:! ]|~)*")


def operator(reader: FormulaReader, token: Token) -> None:
    r"""`\mathop{…}`: an operator whose scripts go below and above it in a display."""
    _emit_operator(reader, token, reader.stream.argument(), has_limits=True)


def operator_name(reader: FormulaReader, token: Token) -> None:
    r"""`\operatorname{…}`; what an engine can read of it stays as it is."""
    has_limits = reader.stream.take("*") or token.name == "operatornamewithlimits"
    content = reader.stream.argument()
    written = "".join(part.text for part in content)
    if not _SIMPLE_NAME.fullmatch(written):
        upright = called("\\mathrm", content, token)
        _emit_operator(reader, token, upright, has_limits=has_limits)
        return
    # A hyphen in a name is a hyphen, where math-core would draw a minus sign.
    texts = (part.text.replace("-", "\u2010") for part in content)
    parts = [part.replaced(text) for part, text in zip(content, texts, strict=True)]
    _emit_name(reader, token, parts, has_limits=has_limits)


def _emit_operator(
    reader: FormulaReader, token: Token, content: list[Token], *, has_limits: bool
) -> None:
    reader.stream.skip_space()
    following = reader.stream.peek()
    if following is not None and following.text in {"\\limits", "\\nolimits"}:
        # In a line only the command itself puts scripts below and above.
        has_limits = following.text == "\\limits" and reader.display
        if has_limits or following.text == "\\nolimits":
            reader.stream.pop()
    inner = reader.part(content, token)
    mark = Wrapped("<mrow>", inner, "</mrow>")
    start = len(reader.row.tokens)
    reader.emit_hole(mark, token)
    hole = reader.row.tokens[start:]
    del reader.row.tokens[start:]
    _emit_name(reader, token, hole, has_limits=has_limits)


def _emit_name(
    reader: FormulaReader, token: Token, content: list[Token], *, has_limits: bool
) -> None:
    command = "\\operatorname" + "*" * has_limits
    reader.emit(*called(command, content, token))


def dots(reader: FormulaReader, token: Token) -> None:
    r"""`\dots`: raised between operators and before integrals, else on the line.

    The rule is that of amsmath (its manual, section 4.3), which looks at what follows.
    """
    is_raised = not reader.inside("text") and _is_operator(reader.stream.upcoming(3))
    reader.emit(token.replaced("\\cdots" if is_raised else "\\ldots"))


def _is_operator(following: list[Token]) -> bool:
    shown = [token for token in following if not token.is_space]
    if not shown:
        return False
    text = shown[0].text
    return text[0] in "+-=<>*/" or (text[0] == "\\" and text[1:] in _OPERATORS)
