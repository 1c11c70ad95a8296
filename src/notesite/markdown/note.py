"""From a source to a note: everything one file says on its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.languages import Strings
from notesite.markdown.note_reading import Manners, NoteReading
from notesite.markdown.parser import build_parser
from notesite.markdown.results.tokens import ResultSettings
from notesite.markdown.workings import Workings
from notesite.math import MathCompiler
from notesite.model import Note, Passage, Source
from notesite.records import dataclass

if TYPE_CHECKING:
    from markdown_it.token import Token

    from notesite.config import MarkdownConfig, ResultsConfig
    from notesite.diagnostics import Diagnostic
    from notesite.math import MathSettings


@dataclass(frozen=True, slots=True)
class ReadNote:
    """A note with the tokens of its Markdown, of its title and of its summary."""

    note: Note
    tokens: tuple[Token, ...]
    title: Token | None
    summary: Token | None


class NoteParser:
    """Turns sources into notes; made once for a configuration, then used for every note."""

    def __init__(
        self,
        markdown: MarkdownConfig,
        math: MathSettings,
        strings: Strings | None = None,
        results: ResultsConfig | None = None,
    ) -> None:
        """Raises PluginError when a plugin of the configuration cannot be loaded."""
        self._manners = Manners(
            strings or Strings(), ResultSettings.of(results), markdown.number_headings
        )
        self._md = build_parser(markdown, (strings or Strings()).language)
        self._math = MathCompiler(math)
        self.math = self._math
        """The compiler of formulas, for those that stand elsewhere."""
        self.diagnostics = self._math.diagnostics
        """What is wrong with the math preamble."""

    def parse(self, source: Source, workings: Workings | None = None) -> Note:
        """The note that `source` states, with everything that is wrong with it.

        What the `workings` recall is not worked out anew; they hold then what the note took.
        """
        return self._parsing(source, workings).note()

    def read(self, source: Source) -> ReadNote:
        """The same with its tokens, for those who make something else than HTML of them."""
        parsing = self._parsing(source)
        note = parsing.note()
        matter = note.front_matter
        summary = None
        if matter.summary:
            summary = parsing.read_inline(matter.summary, matter.spans["summary"])
        return ReadNote(note, tuple(parsing.tokens), parsing.title_token, summary)

    def parse_passage(self, text: str, file: str) -> tuple[Passage, tuple[Diagnostic, ...]]:
        """Inline Markdown from the configuration, such as a title or a description."""
        reader = self._parsing(Source("", file, text, ""))
        inline = reader.read_inline(text, None, is_trusted=True)
        return reader.passage(inline), tuple(reader.problems)

    def parse_blocks(self, text: str, file: str) -> tuple[Passage, tuple[Diagnostic, ...]]:
        """Block Markdown from the configuration, such as a section's introduction."""
        reader = self._parsing(Source("", file, text, ""))
        return reader.blocks(text), tuple(reader.problems)

    def _parsing(self, source: Source, workings: Workings | None = None) -> NoteReading:
        return NoteReading(self._md, self._math, source, self._manners, workings or Workings())
