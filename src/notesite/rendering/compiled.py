"""Compiled templates, kept: to compile the theme's takes as long as to make ten pages.

The theme's belong to this notesite and are kept where Python keeps its compiled modules, for every
site there is; those of a site in its file of the cache, and the theme's too where notesite lies in
a folder that its user cannot write to.
"""

from __future__ import annotations

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


class KeptTemplates(BytecodeCache):
    """Each under its text and this notesite; a site's only where there is a store."""

    def __init__(self, store: Store | None) -> None:
        self._store = store
        self._theme = theme_folder("templates")

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """As Jinja has it; the theme's templates are known by it."""
        key = super().get_cache_key(name, filename)
        is_ours = filename is not None and Path(filename).parent == self._theme
        return f"{_OURS}{name.replace('/', '-')} {key}" if is_ours else key

    def load_bytecode(self, bucket: Bucket) -> None:
        """As Jinja has it."""
        key = _bucket_key(bucket)
        found = _read(_beside_modules(bucket), key) if _is_ours(bucket) else None
        if not found and self._store:
            found = self._store.get([key]).get(key)
        if found:
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """As Jinja has it."""
        key, bytecode = _bucket_key(bucket), bucket.bytecode_to_string()
        is_kept = _is_ours(bucket) and _could_write(_beside_modules(bucket), key, bytecode)
        if not is_kept and self._store:
            self._store.put({key: bytecode})


def _is_ours(bucket: Bucket) -> bool:
    return bucket.key.startswith(_OURS)


def _bucket_key(bucket: Bucket) -> str:
    return f"template {digest(code_version(), bucket.key, bucket.checksum)}"


def _beside_modules(bucket: Bucket) -> Path:
    """The file of one of the theme's templates, among the compiled modules of this room."""
    name = bucket.key.split(" ")[1]
    return Path(cache_from_source(str(Path(__file__).with_name(f"{name}.py")))).with_suffix(
        ".jinja"
    )


def _read(file: Path, key: str) -> bytes | None:
    try:
        mark, _, bytecode = file.read_bytes().partition(b"\n")
    except OSError:
        return None
    return bytecode if mark == _mark(key, bytecode) else None


def _could_write(file: Path, key: str, bytecode: bytes) -> bool:
    """Whether it is kept in that file now, where Python would keep its compiled modules too."""
    if sys.dont_write_bytecode:
        return False
    try:
        _write(file, key, bytecode)
    except OSError:
        return False
    return True


def _write(file: Path, key: str, bytecode: bytes) -> None:
    """Whole or not at all, whoever else writes it now."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(f".{os.getpid()}")
    try:
        new.write_bytes(_mark(key, bytecode) + b"\n" + bytecode)
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)


def _mark(key: str, bytecode: bytes) -> bytes:
    """What tells these bytes from any others, damaged ones too: whatever is loaded is run."""
    return digest(key, digest_bytes(bytecode)).encode()
