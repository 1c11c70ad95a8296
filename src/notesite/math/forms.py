r"""Macros that look at what follows them before they expand, such as `\qty(…)` and `\dv{f}{x}`.

What they mean is said in the manuals of the LaTeX packages mathtools (paired delimiters) and
physics (quantities, derivatives).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.tex import MissingArgumentError, Token, TokenStream, at_place, texts_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from notesite.math.values import Macro

    Form = Callable[[Macro, Token, TokenStream], list[Token]]

_SIDED = {"|": ("\\lvert", "\\rvert"), "\\|": ("\\lVert", "\\rVert")}
_PARTNERS = {"(": ")", "[": "]", "|": "|"}


def _braced(content: list[Token], use: Token) -> list[Token]:
    return [use.replaced("{"), *content, use.replaced("}")]


def _paired(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:
    r"""`\abs{x}`, `\abs*{x}` with delimiters that stretch, `\abs[\big]{x}` with sized ones."""
    written_opening, written_closing = macro.delimiters
    opening = _SIDED.get(written_opening, (written_opening,))[0]
    closing = _SIDED.get(written_closing, (written_closing,))[-1]
    stretches = stream.take("*")
    size = None if stretches else stream.bracketed()
    content = stream.argument()
    if stretches:
        before, after = f"\\left{opening} ", f"\\right{closing} "
    elif size:
        name = size[0].text
        before, after = f"{name}l{opening} ", f"{name}r{closing} "
    else:
        before, after = f"{opening} ", f"{closing} "
    return [*at_place(texts_of(before), use), *content, *at_place(texts_of(after), use)]


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


def _has_group(stream: TokenStream) -> bool:
    following = stream.peek()
    return following is not None and following.text == "{"


FORMS: dict[str, Form] = {"paired": _paired, "quantity": _quantity, "derivative": _derivative}
"""By the name that `Macro.form` gives."""
