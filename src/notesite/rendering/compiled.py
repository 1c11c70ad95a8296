"""Compiled templates, kept: to compile the theme's takes as long as to make ten pages.

The theme's belong to this notesite and are kept where Python keeps its compiled modules, for every
site there is; those of a site in its file of the cache, and the theme's too where notesite lies in
a folder that its user cannot write to.

All of the theme's lie in one file, in the place of the compiled form of `theme_templates`, a module
that nobody imports: whoever removes a package removes the compiled form of each of its modules, and
of other files in that place knows nothing.
"""

from __future__ import annotations

import marshal
import os
import sys
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

from notesite.cache import code_version, digest
from notesite.stamps import digest_bytes
from notesite.theme import theme_folder

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

    from notesite.cache import Store

_OURS = "theme "
"""What the keys of the theme's templates begin with; the others are hexadecimal digits."""

_Kept = dict[str, tuple[str, bytes]]
"""Of each of the theme's templates the checksum of its text, and what it is compiled to."""


class KeptTemplates(BytecodeCache):
    """Each under its text and this notesite; a site's only where there is a store."""

    def __init__(self, store: Store | None) -> None:
        self._store = store
        self._kept: _Kept | None = None
        self._theme = theme_folder("templates")

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """As Jinja has it; the theme's templates are known by it."""
        key = super().get_cache_key(name, filename)
        is_ours = filename is not None and Path(filename).parent == self._theme
        return f"{_OURS}{key}" if is_ours else key

    def load_bytecode(self, bucket: Bucket) -> None:
        """As Jinja has it."""
        found = self._theme_bytecode(bucket) if _is_ours(bucket) else None
        if not found and self._store:
            key = _bucket_key(bucket)
            found = self._store.get([key]).get(key)
        if found:
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """As Jinja has it."""
        bytecode = bucket.bytecode_to_string()
        is_kept = _is_ours(bucket) and self._could_add(bucket, bytecode)
        if not is_kept and self._store:
            self._store.put({_bucket_key(bucket): bytecode})

    def _theme_bytecode(self, bucket: Bucket) -> bytes | None:
        if self._kept is None:
            self._kept = _read(_file())
        checksum, bytecode = self._kept.get(bucket.key, ("", b""))
        return bytecode if checksum == bucket.checksum else None

    def _could_add(self, bucket: Bucket, bytecode: bytes) -> bool:
        """Whether it is kept now, where Python would keep its compiled modules too."""
        if sys.dont_write_bytecode:
            return False
        # Another process may have kept others meanwhile.
        self._kept = {**_read(_file()), bucket.key: (bucket.checksum, bytecode)}
        try:
            _write(_file(), self._kept)
        except OSError:
            return False
        return True


def _is_ours(bucket: Bucket) -> bool:
    return bucket.key.startswith(_OURS)


def _bucket_key(bucket: Bucket) -> str:
    return f"template {digest(code_version(), bucket.key, bucket.checksum)}"


def _file() -> Path:
    return Path(cache_from_source(str(Path(__file__).with_name("theme_templates.py"))))


def _read(file: Path) -> _Kept:
    """What the file holds of this notesite; nothing where it is damaged, or Python's own."""
    try:
        mark, _, content = file.read_bytes().partition(b"\n")
    except OSError:
        return {}
    if mark != _mark(content):
        return {}
    kept: _Kept = marshal.loads(content)  # noqa: S302 - as Python reads its own
    return kept


def _write(file: Path, kept: _Kept) -> None:
    """Whole or not at all, whoever else writes it now."""
    file.parent.mkdir(parents=True, exist_ok=True)
    content = marshal.dumps(kept)
    new = file.with_suffix(f".{os.getpid()}")
    try:
        new.write_bytes(_mark(content) + b"\n" + content)
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)


def _mark(content: bytes) -> bytes:
    """What tells these bytes from any others, damaged ones too: whatever is loaded is run.

    Of another notesite too, whose templates nobody needs any more.
    """
    return digest("theme", code_version(), digest_bytes(content)).encode()
