"""What is read off the sections of a site."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from notesite.model import Section


def introductions(sections: Iterable[Section]) -> Iterator[str]:
    """The HTML of what is said of each section and of its parts."""
    for section in sections:
        yield section.introduction_html
        yield from introductions(section.parts)


def without_notes(section: Section) -> Section:
    """The section as its name in the navigation needs it: with its parts, and no notes."""
    return replace(
        section,
        introduction_html="",
        groups=tuple(replace(group, notes=()) for group in section.groups),
        parts=tuple(map(without_notes, section.parts)),
    )


def neighbours(sections: Iterable[Section]) -> dict[str, tuple[str | None, str | None]]:
    """The note before and after each note in its section, by URL."""
    found: dict[str, tuple[str | None, str | None]] = {}
    for section in sections:
        urls = section.notes
        for index, url in enumerate(urls):
            before = urls[index - 1] if index else None
            after = urls[index + 1] if index + 1 < len(urls) else None
            found[url] = (before, after)
        found.update(neighbours(section.parts))
    return found
