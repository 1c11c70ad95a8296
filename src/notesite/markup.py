"""Reading the HTML that notesite writes: its pieces one after the other, and elements by their id.

No parser for HTML at large: what we write closes what it opens. An author's raw HTML that does not
is cut short rather than misread, and read once from end to end whatever it holds: a tag or a
comment that never ends reaches to the end, as it does in browsers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from notesite.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()  # noqa: SIM905
)
"""The elements that have no content."""

_TAG = pattern(r"""<(/?)([a-zA-Z][^\s/>]*+)((?:[^"'>]|"[^"]*+"|'[^']*+')*+)>""")
_ATTRIBUTE = pattern(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>=]+)))?""")
_ID = re.compile(r"\bid\s*=", re.IGNORECASE)
_ID_IN_FORMULA = re.compile(r'id="([^"]*)"')
_MATH = "math"
_WHOLE = frozenset({_MATH, "script", "style", "template", "svg"})
"""The elements that are one piece with all that is in them."""


class Tag(NamedTuple):
    """A tag from `start` to `end`; its `name` is in small letters, its attributes as written."""

    start: int
    end: int
    is_closing: bool
    name: str
    written: str

    def attributes(self) -> dict[str, str]:
        """The attributes by name in small letters, still escaped."""
        found = _ATTRIBUTE.findall(self.written)
        return {name.lower(): double or single or bare for name, double, single, bare in found}

    def classes(self) -> list[str]:
        """The names in its attribute `class`."""
        return self.attributes().get("class", "").split() if "class" in self.written else []


class Piece(NamedTuple):
    """A piece of HTML: a tag, a formula as a whole, text, or something that is neither."""

    start: int
    end: int
    tag: Tag | None = None
    is_math: bool = False
    is_text: bool = False


_new = tuple.__new__
"""Makes a named tuple of all its values in half the time: a page has hundreds."""


def pieces(html: str) -> Iterator[Piece]:
    """The pieces of `html` in order; together they are the whole of it."""
    place = 0
    absent: set[str] = set()
    while place < len(html):
        start = html.find("<", place)
        if start != place:
            end = len(html) if start < 0 else start
            yield _new(Piece, (place, end, None, False, True))
            place = end
            continue
        match = _TAG.match(html, start)
        piece = _piece(html, match, absent) if match else _no_tag(html, start)
        yield piece
        place = piece.end


def _piece(html: str, match: re.Match[str], absent: set[str]) -> Piece:
    """The piece that begins with a tag; `absent` are closings known not to come."""
    closing, name, written = match.groups()
    name = name.lower()
    start, end = match.span()
    if name in _WHOLE and not closing and name not in absent:
        last = html.find(f"</{name}>", end)
        if last >= 0:
            return Piece(start, last + len(name) + 3, None, name == _MATH)
        absent.add(name)
    tag = _new(Tag, (start, end, closing == "/", name, written))
    return _new(Piece, (start, end, tag, False, False))


def _no_tag(html: str, start: int) -> Piece:
    """The piece that begins with a `<` of no tag: a comment, or text."""
    if html.startswith("<!", start):
        closing = "-->" if html.startswith("<!--", start) else ">"
        end = html.find(closing, start)
        return Piece(start, len(html) if end < 0 else end + len(closing))
    is_tag = html[start + 1 : start + 2].isalpha() or html.startswith("</", start)
    return Piece(start, len(html) if is_tag else start + 1, is_text=not is_tag)


class _Ends:
    """Where elements end, as their tags come one after the other."""

    def __init__(self) -> None:
        self.known: dict[int, int] = {}
        """The ends of those that are closed, by their starts."""
        self.open = 0
        """How many are open."""
        self._opened: dict[str, list[int]] = defaultdict(list)

    def pass_by(self, tag: Tag) -> None:
        """Take note of the next tag."""
        start, end, is_closing, name, written = tag
        opened = self._opened[name]
        if is_closing:
            if opened:
                self.known[opened.pop()] = end
                self.open -= 1
        elif name in VOID or written.endswith("/"):
            self.known[start] = end
        else:
            opened.append(start)
            self.open += 1


class Outline:
    """All the pieces of some HTML, and where its elements end."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.pieces = list(pieces(html))
        self._ends = _Ends()
        for piece in self.pieces:
            if piece.tag:
                self._ends.pass_by(piece.tag)

    def end_of(self, tag: Tag) -> int:
        """Where the element of an opening tag ends; the end of all if it is never closed."""
        return self._ends.known.get(tag.start, len(self.html))


