"""The citations of one page: gathered while its body is filled, written when all are known.

What a citation says depends on the others of its page (the letters behind years, the numbers), and
on those in what the page embeds. So each leaves a mark at first.
"""

from __future__ import annotations

import re
from dataclasses import field, replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from notesite.bibliography.citing import (
    BRACKET,
    SILENT,
    Citation,
    Formatted,
    Item,
    Words,
    reference_anchor,
)
from notesite.bibliography.runs import Run, to_html, to_text
from notesite.bibliography.styles import AuthorYear
from notesite.model import CitedWork, Reference, ReferenceKind
from notesite.records import dataclass
from notesite.text import escape_html

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from notesite.bibliography.citing import Citing, Listed
    from notesite.bibliography.entries import Entry
    from notesite.bibliography.runs import Text
    from notesite.languages import Catalogue
    from notesite.linking.context import Context
    from notesite.model import Body, Cited, Note, Title

_MARK = re.compile("\0cite:([0-9]+)\0")
_LINK = re.compile(r"<a [^<>]*>|</a>")
_FORMS = frozenset({"bracket", "prose", "author", "year", "silent"})
_OWN_HEADINGS = frozenset({
    "references", "bibliography", "literature", "works cited", "sources",
    "literatur", "literaturverzeichnis", "quellen", "références", "bibliographie", "المراجع",
})  # fmt: skip


@dataclass(slots=True)
class PageCiting:
    """What a page cites so far, whichever note it is written in."""

    citing: Citing
    catalogue: Catalogue
    citations: list[Citation] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    formulas: dict[str, tuple[str, str]] = field(default_factory=dict)
    _places: dict[str, int] = field(default_factory=dict)

    def knows(self, path: str, key: str) -> bool:
        """Whether the note at `path` can cite `key`."""
        return self.citing.find(path, key) is not None

    def suggestions(self, path: str, key: str) -> tuple[str, ...]:
        """The hint "did you mean …?" as a tuple of no or one sentence."""
        close = self.citing.suggestions(path, key)
        return (f"did you mean '{close[0]}'?",) if close else ()

    def cite(self, path: str, form: str, cited: Sequence[Cited]) -> str:
        """A mark for the citation of these works, written in the note at `path`."""
        items = tuple(self._item(path, each, form) for each in cited)
        self.citations.append(Citation(items, form if form in _FORMS else BRACKET))
        return f"\0cite:{len(self.citations) - 1}\0"

    def _item(self, path: str, cited: Cited, form: str) -> Item:
        found = self.citing.find(path, cited.key)
        assert found is not None
        self.formulas.update(found.formulas)
        key = self._page_key(found.entry)
        suffix = () if cited.is_adjacent and cited.locator else _words(cited.suffix)
        anchor = ""
        if form != SILENT:
            self._places[key] = self._places.get(key, 0) + 1
            anchor = place_anchor(key, self._places[key])
        return Item(
            key, _words(cited.prefix), suffix, cited.locator, cited.locator_source,
            cited.suppresses_author, anchor,
        )  # fmt: skip

    def _page_key(self, entry: Entry) -> str:
        """The key of an entry on this page, where two notes may mean two works by one key."""
        key, number = entry.key, 1
        while self.entries.setdefault(key, entry) is not entry:
            number += 1
            key = f"{entry.key}-{number}"
        return key

    def close(self, pieces: tuple[str, ...], note: Note, body: Body) -> Closed:
        """The pieces of the page of `note`, that is its `body`, with citations and references."""
        if not self.citations:
            return Closed(pieces, pieces)
        style = self.citing.look()
        assert style is not None
        entries = {key: replace(entry, key=key) for key, entry in self.entries.items()}
        words = words_of(self.catalogue)
        page = style.format(self.citations, entries, words)
        said = [to_html(_escaped(text), self.formulas) for text in page.citations]
        filled = [_MARK.sub(lambda m: _wrapped(said[int(m[1])]), p) if "\0" in p else p
                  for p in pieces]  # fmt: skip
        has_heading = not ends_with_heading(note)
        anchor = _heading_anchor(note) if has_heading else ""
        at = _end_of_text(body)
        section = self._section(page, anchor)
        works = tuple(self._work(line, entries[line.key]) for line in page.references)
        apart = self._apart(pieces) if style.is_numeric else tuple(filled)
        return Closed((*filled[:at], section, *filled[at:]), apart, works, anchor)

    def plain(self, html: str) -> str:
        """The HTML of a text that stands alone, such as a summary: no links, no references.

        Far from the list numbers would say nothing, so that names and years stand for them.
        """
        return self._apart((html,))[0]

    def _apart(self, texts: Sequence[str]) -> tuple[str, ...]:
        style = self.citing.look()
        if style is None or not self.citations:
            return tuple(texts)
        style = AuthorYear() if style.is_numeric else style
        page = style.format(self.citations, self.entries, words_of(self.catalogue))
        said = [_LINK.sub("", to_html(_escaped(text), self.formulas)) for text in page.citations]
        return tuple(_MARK.sub(lambda m: said[int(m[1])], text) for text in texts)

    def _section(self, page: Formatted, anchor: str) -> str:
        title = escape_html(self.catalogue.text("references.title"))
        name = f'aria-labelledby="{anchor}"' if anchor else f'aria-label="{title}"'
        heading = f'<h2 id="{anchor}">{title}</h2>\n' if anchor else ""
        is_numbered = any(line.label for line in page.references)
        css = "references-list references-numbered" if is_numbered else "references-list"
        items = "".join(self._line(line) for line in page.references)
        return (
            f'<section class="references" role="doc-bibliography" {name}>\n{heading}'
            f'<ul class="{css}">\n{items}</ul>\n</section>\n'
        )

    def _line(self, line: Listed) -> str:
        label = f'<span class="reference-label">{escape_html(line.label)}</span> '
        text = to_html(_escaped(line.text), self.formulas)
        return (
            f'<li id="{escape_html(reference_anchor(line.key))}">{label if line.label else ""}'
            f'<span class="reference-text">{text}{self._back(line.key)}</span></li>\n'
        )

    def _back(self, key: str) -> str:
        """Links back to the places of the citations: ↩, or ↩ a b c, never alone on a line."""
        count = self._places.get(key, 0)
        links = []
        for number in range(1, count + 1):
            letter = _letter(number) if count > 1 else ""
            spoken = self.catalogue.text("references.back", place=letter).strip()
            shown = letter or "↩\ufe0e"
            address = "#" + _fragment(place_anchor(key, number))
            links.append(
                f'<a href="{address}" role="doc-backlink" aria-label="{escape_html(spoken)}">'
                f"{shown}</a>"
            )
        arrow = '<span aria-hidden="true">↩\ufe0e</span> ' if count > 1 else ""
        inner = arrow + " ".join(links)
        return f'\u00a0<span class="reference-back">{inner}</span>' if links else ""

    def _work(self, line: Listed, entry: Entry) -> CitedWork:
        formulas = self.formulas
        url = f"https://doi.org/{quote(entry.doi, safe='/:;()._-')}" if entry.doi else entry.url
        url = url or (f"https://arxiv.org/abs/{entry.arxiv}" if entry.arxiv else "")
        text, title = to_text(line.text, formulas), to_text(entry.title, formulas)
        return CitedWork(line.key, text, title, entry.doi, url)


