"""Tags in the text, as Obsidian reads them: `#tag` and `#nested/tag`.

By its help page "Tags": letters of any script, digits, `_`, `-` and `/`, at least one of them no
digit, and emoji, after a blank. Headings, links, code and formulas have none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.markdown.places import BLOCK, IN_HEADING
from notesite.model import Reference, ReferenceKind
from notesite.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_SIGN = r"[\w\-\u200d\ufe0f\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
_TAG = pattern(rf"#(?=[\d/-]*(?![\d/-]){_SIGN})({_SIGN}+(?:/{_SIGN}+)*)")


def tags_plugin(md: MarkdownIt) -> None:
    """Add the rule to `md`."""
    md.inline.ruler.push("tag", _tag)


def _tag(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "#" or state.linkLevel:
        return False
    before = state.src[state.pos - 1] if state.pos else " "
    match = _TAG.match(state.src, state.pos, state.posMax)
    if match is None or not before.isspace():
        return False
    block = state.env.get(BLOCK)
    if block is not None and block.meta.get(IN_HEADING):
        return False
    if not silent:
        token = state.push("tag", "", 0)
        token.content = match[0]
        token.meta = {"reference": Reference(ReferenceKind.TAG, match[1], text=match[0])}
    state.pos = match.end()
    return True


def tags_in(tokens: Sequence[Token]) -> Iterator[str]:
    """The names of the tags in a note's text, in their order."""
    for token in tokens:
        if token.type == "tag":
            yield token.meta["reference"].target
        elif token.children:
            yield from tags_in(token.children)
