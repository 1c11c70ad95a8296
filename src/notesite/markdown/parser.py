"""The parser: markdown-it with the rules of this site, assembled."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import validateLink
from markdown_it.rules_core.normalize import normalize
from markdown_it.rules_inline.autolink import autolink
from markdown_it.rules_inline.html_inline import html_inline
from markdown_it.rules_inline.image import image
from markdown_it.rules_inline.link import link
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from notesite.markdown.admonitions import admonitions_plugin
from notesite.markdown.bare_links import (
    WordLinks,
    link_address_here,
    link_bare_addresses,
    place_bare_links,
)
from notesite.markdown.beginnings import begin_where_they_may
from notesite.markdown.boxes import boxes_plugin
from notesite.markdown.callouts import callouts_plugin
from notesite.markdown.captions import captions_plugin
from notesite.markdown.cite_commands import cite_commands_plugin
from notesite.markdown.citing import citing_plugin
from notesite.markdown.directives import directives_plugin
from notesite.markdown.embeds import embeds_plugin
from notesite.markdown.emphasis import emphasis_plugin
from notesite.markdown.figures import figures_plugin
from notesite.markdown.footnote_checks import footnote_checks_plugin
from notesite.markdown.headings import headings_plugin
from notesite.markdown.html_blocks import html_blocks_plugin
from notesite.markdown.image_attributes import image_attributes_plugin
from notesite.markdown.images import images_plugin
from notesite.markdown.inline_marks import inline_marks_plugin
from notesite.markdown.latex_leftovers import latex_leftovers_plugin
from notesite.markdown.math_blocks import math_plugin
from notesite.markdown.math_breaks import math_breaks_plugin
from notesite.markdown.open_formulas import open_formulas_plugin
from notesite.markdown.paragraphs import paragraphs_plugin
from notesite.markdown.places import BLOCK, IN_HEADING, IN_LINE, located, report
from notesite.markdown.plugin_blocks import plugin_blocks_plugin
from notesite.markdown.renderer import NoteRenderer
from notesite.markdown.results.commands import command_proofs_plugin
from notesite.markdown.results.fences import fences_plugin
from notesite.markdown.results.headings import heading_results_plugin
from notesite.markdown.results.paragraphs import paragraph_proofs_plugin
from notesite.markdown.roles import roles_plugin
from notesite.markdown.sanitising import sanitising_plugin
from notesite.markdown.shortcodes import shortcodes_plugin
from notesite.markdown.spaced_links import spaced_links_plugin
from notesite.markdown.tables import tables_plugin
from notesite.markdown.tags import tags_plugin
from notesite.markdown.targets import targets_plugin
from notesite.markdown.tasks import tasks_plugin
from notesite.markdown.typography import quotes_of, typography_plugin
from notesite.markdown.wikilinks import wikilinks_plugin
from notesite.spans import Span

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    from notesite.config import MarkdownConfig

DEEPEST_NESTING = 60
"""Levels of quotes and lists that are read; deeper ones are text."""

LONGEST_LABEL = 1000
"""Characters of a footnote's name, about as many as CommonMark allows a link's (section 6.3)."""

SAFE_ATTRIBUTES = ("id", "class", "width", "height", "lang", "dir")
"""The attributes that `{…}` may set where raw HTML is not let through."""


class PluginError(Exception):
    """A plugin named in the configuration that cannot be loaded; the message says why."""


def build_parser(config: MarkdownConfig, language: str = "en") -> MarkdownIt:
    """A markdown-it parser with CommonMark, the extensions of this site, and the config's plugins.

    Raises PluginError when a plugin of the configuration cannot be imported.
    """
    md = MarkdownIt("commonmark", renderer_cls=NoteRenderer)
    md.options.update(
        {
            "html": config.html,
            "breaks": bool(config.hard_breaks),
            "typographer": config.typographer,
            "quotes": quotes_of(language),
            "xhtmlOut": False,
            "maxNesting": DEEPEST_NESTING,
        }
    )
    md.enable(["table", "strikethrough"])
    md.validateLink = _may_be_linked  # type: ignore[assignment, method-assign]
    _add_rules(md, config)
    if not config.html:
        md.use(sanitising_plugin)
    begin_where_they_may(md)
    for name in config.plugins:
        md.use(_load_plugin(name))
    return md


def _add_rules(md: MarkdownIt, config: MarkdownConfig) -> None:
    allowed = None if config.html else SAFE_ATTRIBUTES
    md.core.ruler.at("normalize", _normalize)
    md.core.ruler.at("inline", _parse_inline)
    md.core.ruler.after("block", "too_deep", _tell_of_depth)
    md.use(footnote_plugin).use(deflist_plugin).use(tasks_plugin)
    md.inline.ruler.before("footnote_ref", "footnote_endless", _endless_footnote)
    md.use(footnote_checks_plugin)
    md.use(attrs_plugin, allowed=allowed).use(attrs_block_plugin, allowed=allowed)
    md.use(callouts_plugin).use(headings_plugin).use(fences_plugin)
    md.use(directives_plugin).use(admonitions_plugin).use(boxes_plugin)
    md.use(targets_plugin)
    md.use(paragraph_proofs_plugin).use(command_proofs_plugin).use(heading_results_plugin)
    md.use(captions_plugin)
    md.use(html_blocks_plugin).use(figures_plugin)
    md.use(embeds_plugin)
    md.use(math_plugin, backslash=config.backslash_math).use(paragraphs_plugin).use(tables_plugin)
    md.use(image_attributes_plugin).use(shortcodes_plugin).use(images_plugin).use(emphasis_plugin)
    if config.tags:
        md.use(tags_plugin)
    md.use(roles_plugin)
    md.use(wikilinks_plugin).use(citing_plugin).use(cite_commands_plugin).use(inline_marks_plugin)
    for name, rule in (
        ("link", link), ("image", image), ("html_inline", html_inline), ("autolink", autolink)
    ):  # fmt: skip
        md.inline.ruler.at(name, located(rule))
    md.use(spaced_links_plugin).use(latex_leftovers_plugin)
    if config.linkify:
        # Only with a scheme: `notes.py` and `2.in` are no hosts.
        md.options["linkify"] = True
        md.enable("linkify")
        assert md.linkify
        md.core.ruler.at("linkify", link_bare_addresses)
        md.core.ruler.after("linkify", "bare_link_places", place_bare_links)
        md.linkify.set({"fuzzy_link": False, "fuzzy_email": False})
        md.linkify = WordLinks(md.linkify)
        md.inline.ruler.at("linkify", link_address_here)
    if config.typographer:
        md.enable("smartquotes")
        md.use(typography_plugin)
    md.use(math_breaks_plugin).use(open_formulas_plugin).use(plugin_blocks_plugin)
    for name in (
        "math", "cite", "embed", "drawing", "part", "tag", "restate", "callout_title_open",
        "result_open",
        "result_close", "result_title_open", "result_title_close", "result_uses", "made_html",
    ):  # fmt: skip
        md.renderer.rules[name] = getattr(md.renderer, name)  # type: ignore[attr-defined]
    for name in ("block_open", "block_close", "open", "close", "ref", "anchor"):
        # The footnote plugin has put its own renderers in place.
        rule_name = f"footnote_{name}"
        md.renderer.rules[rule_name] = getattr(md.renderer, rule_name)  # type: ignore[attr-defined]


def _may_be_linked(address: str) -> bool:
    """Whether a link to `address` is read; one to a file of the author's computer is told of."""
    return address.lstrip()[:5].lower() == "file:" or validateLink(address)


