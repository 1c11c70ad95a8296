"""Headings: levels, anchors, and the title that a note's first heading gives it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from markdown_it.token import Token

from notesite.diagnostics import Related, diagnose
from notesite.markdown.places import FILE, LINES, PROBLEMS, content_origin, report
from notesite.markdown.plain import inline_source, inline_text
from notesite.markdown.references import split_body
from notesite.model import PLAIN, Heading, Title
from notesite.spans import Span
from notesite.text import anchor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererProtocol
    from markdown_it.rules_core import StateCore
    from markdown_it.utils import OptionsDict

    from notesite.model import Body

_ATTRIBUTES = re.compile(r"[ \t]+\{((?:\s*[#.][\w:-]+)+)\s*\}$")
_OPEN_ATTRIBUTES = re.compile(r"[ \t](\{#[\w:-]+)[ \t]*$")
_OPEN_REFERENCE = re.compile("\0[0-9]+\0")
_MOST_BEFORE_TITLE = 3
"""Blocks that may stand before the heading that is a title: tags, a picture, a way back."""
_HIDDEN_IN_TITLES = ("link_open", "link_close", "footnote_ref")


def headings_plugin(md: MarkdownIt) -> None:
    """Add the rule that reads `## Heading {#id .class}` to `md`."""
    md.core.ruler.after("block", "heading_attributes", _read_attributes)


def _read_attributes(state: StateCore) -> None:
    for opening, inline in pairwise(state.tokens):
        if opening.type != "heading_open" or "{" not in inline.content:
            continue
        found = _ATTRIBUTES.search(inline.content)
        if found is None:
            _report_open_attributes(inline, state)
            continue
        inline.content = inline.content[: found.start()]
        for name in found[1].split():
            if name.startswith("#"):
                opening.attrs["id"] = name[1:]
            else:
                opening.attrJoin("class", name[1:])


def _report_open_attributes(inline: Token, state: StateCore) -> None:
    """Report a label behind a heading whose brace is never closed."""
    found = _OPEN_ATTRIBUTES.search(inline.content)
    if found:
        span = content_origin(inline, state.env.get(LINES, ())).span(found.start(1), found.end(1))
        message = "these attributes are never closed"
        report(state.env, "fence-attribute", message, span, "put '}' behind them")


def take_title(tokens: list[Token]) -> Token | None:
    """The inline token of the heading that is the note's title, taken out of `tokens`.

    That is the only heading of level 1, when no other heading stands before it, and no more than a
    few blocks do. It stays in the body when text stands before it, so that no text loses its
    heading; tags alone are no text.
    """
    # A heading in a callout names the callout.
    indices = [i for i, t in enumerate(tokens) if t.type == "heading_open" and t.level == 0]
    first_level = [i for i in indices if tokens[i].tag == "h1"]
    if len(first_level) != 1 or indices[0] != first_level[0]:
        return None
    index = first_level[0]
    before = [t for t in tokens[:index] if not t.level and t.nesting >= 0 and t.type != "part"]
    if len(before) > _MOST_BEFORE_TITLE:
        return None
    title = tokens[index + 1]
    if not before:
        # With the marks of a block id around it, if it has one.
        del tokens[0 : 3 + 2 * index]
    elif all(map(_is_of_tags, tokens[:index])):
        del tokens[index : index + 3]
    return title


def _is_of_tags(token: Token) -> bool:
    """Whether a token is of a paragraph that has only tags, as vaults have them above the title."""
    if token.type == "inline":
        return all(
            child.type == "tag" or not child.content.strip() for child in token.children or ()
        )
    return token.type in {"paragraph_open", "paragraph_close"}


def drop_repeated_title(tokens: list[Token], title: str) -> None:
    """Take out a first heading that only says the front matter's title again."""
    first = next((i for i, token in enumerate(tokens) if not _is_of_tags(token)), len(tokens))
    if first < len(tokens) and tokens[first].type == "heading_open" and tokens[first].tag == "h1":
        heading = inline_source(tokens[first + 1].children or ())
        if anchor(heading) == anchor(title):
            del tokens[first : first + 3]


def set_levels(tokens: list[Token]) -> None:
    """Move headings down a level if one has the first: the page's title has that one alone."""
    headings = [t for t in tokens if t.type in {"heading_open", "heading_close"}]
    if any(token.tag == "h1" for token in headings):
        for token in headings:
            token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"


