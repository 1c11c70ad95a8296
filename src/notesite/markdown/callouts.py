"""Callouts: block quotes that begin with `[!type]`, and theorem-like ones among them.

Obsidian's rule: `> [!type]± title`, the type in any case, `+` or `-` for one that folds, the title
inline Markdown or the type's name. A kind of the theorem plugin (`thm`, `definition`, `proof`, …)
becomes a result instead of a box.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown_it.token import Token

from notesite.markdown.places import IN_LINE, words

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

    from notesite.languages import Catalogue

_HEAD = re.compile(r"\[!([\w-]+)(?:\|([^\]\n]*))?\]([+-]?)[ \t]*([^\n]*)(?:\n|$)")

_TOMBSTONE = re.compile(r"(?:[□∎■◻]|\\(?:square|blacksquare|qed|qedhere|Box))[\s.]*$")

_ALIASES = {
    "summary": "abstract", "tldr": "abstract", "hint": "tip", "important": "tip",
    "check": "success", "done": "success", "help": "question", "faq": "question",
    "caution": "warning", "attention": "warning", "fail": "failure", "missing": "failure",
    "error": "danger", "cite": "quote",
}  # fmt: skip
_TYPES = frozenset(_ALIASES.values()) | {"note", "info", "todo", "bug", "example"}

_RESULTS = frozenset({
    "axiom", "definition", "lemma", "proposition", "theorem", "corollary", "claim", "assumption",
    "exercise", "conjecture", "hypothesis", "remark", "proof", "solution",
})  # fmt: skip
_RESULT_ALIASES = {
    "axm": "axiom", "def": "definition", "lem": "lemma", "prp": "proposition", "thm": "theorem",
    "cor": "corollary", "clm": "claim", "asm": "assumption", "exr": "exercise",
    "cnj": "conjecture", "hyp": "hypothesis", "rmk": "remark", "pf": "proof",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a callout is: its type for the style sheet, and whether it is a result."""

    type: str
    is_result: bool


def callouts_plugin(md: MarkdownIt) -> None:
    """Add the rule to `md`: it rewrites block quotes between block and inline parsing."""
    md.core.ruler.after("block", "callouts", _rewrite)
    md.core.ruler.push("proof_ends", _note_proof_ends)


def _rewrite(state: StateCore) -> None:
    if "[!" not in state.src:
        return
    tokens = state.tokens
    closings: dict[int, tuple[Token, ...]] = {}
    rewritten: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        head = _head(tokens, index) if token.type == "blockquote_open" else None
        if head:
            opening, closing = _parts(head, tokens[index + 2], words(state.env))
            closings[_closing_index(tokens, index)] = closing
            rewritten.extend(opening)
            index = _drop_head(tokens, index, head)
            continue
        rewritten.extend(closings.get(index, (token,)))
        index += 1
    state.tokens = rewritten


def _note_proof_ends(state: StateCore) -> None:
    """Tell the style sheet of proofs whose text brings its own tombstone."""
    for index, token in enumerate(state.tokens):
        if token.type == "callout_open" and "result-proof" in str(token.attrs.get("class")):
            end = _closing_index(state.tokens, index)
            if _TOMBSTONE.search(_last_words(state.tokens[index + 1 : end])):
                token.attrJoin("class", "ends-with-mark")


def _last_words(tokens: list[Token]) -> str:
    """The source of the last piece of text or formula."""
    for token in reversed(tokens):
        if token.type == "math":
            return token.content
        if token.children:
            return token.children[-1].content
    return ""


def _head(tokens: list[Token], index: int) -> re.Match[str] | None:
    following = tokens[index + 1 : index + 3]
    if len(following) < 2 or following[0].type != "paragraph_open":
        return None
    return _HEAD.match(following[1].content)


def _closing_index(tokens: list[Token], index: int) -> int:
    """The index of the token that closes what the one at `index` opens."""
    opening = tokens[index].type
    closing = opening.replace("_open", "_close")
    depth = 0
    for position in range(index, len(tokens)):
        depth += (tokens[position].type == opening) - (tokens[position].type == closing)
        if depth == 0:
            return position
    raise AssertionError("every block that is opened is closed")


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


def _kind(name: str) -> _Kind:
    lowered = name.lower()
    result = _RESULT_ALIASES.get(lowered, lowered)
    if result in _RESULTS:
        return _Kind(result, is_result=True)
    kind = _ALIASES.get(lowered, lowered)
    return _Kind(kind if kind in _TYPES else "note", is_result=False)


def _parts(
    head: re.Match[str], inline: Token, strings: Catalogue
) -> tuple[list[Token], tuple[Token, ...]]:
    """The tokens that open the callout, title and all, and those that close it."""
    kind = _kind(head[1])
    title = head[4].strip()
    tag = "details" if head[3] else ("div" if kind.is_result else "aside")
    outer = _token("callout_open", tag, 1)
    family = "result" if kind.is_result else "callout"
    outer.attrs = {"class": f"{family} {family}-{kind.type}"}
    if not kind.is_result:
        outer.attrs["data-callout"] = head[1].lower()
        if head[2]:
            outer.attrs["data-callout-metadata"] = head[2]
    if head[3] == "+":
        outer.attrs["open"] = ""
    body = _token("callout_body_open", "div", 1)
    body.attrs = {"class": f"{family}-body"}
    opening = [outer, *_title(kind, head, title or _own_title(kind, head, strings), inline), body]
    closing = (_token("callout_body_close", "div", -1), _token("callout_close", tag, -1))
    return opening, closing


def _own_title(kind: _Kind, head: re.Match[str], strings: Catalogue) -> str:
    """What a callout without a title is called: a result has its name anyway."""
    key = f"callout.{head[1].lower()}"
    if kind.is_result:
        return ""
    return strings.text(key) if strings.has(key) else head[1].replace("-", " ").capitalize()


def _title(kind: _Kind, head: re.Match[str], title: str, inline: Token) -> list[Token]:
    tag = "summary" if head[3] else "p"
    family = "result" if kind.is_result else "callout"
    opening = _token("callout_title_open", tag, 1)
    opening.attrs = {"class": f"{family}-title"}
    opening.meta = {"result": kind.type if kind.is_result else "", "named": bool(title)}
    content = _token("inline", "", 0)
    content.content = title
    content.children = []
    content.map = [inline.map[0], inline.map[0] + 1] if inline.map else None
    content.meta = {IN_LINE: True}
    closing = _token("callout_title_close", tag, -1)
    closing.meta = opening.meta
    return [opening, content, closing]


def _token(kind: str, tag: str, nesting: int) -> Token:
    token = Token(kind, tag, nesting)  # type: ignore[arg-type]
    token.block = kind != "inline"
    return token
