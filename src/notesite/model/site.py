"""The site: all that the notes say together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notesite.diagnostics import Diagnostic
    from notesite.model.notes import Symbol, WebLink
    from notesite.model.placed import LinkedNote, LinkedResult
    from notesite.model.references import Title


@dataclass(frozen=True, slots=True)
class Group:
    """A group of a section's notes; the one without a title holds notes of no group."""

    id: str
    title: Title
    description_html: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the site with its notes by group and its parts, as URLs and as sections.

    `description_html` and `introduction_html` are rendered Markdown: a line, and blocks.
    """

    id: str
    title: Title
    emoji: str
    url: str
    parent: str
    description_html: str
    introduction_html: str
    groups: tuple[Group, ...]
    parts: tuple[Section, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """The URLs of the section's own notes, in order, its parts' left out."""
        return tuple(url for group in self.groups for url in group.notes)


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as first spelt, its page's URL, and the URLs of its notes, newest first."""

    name: str
    url: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotationEntry:
    """A described symbol of the site, and the notes that use it so, by URL, in reading order."""

    symbol: Symbol
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Respelling:
    """A link in `file` that writes `written` and means the file at `path`; `line` from 1."""

    file: str
    line: int
    written: str
    path: str


@dataclass(frozen=True, slots=True)
class Survey:
    """What is lawful in a site but worth a look: nothing of it is a problem of one place.

    `orphans` are the files of notes that neither link to a note nor are linked to; `unused` the
    images and other media that no page shows; `wanted` the names of notes that are linked to but
    not there, with how often, the most wanted first; `respelled` the links that name a file in
    other capitals than its own, which a server that heeds them would not find.
    """

    orphans: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    wanted: tuple[tuple[str, int], ...] = ()
    respelled: tuple[Respelling, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """All that the notes say together: a pure function of notes and configuration."""

    notes: Mapping[str, LinkedNote]
    """By URL, in the order of their paths."""
    sections: tuple[Section, ...]
    """Those without a parent, in order; the others are their parts."""
    navigation: tuple[Section, ...]
    """The same without their notes and introductions: what every page shows of them."""
    tags: tuple[Tag, ...]
    assets: tuple[str, ...]
    """The files beside notes that pages use, as paths in the notes folder and in the output."""
    introduction_html: str
    footer_html: str
    redirects: Mapping[str, str]
    """From an alias's URL to the note's."""
    survey: Survey
    web_links: tuple[WebLink, ...]
    diagnostics: tuple[Diagnostic, ...]
    has_links: bool
    """Whether any note links to another."""
    has_diagrams: bool
    """Whether there is a diagram somewhere that a script draws."""
    tags_by_url: Mapping[str, Tag]
    results: Mapping[str, LinkedResult]
    """The theorems, definitions and their like of all notes by URL, proofs left out."""
    has_results: bool
    """Whether there is a page of them."""
    notation: tuple[NotationEntry, ...] = ()
