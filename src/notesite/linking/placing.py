"""Placing notes: each one's URL, section and group, and the sections with their notes in order."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import TYPE_CHECKING

from notesite.config import GroupConfig, SectionConfig
from notesite.diagnostics import Diagnostic, diagnose
from notesite.linking.bodies import without_links
from notesite.linking.urls import (
    ALL_NOTES,
    ALL_TAGS,
    INDEX,
    MAP,
    NOT_FOUND,
    NOTATION,
    RESULTS,
    is_old_address,
    note_url,
    section_url,
    tag_url,
    why_no_address,
)
from notesite.model import Group, Section, Title
from notesite.records import dataclass
from notesite.sources import matches_glob
from notesite.text import did_you_mean, escape_html, match_key, slugify, title_key, title_of_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from notesite.config import Config
    from notesite.model import ConfigTexts, Note

FALLBACK_SECTION = "notes"
"""The section of notes that nothing else places."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a note belongs; an empty `section` is the site's own, for its introduction."""

    section: str
    group: str


def assign_urls(
    notes: Iterable[Note],
    introductions: Mapping[str, str],
    style: str = "slugs",
    made: Iterable[str] = (),
) -> tuple[dict[str, str], list[Diagnostic]]:
    """The URL of each note by its path; the first by path keeps a URL that two would have.

    The others get a number behind it, unless a `permalink` asks for it. `introductions` are the
    notes that stand on another page, with its URL; `style` is `site.urls`; `made` are the files
    that the site has anyway.
    """
    listed = list(notes)
    urls = {note.path: introductions[note.path] for note in listed if note.path in introductions}
    owners: dict[str, str] = {url.casefold(): "another page of the site" for url in made}
    problems: list[Diagnostic] = []
    others = [note for note in listed if note.path not in introductions]
    # What somebody asked for comes before what a name happens to make.
    for note in sorted(others, key=lambda note: note.front_matter.permalink is None):
        refusal = _refused_permalink(note)
        problems.extend(filter(None, (refusal, *_refused_aliases(note))))
        is_asked = note.front_matter.permalink is not None and refusal is None
        url = note_url(note, style, with_permalink=is_asked)
        owner = owners.get(url.casefold())
        if owner is not None:
            free = "" if is_asked else _free_address(url, owners)
            problems.append(_taken(note, url, owner, free))
            url = free
        if url:
            owners[url.casefold()] = f"the page of {note.file}"
            urls[note.path] = url
    return urls, problems


def _free_address(url: str, owners: Mapping[str, str]) -> str:
    """The address with the first number behind it that no other page has."""
    stem, dot, suffix = url.rpartition(".")
    numbered = (f"{stem}-{number}{dot}{suffix}" for number in count(2))
    return next(each for each in numbered if each.casefold() not in owners)


def _taken(note: Note, url: str, owner: str, free: str) -> Diagnostic:
    """What is said of a note whose address another page has; `free` is the one that it gets."""
    span = note.front_matter.spans.get("permalink")
    if not free:
        hints = ("give one of them another 'permalink'",)
        message = f"'{url}' is already {owner}"
        return diagnose("url-duplicate", message, note.file, span, hints=hints)
    message = f"'{url}' is already {owner}; this one is at '{free}'"
    hints = ("a 'permalink' keeps its address whatever comes beside it",)
    return diagnose("url-numbered", message, note.file, hints=hints)


def _refused_permalink(note: Note) -> Diagnostic | None:
    permalink = note.front_matter.permalink
    reason = why_no_address(permalink) if permalink else ""
    if not reason:
        return None
    span = note.front_matter.spans.get("permalink")
    message = f"no page can be at '{permalink}': {reason}"
    return diagnose("url-invalid", message, note.file, span)


def _refused_aliases(note: Note) -> Iterator[Diagnostic]:
    span = note.front_matter.spans.get("aliases")
    for alias in note.front_matter.aliases:
        reason = why_no_address(alias) if is_old_address(alias) else ""
        if reason:
            message = f"nothing can lead on from '{alias}': {reason}"
            yield diagnose("alias-invalid", message, note.file, span)


