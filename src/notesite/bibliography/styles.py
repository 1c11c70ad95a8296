"""The built-in styles: author and year, and numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notesite.bibliography.citing import (
    AUTHOR,
    BRACKET,
    SILENT,
    YEAR,
    Formatted,
    Listed,
    reference_anchor,
)
from notesite.bibliography.labels import cited_keys, short_names, sort_key, years
from notesite.bibliography.references import describe, list_names
from notesite.bibliography.runs import Run, Text, joined, linked, merged, plain, sentence
from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from notesite.bibliography.citing import Citation, Item, Style, Words
    from notesite.bibliography.entries import Entry

_RANGE = re.compile(r"(?<=\w)\s*(?:--?|–)\s*(?=\w)")
_SHORT = {
    "page": ("p.", "pp."), "section": ("sec.", "secs."), "chapter": ("chap.", "chaps."),
    "theorem": ("thm.", "thms."), "figure": ("fig.", "figs."), "equation": ("eq.", "eqs."),
}  # fmt: skip


def built_in(name: str) -> Style | None:
    """The style of that name, or None."""
    styles: dict[str, Style] = {"author-year": AuthorYear(), "numeric": Numeric()}
    return styles.get(name)


BUILT_IN = ("author-year", "numeric")


@dataclass(frozen=True, slots=True)
class AuthorYear:
    """`(Saxe et al., 2014, sec. 2)`, and a list by authors."""

    is_numeric: bool = False

    def format(
        self, citations: Sequence[Citation], entries: Mapping[str, Entry], words: Words
    ) -> Formatted:
        """As `Style` says."""
        cited = sorted((entries[key] for key in cited_keys(citations)), key=sort_key)
        labels = _Labels(
            {entry.key: short_names(entry, words) for entry in cited}, years(cited, words)
        )
        return Formatted(
            tuple(merged(self._citation(each, labels, words)) for each in citations),
            tuple(
                Listed(entry.key, "", merged(_author_year_line(entry, words, labels)))
                for entry in cited
            ),
        )

    def _citation(self, citation: Citation, labels: _Labels, words: Words) -> Text:
        if citation.form == SILENT:
            return ()
        if citation.form == BRACKET:
            return (Run("("), *_grouped(citation.items, labels), Run(")"))
        texts = [_in_prose(item, citation.form, labels) for item in citation.items]
        return _listed(texts, words)


@dataclass(frozen=True, slots=True)
class _Labels:
    """The names and the year of each work that a page cites."""

    names: Mapping[str, Text]
    years: Mapping[str, str]


def _grouped(items: Sequence[Item], labels: _Labels) -> Text:
    """`see Saxe et al., 2014a, 2014b; Jacot, 2018`: names are not said twice in a row."""
    runs: list[Run] = []
    for at, item in enumerate(items):
        before = items[at - 1] if at else None
        is_same = bool(
            before and not item.prefix and not _tail(before)
            and labels.names[before.key] == labels.names[item.key]
        )  # fmt: skip
        if before:
            runs.append(Run(", " if is_same else "; "))
        year = plain(labels.years[item.key])
        is_short = is_same or item.suppresses_author
        label = year if is_short else (*labels.names[item.key], Run(", "), *year)
        runs.extend((*_prefix(item), *_link(item, label), *_tail(item)))
    return tuple(runs)


def _in_prose(item: Item, form: str, labels: _Labels) -> Text:
    """`Saxe et al. (2014, sec. 2)`, or a part of it."""
    names, year = labels.names[item.key], plain(labels.years[item.key])
    if form == AUTHOR:
        return (*_prefix(item), *_link(item, names), *_tail(item))
    if form == YEAR:
        return (*_prefix(item), *_link(item, year), *_tail(item))
    tail = _tail(item)
    shown = () if item.suppresses_author else (*names, Run(" "))
    closing = Run(")")
    if not tail:
        return (*_prefix(item), *_link(item, (*shown, Run("("), *year, closing)))
    return (*_prefix(item), *_link(item, (*shown, Run("("), *year)), *tail, closing)


def _listed(texts: Sequence[Text], words: Words) -> Text:
    if len(texts) < 3:
        return joined(texts, f" {words.and_} ")
    return (*joined(texts[:-1], ", "), Run(f"{words.last_and} "), *texts[-1])


def _author_year_line(entry: Entry, words: Words, labels: _Labels) -> Text:
    people = entry.authors or entry.editors
    names = list_names(people, words, inverted=True)
    if entry.editors and not entry.authors:
        names += f" ({words.editor if len(people) == 1 else words.editors})"
    year = plain(f"({labels.years[entry.key]}).")
    if not names:
        # Without people the title leads, as the citations call the work by it.
        return joined([describe(entry, words, year=labels.years[entry.key])], " ")
    return joined([plain(names), year, describe(entry, words, year="")], " ")


@dataclass(frozen=True, slots=True)
class Numeric:
    """`[1, sec. 2]`, and a list in the order in which the page cites."""

    is_numeric: bool = True

    def format(
        self, citations: Sequence[Citation], entries: Mapping[str, Entry], words: Words
    ) -> Formatted:
        """As `Style` says."""
        cited = [entries[key] for key in cited_keys(citations)]
        numbers = {entry.key: str(number) for number, entry in enumerate(cited, start=1)}
        names = {entry.key: short_names(entry, words) for entry in cited}
        labels = _Labels(names, numbers)
        return Formatted(
            tuple(merged(self._citation(each, labels, entries, words)) for each in citations),
            tuple(
                Listed(entry.key, f"[{numbers[entry.key]}]", merged(_numeric_line(entry, words)))
                for entry in cited
            ),
        )

    def _citation(
        self, citation: Citation, labels: _Labels, entries: Mapping[str, Entry], words: Words
    ) -> Text:
        if citation.form == SILENT:
            return ()
        if citation.form == BRACKET:
            return _bracketed(citation.items, labels)
        texts = [self._in_prose(item, citation.form, labels, entries) for item in citation.items]
        return _listed(texts, words)

    def _in_prose(
        self, item: Item, form: str, labels: _Labels, entries: Mapping[str, Entry]
    ) -> Text:
        names = labels.names[item.key]
        if form == AUTHOR:
            return (*_prefix(item), *_link(item, names), *_tail(item))
        if form == YEAR:
            year = plain(entries[item.key].issued.label)
            return (*_prefix(item), *_link(item, year), *_tail(item))
        number = (Run("["), *_link(item, plain(labels.years[item.key])), *_tail(item), Run("]"))
        shown = () if item.suppresses_author else (*names, Run("\u00a0"))
        return (*_prefix(item), *shown, *number)


def _bracketed(items: Sequence[Item], labels: _Labels) -> Text:
    texts = [
        (*_prefix(item), *_link(item, plain(labels.years[item.key])), *_tail(item))
        for item in items
    ]
    is_plain = not any(_prefix(item) or _tail(item) for item in items)
    return (Run("["), *joined(texts, ", " if is_plain else "; "), Run("]"))


def _numeric_line(entry: Entry, words: Words) -> Text:
    people = entry.authors or entry.editors
    names = list_names(people, words, inverted=False)
    if entry.editors and not entry.authors:
        names += f" ({words.editor if len(people) == 1 else words.editors})"
    year = entry.issued.label
    return joined([sentence(plain(names)), describe(entry, words, year=year)], " ")


def _link(item: Item, label: Text) -> Text:
    return linked(label, f"#{reference_anchor(item.key)}", item.anchor)


def _prefix(item: Item) -> Text:
    return (*item.prefix, Run(" ")) if item.prefix else ()


def _tail(item: Item) -> Text:
    """What stands behind the label: the locator, the suffix."""
    locator = locator_text(item)
    located = (Run(f", {locator}"),) if locator else ()
    if not item.suffix:
        return located
    is_attached = item.suffix[0].text[:1] in {",", ";", ":", "."}
    return (*located, *(() if is_attached else (Run(" " if located else ", "),)), *item.suffix)


def locator_text(item: Item) -> str:
    """`sec. 2`, `pp. 3–5`: as it was written where a part was named, else a page."""
    if item.locator is None:
        return ""
    label, number = item.locator
    source = item.locator_source.strip()
    if not source or source[0].isdigit():
        one, several = _SHORT.get(label, (label, f"{label}s"))
        is_range = bool(re.search(r"[-–,&]", number))
        source = f"{several if is_range else one} {number}"
    first, blank, rest = source.partition(" ")
    return _RANGE.sub("–", f"{first}\u00a0{rest.lstrip()}" if blank else source)
