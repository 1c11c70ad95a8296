"""The bibliographies of a site: found, read, and their cited entries made ready for pages."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from notesite.bibliography.citing import Citing
from notesite.bibliography.formulas import compile_formulas
from notesite.bibliography.places import bibliography_files, is_style_name
from notesite.bibliography.reading import (
    Bibliography,
    Library,
    check_cited,
    load_library,
)
from notesite.bibliography.styles import BUILT_IN, AuthorYear, built_in
from notesite.config import CONFIG_NAME
from notesite.diagnostics import Diagnostic, diagnose
from notesite.records import dataclass
from notesite.text import did_you_mean
from notesite.toml_places import find_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from notesite.bibliography.citing import Style
    from notesite.bibliography.entries import Entry
    from notesite.config import CitationsConfig
    from notesite.math import MathCompiler
    from notesite.model import Note
    from notesite.spans import Span


@dataclass(frozen=True, slots=True)
class Places:
    """Where a site lies: the folder of its configuration, that of its notes.

    `name` is how a person would name a file.
    """

    root: Path
    source: Path
    name: Callable[[Path], str]


class Gatherer:
    """Reads a site's bibliographies; between builds it keeps those that stay as they are."""

    def __init__(self) -> None:
        self._libraries: dict[tuple[str, str], Library] = {}

    def gather(
        self,
        places: Places,
        config: CitationsConfig,
        notes: Sequence[Note],
        *,
        language: str,
        compiler: Callable[[], MathCompiler],
    ) -> tuple[Citing, list[Diagnostic]]:
        """What the notes can cite and how, with all that is wrong with the files.

        `compiler` is asked for only when there are formulas in what is cited.
        """
        problems: list[Diagnostic] = []
        before, self._libraries = self._libraries, {}
        there, missing = _site_files(places, config)
        problems.extend(missing)
        site = [self._library(path, places, before) for path in there]
        own = {note.path: self._own(note, places, before, problems) for note in notes}
        bibliography = Bibliography(tuple(site), {path: libs for path, libs in own.items() if libs})
        style = _style(places, config, language, problems)
        problems.extend(p for library in self._libraries.values() for p in library.diagnostics)
        if not bibliography:
            return Citing(), problems
        cited = _cited(bibliography, notes)
        problems.extend(check_cited(cited))
        formulas, faults = compile_formulas(cited, compiler)
        return Citing(bibliography, style, formulas), [*problems, *faults]

    def _library(
        self, path: Path, places: Places, before: dict[tuple[str, str], Library]
    ) -> Library:
        name = places.name(path)
        try:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            digest = ""
        key = (name, digest)
        known = self._libraries.get(key) or before.get(key)
        self._libraries[key] = known or load_library(path, name)
        return self._libraries[key]

    def _own(
        self,
        note: Note,
        places: Places,
        before: dict[tuple[str, str], Library],
        problems: list[Diagnostic],
    ) -> tuple[Library, ...]:
        """The libraries that the note's front matter names."""
        found = []
        for written in note.front_matter.bibliography:
            path = _find(written, note, places)
            if path is not None:
                found.append(self._library(path, places, before))
                continue
            span = note.front_matter.spans.get("bibliography")
            message = f"no bibliography '{written}' beside the note or among the notes"
            problems.append(diagnose("bibliography-unreadable", message, note.file, span))
        return tuple(found)


def _find(written: str, note: Note, places: Places) -> Path | None:
    """The file that a note names, from its own folder or from the folder of all notes."""
    folder = (places.source / note.path).parent
    source = places.source.resolve()
    for start in (folder, places.source):
        path = start / written
        if path.is_file() and path.resolve().is_relative_to(source):
            return path
    return None


def _site_files(places: Places, config: CitationsConfig) -> tuple[list[Path], Iterator[Diagnostic]]:
    """The site's bibliographies that are there; and of those that are not, that they are not."""
    named = bibliography_files(places.root, places.source, config)
    missing = [name for name in config.bibliography if not (places.root / name).exists()]
    known = (each for pattern in ("*.bib", "*.json") for each in places.root.glob(pattern))
    names = sorted(each.name for each in known)
    span = _place_of("bibliography", places) if missing else None
    problems = (
        diagnose(
            "bibliography-unreadable", f"there is no bibliography '{name}'", CONFIG_NAME, span,
            hints=did_you_mean(name, names),
        )
        for name in missing
    )  # fmt: skip
    return [path for path in named if path.exists()], problems


def _place_of(key: str, places: Places) -> Span | None:
    """Where the site's configuration gives a setting of citations."""
    try:
        text = (places.root / CONFIG_NAME).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
    return find_place(text, ("citations", key))


def _style(
    places: Places, config: CitationsConfig, language: str, problems: list[Diagnostic]
) -> Style:
    """The style that is wanted; by author and year where it cannot be used, which is reported."""
    name = config.style
    style = built_in(name)
    if style is not None:
        return style
    span = _place_of("style", places)
    if is_style_name(name):
        hints = did_you_mean(name, BUILT_IN) or ("a style in CSL is named by its file, x.csl",)
        message = f"no citation style '{name}'"
        problems.append(diagnose("citation-style", message, CONFIG_NAME, span, hints=hints))
        return AuthorYear()
    from notesite.bibliography.csl import StyleError, csl_style  # noqa: PLC0415 - for such a style alone

    try:
        text = (places.root / name).read_bytes().decode("utf-8-sig")
        return csl_style(text, language)
    except (OSError, UnicodeDecodeError) as error:
        message = f"the style '{name}' cannot be read: {getattr(error, 'strerror', 'not UTF-8')}"
        hints = did_you_mean(name, sorted(each.name for each in places.root.glob("*.csl")))
    except StyleError as error:
        message = f"{name}: {error}"
        hints = (error.hint,) if error.hint else ()
    problems.append(diagnose("citation-style", message, CONFIG_NAME, span, hints=hints))
    return AuthorYear()


def _cited(bibliography: Bibliography, notes: Iterable[Note]) -> list[Entry]:
    """The entries that notes cite, each once, in the order of files and keys."""
    found: dict[tuple[str, str], Entry] = {}
    for note in notes:
        for key in note.cited:
            entry = bibliography.find(note.path, key)
            if entry is not None:
                found[entry.file, entry.key] = entry
    return [found[key] for key in sorted(found)]
