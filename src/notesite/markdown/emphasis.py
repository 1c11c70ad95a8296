"""Emphasis beside the signs of Chinese, Japanese and Korean: `这是**“重点”**的内容`.

CommonMark tells the beginning of an emphasis from its end by blanks and punctuation (section 6.2).
Those languages have no blanks between words, so that asterisks between a sign and a full stop would
be shown. Here such a sign counts as a blank does, where CommonMark alone would refuse.
"""

from __future__ import annotations

from bisect import bisect
from typing import TYPE_CHECKING

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline.state_inline import Delimiter

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.rules_inline.state_inline import Scanned

_SIGNS = (
    0x1100, 0x1200, 0x2E80, 0xA000, 0xA960, 0xA980, 0xAC00, 0xD800,
    0xF900, 0xFB00, 0xFE30, 0xFE50, 0xFF00, 0xFFF0, 0x20000, 0x40000,
)  # fmt: skip
"""Ideographs, kana, hangul and the punctuation that is as wide as they are: where such a range of
characters begins, and where it has ended. As a set of a pattern they would take long to compile."""


def emphasis_plugin(md: MarkdownIt) -> None:
    """Put the rule in the place of markdown-it's own."""
    md.inline.ruler.at("emphasis", _emphasis)


def _emphasis(state: StateInline, silent: bool) -> bool:
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    run = state.scanDelims(state.pos, marker == "*")
    if marker == "*" and not (run.can_open and run.can_close):
        run = _beside_signs(state, run)
    for _ in range(run.length):
        token = state.push("text", "", 0)
        token.content = marker
        place = len(state.tokens) - 1
        state.delimiters.append(
            Delimiter(ord(marker), run.length, place, -1, run.can_open, run.can_close)
        )
    state.pos += run.length
    return True


def _beside_signs(state: StateInline, run: Scanned) -> Scanned:
    """The run of asterisks with what else it may do between a sign and punctuation."""
    after = state.pos + run.length
    last = state.src[state.pos - 1 : state.pos] or " "
    following = state.src[after : min(after + 1, state.posMax)] or " "
    opens = _is_sign(last) and _is_punctuation(following)
    closes = _is_sign(following) and _is_punctuation(last)
    return run._replace(can_open=run.can_open or opens, can_close=run.can_close or closes)


def _is_sign(character: str) -> bool:
    return bisect(_SIGNS, ord(character)) % 2 == 1


def _is_punctuation(character: str) -> bool:
    if isWhiteSpace(ord(character)):
        return False
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)
