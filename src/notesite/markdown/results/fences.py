"""Fences of colons: `::: theorem "Riesz" {#thm-riesz}` … `:::`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.token import Token

from notesite.markdown.box_types import BOX_TYPES
from notesite.markdown.fence_lines import Line, line_of
from notesite.markdown.places import COLUMN, report
from notesite.markdown.results.attributes import Info, read_info, read_option
from notesite.markdown.results.fence_ends import FENCE, RESTATE, fence_end
from notesite.markdown.results.tokens import (
    Written,
    fold_of,
    named_kind,
    restate_token,
    result_closing,
    result_opening,
    settings,
)
from notesite.patterns import pattern
from notesite.spans import Span
from notesite.text import did_you_mean, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

    from notesite.kinds import Kind, Kinds

_HEADING = pattern(r"#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_ATTRIBUTES = "there are #label .unnumbered .fold name= number= of= display="
_OPEN_RESTATE = "notesite_open_restate"
"""In the parser's `env`: whether the last `restate` had no closing line."""
_OPEN_BRACES = pattern(r"\{\s*[#.][\w:-][^{}$]*$")


def fences_plugin(md: MarkdownIt) -> None:
    """Add the rule to `md`."""
    alternatives = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("fence", "result_fence", _fence, alternatives)  # type: ignore[arg-type]


