"""Links whose address holds a space: `[text](my note.md)`.

CommonMark and Obsidian take them for plain text and want `<my note.md>` or `my%20note.md`. Where
the address is plainly a file's, the link is made all the same; either way the author is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from notesite.markdown.places import inline_origin, located, report
from notesite.patterns import pattern

if TYPE_CHECKING:
    import re

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_WORD = r"""(?:[^\s()<>"'\\]|\([^\s()]*\))+"""
_SPACED = pattern(rf"(!?)\[([^\[\]\n]*)\]\([ ]*({_WORD}(?:[ ]{_WORD})+)[ ]*\)")
_APART = pattern(
    r"!?\[([^\[\]\n]+)\][ ]+\(((?:https?://|\.{0,2}/)[^\s()]+|[^\s()]+\.(?:md|html|pdf|png|svg|jpe?g))\)"
)
"""A link or an image with a blank before its address."""
_FILE = pattern(r"[^#]*\.[A-Za-z][A-Za-z0-9]{1,4}(?:#.*)?|\.{0,2}/.*")


def spaced_links_plugin(md: MarkdownIt) -> None:
    """Add the rule to `md`, behind Markdown's own links and images."""
    md.inline.ruler.after("image", "spaced_link", located(_spaced_link))


def _spaced_link(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] not in "![":
        return False
    found = _SPACED.match(state.src, state.pos, state.posMax)
    if found is None or state.linkLevel:
        if not silent:
            _report_apart(state)
        return False
    is_file = _FILE.fullmatch(found[3]) is not None
    if not silent:
        span = inline_origin(state, found.start(), found[0]).span(0, len(found[0]))
        kind = "image" if found[1] else "link"
        message = (
            f"the address '{found[3]}' holds a space: other programs see no {kind} here"
            if is_file
            else f"'{found[3]}' is no address, so this is no {kind}"
        )
        report(state.env, "link-spaces", message, span, f"write <{found[3]}> for a file's name")
    if not is_file:
        return False
    if not silent:
        _push(state, found)
    state.pos = found.end()
    return True


def _report_apart(state: StateInline) -> None:
    found = _APART.match(state.src, state.pos, state.posMax)
    if found:
        span = inline_origin(state, found.start(), found[0]).span(0, len(found[0]))
        kind = "image" if found[0].startswith("!") else "link"
        message = f"no {kind}, since a blank stands between '[…]' and '(…)'"
        report(state.env, "link-spaces", message, span, f"write [{found[1]}]({found[2]})")


def _push(state: StateInline, found: re.Match[str]) -> None:
    address = quote(found[3], safe="/#%:?=&@!$+,;~")
    if found[1]:
        token = state.push("image", "img", 0)
        token.attrs = {"src": address, "alt": ""}
        token.content = found[2]
        token.children = []
        state.md.inline.parse(found[2], state.md, state.env, token.children)
        return
    token = state.push("link_open", "a", 1)
    token.attrs = {"href": address}
    outer_position, outer_maximum = state.pos, state.posMax
    state.pos, state.posMax = found.start(2), found.end(2)
    state.linkLevel += 1
    state.md.inline.tokenize(state)
    state.linkLevel -= 1
    state.pos, state.posMax = outer_position, outer_maximum
    state.push("link_close", "a", -1)
