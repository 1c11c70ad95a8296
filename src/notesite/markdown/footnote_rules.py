"""How footnotes are rendered: numbers in the text, and the notes they lead to behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown_it.renderer import RendererHTML

from notesite.markdown.places import words
from notesite.markdown.references import leave_mark
from notesite.model import Reference, ReferenceKind
from notesite.text import escape_html

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markdown_it.token import Token


class FootnoteRules(RendererHTML):
    """The rules of a renderer for the tokens of footnotes."""

    def footnote_block_open(
        self, _tokens: object, _idx: int, _options: object, env: dict[str, Any]
    ) -> str:
        """The beginning of a note's footnotes, where its last section ends."""
        part = leave_mark(env, Reference(ReferenceKind.PART, "1"))
        opening = f'<section class="footnotes" aria-label="{_said(env, "footnotes.title")}">'
        return f'{part}{opening}\n<ol class="footnotes-list">\n'

    def footnote_block_close(self, *_: object) -> str:
        """The end of a note's footnotes."""
        return "</ol>\n</section>\n"

    def footnote_open(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        """A footnote."""
        return f'<li id="fn{tokens[idx].meta["id"] + 1}" class="footnote-item">'

    def footnote_close(self, *_: object) -> str:
        """The end of a footnote."""
        return "</li>\n"

    def footnote_ref(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        """The number in the text that leads to a footnote."""
        number = tokens[idx].meta["id"] + 1
        # Where the style sheet shows the note: beside the first number that leads to it.
        place = "" if tokens[idx].meta.get("subId") else f' data-note="{number}"'
        return (
            f'<sup class="footnote-ref"><a href="#fn{number}" id="{_back(tokens[idx])}"{place} '
            f'role="doc-noteref">{number}</a></sup>'
        )

    def footnote_anchor(
        self, tokens: Sequence[Token], idx: int, _options: object, env: dict[str, Any]
    ) -> str:
        """The arrow that leads back from a footnote, never alone on a line."""
        return (
            f'\u00a0<a href="#{_back(tokens[idx])}" class="footnote-backref" role="doc-backlink" '
            f'aria-label="{_said(env, "footnotes.back")}">↩\ufe0e</a>'
        )


def _said(env: Mapping[str, Any], key: str) -> str:
    """A string of the note's language, for HTML."""
    return escape_html(words(env).text(key))


def _back(token: Token) -> str:
    number, again = token.meta["id"] + 1, token.meta.get("subId", 0)
    return f"fnref{number}-{again + 1}" if again else f"fnref{number}"
