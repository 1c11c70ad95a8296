"""The vocabulary: the values that travel between the stages.

Every class here is a frozen dataclass without behaviour of its own beyond looking things up; all
of them can be pickled, compared and hashed by value where their parts can.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from notesite.text import replaced

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Mapping

    from notesite.diagnostics import Diagnostic
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


@dataclass(frozen=True, slots=True)
class Title:
    """A title as HTML (math as MathML, no links) and as readable plain text."""

    html: str
    text: str


class ReferenceKind(Enum):
    """What a reference asks for; linking decides what it gets."""

    NOTE = "note"
    """The opening of a link to a note, or to a heading of one."""
    FILE = "file"
    """The opening of a link to a file that is not a note."""
    IMAGE = "image"
    """The whole of an image."""
    URL = "url"
    """Only the address of a file or note, for an attribute of raw HTML."""
    EMBED = "embed"
    """The whole of an embedded note, section, block, PDF, sound or film."""
    TAG = "tag"
    """The whole of a tag in the text; `target` is its name."""
    CITE_OR_LABEL = "cite-or-label"
    """The whole of a reference by name: to labels anywhere in the site, or to a bibliography.

    `cited` says to which; `target` is how it is written, one of `CITE_FORMS`; `text` is its source,
    which is shown where it names nothing.
    """
    PART = "part"
    """Nothing to see: where a part begins that may be embedded, or where it ends.

    For a section, `target` is its heading's level and `fragment` its anchor; it ends where another
    of its level or above begins. For a block, `target` is `begin` or `end`, `fragment` its id.
    """
    RESTATE = "restate"
    """The whole of a result that is shown again; `fragment` is its label, `target` its note."""
    USES = "uses"
    """What the result of the anchor `fragment` uses and is used by; nothing in an embed."""
    END = "end"
    """The closing of the innermost open NOTE or FILE reference."""


CITE_FORMS = (
    "bracket", "prose", "ref", "eqref", "cref", "Cref", "autoref", "author", "year", "silent",
)  # fmt: skip
"""How references by name are written: `[@key]`, `@key`, and by LaTeX's commands.

