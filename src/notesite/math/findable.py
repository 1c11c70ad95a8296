r"""A formula as one may look for it: a line of readable text, and the names of its parts in order.

The names are read off the finished MathML, where macros are expanded and every way of writing the
same thing has become the same: `\norm{A}`, `\|A\|` and `\lVert A \rVert` are all `norm a`.
`static/js/search.js` reads what a person types by the same rules.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING, TypeVar

from notesite.math.names import NAMES, SPOKEN, TRANSPOSED
from notesite.math.spoken import LOOSE, as_factor, lowered, raised
from notesite.patterns import pattern
from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_ADDRESS = pattern("\0[^\0]*\0")
_ATTRIBUTES = r"""(?:[^"'>]++|"[^"]*+"|'[^']*+')*+"""
_LEAF = rf"(m(?:[ino]|text)(?:\s{_ATTRIBUTES})?+)(?<!/)>([^<]++)</m(?:[ino]|text)>"
_PIECE = pattern(rf"<(?:{_LEAF}|(/?[a-zA-Z]{_ATTRIBUTES})>)([^<]*+)")
"""A leaf and its text, as most are, or any tag; and the text behind it."""
_NAME = pattern(r"[^\s/>]*")
_IS_ACCENT = pattern(r"\baccent(?:under)?=[\"']?true")
_IS_WIDE = pattern(r'\bwidth="[1-9]')
"""Of a space: an em or more, as between a formula and what it holds for."""
_IS_SILENT = pattern(r"""\bclass=["']?equation-(?:number|margin)""")
"""The number of an equation, and what keeps its room on the other side."""
_END = ("", "", "/", "")
_COMMENT = pattern(r"<!--.*?-->", re.DOTALL)
_TAG = pattern(r"<[^>]*>")
_WORD = pattern(r"[^\W_]+")
_UNSEEN = {0xFE00: None, 0xFE01: None, 0x2062: None}
_APPLIED = pattern("\u2061")
_BEFORE_BRACKET = pattern(r"\u2061\s*(?=[(\[{|‖⟨])")
_ACCENTS = {
    "ˆ": "\u0302", "\u0302": "\u0302", "˜": "\u0303", "~": "\u0303", "¯": "\u0304", "˙": "\u0307",
    "¨": "\u0308", "\u20d7": "\u20d7", "ˇ": "\u030c", "˘": "\u0306", "´": "\u0301", "`": "\u0300",
    "˚": "\u030a",
}  # fmt: skip
"""The signs of accents, as characters that combine with the one before."""
_MOST_NAMES = 400
"""A formula with more parts than that is nobody's query."""


@dataclass(frozen=True, slots=True)
class Findable:
    """A formula to be found: its text, its parts by their TeX names, and by their spoken ones.

    `spoken` is as long as `names`; a part that has no other name is called the same in both.
    """

    text: str
    names: tuple[str, ...]
    spoken: tuple[str, ...]


def read_formula(mathml: str) -> Findable:
    """What there is to find in a `<math>` element, as written on a page.

    What an author wrote as MathML by hand need not be well-formed: a child that is missing is read
    as an empty one, and of what is nested beyond reason the text alone is left.
    """
    plain = _ADDRESS.sub("", mathml) if "\0" in mathml else mathml
    plain = _COMMENT.sub("", plain) if "<!" in plain else plain
    reading = _Reading(plain)
    try:
        text = reading.whole()
    except RecursionError:
        return Findable(" ".join(unescape(_TAG.sub(" ", plain)).split()), (), ())
    if "\u2061" in text:
        text = _APPLIED.sub(" ", _BEFORE_BRACKET.sub("", text))
    text = " ".join(text.split())
    return Findable(text, tuple(reading.names[:_MOST_NAMES]), tuple(reading.spoken[:_MOST_NAMES]))


class _Reading:
    """Goes through one formula tag by tag, gathering names as it goes."""

    def __init__(self, mathml: str) -> None:
        self.names: list[str] = []
        self.spoken: list[str] = []
        self._is_in_norm = False
        pieces = _PIECE.findall(mathml)
        # However many elements are open, each has an end.
        self._pieces: list[tuple[str, str, str, str]] = [*pieces, *[_END] * (len(pieces) + 1)]
        self._at = 0
        """The number of the piece that comes next."""

    def whole(self) -> str:
        """The text of the formula. Its own tag, which holds the TeX, is like no other's."""
        self._at = 1
        return self._other("math")

    def element(self) -> str:
        """The text of the next element, none where its parent ends; its names are added."""
        leaf, text, tag, _ = self._pieces[self._at]
        if leaf:
            self._at += 1
            return self._leaf(leaf, text)
        read = _reader_of(tag)
        if read is None:
            return ""
        self._at += 1
        return read(self, tag)

    def _children(self) -> list[str]:
        """The texts of the children to the end of the open element, and what is between them."""
        pieces, texts = self._pieces, []
        while True:
            leaf, text, tag, behind = pieces[self._at]
            if leaf:
                self._at += 1
                texts.append(self._leaf(leaf, text))
            elif tag[0] == "/":
                self._at += 1
                return texts
            else:
                texts.append(self.element())
                behind = pieces[self._at - 1][3]
            if behind:
                texts.append(unescape(behind))

    def _other(self, tag: str) -> str:
        """An element that is the text of what it holds."""
        text = self._pieces[self._at - 1][3]
        if self._pieces[self._at][2].startswith("/"):
            self._at += 1
            return self._leaf(tag, text)
        return unescape(text) + "".join(self._children())

    def _nothing(self, _tag: str) -> str:
        return ""

    def _wide_space(self, _tag: str) -> str:
        return " "

    def _silent(self, _tag: str) -> str:
        self._unnamed(self._children)
        return ""

    def _unnamed(self, read: Callable[[], T]) -> T:
        """What is read, without its names."""
        count, is_in_norm = len(self.names), self._is_in_norm
        found = read()
        del self.names[count:], self.spoken[count:]
        self._is_in_norm = is_in_norm
        return found

    def _leaf(self, tag: str, text: str) -> str:
        """An element with nothing but a text in it."""
        leaf = _leaf_of(tag, text)
        if leaf is None:
            return self._bars(tag, unescape(text))
        names, spoken, shown = leaf
        self.names += names
        self.spoken += spoken
        return shown

    def _bars(self, tag: str, text: str) -> str:
        """A leaf with bars: whether one opens or closes depends on those before it."""
        self._symbols(text)
        return _shown(tag, text)

    def _symbols(self, text: str) -> None:
        """Add the names of the characters of a text, those of a word as one."""
        word = ""
        for each in text:
            plain = unicodedata.normalize("NFKC", each)
            name = NAMES.get(each) or NAMES.get(plain, "")
            if not name and each not in SPOKEN and plain.isalnum():
                word += plain.lower()
                continue
            self._end_word(word)
            word = ""
            if each in "‖∥":
                self._is_in_norm = not self._is_in_norm
                name = "norm" if self._is_in_norm else ""
            elif not name and plain.isalnum():
                name = plain.lower()
            if name or each in SPOKEN:
                self._add(name, SPOKEN.get(each, name))
        self._end_word(word)

    def _end_word(self, word: str) -> None:
        if word:
            self._add(word, word)

    def _add(self, name: str, spoken: str) -> None:
        self.names.append(name)
        self.spoken.append(spoken)

    def _sub(self, _tag: str) -> str:
        base, below = self.element(), self.element().strip()
        self._children()
        return base + _lowered(below) if below else base

    def _sup(self, _tag: str) -> str:
        base = self.element() + self._raised_element()
        self._children()
        return base

    def _sub_and_sup(self, _tag: str) -> str:
        base, below = self.element(), self.element().strip()
        base += (_lowered(below) if below else "") + self._raised_element()
        self._children()
        return base

    def _raised_element(self) -> str:
        count = len(self.names)
        text = self.element().strip()
        if text in TRANSPOSED:
            del self.names[count:], self.spoken[count:]
            self._add("top", "transpose")
            return "ᵀ"
        return _raised(text) if text else ""

    def _accented(self) -> str:
        # `\hat x` is looked for as x.
        text = self.element()
        accent = self._unnamed(self.element).strip()
        self._children()
        return text + _ACCENTS.get(accent, "") if len(text) == 1 else text

    def _under(self, tag: str) -> str:
        return self._accented() if _IS_ACCENT.search(tag) else self._sub(tag)

    def _over(self, tag: str) -> str:
        return self._accented() if _IS_ACCENT.search(tag) else self._sup(tag)

    def _fraction(self, _tag: str) -> str:
        above, below = self.element().strip(), self.element().strip()
        self._children()
        return f"{_as_factor(above)}/{_as_factor(below)}"

    def _root(self, _tag: str) -> str:
        self._add("sqrt", "root")
        return f"√{_as_factor(''.join(self._children()).strip())}"

    def _row(self, _tag: str) -> str:
        return " ".join(child.strip() for child in self._children()) + " ; "

    def _table(self, _tag: str) -> str:
        return "".join(self._children()).removesuffix(" ; ")


_raised = lru_cache(maxsize=5_000)(raised)
_lowered = lru_cache(maxsize=5_000)(lowered)
_as_factor = lru_cache(maxsize=5_000)(as_factor)


@lru_cache(maxsize=20_000)
def _leaf_of(tag: str, text: str) -> tuple[tuple[str, ...], tuple[str, ...], str] | None:
    """The names of a leaf, its spoken names, and how it is shown; None for one with bars."""
    if _IS_SILENT.search(tag):
        return (), (), ""
    text = unescape(text)
    if "‖" in text or "∥" in text:
        return None
    if text.isascii():
        words = tuple(_WORD.findall(text.lower()))
        return words, words, _shown(tag, text)
    reading = _Reading("")
    reading._symbols(text)  # noqa: SLF001 - of this module
    return tuple(reading.names), tuple(reading.spoken), _shown(tag, text)


def _shown(tag: str, text: str) -> str:
    """The text of a leaf as a line of text has it: an operator with room around it."""
    shown = text if text.isascii() else text.translate(_UNSEEN)
    return shown if _name_of(tag) == "mtext" else LOOSE.get(shown, shown)


def _name_of(tag: str) -> str:
    found = _NAME.match(tag)
    return found[0] if found else ""


@lru_cache(maxsize=5_000)
def _reader_of(tag: str) -> Callable[[_Reading, str], str] | None:
    """What reads the element that begins with a tag; None where the tag ends one."""
    if tag[0] == "/":
        return None
    name = _name_of(tag)
    if tag[-1] == "/":
        is_wide = name == "mspace" and _IS_WIDE.search(tag)
        return _Reading._wide_space if is_wide else _Reading._nothing  # noqa: SLF001 - as above
    if _IS_SILENT.search(tag):
        return _Reading._silent  # noqa: SLF001 - as above
    return _SPECIAL.get(name, _Reading._other)  # noqa: SLF001 - as above


_SPECIAL: dict[str, Callable[[_Reading, str], str]] = {
    "msub": _Reading._sub,  # noqa: SLF001 - a table of this class's methods
    "msup": _Reading._sup,  # noqa: SLF001
    "msubsup": _Reading._sub_and_sup,  # noqa: SLF001
    "munderover": _Reading._sub_and_sup,  # noqa: SLF001
    "munder": _Reading._under,  # noqa: SLF001
    "mover": _Reading._over,  # noqa: SLF001
    "mfrac": _Reading._fraction,  # noqa: SLF001
    "msqrt": _Reading._root,  # noqa: SLF001
    "mroot": _Reading._root,  # noqa: SLF001
    "mtr": _Reading._row,  # noqa: SLF001
    "mtable": _Reading._table,  # noqa: SLF001
    "mphantom": _Reading._silent,  # noqa: SLF001
    "annotation": _Reading._silent,  # noqa: SLF001
}
