"""References and what they stand in: finished HTML with open places."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Generic, TypeVar

from notesite.records import dataclass

if TYPE_CHECKING:
    from notesite.spans import Span


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

    @property
    def stand_in(self) -> str:
        """What stands for it in plain text until it is known what it says."""
        if self.text == "":
            return f"[]({self.target}#{self.fragment})"
        return self.text or ""


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
