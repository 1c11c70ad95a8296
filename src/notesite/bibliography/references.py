"""An entry as a line of a list of references, in the order of the built-in styles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from notesite.bibliography.entries import OTHERS
from notesite.bibliography.ordinals import ordinal
from notesite.bibliography.runs import Run, Text, italic, joined, linked, plain, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notesite.bibliography.citing import Words
    from notesite.bibliography.entries import Entry, Name

MOST_NAMES = 12
"""Authors that are listed; of more, the first ones."""
NAMES_OF_MANY = 8

_WHOLE_WORKS = frozenset(
    {"book", "thesis", "report", "software", "dataset", "pamphlet", "standard"}
)
_PARTS = frozenset({"chapter", "paper-conference", "entry", "entry-encyclopedia"})


def describe(entry: Entry, words: Words, *, year: str) -> Text:
    """All but the authors: title, where it came out, links; with `year` at the end if given."""
    title = italic(entry.title) if entry.kind in _WHOLE_WORKS else entry.title
    parts = [sentence(title), sentence(_source(entry, words, year))]
    if entry.note:
        parts.append(sentence(entry.note))
    return joined([*parts, links(entry)], " ")


def list_names(names: Sequence[Name], words: Words, *, inverted: bool) -> str:
    """The names as a list; `inverted` begins with the first one's family name."""
    shown = list(names[:NAMES_OF_MANY] if len(names) > MOST_NAMES else names)
    is_cut = len(shown) < len(names)
    if shown and shown[-1].family == OTHERS:
        shown, is_cut = shown[:-1], True
    texts = [name.full for name in shown]
    if inverted and texts:
        texts[0] = shown[0].sorted
    if is_cut:
        return f"{', '.join(texts)}, {words.et_al}"
    if len(texts) < 2:
        return "".join(texts)
    is_listed = len(texts) > 2 or (inverted and shown[0].given)
    and_ = words.last_and if is_listed else f" {words.and_}"
    return f"{', '.join(texts[:-1])}{and_} {texts[-1]}"


def _source(entry: Entry, words: Words, year: str) -> Text:
    if entry.kind in _PARTS and entry.container:
        return joined([_book(entry, words), *_published(entry, year)], ", ")
    if entry.container:
        return joined([_journal(entry, words), plain(year)], ", ")
    return joined([*_alone(entry, words), *_published(entry, year)], ", ")


def _journal(entry: Entry, words: Words) -> Text:
    """*Journal* 31(2), pp. 1–10."""
    issue = f"({entry.issue})" if entry.issue else ""
    numbers = f" {entry.volume}{issue}" if entry.volume else f" {words.number} {entry.issue}"
    where = plain(numbers) if entry.volume or entry.issue else ()
    journal = (*italic(entry.container), *where)
    return joined([journal, plain(_pages(entry, words))], ", ")


def _book(entry: Entry, words: Words) -> Text:
    """In Author, *Book*, vol. 31, edited by …, pp. 1–10."""
    volume = f"{words.volume} {entry.volume}" if entry.volume else ""
    writers = list_names(entry.container_authors, words, inverted=False)
    book = (Run(f"{words.in_} {writers}{', ' if writers else ''}"), *italic(entry.container))
    editors = plain(_editors(entry, words) if entry.authors else "")
    parts = [book, editors, plain(volume), entry.series, plain(_pages(entry, words))]
    return joined(parts, ", ")


def _alone(entry: Entry, words: Words) -> list[Text]:
    edition = _edition(entry.edition, words)
    genre = " ".join(filter(None, (entry.genre, entry.number)))
    volume = f"{words.volume} {entry.volume}" if entry.volume else ""
    editors = _editors(entry, words) if entry.authors else ""
    pages = _pages(entry, words)
    return [
        plain(edition), plain(entry.version and f"{words.version} {entry.version}"),
        plain(editors), entry.series, plain(volume), plain(genre), plain(pages),
    ]  # fmt: skip


def _published(entry: Entry, year: str) -> list[Text]:
    return [plain(entry.publisher), plain(entry.place), plain(year)]


def _editors(entry: Entry, words: Words) -> str:
    if not entry.editors:
        return ""
    role = words.editor if len(entry.editors) == 1 else words.editors
    return f"{list_names(entry.editors, words, inverted=False)} ({role})"


def _edition(edition: str, words: Words) -> str:
    if not edition:
        return ""
    if edition.isdecimal():
        number = ordinal(int(edition), words.language)
        return words.numbered_edition.replace("{number}", number)
    has_word = words.edition.lower() in edition.lower()
    return edition if has_word else f"{edition} {words.edition}"


def _pages(entry: Entry, words: Words) -> str:
    if not entry.pages:
        return ""
    is_range = bool(re.search(r"[–,]", entry.pages))
    return f"{words.pages if is_range else words.page}\u00a0{entry.pages}"


def links(entry: Entry) -> Text:
    """Where the work can be read: by DOI, on arXiv, else at its address."""
    found = []
    if entry.doi:
        address = "https://doi.org/" + quote(entry.doi, safe="/:;()._-")
        found.append(linked(plain(f"doi:{entry.doi}"), address))
    if entry.arxiv:
        subject = f" [{entry.arxiv_class}]" if entry.arxiv_class else ""
        address = "https://arxiv.org/abs/" + quote(entry.arxiv, safe="/.")
        found.append(linked(plain(f"arXiv:{entry.arxiv}{subject}"), address))
    if entry.url and not found:
        shown = re.sub(r"^https?://(?:www\.)?|/$", "", entry.url)
        found.append(linked(plain(shown), entry.url))
    return (*joined(found, ", "), Run(".")) if found else ()
