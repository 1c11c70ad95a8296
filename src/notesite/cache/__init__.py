"""What was computed before, kept for later builds: one file per site, in the user's cache folder.

Everything in it can be computed again, so the file may be deleted at any time.
"""

from __future__ import annotations

from notesite.cache.packing import pack, unpack
from notesite.cache.places import site_cache, user_cache
from notesite.cache.store import Item, Store, today
from notesite.cache.versions import code_version, digest

__all__ = [
    "Item", "Store", "code_version", "digest", "pack", "site_cache", "today", "unpack",
    "user_cache",
]  # fmt: skip
