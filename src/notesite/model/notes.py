"""A note: all that one file says."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from notesite.diagnostics import Diagnostic
    from notesite.model.references import Body, Passage, Title
    from notesite.model.sources import FrontMatter
    from notesite.spans import Span


PAGE_ANCHOR = "page:main"
"""The id of the element that a page's whole text stands in."""


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
    asks: tuple[str, ...] = ()
    """All names by which its text may refer to equations; empty unless numbers depend on that."""
    signs: str = ""
    """The characters beyond ASCII that its HTML holds, in order: what fonts must have."""
    comments: tuple[Withheld, ...] | None = ()
    """What of the source is a comment; None where one could not be placed for certain."""
    results: tuple[Result, ...] = ()
    """Its theorems, definitions, proofs and their like, in order."""
    key: str = field(default="", compare=False)
    """What tells this parse from any other of any text."""
    title_body: Body = ()
    """The title where references by name in it are open; empty where there are none."""
    face: str = field(default="", compare=False)
    """A digest of what other pages may show of the note: all but its text and its counts."""

    @property
    def body(self) -> Body:
        """The whole of its body."""
        return self.load_body()
