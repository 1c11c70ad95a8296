"""Publishing: the output folder, which a reader sees old or new but never half-written.

Everything that changed is first written to a staging folder inside the output, then moved into
place (see `changeover`). A manifest names the files that notesite wrote: those, and only those, are
ever replaced or removed.
"""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack, contextmanager, suppress
from itertools import takewhile
from typing import TYPE_CHECKING

from notesite.diagnostics import Diagnostic, diagnose
from notesite.publishing.changeover import (
    OWN_FOLDER,
    STAGING,
    Steps,
    change_over,
    finish,
    has_unfinished,
    read_manifest,
)
from notesite.publishing.locking import LockedError, locked
from notesite.records import dataclass
from notesite.stamps import digest_bytes, is_still, known_file, settled

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import Self

    from notesite.model import Page
    from notesite.stamps import KnownFile

_LOCK = "lock"
_PATIENCE = 60.0
"""Seconds to wait for another build of the same site."""


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did: paths relative to the output folder."""

    written: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Staged:
    """What another process took for a publication; all paths relative to the output folder.

    `digests` has every page, `files` the names in the staging folder of those that are new.
    """

    digests: Mapping[str, str]
    files: Mapping[str, str]


class PublishError(Exception):
    """The output could not be written; `problem` says what stood in the way."""

    def __init__(self, problem: Diagnostic) -> None:
        super().__init__(problem.message)
        self.problem = problem


def publish(pages: Iterable[Page], output: Path) -> Published:
    """Make `output` hold exactly `pages` besides files that are not notesite's.

    Raises PublishError as a Publication does.
    """
    with Publication(output) as publication:
        for page in pages:
            publication.add(page)
        return publication.commit()


def folds_case(folder: Path) -> bool:
    """Whether the disk at `folder` takes capitals and small letters for one, as macOS's does."""
    for each in (folder.resolve(), *folder.resolve().parents):
        other = each.with_name(each.name.swapcase()) if each.name else each
        if other.name != each.name and each.exists():
            return other.exists() and other.samefile(each)
    return False


def repair(output: Path) -> None:
    """Finish what a build that died left unfinished in `output`, if anything.

    Raises PublishError as a Publication does.
    """
    if has_unfinished(output):
        with Publication(output):
            pass


