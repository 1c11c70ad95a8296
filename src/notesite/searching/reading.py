r"""Reads the HTML of a page for the index: its words with their places, and where its parts begin.

- The title and the headings weigh most, results and definitions more than the text around them.
  Each result begins with an anchor of its own and so is found as a part of the page; behind it, and
  behind its proof, its section's anchor stands again.
- A formula stands in the text as a line that can be read, between U+2063 and U+2064. It is found by
  other words, at the place where it begins: the names of its symbols, and pairs, that is two names
  that follow each other, as one word. A query is taken apart into pairs too, so that `A^\top A`
  finds the pages where A and ⊤ stand together.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from itertools import filterfalse
from typing import TYPE_CHECKING, NamedTuple

from notesite import markup
from notesite.linking.embedding import EMBEDDED
from notesite.model import PAGE_ANCHOR
from notesite.searching.formulas import BEGIN, END, SEPARATOR, formula_of, plain
from notesite.searching.words import characters, has_blankless, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FULL = 24
"""The weight of a word of plain text, in Pagefind's files."""

LOCATION_BITS = 24
"""A place is its weight, and in so many bits below it the number of the token."""

_HEADINGS = {"h2": 6, "h3": 5, "h4": 4, "h5": 3}
"""What a heading's words weigh, in multiples of plain text."""
_RESULT_TITLE = 7
_BLOCKS = frozenset(
    "p div li ul ol dl dt dd table tr td th figure figcaption blockquote aside section details "  # noqa: SIM905
    "summary pre hr br article h1 h6".split()
)
_UNREAD = frozenset({
    "heading-anchor", "footnote-ref", "footnote-backref", "embed-title", "result-uses",
    "equation-number", "mermaid", "proof-end",
})  # fmt: skip
"""The classes of what is on the page for the eye or the hand alone."""
_HEEDED = re.compile(r"class=|hidden")
"""What an element's attributes have in them if they mean something here."""
_PROOF = re.compile(r'\s*<(?:div|details) class="result result-proof\b')
_WEIGHTS = {"definition": 3, "proof": 1, "solution": 1, "remark": 1, "example": 1, "exercise": 1}
_RESULT_WEIGHT = 2
_UNINDEXED = frozenset({"proof", "solution"})
"""The kinds of results that are no answer of their own."""
_KIND = re.compile(r'<span class="result-kind">(.*?)</span>')
_MARKS = re.compile(f"([{BEGIN}{END}])")


class Anchor(NamedTuple):
    """Where a part of a page begins: in Pagefind's words, and for results what kind they are.

    The first `size` tokens from the location on are the title.
    """

    element: str
    id: str
    text: str
    location: int
    size: int
    kind: str = ""


HEADING, RESULT, RESUMED = "h2", "h6", "h7"
"""The elements of anchors; any h with a digit would do for Pagefind."""


def filter_name(value: str) -> str:
    """How a tag, a section or a kind is written in a query: small, without blanks."""
    return "-".join(value.encode("utf-8", "ignore").decode().lower().split())