def set_anchors(tokens: list[Token], env: dict[str, Any]) -> None:
    """Give each heading an id: its own, else GitHub's, made unique by a counter.

    One of their own that two headings have is reported, and stays with the first.
    """
    _drop_repeated(tokens, env)
    taken: set[str] = {str(t.attrs["id"]) for t in tokens if "id" in t.attrs}
    counts: dict[str, int] = {}
    for index, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        if "id" not in token.attrs:
            base = anchor(inline_source(tokens[index + 1].children or ())) or "section"
            token.attrs["id"] = _unique(base, taken, counts)
        tokens[index + 2].meta["anchor"] = token.attrs["id"]


def _drop_repeated(tokens: list[Token], env: dict[str, Any]) -> None:
    """Take ids from headings whose like has been given before."""
    first: dict[str, Span] = {}
    for opening, inline in pairwise(tokens):
        if opening.type != "heading_open" or "id" not in opening.attrs:
            continue
        name = str(opening.attrs["id"])
        span = _label_span(name, inline, env[LINES])
        if name in first:
            related = (Related("the first of this label", env[FILE], first[name]),)
            message = f"the label '{name}' is given twice"
            problem = diagnose("label-duplicate", message, env[FILE], span, related=related)
            env[PROBLEMS].append(problem)
            del opening.attrs["id"]
        else:
            first[name] = span


def _label_span(name: str, inline: Token, lines: Sequence[str]) -> Span:
    """Where a heading's own id stands, behind its text."""
    number = inline.map[0] if inline.map else 0
    column = lines[number].rfind(f"#{name}") if number < len(lines) else 0
    return Span.at(number + 1, max(column, 0) + 1, len(name) + 1)


def _unique(base: str, taken: set[str], counts: dict[str, int]) -> str:
    # `counts` remembers how far each name was tried: a thousand headings may say the same.
    name, count = base, counts.get(base, 0)
    while name in taken:
        count += 1
        name = f"{base}-{count}"
    taken.add(name)
    counts[base] = count
    return name


def collect(tokens: list[Token], md: MarkdownIt, env: dict[str, object]) -> tuple[Heading, ...]:
    """The headings of a body, once its formulas are compiled."""
    lines = env.get(LINES)
    found = []
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            span = None
            if inline.map and isinstance(lines, list):
                span = content_origin(inline, lines).span(0, len(inline.content))
            title = render_title(inline, md)
            source = inline_source(inline.children or ())
            # Most say the same in both: one string then, as a site has many headings.
            source = title.text if source == title.text else source
            level, anchor = int(opening.tag[1]), str(opening.attrs["id"])
            found.append(Heading(level, anchor, title, source, span))
    return tuple(found)


def render_title(inline: Token, md: MarkdownIt) -> Title:
    """An inline token as a title: no links and no footnotes, which would be links in links."""
    return title_of(inline, md.renderer, md.options)


def open_title(inline: Token, md: MarkdownIt, span: Span | None) -> Body:
    """An inline token as a title whose references by name are open; nothing if it has none.

    `span` is where they are said to stand, if that is not where the token was read.
    """
    children = inline.children or ()
    kept = {id(t) for pair in pairwise((*children, _END)) for t in _named(*pair)}
    if not kept:
        return ()
    words = [w for t in children for w in ((t,) if id(t) in kept else _words(t))]
    env: dict[str, object] = {}
    shown = [word for word in words if word.type != "image"]
    html = md.renderer.render([inline.copy(children=shown)], md.options, env)
    return tuple(
        piece
        if isinstance(piece, str)
        else replace(piece, attributes=(PLAIN,), span=span or piece.span)
        for piece in split_body(html, env)
    )


_END = Token("", "", 0)


def _named(token: Token, following: Token) -> tuple[Token, ...]:
    """The tokens among these two that refer by name: a citation, a link to a place in a note."""
    if token.type == "cite":
        return (token,)
    reference = token.meta.get("reference")
    is_place = token.type == "link_open" and reference and reference.fragment and reference.text
    return (token, following) if is_place and following.type == "link_close" else ()


def title_of(inline: Token, renderer: RendererProtocol, options: OptionsDict) -> Title:
    """The same for a renderer, which does not know its parser."""
    children = [word for token in inline.children or () for word in _words(token)]
    kept = [token for token in children if token.type != "image"]
    html = renderer.render([inline.copy(children=kept)], options, {})
    html = _OPEN_REFERENCE.sub("", html)
    text = inline_text(children)
    return Title(html, html if html == text else text)


def _words(token: Token) -> tuple[Token, ...]:
    """What of a token is shown where no link may stand: of references what is written."""
    label = token.meta["reference"].text if "reference" in token.meta else None
    if token.type == "link_open" and label:
        return (Token("text", "", 0, content=label),)
    if token.type == "cite":
        return (Token("text", "", 0, content=token.content),)
    return () if token.type in _HIDDEN_IN_TITLES else (token,)
