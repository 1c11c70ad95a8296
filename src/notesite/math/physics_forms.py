r"""The macros of the LaTeX package physics that look at what follows them, such as `\qty(…)`.

What they mean is said in the manual of the package. Each is a form of `forms.FORMS` under its name
behind `physics:`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.physics_arguments import (
    AUTOMATIC,
    PARTNERS,
    between,
    fenced,
    has_group,
    size_of,
    tex_at,
    up_to,
)
from notesite.math.physics_matrices import MATRIX_FORMS
from notesite.math.tex import MissingArgumentError, braced

if TYPE_CHECKING:
    from notesite.math.tex import Form, Token, TokenStream
    from notesite.math.values import Macro


def _quantity(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:  # noqa: ARG001
    r"""`\qty(…)`, `\qty[…]`, `\qty|…|` and `\qty{…}`: delimiters as large as what they hold."""
    size = size_of(stream)
    if has_group(stream):
        return fenced(use, "\\{", "\\}", stream.argument(), size)
    found = between(stream, *PARTNERS)
    if found is None:
        raise MissingArgumentError
    opening, content = found
    return fenced(use, opening, PARTNERS[opening], content, size)


def _delimited(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:
    r"""`\abs{…}` and its like; a star leaves the delimiters as they are."""
    size = size_of(stream)
    opening, closing = macro.delimiters
    content = stream.argument()
    if macro.arguments > 1:
        content = [*content, use.replaced(","), use.replaced(" "), *stream.argument()]
    return [*tex_at(macro.body, use), *fenced(use, opening, closing, content, size)]


def _evaluated(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:  # noqa: ARG001
    r"""`\eval{…}`, `\eval(…|` and `\eval[…|`: the value at the scripts that follow."""
    size = size_of(stream)
    opening = "."
    following = stream.peek()
    if following is not None and following.text[0] in "([":
        opened = stream.first_character()
        assert opened is not None
        opening = opened.text
        content = up_to(stream, "|", "|")
        if content is None:
            raise MissingArgumentError
    else:
        content = stream.argument()
    return fenced(use, opening, "|", content, size)


def _derivative(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:
    r"""`\dv{x}`, `\dv{f}{x}`, `\dv[n]{f}{x}`, `\dv*{f}{x}` and, if partial, `\pdv{f}{x}{y}`."""
    is_flat = stream.take("*")
    order = stream.bracketed()
    arguments = [stream.argument()]
    most = 3 if macro.body == "\\partial" else 2
    while len(arguments) < most and has_group(stream):
        arguments.append(stream.argument())
    sign = tex_at(macro.body, use)
    function: list[Token] = arguments[0] if len(arguments) > 1 else []
    variables = arguments[1:] or arguments
    power = tex_at("2", use) if len(variables) > 1 else order
    raised = [] if power is None else [use.replaced("^"), *braced(power, use)]
    below: list[Token] = []
    for variable in variables:
        below += [*sign, use.replaced(" "), *variable]
    if order is not None and len(variables) == 1:
        below += [use.replaced("^"), *braced(order, use)]
    above = [*sign, *raised, use.replaced(" "), *function]
    if is_flat:
        return _flat(use, above, below)
    return [use.replaced("\\frac"), *braced(above, use), *braced(below, use)]


def _flat(use: Token, above: list[Token], below: list[Token]) -> list[Token]:
    return [
        *tex_at("\\left. ", use),
        *above,
        *tex_at("\\middle/", use),
        *below,
        *tex_at("\\right.", use),
    ]


def _flat_fraction(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:  # noqa: ARG001
    r"""`\flatfrac{a}{b}`."""
    return _flat(use, stream.argument(), stream.argument())


def _differential(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:
    r"""`\dd`, `\dd{x}`, `\dd[n]{x}` and `\dd(…)`."""
    stream.skip_space()
    order = stream.bracketed()
    shown = tex_at(f"\\mathop{{}}\\!{macro.body}", use)
    if order is not None:
        shown += [use.replaced("^"), *braced(order, use)]
    if has_group(stream):
        return [*shown, *stream.argument()]
    found = between(stream, "(")
    return shown if found is None else [*shown, *fenced(use, "(", ")", found[1])]


def _applied(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:
    r"""`\grad{f}`, `\tr(A)`: an operator whose brackets are as large as what they hold.

    `default` is what braces around its argument show: nothing, or braces.
    """
    shown = tex_at(macro.body, use)
    stream.skip_space()
    if has_group(stream):
        argument = stream.argument()
        if macro.default == "{":
            return [*shown, *fenced(use, "\\{", "\\}", argument)]
        return [*shown, *braced(argument, use)]
    found = between(stream, "(", "[")
    if found is None:
        return shown
    opening, content = found
    return [*shown, *fenced(use, opening, PARTNERS[opening], content)]


def _function(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:
    r"""`\sin[2](x)`: a function with its power, and parentheses as large as what they hold."""
    shown = tex_at(macro.body, use)
    power = None
    following = [token.text for token in stream.upcoming(8)]
    if following[:1] == ["["] and any(text[0] == "(" for text in following):
        power = stream.bracketed()
    if power is not None:
        shown += [use.replaced("^"), *braced(power, use)]
    found = between(stream, "(")
    return shown if found is None else [*shown, *fenced(use, "(", ")", found[1])]


def _state(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:
    r"""`\bra{a}`, which grows together with a `\ket{b}` behind it, and `\ket{a}`."""
    size = size_of(stream)
    opening, closing = macro.delimiters
    content = stream.argument()
    stream.skip_space()
    if closing == "|" and stream.take("\\ket"):
        stream.take("*")
        return _parted(use, size, content, stream.argument())
    return fenced(use, opening, closing, content, size)


def _parted(use: Token, size: str, *parts: list[Token]) -> list[Token]:
    """Parts with lines between them, in angles."""
    line = {AUTOMATIC: "\\middle|", "": "|"}.get(size, f"{size}|")
    content = list(parts[0])
    for part in parts[1:]:
        content += [*tex_at(line, use), *part]
    return fenced(use, "\\langle", "\\rangle", content, size)


def _bracket(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:  # noqa: ARG001
    r"""`\braket{a}{b}`, whose second argument is the first again where there is none."""
    size = size_of(stream)
    first = stream.argument()
    return _parted(use, size, first, stream.argument() if has_group(stream) else first)


def _dyad(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:  # noqa: ARG001
    r"""`\ketbra{a}{b}`, whose second argument is the first again where there is none."""
    size = size_of(stream)
    first = stream.argument()
    second = stream.argument() if has_group(stream) else first
    return [
        *fenced(use, "|", "\\rangle", first, size),
        *tex_at("\\!", use),
        *fenced(use, "\\langle", "|", second, size),
    ]


def _expectation(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:  # noqa: ARG001
    r"""`\ev{A}` and, in a state, `\ev{A}{\psi}`."""
    size = "" if stream.take("*") else AUTOMATIC
    stream.take("*")
    operator = stream.argument()
    if not has_group(stream):
        return _parted(use, size, operator)
    state = stream.argument()
    return _parted(use, size, state, operator, state)


def _element(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:  # noqa: ARG001
    r"""`\mel{n}{A}{m}`."""
    size = "" if stream.take("*") else AUTOMATIC
    stream.take("*")
    return _parted(use, size, *(stream.argument() for _ in range(3)))


def _bold(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:
    r"""`\vb{a}`, upright, and `\vb*{a}`, slanted; `\va` and `\vu` with what they put above."""
    alphabet = "\\boldsymbol" if stream.take("*") else "\\mathbf"
    content = [use.replaced(alphabet), *braced(stream.argument(), use)]
    return [use.replaced(macro.body), *braced(content, use)] if macro.body else content


def _words(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:
    r"""`\qif` and `\qq{…}`: words between formulas; a star leaves out the space before them."""
    space = [] if stream.take("*") else tex_at("\\quad", use)
    words = tex_at(macro.body, use) if macro.body else stream.argument()
    return [*space, use.replaced("\\text"), *braced(words, use), *tex_at("\\quad", use)]


PHYSICS_FORMS: dict[str, Form] = {
    "quantity": _quantity, "delimited": _delimited, "evaluated": _evaluated,
    "derivative": _derivative, "flat-fraction": _flat_fraction, "differential": _differential,
    "applied": _applied, "function": _function, "state": _state, "bracket": _bracket,
    "dyad": _dyad, "expectation": _expectation, "element": _element, "bold": _bold,
    "words": _words, **MATRIX_FORMS,
}  # fmt: skip
"""By the name behind `physics:`."""
