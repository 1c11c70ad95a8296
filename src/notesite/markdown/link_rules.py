"""How what leads elsewhere is rendered: links, images and raw HTML, their ways inside left open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from markdown_it.renderer import RendererHTML

from notesite.markdown import plain
from notesite.markdown.images import film_frame
from notesite.markdown.places import SPAN, words
from notesite.markdown.references import (
    is_external,
    leave_mark,
    link_reference,
    note_web_link,
    open_raw_html,
)
from notesite.model import Reference, ReferenceKind
from notesite.spans import Position, Span
from notesite.text import attributes_html

if TYPE_CHECKING:
    from collections.abc import MutableMapping, Sequence

    from markdown_it.token import Token
    from markdown_it.utils import OptionsDict

_OPEN_LINKS = "notesite_open_links"


class LinkRules(RendererHTML):
    """The rules of a renderer for tokens that lead elsewhere."""

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
            return film or f"<img{attributes_html(everything.items())}>"
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
            else super(LinkRules, self).renderInlineAsText([token], options, env)
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
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """A raw tag, likewise."""
        return self.html_block(tokens, idx, options, env)


def _place(token: Token) -> Span | None:
    span: Span | None = token.meta.get(SPAN)
    if span is None and token.map:
        return Span(Position(token.map[0] + 1, 1), Position(token.map[0] + 1, 2))
    return span
