"""Reading the HTML that notesite writes: its pieces one after the other, and elements by their id.

No parser for HTML at large: what we write closes what it opens. An author's raw HTML that does not
is cut short rather than misread, and read once from end to end whatever it holds: a tag or a
comment that never ends reaches to the end, as it does in browsers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()  # noqa: SIM905
)
"""The elements that have no content."""

_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/>]*+)((?:[^"'>]|"[^"]*+"|'[^']*+')*+)>""")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>=]+)))?""")
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


def pieces(html: str) -> Iterator[Piece]:
    """The pieces of `html` in order; together they are the whole of it."""
    place = 0
    absent: set[str] = set()
    while place < len(html):
        start = html.find("<", place)
        if start != place:
            end = len(html) if start < 0 else start
            yield Piece(place, end, None, False, True)  # by name takes twice as long
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
    return Piece(start, end, Tag(start, end, closing == "/", name, written))


def _no_tag(html: str, start: int) -> Piece:
    """The piece that begins with a `<` of no tag: a comment, or text."""
    if html.startswith("<!", start):
        closing = "-->" if html.startswith("<!--", start) else ">"
        end = html.find(closing, start)
        return Piece(start, len(html) if end < 0 else end + len(closing))
    is_tag = html[start + 1 : start + 2].isalpha() or html.startswith("</", start)
    return Piece(start, len(html) if is_tag else start + 1, is_text=not is_tag)


class Outline:
    """Where the elements of some HTML begin and end; those in formulas are found by their ids."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.pieces = list(pieces(html))
        self.tags = [piece.tag for piece in self.pieces if piece.tag]
        self._ends: dict[int, int] = {}
        opened: dict[str, list[int]] = {}
        for tag in self.tags:
            if not tag.is_closing:
                if tag.name in VOID or tag.written.endswith("/"):
                    self._ends[tag.start] = tag.end
                else:
                    opened.setdefault(tag.name, []).append(tag.start)
            elif opened.get(tag.name):
                self._ends[opened[tag.name].pop()] = tag.end

    def end_of(self, tag: Tag) -> int:
        """Where the element of an opening tag ends; the end of all if it is never closed."""
        return self._ends.get(tag.start, len(self.html))

    def find(self, name: str) -> int | None:
        """The number among `tags` of the innermost element around the id `name` (escaped)."""
        wanted = f'id="{name}"'
        inner = -1
        for number, tag in enumerate(self.tags):
            if "id" in tag.written and tag.attributes().get("id") == name:
                return number
        for piece in self.pieces:
            if piece.is_math and wanted in self.html[piece.start : piece.end]:
                return self._around(inner, piece)
            inner += piece.tag is not None
        return None

    def _around(self, last: int, piece: Piece) -> int | None:
        """The innermost open tag before a piece, of those up to the number `last`."""
        for number in range(last, -1, -1):
            tag = self.tags[number]
            if not tag.is_closing and self.end_of(tag) >= piece.end:
                return number
        return None

    def around(self, number: int) -> list[Tag]:
        """The tags of the elements around the one of that number, outermost first, itself last."""
        place = self.tags[number].start
        return [
            tag
            for tag in self.tags[: number + 1]
            if not tag.is_closing and self.end_of(tag) > place
        ]


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
