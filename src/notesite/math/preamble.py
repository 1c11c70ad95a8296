r"""A file of definitions that all notes share, such as `preamble.sty`.

People keep one for LaTeX as well, so what only a LaTeX document needs, such as `\usepackage`, is
passed over.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from notesite.diagnostics import Diagnostic, Related, diagnose
from notesite.math.definitions import DEFINING, read_definition
from notesite.math.macros import MacroError
from notesite.math.notation import documented
from notesite.math.tex import (
    MissingArgumentError,
    TokenStream,
    UnclosedGroupError,
    join,
    tokenize,
)
from notesite.spans import Span
from notesite.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

    from notesite.math.scope import Scope
    from notesite.math.tex import Token
    from notesite.math.values import Preamble

_DEFINITIONS = tuple(f"\\{name}" for name in sorted(DEFINING))
_LOADING = frozenset({"require", "usepackage", "RequirePackage"})
_COLORING = frozenset({"definecolor", "colorlet"})
_KNOWN = frozenset({"newtheorem", "theoremstyle", "newlength", "newcounter", "newif", "left"})
"""Commands of LaTeX documents that only look like misspelt definitions."""


def read_preamble(preamble: Preamble, scope: Scope) -> tuple[Diagnostic, ...]:
    """Brings what the file defines into force in `scope`; what is wrong with it is returned."""
    starts = [0]
    for line in preamble.text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)

    def span_of(token: Token) -> Span:
        line = bisect_right(starts, token.start)
        column = token.start - starts[line - 1] + 1
        return Span.at(line, column, len(token.text))

    def locate(token: Token) -> Related:
        return Related("the macro is defined here", preamble.file, span_of(token))

    problems: list[Diagnostic] = []
    stream = TokenStream(tokenize(preamble.text))
    for token in stream:
        message, hints = _read(stream, token, scope, locate)
        if message:
            problems.append(
                diagnose("math-macro", message, preamble.file, span_of(token), hints=hints)
            )
    for name, meaning, _ in documented(preamble.text):
        if name in scope.macros:
            scope.describe(name, meaning)
    return tuple(problems)


def _read(
    stream: TokenStream, token: Token, scope: Scope, locate: Callable[[Token], Related]
) -> tuple[str, tuple[str, ...]]:
    """Heeds one token of the file; a message and hints if something is wrong with it."""
    try:
        if token.name in DEFINING:
            definition = read_definition(stream, token.name)
            scope.define(token.name, definition, locate(token))
        elif token.name in _LOADING:
            _load(stream, scope, locate(token))
        elif token.name in _COLORING:
            from notesite.math.colors import read_color  # noqa: PLC0415 - few preambles do

            scope.define_color(*read_color(stream, token.name, scope.colors))
        elif token.name == "sisetup":
            scope.set_quantity_options(join(stream.argument()))
        elif token.name and token.name not in _KNOWN:
            hints = did_you_mean(token.text, _DEFINITIONS)
            return (f"'{token.text}' defines nothing", hints) if hints else ("", ())
    except (MacroError, MissingArgumentError, UnclosedGroupError) as error:
        message = str(error) if isinstance(error, MacroError) else ""
        return message or f"this '{token.text}' is not complete", ()
    return "", ()


def _load(stream: TokenStream, scope: Scope, place: Related) -> None:
    """Brings into force what the named packages define; of most it is there anyhow."""
    from notesite.math.requiring import adopt_package  # noqa: PLC0415 - as above

    stream.bracketed()
    for name in join(stream.argument()).split(","):
        adopt_package(name.strip(), scope, place)
