"""Callouts: block quotes that begin with `[!type]`, and theorem-like ones among them.

Obsidian's rule: `> [!type]± title`, the type in any case, `+` or `-` for one that folds, the title
inline Markdown or the type's name. A kind of the theorem plugin (`thm`, `definition`, `proof`, …)
becomes a result instead of a box: `[!thm|*]` has no number, `[!thm|A.1]` that one; `[!restate]`
shows another result again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from notesite.markdown.box_types import BOX_TYPES, look_of
from notesite.markdown.places import IN_LINE, LINES, report, words
from notesite.markdown.results.callout_titles import read_title
from notesite.markdown.results.tokens import (
    Written,
    block_token,
    closing_index,
    fold_of,
    named_kind,
    restate_token,
    result_closing,
    result_opening,
    set_levels,
    settings,
)
from notesite.spans import Span
from notesite.text import is_slip

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

    from notesite.kinds import Kind
    from notesite.languages import Catalogue
    from notesite.markdown.fence_lines import Line

_HEAD = re.compile(r"\[!([\w-]+)(?:\|([^\]\n]*))?\]([+-]?)[ \t]*([^\n]*)(?:\n|$)")
_OPEN_HEAD = re.compile(r"\[![ \t]*([A-Za-z][\w-]*)[ \t]*[\]})]?")
_LABEL = re.compile(r"[ \t]*%%[ \t]*label[ \t]*:")
_LEAST_SLIP = 5
"""Letters of a type that may be a slip: shorter ones are a letter away from too much."""
_HEAD_ALONE = 4
"""How far from its opening a callout that is but one paragraph is closed."""


def callouts_plugin(md: MarkdownIt) -> None:
    """Add the rule to `md`: it rewrites block quotes between block and inline parsing."""
    md.core.ruler.after("block", "callouts", _rewrite)


def _rewrite(state: StateCore) -> None:
    if "[!" not in state.src:
        return
    tokens = state.tokens
    closings: dict[int, list[Token]] = {}
    rewritten: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        head = _head(tokens, index) if token.type == "blockquote_open" else None
        restated = _restated(head, tokens, index, state.env) if head else None
        if restated:
            rewritten.append(restated)
            index = closing_index(tokens, index)
        elif head:
            opening, closing = _parts(head, tokens, index, state.env)
            set_levels(opening, closing, token.level)
            closings[closing_index(tokens, index)] = closing
            rewritten.extend(opening)
            index = _drop_head(tokens, index, head)
            continue
        else:
            if token.type == "blockquote_open":
                _check_brackets(tokens, index, state.env)
            rewritten.extend(closings.get(index, (token,)))
        index += 1
    state.tokens = rewritten


def _head(tokens: list[Token], index: int) -> re.Match[str] | None:
    return _HEAD.match(_first_text(tokens, index))


def _first_text(tokens: list[Token], index: int) -> str:
    """The text of the paragraph that a quote begins with; empty where it begins otherwise."""
    following = tokens[index + 1 : index + 3]
    is_text = len(following) == 2 and following[0].type == "paragraph_open"
    return following[1].content if is_text else ""


def _check_brackets(tokens: list[Token], index: int, env: Mapping[str, Any]) -> None:
    """Report a quote that begins as a callout does, of a type that there is, and is none."""
    found = _OPEN_HEAD.match(_first_text(tokens, index))
    if found and (found[1].lower() in BOX_TYPES or named_kind(found[1], env)):
        span = _span(found, tokens[index], env)
        message = f"'{found[0].rstrip()}' opens no callout"
        report(env, "callout-kind-misspelt", message, span, f"write '[!{found[1]}]'")


def _drop_head(tokens: list[Token], index: int, head: re.Match[str]) -> int:
    """Take the title line from the first paragraph; the index of the first token to keep."""
    inline = tokens[index + 2]
    rest = inline.content[head.end() :]
    if not rest:
        return index + 4
    first, last = inline.map or [0, 0]
    tokens[index + 1].map = inline.map = [first + 1, last]
    inline.content = rest
    return index + 1


def result_kind(name: str, metadata: str | None, env: Mapping[str, Any]) -> Kind | None:
    """The kind of result that a callout of that type is, if it is one.

    `[!example]` is also a box of Obsidian's, and a result only if something says so.
    """
    is_example = name.lower() == "example" and not metadata
    if is_example and not settings(env).config.example_callouts:
        return None
    return named_kind(name, env)


def _is_labelled(quote: Token, env: Mapping[str, Any]) -> bool:
    """Whether a callout itself, not one within it, has a label in a comment."""
    first, last = quote.map or (0, 0)
    lines = env.get(LINES, ())[first:last]
    marks = lines[0].partition("[!")[0].rstrip() if lines else ""
    return any(_LABEL.match(line.removeprefix(marks)) for line in lines)


def _parts(
    head: re.Match[str], tokens: list[Token], index: int, env: Mapping[str, Any]
) -> tuple[list[Token], list[Token]]:
    """The tokens that open the callout, title and all, and those that close it."""
    kind = result_kind(head[1], head[2], env)
    if kind is None and head[1].lower() == "example" and _is_labelled(tokens[index], env):
        kind = named_kind(head[1], env)
    if kind is not None:
        return _result(kind, head, tokens[index], env)
    _check_type(head, tokens[index], env)
    opening, closing = box(head[1].lower(), head[4].strip(), head[3], tokens[index + 2].map, env)
    if head[2]:
        opening[0].attrs["data-callout-metadata"] = head[2]
    return opening, closing


def _check_type(head: re.Match[str], quote: Token, env: Mapping[str, Any]) -> None:
    """Report a type that differs by a slip from a kind of result; any other may be the vault's."""
    name = head[1].lower()
    if name in BOX_TYPES or len(name) < _LEAST_SLIP:
        return
    meant = next((each for each in settings(env).kinds.names if is_slip(name, each)), None)
    # A vault may well have a type for several of a kind.
    if meant and name != f"{meant}s":
        line = _span(head, quote, env).start
        span = Span.at(line.line, line.column + len("[!"), len(name))
        message = f"there is no kind of result or callout '{head[1]}'"
        report(env, "callout-kind-misspelt", message, span, f"did you mean '{meant}'?")


