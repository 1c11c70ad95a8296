"""A new site: the files under `site/`, with the title filled in.

A name there that begins with `dot-` begins with a dot in the new site: hidden files have a way of
being left behind when a package is built.
"""

from __future__ import annotations

import json
import re
from importlib.resources import files as package_files
from typing import TYPE_CHECKING

from notesite.scaffold.origin import NAME, with_requirement
from notesite.scaffold.writing import ScaffoldError, clean_title, write_new, yaml_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable
    from pathlib import Path

_PLACEHOLDER = "SITE_TITLE"
_ALLOWED = frozenset({".git", ".DS_Store"})
_MARKDOWN = re.compile(r"([\\`*_\[\]<>&#~$|])")


def new_site(folder: Path, title: str, requirement: str = NAME) -> tuple[Path, ...]:
    """Write a small complete site called `title` to `folder`, and return its files.

    `requirement` is what `pip install` is told where the site is published.

    Raises ScaffoldError when the folder holds anything besides a git repository's own files, or
    cannot be written to. No file is ever replaced.
    """
    title = clean_title(title)
    _refuse_strangers(folder)
    written = []
    for path, text in _templates(package_files("notesite.scaffold") / "site", ""):
        file = folder / path
        filled = _fill(path, text, title)
        write_new(file, with_requirement(filled, requirement))
        written.append(file)
    return tuple(written)


def _refuse_strangers(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise ScaffoldError(f"'{folder}' is a file; name a folder")
    if not folder.exists():
        return
    try:
        strangers = sorted({path.name for path in folder.iterdir()} - _ALLOWED)
    except OSError as error:
        raise ScaffoldError(f"'{folder}' cannot be read: {error.strerror or error}") from error
    if strangers:
        raise ScaffoldError(
            f"'{folder}' holds '{strangers[0]}'; name a folder that is empty or not there yet"
        )


def _templates(folder: Traversable, prefix: str) -> Iterator[tuple[str, str]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        path = prefix + re.sub(r"^dot-", ".", entry.name)
        if entry.is_dir():
            yield from _templates(entry, path + "/")
        else:
            yield path, entry.read_text(encoding="utf-8")


def _fill(path: str, text: str, title: str) -> str:
    """The template `text` with the title quoted as the file's language wants it."""
    if path.endswith(".toml"):
        return text.replace(f'"{_PLACEHOLDER}"', json.dumps(title, ensure_ascii=False))
    if path == "README.md":
        return text.replace(_PLACEHOLDER, _MARKDOWN.sub(r"\\\1", title))
    return text.replace(f"title: {_PLACEHOLDER}", yaml_line("title", title))
