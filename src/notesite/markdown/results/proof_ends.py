r"""The sign at the end of a proof, in its last line where that is text or an unnumbered formula.

So LaTeX's `\qedhere` is never needed, but does no harm. A sign that the author has set at the
end of a text, or alone below it, gives way to it; one within a formula stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.token import Token

from notesite.markdown.results.tokens import OWN_SIGN, closing_index, insert_all
from notesite.patterns import pattern

if TYPE_CHECKING:
    from notesite.markdown.results.tokens import Written

_COMMAND = pattern(r"\s*\\qed(?:here)?\b(?=[\s.$]*$)")
_SIGN = pattern(r"\\(?:square|blacksquare|Box|qed)|[□∎■◻▪]")
_SIGN_IN_TEXT = pattern(r"\s*(?:[□∎■◻▪]|\\(?:square|blacksquare|Box|qed)\b)[\s.]*$")
_TRANSPARENT = frozenset({
    "part", "list_item_close", "bullet_list_close", "ordered_list_close", "dd_close", "dl_close",
})  # fmt: skip
"""The tokens at the end of a proof before which its last line is to be looked for."""


def drop_commands(tokens: list[Token]) -> None:
    r"""Take `\qed` and `\qedhere` from the ends of formulas: the sign comes by itself."""
    for token in tokens:
        if token.type == "math" and "\\qed" in token.content:
            token.content = _COMMAND.sub("", token.content)
        elif token.children:
            drop_commands(token.children)


def end_proofs(tokens: list[Token], sign: str) -> None:
    """Put the sign, as HTML, where each proof ends; its formulas must be compiled."""
    if not sign:
        return
    _drop_lone_signs(tokens)
    starts = [index for index, token in enumerate(tokens) if _is_proof(token)]
    inserted: dict[int, list[Token]] = {}
    for start in starts:
        end = closing_index(tokens, start) - 1
        if _needs_line(tokens, end, sign):
            inserted[end] = [_sign(f'<p class="proof-end-line">{sign}</p>\n')]
    insert_all(tokens, inserted)


def _is_proof(token: Token) -> bool:
    if token.type != "result_open":
        return False
    written: Written = token.meta["result"]
    return written.kind.is_proof and written.kind.id != "solution"


def _drop_lone_signs(tokens: list[Token]) -> None:
    """Take out the paragraphs and displays at the ends of proofs that are nothing but the sign."""
    for start in range(len(tokens) - 1, -1, -1):
        if not _is_proof(tokens[start]):
            continue
        end = _before_transparent(tokens, closing_index(tokens, start) - 2) + 1
        size = 3 if tokens[end - 1].type == "paragraph_close" else 1
        begin = end - size
        before = tokens[_before_transparent(tokens, begin - 1)]
        if _is_lone_sign(tokens[begin:end]) and before.type != "result_body_open":
            del tokens[begin:end]


def _before_transparent(tokens: list[Token], index: int) -> int:
    """The index of the last token, from `index` back, that is on the page."""
    while tokens[index].type in _TRANSPARENT:
        index -= 1
    return index


def _is_lone_sign(tokens: list[Token]) -> bool:
    """Whether a display, or the three tokens of a paragraph, hold the sign and no more."""
    if len(tokens) == 1:
        return _is_sign(tokens[0]) and _takes_sign(tokens[0].meta["html"])
    said = [child for child in tokens[1].children or () if child.content.strip(" .")]
    return len(said) == 1 and (_is_sign(said[0]) or bool(_SIGN_IN_TEXT.match(said[0].content)))


def _needs_line(tokens: list[Token], body_end: int, sign: str) -> bool:
    """Put the sign into the last line of a proof; whether it needs one of its own instead."""
    at = _before_transparent(tokens, body_end - 1)
    last = tokens[at]
    if last.type == "paragraph_close" and tokens[at - 1].type == "inline":
        _end_text(tokens[at - 1], sign)
    elif last.type == "math" and OWN_SIGN.search(last.content):
        pass
    elif last.type == "math" and _takes_sign(last.meta["html"]):
        last.meta["html"] = last.meta["html"].removesuffix("</div>") + f"{sign}</div>"
    else:
        return True
    return False


def _takes_sign(formula: str) -> bool:
    """Whether a display has room for the sign, which stands where a number would."""
    is_display = formula.startswith('<div class="equation"') and formula.endswith("</div>")
    return is_display and "equation-number" not in formula


def _end_text(inline: Token, sign: str) -> None:
    children = inline.children or []
    last = len(children) - 1
    while last > 0 and children[last].type == "text" and children[last].content.strip(" .") == "":
        last -= 1
    if last >= 0 and _is_sign(children[last]):
        del children[last:]
    if children and children[-1].type == "text":
        children[-1].content = _SIGN_IN_TEXT.sub("", children[-1].content).rstrip()
    inline.children = [*children, _sign(f" {sign}")]


def _is_sign(token: Token) -> bool:
    return token.type == "math" and bool(_SIGN.fullmatch(token.content.strip()))


def _sign(html: str) -> Token:
    token = Token("made_html", "", 0)
    token.meta = {"html": html}
    return token
