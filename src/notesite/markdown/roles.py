r"""MyST's roles: ``{eq}`x` ``, ``{ref}`x` ``, ``{cite}`a,b` ``, ``{math}`x` `` and their relatives.

They become the references and the formulas that `\eqref{x}`, `@x`, `[@a; @b]` and `$x$` are. A role
of another name stays what CommonMark makes of it: a word in braces and code.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.token import Token

from notesite.markdown.citing import CiteItem
from notesite.markdown.math_inlines import push_formula
from notesite.markdown.places import SPAN, inline_origin

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_ROLE = re.compile(r"\{([a-z]+(?::[a-z]+)?)\}(`+)(?!`)([^\n]+?)(?<!`)\2(?!`)")
_FORMS = {
    "eq": "eqref", "math:numref": "eqref",
    "ref": "cref", "numref": "cref", "prf:ref": "cref",
    "cite": "bracket", "cite:p": "bracket", "cite:ps": "bracket", "cite:cts": "bracket",
    "cite:t": "prose", "cite:ts": "prose", "cite:ct": "prose", "cite:author": "author",
    "cite:year": "year",
}  # fmt: skip
_TITLED = re.compile(r"(.+?)\s*<([^<>]+)>")


def roles_plugin(md: MarkdownIt) -> None:
    """Add the inline rule to `md`."""
    md.inline.ruler.before("backticks", "role", _role)


def _role(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "{":
        return False
    found = _ROLE.match(state.src, state.pos, state.posMax)
    if found is None or (found[1] not in _FORMS and found[1] != "math"):
        return False
    if not silent and found[1] == "math":
        push_formula(state, found[3].strip(), found.start(3), display=False)
    elif not silent:
        _push_reference(state, found)
    state.pos = found.end()
    return True


def _push_reference(state: StateInline, found: re.Match[str]) -> None:
    form = _FORMS[found[1]]
    titled = _TITLED.fullmatch(found[3].strip()) if form == "cref" else None
    if titled:
        items = [CiteItem(titled[2].strip(), suffix=_inline(state, titled[1]), is_adjacent=True)]
    else:
        items = [CiteItem(key.strip()) for key in found[3].split(",") if key.strip()]
    token = state.push("cite", "", 0)
    token.content = found[0]
    token.children = [item.suffix for item in items if item.suffix is not None]
    token.meta = {"items": items, "form": form}
    token.meta[SPAN] = inline_origin(state, state.pos, found[0]).span(0, len(found[0]))
    if state.linkLevel:
        token.meta["plain"] = True


def _inline(state: StateInline, text: str) -> Token:
    children: list[Token] = []
    state.md.inline.parse(text, state.md, state.env, children)
    return Token("inline", "", 0, content=text, children=children)