def _fence(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    if not state.src.startswith(":::", state.bMarks[start_line] + state.tShift[start_line]):
        return False
    line = line_of(state, start_line)
    found = FENCE.match(line.text)
    if found is None or state.is_code_block(start_line):
        return False
    if not found[2]:
        # Behind text, too, it would be text: what it interrupts ends, and it is looked at again.
        if not silent:
            message = "':::' closes nothing that was opened"
            span = Span.at(start_line + 1, line.column, 3)
            report(state.env, "fence-stray", message, span, *_hints_of_stray(state))
        return silent
    restated = RESTATE.fullmatch(found[2])
    if restated:
        return silent or _restate(state, line, restated[1], end_line)
    info = read_info(found[2])
    if info is not None and not silent:
        info.offset += line.column + found.start(2)
        push_result(state, line, info, *fence_end(state, line, end_line))
    return info is not None


def _restate(state: StateBlock, line: Line, text: str, end_line: int) -> bool:
    """A fence without content, which needs no closing but may have one."""
    span = line.span
    token = restate_token(text, span)
    if token is None:
        return False
    token.map = [line.number, line.number + 1]
    token.level = state.level
    state.tokens.append(token)
    following = line.number + 1
    while following < end_line and state.isEmpty(following):
        following += 1
    closes = following < end_line and re.fullmatch(r":{3,}\s*", line_of(state, following).text)
    state.line = following + 1 if closes else line.number + 1
    state.env[_OPEN_RESTATE] = not closes
    return True


def _hints_of_stray(state: StateBlock) -> tuple[str, ...]:
    if not state.env.pop(_OPEN_RESTATE, False):
        return ()
    return ("'restate' takes no text of its own: its ':::' comes right behind it, if at all",)


def push_result(state: StateBlock, line: Line, info: Info, close: int, after: int) -> None:
    """Read what `info` says of a fence, and its content up to the line `close`."""
    first = _read_options(state, info, line.number + 1, close)
    if not info.kind and _kind(settings(state.env).kinds, info, state.env) is not None:
        first = take_heading(state, info, first, close)
    push_within(state, line, info, (first, close), after)


def push_within(
    state: StateBlock, line: Line, info: Info, content: tuple[int, int], after: int
) -> None:
    """Push what a fence is, with the lines from the first of `content` to before the second."""
    opening, closing = _parts(state, line, info, after)
    push_around(state, opening, closing, *content)
    state.line = after


def take_heading(state: StateBlock, info: Info, first: int, close: int) -> int:
    """Take the heading that the content begins with for the name, as Quarto does.

    The first line of what is left of the content, all of it where there is a name.
    """
    for number in range(first, first if info.name else close):
        if state.isEmpty(number):
            continue
        found = _HEADING.match(line_of(state, number).text)
        if found is None:
            break
        info.name, info.name_line = found[1], number
        return number + 1
    return first


def push_around(
    state: StateBlock, opening: list[Token], closing: list[Token], first: int, close: int
) -> None:
    """Push tokens with the lines from `first` to before `close` as blocks between them."""
    push_tokens(state, opening)
    _read_content(state, first, close)
    push_tokens(state, closing)


def _parts(
    state: StateBlock, line: Line, info: Info, after: int
) -> tuple[list[Token], list[Token]]:
    """The tokens that open and those that close what the fence holds."""
    kinds = settings(state.env).kinds
    kind = _kind(kinds, info, state.env)
    if kind is None:
        return _other(state, line, info, kinds)
    _check_closed(state, line, info.name)
    report_unknown(state, line, info, _ATTRIBUTES)
    name, of = info.name, info.of
    if info.is_directive and kind.id == "solution" and name and not of:
        # MyST's solutions are given the label of their exercise.
        name, of = "", name
    fold = fold_of(kind, info.fold, state.env)
    written = Written(
        kind, name, info.label, info.number, of, fold, info.display,
        tuple(each for each in info.classes if kinds.named(each) is None),
        span=_span(line, f"#{info.label}" if info.label else ""),
    )  # fmt: skip
    opening = result_opening(written, (line.number, after))
    if info.name_line:
        opening[2].map = [info.name_line, info.name_line + 1]
    at = line.text.find(f"of={info.of}") if info.of else -1
    if at >= 0:
        # What a proof proves is read as a reference, which stands there.
        opening[2].meta[COLUMN] = line.column - 1 + at
    return opening, result_closing(written)


def report_unknown(state: StateBlock, line: Line, info: Info, hint: str) -> None:
    """Report the attributes of a fence that mean nothing; `hint` tells those that do."""
    for word in info.unknown:
        message = f"'{word}' means nothing here"
        span = Span.at(line.number + 1, line.column + max(line.text.find(word), 0), len(word))
        report(state.env, "fence-attribute", message, span, hint)


def _span(line: Line, part: str) -> Span:
    """Where `part` stands in the line; the whole of it where that is empty or not there."""
    at = line.text.find(part) if part else -1
    if at < 0:
        return line.span
    return Span.at(line.number + 1, line.column + at, len(part))


def _check_closed(state: StateBlock, line: Line, name: str) -> None:
    """Report attributes or a name that nothing closes: both were read as a name."""
    found = _OPEN_BRACES.search(line.text)
    if found:
        span = Span.at(line.number + 1, line.column + found.start(), len(found[0]))
        message = "these attributes are never closed"
        report(state.env, "fence-attribute", message, span, "put '}' behind them")
    elif name.count('"') == 1 and name.startswith('"'):
        message = "the quotation mark before this name is never closed"
        report(
            state.env, "fence-attribute", message, _span(line, name), "put another mark behind it"
        )


def _kind(kinds: Kinds, info: Info, env: Mapping[str, Any]) -> Kind | None:
    """The kind that the line names: by a word, by a class, or by the beginning of the label."""
    if info.kind:
        return named_kind(info.kind, env)
    by_class = (kind for kind in map(kinds.named, info.classes) if kind is not None)
    return next(by_class, None) or kinds.of_label(info.label)


def _other(
    state: StateBlock, line: Line, info: Info, kinds: Kinds
) -> tuple[list[Token], list[Token]]:
    """A plain division with classes, as in pandoc; an unknown kind is reported."""
    slip = next((name for name in info.classes if nearest(name, kinds.names)), "")
    wanted = info.kind or slip
    if wanted:
        message = f"there is no kind of result or box '{wanted}'"
        names = (*kinds.names, *sorted(BOX_TYPES))
        hints = did_you_mean(wanted, names) or (f"kinds: {', '.join(kinds.names)}",)
        if wanted == "restate":
            message = "'restate' without the label of a result"
            hints = ("write '::: restate thm-x'",)
        span = Span.at(line.number + 1, info.offset, len(wanted))
        report(state.env, "fence-kind-unknown", message, span, *hints)
    opening = Token("division_open", "div", 1, block=True)
    opening.attrs = {"class": " ".join(info.classes)} if info.classes else {}
    if info.label:
        opening.attrs["id"] = info.label
    return [opening], [Token("division_close", "div", -1, block=True)]


def push_tokens(state: StateBlock, tokens: list[Token]) -> None:
    """Push tokens, each with the level it is at; they may open blocks and close them."""
    for token in tokens:
        if token.nesting < 0:
            state.level -= 1
        token.level = state.level
        if token.nesting > 0:
            state.level += 1
        state.tokens.append(token)


def _read_options(state: StateBlock, info: Info, first: int, close: int) -> int:
    """Read MyST's option lines; the first line of the content."""
    while first < close and read_option(info, line_of(state, first).text):
        first += 1
    return first


def _read_content(state: StateBlock, first: int, close: int) -> None:
    """Read the lines between the fences as blocks."""
    parent, maximum = state.parentType, state.lineMax
    state.parentType = "root"
    state.lineMax = close
    state.md.block.tokenize(state, first, close)
    state.parentType, state.lineMax = parent, maximum
