"""What templates see: plain values, with every URL relative to the page being rendered.

HTML is `Markup`, so that autoescape leaves it alone; everything else is escaped by Jinja.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from notesite.rendering.results import RestView
    from notesite.rendering.scholarly import CiteView, ScholarView


NO_MARKUP = Markup()


@dataclass(frozen=True, slots=True)
class SiteView:
    """`site` in every template.

    `author`, `base_url`, the feeds' URLs, `repository` and `footer` may be empty. `navigation`
    holds the sections without a parent. `favicon` is the URL of the icon.
    """

    title: str
    description: str
    author: str
    language: str
    base_url: str
    map_url: str
    """The map of all notes, or empty."""
    notation_url: str
    """The list of all described symbols, or empty."""
    results_url: str
    """The page of all results, or empty."""
    feed_url: str
    json_feed_url: str
    repository: str
    footer: Markup
    version: str
    navigation: tuple[LinkView, ...]
    search_url: str = ""
    """The folder of the search's index, or empty."""
    favicon: str = ""
    logo: str = ""
    """The URL of the picture before the title, or empty."""
    links: tuple[LinkView, ...] = ()
    """The links at the end of each page."""
    social: tuple[LinkView, ...] = ()
    policy: str = ""
    """The Content-Security-Policy, or empty."""
    previews_url: str = ""
    """The folder of what links to other pages show, or empty."""


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link: its URL, its text as HTML, the emoji before it, if any."""

    url: str
    title: Markup
    emoji: str = ""
    is_current: bool = False
    parts: tuple[LinkView, ...] = ()


@dataclass(frozen=True, slots=True)
class PageView:
    """`page` in every template: what the `<head>` needs.

    `kind` is index, note, section, tag, tags, all or not-found. `title` is readable plain text.
    `canonical` is an absolute URL, or empty without a base URL. `css_classes` come from the note.
    """

    kind: str
    title: str
    description: str
    canonical: str
    language: str
    css_classes: tuple[str, ...] = ()
    created: date | None = None
    updated: date | None = None
    image: str = ""
    """The absolute address of the picture for social networks, or empty."""
    has_card: bool = False
    """Whether that picture is one that was painted, whose size and content are known."""
    is_indexed: bool = True
    """Whether search engines may list the page."""
    markdown_url: str = ""
    """Where the note's own Markdown is, or empty."""
    authors: tuple[str, ...] = ()
    section: str = ""
    tags: tuple[str, ...] = ()
    has_diagrams: bool = False
    """Whether there are diagrams that a script draws."""


@dataclass(frozen=True, slots=True)
class TagView:
    """A tag: its name, its page's URL, how many notes carry it."""

    name: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class EntryView:
    """A note in a list. `summary` may be empty, `tags` too, the dates None."""

    title: Markup
    url: str
    summary: Markup
    tags: tuple[TagView, ...]
    created: date | None
    updated: date | None
    minutes: int
    section: LinkView
    is_draft: bool
    why: Markup = NO_MARKUP
    """Why the note stands in this list, or empty."""


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of a series."""

    number: int
    link: LinkView


@dataclass(frozen=True, slots=True)
class SeriesView:
    """The series that a note is a part of: which part of how many, and all parts in order."""

    name: str
    number: int
    total: int
    parts: tuple[PartView, ...]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change of a note as git knows it: its day, and the first line of what was said."""

    date: date
    subject: str


@dataclass(frozen=True, slots=True)
class StreamView:
    """A note whose whole text stands on its section's page."""

    entry: EntryView
    body: Markup
    anchor: str


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group of entries; `title` is empty for the notes of no group."""

    id: str
    title: Markup
    description: Markup
    entries: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section with its groups and its parts; `description` is inline, `introduction` blocks."""

    id: str
    title: Markup
    emoji: str
    url: str
    description: Markup
    introduction: Markup
    groups: tuple[GroupView, ...]
    parts: tuple[SectionView, ...]
    count: int
    """How many notes the section holds, its parts' included."""


@dataclass(frozen=True, slots=True)
class ContentsItem:
    """A line of a table of contents, with the lines under it."""

    title: Markup
    anchor: str
    items: tuple[ContentsItem, ...]


@dataclass(frozen=True, slots=True)
class SymbolView:
    """A described symbol: the name of its macro, how it is written, looks and what it means.

    `html` may be empty. `url` is where it is first used, or empty; `note` is the note of that place
    on the list of the whole site, None on the page of a note.
    """

    name: str
    tex: str
    html: Markup
    meaning: Markup
    url: str
    note: LinkView | None = None
    count: int = 1
    """How many notes use it."""


@dataclass(frozen=True, slots=True)
class NoteView:
    """`note` in `note.html`; `group` is the group's title or empty."""

    title: Markup
    section: LinkView
    group: str
    created: date | None
    updated: date | None
    tags: tuple[TagView, ...]
    minutes: int
    words: int
    contents: tuple[ContentsItem, ...]
    body: Markup
    summary: Markup
    previous: EntryView | None
    following: EntryView | None
    backlinks: tuple[EntryView, ...]
    related: tuple[EntryView, ...]
    map: Markup
    """The map of the neighbouring notes, or empty."""
    authors: tuple[str, ...]
    source_url: str
    is_draft: bool
    scholar: ScholarView
    cite: CiteView | None
    """How to cite the note; None where it is nobody's."""
    symbols: tuple[SymbolView, ...] = ()
    """The described symbols that the note uses."""
    series: SeriesView | None = None
    changes: tuple[ChangeView, ...] = ()
    """What git says of its changes, the last first; empty unless the site wants them."""
    rests: tuple[RestView, ...] = ()
    """The results of the note with drawings of what they rest on."""
    extra: Mapping[str, Any] = field(default_factory=dict)
