r"""Citations in LaTeX: `\cite{a,b}`, `\citep[see][sec.~2]{a}`, `\citet{a}` and their relatives.

The commands are natbib's and BibLaTeX's; they become the references that `[@a]` and `@a` are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.token import Token

from notesite.markdown.citing import CiteItem
from notesite.markdown.locators import split_locator
from notesite.markdown.places import SPAN, inline_origin

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_FORMS = {
    "cite": "bracket", "citep": "bracket", "citealp": "bracket", "parencite": "bracket",
    "autocite": "bracket", "footcite": "bracket", "citeyearpar": "bracket",
    "citet": "prose", "citealt": "prose", "textcite": "prose",
    "citeauthor": "author", "citeyear": "year", "nocite": "silent",
}  # fmt: skip
_COMMAND = re.compile(
    r"\\([cC]ite[a-z]*|[pP]arencite|[tT]extcite|[aA]utocite|[fF]ootcite|nocite)\*?"
    r"((?:\[[^\[\]\n]*\]){0,2})\{([^{}\n]+)\}"
)
_SPELLINGS = (("\\S ", "§"), ("\\S~", "§"), ("~", " "), ("--", "–"), ("\\&", "&"))


def cite_commands_plugin(md: MarkdownIt) -> None:
    """Add the inline rule to `md`."""
    md.inline.ruler.before("cite_command", "latex_cite", _cite)


def _cite(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "\\" or state.linkLevel:
        return False
    found = _COMMAND.match(state.src, state.pos, state.posMax)
    name = found[1][:1].lower() + found[1][1:] if found else ""
    keys = [key.strip() for key in found[3].split(",")] if found else []
    if found is None or name not in _FORMS or not all(keys):
        return False
    if not silent:
        _push(state, found, name, keys)
    state.pos = found.end()
    return True


def _push(state: StateInline, found: re.Match[str], name: str, keys: list[str]) -> None:
    token = state.push("cite", "", 0)
    token.content = found[0]
    items = [CiteItem(key, suppresses_author=name == "citeyearpar") for key in keys]
    notes = [_read(note) for note in re.findall(r"\[([^\[\]]*)\]", found[2])]
    if len(notes) == 2:
        items[0].prefix = _inline(state, notes[0])
    if notes:
        locator, source, rest = split_locator(notes[-1])
        items[-1].locator, items[-1].locator_source = locator, source
        items[-1].suffix = _inline(state, rest.strip())
    token.children = [part for i in items for part in (i.prefix, i.suffix) if part is not None]
    token.meta = {"items": items, "form": _FORMS[name]}
    token.meta[SPAN] = inline_origin(state, state.pos, found[0]).span(0, len(found[0]))


def _read(note: str) -> str:
    for latex, text in _SPELLINGS:
        note = note.replace(latex, text)
    return note.strip()


def _inline(state: StateInline, text: str) -> Token | None:
    if not text:
        return None
    children: list[Token] = []
    state.md.inline.parse(text, state.md, state.env, children)
    return Token("inline", "", 0, content=text, children=children)
