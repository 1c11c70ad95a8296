r"""`\mathchoice`, which latex2mathml lacks: the one of its four arguments that the style wants.

The styles are those of the TeXbook, chapter 17: 0 in a display, 1 in a line, 2 in scripts, 3 in
scripts of scripts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.tex import TokenStream, braced, join

if TYPE_CHECKING:
    from notesite.math.tex import Token

_SWITCHES = {"displaystyle": 0, "textstyle": 1, "scriptstyle": 2, "scriptscriptstyle": 3}
_FRACTIONS = {"frac": None, "binom": None, "dfrac": 0, "dbinom": 0, "tfrac": 1, "tbinom": 1}
"""The style of what is divided, None for that around it; its parts are set in the next smaller."""
_TABLES = ("matrix", "array", "cases")
_SMALL_TABLES = frozenset({"smallmatrix", "subarray"})
_SMALLEST = 3


def chosen(tokens: list[Token], style: int) -> list[Token]:
    r"""The tokens, of each `\mathchoice` only what is shown in its place.

    Raises MissingArgumentError or UnclosedGroupError.
    """
    stream = TokenStream(tokens)
    made: list[Token] = []
    for token in stream:
        name = token.name
        if name in _SWITCHES:
            style = _SWITCHES[name]
        if name == "mathchoice":
            choices = [stream.argument() for _ in range(_SMALLEST + 1)]
            made += braced(chosen(choices[style], style), token)
        elif token.text == "{":
            stream.push([token])
            made += braced(chosen(stream.argument(), style), token)
        elif token.text in {"^", "_"}:
            made += [token, *braced(_part(stream, _script(style)), token)]
        elif name in _FRACTIONS:
            whole = _FRACTIONS[name]
            inner = min((style if whole is None else whole) + 1, _SMALLEST)
            made += [
                token,
                *(part for _ in range(2) for part in braced(_part(stream, inner), token)),
            ]
        elif name == "begin":
            made += _environment(token, stream, style)
        else:
            made.append(token)
    return made


def _script(style: int) -> int:
    return _SMALLEST if style > 1 else 2


def _part(stream: TokenStream, style: int) -> list[Token]:
    r"""The next argument; a `\mathchoice` without braces around it takes its own along."""
    argument = stream.argument()
    if [token.name for token in argument] == ["mathchoice"]:
        for _ in range(_SMALLEST + 1):
            argument += braced(stream.argument(), argument[0])
    return chosen(argument, style)


def _environment(begin: Token, stream: TokenStream, style: int) -> list[Token]:
    name = stream.argument()
    written = join(name).strip()
    body: list[Token] = []
    depth = 0
    while (token := stream.pop()) is not None:
        depth += (token.name == "begin") - (token.name == "end")
        if depth < 0:
            stream.push([token])
            break
        body.append(token)
    inner = 0
    if written in _SMALL_TABLES:
        inner = 2
    elif written.rstrip("*").endswith(_TABLES) and written[:1] != "d":
        inner = max(style, 1)
    return [begin, *braced(name, begin), *_cells(body, inner)]


def _cells(body: list[Token], style: int) -> list[Token]:
    """The cells of an environment, each of which begins in its style."""
    made: list[Token] = []
    cell: list[Token] = []
    depth = 0
    for token in body:
        depth += (token.text in {"{", "\\begin"}) - (token.text in {"}", "\\end"})
        if depth == 0 and token.text in {"&", "\\\\"}:
            made += [*chosen(cell, style), token]
            cell = []
        else:
            cell.append(token)
    return made + chosen(cell, style)
