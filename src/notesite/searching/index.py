"""The index: documents in, Pagefind's files out.

Pagefind's program is run on a folder of documents rather than through its Python interface, which
takes a tenth of a second for each of them. What `IndexRun.files` gives is a function of the
documents alone: what Pagefind writes in an order of chance is put in order.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import ExitStack, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from notesite.diagnostics import Diagnostic, diagnose
from notesite.searching.ordering import in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Self

_PROGRAM_VARIABLE = "PAGEFIND_BINARY_PATH"
_PACKAGES = ("pagefind_bin_extended", "pagefind_bin")
_NAMES = ("pagefind_extended", "pagefind")
_UNUSED = (
    "pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight",
    "pagefind-worker",
)  # fmt: skip
"""Parts of what Pagefind writes that our own script does without."""
_PATIENCE = 600
"""Seconds after which the program is taken to hang."""
_STEP = 0.1


class SearchError(Exception):
    """Pagefind failed; the text says how, for people."""


class SearchAbandonedError(Exception):
    """Nobody wants the index any more."""


def _nobody() -> bool:
    return False


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


class IndexRun:
    """Pagefind at work on some documents, in a process of its own, until `files` asks for its work.

    `documents` are URLs with what `documents.document` made for them; they are read at once, but
    Pagefind starts only when the run is done that this one comes `after`. A context manager:
    whatever happens, the process and its folder are gone behind the block. Every method raises
    SearchError, and SearchAbandonedError soon after `is_unwanted` says so.
    """

    def __init__(
        self,
        program: Path,
        documents: Iterable[tuple[str, str]],
        is_unwanted: Callable[[], bool] = _nobody,
        *,
        after: IndexRun | None = None,
    ) -> None:
        self._program = program
        self._documents = documents
        self._is_unwanted = is_unwanted
        self._after = after
        self._ending = ExitStack()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        with ExitStack() as stack, _reporting():
            name = stack.enter_context(TemporaryDirectory(prefix="notesite-search-"))
            self._folder = Path(name)
            for url, text in self._documents:
                self._heed()
                file = self._folder / "site" / url
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
            if self._after:
                self._after.wait()
            self._log = stack.enter_context((self._folder / "log").open("w+b"))
            # From a folder of its own: Pagefind reads a configuration where it is run.
            self._process = subprocess.Popen(  # noqa: S603 - a program of ours, or the user's
                [self._program, "--site", "site", "--output-path", "index", "--keep-index-url"],
                cwd=self._folder, stdin=subprocess.DEVNULL, stdout=self._log,
                stderr=subprocess.STDOUT,
            )  # fmt: skip
            self._ending = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()
        self._ending.close()

    def wait(self) -> None:
        """Wait until Pagefind is done."""
        assert self._process, "inside the block"
        with _reporting():
            if self._wait(self._process):
                raise SearchError(f"Pagefind failed: {self._last_words()}")

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The index's files, by their paths in its folder and in the order of these."""
        self.wait()
        output = self._folder / "index"
        with _reporting():
            files = {
                file.relative_to(output).as_posix(): file.read_bytes()
                for file in output.rglob("*")
                if file.is_file() and not file.name.startswith(_UNUSED)
            }
        yield from in_order(files).items()

    def _wait(self, process: subprocess.Popen[bytes]) -> int:
        """The exit code, once there is one."""
        for _ in range(round(_PATIENCE / _STEP)):
            self._heed()
            with suppress(subprocess.TimeoutExpired):
                return process.wait(_STEP)
        raise SearchError(f"Pagefind came to no end in {_PATIENCE} seconds")

    def _heed(self) -> None:
        if self._is_unwanted():
            raise SearchAbandonedError

    def _last_words(self) -> str:
        self._log.seek(0)
        lines = self._log.read().decode("utf-8", "replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "it says nothing")


@contextmanager
def _reporting() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SearchError(f"Pagefind could not be run: {error}") from error
