r"""A note as the index is made of it: clean text, its formulas in forms that can be looked for.

The document is HTML in the dialect of Pagefind (its documentation, "Configuring what content is
indexed"), which nobody but Pagefind reads:

- The title and the headings weigh most, results and definitions more than the text around them.
  Each result begins with an `<h6>`, which no heading of a note becomes here, and so is found as a
  part of the page with a title and an anchor of its own; behind it, and behind its proof, the title
  of the section stands again, hidden.
- A formula is its readable text between U+2063 and ⟦; then, up to ⟧, the words by which it can be
  found, each once on a page and again in each result. `static/js/lazy/search.js` leaves out what is
  in the brackets when it shows a passage.
- Some of these are pairs: two names that follow each other in a formula, as one word. A query is
  taken apart into pairs too, so that `A^\top A` finds the pages where A and ⊤ stand together. They
  are written in letters of a script that no note is written in: they are never mixed up with words,
  and no stemmer bends them. Longer runs would fill the index with words that occur once.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise, starmap
from typing import TYPE_CHECKING

from notesite import markup
from notesite.math.findable import read_formula
from notesite.math.names import words_for
from notesite.text import escape_html

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from notesite.math.findable import Findable
    from notesite.model import LinkedNote

PAGE = "page:main"
"""The id under which what stands in no section is found: that of the page's whole text."""

BEGIN, OPEN, CLOSE = "\u2063", "⟦", "⟧"
"""What stands before a formula, and around its hidden words."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_END = chr(0x1401 + len(_LETTERS))
"""Ends a pair, so that looking for one is not looking for all that begin like it."""
_SCRIPT = str.maketrans({each: chr(0x1401 + place) for place, each in enumerate(_LETTERS)})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5"})
_BLOCKS = frozenset(
    "p div li ul ol dl dt dd table tr td th figure figcaption blockquote aside section details "  # noqa: SIM905
    "summary pre hr br article h1 h6".split()
)
_CLOSED = dict.fromkeys(_BLOCKS, "\n") | {name: f"</{name}>\n" for name in _HEADINGS}
_UNREAD = (
    "heading-anchor",
    "footnote-ref",
    "footnote-backref",
    "embed-title",
    "result-uses",
    "equation-number",
    "mermaid",
)
"""The classes of what is on the page for the eye or the hand alone."""
_PROOF = re.compile(r'\s*<(?:div|details) class="result result-proof\b')
_WEIGHTS = {"definition": 3, "proof": 1, "solution": 1, "remark": 1, "example": 1, "exercise": 1}
_RESULT_WEIGHT = 2
_UNINDEXED = frozenset({"proof", "solution"})
"""The kinds of results that are no answer of their own."""


def pairs(names: Sequence[str]) -> Iterator[str]:
    """Each name with the next one, as one word."""
    return starmap(_pair, pairwise(filter(None, names)))


@lru_cache(maxsize=20_000)
def _pair(first: str, second: str) -> str:
    return (first + second).translate(_SCRIPT) + _END


def hidden_words(formula: Findable, language: str) -> Iterator[str]:
    """The words by which a formula can be found besides its readable text."""
    for name, spoken in zip(formula.names, formula.spoken, strict=True):
        yield from _words_of(name, spoken, language)
    yield from pairs(formula.names)
    if formula.spoken != formula.names:
        yield from pairs(formula.spoken)


@lru_cache(maxsize=20_000)
def _words_of(name: str, spoken: str, language: str) -> tuple[str, ...]:
    """The words for a part by its two names, `name` perhaps none."""
    keys = dict.fromkeys((name, spoken))
    more = [word for key in keys for word in words_for(key, language).split()]
    return *filter(None, keys), *more


def document(linked: LinkedNote, language: str) -> str:
    """What the index is made of for one note; `language` is the site's."""
    note, matter = linked.note, linked.note.front_matter
    names = " · ".join((*matter.aliases, *linked.tags))
    filters = "".join(
        f'<meta data-pagefind-filter="tag[content]" content="{escape_html(filter_name(tag))}">\n'
        for tag in linked.tags
    )
    language = matter.language or language
    title = _hidden(_Writing(language).write(note.title.html))
    summary = _Writing(language).write(linked.summary_html)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape_html(language)}">\n'
        f"<head><title>{escape_html(note.title.text)}</title></head>\n"
        f"<body data-pagefind-body>\n{filters}"
        f'<meta data-pagefind-meta="title[content]" content="{escape_html(note.title.text)}">\n'
        f'<p data-pagefind-weight="9">{title}</p>\n'
        + (f'<p data-pagefind-weight="4">{_hidden(escape_html(names))}</p>\n' if names else "")
        + (f'<p data-pagefind-weight="3">{summary}</p>\n' if summary else "")
        + f"{_Writing(language).write(linked.html)}</body>\n</html>\n"
    )


