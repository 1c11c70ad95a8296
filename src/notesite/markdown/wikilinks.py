"""Obsidian's links: `[[note]]`, `[[note#heading|text]]` and `![[image.png|300]]`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notesite.markdown.images import without_placing
from notesite.markdown.places import inline_origin
from notesite.markdown.references import place_in_file
from notesite.model import Reference, ReferenceKind
from notesite.patterns import pattern

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_LINK = pattern(r"(!?)\[\[([^\[\]|#\n]*)(#[^\[\]|\n]*)?(?:\|((?:[^\[\]\n]|\[[^\[\]\n]*\])*))?\]\]")
_SIZE = pattern(r"(\d+)(?:x(\d+))?$")
_IMAGES = frozenset({"png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp"})


def wikilinks_plugin(md: MarkdownIt) -> None:
    """Add the rule to `md`, before Markdown's own links."""
    md.inline.ruler.before("link", "wikilink", _wikilink)


def _wikilink(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] not in "![":
        return False
    match = _LINK.match(state.src, state.pos, state.posMax)
    if match is None or not (match[2].strip() or match[3]):
        return False
    if not match[1] and state.linkLevel:
        return False
    if not silent:
        _push(state, match)
    state.pos = match.end()
    return True


def _push(state: StateInline, match: re.Match[str]) -> None:
    # In a table the pipe is written `\|`; the table has unescaped it, a lone backslash may stay.
    target = match[2].strip().rstrip("\\")
    extension = target.rpartition(".")[2].lower()
    if match[1] and extension in _IMAGES:
        _push_image(state, match, target)
        return
    if match[1]:
        _push_embed(state, match, target)
        return
    _push_link(state, match, target, extension)


def _push_embed(state: StateInline, match: re.Match[str], target: str) -> None:
    fragment = place_in_file(target, (match[3] or "").lstrip("#").strip().rstrip("\\"))
    label = (match[4] or "").strip()
    sized = _SIZE.fullmatch(label)
    attributes: tuple[tuple[str, str], ...] = ()
    if sized:
        attributes = (("width", sized[1]),) + ((("height", sized[2]),) if sized[2] else ())
    is_file = target.rpartition(".")[2].lower() in FILES
    text = label if label and not sized else _shown(target, "" if is_file else fragment)
    span = inline_origin(state, match.start(), match[0]).span(0, len(match[0]))
    token = state.push("embed", "", 0)
    token.content = text
    token.meta = {
        "reference": Reference(
            ReferenceKind.EMBED, target, fragment, is_wikilink=True, text=text,
            attributes=attributes, span=span,
        )
    }  # fmt: skip


def _push_link(state: StateInline, match: re.Match[str], target: str, extension: str) -> None:
    fragment = place_in_file(target, (match[3] or "").lstrip("#").strip().rstrip("\\"))
    label = (match[4] or "").strip()
    is_file = bool(re.fullmatch(r"[a-z0-9]{1,5}", extension)) and extension in FILES
    span = inline_origin(state, match.start(), match[0]).span(0, len(match[0]))
    token = state.push("link_open", "a", 1)
    token.meta = {
        "reference": Reference(
            ReferenceKind.FILE if is_file else ReferenceKind.NOTE, target, fragment,
            is_wikilink=True, text=None if label else _shown(target, fragment), span=span,
        )
    }  # fmt: skip
    if label:
        _tokenize_label(state, match)
    state.push("link_close", "a", -1)


FILES = _IMAGES | {
    "pdf", "mp3", "wav", "ogg", "flac", "m4a", "mp4", "webm", "mov", "mkv", "ogv", "3gp",
    "canvas", "base", "csv", "txt", "zip", "py", "ipynb", "tex", "bib",
}  # fmt: skip
"""The extensions of files that are not notes."""


def _tokenize_label(state: StateInline, match: re.Match[str]) -> None:
    outer_position, outer_maximum = state.pos, state.posMax
    state.pos, state.posMax = match.start(4), match.end(4)
    state.linkLevel += 1
    state.md.inline.tokenize(state)
    state.linkLevel -= 1
    state.pos, state.posMax = outer_position, outer_maximum


def _shown(target: str, fragment: str) -> str:
    name = target.removesuffix(".md").rpartition("/")[2]
    return " › ".join(part for part in (name, *fragment.split("#")) if part)


def _push_image(state: StateInline, match: re.Match[str], target: str) -> None:
    *words, size = (match[4] or "").split("|")
    sized = _SIZE.match(size.strip())
    said = without_placing(words if sized else [*words, size])
    alt = "|".join(said).strip().strip("|")
    token: Token = state.push("image", "img", 0)
    token.attrs = {"src": "", "alt": alt}
    token.content = alt
    token.children = []
    if alt:
        state.md.inline.parse(alt, state.md, state.env, token.children)
    attributes: tuple[tuple[str, str], ...] = ()
    if sized:
        attributes = (("width", sized[1]),) + ((("height", sized[2]),) if sized[2] else ())
    span = inline_origin(state, match.start(), match[0]).span(0, len(match[0]))
    token.meta = {
        "reference": Reference(
            ReferenceKind.IMAGE, target, is_wikilink=True, attributes=attributes, span=span
        )
    }