def _endless_footnote(state: StateInline, silent: bool) -> bool:
    """A `[^` that nothing closes: the rule for footnotes would look for its end to the last."""
    start = state.pos
    if not state.src.startswith("[^", start):
        return False
    if state.src.find("]", start, start + LONGEST_LABEL) >= 0:
        return False
    if not silent:
        state.pending += "[^"
    state.pos += 2
    return True


def _normalize(state: StateCore) -> None:
    """markdown-it's own rule, which takes every line apart, where there is something to do.

    The text of a file has been through this when it was read.
    """
    if "\r" in state.src or "\0" in state.src:
        normalize(state)


def _holds(token: Token) -> bool:
    """Whether a token opens what holds other blocks."""
    return token.nesting == 1 and token.type not in {"paragraph_open", "heading_open"}


def _tell_of_depth(state: StateCore) -> None:
    """Tell of the first quote or list that is so deep that what is in it is not read."""
    deepest = next((t for t in state.tokens if t.level >= DEEPEST_NESTING - 1 and _holds(t)), None)
    if deepest and deepest.map:
        message = f"quotes or lists inside of each other beyond {DEEPEST_NESTING} levels: not shown"
        span = Span.at(deepest.map[0] + 1, 1)
        report(state.env, "markdown-too-deep", message, span, "indent less")


def _parse_inline(state: StateCore) -> None:
    """markdown-it's own rule, which also tells inline rules the block they are in."""
    previous = ""
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            if previous != "paragraph_open":
                token.meta[IN_LINE] = True
                token.meta[IN_HEADING] = previous == "heading_open"
            state.env[BLOCK] = token
            state.md.inline.parse(token.content, state.md, state.env, token.children)
        previous = token.type
    state.env.pop(BLOCK, None)


def _load_plugin(name: str) -> Any:  # noqa: ANN401 - a plugin is any callable that takes a parser
    module_name, _, attribute = name.partition(":")
    try:
        return getattr(import_module(module_name), attribute or "plugin")
    except (ImportError, AttributeError) as error:
        message = f"the Markdown plugin '{name}' cannot be loaded: {error}"
        raise PluginError(message) from error
