"""Figures: an image alone in its paragraph, with its title or its alt text as the caption."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.token import Token

from notesite.markdown.captions import kind_of_label
from notesite.markdown.places import BLOCK, IN_LINE

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

_TITLE = re.compile(
    r"""(?:\s"((?:\\.|[^"\\])*)"|\s'((?:\\.|[^'\\])*)'|\s\(((?:\\.|[^()\\])*)\))"""
    r"""\s*\)\s*(?:\{[^{}]*\})?\s*$""",
    re.DOTALL,
)


def figures_plugin(md: MarkdownIt) -> None:
    """Add the rule to `md`, after the inline rules and before the typographic ones."""
    md.core.ruler.after("inline", "figures", _make_figures)


def _make_figures(state: StateCore) -> None:
    tokens = state.tokens
    if not any(child.type == "image" for token in tokens for child in token.children or ()):
        return
    rewritten: list[Token] = []
    index = 0
    while index < len(tokens):
        image = _lone_image(tokens, index)
        if image is None:
            rewritten.append(tokens[index])
            index += 1
            continue
        caption = _caption(state, tokens[index + 1], image)
        rewritten.extend(_figure(tokens[index], tokens[index + 1], image, caption))
        index += 3
    state.tokens = rewritten


def _lone_image(tokens: list[Token], index: int) -> Token | None:
    """The image, if the paragraph that opens at `index` holds nothing else and can be captioned."""
    if tokens[index].type != "paragraph_open" or tokens[index].hidden:
        return None
    children = [
        child
        for child in tokens[index + 1].children or ()
        if not (child.type == "text" and not child.content.strip())
    ]
    if len(children) == 3 and children[0].type == "link_open":
        children = children[1:2]
    if len(children) != 1 or children[0].type != "image":
        return None
    image = children[0]
    is_figure = image.content or image.attrs.get("title") or kind_of_label(_label(image))
    return image if is_figure else None


def _caption(state: StateCore, inline: Token, image: Token) -> Token:
    caption = Token("inline", "", 0, content=image.content, children=image.children, block=True)
    caption.map = inline.map
    caption.meta = {IN_LINE: True}
    title = image.attrs.pop("title", None)
    if title:
        # Markdown unescapes a title, which takes the backslash from `\\,`: read it as written.
        written = _TITLE.search(inline.content)
        groups = [group for group in written.groups() if group is not None] if written else []
        caption.content = groups[0].replace('\\"', '"') if groups else str(title)
        caption.meta["notesite_column"] = 1
        caption.children = []
        state.env[BLOCK] = caption
        state.md.inline.parse(caption.content, state.md, state.env, caption.children)
    return caption


def _label(image: Token) -> str:
    return str(image.attrs.get("id", ""))


def _figure(paragraph: Token, inline: Token, image: Token, caption: Token) -> list[Token]:
    figure = Token("figure_open", "figure", 1, block=True, attrs=dict(paragraph.attrs))
    if kind_of_label(_label(image)):
        figure.attrs["id"] = image.attrs.pop("id")
    figure.map = paragraph.map
    return [
        figure,
        inline,
        Token("figcaption_open", "figcaption", 1, block=True),
        caption,
        Token("figcaption_close", "figcaption", -1, block=True),
        Token("figure_close", "figure", -1, block=True),
    ]
