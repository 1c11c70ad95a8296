"""Where fences of colons end.

A line of colons alone closes the fence that was opened last; where its length is that of an outer
fence and not of the inner ones, it closes the outer one and the inner ones are unclosed (so that
both pandoc's nesting, by counting, and MyST's, by longer fences, are read).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.markdown.fence_lines import line_of
from notesite.markdown.places import report
from notesite.markdown.results.attributes import read_info
from notesite.patterns import pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from markdown_it.rules_block import StateBlock

    from notesite.markdown.fence_lines import Line

FENCE = pattern(r"(:{3,})[ \t]*(.*?)[ \t]*$")
"""A line of colons, and what stands behind them."""
RESTATE = pattern(r"(?:\{?restate\}?)\s+(.+)")
"""What opens a fence that shows another result again, which needs no closing."""
_CODE = pattern(r"(`{3,})[^`]*$|(~{3,})")
_HEADING = pattern(r"#{1,6}(?:[ \t]|$)")
_PAIRS = "notesite_fences"


def fence_end(state: StateBlock, line: Line, end_line: int) -> tuple[int, int]:
    """Where the content of the fence opened at `line` ends, and the line behind the whole.

    One that is never closed is reported, and ends with its section.
    """
    close = _closing_line(state, line, end_line)
    if close is not None:
        return close, close + 1
    span = line.span
    message = "this fence is never closed"
    hint = "put ':::' on a line of its own behind its content"
    report(state.env, "fence-unclosed", message, span, hint)
    close = _end_of_section(state, line.number + 1, end_line)
    return close, close


def _closing_line(state: StateBlock, line: Line, end_line: int) -> int | None:
    """The number of the line that closes the fence opened at `line`."""
    pairs: dict[int, int | None] = state.env.setdefault(_PAIRS, {})
    if line.number not in pairs:
        pairs |= _pairs(state, line.number, end_line)
    close = pairs[line.number]
    return close if close is not None and close < end_line else None


def _pairs(state: StateBlock, start: int, end_line: int) -> dict[int, int | None]:
    """The closing lines of all fences that are opened from `start` on in this container.

    The whole is read once, so that many fences without an end cost no more than one.
    """
    pairs: dict[int, int | None] = {}
    stack: list[tuple[int, int]] = []
    is_behind_restate = False
    for number, text in _texts_without_code(state, start, end_line):
        colons = FENCE.match(text) if text.startswith(":::") else None
        if colons and not colons[2] and not is_behind_restate:
            _close(stack, len(colons[1]), number, pairs)
        is_restate = bool(colons and RESTATE.fullmatch(colons[2]))
        if colons and colons[2] and not is_restate and read_info(colons[2]) is not None:
            stack.append((number, len(colons[1])))
        is_behind_restate = is_restate or (is_behind_restate and not text.strip())
    return pairs | {number: None for number, _ in stack}


def _texts_without_code(state: StateBlock, start: int, end_line: int) -> Iterator[tuple[int, str]]:
    """The lines of the container, those of fenced code left out."""
    code = ""
    for number in range(start, end_line):
        if state.sCount[number] < state.blkIndent and not state.isEmpty(number):
            return
        text = line_of(state, number).text
        fence = _CODE.match(text)
        if code or fence:
            code = _code_after(code, fence, text)
        else:
            yield number, text


def _code_after(code: str, fence: re.Match[str] | None, text: str) -> str:
    """The marks of the block of code that the next line is in, or empty."""
    if not code:
        return (fence[1] or fence[2]) if fence else ""
    bare = text.rstrip()
    return "" if bare and set(bare) == {code[0]} and len(bare) >= len(code) else code


def _close(
    stack: list[tuple[int, int]], length: int, number: int, pairs: dict[int, int | None]
) -> None:
    lengths = [each for _, each in stack]
    if length in lengths and length > lengths[-1]:
        while stack[-1][1] != length:
            pairs[stack.pop()[0]] = None
    if stack:
        pairs[stack.pop()[0]] = number


def _end_of_section(state: StateBlock, first: int, end_line: int) -> int:
    """Where a fence that is never closed had best end: before the next heading."""
    for number in range(first, end_line):
        outside = state.sCount[number] < state.blkIndent and not state.isEmpty(number)
        if outside or _HEADING.match(line_of(state, number).text):
            return number
    return end_line
