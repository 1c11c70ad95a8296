"""The renderer: markdown-it's, with our tokens and with references left open."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from markdown_it.renderer import RendererHTML

from notesite.markdown import mermaid, plain
from notesite.markdown.citing import cite_reference, formula_reference
from notesite.markdown.code import code_block, read_fence_info
from notesite.markdown.headings import title_of
from notesite.markdown.images import film_frame
from notesite.markdown.places import SPAN, words
from notesite.markdown.references import (
    is_external,
    leave_mark,
    link_reference,
    note_web_link,
    open_raw_html,
)
from notesite.markdown.results.titles import title_beginning, title_ending
from notesite.markdown.sanitising import sanitised
from notesite.model import Reference, ReferenceKind
from notesite.spans import Position, Span
from notesite.text import escape_html

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping, Sequence

    from markdown_it.token import Token
    from markdown_it.utils import OptionsDict

    from notesite.math import OpenReference

_OPEN_LINKS = "notesite_open_links"

_ALIGNMENT = re.compile(r"text-align:(left|center|right)")


class NoteRenderer(RendererHTML):
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
        before, after = token.meta.get("before", ""), token.meta.get("after", "")
        if before or after:
            return f'<span class="no-break">{escape_html(before)}{html}{escape_html(after)}</span>'
        return html + ("\n" if token.block else "")

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

    def link_open(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: dict[str, Any]
    ) -> str:
        """A link: as it is when it leads outside, a reference when it stays inside."""
        token = tokens[idx]
        reference = token.meta.get("reference")
        address = str(token.attrs.get("href", ""))
        links = env.setdefault(_OPEN_LINKS, [])
        if reference is None and is_external(address):
            links.append(False)
            note_web_link(env, address, _place(token))
            return f"<a{self.renderAttrs(token)}>"
        links.append(True)
        if reference is None:
            others = tuple((k, str(v)) for k, v in token.attrs.items() if k != "href")
            reference = link_reference(address, others, _place(token))
            if tokens[idx + 1].type == "link_close":
                # A link without a text is called what it leads to.
                reference = replace(reference, text="")
        return leave_mark(env, reference)

    def link_close(
        self, _tokens: Sequence[Token], _idx: int, _options: OptionsDict, env: dict[str, Any]
    ) -> str:
        """The end of the innermost link."""
        is_reference = env[_OPEN_LINKS].pop()
        return leave_mark(env, Reference(ReferenceKind.END)) if is_reference else "</a>"

    def image(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """An image: a reference unless it is somewhere else on the web."""
        token = tokens[idx]
        alt = self.renderInlineAsText(token.children, options, env)
        attributes = {k: str(v) for k, v in token.attrs.items() if k not in {"src", "alt"}}
        reference: Reference | None = token.meta.get("reference")
        address = str(token.attrs["src"])
        if reference is None and is_external(address):
            note_web_link(env, address, _place(token))
            everything = {"src": address, "alt": alt, **attributes, "loading": "lazy"}
            film = film_frame(address, alt or words(env).text("film.title"))
            return film or f"<img{attribute_text(everything.items())}>"
        if reference is None:
            target = link_reference(address, (), _place(token))
            reference = Reference(ReferenceKind.IMAGE, target.target, span=target.span)
        merged = (("alt", alt), *attributes.items(), *reference.attributes)
        return leave_mark(
            env,  # type: ignore[arg-type]
            Reference(
                ReferenceKind.IMAGE, reference.target, is_wikilink=reference.is_wikilink,
                attributes=merged, span=reference.span,
            ),
        )  # fmt: skip

    def renderInlineAsText(  # noqa: N802 - markdown-it's name
        self, tokens: Sequence[Token] | None, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """The text of inline tokens for an `alt` attribute, formulas in readable form."""
        return "".join(
            plain.readable(token)
            if token.type == "math"
            else super(NoteRenderer, self).renderInlineAsText([token], options, env)
            for token in tokens or ()
        )

    def html_block(
        self,
        tokens: Sequence[Token],
        idx: int,
        _options: OptionsDict,
        env: MutableMapping[str, Any],
    ) -> str:
        """Raw HTML, its internal addresses left open."""
        return open_raw_html(tokens[idx].content, env, _place(tokens[idx]))  # type: ignore[arg-type]

    def html_inline(
        self,
        tokens: Sequence[Token],
        idx: int,
        _options: OptionsDict,
        env: MutableMapping[str, Any],
    ) -> str:
        """A raw tag, its internal address left open."""
        return open_raw_html(tokens[idx].content, env, _place(tokens[idx]))  # type: ignore[arg-type]

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
        return code_block(token.content, fence_language(token), self.renderAttrs(token))

    def code_block(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: object
    ) -> str:
        """An indented block of code."""
        return code_block(tokens[idx].content, "", self.renderAttrs(tokens[idx]))

    def table_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """A table, in a frame that scrolls when it is wider than the page."""
        table = self.renderToken(tokens, idx, options, env)
        return f'<div class="table-wrap" tabindex="0">\n{table}'

    def table_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """The end of a table and of its frame."""
        return self.renderToken(tokens, idx, options, env) + "</div>\n"

    def th_open(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: object
    ) -> str:
        """A heading of a table's column; the empty corner above row titles heads nothing."""
        children = tokens[idx + 1].children
        if not children:
            return "<td>"
        return f'<th scope="col"{_alignment(tokens[idx])}>'

    def th_close(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: object
    ) -> str:
        """The end of a column's heading."""
        children = tokens[idx - 1].children
        return f"{_mark_of_text(children)}</th>\n" if children else "</td>\n"

    def td_open(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: object
    ) -> str:
        """A cell of a table."""
        return f"<td{_alignment(tokens[idx])}>"

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
        """The title of a callout, behind its icon."""
        opening = self.renderToken(tokens, idx, options, env)
        return f'{opening}<span class="callout-icon" aria-hidden="true"></span>'

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


