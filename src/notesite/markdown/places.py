"""Where inline content stands in its file.

markdown-it hands inline rules a block's content without the indentation and the `> ` of its
container, and says only which lines the block takes. The way back: each line of the content is
found again in the line of the file that it came from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from notesite.diagnostics import diagnose
from notesite.languages import catalogue
from notesite.spans import Origin

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    from notesite.languages import Catalogue
    from notesite.spans import Span

    InlineRule = Callable[[StateInline, bool], bool]

IN_HEADING = "notesite_in_heading"
"""The key of an inline token's `meta` that says that it is a heading."""
BLOCK = "notesite_block"
"""The key of a parser's `env` that holds the inline token whose content is being read."""

LINES = "notesite_lines"
"""The key of a parser's `env` that holds the lines of the file."""

FILE = "notesite_file"
"""The key of a parser's `env` that holds the name of the file, for diagnostics."""

IN_LINE = "notesite_in_line"
"""The key of an inline token's `meta` that says no block can break its line."""

PROBLEMS = "notesite_problems"
"""The key of a parser's `env` that holds the list of diagnostics of the parse."""

SPAN = "notesite_span"
"""The key of an inline token's `meta` that says where its markup stands in the file."""

WORDS = "notesite_words"
"""The key of a parser's `env` that holds the strings of the note's language."""

_ORIGIN = "notesite_origin"


def words(env: Mapping[str, Any]) -> Catalogue:
    """The strings of the language of the note that is being parsed or rendered."""
    found: Catalogue | None = env.get(WORDS)
    return found or catalogue("en")


def content_origin(token: Token, lines: Sequence[str]) -> Origin:
    """The origin of the content of an inline `token` of a file with these `lines`."""
    known = token.meta.get(_ORIGIN)
    if known is None:
        known = token.meta[_ORIGIN] = _find_origin(token, lines)
    origin: Origin = known
    return origin


def _find_origin(token: Token, lines: Sequence[str]) -> Origin:
    first = token.map[0] if token.map else 0
    column = token.meta.get("notesite_column", 0)
    runs = []
    offset = 0
    for index, piece in enumerate(token.content.split("\n")):
        number = first + index
        line = lines[number] if number < len(lines) else ""
        runs.append((offset, number + 1, _find_column(line, piece, column) + 1))
        offset += len(piece) + 1
        column = 0
    return Origin(tuple(runs))


def _find_column(line: str, piece: str, start: int) -> int:
    bare = line.rstrip()
    if not start and bare.endswith(piece):
        return len(bare) - len(piece)
    found = line.find(piece, start)
    if found < 0:
        # A table cell whose `\\|` became `|`, or a tab that became blanks: the first words will do.
        found = line.find(piece[:8].rstrip("|"), start)
    return max(found, 0)


def inline_origin(state: StateInline, offset: int, raw: str) -> Origin:
    """The origin of the text `raw` that an inline rule reads at `offset` of its `state`."""
    block: Token | None = state.env.get(BLOCK)
    if block is None:
        return Origin.at(1, 1)
    origin = content_origin(block, state.env.get(LINES, ()))
    if state.src != block.content:
        # An inner parse, such as an inline footnote's, reads a part of the block.
        offset = max(block.content.find(raw), 0)
    return origin.shifted(offset)


def report(env: object, code: str, message: str, span: Span | None, *hints: str) -> None:
    """Add a diagnostic of the file being parsed to the parser's `env`.

    Once only: a rule of blocks may look at a line more than once.
    """
    assert isinstance(env, dict)
    problem = diagnose(code, message, env.get(FILE, ""), span, hints=hints)
    problems = env.setdefault(PROBLEMS, [])
    if problem not in problems[-10:]:
        problems.append(problem)


def located(rule: InlineRule) -> InlineRule:
    """The inline `rule`, its first new token marked with the place of all that the rule read."""

    def locating(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            raw = state.src[start : state.pos]
            # Text that was pending may have become a token of its own first.
            token = next((t for t in state.tokens[before:] if t.type != "text"), None)
            if token is not None:
                token.meta[SPAN] = inline_origin(state, start, raw).span(0, len(raw))
        return True

    return locating
