"""A note as the index has it: its text cut into words, each with its places and their weight."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from notesite.records import dataclass
from notesite.searching.reading import Reading, filter_name
from notesite.searching.words import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from notesite.model import LinkedNote
    from notesite.searching.reading import Anchor

_TITLE, _NAMES, _SUMMARY, _MEANINGS = 9, 4, 3, 1
"""What the words of title, names, summary and its symbols' meanings weigh, in multiples of plain
text."""
_LANGUAGE = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Document:
    """What there is to find in one note.

    `places` has for each word where it stands, `title_words` the words of the title in their order;
    `hidden` are words that stand in no text, `filters` the note's values by the filters' names.
    """

    language: str
    title: str
    content: str
    length: int
    anchors: tuple[Anchor, ...]
    filters: Mapping[str, Sequence[str]]
    places: Mapping[str, Sequence[int]]
    title_words: Sequence[str]
    hidden: str


def language_of(linked: LinkedNote, language: str) -> str:
    """The language in whose index a note is, in small letters; `language` is the site's."""
    named = (linked.note.front_matter.language or language).lower()
    return named if _LANGUAGE.fullmatch(named) else "unknown"


def document(linked: LinkedNote, language: str, section: str = "") -> Document:
    """What there is to find in one note, in the site's `language` if it does not name its own.

    `section` is its section's title.
    """
    note, matter = linked.note, linked.note.front_matter
    language = language_of(linked, language)
    reading = Reading(language)
    reading.say(note.title.html, _TITLE)
    names = " · ".join((*matter.aliases, *linked.tags))
    reading.say(html.escape(names), _NAMES)
    meanings = " · ".join(symbol.meaning.text for symbol in note.symbols)
    reading.say(html.escape(meanings), _MEANINGS)
    reading.read(linked.summary_html, _SUMMARY)
    reading.read(linked.html)
    filters = {
        "tag": sorted({filter_name(tag) for tag in linked.tags}),
        "section": [filter_name(section)] if section else [],
        "kind": sorted({anchor.kind for anchor in reading.anchors if anchor.kind}),
    }
    return Document(
        language=language,
        title=note.title.text,
        content=reading.content(),
        length=len(reading.tokens),
        anchors=tuple(reading.anchors),
        filters={name: values for name, values in filters.items() if values},
        places=reading.places,
        title_words=words_of(note.title.text),
        hidden=" ".join(sorted({*reading.hidden, *words_of(names), *words_of(meanings)})),
    )
