"""What a build leaves in the cache for the next process that builds the same site.

Mappings by path, cut into buckets, so that after a small change little has to be written. All that
belongs together is written at once and is found whole or not at all: each bucket begins with its
own digest, and a list of these tells if another process wrote some of them meanwhile. What is in a
bucket is not digested again when it is read, as the store knows whether it is what was written.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import TYPE_CHECKING, Any

from notesite.cache.packing import pack, unpack

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from notesite.cache.store import Store

_BUCKETS = 24
_DIGEST = 16
"""Bytes of a digest."""

Parts = dict[str, dict[str, Any]]
"""Mappings by path, each under a name."""


class Snapshot:
    """The snapshot of one site, built in one way, in its file of the cache."""

    def __init__(self, store: Store, key: str) -> None:
        self._store = store
        self._key = key
        self._digests: dict[str, bytes] = {}
        self._saved: dict[str, dict[str, Any]] = {}

    def load(self) -> Parts:
        """The parts that were saved last; none where there is nothing, or not all of it."""
        head = self._store.get([self._key]).get(self._key)
        try:
            digests: dict[str, bytes] = unpack(head) if head else {}
            found = self._store.get(digests)
            if any(found.get(key, b"")[:_DIGEST] != mark for key, mark in digests.items()):
                return {}
            buckets = {key: _content(found[key]) for key in digests}
            parts: Parts = {}
            for key, content in buckets.items():
                parts.setdefault(key.split(" ")[-2], {}).update(content)
        except (ValueError, TypeError, AttributeError, IndexError):
            return {}
        self._digests, self._saved = digests, buckets
        return parts

    def save(self, parts: Mapping[str, Mapping[str, Any]]) -> None:
        """Keep the parts; what is the same as before is not written again."""
        buckets = {
            f"{self._key} {name} {number}": content
            for name, values in parts.items()
            for number, content in _in_buckets(values).items()
        }
        same = {
            key: self._digests[key]
            for key, content in buckets.items()
            if _is_same(content, self._saved.get(key, {}))
        }
        if same.keys() == buckets.keys() == self._digests.keys():
            self._saved = buckets
            return
        digests: dict[str, bytes] = {}

        def rows() -> Iterator[tuple[str, bytes]]:
            # One bucket at a time: all of them together are as large as the site in memory.
            for key, content in buckets.items():
                bucket = b"" if key in same else _bucket(content)
                digests[key] = same.get(key, bucket[:_DIGEST])
                if bucket:
                    yield key, bucket
            yield self._key, pack(digests)

        if self._store.put_each(rows()):
            self._digests, self._saved = digests, buckets


def _in_buckets(values: Mapping[str, Any]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for path, value in values.items():
        number = zlib.crc32(path.encode("utf-8", "surrogatepass")) % _BUCKETS
        found.setdefault(number, {})[path] = value
    return found


def _is_same(content: Mapping[str, Any], saved: Mapping[str, Any]) -> bool:
    if len(content) != len(saved):
        return False
    pairs = ((value, saved.get(path)) for path, value in content.items())
    return all(value is other or value == other for value, other in pairs)


def _bucket(content: Mapping[str, Any]) -> bytes:
    packed = pack(content, compress=False)
    return hashlib.blake2b(packed, digest_size=_DIGEST).digest() + packed


def _content(bucket: bytes) -> dict[str, Any]:
    content: dict[str, Any] = unpack(memoryview(bucket)[_DIGEST:])
    return content
