"""Quarto's and pandoc's attributes of an image: `![Caption](a.svg){#fig-a width=50% fig-alt="…"}`.

What the rule for attributes reads as well is left to it: names, classes, sizes in pixels.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.token import Token

from notesite.markdown.results.attributes import attributes_of
from notesite.patterns import pattern

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

_BRACES = pattern(r"\{([^{}\n]*)\}")
_FOREIGN = re.compile(r"""\bfig-[a-z]+=|=["']?[\d.]+(?:%|[a-z]{2})""")
_SIZE = pattern(r"([\d.]+)(%|[a-z]{2})?")
_PIXELS = {
    "%": 6.4, "px": 1, None: 1, "in": 96, "cm": 37.8, "mm": 3.78, "pt": 4 / 3, "em": 16,
}  # fmt: skip
"""Pixels in each unit; a percentage is one of a page's text, which is some 640 wide."""
_ALT = "notesite_alt"


def image_attributes_plugin(md: MarkdownIt) -> None:
    """Add the rules to `md`, before the one for attributes and behind the one for figures."""
    md.inline.ruler.before("attr", "image_attributes", _attributes)
    md.core.ruler.after("figures", "image_alts", _set_alts)


def _attributes(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "{" or state.pending or not state.tokens:
        return False
    image = state.tokens[-1]
    found = _BRACES.match(state.src, state.pos, state.posMax)
    if image.type != "image" or found is None or not _FOREIGN.search(found[1]):
        return False
    if not silent:
        _set(image, found[1])
    state.pos = found.end()
    return True


def _set(image: Token, written: str) -> None:
    for key, value in attributes_of(written):
        size = _SIZE.fullmatch(value) if key in {"width", "height"} else None
        if key == "#":
            image.attrs["id"] = value
        elif key == ".":
            image.attrJoin("class", value)
        elif key == "fig-cap":
            image.attrs["title"] = value
        elif key in {"fig-alt", "alt"}:
            image.meta[_ALT] = value
        elif size and size[2] in _PIXELS and not (key == "height" and size[2] == "%"):
            image.attrs[key] = str(round(float(size[1]) * _PIXELS[size[2]]))


def _set_alts(state: StateCore) -> None:
    """Put texts for screen readers in the place of the captions, which figures have taken."""
    for block in state.tokens:
        for token in block.children or ():
            if _ALT in token.meta:
                token.content = token.meta[_ALT]
                token.children = [Token("text", "", 0, content=token.content)]
