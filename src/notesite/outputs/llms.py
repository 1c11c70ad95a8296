"""`llms.txt` (llmstxt.org): what the site holds, in Markdown, for language models."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notesite.linking import urls
from notesite.outputs import entries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from notesite.config import Config
    from notesite.model import LinkedNote, Section, Site

_SPECIAL = re.compile(r"([\\\[\]<>*_`])")


def llms_text(site: Site, config: Config) -> bytes:
    """The public notes by section, each with its address and its summary.

    The addresses are those of the notes' Markdown where it is published.
    """
    lines = [f"# {_text(config.site.title)}", ""]
    if config.site.description:
        lines += [f"> {_text(config.site.description)}", ""]
    public = {note.url: note for note in entries.indexed_notes(site)}
    for section in site.sections:
        lines += _section(section, public, config, (section.title.text,))
    return ("\n".join(lines).rstrip() + "\n").encode()


def _section(
    section: Section, public: dict[str, LinkedNote], config: Config, names: Sequence[str]
) -> Iterator[str]:
    listed = [public[url] for url in section.notes if url in public]
    if listed:
        yield f"## {_text(' › '.join(names))}"
        yield ""
        yield from (_line(note, config) for note in listed)
        yield ""
    for part in section.parts:
        yield from _section(part, public, config, (*names, part.title.text))


def _line(linked: LinkedNote, config: Config) -> str:
    has_markdown = config.machines.markdown and linked.has_public_source
    target = urls.markdown_url(linked.url) if has_markdown else linked.url
    address = urls.absolute_url(config.site.base_url, target)
    address = address.replace("(", "%28").replace(")", "%29")
    summary = _text(entries.summary_text(linked))
    return f"- [{_text(linked.note.title.text)}]({address})" + (f": {summary}" if summary else "")


def _text(text: str) -> str:
    """`text` on one line, with nothing in it that Markdown would read as more."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
