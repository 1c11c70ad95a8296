"""Reading the notes folder: which files are notes, which are files beside them."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from notesite.diagnostics import Diagnostic, diagnose
from notesite.model import Source
from notesite.records import dataclass
from notesite.spans import Span
from notesite.stamps import KnownFile, is_still, known_file, settled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAXIMUM_BYTES = 20_000_000
"""A Markdown file above this size is a mistake, not a note."""

_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__"})
_LEFTOVER = re.compile(r"^[.~#]|~$|\.(?:sw[a-p]|tmp|crdownload)$|^4913$")


@dataclass(frozen=True, slots=True)
class SourceTree:
    """The files of a notes folder, as sorted paths relative to it with forward slashes.

    `ignored` are the notes and files that a glob left out, `passed_over` those that are none, each
    with the reason.
    """

    root: Path
    notes: tuple[str, ...]
    files: tuple[str, ...]
    ignored: tuple[str, ...] = ()
    passed_over: tuple[tuple[str, str], ...] = ()


def scan(root: Path, ignore: Iterable[str] = (), *, follow: bool = False) -> SourceTree:
    """The files below `root`, without hidden ones and those that a glob of `ignore` matches.

    Symbolic links are followed only where they stay below `root`, unless `follow` says otherwise;
    sockets, devices and pipes are passed over. Raises OSError when `root` cannot be listed.
    """
    patterns = tuple(ignore)
    walk = _Walk(root.resolve(), follow=follow)
    found = sorted(walk.files(root, ""))
    ignored = tuple(
        path for path in found if any(matches_glob(path, pattern) for pattern in patterns)
    )
    left_out = frozenset(ignored)
    paths = [path for path in found if path not in left_out]
    notes = tuple(path for path in paths if path.lower().endswith(".md"))
    files = tuple(path for path in paths if not path.lower().endswith(".md"))
    passed_over = tuple(
        (path, reason)
        for path, reason in sorted(walk.passed_over)
        if not any(matches_glob(path, pattern) for pattern in patterns)
    )
    return SourceTree(root, notes, files, ignored, passed_over)


def is_foreign(name: str) -> bool:
    """Whether a file or folder of that name is hidden, an editor's leftover, or a tool's own."""
    return _LEFTOVER.search(name) is not None or name in _SKIPPED_FOLDERS


def matches_glob(path: str, pattern: str) -> bool:
    """Whether `path` or a folder above it matches `pattern`.

    `*` stays within a folder's name, `**` does not; a pattern without a slash matches at any depth,
    and one that begins with a slash at the root alone, as in a `.gitignore`.
    """
    is_anchored = pattern.startswith("/")
    pattern = pattern.strip("/")
    if "/" not in pattern and not is_anchored:
        return any(fnmatchcase(part, pattern) for part in path.split("/"))
    expression = "".join(_glob_piece(piece) for piece in re.split(r"(\*\*/?|\*|\?)", pattern))
    return re.match(rf"{expression}(?:/|$)", path) is not None


def _glob_piece(piece: str) -> str:
    special = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return special.get(piece) or re.escape(piece)


class _Walk:
    """One walk through a folder, that of the resolved path `inside`, and what it passed over."""

    def __init__(self, inside: Path, *, follow: bool) -> None:
        self._inside = inside
        self._follow = follow
        self.passed_over: list[tuple[str, str]] = []

    def files(self, folder: Path, prefix: str, *, linked: bool = False) -> Iterator[str]:
        """The files below `folder`, which a link has led to if it is `linked`."""
        with os.scandir(folder) as entries:
            for entry in entries:
                if is_foreign(entry.name):
                    continue
                path = prefix + entry.name
                reason = self._against(entry, linked=linked)
                if reason:
                    self.passed_over.append((_readable(path), reason))
                elif entry.is_dir():
                    is_linked = linked or entry.is_symlink()
                    yield from self.files(Path(entry.path), f"{path}/", linked=is_linked)
                else:
                    yield path

    def _against(self, entry: os.DirEntry[str], *, linked: bool) -> str:
        """Why an entry is passed over; empty when it is not."""
        if _readable(entry.name) != entry.name:
            return "the name is not in UTF-8, so that no page can name it"
        if entry.is_symlink():
            reason = self._against_link(entry, linked=linked)
            if reason:
                return reason
        if entry.is_dir() or entry.is_file():
            return ""
        return "neither a file nor a folder"

    def _against_link(self, entry: os.DirEntry[str], *, linked: bool) -> str:
        # A link to a folder above itself would be walked for ever, links to folders of links as
        # often as two to the number of them; one out of the source would publish what its author
        # did not put there.
        target = Path(os.path.realpath(entry.path))
        if not target.exists():
            return "a link that leads nowhere"
        if not self._follow and not target.is_relative_to(self._inside):
            return "a link out of the folder"
        if target.is_dir() and (linked or Path(entry.path).parent.resolve().is_relative_to(target)):
            return "a link to a folder that holds it, or within a linked folder"
        return ""


def _readable(path: str) -> str:
    """A path as text; bytes that are not UTF-8 are written with a backslash."""
    if path.isascii():
        return path
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


class ReadSources:
    """The notes of a folder as they were read last, so that only what changed is read again."""

    def __init__(self) -> None:
        self.known: dict[str, KnownFile] = {}

    def digests(self, root: Path, paths: Iterable[str]) -> dict[str, str | None]:
        """The digests of notes; None for those that have to be read."""
        return {path: self._digest(root, path) for path in paths}

    def _digest(self, root: Path, path: str) -> str | None:
        known = self.known.get(path)
        if known is None or not is_still(os.path.join(root, path), known):  # noqa: PTH118 - quicker
            return None
        self.known[path] = settled(known)
        return known.digest

    def read(self, root: Path, path: str, file: str) -> Source | Diagnostic:
        """The note at `path`, as `read_source` has it; from now on it is known."""
        self.known.pop(path, None)
        try:
            # Before it is read: a change meanwhile shows then.
            before = known_file(root / path, "")
        except OSError as error:
            return diagnose("source-unreadable", f"cannot be read: {error.strerror}", file)
        source = read_source(root, path, file)
        if isinstance(source, Source):
            self.known[path] = replace(before, digest=source.digest)
        return source

    def keep(self, paths: Iterable[str]) -> None:
        """Forget all other paths."""
        if self.known.keys() <= set(paths):
            return
        self.known = {path: self.known[path] for path in paths if path in self.known}


def read_source(root: Path, path: str, file: str) -> Source | Diagnostic:
    """The note at `path` below `root`, or what is wrong with it.

    `file` is how diagnostics name it. Line ends become line feeds and a byte order mark is dropped,
    which changes no line and no column.
    """
    try:
        with (root / path).open("rb") as stream:
            content = stream.read(MAXIMUM_BYTES + 1)
    except OSError as error:
        return diagnose("source-unreadable", f"cannot be read: {error.strerror}", file)
    if len(content) > MAXIMUM_BYTES:
        limit = f"{MAXIMUM_BYTES // 1_000_000} MB"
        return diagnose("source-unreadable", f"larger than {limit}; a note is text", file)
    return decode_source(content, path, file)


def decode_source(content: bytes, path: str, file: str) -> Source | Diagnostic:
    """The note whose bytes are `content`, or a diagnostic at the first byte that is not UTF-8."""
    hints = ("save the file as UTF-8",)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return diagnose("source-encoding", "UTF-16, not UTF-8", file, hints=hints)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", errors="replace")
        line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
        message = f"not UTF-8: byte 0x{content[error.start]:02x}"
        return diagnose("source-encoding", message, file, Span.at(line, column), hints=hints)
    normal = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in normal:
        before = normal.partition("\0")[0]
        span = Span.at(before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)
        message = "a null character: the file is UTF-16, or no text"
        return diagnose("source-encoding", message, file, span, hints=hints)
    return Source(path, file, normal, hashlib.sha256(content).hexdigest())
