"""Pagefind's files without what chance puts into them, so that the same notes give the same bytes.

Pagefind writes three things in the order of a hash map with a seed of its own: the values of a
filter, the filters, and the languages in `pagefind-entry.json`. A file's name is a digest of its
content and stands in the file that leads to it, so that chance spreads from a filter to the
language's `pf_meta`, and from there to the entry. Words and fragments have an order.

    pagefind-entry.json            languages: {language: {hash: the pf_meta's name, …}}
    pagefind.en_0123456789.pf_meta  [version, pages, chunks of words, [[filter, its name]], …]
    filter/en_0123456.pf_filter     [filter, [[value, [pages]]]]

The two latter are CBOR behind a mark, compressed with gzip.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from typing import TYPE_CHECKING, Any

from notesite.searching import cbor

if TYPE_CHECKING:
    from collections.abc import Mapping

_ENTRY = "pagefind-entry.json"
_FILTER = ("filter/", ".pf_filter")
_META = ("pagefind.", ".pf_meta")
_FILTERS = 3
"""Where the filters stand in a pf_meta."""
_MARK = b"pagefind_dcd"


def in_order(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of an index by their paths, both ordered.

    Those of a Pagefind that writes otherwise than we know stay as they are: they can be searched.
    """
    try:
        ordered = _in_order(files)
    except (ValueError, LookupError, TypeError, AttributeError, OSError, EOFError, zlib.error):
        ordered = dict(files)
    return dict(sorted(ordered.items()))


def _in_order(files: Mapping[str, bytes]) -> dict[str, bytes]:
    ordered = dict(files)
    filters = {}
    for name in _names(files, _FILTER):
        title, values = _read(ordered.pop(_path(_FILTER, name)))
        filters[name] = _write(ordered, _FILTER, name, [title, sorted(values)])
    metas = {}
    for name in _names(files, _META):
        meta = _read(ordered.pop(_path(_META, name)))
        meta[_FILTERS] = sorted([title, filters[own]] for title, own in meta[_FILTERS])
        metas[name] = _write(ordered, _META, name, meta)
    entry = json.loads(files[_ENTRY])
    for language in entry["languages"].values():
        language["hash"] = metas[language["hash"]]
    ordered[_ENTRY] = json.dumps(entry, sort_keys=True, separators=(",", ":")).encode()
    return ordered


def _names(files: Mapping[str, bytes], around: tuple[str, str]) -> list[str]:
    before, behind = around
    return [
        path.removeprefix(before).removesuffix(behind)
        for path in files
        if path.startswith(before) and path.endswith(behind)
    ]


def _path(around: tuple[str, str], name: str) -> str:
    return name.join(around)


def _read(content: bytes) -> Any:  # noqa: ANN401 - as of cbor.decode
    plain = gzip.decompress(content)
    if not plain.startswith(_MARK):
        raise ValueError("no file of Pagefind")
    return cbor.decode(plain.removeprefix(_MARK))


def _write(
    ordered: dict[str, bytes], around: tuple[str, str], old: str, value: list[cbor.Value]
) -> str:
    """Put a file among the others; its name, which is as long as the old one."""
    content = _MARK + cbor.encode(value)
    language, line, digest = old.rpartition("_")
    name = language + line + hashlib.sha256(content).hexdigest()[: len(digest)]
    ordered[_path(around, name)] = gzip.compress(content, mtime=0)
    return name
