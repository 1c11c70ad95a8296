r"""Macros that look at what follows them before they expand, such as `\qty(…)` and `\dv{f}{x}`.

What they mean is said in the manuals of the LaTeX packages mathtools (paired delimiters) and
physics (quantities, derivatives).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from notesite.math.tex import (
    MissingArgumentError,
    Token,
    TokenStream,
    at_place,
    texts_of,
    tokenize,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from notesite.math.values import Macro

    Form = Callable[[Macro, Token, TokenStream], list[Token]]

_SIDED = {"|": ("\\lvert", "\\rvert"), "\\|": ("\\lVert", "\\rVert")}
_PARTNERS = {"(": ")", "[": "]", "|": "|"}


def _braced(content: list[Token], use: Token) -> list[Token]:
    return [use.replaced("{"), *content, use.replaced("}")]


@lru_cache(maxsize=4096)
def parts(body: str) -> tuple[tuple[str, ...] | int, ...]:
    """The body of a macro cut at its parameters: runs of token texts, and numbers of arguments."""
    stream = TokenStream(tokenize(body))
    parts: list[tuple[str, ...] | int] = []
    run: list[str] = []
    for token in stream:
        following = stream.peek()
        if token.text == "#" and following and following.text[0] in "123456789":
            digit = stream.first_character()
            assert digit is not None
            parts += [tuple(run), int(digit.text)]
            run = []
        else:
            run.append(token.text)
    return (*parts, tuple(run))


def _paired(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:
    r"""`\abs{x}`, `\abs*{x}` with delimiters that stretch, `\abs[\big]{x}` with sized ones."""
    opening, closing = macro.delimiters
    before, after, _ = _sized(opening, closing, stream)
    content = stream.argument()
    return [*at_place(texts_of(before), use), *content, *at_place(texts_of(after), use)]


def _paired_around(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:
    r"""What `\DeclarePairedDelimiterX` and `…XPP` define: delimiters around a body of its own."""
    first, opening, closing, last = macro.delimiters
    before, after, middle = _sized(opening, closing, stream)
    arguments = [stream.argument() for _ in range(macro.arguments)]

    def filled(body: str) -> list[Token]:
        tokens: list[Token] = []
        for part in parts(body):
            tokens += arguments[part - 1] if isinstance(part, int) else at_place(part, use)
        return tokens

    content = [
        each
        for token in filled(macro.body)
        for each in (at_place(middle, use) if token.text == "\\delimsize" else [token])
    ]
    pair = [*at_place(texts_of(before), use), *content, *at_place(texts_of(after), use)]
    return [*filled(first), *pair, *filled(last)]


def _sized(opening: str, closing: str, stream: TokenStream) -> tuple[str, str, tuple[str, ...]]:
    r"""The delimiters as large as the star or the brackets that follow say, and `\delimsize`."""
    opening = _SIDED.get(opening, (opening,))[0]
    closing = _SIDED.get(closing, (closing,))[-1]
    if stream.take("*"):
        return f"\\left{opening} ", f"\\right{closing} ", ("\\middle",)
    size = stream.bracketed()
    if size:
        name = size[0].text
        return f"{name}l{opening} ", f"{name}r{closing} ", (name,)
    return f"{opening} ", f"{closing} ", ()


def _quantity(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:  # noqa: ARG001
    r"""`\qty(…)`, `\qty[…]`, `\qty|…|` and `\qty{…}`: delimiters as large as what they hold."""
    stream.skip_space()
    opening = stream.first_character()
    if opening is None or opening.text not in {*_PARTNERS, "{"}:
        raise MissingArgumentError
    if opening.text == "{":
        stream.push([opening])
        content = stream.argument()
        return [*at_place(("\\left", "\\{"), use), *content, *at_place(("\\right", "\\}"), use)]
    closing = _PARTNERS[opening.text]
    content = _up_to(stream, opening.text, closing)
    before, after = (f"\\left{opening.text}", f"\\right{closing}")
    return [*at_place(texts_of(before), use), *content, *at_place(texts_of(after), use)]


def _up_to(stream: TokenStream, opening: str, closing: str) -> list[Token]:
    """What stands before the partner of an opening delimiter, which is taken away."""
    content: list[Token] = []
    braces = depth = 0
    while (token := stream.first_character()) is not None:
        braces += (token.text == "{") - (token.text == "}")
        if braces == 0 and token.text == closing and depth == 0:
            return content
        if braces == 0 and opening != closing:
            depth += (token.text == opening) - (token.text == closing)
        content.append(token)
    raise MissingArgumentError


def _derivative(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:
    r"""`\dv{x}`, `\dv{f}{x}`, `\dv[n]{f}{x}` and, for partial ones, `\pdv{f}{x}{y}`."""
    order = stream.bracketed()
    arguments = [stream.argument()]
    most = 3 if macro.body == "\\partial" else 2
    while len(arguments) < most and _has_group(stream):
        arguments.append(stream.argument())
    sign = at_place(texts_of(macro.body), use)
    function: list[Token] = arguments[0] if len(arguments) > 1 else []
    variables = arguments[1:] or arguments
    power = order
    if len(variables) > 1:
        power = at_place(("2",), use)
    raised = [] if power is None else [use.replaced("^"), *_braced(power, use)]
    below: list[Token] = []
    for variable in variables:
        below += [*sign, use.replaced(" "), *variable]
    if order is not None and len(variables) == 1:
        below += [use.replaced("^"), *_braced(order, use)]
    above = [*sign, *raised, use.replaced(" "), *function]
    return [use.replaced("\\frac"), *_braced(above, use), *_braced(below, use)]


def _bracket(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:
    r"""`\braket{a}{b}`, whose second argument is the first again where there is none."""
    stream.take("*")
    first = stream.argument()
    second = stream.argument() if _has_group(stream) else first
    parts = (("\\left", "\\langle"), first, texts_of(macro.body), second, ("\\right", "\\rangle"))
    return [use.replaced(part) if isinstance(part, str) else part for run in parts for part in run]


def _has_group(stream: TokenStream) -> bool:
    following = stream.peek()
    return following is not None and following.text == "{"


FORMS: dict[str, Form] = {
    "paired": _paired, "paired-around": _paired_around, "quantity": _quantity,
    "derivative": _derivative, "bracket": _bracket,
}  # fmt: skip
"""By the name that `Macro.form` gives."""
