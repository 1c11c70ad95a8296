r"""The LaTeX documents that notes for Obsidian's TikZJax hold: those that draw `tikzcd` alone.

Such a document is `\usepackage{tikz-cd}`, `\begin{document}`, diagrams, `\end{document}`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.definitions import DEFINING, read_definition
from notesite.math.macros import MacroError
from notesite.math.tex import (
    MissingArgumentError,
    TokenStream,
    UnclosedGroupError,
    join,
    tokenize,
)

if TYPE_CHECKING:
    from notesite.math.tex import Token

_WITH_ARGUMENT = frozenset({
    "documentclass", "usepackage", "usetikzlibrary", "tikzcdset", "tikzset", "pagestyle",
    "RequirePackage",
})  # fmt: skip
_SPACES = frozenset({"quad", "qquad"})
_ALONE = frozenset({
    "[", "]", "centering", "small", "large", "Large", "LARGE", "huge", "Huge", "normalsize",
    "footnotesize", "noindent",
})  # fmt: skip
_OUTER = frozenset({"document", "center", "equation*", "displaymath"})
_NAME = "tikzcd"


def diagrams_of(document: str) -> str | None:
    """The diagrams of a document as one formula, each character in its place.

    None if it draws none, or something else besides.
    """
    shown = list(document)
    stream = TokenStream(tokenize(document))
    count = 0
    try:
        for token in stream:
            kind = _kind(token, stream)
            if kind is None:
                return None
            count += kind == _NAME
            if kind == "":
                end = _position(stream, len(document))
                shown[token.start : end] = _blank(document[token.start : end])
    except (MacroError, MissingArgumentError, UnclosedGroupError):
        return None
    return "".join(shown) if count else None


def _kind(token: Token, stream: TokenStream) -> str | None:
    """The name of what begins here, which is taken; empty for what goes; None for other things."""
    name = token.name
    if name in DEFINING:
        read_definition(stream, name)
        return "definition"
    if name in {"begin", "end"}:
        return _environment(name, stream)
    if name in _WITH_ARGUMENT:
        stream.skip_space()
        stream.bracketed()
        stream.argument()
    elif token.is_space or name in _SPACES:
        return "space"
    elif name not in _ALONE and token.text != "$":
        return None
    return ""


def _environment(name: str, stream: TokenStream) -> str | None:
    environment = join(stream.argument()).strip()
    if environment in _OUTER:
        return ""
    if name == "begin" and environment == _NAME and _skip_diagram(stream):
        return _NAME
    return None


def _skip_diagram(stream: TokenStream) -> bool:
    depth = 1
    for token in stream:
        depth += (token.name == "begin") - (token.name == "end")
        if depth == 0:
            return join(stream.argument()).strip() == _NAME
    return False


def _position(stream: TokenStream, end: int) -> int:
    following = stream.peek()
    return end if following is None else following.start


def _blank(text: str) -> str:
    return "".join("\n" if character == "\n" else " " for character in text)
