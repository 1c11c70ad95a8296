"""Citations as values: what a note says, and what a style makes of the citations of a page."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Protocol

from notesite.bibliography.entries import formulas_in
from notesite.bibliography.reading import Bibliography
from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from notesite.bibliography.entries import Entry
    from notesite.bibliography.runs import Text


@dataclass(frozen=True, slots=True)
class Item:
    """One work in a citation: `[see -@key, pp. 3-5, too]` with its prefix and suffix.

    `locator` is the CSL name of a part and which one: `("page", "3-5")`; `locator_source` the same
    as its author wrote it. `anchor` is the id of the place of the citation.
    """

    key: str
    prefix: Text = ()
    suffix: Text = ()
    locator: tuple[str, str] | None = None
    locator_source: str = ""
    suppresses_author: bool = False
    anchor: str = ""


BRACKET, PROSE, AUTHOR, YEAR, SILENT = "bracket", "prose", "author", "year", "silent"
"""The forms of a citation: (Saxe, 2014), Saxe (2014), Saxe, 2014, and only in the list."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation of one work or several at one place."""

    items: tuple[Item, ...]
    form: str = BRACKET


@dataclass(frozen=True, slots=True)
class Listed:
    """A work in the list of references; `label` is what citations call it, or empty."""

    key: str
    label: str
    text: Text


@dataclass(frozen=True, slots=True)
class Formatted:
    """The citations of a page, in their order, and its list of references."""

    citations: tuple[Text, ...] = ()
    references: tuple[Listed, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a language that styles need."""

    language: str = "en"

    and_: str = "and"
    last_and: str = ", and"
    """Before the last of several: many languages have no comma there."""
    et_al: str = "et al."
    no_date: str = "n.d."
    in_: str = "In"
    editor: str = "ed."
    editors: str = "eds."
    edition: str = "edition"
    numbered_edition: str = "{number} edition"
    volume: str = "vol."
    version: str = "version"
    number: str = "no."
    pages: str = "pp."
    page: str = "p."
    months: tuple[str, ...] = field(default=())


class Style(Protocol):
    """How citations and references look."""

    @property
    def is_numeric(self) -> bool:
        """Whether the list is one of numbers."""
        ...

    def format(
        self, citations: Sequence[Citation], entries: Mapping[str, Entry], words: Words
    ) -> Formatted:
        """The citations of one page as text; each names only keys of `entries`."""
        ...


@dataclass(frozen=True, slots=True)
class Citing:
    """What a site can cite, and how; `formulas` are those of the cited entries by their TeX.

    Without a style there is nothing to cite.
    """

    bibliography: Bibliography = field(default_factory=Bibliography)
    style: Style | None = None
    formulas: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def look(self) -> Style | None:
        """How citations look; None where there is nothing to cite."""
        return self.style

    def find(self, path: str, key: str) -> Citable | None:
        """What the note at `path` means by `key`."""
        entry = self.bibliography.find(path, key)
        if entry is None:
            return None
        texts = formulas_in(entry)
        return Citable(entry, {tex: self.formulas[tex] for tex in texts if tex in self.formulas})

    def suggestions(self, path: str, key: str) -> list[str]:
        """The keys that a person may have meant by `key`, the closest first."""
        return self.bibliography.suggestions(path, key)

    def names(self) -> tuple[object, ...]:
        """All that the answers depend on."""
        return self.bibliography.names(), repr(self.style), sorted(self.formulas.items())


@dataclass(frozen=True, slots=True)
class Citable:
    """An entry with the HTML and the readable text of its formulas by their TeX."""

    entry: Entry
    formulas: Mapping[str, tuple[str, str]]


NOTHING_TO_CITE = Citing()


def reference_anchor(key: str) -> str:
    """The id of a work in the list of references."""
    return f"ref-{key}"