def is_introduction(path: str) -> bool:
    """Whether the note at `path` may introduce the site or its folder instead of being an entry.

    A folder's note is called `index`, or as the folder itself (the Folder notes plugin).
    """
    folder, _, name = path.rpartition("/")
    stem = name.lower().removesuffix(".md")
    return stem in {"index", "_index"} or (
        bool(folder) and match_key(stem) == match_key(folder.rpartition("/")[2])
    )


def introductions(places: Mapping[str, Place]) -> dict[str, str]:
    """The notes that introduce the site or a section, with the URL of the page they stand on.

    `places` is by path. Of several in one section the one nearest the root is its introduction,
    `index.md` before a note of the folder's name; the others are notes like any other, and so is
    that of a folder within a folder which holds more of the section.
    """
    found: dict[str, str] = {}
    ends = _ends(places)
    for path in filter(is_introduction, places):
        key = places[path].section if "/" in path else ""
        folder = path.rpartition("/")[0]
        if path.count("/") > 1 and not all(each.startswith(f"{folder}/") for each in ends[key]):
            continue
        if key not in found or _nearness(path) < _nearness(found[key]):
            found[key] = path
    return {path: section_url(key) if key else INDEX for key, path in found.items()}


def _ends(places: Mapping[str, Place]) -> dict[str, tuple[str, str]]:
    """The first and the last path of each section: what both begin with, all between begin with."""
    ends: dict[str, tuple[str, str]] = {}
    for path in sorted(places):
        first, _ = ends.get(places[path].section, (path, path))
        ends[places[path].section] = first, path
    return ends


def _nearness(path: str) -> tuple[int, bool, str]:
    stem = path.rpartition("/")[2].lower().removesuffix(".md")
    return path.count("/"), stem not in {"index", "_index"}, path


class Placing:
    """Finds each note's section and group by its front matter, the config's rules, its folder."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._sections = {section.id: section for section in config.sections}
        self._ids = {
            match_key(name): section.id
            for section in reversed(config.sections)
            for name in (section.title, slugify(section.id), section.id)
            if name
        }
        self.problems: list[Diagnostic] = []

    def place(self, note: Note) -> Place:
        """The place of `note`; an unknown section or group is reported and set aside."""
        rule = next(
            (rule for rule in self._config.folders if matches_glob(note.path, rule.path)), None
        )
        section = self._named_section(note)
        if section is None:
            section = rule.section if rule else self._by_folder(note.path)
        group = note.front_matter.group
        if group is None and rule and rule.section == section:
            group = rule.group
        return Place(section, self._group(note, section, group or ""))

    def _named_section(self, note: Note) -> str | None:
        name = note.front_matter.section
        if not name:
            return None
        if not self._sections:
            return name
        found = self._ids.get(match_key(name))
        if found is None:
            hints = did_you_mean(name, self._sections) or (
                f"sections: {', '.join(self._sections)}",
            )
            span = note.front_matter.spans.get("section")
            message = f"no section '{name}'"
            self.problems.append(diagnose("section-unknown", message, note.file, span, hints=hints))
        return found

    def _by_folder(self, path: str) -> str:
        folder = path.partition("/")[0] if "/" in path else ""
        return self._ids.get(match_key(folder), folder) or FALLBACK_SECTION

    def _group(self, note: Note, section: str, name: str) -> str:
        known = self._sections.get(section)
        if not name or known is None:
            return name
        ids = {match_key(key): g.id for g in known.groups for key in (g.title, g.id) if key}
        found = ids.get(match_key(name))
        if found is None:
            hints = did_you_mean(name, ids.values())
            span = note.front_matter.spans.get("group")
            message = f"section '{section}' has no group '{name}'"
            self.problems.append(diagnose("section-unknown", message, note.file, span, hints=hints))
        return found or ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What ordering needs to know of a note in a section."""

    url: str
    group: str
    title: str
    order: float | None
    created: date | None


