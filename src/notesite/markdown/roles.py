r"""MyST's roles: ``{eq}`x` ``, ``{ref}`x` ``, ``{cite}`a,b` ``, ``{math}`x` `` and their relatives.

They become the references and the formulas that `\eqref{x}`, `@x`, `[@a; @b]` and `$x$` are;
``{doc}`x` `` is a link to a note, and ``{sub}`x` `` and its like are elements of HTML. A role of
another name stays what CommonMark makes of it: a word in braces and code.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.token import Token

from notesite.markdown.citing import CiteItem
from notesite.markdown.math_inlines import push_formula
from notesite.markdown.places import SPAN, inline_origin
from notesite.model import Reference, ReferenceKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_ROLE = re.compile(r"\{([a-z]+(?::[a-z]+)?)\}(`+)(?!`)(.{1,1000}?)(?<!`)\2(?!`)", re.DOTALL)
_FORMS = {
    "eq": "eqref", "math:numref": "eqref",
    "ref": "cref", "numref": "cref", "prf:ref": "cref",
    "cite": "bracket", "cite:p": "bracket", "cite:ps": "bracket", "cite:cts": "bracket",
    "cite:t": "prose", "cite:ts": "prose", "cite:ct": "prose", "cite:author": "author",
    "cite:year": "year",
}  # fmt: skip
_ELEMENTS = {
    "sub": "sub", "subscript": "sub", "sup": "sup", "superscript": "sup", "kbd": "kbd",
    "abbr": "abbr", "abbreviation": "abbr", "dfn": "dfn", "term": "em", "u": "u",
    "underline": "u", "del": "s", "strike": "s", "index": "",
}  # fmt: skip
"""The elements that roles of plain text are; none for one that only feeds an index."""
_ABBREVIATION = re.compile(r"(.+?)\s*\(([^()]*)\)")
_TITLED = re.compile(r"(.+?)\s*<([^<>]+)>", re.DOTALL)


def roles_plugin(md: MarkdownIt) -> None:
    """Add the inline rule to `md`."""
    md.inline.ruler.before("backticks", "role", _role)


def _role(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "{":
        return False
    found = _ROLE.match(state.src, state.pos, state.posMax)
    if found is None or found[1] not in _WRITERS:
        return False
    if not silent:
        _WRITERS[found[1]](state, found)
    state.pos = found.end()
    return True


def _push_math(state: StateInline, found: re.Match[str]) -> None:
    push_formula(state, found[3].strip(), found.start(3), display=False)


def _push_link(state: StateInline, found: re.Match[str]) -> None:
    """A link to a note, `doc`, or to a file; without a title it is called what it leads to."""
    kind = ReferenceKind.NOTE if found[1] == "doc" else ReferenceKind.FILE
    titled = _TITLED.fullmatch(found[3].strip())
    target = (titled[2] if titled else found[3]).strip()
    span = inline_origin(state, state.pos, found[0]).span(0, len(found[0]))
    is_bare = kind is ReferenceKind.NOTE and not titled
    reference = Reference(kind, target, text="" if is_bare else None, span=span)
    state.push("link_open", "a", 1).meta = {"reference": reference}
    if not is_bare:
        shown = titled[1] if titled else target.rpartition("/")[2]
        state.tokens += _inline(state, shown).children or []
    state.push("link_close", "a", -1)


def _push_element(state: StateInline, found: re.Match[str]) -> None:
    tag, text = _ELEMENTS[found[1]], found[3]
    expanded = _ABBREVIATION.fullmatch(text.strip()) if tag == "abbr" else None
    if not tag:
        state.pending += text
        return
    token = state.push(f"{tag}_open", tag, 1)
    if expanded:
        token.attrs["title"], text = expanded[2], expanded[1]
    state.push("text", "", 0).content = text
    state.push(f"{tag}_close", tag, -1)


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


_WRITERS: dict[str, Callable[[StateInline, re.Match[str]], None]] = {
    "math": _push_math,
    **dict.fromkeys(("doc", "download"), _push_link),
    **dict.fromkeys(_FORMS, _push_reference),
    **dict.fromkeys(_ELEMENTS, _push_element),
}
