"""The notation of the whole site: each described symbol once, with the notes that use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.model import NotationEntry
from notesite.text import title_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from notesite.model import Note, Section, Symbol


def collect_notation(
    sections: Iterable[Section], notes: Mapping[str, Note]
) -> tuple[NotationEntry, ...]:
    """The described symbols of `notes` (by URL), by the names of their macros.

    One macro that looks or means something else in another note is another symbol. The symbol is
    that of the first note in reading order.
    """
    found: dict[tuple[str, str, str], tuple[Symbol, list[str]]] = {}
    for url in _in_order(sections):
        for symbol in notes[url].symbols:
            key = (symbol.name, symbol.html, symbol.meaning.text)
            found.setdefault(key, (symbol, []))[1].append(url)
    entries = [NotationEntry(symbol, tuple(urls)) for symbol, urls in found.values()]
    return tuple(sorted(entries, key=lambda entry: _sort_key(entry.symbol)))


def _sort_key(symbol: Symbol) -> tuple[object, str, str]:
    return title_key(symbol.name), symbol.name, symbol.meaning.text


def _in_order(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        yield from section.notes
        yield from _in_order(section.parts)