def box(
    name: str, title: str, fold: str, place: list[int] | None, env: Mapping[str, Any]
) -> tuple[list[Token], list[Token]]:
    """The tokens that open and close a box of that type; `place` are the lines of its head.

    `fold` is `-` for a closed one, `+` for an open one that folds, or empty.
    """
    tag = "details" if fold else "aside"
    outer = block_token("callout_open", tag, 1)
    outer.attrs = {"class": f"callout callout-{look_of(name)}"}
    outer.attrs["data-callout"] = name
    if fold == "+":
        outer.attrs["open"] = ""
    body = block_token("callout_body_open", "div", 1)
    body.attrs = {"class": "callout-body"}
    kind = _own_title(name, words(env))
    head = _title(title or kind, "summary" if fold else "p", place)
    if title and title != kind:
        head[0].meta = {"kind": kind}
    opening = [outer, *head, body]
    return opening, [
        block_token("callout_body_close", "div", -1),
        block_token("callout_close", tag, -1),
    ]


def box_or_result(
    env: Mapping[str, Any], name: str, fold: str, head: tuple[Line, str], lines: tuple[Line, int]
) -> tuple[list[Token], list[Token]]:
    """The tokens that open and close what a callout of that type would be.

    `head` is the title, with its line; `lines` are the first of the whole and the number of the one
    behind it; `fold` is as for `box`.
    """
    (line, after), (title_line, title) = lines, head
    place = [title_line.number, title_line.number + 1]
    kind = result_kind(name, None, env)
    if kind is None:
        opening, closing = box(name.lower(), title, fold, place, env)
        opening[0].map = [line.number, after]
        return opening, closing
    kind, number, title = read_title(kind, None, title, env)
    span = line.span
    written = Written(kind, title, number=number, fold=fold_of(kind, fold, env), span=span)
    opening = result_opening(written, (line.number, after))
    opening[2].map = place
    return opening, result_closing(written)


def _result(
    kind: Kind, head: re.Match[str], quote: Token, env: Mapping[str, Any]
) -> tuple[list[Token], list[Token]]:
    """The tokens that open and close a result."""
    kind, number, name = read_title(kind, head[2], head[4], env)
    fold = fold_of(kind, head[3], env)
    written = Written(kind, name, number=number, fold=fold, span=_span(head, quote, env))
    first, last = quote.map or (0, 0)
    return result_opening(written, (first, last)), result_closing(written)


def _restated(
    head: re.Match[str], tokens: list[Token], index: int, env: MutableMapping[str, Any]
) -> Token | None:
    """The token of a `[!restate]`, whose text is left out; None for any other callout."""
    if head[1].lower() != "restate":
        return None
    quote = tokens[index]
    span = _span(head, quote, env)
    token = restate_token(head[4], span)
    if token is None:
        report(env, "label-unknown", "'[!restate]' without the label of a result", span)
    else:
        token.map, token.level = quote.map, quote.level
        has_more = closing_index(tokens, index) > index + _HEAD_ALONE
        if has_more or tokens[index + 2].content[head.end() :].strip():
            message = "what stands in this callout besides the label is left out"
            report(env, "restate-text", message, span, "put it behind the callout")
    return token


def _span(head: re.Match[str], quote: Token, env: Mapping[str, Any]) -> Span:
    """Where the head of a callout stands in its file."""
    first = (quote.map or [0])[0]
    lines = env.get(LINES, ())
    column = lines[first].find("[!") + 1 if first < len(lines) else 1
    return Span.at(first + 1, max(column, 1), len(head[0].rstrip()))


def _own_title(name: str, strings: Catalogue) -> str:
    """What a callout without a title is called."""
    key = f"callout.{name}"
    return strings.text(key) if strings.has(key) else name.replace("-", " ").capitalize()


def _title(title: str, tag: str, place: list[int] | None) -> list[Token]:
    opening = block_token("callout_title_open", tag, 1)
    opening.attrs = {"class": "callout-title"}
    content = block_token("inline", "", 0)
    content.content = title
    content.children = []
    content.map = [place[0], place[0] + 1] if place else None
    content.meta = {IN_LINE: True}
    return [opening, content, block_token("callout_title_close", tag, -1)]