def _with_references(html: str, references: Sequence[OpenReference], env: dict[str, object]) -> str:
    """The HTML of a formula with marks in place of the references that are open in it."""
    marks = [leave_mark(env, formula_reference(each)) for each in references]
    pieces = html.split("\0")
    return "".join(marks[int(each)] if at % 2 else each for at, each in enumerate(pieces))


def fence_language(token: Token) -> str:
    """The language that a fence names."""
    return read_fence_info(token.info).language


def attribute_text(attributes: object) -> str:
    """HTML attributes, escaped, each with a blank before it."""
    return "".join(f' {name}="{escape_html(value)}"' for name, value in attributes)  # type: ignore[attr-defined]


def _said(env: Mapping[str, Any], key: str) -> str:
    """A string of the note's language, for HTML."""
    return escape_html(words(env).text(key))


def _mark_of_text(children: Sequence[Token]) -> str:
    """A sign that nobody sees behind a heading of formulas alone.

    Programs that check headings do not take formulas for text and would call the heading empty.
    """
    has_words = any(each.type == "text" and each.content.strip() for each in children)
    has_formulas = any(each.type == "math" for each in children)
    return "&NoBreak;" if has_formulas and not has_words else ""


def _alignment(token: Token) -> str:
    found = _ALIGNMENT.search(str(token.attrs.get("style", "")))
    return f' class="align-{found[1]}"' if found else ""


def _back(token: Token) -> str:
    number, again = token.meta["id"] + 1, token.meta.get("subId", 0)
    return f"fnref{number}-{again + 1}" if again else f"fnref{number}"


def _place(token: Token) -> Span | None:
    span: Span | None = token.meta.get(SPAN)
    if span is None and token.map:
        return Span(Position(token.map[0] + 1, 1), Position(token.map[0] + 1, 2))
    return span