class Reading:
    """Reads the HTML of a page, text by text; what is found is in the attributes."""

    def __init__(self, language: str) -> None:
        self._language = language
        # Here stand the words that belong to the page and to none of its parts.
        self.tokens = [BEGIN + END]
        self.places: dict[str, list[int]] = defaultdict(list)
        self.anchors: list[Anchor] = []
        self.hidden: set[str] = set()
        self._glued: set[int] = set()
        """The tokens that no blank follows."""
        self._weight = 1
        self._text: list[str] = []
        self._formulas: list[list[str]] = []
        """The words of the formulas in that text."""
        self._said: set[str] = set()
        """What formulas of the part that is open are found by already."""
        self._results: list[tuple[int, int]] = []
        """Where the results end that are open, and what the text weighs behind them."""
        self._title: Anchor | None = None
        """The anchor whose title is being read."""
        self._text_weight = 1
        """What the text weighs behind that title."""
        self._result: Anchor | None = None
        """The anchor of the result whose title is yet to come."""
        self._section = Anchor(RESUMED, PAGE_ANCHOR, PAGE_ANCHOR, 0, 0)

    def content(self) -> str:
        """All of the text."""
        if not self._glued:
            return " ".join(self.tokens)
        return SEPARATOR.join(
            token if number in self._glued else f"{token} "
            for number, token in enumerate(self.tokens)
        )

    def say(self, page_html: str, weight: int) -> None:
        """Let the page be found by a line that its text does not have."""
        apart = Reading(self._language)
        apart.read(page_html, weight)
        place = weight * FULL << LOCATION_BITS
        for word in apart.places:
            self.places[word].append(place)
        self.hidden |= apart.hidden

    def read(self, page_html: str, weight: int = 1) -> None:
        """Read some HTML of the page, to its end."""
        self._weight = weight
        outline = markup.Outline(page_html)
        place = 0
        for piece in outline.pieces:
            if piece.start < place:
                continue
            place = piece.end
            if piece.is_text:
                self._text.append(plain(html.unescape(page_html[piece.start : piece.end])))
            elif piece.is_math:
                self._formula(page_html[piece.start : piece.end])
            elif piece.tag:
                place = self._tag(outline, piece.tag)
            while self._results and place >= self._results[-1][0]:
                self._leave_result(page_html, place)
        self._flush()

    def _formula(self, mathml: str) -> None:
        formula = formula_of(mathml, self._language)
        self._text.append(f"{BEGIN}{formula.text}{END}")
        is_said = self._said.__contains__
        words = [*filterfalse(is_said, formula.words)]
        self.hidden.update(words)
        words += filterfalse(is_said, formula.pairs)
        self._formulas.append(words)
        self._said.update(words)

    def _tag(self, outline: markup.Outline, tag: markup.Tag) -> int:
        """Heed a tag; where to go on."""
        _, end, is_closing, name, written = tag
        is_heading = name in _HEADINGS
        if is_heading or name in _BLOCKS:
            self._flush()
        if is_heading:
            self._end_title()
        if is_closing or not (is_heading or (written and _HEEDED.search(written))):
            return end
        attributes = tag.attributes()
        classes = attributes.get("class", "").split()
        if "hidden" in attributes or not _UNREAD.isdisjoint(classes):
            return outline.end_of(tag)
        if "result-title" in classes and self._results:
            return self._result_title(outline, tag)
        if "result" in classes:
            self._enter_result(attributes, classes, outline.end_of(tag))
        elif is_heading and attributes.get("id"):
            self._said = set()
            self._title = Anchor(HEADING, attributes["id"], "", len(self.tokens), 0)
            self._text_weight, self._weight = self._weight, _HEADINGS[name]
        return end

    def _end_title(self) -> None:
        """Behind the title of a section."""
        if self._title:
            self._section = self._anchored(self._title)
            self._title, self._weight = None, self._text_weight

    def _anchored(self, anchor: Anchor) -> Anchor:
        """Add an anchor, whose title has just been read."""
        title = self.tokens[anchor.location :]
        glue = "" if self._glued else " "
        text = _MARKS.sub("", glue.join(title)) or anchor.id
        self.anchors.append(anchor._replace(text=text, size=len(title)))
        return self.anchors[-1]

    def _enter_result(self, attributes: dict[str, str], classes: list[str], end: int) -> None:
        self._flush()
        kind = next((each[7:] for each in classes if each.startswith("result-")), "")
        self._results.append((end, self._weight))
        self._said = set()
        # One of another note is to be found there.
        is_own = not attributes.get("id", "").startswith(EMBEDDED)
        self._weight = _WEIGHTS.get(kind, _RESULT_WEIGHT) if is_own else 1
        self._result = None
        if is_own and attributes.get("id") and kind not in _UNINDEXED:
            self._result = Anchor(RESULT, attributes["id"], "", 0, 0, kind)

    def _result_title(self, outline: markup.Outline, tag: markup.Tag) -> int:
        """Read the title of a result, which is an anchor if it can be led to; where it ends."""
        end = outline.end_of(tag)
        title = outline.html[tag.end : end].rpartition("<")[0]
        anchor, weight = self._result, self._weight
        self._flush()
        location = len(self.tokens)
        results, self._results, self._result = self._results, [], None
        self.read(title, _RESULT_TITLE if anchor else weight)
        self._results, self._weight = results, weight
        if anchor:
            kind = filter_name(_kind_of(title) or anchor.kind)
            self.tokens[location:] = _without_stop(self.tokens[location:])
            self._anchored(anchor._replace(location=location, kind=kind))
        return end

    def _leave_result(self, page_html: str, place: int) -> None:
        """What stands behind a result is a part of the section again, not of the result."""
        self._flush()
        _, self._weight = self._results.pop()
        self._said = set()
        if not self._results and not _PROOF.match(page_html, place):
            again = self._section._replace(element=RESUMED, location=len(self.tokens), size=0)
            self.anchors.append(again)

    def _flush(self) -> None:
        """Take down the text that was gathered."""
        if not self._text:
            return
        text, formulas = "".join(self._text), self._formulas
        self._text, self._formulas = [], []
        weight = self._weight * FULL << LOCATION_BITS
        if formulas or not text.isascii():
            self._take_down(text, formulas, weight)
            return
        places, new = self.places, text.split()
        for place, token in enumerate(new, start=weight | len(self.tokens)):
            for word in words_of(token):
                places[word].append(place)
        self.tokens += new

    def _take_down(self, text: str, formulas: list[list[str]], weight: int) -> None:
        """Take down a text with formulas, or in any script."""
        tokens, places = self.tokens, self.places
        coming = iter(formulas)
        is_inside = False
        for token in text.split():
            place = weight | len(tokens)
            words: Sequence[str]
            if token.isascii():
                words = () if is_inside else words_of(token)
            elif is_inside or BEGIN in token or END in token:
                words, is_inside = _mixed_words(token, coming, is_inside=is_inside)
            elif has_blankless(token):
                self._cut(token, weight)
                continue
            else:
                words = words_of(token)
            tokens.append(token)
            for word in words:
                places[word].append(place)

    def _cut(self, token: str, weight: int) -> None:
        """Take down a token of a script without blanks, character by character."""
        for part, words in characters(token):
            self._glued.add(len(self.tokens))
            for word in words:
                self.places[word].append(weight | len(self.tokens))
            self.tokens.append(part)
        self._glued.discard(len(self.tokens) - 1)


def _mixed_words(
    token: str, formulas: Iterator[list[str]], *, is_inside: bool
) -> tuple[list[str], bool]:
    """The words of a token that holds formulas, or a piece of one; and whether one goes on."""
    words: list[str] = []
    for part in _MARKS.split(token):
        if part == BEGIN:
            is_inside = True
            words += next(formulas)
        elif part == END:
            is_inside = False
        elif not is_inside:
            words += words_of(part)
    return words, is_inside


def _kind_of(title: str) -> str:
    """What a result is called, such as `Theorem`."""
    found = _KIND.search(title)
    return html.unescape(markup.text_of(found[1])) if found else ""


def _without_stop(title: list[str]) -> list[str]:
    return [*title[:-1], title[-1].rstrip(".")] if title else title
