"""Where caches lie."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path


def user_cache() -> Path:
    """Notesite's folder among the user's caches, where the platform has them."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        # XDG Base Directory Specification 0.8.
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "notesite"


def site_cache(root: Path) -> Path:
    """The file of the site in the folder `root`."""
    name = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:20]
    return user_cache() / "sites" / f"{name}.sqlite"