class Publication:
    """Pages on their way into an output folder, where none is seen before `commit`.

    One build at a time has the folder to itself, from entering the `with` block on; pages that are
    never committed leave no trace. Every method raises PublishError when the disk refuses, when
    another build does not come to an end, or when a file of somebody else's is in the way.
    """

    def __init__(self, output: Path, *, is_sure: bool = False) -> None:
        """`is_sure` says that nobody else has changed what the last build published."""
        self._output = output
        self._is_sure = is_sure
        self._own = output / OWN_FOLDER
        self._staging = self._own / STAGING
        self.folds_case = folds_case(output)
        self._owned: set[str] = set()
        self._paths: dict[str, str] = {}
        self._staged: dict[str, str] = {}
        self._worker = ""
        self._digests: dict[str, str] = {}
        self._kept: dict[str, KnownFile] = {}
        self._new: list[Path] = []
        self._lock = ExitStack()

    def __enter__(self) -> Self:
        with self._reporting(), ExitStack() as stack:
            folders = (self._own, *self._own.parents)
            self._new = list(takewhile(lambda folder: not folder.exists(), folders))
            self._own.mkdir(parents=True, exist_ok=True)
            try:
                stack.enter_context(locked(self._own / _LOCK, _PATIENCE))
            except LockedError as error:
                message = "another build has been writing to it for a minute"
                raise PublishError(
                    diagnose("output-refused", message, str(self._output))
                ) from error
            finish(self._output)
            shutil.rmtree(self._staging, ignore_errors=True)
            self._owned = self._listed()
            # Only now is there an end of the block to let go of the lock at.
            self._lock = stack.pop_all()
        return self

    def _listed(self) -> set[str]:
        return read_manifest(self._output)

    def __exit__(self, *_: object) -> None:
        if not has_unfinished(self._output):
            shutil.rmtree(self._staging, ignore_errors=True)
        if self._new:
            # Nothing was committed: the folders made for it go, if nothing else is in them.
            (self._own / _LOCK).unlink(missing_ok=True)
            for folder in self._new:
                with suppress(OSError):
                    folder.rmdir()
        self._lock.close()

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            message = f"cannot be written: {error.strerror or error}"
            # A move names what is in its way.
            problem = diagnose("output-refused", message, str(error.filename2 or self._output))
            raise PublishError(problem) from error

    def add(self, page: Page) -> None:
        """Take a page; of two with one path the second counts.

        Where the disk takes capitals and small letters for one, a page is passed over whose path
        differs from another's in nothing else: it is a redirect to it from an old address.
        """
        if not self._take(page.path):
            return
        self._digests[page.path] = digest_bytes(page.content)
        with self._reporting():
            if self._is_current(page):
                self._staged.pop(page.path, None)
                return
            self._refuse_stranger(page)
            self._staging.mkdir(exist_ok=True)
            name = self._staged.setdefault(page.path, f"{self._worker}{len(self._paths)}")
            (self._staging / name).write_bytes(page.content)

    def begin_apart(self, worker: str) -> None:
        """Stage pages for another process from now on, under names that begin with `worker`."""
        self._worker = worker

    def staged_of(self, paths: Iterable[str]) -> Staged:
        """What was taken of some pages, for `take` in another process."""
        taken = [path for path in paths if path in self._digests]
        files = {path: self._staged[path] for path in taken if path in self._staged}
        return Staged({path: self._digests[path] for path in taken}, files)

    def take(self, staged: Staged) -> None:
        """Take what another process staged, as if it had been added here."""
        for path in staged.digests:
            self._take(path)
        self._digests.update(staged.digests)
        self._staged.update(staged.files)

    def keep(self, path: str, known: KnownFile) -> bool:
        """Leave the file of a page as it is, if it is still the one that is known."""
        if path not in self._owned:
            return False
        if not self._is_sure and not is_still(f"{self._output}/{path}", known):
            return False
        if self._take(path):
            self._kept[path] = known if self._is_sure else settled(known)
        return True

    def _take(self, path: str) -> bool:
        key = path.casefold() if self.folds_case else path
        return self._paths.setdefault(key, path) == path

    def files(self) -> dict[str, KnownFile]:
        """The files of all the pages, by path, after `commit`; raises PublishError as it does."""
        return {**self._kept, **self._made()}

    def _made(self) -> dict[str, KnownFile]:
        with self._reporting():
            return {path: known_file(self._output / path, it) for path, it in self._digests.items()}

    def _pages(self) -> set[str]:
        """The paths of all pages that the output is to hold."""
        return set(self._paths.values())

    def commit(self) -> Published:
        """Show the pages, and no other page of notesite's, in the output folder."""
        paths = self._pages()
        stale = sorted(self._owned - paths)
        removed = tuple(path for path in stale if os.path.lexists(self._output / path))
        with self._reporting():
            if self._staged or stale or self._owned != paths or self._new:
                is_listed = self._owned == paths and not self._new
                listed = None if is_listed else tuple(sorted(paths))
                self._new = []
                steps = Steps(dict(self._staged), tuple(stale), listed)
                change_over(self._output, steps)
        return Published(tuple(self._staged), len(paths) - len(self._staged), removed)

    def _is_current(self, page: Page) -> bool:
        path = self._output / page.path
        try:
            if path.stat().st_size != len(page.content) or path.is_symlink():
                return False
            return path.read_bytes() == page.content
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return False

    def _refuse_stranger(self, page: Page) -> None:
        path = self._output / page.path
        if self._owned and page.path not in self._owned and path.is_file():
            message = "a file that notesite did not write is in the way of a page"
            problem = diagnose("output-refused", message, str(path), hints=("move it away",))
            raise PublishError(problem)


class Revision(Publication):
    """New pages for some files of an output, of which all others stay as they are.

    Only where nobody else has changed what the last build published.
    """

    def __init__(
        self, output: Path, files: Mapping[str, KnownFile], pages: Collection[str]
    ) -> None:
        """`files` are all that the last build published, `pages` those that are made anew.

        One of these that is not added is removed.
        """
        super().__init__(output, is_sure=True)
        self._files = files
        self._revised = frozenset(pages)

    def _listed(self) -> set[str]:
        return set(self._files)

    def _take(self, path: str) -> bool:
        if self.folds_case and not self._paths:
            others = (each for each in self._files if each not in self._revised)
            self._paths = {each.casefold(): each for each in others}
        return super()._take(path)

    def _pages(self) -> set[str]:
        return (self._owned - self._revised) | self._digests.keys()

    def files(self) -> dict[str, KnownFile]:
        """As in the base class."""
        found = {**self._files, **self._made()}
        for path in self._revised - self._digests.keys():
            found.pop(path, None)
        return found
