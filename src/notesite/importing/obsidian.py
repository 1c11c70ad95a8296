"""A vault's own settings as a configuration of notesite."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from notesite.importing.accents import PAPER, PAPER_DARK, readable_on
from notesite.importing.colours import is_colour
from notesite.importing.draft import Draft
from notesite.vault import FOLDER, VaultSettings, read_vault

if TYPE_CHECKING:
    from pathlib import Path

_PUBLISH = "publish.json"
OUTPUT = ".site"
"""Where a vault's site goes: Obsidian looks into no folder with a dot and so sees no second copy of
the images."""


def read_obsidian(root: Path) -> Draft:
    """The configuration that the vault at `root` asks for."""
    draft = Draft()
    vault = read_vault(root)
    draft.put("site", "title", root.resolve().name, "the folder's name")
    draft.put("site", "source", ".")
    comment = "Obsidian looks into no folder whose name begins with a dot."
    draft.put("site", "output", OUTPUT, comment=comment)
    if not vault.is_vault:
        draft.left.append(f"there is no {FOLDER} folder here, so nothing is known of its settings")
        return draft
    _take_ignored(draft, root, vault)
    _take_line_breaks(draft, vault)
    if vault.accent:
        _take_accent(draft, vault.accent)
    for folder in vault.template_folders:
        draft.understood.append(f"'{folder}' holds templates and is left out, as in every vault")
    return draft


def _take_line_breaks(draft: Draft, vault: VaultSettings) -> None:
    is_strict = vault.strict_line_breaks is True
    origin = "Strict line breaks" + ("" if is_strict else ", which is off as Obsidian has it")
    comment = "A line break within a paragraph: false joins the lines, as Markdown does elsewhere."
    draft.put("markdown", "hard_breaks", not is_strict, origin, comment)


def _take_ignored(draft: Draft, root: Path, vault: VaultSettings) -> None:
    patterns = []
    for entry in (*vault.excluded, *_not_published(root)):
        if len(entry) > 1 and entry.startswith("/") and entry.endswith("/"):
            draft.left.append(
                f"the excluded files {entry}: site.ignore takes globs, not regular expressions"
            )
        elif entry.strip("/"):
            patterns.append(f"/{_escaped(entry.strip('/'))}")
    if patterns:
        draft.put("site", "ignore", list(dict.fromkeys(patterns)), "Excluded files")


def _not_published(root: Path) -> list[str]:
    """The folders that Obsidian Publish leaves out."""
    try:
        table = json.loads((root / FOLDER / _PUBLISH).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return []
    excluded = table.get("excluded") if isinstance(table, dict) else None
    return (
        [each for each in excluded if isinstance(each, str)] if isinstance(excluded, list) else []
    )


def _escaped(path: str) -> str:
    return re.sub(r"[*?\[]", "?", path)


def _take_accent(draft: Draft, colour: str) -> None:
    if is_colour(colour):
        light, dark = readable_on(colour, PAPER), readable_on(colour, PAPER_DARK)
        draft.put("theme", "accent", light, _from_accent(colour, light))
        draft.put("theme", "accent_dark", dark, _from_accent(colour, dark))
    else:
        draft.wrong.append(f"the accent colour {colour!r} is none that a browser understands")


def _from_accent(colour: str, taken: str) -> str:
    return "Accent color" if taken == colour else f"Accent color, {colour}, made readable"
