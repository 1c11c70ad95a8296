"""What an export takes: one note as read, and of the others where they are and what they name."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Protocol

from notesite.diagnostics import Diagnostic, diagnose
from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from markdown_it.token import Token

    from notesite.bibliography.citing import Citing
    from notesite.config import Config
    from notesite.kinds import Kinds
    from notesite.languages import Catalogue
    from notesite.linking.finding import Finder
    from notesite.linking.labels import LabelIndex
    from notesite.markdown.note import ReadNote
    from notesite.model import Note
    from notesite.spans import Span


@dataclass(slots=True)
class Material:
    """What the document is made from, and what was found wrong on the way.

    `read` gives another note with its tokens, for embeds; `urls` the address of each published note
    by its path, absolute or empty.
    """

    config: Config
    words: Catalogue
    source: Path
    urls: Mapping[str, str]
    notes: Mapping[str, Note]
    finder: Finder
    file_finder: Finder
    labels: LabelIndex
    kinds: Kinds
    citing: Citing
    read: Callable[[str], ReadNote | None]
    problems: list[Diagnostic] = field(default_factory=list)

    @property
    def numbers_sections(self) -> bool:
        """Whether headings have numbers: wanted, or needed by what is counted within them."""
        config = self.config
        counts_by = config.results.number_by == "section" or config.math.number_by_section
        return config.markdown.number_headings or counts_by

    def report(
        self, code: str, message: str, file: str, span: Span | None = None, *hints: str
    ) -> None:
        """Remember what was found wrong."""
        self.problems.append(diagnose(code, message, file, span, hints=hints))


class InlineWriter(Protocol):
    """Writes what stands in lines as LaTeX; `formulas` is the TeX of all formulas so far."""

    formulas: list[str]

    def text(self, text: str) -> str:
        """Plain text as LaTeX."""
        ...

    def write(self, inline: Token | None) -> str:
        """An inline token and all that it holds."""
        ...

    def short_formula(self, tex: str) -> str:
        """A formula within a line."""
        ...
