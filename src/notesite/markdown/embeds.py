"""Embeds and block ids: `![[note#Heading]]` alone in its paragraph, `^id` behind a block.

The rules are Obsidian's (help pages "Embed files" and "Internal links", section on blocks): an id
stands at the end of a paragraph or a list item, or in a line of its own behind any other block.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from markdown_it.token import Token

from notesite.markdown.places import LINES, report
from notesite.markdown.results.tokens import closing_index
from notesite.markdown.wikilinks import FILES
from notesite.model import Reference, ReferenceKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

_QUOTES = frozenset({"blockquote_open", "callout_open", "result_open"})
_TITLES = frozenset({"callout_title_open", "result_title_open"})
_HOLDERS = _TITLES | {"paragraph_open", "heading_open"}
"""What an id may stand at the end of."""
_BLOCK_ID = re.compile(r"(?:^|\s)\^([A-Za-z0-9-]+)$")

_OBSIDIAN_ONLY = (".canvas", ".base")


def embeds_plugin(md: MarkdownIt) -> None:
    """Add the rules to `md`, after the inline ones."""
    md.core.ruler.after("inline", "embeds", _place_embeds)
    md.core.ruler.after("inline", "block_ids", _read_block_ids)


def _place_embeds(state: StateCore) -> None:
    """Makes a lone embed a block; one among words becomes a link, as a line cannot hold blocks."""
    if not any(child.type == "embed" for token in state.tokens for child in token.children or ()):
        return
    tokens: list[Token] = []
    index = 0
    while index < len(state.tokens):
        token = state.tokens[index]
        embed = _lone_embed(state.tokens, index)
        if embed is not None:
            embed.block = True
            embed.map, embed.level = token.map, token.level
            tokens.append(embed)
            index += 3
            continue
        if token.type == "inline" and any(c.type == "embed" for c in token.children or ()):
            token.children = [
                part for child in token.children or () for part in _as_link(state, child)
            ]
        tokens.append(token)
        index += 1
    state.tokens = tokens


def _lone_embed(tokens: list[Token], index: int) -> Token | None:
    if tokens[index].type != "paragraph_open":
        return None
    children = [
        child
        for child in tokens[index + 1].children or ()
        if child.type == "embed" or child.content.strip() or child.nesting
    ]
    is_lone = len(children) == 1 and children[0].type == "embed"
    return children[0] if is_lone else None


def _as_link(state: StateCore, token: Token) -> list[Token]:
    if token.type != "embed":
        return [token]
    reference: Reference = token.meta["reference"]
    # Of what Obsidian alone opens, linking says that it has no page.
    if not (reference.text or "").endswith(_OBSIDIAN_ONLY):
        message = f"'{reference.text}' is embedded in a line; it is shown as a link"
        report(state.env, "embed-in-line", message, reference.span)
    extension = reference.target.rpartition(".")[2].lower()
    kind = ReferenceKind.FILE if extension in FILES else ReferenceKind.NOTE
    opening = Token("link_open", "a", 1)
    opening.meta = {"reference": replace(reference, kind=kind, attributes=())}
    return [opening, Token("link_close", "a", -1)]


def _read_block_ids(state: StateCore) -> None:
    """Takes ids out of the text and marks the blocks that they name."""
    tokens = state.tokens
    index = 0
    while index < len(tokens):
        name, is_alone = _block_id(tokens, index)
        start = _sibling_before(tokens, index - 2) if is_alone else None
        if start is not None:
            del tokens[index - 1 : index + 2]
            _mark(tokens, start, index - 1, name)
        elif name and tokens[index - 1].type in _TITLES:
            # In the title of a callout, or of a result, it names the whole.
            _take_id(tokens[index])
            opening = index - 2
            _mark(tokens, opening, closing_index(tokens, opening) + 1, name)
            index += 1
        elif name and (quote := _quote_left(tokens, index, name, state.env)) is not None:
            if is_alone:
                del tokens[index - 1 : index + 2]
                index -= 2
            else:
                _take_id(tokens[index])
            _mark(tokens, quote, closing_index(tokens, quote) + 1, name)
            index += 1
        elif name and not is_alone:
            _take_id(tokens[index])
            first = index >= 2 and tokens[index - 2].type == "list_item_open"
            holder = tokens[index - 2] if first else tokens[index - 1]
            holder.attrs.setdefault("id", f"^{name}")
            _mark(tokens, index - 1, index + 2, name)
            index += 1
        index += 1


def _block_id(tokens: list[Token], index: int) -> tuple[str, bool]:
    """The id at the end of a paragraph, and whether there is nothing else in it."""
    token = tokens[index]
    if token.type != "inline" or not token.children or tokens[index - 1].type not in _HOLDERS:
        return "", False
    last = token.children[-1]
    match = _BLOCK_ID.search(last.content.rstrip()) if last.type == "text" else None
    if match is None:
        return "", False
    return match[1], len(token.children) == 1 and not last.content[: match.start()].strip()


def _quote_left(tokens: list[Token], index: int, name: str, env: Mapping[str, Any]) -> int | None:
    """Where the quote or callout begins that the id behind a paragraph's last line names.

    Such an id stands in a line of its own without the quote's mark. CommonMark takes that line for
    the paragraph's; Obsidian names the quote.
    """
    lines: Sequence[str] = env.get(LINES, ())
    last = (tokens[index].map or (0, 0))[1] - 1
    if not 0 <= last < len(lines) or lines[last].strip() != f"^{name}":
        return None
    depth = 0
    found = None
    for at in range(index, -1, -1):
        token = tokens[at]
        depth += token.nesting
        if depth > 0 and token.nesting > 0:
            depth = 0
            found = at if token.type in _QUOTES else found
            if token.level == 0:
                break
    return found


def _take_id(inline: Token) -> None:
    children = inline.children or []
    children[-1].content = _BLOCK_ID.sub("", children[-1].content.rstrip()).rstrip()
    if not children[-1].content:
        children.pop()
        if children and children[-1].type in {"softbreak", "hardbreak"}:
            children.pop()


def _sibling_before(tokens: list[Token], end: int) -> int | None:
    """Where the block begins whose last token is at `end`; None if there is none."""
    if end < 0 or tokens[end].nesting > 0:
        return None
    if tokens[end].nesting == 0:
        return end
    level = tokens[end].level
    openings = (i for i in range(end - 1, -1, -1) if tokens[i].nesting > 0)
    return next((i for i in openings if tokens[i].level == level), None)


def _mark(tokens: list[Token], start: int, end: int, name: str) -> None:
    """Puts marks around `tokens[start:end]`, and gives the block its id."""
    first = tokens[start]
    if first.type == "math":
        first.meta.setdefault("block_id", name)
    elif first.type != "paragraph_open":
        first.attrs.setdefault("id", f"^{name}")
    for position, target in ((end, "end"), (start, "begin")):
        part = Token("part", "", 0, block=True)
        part.meta = {"reference": Reference(ReferenceKind.PART, target, f"^{name}")}
        tokens.insert(position, part)
