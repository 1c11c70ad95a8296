"""A note's own Markdown, as far as it is for readers.

Published are: the text without comments, with the words in place of links to what is not on the
site, below a front matter written anew from what the page itself says. No other key of the note's
front matter is, and nothing is published where a comment could not be placed for certain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.frontmatter import split_front_matter
from notesite.json_text import json_text
from notesite.latex_text import commands_in, macros_needed
from notesite.linking import urls
from notesite.markdown.withholding import without_withheld
from notesite.model import MacroText, Page
from notesite.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from notesite.config import Config
    from notesite.config.tables import MacroConfig
    from notesite.model import LinkedNote, Source


def has_markdown(linked: LinkedNote, config: Config) -> bool:
    """Whether the Markdown of this note is published."""
    is_wanted = bool(config.site.base_url) and config.machines.markdown
    return is_wanted and not linked.note.front_matter.is_draft and linked.has_public_source


def markdown_page(linked: LinkedNote, source: Source, config: Config) -> Page | None:
    """The page of a note's Markdown; None where `source` is not what the note was made from."""
    if source.digest != linked.note.digest or linked.withheld is None:
        return None
    block = split_front_matter(source.text)
    # Blank lines in place of the front matter keep the places of what is withheld.
    lines = printable(source.text).split("\n")
    count = block.lines if block else 0
    text = without_withheld("\n" * count + "\n".join(lines[count:]), linked.withheld)
    if text is None:
        return None
    body = text.strip("\n")
    head = "\n".join(_front_matter(linked, config, body))
    return Page(urls.markdown_url(linked.url), f"---\n{head}\n---\n\n{body}\n".encode())


def _front_matter(linked: LinkedNote, config: Config, body: str) -> Iterator[str]:
    """The lines of the public front matter; every value is JSON, which is YAML too."""
    matter = linked.note.front_matter
    yield f"title: {json_text(matter.title or linked.note.title.text)}"
    yield f"url: {json_text(urls.absolute_url(config.site.base_url, linked.url))}"
    if linked.created:
        yield f"date: {linked.created.isoformat()}"
    if linked.updated:
        yield f"updated: {linked.updated.isoformat()}"
    if matter.authors or config.site.author:
        yield f"authors: {json_text(list(matter.authors or (config.site.author,)))}"
    if linked.tags:
        yield f"tags: {json_text(list(linked.tags))}"
    if matter.summary:
        yield f"summary: {json_text(matter.summary)}"
    written = f"{body} {matter.title} {matter.summary}"
    of_site = {name.lstrip("\\"): _as_text(each) for name, each in config.math.macros.items()}
    macros = {**_used(of_site, written), **dict(matter.macros)}
    if macros:
        yield f"macros: {json_text({name: _macro(macro) for name, macro in macros.items()})}"


def _as_text(macro: str | MacroConfig) -> MacroText:
    """A macro of the configuration as front matter has them."""
    if isinstance(macro, str):
        return MacroText(macro)
    return MacroText(macro.body, macro.args, macro.default, macro.description)


def _used(macros: Mapping[str, MacroText], text: str) -> dict[str, MacroText]:
    """Those of the site's macros that a text uses, itself or by another one."""
    needed = macros_needed(
        commands_in(text), lambda name: macros[name].body if name in macros else None
    )
    return {name: macros[name] for name in needed}


def _macro(macro: MacroText) -> str | dict[str, str | int]:
    parts = {
        "body": macro.body,
        "args": macro.arguments,
        "default": macro.default,
        "description": macro.description or None,
    }
    given = {name: part for name, part in parts.items() if part is not None}
    return macro.body if len(given) == 1 else given