def filter_name(tag: str) -> str:
    """How a tag is written in a query behind `#`: small, without blanks."""
    return "-".join(tag.lower().split())


class _Writing:
    """Turns the HTML of a page into that of the document."""

    def __init__(self, language: str, *, is_title: bool = False) -> None:
        self._language = language
        self._is_title = is_title
        self._written: list[str] = []
        self._said: set[str] = set()
        self._scopes: list[tuple[int, set[str]]] = []
        """Where the results end that are open, and what had been said before each."""
        self._anchor = ""
        """The id of the result whose title is yet to come."""
        self._section = (PAGE, PAGE)
        """The id of the section that is open, and its title as escaped text."""

    def write(self, html: str) -> str:
        """The document's text for a page's HTML."""
        outline = markup.Outline(html)
        place = 0
        for piece in outline.pieces:
            if piece.start < place:
                continue
            place = self._piece(outline, piece)
            while self._scopes and place >= self._scopes[-1][0]:
                _, self._said = self._scopes.pop()
                self._written.append("</section>\n")
                if not self._scopes and not _PROOF.match(html, place):
                    self._written.append(self._resumed())
        return "".join(self._written)

    def _piece(self, outline: markup.Outline, piece: markup.Piece) -> int:
        """Write one piece; where to go on."""
        text = outline.html[piece.start : piece.end]
        if piece.is_math:
            self._written.append(self._formula(text))
        elif piece.is_text:
            self._written.append(_plain(text))
        elif piece.tag:
            return self._tag(outline, piece.tag)
        return piece.end

    def _formula(self, mathml: str) -> str:
        formula = read_formula(mathml)
        words = [
            word
            for word in dict.fromkeys(hidden_words(formula, self._language))
            if word not in self._said
        ]
        self._said.update(words)
        text = f"{BEGIN}{_plain(escape_html(formula.text))}"
        return f"{text}{OPEN}{escape_html(' '.join(words))}{CLOSE} "

    def _tag(self, outline: markup.Outline, tag: markup.Tag) -> int:
        if tag.is_closing:
            self._written.append(_CLOSED.get(tag.name, ""))
            return tag.end
        end = outline.end_of(tag)
        attributes = tag.attributes()
        classes = attributes.get("class", "").split()
        if "hidden" in attributes or any(each in _UNREAD for each in classes):
            return end
        if "result-title" in classes and not self._is_title:
            self._result_title(outline.html[tag.end : end].rpartition("<")[0])
            return end
        if "result" in classes:
            self._result(attributes, classes, end)
        elif tag.name in _HEADINGS:
            self._heading(tag.name, attributes, outline.html[tag.end : _title_end(outline, tag)])
        elif tag.name in _BLOCKS:
            self._written.append("\n")
        return tag.end

    def _resumed(self) -> str:
        """What stands behind a result is a part of the section again, not of the result."""
        anchor, title = self._section
        return f'<h5 id="{anchor}" data-pagefind-weight="0">{_hidden(title)}</h5>\n'

    def _heading(self, name: str, attributes: dict[str, str], title: str) -> None:
        anchor = attributes.get("id")
        if anchor:
            words = markup.text_of(title.partition('<a class="heading-anchor"')[0])
            self._section = (anchor, " ".join(words.split()))
        self._written.append(f'<{name} id="{anchor}">' if anchor else f"<{name}>")

    def _result(self, attributes: dict[str, str], classes: list[str], end: int) -> None:
        kind = next((each[7:] for each in classes if each.startswith("result-")), "")
        self._anchor = "" if kind in _UNINDEXED else attributes.get("id", "")
        self._scopes.append((end, self._said))
        self._said = set()
        weight = _WEIGHTS.get(kind, _RESULT_WEIGHT)
        self._written.append(f'<section data-pagefind-weight="{weight}">\n')

    def _result_title(self, html: str) -> None:
        """Write the title of a result as a heading of its own, if it can be led to."""
        title = _Writing(self._language, is_title=True).write(html).strip().rstrip(".")
        heading = f'<h6 id="{self._anchor}" data-pagefind-weight="7">{title}</h6>\n'
        self._written.append(heading if self._anchor else f"<p>{title}</p>\n")
        self._anchor = ""


def _title_end(outline: markup.Outline, tag: markup.Tag) -> int:
    """Where the title of a heading ends: with it, or where the next one begins inside of it."""
    end = outline.end_of(tag)
    inner = outline.html.find("<h", tag.end, end)
    return end if inner < 0 else inner


def _hidden(text: str) -> str:
    """Text by which a page is found and which no passage shows: its title stands above them."""
    return f"{OPEN}{_plain(text)}{CLOSE}"


def _plain(text: str) -> str:
    """Escaped text in which nothing looks like one of our own brackets."""
    for mark in (BEGIN, OPEN, CLOSE):
        if mark in text:
            text = text.replace(mark, " ")
    return text
