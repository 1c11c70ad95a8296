"""What Obsidian itself keeps about a vault, in its `.obsidian` folder.

The files are JSON that Obsidian and its plugins write; none of them is documented, and any may be
missing or damaged, so what cannot be read says nothing.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from notesite.records import dataclass

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ".obsidian"

_LARGEST = 1_000_000
"""In bytes; the settings of a plugin may hold anything."""

_TEMPLATE_SETTINGS = (
    ("templates.json", "folder"),
    ("plugins/templater-obsidian/data.json", "templates_folder"),
)
"""Where the core plugin Templates and the plugin Templater name their folder."""


@dataclass(frozen=True, slots=True)
class VaultSettings:
    """The settings of Obsidian's that bear on a website.

    `strict_line_breaks` is the setting of that name, None where it was never touched.
    `template_folders` are paths from the vault's root; `excluded` are the entries of "Excluded
    files": a path's beginning, or a regular expression between slashes.
    """

    is_vault: bool = False
    strict_line_breaks: bool | None = None
    template_folders: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    accent: str = ""


def read_vault(root: Path) -> VaultSettings:
    """The settings of the vault at `root`; all empty where there is no `.obsidian` folder."""
    folder = root / FOLDER
    if not folder.is_dir():
        return VaultSettings()
    app = _read_table(folder / "app.json")
    strict = app.get("strictLineBreaks")
    templates = [_read_table(folder / name).get(key) for name, key in _TEMPLATE_SETTINGS]
    paths = [path.strip("/") for path in templates if isinstance(path, str)]
    accent = _read_table(folder / "appearance.json").get("accentColor")
    return VaultSettings(
        is_vault=True,
        strict_line_breaks=strict if isinstance(strict, bool) else None,
        template_folders=tuple(dict.fromkeys(filter(None, paths))),
        excluded=tuple(each for each in _list(app, "userIgnoreFilters") if isinstance(each, str)),
        accent=accent if isinstance(accent, str) else "",
    )


def setting_files(root: Path) -> tuple[Path, ...]:
    """The files that the settings of the vault at `root` are read from, there or not."""
    templates = (name for name, _ in _TEMPLATE_SETTINGS)
    names = ("app.json", "appearance.json", "preamble.sty", *templates)
    return tuple(root / FOLDER / name for name in names)


def _read_table(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _LARGEST:
            return {}
        table = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return {}
    return table if isinstance(table, dict) else {}


def _list(table: dict[str, Any], key: str) -> list[Any]:
    value = table.get(key)
    return value if isinstance(value, list) else []
