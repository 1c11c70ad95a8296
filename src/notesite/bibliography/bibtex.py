"""BibTeX and BibLaTeX files: their entries as written, with everything that is wrong with them.

`bibtexparser` finds the blocks; what their fields say is read when an entry is cited, as a file of
thousands is common and a site cites few.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from notesite.diagnostics import Diagnostic, Related, diagnose
from notesite.records import dataclass
from notesite.spans import Span
from notesite.text import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

TYPES: dict[str, str] = {
    "article": "article-journal", "book": "book", "mvbook": "book", "inbook": "chapter",
    "bookinbook": "chapter", "suppbook": "chapter", "incollection": "chapter",
    "suppcollection": "chapter", "inreference": "entry-encyclopedia", "collection": "book",
    "mvcollection": "book", "reference": "book", "inproceedings": "paper-conference",
    "conference": "paper-conference", "proceedings": "book", "mvproceedings": "book",
    "periodical": "book", "suppperiodical": "article-journal", "phdthesis": "thesis",
    "mastersthesis": "thesis", "thesis": "thesis", "bachelorsthesis": "thesis",
    "techreport": "report", "report": "report", "manual": "report", "booklet": "pamphlet",
    "unpublished": "manuscript", "misc": "article", "preprint": "article", "online": "webpage",
    "electronic": "webpage", "www": "webpage", "software": "software", "dataset": "dataset",
    "patent": "patent", "video": "motion_picture", "lecture": "speech", "letter": "article",
    "artwork": "graphic", "audio": "song", "standard": "report", "review": "review",
}  # fmt: skip
"""The entry types of BibTeX and BibLaTeX, and what CSL calls each."""
_WITHOUT_WORK = frozenset({"comment", "preamble", "string", "set", "xdata"})
_PIECE = re.compile(r"\s*(#?)\s*")
_SIMPLE = re.compile(r'\{([^{}]*)\}|"([^"{}]*)"|(\d+)')
_WORD = re.compile(r"[^\s#{}\",=]+")
LONGEST = 100_000
"""How many characters a value may have that is put together of pieces."""


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as written: its fields in LaTeX by their names in lower case."""

    key: str
    type: str
    fields: Mapping[str, str]
    file: str
    span: Span
    source: str


class _FieldError(Exception):
    """A value that BibTeX could not read; the message says why."""


def read_bibtex(text: str, file: str) -> tuple[dict[str, RawEntry], tuple[Diagnostic, ...]]:
    """The entries of a BibTeX file by key, the first of those with the same one."""
    reader = _Reader(text, file)
    for block in _blocks(text):
        reader.read(block)
    return reader.entries, tuple(reader.problems)


def _blocks(text: str) -> Iterator[Any]:
    from bibtexparser.entrypoint import (  # noqa: PLC0415 - only a site with such a file needs it
        parse_string,
    )

    logger = logging.getLogger("bibtexparser")
    if not logger.handlers:
        # What it would say on the terminal comes back as diagnostics.
        logger.addHandler(logging.NullHandler())
    yield from parse_string(text, parse_stack=[]).blocks


