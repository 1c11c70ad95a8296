"""Where the theme lies: the templates and static files that every site begins with."""

from __future__ import annotations

from pathlib import Path


def theme_folder(name: str) -> Path:
    """The theme's folder `name`: inside an installed notesite, or at the top of its checkout."""
    package = Path(__file__).parent
    installed = package / "theme" / name
    return installed if installed.is_dir() else package.parents[1] / name
