"""The renderer: markdown-it's, with our tokens and with references left open."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from notesite.drawings import draw
from notesite.markdown import mermaid
from notesite.markdown.citing import cite_reference, formula_reference
from notesite.markdown.code import code_block, fence_language
from notesite.markdown.footnote_rules import FootnoteRules
from notesite.markdown.headings import title_of
from notesite.markdown.link_rules import LinkRules
from notesite.markdown.places import words
from notesite.markdown.plugin_blocks import diagram_source, is_diagram
from notesite.markdown.references import (
    leave_mark,
)
from notesite.markdown.results.titles import title_beginning, title_ending
from notesite.markdown.sanitising import sanitised
from notesite.markdown.slow_code import highlighted
from notesite.markdown.table_rules import TableRules
from notesite.model import Reference, ReferenceKind
from notesite.text import escape_html, signs_shown

if TYPE_CHECKING:
    from collections.abc import MutableMapping, Sequence

    from markdown_it.token import Token
    from markdown_it.utils import OptionsDict

    from notesite.math import OpenReference


# A formula in a line with more signs than these may be wider than a phone, and so may code.
_SIGNS_OF_A_PHONE = 18
_BREAKS = re.compile(r"[-/]\w")


class NoteRenderer(LinkRules, TableRules, FootnoteRules):
    """Renders the tokens of one note; `env` carries what a render gathers."""

    def render(
        self, tokens: Sequence[Token], options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """The HTML of tokens; safe whoever wrote them where raw HTML is not let through."""
        html = super().render(tokens, options, env)
        return html if options.get("html") else sanitised(html)

    def math(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: dict[str, Any]
    ) -> str:
        """A compiled formula, with the punctuation that must not be parted from it."""
        token = tokens[idx]
        html = str(token.meta["html"])
        if "references" in token.meta:
            html = _with_references(html, token.meta["references"], env)
        if token.block:
            return html + "\n"
        if _is_wide(html):
            html = f'<span class="wide-formula">{html}</span>'
        before, after = token.meta.get("before", ""), token.meta.get("after", "")
        if before or after:
            return f'<span class="no-break">{escape_html(before)}{html}{escape_html(after)}</span>'
        return html

    def code_inline(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """A piece of code; a short one is not broken behind a hyphen or a slash, as `--strict`."""
        token = tokens[idx]
        if len(token.content) <= _SIGNS_OF_A_PHONE and _BREAKS.search(token.content):
            token.attrJoin("class", "no-break")
        return super().code_inline(tokens, idx, options, env)

    def embed(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: dict[str, Any]
    ) -> str:
        """An embed, left open."""
        return leave_mark(env, tokens[idx].meta["reference"])

    part = embed
    tag = embed
    restate = embed
    result_uses = embed

    def cite(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: dict[str, Any]
    ) -> str:
        """A reference by name, left open."""
        return leave_mark(
            env, cite_reference(tokens[idx], lambda inline: title_of(inline, self, options))
        )

    def drawing(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: dict[str, Any]
    ) -> str:
        """A drawing; its pictures are left open, and empty frames where notes are strangers'."""
        meta = tokens[idx].meta
        drawing = meta["drawing"]
        if not options.get("html"):
            drawing = replace(drawing, files={})
        svg = draw(drawing, meta["name"], lambda file: leave_mark(env, _picture(file)))
        return f"<figure>{svg}</figure>\n"

    def heading_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: dict[str, Any]
    ) -> str:
        """A heading; one that stands in no other block begins a part that may be embedded."""
        token = tokens[idx]
        opening = self.renderToken(tokens, idx, options, env)
        if token.level:
            return opening
        part = Reference(ReferenceKind.PART, token.tag[1], str(token.attrs.get("id", "")))
        return leave_mark(env, part) + opening

    def fence(
        self,
        tokens: Sequence[Token],
        idx: int,
        _options: OptionsDict,
        env: MutableMapping[str, Any],
    ) -> str:
        """A fenced block of code."""
        token = tokens[idx]
        if fence_language(token) == mermaid.LANGUAGE:
            return mermaid.mermaid_figure(token.content, words(env))
        if is_diagram(token):
            return diagram_source(token.content, words(env))
        html = highlighted(token, env)
        return code_block(html, fence_language(token), self.renderAttrs(token))

    def code_block(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: object
    ) -> str:
        """An indented block of code."""
        return code_block(escape_html(tokens[idx].content), "", self.renderAttrs(tokens[idx]))

    def heading_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """The end of a heading, with a link to itself.

        The link is for those who point: it would be a part of the heading's name, and another stop
        at every heading. Keys and screen readers have the table of contents.
        """
        anchor = tokens[idx].meta.get("anchor")
        link = (
            f' <a class="heading-anchor" href="#{escape_html(anchor)}" '
            'aria-hidden="true" tabindex="-1">#</a>'
            if anchor
            else ""
        )
        return link + self.renderToken(tokens, idx, options, env)

    def callout_title_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """The title of a callout, behind its icon, which says the kind where the title does not."""
        opening = self.renderToken(tokens, idx, options, env)
        kind = tokens[idx].meta.get("kind")
        spoken = f'role="img" aria-label="{escape_html(kind)}"' if kind else 'aria-hidden="true"'
        return f'{opening}<span class="callout-icon" {spoken}></span>'

    def result_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: dict[str, Any]
    ) -> str:
        """A result, a part of the note that may be shown elsewhere."""
        begin = Reference(ReferenceKind.PART, "begin", tokens[idx].meta["result"].anchor)
        return leave_mark(env, begin) + self.renderToken(tokens, idx, options, env)

    def result_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: dict[str, Any]
    ) -> str:
        """The end of a result."""
        end = Reference(ReferenceKind.PART, "end", tokens[idx].meta["result"].anchor)
        return self.renderToken(tokens, idx, options, env) + leave_mark(env, end)

    def result_title_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """The title of a result, up to its name."""
        opening = self.renderToken(tokens, idx, options, env)
        return opening + title_beginning(tokens[idx].meta["result"], words(env))

    def result_title_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """The end of a result's title."""
        ending = title_ending(tokens[idx].meta["result"])
        return ending + self.renderToken(tokens, idx, options, env)

    def made_html(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        """Finished HTML: a sign at the end of a proof, a number."""
        return str(tokens[idx].meta["html"])


def _picture(file: str) -> Reference:
    return Reference(ReferenceKind.URL, file, is_wikilink=True, text=file)


def _is_wide(html: str) -> bool:
    """Whether a formula in a line may have to scroll within itself, for which it needs a box."""
    is_long = len(html) > _SIGNS_OF_A_PHONE and html.startswith("<math")
    return is_long and signs_shown(html) > _SIGNS_OF_A_PHONE


def _with_references(html: str, references: Sequence[OpenReference], env: dict[str, object]) -> str:
    """The HTML of a formula with marks in place of the references that are open in it."""
    marks = [leave_mark(env, formula_reference(each)) for each in references]
    pieces = html.split("\0")
    return "".join(marks[int(each)] if at % 2 else each for at, each in enumerate(pieces))