The last three are those of `\\citeauthor`, `\\citeyear` and `\\nocite`.
"""


@dataclass(frozen=True, slots=True)
class Cited:
    """One name in a reference by name, and what is written around it (pandoc's citations).

    In `[see -@doe99, pp. 33-35, and more]` the prefix is `see`, the author is suppressed, the
    locator is `("page", "33-35")` in the terms of CSL, and the suffix is `, and more`. For
    `@key[text]` the suffix is the text and `is_adjacent` is true: the words of a link to a label,
    or what to say of a citation. `locator_source` is the locator as written.
    """

    key: str
    prefix: Title = Title("", "")
    suffix: Title = Title("", "")
    locator: tuple[str, str] | None = None
    locator_source: str = ""
    suppresses_author: bool = False
    is_adjacent: bool = False


PLAIN = ("plain", "")
"""An attribute of references whose words alone are shown: in what is pressed to unfold, no link can
stand."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One use of another thing inside a body, open until linking.

    `target` is the path or name as written, decoded, without its fragment; it is empty for a link
    within the note. `is_wikilink` chooses Obsidian's rules of resolution. `text` is the label a
    reader sees when the author wrote none (NOTE, written `[[target]]`; the closing END follows at
    once), else None. `attributes` are HTML attributes to carry over.
    """

    kind: ReferenceKind
    target: str = ""
    fragment: str = ""
    is_wikilink: bool = False
    text: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    span: Span | None = None
    cited: tuple[Cited, ...] = ()


Body = tuple[str | Reference, ...]
"""Finished HTML with open references in between."""


T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Held(Generic[T_co]):
    """Something heavy that is in memory, where it could as well be elsewhere until called for."""

    value: T_co

    def __call__(self) -> T_co:
        """What is held."""
        return self.value


ELSEWHERE: Held[Body] = Held(())
"""In place of a body that is kept apart from its note."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A short rendered text such as a summary: its body, and its readable plain form."""

    body: Body
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a body: its level there (2 to 6), its anchor, its label and where it stands.

    `source` is the heading as written; wikilinks name a heading by it.
    """

    level: int
    anchor: str
    title: Title
    source: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Label:
    """A place inside a note that can be referred to by name, such as a numbered equation.

    `kind` is the id of a kind of `kinds`; `number` is empty for what has none. `title` is what the
    place is called, `display` what references to it are to say instead of kind and number.
    """

    name: str
    kind: str
    number: str
    anchor: str
    span: Span | None
    title: Title | None = None
    display: Title | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """A reference in a result's statement or proof, as written.

    `name` is a label of any note where `target` is None; else a fragment in the note that `target`
    names, empty for this note, by the rules of wikilinks or not.
    """

    name: str
    target: str | None = None
    is_wikilink: bool = False
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A theorem, a definition, a proof and their like.

    `kind` is the id of a kind; `name` what stands in parentheses behind the number. `label` and
    `number` are empty for what has none; `anchor` is its id on the page. `section` is the anchor of
    the heading it stands under. `equations` are the labels in its statement. `of` is what a proof
    or a solution belongs to, if that can be told.
    """

    kind: str
    name: Title | None
    number: str
    label: str
    anchor: str
    span: Span | None
    section: str = ""
    text: str = ""
    """The beginning of the statement as plain text."""
    equations: tuple[str, ...] = ()
    uses: tuple[Use, ...] = ()
    is_proof: bool = False
    """Whether it is a proof or a solution, and so no result by itself."""
    of: Use | None = None


@dataclass(frozen=True, slots=True)
class WebLink:
    """An address of the web that a note links to or shows, and where it does so."""

    address: str
    file: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Symbol:
    """A macro with a description that a note uses.

    `tex` is how it is written, `html` how it looks by itself, empty where it cannot stand so.
    `anchor` is the id of its first use in the note, or empty.
    """

    name: str
    tex: str
    html: str
    meaning: Title
    anchor: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """A stretch of a note's source that its readers do not get, and what they get instead.

    `shown` is None for a Markdown link, of which they get the words between the brackets.
    """

    span: Span
    shown: str | None = ""


@dataclass(frozen=True, slots=True)
class Note:
    """All that one file says on its own: a pure function of its text and of the configuration.

    The heavy part, its body, is asked for where it is needed and not kept; all else is small.
    """

    path: str
    file: str
    digest: str
    front_matter: FrontMatter
    title: Title
    summary: Passage | None
    load_body: Callable[[], Body] = field(compare=False, repr=False)
    headings: tuple[Heading, ...]
    labels: tuple[Label, ...]
    tags: tuple[str, ...]
    """Those of the front matter, then those of the text."""
    excerpt: str
    words: int
    formulas: int
    diagnostics: tuple[Diagnostic, ...]
    web_links: tuple[WebLink, ...] = ()
    symbols: tuple[Symbol, ...] = ()
    """The described symbols of its formulas, in the order of their first uses."""
    cited: tuple[str, ...] = ()
    """The names that its text refers to: labels of the site, or keys of a bibliography."""
    signs: str = ""
    """The characters beyond ASCII that its HTML holds, in order: what fonts must have."""
    comments: tuple[Withheld, ...] | None = ()
    """What of the source is a comment; None where one could not be placed for certain."""
    results: tuple[Result, ...] = ()
    """Its theorems, definitions, proofs and their like, in order."""
    key: str = field(default="", compare=False)
    """What tells this parse from any other of any text."""
    face: str = field(default="", compare=False)
    """A digest of what other pages may show of the note: all but its text and its counts."""

    @property
    def body(self) -> Body:
        """The whole of its body."""
        return self.load_body()


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


@dataclass(frozen=True, slots=True)
class Relation:
    """Another note that is like a note: its URL, and what both have.

    `tags` are names of tags, `links` URLs of notes to which both link, `works` keys of what both
    cite.
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
    related: tuple[Relation, ...]
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
        return replaced(self.note.excerpt, dict(self.said))

    @property
    def pieces(self) -> tuple[str, ...]:
        """Its HTML in pieces, made when asked for."""
        return self.load_pieces()

    @property
    def html(self) -> str:
        """The whole of its HTML, made when asked for."""
        return "".join(self.load_pieces())


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


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A file of the output that can be made: `make`, called with the site and `given`, its bytes.

    It may be None: then there is no such file after all.

    `make` reads nothing but the site that it is called with, `given` and the configuration, so that
    the page need not be made again as long as what it read stays the same. `given` holds plain
    values.
    """

    path: str
    make: Callable[..., bytes | None]
    given: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the output: its path relative to the output folder, and its bytes."""

    path: str
    content: bytes
