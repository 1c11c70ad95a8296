"""One entry of a bibliography, whichever format it was written in.

The fields are those of CSL (https://docs.citationstyles.org, appendices III and IV) under readable
names, as CSL-JSON can be had from BibTeX but not the other way round.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from notesite.records import dataclass

if TYPE_CHECKING:
    from notesite.bibliography.runs import Text
    from notesite.spans import Span

OTHERS = "others"
"""The family name that stands for the people who are not named."""


@dataclass(frozen=True, slots=True)
class Name:
    """A person, or with only a family name an institution."""

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""

    @property
    def last(self) -> str:
        """The family name with its particle: `van Beethoven`."""
        return f"{self.particle} {self.family}".strip()

    @property
    def full(self) -> str:
        """The name as it is spoken: `Ludwig van Beethoven`."""
        return " ".join(filter(None, (self.given, self.last, self.suffix)))

    @property
    def sorted(self) -> str:
        """The name as lists begin with it: `Beethoven, Ludwig van`; a particle stays in front."""
        return ", ".join(filter(None, (self.last, self.given, self.suffix)))


@dataclass(frozen=True, slots=True)
class Date:
    """When something came out, as exactly as it is known; `text` when there are no numbers.

    What came out over several years did so `until` the last of them.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    text: str = ""
    until: int | None = None

    def __bool__(self) -> bool:
        return self.year is not None or bool(self.text)

    @property
    def label(self) -> str:
        """The year, the years, or what stands in their place such as `in press`."""
        years = f"{self.year}–{self.until}" if self.until else str(self.year)
        return years if self.year is not None else self.text


@dataclass(frozen=True, slots=True)
class Entry:
    """A work that can be cited.

    `kind` is a type of CSL such as `article-journal`. `file` and `span` say where it is written;
    `source` is the BibTeX of it, empty if it was not BibTeX.
    """

    key: str
    kind: str
    title: Text = ()
    authors: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()
    issued: Date = field(default_factory=Date)
    container: Text = ()
    """The journal, book or proceedings that it is a part of."""
    container_authors: tuple[Name, ...] = ()
    """Who wrote that whole, where others wrote the part."""
    series: Text = ()
    volume: str = ""
    issue: str = ""
    pages: str = ""
    edition: str = ""
    publisher: str = ""
    place: str = ""
    genre: str = ""
    number: str = ""
    chapter: str = ""
    version: str = ""
    note: Text = ()
    doi: str = ""
    url: str = ""
    accessed: Date = field(default_factory=Date)
    """When the address was looked at."""
    arxiv: str = ""
    arxiv_class: str = ""
    isbn: str = ""
    file: str = ""
    span: Span | None = None
    source: str = ""


def formulas_in(entry: Entry) -> tuple[str, ...]:
    """The TeX of the formulas in an entry."""
    texts = (entry.title, entry.container, entry.series, entry.note)
    return tuple(run.text for text in texts for run in text if run.style == "math")
