"""Where inline content stands in its file.

markdown-it hands inline rules a block's content without the indentation and the `> ` of its
container, and says only which lines the block takes. The way back: each line of the content is
found again in the line of the file that it came from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from notesite.diagnostics import diagnose
from notesite.languages import catalogue
from notesite.spans import Origin, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    from notesite.languages import Catalogue

    InlineRule = Callable[[StateInline, bool], bool]

IN_HEADING = "notesite_in_heading"
"""The key of an inline token's `meta` that says that it is a heading."""
BLOCK = "notesite_block"
"""The key of a parser's `env` that holds the inline token whose content is being read."""

LINES = "notesite_lines"
"""The key of a parser's `env` that holds the lines of the file."""

FILE = "notesite_file"
"""The key of a parser's `env` that holds the name of the file, for diagnostics."""

COLUMN = "notesite_column"
"""The key of an inline token's `meta` that says at which offset of its line to look for it."""

CELL = "notesite_cell"
"""The key of an inline token's `meta` that says at which offset of its line a cell begins."""

IN_LINE = "notesite_in_line"
"""The key of an inline token's `meta` that says no block can break its line."""

PROBLEMS = "notesite_problems"
"""The key of a parser's `env` that holds the list of diagnostics of the parse."""

SPAN = "notesite_span"
"""The key of an inline token's `meta` that says where its markup stands in the file."""

WORDS = "notesite_words"
"""The key of a parser's `env` that holds the strings of the note's language."""

_COMMENTS_SEEN = "notesite_comments_seen"

COMMENT_MARK = "%%"
"""What begins and ends a comment."""

COMMENTS = "notesite_comments"
"""The key of a parser's `env` that holds the spans of the comments met so far, None for lost ones.

The published Markdown of a note is its source without them, so that a span must be certain.
"""

WHOLE = "notesite_whole"
"""The key of an inline token's `meta` that holds the content of the paragraph it is a piece of."""

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


def fence_origin(token: Token, lines: Sequence[str]) -> Origin:
    """The origin of the content of a fenced block, which begins below its opening."""
    return _find_origin(token, lines, below=1)


def _find_origin(token: Token, lines: Sequence[str], below: int = 0) -> Origin:
    first = token.map[0] + below if token.map else 0
    column = token.meta.get(COLUMN, 0)
    cell = token.meta.get(CELL)
    runs = []
    offset = 0
    content = token.meta.get(WHOLE, token.content)
    for index, piece in enumerate(content.split("\n")):
        number = first + index
        line = lines[number] if number < len(lines) else ""
        start = _find_column(line, piece, column) if cell is None else cell
        runs.append((offset, number + 1, start + 1))
        if "|" in piece and not line.startswith(piece, start):
            runs.extend(
                (offset + at, number + 1, place + 1) for at, place in _pipes(line, piece, start)
            )
        offset += len(piece) + 1
        column = 0
    return Origin(tuple(runs))


def _find_column(line: str, piece: str, start: int) -> int:
    bare = line.rstrip()
    if not start and bare.endswith(piece):
        return len(bare) - len(piece)
    found = line.find(piece, start)
    if found < 0:
        # A tab that became blanks: the first words will do.
        found = line.find(piece[:8], start)
    return found if found >= 0 else start


def _pipes(line: str, piece: str, start: int) -> Iterator[tuple[int, int]]:
    r"""Where the pipes of a table's cell, written `\|`, stand in the cell and in its line."""
    place = start
    for at, character in enumerate(piece):
        if character == "|" and line.startswith("\\|", place):
            place += 1
            yield at, place
        place += 1


def inline_origin(state: StateInline, offset: int, raw: str) -> Origin:
    """The origin of the text `raw` that an inline rule reads at `offset` of its `state`."""
    block: Token | None = state.env.get(BLOCK)
    if block is None:
        return Origin.at(1, 1)
    origin = content_origin(block, state.env.get(LINES, ()))
    if state.src != block.content:
        # An inner parse, such as an inline footnote's, reads a part of the block.
        part = block.content.find(state.src)
        offset = part + offset if part >= 0 else max(block.content.find(raw), 0)
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


def note_comment(env: object, span: Span, raw: str = "") -> None:
    """Remember that a comment stands at `span`, whose text is `raw` where it is on one line.

    One that is not found there is remembered as lost.
    """
    assert isinstance(env, dict)
    known: list[Span | None] = env.setdefault(COMMENTS, [])
    lines: Sequence[str] = env.get(LINES, ())
    number = span.start.line
    line = lines[number - 1] if number <= len(lines) else ""
    if raw and not line.startswith(raw, span.start.column - 1) and line.count(raw) == 1:
        # A cell whose `\\|` became `|` stands further on in the file than one would think.
        span = Span.at(number, line.index(raw) + 1, len(raw))
    is_there = line.startswith(raw or COMMENT_MARK, span.start.column - 1)
    # Two comments of the same words may be taken for one.
    seen: set[Span] = env.setdefault(_COMMENTS_SEEN, set())
    known.append(span if is_there and span not in seen else None)
    seen.add(span)


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