class Formula(NamedTuple):
    """A formula from `start` to `end`, behind the first `before` tags."""

    start: int
    end: int
    before: int


class Elements:
    """The elements of some HTML, which is read only as far as is asked for."""

    def __init__(self, html: str) -> None:
        self.html = html
        self._tags: list[Tag] = []
        self._formulas: list[Formula] = []
        self._ids: dict[str | None, int] = {}
        self._in_formulas: dict[str, Formula] | None = None
        """The formulas by the ids in them, once all has been read."""
        self._closed: list[int] = []
        """How many tags there were each time that none was open."""
        self._ends = _Ends()
        self._place = 0
        """How far it has been read."""
        self._coming = self._read()

    def _read(self) -> Iterator[Tag | Formula]:
        html, place = self.html, 0
        absent: set[str] = set()
        while (start := html.find("<", place)) >= 0:
            match = _TAG.match(html, start)
            piece = _piece(html, match, absent) if match else _no_tag(html, start)
            self._place = place = piece.end
            if piece.tag:
                self._take(piece.tag)
                yield piece.tag
            elif piece.is_math:
                formula = Formula(start, place, len(self._tags))
                self._formulas.append(formula)
                yield formula

    def _take(self, tag: Tag) -> None:
        if _ID.search(tag.written) and not tag.is_closing:
            self._ids.setdefault(tag.attributes().get("id"), len(self._tags))
        self._tags.append(tag)
        self._ends.pass_by(tag)
        if not self._ends.open:
            self._closed.append(len(self._tags))

    def tags(self, first: int = 0) -> Iterator[Tag]:
        """The tags from that number on."""
        number = first
        while number < len(self._tags) or next(self._coming, None):
            if number < len(self._tags):
                yield self._tags[number]
                number += 1

    def tag(self, number: int) -> Tag:
        """The tag of that number, which was found before."""
        return self._tags[number]

    def end_of(self, tag: Tag) -> int:
        """Where the element of an opening tag ends; the end of all if it is never closed."""
        ends = self._ends.known
        while tag.start not in ends and next(self._coming, None):
            pass
        return ends.get(tag.start, len(self.html))

    def find(self, name: str) -> int | None:
        """The number among the tags of the innermost element around the id `name` (escaped)."""
        if name not in self._ids and self._in_formulas is None:
            # What is nowhere is no reason to read on.
            if self.html.find(name, self._place) < 0 and name not in self.html:
                return None
            while name not in self._ids and next(self._coming, None):
                pass
        if name in self._ids:
            return self._ids[name]
        formula = self._formula_with(name)
        return self._around(formula) if formula else None

    def _formula_with(self, name: str) -> Formula | None:
        """The first formula that holds the id, of all, as all has been read."""
        if self._in_formulas is None:
            self._in_formulas = {
                each: formula
                for formula in reversed(self._formulas)
                for each in _ID_IN_FORMULA.findall(self.html, formula.start, formula.end)
            }
        return self._in_formulas.get(name)

    def _around(self, formula: Formula) -> int | None:
        """The innermost element that a formula stands in."""
        open_ones = self._open_at(formula.end, formula.before)
        return open_ones[-1] if open_ones else None

    def _open_at(self, place: int, before: int) -> list[int]:
        """The numbers of the first `before` tags whose elements reach to `place` or beyond it.

        What is not closed as far as was read, which is as far as that, is closed later.
        """
        ends = self._ends.known
        # Those before that were all closed before the last tag began.
        closed = bisect_left(self._closed, before)
        first = self._closed[closed - 1] if closed else 0
        return [
            number
            for number, tag in enumerate(self._tags[first:before], first)
            if not tag.is_closing and ends.get(tag.start, place) >= place
        ]

    def around(self, number: int) -> list[Tag]:
        """The tags of the elements around the one of that number, outermost first, itself last."""
        place = self._tags[number].start
        return [self._tags[each] for each in self._open_at(place + 1, number + 1)]


def text_of(html: str) -> str:
    """The text of a piece of HTML, still escaped; of a formula its TeX."""
    found = []
    for piece in pieces(html):
        if piece.is_math:
            tag = _TAG.match(html, piece.start)
            found.append(
                Tag(0, 0, False, "", tag[3]).attributes().get("alttext", "") if tag else ""
            )
        elif piece.is_text:
            found.append(html[piece.start : piece.end])
    return "".join(found)
