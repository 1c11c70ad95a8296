"""Bibliographies from their files: which holds for which note, and the entries that are cited."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from notesite.bibliography.entries import Entry
from notesite.diagnostics import Diagnostic, diagnose
from notesite.records import dataclass
from notesite.text import is_slip, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from notesite.bibliography.bibtex import RawEntry

_FIELD = re.compile(r"([A-Za-z]+)\s*=")
LARGEST = 50_000_000
"""Characters of a bibliography that are read."""


class Library(Mapping[str, "Entry"]):
    """The entries of one file by key; a BibTeX entry is read when it is asked for."""

    def __init__(
        self,
        file: str,
        written: Mapping[str, RawEntry | Entry],
        diagnostics: tuple[Diagnostic, ...] = (),
        digest: str = "",
    ) -> None:
        self.file = file
        self.digest = digest
        """What tells the file's content from any other."""
        self.diagnostics = diagnostics
        self._written = written
        self._raw = {key: raw for key, raw in written.items() if not isinstance(raw, Entry)}
        self._read: dict[str, Entry] = {}

    def __getitem__(self, key: str) -> Entry:
        known = self._read.get(key)
        if known is None:
            written = self._written[key]
            known = written if isinstance(written, Entry) else _entry_of(written, self._raw)
            self._read[key] = known
        return known

    def __iter__(self) -> Iterator[str]:
        return iter(self._written)

    def __len__(self) -> int:
        return len(self._written)

    def __contains__(self, key: object) -> bool:
        return key in self._written


def _entry_of(written: RawEntry, others: Mapping[str, RawEntry]) -> Entry:
    from notesite.bibliography.fields import read_entry  # noqa: PLC0415 - most sites cite nothing

    return read_entry(written, others)


@dataclass(frozen=True, slots=True)
class Bibliography:
    """What can be cited: the site's libraries, and by their paths those of some notes."""

    site: tuple[Library, ...] = ()
    notes: Mapping[str, tuple[Library, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.site or self.notes)

    def libraries(self, path: str) -> tuple[Library, ...]:
        """The libraries of the note at `path`, its own before the site's."""
        return (*self.notes.get(path, ()), *self.site)

    def find(self, path: str, key: str) -> Entry | None:
        """What the note at `path` means by `key`."""
        libraries = self.libraries(path)
        return next((library[key] for library in libraries if key in library), None)

    def names(self) -> tuple[object, ...]:
        """The libraries of the site and of notes, each as its digest."""
        own = {path: [each.digest for each in libs] for path, libs in self.notes.items()}
        return [each.digest for each in self.site], sorted(own.items())

    def suggestions(self, path: str, key: str) -> list[str]:
        """The keys that a person may have meant by `key`, the closest first."""
        return nearest(key, {name for library in self.libraries(path) for name in library}, 2)


def read_library(text: str, file: str) -> Library:
    """The entries of a file of BibTeX, or of CSL-JSON if its name ends so."""
    if len(text) > LARGEST:
        message = f"a bibliography of more than {LARGEST:,} characters is not read"
        return Library(file, {}, (diagnose("bibliography-unreadable", message, file),))
    if file.lower().endswith(".json"):
        from notesite.bibliography.csl_json import read_csl_json  # noqa: PLC0415 - most sites cite nothing

        entries, problems = read_csl_json(text, file)
        return Library(file, entries, problems, _digest(text))
    from notesite.bibliography.bibtex import read_bibtex  # noqa: PLC0415 - as above

    raw, problems = read_bibtex(text, file)
    return Library(file, raw, problems, _digest(text))


def load_library(path: Path, file: str) -> Library:
    """The library in the file at `path`, called `file`; what is wrong with it goes with it."""
    try:
        return read_library(path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"), file)
    except UnicodeDecodeError as error:
        message = f"not valid UTF-8 (byte {error.start})"
        return Library(file, {}, (diagnose("bibliography-unreadable", message, file),))
    except OSError as error:
        message = f"the bibliography cannot be read: {error.strerror}"
        return Library(file, {}, (diagnose("bibliography-unreadable", message, file),))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def check_cited(entries: Iterable[Entry]) -> tuple[Diagnostic, ...]:
    """What cited entries lack that a reader would want."""
    problems = []
    for entry in entries:
        missing = [name for name, is_there in _wanted(entry) if not is_there]
        if missing:
            message = f"'{entry.key}' is cited and has no {' and no '.join(missing)}"
            hints = _slips(entry, missing)
            problems.append(
                diagnose("bibliography-field", message, entry.file, entry.span, hints=hints)
            )
    return tuple(problems)


def _slips(entry: Entry, missing: Sequence[str]) -> tuple[str, ...]:
    """For fields of an entry in BibTeX that are a slip from one that is missing, which that is."""
    written = _FIELD.findall(entry.source)
    return tuple(
        f"'{name}' is no field: did you mean '{meant}'?"
        for name in written
        for meant in missing
        if is_slip(name.lower(), meant)
    )


def _wanted(entry: Entry) -> tuple[tuple[str, bool], ...]:
    people = bool(entry.authors or entry.editors)
    return ("title", bool(entry.title)), ("author", people), ("year", bool(entry.issued))
