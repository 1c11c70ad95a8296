"""What citations call a work: the names of its authors in short, and its year."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from notesite.bibliography.entries import OTHERS
from notesite.bibliography.runs import Text, italic, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from notesite.bibliography.citing import Citation, Words
    from notesite.bibliography.entries import Entry, Name


def short_names(entry: Entry, words: Words) -> Text:
    """`Saxe`, `Saxe and McClelland`, `Saxe et al.`; without people, the title."""
    people = entry.authors or entry.editors
    if not people:
        return italic(entry.title) or plain(entry.key)
    return plain(_short(people, words))


def _short(people: Sequence[Name], words: Words) -> str:
    named = [each.last for each in people if each.family != OTHERS]
    if len(people) == 1:
        return "".join(named)
    if len(named) == len(people) == 2:
        return f"{named[0]} {words.and_} {named[1]}"
    return f"{named[0]} {words.et_al}" if named else words.et_al


def cited_keys(citations: Iterable[Citation]) -> list[str]:
    """The keys in the order in which the page first cites them."""
    return list(dict.fromkeys(item.key for each in citations for item in each.items))


def sort_key(entry: Entry) -> tuple[tuple[str, ...], int, str, str]:
    """Where a work stands in an alphabetical list: by authors, year, title."""
    people = entry.authors or entry.editors
    names = tuple(_folded(f"{each.last} {each.given}") for each in people)
    title = _folded("".join(run.text for run in entry.title))
    return names or (title,), entry.issued.year or 9999, title, entry.key


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def years(entries: Sequence[Entry], words: Words) -> Mapping[str, str]:
    """The year of each entry by key, with a letter where names and year are another's too."""
    groups: dict[tuple[Text, str], list[Entry]] = {}
    for entry in sorted(entries, key=sort_key):
        label = entry.issued.label or words.no_date
        groups.setdefault((short_names(entry, words), label), []).append(entry)
    found: dict[str, str] = {}
    for (_, label), same in groups.items():
        for number, entry in enumerate(same):
            dash = "" if label[-1:].isdigit() else "-"
            found[entry.key] = f"{label}{dash}{_letter(number)}" if len(same) > 1 else label
    return found


def _letter(number: int) -> str:
    """The letters a, b, …, z, aa, ab and so on, from 0."""
    before, last = divmod(number, 26)
    return (_letter(before - 1) if before else "") + chr(ord("a") + last)
