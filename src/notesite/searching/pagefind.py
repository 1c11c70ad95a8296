"""Pagefind's program: asked for the stems of words, and for what searches in browsers.

What Pagefind makes of a note depends on its words one by one, so it is asked about each word of the
site once rather than about each note: an index of all notes is put together in `assembling`. It is
run on one page for each language, all of whose words have a place of their own; which word of its
index has that place is the stem.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sys
import zlib
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from notesite.diagnostics import Diagnostic, diagnose
from notesite.records import dataclass
from notesite.searching import cbor
from notesite.searching.entries import MARK
from notesite.searching.reading import FULL
from notesite.searching.words import VARIANT, Stems
from notesite.temporary import temporary_folder
from notesite.text import escape_html

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Self

_PROGRAM_VARIABLE = "PAGEFIND_BINARY_PATH"
_PACKAGES = ("pagefind_bin_extended", "pagefind_bin")
_NAMES = ("pagefind_extended", "pagefind")
_PUBLISHED = "wasm."
"""How those files that Pagefind writes begin which our own script needs; the rest are its own."""
_VERSION = "1.5."
"""The releases whose files are written as `assembling` and `entries` have it, and whose
WebAssembly is called as backend.js has it."""
_PATIENCE = 60
"""Seconds after which the program is taken to hang."""
_LOCATIONS = 1


class SearchError(Exception):
    """Pagefind failed; the text says how, for people."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What Pagefind says: the stems by language, its files by path, and of its entry what is kept.

    `entry` has the languages of the question, each with the name of its WebAssembly or None.
    """

    stems: Mapping[str, Stems]
    files: Mapping[str, bytes]
    entry: Mapping[str, Any]

    def wasm(self, language: str) -> str | None:
        """The WebAssembly for a language, None where there is none of its own."""
        name: str | None = self.entry["languages"][language]["wasm"]
        return name


def find_program() -> Path | None:
    """Pagefind's program: of its packages on PyPI, else on the path; None where there is none.

    The environment variable `PAGEFIND_BINARY_PATH` wins, as with Pagefind's own interface.
    """
    named = os.environ.get(_PROGRAM_VARIABLE)
    if named:
        return Path(named)
    suffix = ".exe" if sys.platform == "win32" else ""
    for package in _PACKAGES:
        spec = find_spec(package)
        for folder in (spec and spec.submodule_search_locations) or ():
            for name in _NAMES:
                program = Path(folder) / f"{name}{suffix}"
                if program.is_file():
                    return program
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return Path(found) if found else None


def missing_program() -> Diagnostic | None:
    """What to say to a site that wants a search when Pagefind is not there."""
    if find_program():
        return None
    message = "Pagefind is not installed, so that the site has no search"
    hints = (
        "pip install pagefind_bin, where there is one for this computer",
        "a site that needs none says so: enabled = false in [search]",
    )
    return diagnose("search-missing", message, "notesite.toml", hints=hints)


def ask(program: Path, words: Mapping[str, Sequence[str]]) -> Answer:
    """Ask Pagefind about words by language; of a language without any come the files alone.

    The words must be letters and digits in small letters. Raises SearchError.
    """
    with Question(program, words) as question:
        return question.answer()


class Question:
    """As `ask`, with something else to do while Pagefind thinks; raises SearchError, too.

    It takes back whatever it needs when it is closed, and closes itself with its answer.
    """

    def __init__(self, program: Path, words: Mapping[str, Sequence[str]]) -> None:
        self.words = words
        with _reporting(), ExitStack() as left:
            self._folder = left.enter_context(temporary_folder())
            _write_site(self._folder / "site", words)
            self._process = left.enter_context(_running(program, self._folder))
            self._left = left.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Have it break off."""
        self._left.close()

    def answer(self) -> Answer:
        """The answer, once it is there."""
        with _reporting(), self:
            _wait(self._process)
            return _read(self._folder / "index", self.words)


@contextmanager
def _reporting() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SearchError(f"Pagefind could not be run: {error}") from error
    except (ValueError, LookupError, TypeError, EOFError, zlib.error) as error:
        raise SearchError(f"Pagefind wrote what cannot be read: {error}") from error


def _write_site(folder: Path, words: Mapping[str, Sequence[str]]) -> None:
    folder.mkdir()
    for number, (language, own) in enumerate(words.items()):
        (folder / f"{number}.html").write_text(_page(language, own), encoding="utf-8")


def _read(output: Path, words: Mapping[str, Sequence[str]]) -> Answer:
    entry = json.loads((output / "pagefind-entry.json").read_bytes())
    if not entry["version"].startswith(_VERSION):
        message = f"Pagefind {entry['version']} writes an index that notesite does not know"
        raise SearchError(f"{message}; it knows that of {_VERSION}x")
    stems = {language: dict(_stems(output, language, own)) for language, own in words.items()}
    files = {
        file.name: file.read_bytes()
        for file in sorted(output.iterdir())
        if file.name.startswith(_PUBLISHED)
    }
    return Answer(stems, files, entry)


def _page(language: str, words: Sequence[str]) -> str:
    # Without any word Pagefind would leave the page out; it is the last, so that the others' places
    # stay what they are.
    text = escape_html(" ".join([*words, "x"]))
    return f'<html lang="{escape_html(language)}"><body data-pagefind-body>{text}</body></html>'


@contextmanager
def _running(program: Path, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The program at work in a folder, and killed behind the block if it still is."""
    import subprocess  # noqa: PLC0415 - most builds after an edit ask nothing

    # From a folder of its own: Pagefind reads a configuration where it is run.
    arguments = [str(program), "--site", "site", "--output-path", "index"]
    with subprocess.Popen(  # noqa: S603 - a program of ours, or the user's
        arguments, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            process.kill()


def _wait(process: subprocess.Popen[bytes]) -> None:
    import subprocess  # noqa: PLC0415 - as above

    try:
        output, _ = process.communicate(timeout=_PATIENCE)
    except subprocess.TimeoutExpired as error:
        raise SearchError(f"Pagefind came to no end in {_PATIENCE} seconds") from error
    if process.returncode:
        lines = output.decode("utf-8", "replace").split("\n")
        said = next((line.strip() for line in reversed(lines) if line.strip()), "it says nothing")
        raise SearchError(f"Pagefind failed: {said}")


def _stems(output: Path, language: str, words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The words that Pagefind has otherwise than they are written."""
    for file in sorted((output / "index").glob(f"{language}_*.pf_index")):
        [chunk] = cbor.decode(gzip.decompress(file.read_bytes()).removeprefix(MARK))
        for plain, pages, variants in chunk:
            keys = [(plain, pages), *((plain + VARIANT + name, own) for name, own in variants)]
            for key, own in keys:
                for place in _full_places(own):
                    if place < len(words) and words[place] != key:
                        yield words[place], key


def _full_places(pages: Sequence[Sequence[Sequence[int]]]) -> Iterator[int]:
    """Where on the only page a word stands as a whole, not as a part of another."""
    for page in pages:
        weight = place = 0
        for number in page[_LOCATIONS]:
            if number < 0:
                weight, place = -1 - number, 0
            else:
                place += number
                if weight == FULL:
                    yield place
