"""A note in its place among the others."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from notesite.records import dataclass
from notesite.text import replaced, shorten

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Mapping

    from notesite.model.notes import Note, Result, Withheld
    from notesite.model.references import Passage


@dataclass(frozen=True, slots=True)
class LinkedResult:
    """A result in its place in the site; URLs are its page's with its anchor as the fragment.

    `uses` are the results that its statement and its proofs refer to, `used_by` those that refer to
    it. `is_proved` says that there is a proof of it in the site.
    """

    result: Result
    path: str
    url: str
    uses: tuple[str, ...]
    used_by: tuple[str, ...]
    is_proved: bool


ImageSize = tuple[int, int]
"""Width and height of an image in CSS pixels."""


@dataclass(frozen=True, slots=True)
class ConfigTexts:
    """The Markdown of the configuration, parsed: what each text became, by the text itself."""

    inline: Mapping[str, Passage] = field(default_factory=dict)
    blocks: Mapping[str, Passage] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CitedWork:
    """A work in a page's list of references, as programs are told of it; all but `key` plain."""

    key: str
    text: str
    title: str
    doi: str
    url: str

    @property
    def identity(self) -> str:
        """What tells it from others: two notes may mean two works by one key."""
        return f"{self.key}\n{self.title}"


@dataclass(frozen=True, slots=True)
class Relation:
    """Another note that is like a note: its URL, and what both have.

    `tags` are names of tags, `links` URLs of notes to which both link, `works` identities of the
    works that both cite.
    """

    url: str
    tags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    works: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SeriesPlace:
    """A note's place in a series: which part of how many, all parts in order as number and URL."""

    name: str
    number: int
    total: int
    parts: tuple[tuple[int, str], ...]
    previous: str | None
    following: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """A commit that changed a note: its day, and the first line of what it says."""

    day: datetime.date
    subject: str


@dataclass(frozen=True, slots=True)
class LinkedNote:
    """A note in its place in the site; its HTML has every reference filled in.

    URLs are paths from the site's root without a leading slash, such as `proofs/riesz.html`; in
    HTML each stands between two NUL characters, until the page that shows it makes it relative.
    `links`, `backlinks`, `previous` and `following` name other notes by their URL.
    """

    note: Note
    url: str
    section: str
    group: str | None
    load_pieces: Callable[[], tuple[str, ...]] = field(compare=False, repr=False)
    """Makes its HTML, in pieces."""
    html_digest: str
    has_diagrams: bool
    summary_html: str
    summary_text: str
    """The summary as plain text, empty without one."""
    minutes: int
    """How long it takes to read."""
    created: datetime.date | None
    updated: datetime.date | None
    tags: tuple[str, ...]
    links: tuple[str, ...]
    """The notes that this one links to, in order of appearance."""
    referred: tuple[str, ...]
    """Which of its anchors other pages link to; the empty text stands for the note itself."""
    backlinks: tuple[str, ...]
    load_mentions: Callable[[], tuple[str, ...]] = field(compare=False, repr=False)
    mentions_digest: str
    related: tuple[Relation, ...] = field(compare=False)
    related_digest: str
    image: str
    """The picture for social networks: a URL of the site or of the web, or empty."""
    previous: str | None
    following: str | None
    series: SeriesPlace | None = None
    changes: tuple[Change, ...] = ()
    """What git knows of its changes, the last first, if the site shows them."""
    works: tuple[CitedWork, ...] = ()
    """What its page cites, embedded notes included, in the order of its list of references."""
    references_anchor: str = ""
    """The id of the heading that the list was given; empty where the note has its own, or none."""
    withheld: tuple[Withheld, ...] | None = ()
    """What of the source is not for readers: comments, and links to what is not published.

    None where some of it could not be placed for certain.
    """
    has_public_source: bool = True
    """Whether the source can be published without what is withheld."""
    said: tuple[tuple[str, str], ...] = ()
    """What the references by name in its headings and its excerpt say, by their source."""

    @property
    def mentions(self) -> tuple[str, ...]:
        """For each backlink the sentence that links here, as HTML; empty where there is none."""
        return self.load_mentions()

    @property
    def excerpt(self) -> str:
        """How its text begins, with what its references by name say."""
        return shorten(replaced(self.note.excerpt, dict(self.said)))

    @property
    def pieces(self) -> tuple[str, ...]:
        """Its HTML in pieces, made when asked for."""
        return self.load_pieces()

    @property
    def html(self) -> str:
        """The whole of its HTML, made when asked for."""
        return "".join(self.load_pieces())
