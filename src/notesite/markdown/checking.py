"""What is legal Markdown, but not what its author meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from notesite.diagnostics import Diagnostic, diagnose
from notesite.markdown.code import fence_language, has_lexer
from notesite.markdown.mermaid import LANGUAGE as MERMAID
from notesite.markdown.places import WHOLE, content_origin
from notesite.markdown.plugin_blocks import is_diagram
from notesite.markdown.workings import Workings
from notesite.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markdown_it.token import Token

Found = Iterator[Diagnostic]

_STUCK_MARK = re.compile(r"^(#{2,6})[^\s#]|^(#{1,6}|[-*+]|\d{1,9}[.)])\xa0", re.MULTILINE)
"""A mark without a blank behind it, or with one that Markdown does not take for one."""

_UNDEFINED_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,200})\]")


def check(
    tokens: Iterable[Token], file: str, lines: Sequence[str], known: Workings | None = None
) -> Found:
    """What in the parsed text of a file with these `lines` is likely a mistake.

    What was asked before of a part of it is taken from what is `known`.
    """
    known = known or Workings()
    for token in tokens:
        if token.type == "fence":
            yield from _unknown_language(token, file, known)
            yield from _unclosed_code(token, file, lines)
        if token.type == "inline" and ("##" in token.content or "\xa0" in token.content):
            yield from _stuck_marks(token, file, lines)
        for child in token.children or ():
            if child.type == "text" and "[^" in child.content:
                yield from _undefined_footnotes(child, token, file, lines)


def _stuck_marks(block: Token, file: str, lines: Sequence[str]) -> Found:
    for found in _STUCK_MARK.finditer(block.content):
        mark = found[1] or found[2]
        what = "heading" if "#" in mark else "list"
        is_hard = found[1] is None
        message = f"no {what}, since " + (
            f"the space behind '{mark}' is a non-breaking one"
            if is_hard
            else f"no space stands behind '{mark}'"
        )
        hint = "type an ordinary space there (Alt with Space makes the other on a Mac)"
        hints = (hint,) if is_hard else (f"write '{mark} {_rest(block.content, found)}'",)
        span = content_origin(block, lines).span(found.start(), found.start() + len(mark))
        yield diagnose("mark-space", message, file, span, hints=hints)


def _rest(content: str, found: re.Match[str]) -> str:
    return content[found.start() + len(found[1]) :].partition("\n")[0]


def _undefined_footnotes(text: Token, block: Token, file: str, lines: Sequence[str]) -> Found:
    for found in _UNDEFINED_FOOTNOTE.finditer(text.content):
        span = _text_span(found[0], block, lines)
        message = f"there is no footnote '[^{found[1]}]:'"
        yield diagnose("footnote-undefined", message, file, span)


def _unknown_language(fence: Token, file: str, known: Workings) -> Found:
    language = fence_language(fence)
    if not language or not fence.map:
        return
    span = Span.at(fence.map[0] + 1, 1, 3)
    # A directive that nothing made anything of has been told of.
    is_directive = fence.info.lstrip().startswith("{prf:")
    if language == MERMAID or is_directive or is_diagram(fence):
        return
    if not known.of(("lexer", language), lambda: has_lexer(language)):
        message = f"no lexer for '{language}'; the code is shown plain"
        yield diagnose("code-language-unknown", message, file, span)


def _unclosed_code(fence: Token, file: str, lines: Sequence[str]) -> Found:
    """Code that nothing ends reaches to the end of the note, or of the list or quote it is in."""
    if not fence.map or fence.info.lstrip().startswith("{"):
        return  # directives have a rule of their own
    first, end = fence.map
    if end - first > 1 and fence.markup in lines[end - 1]:
        return
    span = Span.at(first + 1, max(lines[first].find(fence.markup), 0) + 1, len(fence.markup))
    hint = f"put '{fence.markup}' on a line of its own behind it"
    yield diagnose("code-unclosed", "this code is never closed", file, span, hints=(hint,))


def _text_span(words: str, block: Token, lines: Sequence[str]) -> Span | None:
    """Where words of a block's text stand.

    In a block without a place, such as an inline footnote, that is where they stand first.
    """
    if block.map:
        at = max(block.meta.get(WHOLE, block.content).find(words), 0)
        return content_origin(block, lines).span(at, at + len(words))
    places = ((number, line.find(words)) for number, line in enumerate(lines, 1))
    return next((Span.at(n, at + 1, len(words)) for n, at in places if at >= 0), None)
