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
from notesite.math.tex import MissingArgumentError, TokenStream, UnclosedGroupError, tokenize
from notesite.spans import Span
from notesite.text import did_you_mean

if TYPE_CHECKING:
    from notesite.math.scope import Scope
    from notesite.math.tex import Token
    from notesite.math.values import Preamble

_DEFINITIONS = tuple(f"\\{name}" for name in sorted(DEFINING))
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
        if token.name not in DEFINING:
            hints = () if token.name in _KNOWN else did_you_mean(token.text, _DEFINITIONS)
            if hints and token.name:
                message = f"'{token.text}' defines nothing"
                problems.append(
                    diagnose("math-macro", message, preamble.file, span_of(token), hints=hints)
                )
            continue
        try:
            scope.define(token.name, read_definition(stream, token.name), locate(token))
        except (MacroError, MissingArgumentError, UnclosedGroupError) as error:
            message = str(error) if isinstance(error, MacroError) else ""
            message = message or f"this '{token.text}' is not complete"
            problems.append(diagnose("math-macro", message, preamble.file, span_of(token)))
    for name, meaning, _ in documented(preamble.text):
        if name in scope.macros:
            scope.describe(name, meaning)
    return tuple(problems)
