"""A new note: its front matter, where the other notes of its section are."""

from __future__ import annotations

import os.path
from typing import TYPE_CHECKING

from notesite.scaffold.writing import ScaffoldError, clean_title, write_new, yaml_line
from notesite.text import did_you_mean, match_key, slugify

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from notesite.building import Project
    from notesite.config import Config

_LONGEST_NAME = 80
_RESERVED_NAMES = frozenset({"index", "_index"})
_GLOB_CHARACTERS = frozenset("*?[")


def new_note(
    project: Project, config: Config, title: str, section: str | None, today: date
) -> Path:
    """Write an empty note called `title` and return its file.

    `section` is an id or a title of the configuration. Raises ScaffoldError when there is no such
    section or the file is there already.
    """
    title = clean_title(title)
    found = _find_section(config, section) if section else ""
    folder = project.source / _folder_of(config, found)
    if not folder.resolve().is_relative_to(project.source.resolve()):
        raise ScaffoldError(f"the folder of section '{found}' lies outside the notes")
    file = folder / f"{_file_name(title)}.md"
    write_new(file, _front_matter(title, found, today))
    return file


def _find_section(config: Config, name: str) -> str:
    if not config.sections:
        return clean_title(name)
    ids = {match_key(key): each.id for each in config.sections for key in (each.title, each.id)}
    found = ids.get(match_key(name))
    if found is None:
        known = [each.id for each in config.sections]
        hints = did_you_mean(name, known) or (f"there are {', '.join(known)}",)
        raise ScaffoldError(f"there is no section '{name}'; {hints[0]}")
    return found


def _folder_of(config: Config, section: str) -> str:
    """The folder of a section's notes, relative to the notes folder, by the rules for folders.

    Rules for a group of the section would give a note their group, so the folder that holds those
    of all groups is taken instead.
    """
    if not section:
        return ""
    rules = [rule for rule in config.folders if rule.section == section]
    folders = [_fixed_part(rule.path) for rule in rules if not rule.group]
    if not folders and rules:
        folders = [os.path.commonpath([_fixed_part(rule.path) for rule in rules])]
    return next(filter(None, folders), slugify(section))


def _fixed_part(pattern: str) -> str:
    """The folders of a glob before its first part that is not a plain name."""
    plain = []
    for part in pattern.strip("/").split("/"):
        if _GLOB_CHARACTERS.intersection(part) or part.endswith(".md"):
            break
        plain.append(part)
    return "/".join(plain)


def _file_name(title: str) -> str:
    name = slugify(title)
    if len(name) > _LONGEST_NAME:
        name = name[:_LONGEST_NAME].rpartition("-")[0] or name[:_LONGEST_NAME]
    # An index note introduces its folder instead of standing in it.
    return f"{name}-note" if name in _RESERVED_NAMES else name or "note"


def _front_matter(title: str, section: str, today: date) -> str:
    lines = [yaml_line("title", title)]
    if section:
        lines.append(yaml_line("section", section))
    lines += ["tags: []", 'summary: ""', f"date: {today.isoformat()}"]
    return "\n".join(["---", *lines, "---", "", ""])