def page_citing(note: Note, site: Context) -> PageCiting | None:
    """Where a page of the note gathers its citations, if there is anything to cite."""
    if site.citing.look() is None:
        return None
    return PageCiting(site.citing, site.strings.of(note.front_matter.language))


@dataclass(frozen=True, slots=True)
class Closed:
    """A page's pieces with its references in them; `anchor` is that of their heading, if any.

    `apart` are the pieces of the body with what citations say far from the references.
    """

    pieces: tuple[str, ...]
    apart: tuple[str, ...]
    works: tuple[CitedWork, ...] = ()
    anchor: str = ""


def place_anchor(key: str, number: int) -> str:
    """The id of the place where a page cites a work for the so-manieth time."""
    return f"cite-{key}-{number}"


def words_of(catalogue: Catalogue) -> Words:
    """The words that styles need in the language of a page."""

    def word(key: str) -> str:
        return catalogue.text(f"citation.{key}")

    return Words(
        language=catalogue.language.code,
        and_=word("and"), last_and=word("last_and"), et_al=word("et_al"), in_=word("in"),
        no_date=word("no_date"),
        editor=word("editor"), editors=word("editors"), edition=word("edition"),
        numbered_edition=catalogue.pattern("citation.numbered_edition"),
        volume=word("volume"), number=word("number"), pages=word("pages"), page=word("page"),
    )  # fmt: skip


def _words(title: Title) -> Text:
    return (Run(title.text, html=title.html),) if title.html else ()


def _wrapped(html: str) -> str:
    return f'<span class="citation">{html}</span>' if html else ""


def _escaped(text: Text) -> Text:
    """The text with the fragments in its links written as URLs."""
    return tuple(
        replace(run, link="#" + _fragment(run.link[1:])) if run.link.startswith("#") else run
        for run in text
    )


def _fragment(anchor: str) -> str:
    return quote(anchor, safe="/:;,.+~@!$*()=-_?&'").replace("'", "%27").replace("&", "%26")


def _letter(number: int) -> str:
    before, last = divmod(number - 1, 26)
    return (_letter(before) if before else "") + chr(ord("a") + last)


def ends_with_heading(note: Note) -> bool:
    """Whether the note's last heading is the one that the list wants."""
    last = note.headings[-1].title.text.strip(" .:").casefold() if note.headings else ""
    return last in _OWN_HEADINGS


def _heading_anchor(note: Note) -> str:
    taken = {heading.anchor for heading in note.headings}
    names: Iterable[str] = ("references", *(f"references-{n}" for n in range(1, len(taken) + 2)))
    return next(name for name in names if name not in taken)


def _end_of_text(body: Body) -> int:
    """Where the footnotes begin, or the end."""
    for at, piece in enumerate(body):
        if _is_footnotes(piece):
            return at
    return len(body)


def _is_footnotes(piece: str | Reference) -> bool:
    is_part = isinstance(piece, Reference) and piece.kind is ReferenceKind.PART
    return is_part and piece.target == "1"  # type: ignore[union-attr]
