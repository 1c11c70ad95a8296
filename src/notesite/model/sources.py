"""What a file is, and what its front matter states."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any

from notesite.records import dataclass

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from notesite.spans import Span


@dataclass(frozen=True, slots=True)
class Source:
    """One Markdown file as it was read.

    `path` is relative to the notes folder and `file` to the site's root, both with forward
    slashes. `text` is decoded, without a byte order mark, its lines ended by line feeds alone; its
    lines and columns are those of the file. `digest` is the SHA-256 of the file's bytes.
    """

    path: str
    file: str
    text: str
    digest: str
    referred_to: frozenset[str] = frozenset()
    """The labels of its equations that links or other notes refer to, where numbers need that."""


@dataclass(frozen=True, slots=True)
class MacroText:
    """A macro as front matter writes it; without `arguments` they are counted in the body."""

    body: str
    arguments: int | None = None
    default: str | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The typed metadata of a note; what is absent from the file is None, empty or False."""

    title: str | None = None
    section: str | None = None
    group: str | None = None
    tags: tuple[str, ...] = ()
    summary: str | None = None
    date: datetime.date | None = None
    updated: datetime.date | None = None
    aliases: tuple[str, ...] = ()
    draft: bool = False
    publish: bool | None = None
    image: str | None = None
    order: float | None = None
    series: str | None = None
    part: int | None = None
    permalink: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    css_classes: tuple[str, ...] = ()
    macros: tuple[tuple[str, MacroText], ...] = ()
    contents: bool = True
    index: bool = True
    noindex: bool = False
    bibliography: tuple[str, ...] = ()
    citable: bool = False
    """Whether it is a work for scholars to cite, which search engines for them are told of."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    spans: Mapping[str, Span] = field(default_factory=dict)
    """Where each field's value stands in the file, by the field's name here."""

    @property
    def is_draft(self) -> bool:
        """Whether the note is not meant for readers, which `--drafts` alone can overrule."""
        return self.draft or self.publish is False
