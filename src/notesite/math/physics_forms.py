r"""The macros of the LaTeX package physics that look at what follows them, such as `\qty(…)`.

What they mean is said in the manual of the package. Each is a form of `forms.FORMS` under its name
behind `physics:`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.tex import MissingArgumentError, at_place, join, texts_of

if TYPE_CHECKING:
    from notesite.math.tex import Form, Token, TokenStream
    from notesite.math.values import Macro

_PARTNERS = {"(": ")", "[": "]", "|": "|"}
_SIZES = frozenset({"\\big", "\\Big", "\\bigg", "\\Bigg"})
_AUTOMATIC = "automatic"
_MOST_ENTRIES = 20
_PAULI = {"0": "1&0\\\\0&1", "1": "0&1\\\\1&0", "2": "0&-i\\\\i&0", "3": "1&0\\\\0&-1"}
_AXES = {"x": "1", "y": "2", "z": "3"}
_MATRICES = {"{": "", "(": "p", "[": "b", "|": "v"}


def _size(stream: TokenStream) -> str:
    r"""How large delimiters are to be: as their content without anything, `\big`, or as usual."""
    stream.skip_space()
    following = stream.peek()
    if following is not None and following.text in _SIZES:
        stream.pop()
        stream.skip_space()
        return following.text
    return "" if stream.take("*") else _AUTOMATIC


def _fenced(
    use: Token, opening: str, closing: str, content: list[Token], size: str = _AUTOMATIC
) -> list[Token]:
    before, after = {_AUTOMATIC: ("\\left", "\\right"), "": ("", "")}.get(
        size, (f"{size}l", f"{size}r")
    )
    opened = f"{before}{opening}" if size or opening != "." else ""
    closed = f"{after}{closing}" if size or closing != "." else ""
    return [*_tex(opened, use), *content, *_tex(closed, use)]


def _tex(tex: str, use: Token) -> list[Token]:
    return at_place(texts_of(tex), use)


def _braced(content: list[Token], use: Token) -> list[Token]:
    return [use.replaced("{"), *content, use.replaced("}")]


def _has_group(stream: TokenStream) -> bool:
    following = stream.peek()
    return following is not None and following.text == "{"


def _between(stream: TokenStream, *openings: str) -> tuple[str, list[Token]] | None:
    """The opening delimiter that follows and what stands up to its partner; None if none does."""
    stream.skip_space()
    opening = stream.first_character()
    if opening is None:
        return None
    content = None
    if opening.text in openings:
        content = _up_to(stream, opening.text, _PARTNERS[opening.text])
    if content is None:
        stream.push([opening])
        return None
    return opening.text, content


def _up_to(stream: TokenStream, opening: str, closing: str) -> list[Token] | None:
    """What stands before the closing delimiter, both taken away; None, and nothing is taken."""
    content: list[Token] = []
    braces = depth = 0
    while (token := stream.first_character()) is not None:
        braces += (token.text == "{") - (token.text == "}")
        if braces < 0:
            content.append(token)
            break
        if braces == 0 and token.text == closing and depth == 0:
            return content
        if braces == 0 and opening != closing:
            depth += (token.text == opening) - (token.text == closing)
        content.append(token)
    stream.push(content)
    return None


def _quantity(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:  # noqa: ARG001
    r"""`\qty(…)`, `\qty[…]`, `\qty|…|` and `\qty{…}`: delimiters as large as what they hold."""
    size = _size(stream)
    if _has_group(stream):
        return _fenced(use, "\\{", "\\}", stream.argument(), size)
    found = _between(stream, *_PARTNERS)
    if found is None:
        raise MissingArgumentError
    opening, content = found
    return _fenced(use, opening, _PARTNERS[opening], content, size)


def _delimited(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:
    r"""`\abs{…}` and its like; a star leaves the delimiters as they are."""
    size = _size(stream)
    opening, closing = macro.delimiters
    content = stream.argument()
    if macro.arguments > 1:
        content = [*content, use.replaced(","), use.replaced(" "), *stream.argument()]
    return [*_tex(macro.body, use), *_fenced(use, opening, closing, content, size)]


def _evaluated(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:  # noqa: ARG001
    r"""`\eval{…}`, `\eval(…|` and `\eval[…|`: the value at the scripts that follow."""
    size = _size(stream)
    opening = "."
    following = stream.peek()
    if following is not None and following.text[0] in "([":
        opened = stream.first_character()
        assert opened is not None
        opening = opened.text
        content = _up_to(stream, "|", "|")
        if content is None:
            raise MissingArgumentError
    else:
        content = stream.argument()
    return _fenced(use, opening, "|", content, size)


def _derivative(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:
    r"""`\dv{x}`, `\dv{f}{x}`, `\dv[n]{f}{x}`, `\dv*{f}{x}` and, if partial, `\pdv{f}{x}{y}`."""
    is_flat = stream.take("*")
    order = stream.bracketed()
    arguments = [stream.argument()]
    most = 3 if macro.body == "\\partial" else 2
    while len(arguments) < most and _has_group(stream):
        arguments.append(stream.argument())
    sign = _tex(macro.body, use)
    function: list[Token] = arguments[0] if len(arguments) > 1 else []
    variables = arguments[1:] or arguments
    power = _tex("2", use) if len(variables) > 1 else order
    raised = [] if power is None else [use.replaced("^"), *_braced(power, use)]
    below: list[Token] = []
    for variable in variables:
        below += [*sign, use.replaced(" "), *variable]
    if order is not None and len(variables) == 1:
        below += [use.replaced("^"), *_braced(order, use)]
    above = [*sign, *raised, use.replaced(" "), *function]
    if is_flat:
        return _flat(use, above, below)
    return [use.replaced("\\frac"), *_braced(above, use), *_braced(below, use)]


def _flat(use: Token, above: list[Token], below: list[Token]) -> list[Token]:
    return [*_tex("\\left. ", use), *above, *_tex("\\middle/", use), *below, *_tex("\\right.", use)]


def _flat_fraction(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:  # noqa: ARG001
    r"""`\flatfrac{a}{b}`."""
    return _flat(use, stream.argument(), stream.argument())


def _differential(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:
    r"""`\dd`, `\dd{x}`, `\dd[n]{x}` and `\dd(…)`."""
    stream.skip_space()
    order = stream.bracketed()
    shown = _tex(f"\\mathop{{}}\\!{macro.body}", use)
    if order is not None:
        shown += [use.replaced("^"), *_braced(order, use)]
    if _has_group(stream):
        return [*shown, *stream.argument()]
    found = _between(stream, "(")
    return shown if found is None else [*shown, *_fenced(use, "(", ")", found[1])]


def _applied(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:
    r"""`\grad{f}`, `\tr(A)`: an operator whose brackets are as large as what they hold.

    `default` is what braces around its argument show: nothing, or braces.
    """
    shown = _tex(macro.body, use)
    stream.skip_space()
    if _has_group(stream):
        argument = stream.argument()
        if macro.default == "{":
            return [*shown, *_fenced(use, "\\{", "\\}", argument)]
        return [*shown, *_braced(argument, use)]
    found = _between(stream, "(", "[")
    if found is None:
        return shown
    opening, content = found
    return [*shown, *_fenced(use, opening, _PARTNERS[opening], content)]


def _function(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:
    r"""`\sin[2](x)`: a function with its power, and parentheses as large as what they hold."""
    shown = _tex(macro.body, use)
    power = None
    following = [token.text for token in stream.upcoming(8)]
    if following[:1] == ["["] and any(text[0] == "(" for text in following):
        power = stream.bracketed()
    if power is not None:
        shown += [use.replaced("^"), *_braced(power, use)]
    found = _between(stream, "(")
    return shown if found is None else [*shown, *_fenced(use, "(", ")", found[1])]


def _state(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:
    r"""`\bra{a}`, which grows together with a `\ket{b}` behind it, and `\ket{a}`."""
    size = _size(stream)
    opening, closing = macro.delimiters
    content = stream.argument()
    stream.skip_space()
    if closing == "|" and stream.take("\\ket"):
        stream.take("*")
        return _parted(use, size, content, stream.argument())
    return _fenced(use, opening, closing, content, size)


def _parted(use: Token, size: str, *parts: list[Token]) -> list[Token]:
    """Parts with lines between them, in angles."""
    line = {_AUTOMATIC: "\\middle|", "": "|"}.get(size, f"{size}|")
    content = list(parts[0])
    for part in parts[1:]:
        content += [*_tex(line, use), *part]
    return _fenced(use, "\\langle", "\\rangle", content, size)


def _bracket(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:  # noqa: ARG001
    r"""`\braket{a}{b}`, whose second argument is the first again where there is none."""
    size = _size(stream)
    first = stream.argument()
    return _parted(use, size, first, stream.argument() if _has_group(stream) else first)


def _dyad(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:  # noqa: ARG001
    r"""`\ketbra{a}{b}`, whose second argument is the first again where there is none."""
    size = _size(stream)
    first = stream.argument()
    second = stream.argument() if _has_group(stream) else first
    return [
        *_fenced(use, "|", "\\rangle", first, size),
        *_tex("\\!", use),
        *_fenced(use, "\\langle", "|", second, size),
    ]


def _expectation(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:  # noqa: ARG001
    r"""`\ev{A}` and, in a state, `\ev{A}{\psi}`."""
    size = "" if stream.take("*") else _AUTOMATIC
    stream.take("*")
    operator = stream.argument()
    if not _has_group(stream):
        return _parted(use, size, operator)
    state = stream.argument()
    return _parted(use, size, state, operator, state)


def _element(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:  # noqa: ARG001
    r"""`\mel{n}{A}{m}`."""
    size = "" if stream.take("*") else _AUTOMATIC
    stream.take("*")
    return _parted(use, size, *(stream.argument() for _ in range(3)))


def _bold(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:
    r"""`\vb{a}`, upright, and `\vb*{a}`, slanted; `\va` and `\vu` with what they put above."""
    alphabet = "\\boldsymbol" if stream.take("*") else "\\mathbf"
    content = [use.replaced(alphabet), *_braced(stream.argument(), use)]
    return [use.replaced(macro.body), *_braced(content, use)] if macro.body else content


def _words(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:
    r"""`\qif` and `\qq{…}`: words between formulas; a star leaves out the space before them."""
    space = [] if stream.take("*") else _tex("\\quad", use)
    words = _tex(macro.body, use) if macro.body else stream.argument()
    return [*space, use.replaced("\\text"), *_braced(words, use), *_tex("\\quad", use)]


def _matrix(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:
    r"""`\mqty(…)`, `\mqty[…]`, `\mqty|…|` and `\mqty{…}`; the body says which matrix."""
    stream.take("*")
    stream.skip_space()
    if _has_group(stream):
        opening, content = "{", stream.argument()
    else:
        found = _between(stream, *_PARTNERS)
        if found is None:
            raise MissingArgumentError
        opening, content = found
    name = f"{macro.default or _MATRICES[opening]}{macro.body}"
    return [*_tex(f"\\begin{{{name}}}", use), *content, *_tex(f"\\end{{{name}}}", use)]


def _entries(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:
    r"""`\imat{3}`, `\zmat{2}{3}`, `\xmat{a}{2}{3}`: the entries of a matrix of one kind."""
    is_numbered = stream.take("*")
    entry = join(stream.argument()) if macro.body == "x" else ""
    height = _count(stream)
    width = height if macro.body == "i" else _count(stream)

    def shown(row: int, column: int) -> str:
        if macro.body == "i":
            return "1" if row == column else "0"
        if not is_numbered or not entry:
            return entry or "0"
        numbers = [str(each) for each, most in ((row, height), (column, width)) if most > 1]
        return f"{entry}_{{{''.join(numbers)}}}"

    rows = [
        "&".join(shown(row, column) for column in range(1, width + 1))
        for row in range(1, height + 1)
    ]
    return _tex("\\\\".join(rows), use)


def _count(stream: TokenStream) -> int:
    written = join(stream.argument()).strip()
    if not written.isdecimal() or not 1 <= int(written) <= _MOST_ENTRIES:
        raise MissingArgumentError
    return int(written)


def _pauli(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:  # noqa: ARG001
    r"""`\pmat{1}`: the entries of a Pauli matrix."""
    written = join(stream.argument()).strip()
    name = _AXES.get(written, written)
    if name not in _PAULI:
        raise MissingArgumentError
    return _tex(_PAULI[name], use)


def _diagonal(macro: Macro, use: Token, stream: TokenStream) -> list[Token]:
    r"""`\dmat{1,2,3}`, `\dmat[0]{1,2}` with what stands elsewhere, and `\admat` the other way."""
    elsewhere = join(stream.bracketed() or [])
    entries = [join(part) for part in _parts(stream.argument())]
    rows = []
    for index, entry in enumerate(entries):
        at = index if macro.body == "d" else len(entries) - 1 - index
        rows.append(
            "&".join(entry if column == at else elsewhere for column in range(len(entries)))
        )
    return _tex("\\\\".join(rows), use)


def _parts(content: list[Token]) -> list[list[Token]]:
    """What stands between commas."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in content:
        depth += (token.text == "{") - (token.text == "}")
        pieces = token.text.split(",") if depth == 0 and not token.name else [token.text]
        for index, piece in enumerate(pieces):
            if index:
                parts.append([])
            if piece:
                parts[-1].append(token.replaced(piece))
    return parts


PHYSICS_FORMS: dict[str, Form] = {
    "quantity": _quantity, "delimited": _delimited, "evaluated": _evaluated,
    "derivative": _derivative, "flat-fraction": _flat_fraction, "differential": _differential,
    "applied": _applied, "function": _function, "state": _state, "bracket": _bracket,
    "dyad": _dyad, "expectation": _expectation, "element": _element, "bold": _bold,
    "words": _words, "matrix": _matrix, "entries": _entries, "pauli": _pauli,
    "diagonal": _diagonal,
}  # fmt: skip
"""By the name behind `physics:`."""