class _Reader:
    def __init__(self, text: str, file: str) -> None:
        self._lines = text.split("\n")
        self._file = file
        self._strings = {month: month.capitalize() for month in _MONTHS}
        self.entries: dict[str, RawEntry] = {}
        self.problems: list[Diagnostic] = []

    def read(self, block: Any) -> None:  # noqa: ANN401 - told apart by the names of their types
        kind = type(block).__name__
        if kind == "String":
            self._read_string(block)
        elif kind == "Entry":
            self._read_entry(block)
        elif kind == "ParsingFailedBlock":
            self._report_broken(block)
        elif kind == "DuplicateBlockKeyBlock":
            self._read_duplicate(block.ignore_error_block)
        elif kind == "DuplicateFieldKeyBlock":
            names = ", ".join(sorted(f"'{name}'" for name in block.duplicate_keys))
            message = f"a field is given twice: {names}"
            self._report("bibliography-syntax", message, self._entry_span(block))
            self._read_entry(block.ignore_error_block)

    def _report(self, code: str, message: str, span: Span, hints: tuple[str, ...] = (),
                related: tuple[Related, ...] = ()) -> None:  # fmt: skip
        problem = diagnose(code, message, self._file, span, hints=hints, related=related)
        self.problems.append(problem)

    def _report_broken(self, block: Any) -> None:  # noqa: ANN401 - as above
        reason = str(getattr(block.error, "abort_reason", block.error)).split("\n")[0].rstrip(".")
        hints: tuple[str, ...] = ()
        if "end of file" in reason or "block start" in reason:
            reason = "this entry is never closed"
            hints = ("a brace or a quotation mark is missing in it",)
        message = reason[:1].lower() + reason[1:]
        self._report("bibliography-syntax", message, self._entry_span(block), hints)

    def _read_string(self, block: Any) -> None:  # noqa: ANN401 - as above
        span = self._entry_span(block)
        try:
            self._strings[block.key.lower()] = self._value(str(block.value))
        except _FieldError as error:
            self._report("bibliography-syntax", f"'{block.key}': {error}", span)

    def _read_duplicate(self, block: Any) -> None:  # noqa: ANN401 - as above
        if type(block).__name__ == "String":
            self._read_string(block)
            return
        first = self.entries.get(block.key)
        there = (Related("the first one is here", self._file, first.span),) if first else ()
        message = f"a second entry '{block.key}'; the first one holds"
        self._report("bibliography-duplicate", message, self._entry_span(block), related=there)

    def _read_entry(self, block: Any) -> None:  # noqa: ANN401 - as above
        span = self._entry_span(block)
        entry_type = block.entry_type.lower()
        if entry_type in _WITHOUT_WORK - {"xdata"}:
            return
        if not block.key or re.search(r"[\s,]", block.key):
            message = f"'{block.key}' is no key" if block.key else "an entry without a key"
            hint = f"write @{entry_type}{{key, …}}, the key without blanks"
            self._report("bibliography-syntax", message, span, (hint,))
            return
        if entry_type not in TYPES and entry_type != "xdata":
            close = nearest(entry_type, TYPES)
            hints = (f"did you mean '@{close[0]}'?",) if close else ("it is read as @misc",)
            message = f"there is no entry type '@{block.entry_type}'"
            self._report("bibliography-entry-type", message, span, hints)
        if block.key in self.entries:
            self._read_duplicate(block)
            return
        self.entries[block.key] = RawEntry(
            block.key, entry_type, self._fields(block), self._file, span, str(block.raw)
        )

    def _fields(self, block: Any) -> dict[str, str]:  # noqa: ANN401 - as above
        fields: dict[str, str] = {}
        for each in block.fields:
            name = each.key.lower()
            try:
                fields.setdefault(_named(name), self._value(str(each.value)))
            except _FieldError as error:
                message = f"the field '{each.key}': {error}"
                self._report("bibliography-syntax", message, self._field_span(each))
        return fields

    def _value(self, written: str) -> str:
        """The pieces of a value put together: braces, quotes, numbers, names of strings."""
        text = written.strip()
        simple = _SIMPLE.fullmatch(text)
        if simple:
            return simple[1] or simple[2] or simple[3] or ""
        pieces = []
        at = length = 0
        while at < len(text):
            piece, at = self._piece(text, at)
            pieces.append(piece)
            length += len(piece)
            if length > LONGEST:
                # Strings made of strings that are made of strings would fill all memory.
                raise _FieldError(f"it is longer than {LONGEST:,} characters")
            gap = _PIECE.match(text, at)
            assert gap
            if gap.end() < len(text) and not gap[1]:
                raise _FieldError(f"a comma is missing before '{text[gap.end() :][:20]}'")
            at = gap.end()
        return "".join(pieces)

    def _piece(self, text: str, at: int) -> tuple[str, int]:
        if text[at] in '{"':
            end = _closing(text, at)
            return text[at + 1 : end], end + 1
        word = _WORD.match(text, at)
        if word is None:
            raise _FieldError(f"'{text[at]}' cannot stand here")
        name = word[0]
        if name[0].isdigit():
            return name, word.end()
        known = self._strings.get(name.lower())
        if known is None:
            close = nearest(name, self._strings)
            meant = f"; did you mean '{close[0]}'?" if close else "; a text stands in braces"
            raise _FieldError(f"there is no string '{name}'{meant}")
        return known, word.end()

    def _entry_span(self, block: Any) -> Span:  # noqa: ANN401 - as above
        line = int(block.start_line or 0)
        text = self._line(line)
        key = str(getattr(block, "key", "") or "")
        at = text.find(key) if key else -1
        start = text.rfind("@", 0, at) if at >= 0 else text.find("@")
        start = max(start, 0)
        end = at + len(key) if at >= 0 else len(text.rstrip())
        return Span.at(line + 1, start + 1, max(end - start, 1))

    def _field_span(self, each: Any) -> Span:  # noqa: ANN401 - as above
        line = int(each.start_line or 0)
        found = re.search(rf"\b{re.escape(each.key)}\s*=\s*[{{\"]*", self._line(line))
        column = found.end() if found else 0
        return Span.at(line + 1, column + 1, max(len(self._line(line)[column:].rstrip(",} ")), 1))

    def _line(self, number: int) -> str:
        return self._lines[number] if number < len(self._lines) else ""


def _named(name: str) -> str:
    if not name:
        raise _FieldError("it has no name")
    return name


def _closing(text: str, start: int) -> int:
    """The offset of what closes the brace or the quote at `start`."""
    is_quote = text[start] == '"'
    depth = 0
    for at in range(start, len(text)):
        is_escaped = at > 0 and text[at - 1] == "\\"
        if text[at] == "{" and not is_escaped:
            depth += 1
        elif text[at] == "}" and not is_escaped:
            depth -= 1
            if depth == 0 and not is_quote:
                return at
        elif text[at] == '"' and is_quote and depth == 0 and at > start:
            return at
    raise _FieldError("it is never closed")