def arrange(entries: Iterable[Entry], order: str) -> list[Entry]:
    """Entries as a reader meets them: those with an `order` first, then by date or title."""
    listed = sorted(entries, key=lambda entry: (title_key(entry.title), entry.url))
    if order != "title":
        listed.sort(key=lambda entry: entry.created or date.min, reverse=order == "newest")
    return sorted(listed, key=lambda entry: (entry.order is None, entry.order or 0.0))


class SectionBuilder:
    """Builds the tree of sections from the config's, with the folders' own after them."""

    def __init__(
        self, config: Config, texts: ConfigTexts, introductions: Mapping[str, tuple[Title, str]]
    ) -> None:
        """`introductions` gives title and HTML of the index note of a section, by its id."""
        self._config = config
        self._texts = texts
        self._introductions = introductions

    def build(self, entries: Mapping[str, list[Entry]]) -> tuple[Section, ...]:
        """The sections without a parent; sections the config does not know follow by name."""
        known = {section.id for section in self._config.sections}
        extra = [SectionConfig(id=name) for name in sorted(set(entries) - known, key=title_key)]
        listed = [*self._config.sections, *extra]
        return tuple(self._section(s, listed, entries) for s in listed if not s.parent)

    def _section(
        self, config: SectionConfig, listed: list[SectionConfig], entries: Mapping[str, list[Entry]]
    ) -> Section:
        own = arrange(entries.get(config.id, ()), config.order)
        parts = (self._section(s, listed, entries) for s in listed if s.parent == config.id)
        title, introduction = self._introductions.get(config.id, (None, ""))
        return Section(
            id=config.id,
            title=self._title(config, title),
            emoji=config.emoji,
            url=section_url(config.id),
            parent=config.parent,
            description_html=self._inline(config.description),
            introduction_html=self._blocks(config.introduction) + introduction,
            groups=self._groups(config, own),
            parts=tuple(parts),
        )

    def _title(self, config: SectionConfig, introduction: Title | None) -> Title:
        if config.title:
            passage = self._texts.inline.get(config.title)
            return Title(self._inline(config.title), passage.text if passage else config.title)
        name = title_of_name(config.id)
        if config.id == FALLBACK_SECTION:
            name = self._config.words().of().text("section.notes")
        return introduction or Title(escape_html(name), name)

    def _groups(self, config: SectionConfig, own: list[Entry]) -> tuple[Group, ...]:
        loose = tuple(entry.url for entry in own if not entry.group)
        groups = [Group("", Title("", ""), "", loose)] if loose else []
        known = {group.id for group in config.groups}
        # A section the config does not define has the groups that its notes name.
        extra = dict.fromkeys(e.group for e in own if e.group and e.group not in known)
        for group in (*config.groups, *(GroupConfig(id=name) for name in extra)):
            urls = tuple(entry.url for entry in own if entry.group == group.id)
            text = group.title or title_of_name(group.id)
            title = Title(self._inline(text), text)
            groups.append(Group(group.id, title, self._inline(group.description), urls))
        return tuple(groups)

    def _inline(self, text: str) -> str:
        passage = self._texts.inline.get(text)
        if passage is None:
            return escape_html(text)
        return without_links(passage.body)

    def _blocks(self, text: str) -> str:
        passage = self._texts.blocks.get(text)
        return without_links(passage.body) if passage else ""


def made_pages(notes: Iterable[Note], config: Config) -> frozenset[str]:
    """The pages that no note is behind, as far as they are known before notes are placed."""
    tags = {tag_url(tag) for note in notes for tag in note.tags}
    sections = {section_url(section.id) for section in config.sections}
    own = {INDEX, ALL_NOTES, MAP, ALL_TAGS, NOTATION, RESULTS, NOT_FOUND}
    return frozenset({*own, *tags, *sections})
