r"""A formula as one may look for it: a line of readable text, and the names of its parts in order.

The names are read off the finished MathML, where macros are expanded and every way of writing the
same thing has become the same: `\norm{A}`, `\|A\|` and `\lVert A \rVert` are all `norm a`.
`static/js/search.js` reads what a person types by the same rules.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ParseError, fromstring

from notesite.math.names import NAMES, SPOKEN, TRANSPOSED
from notesite.math.spoken import LOOSE, as_factor, lowered, raised
from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

_ADDRESS = re.compile("\0[^\0]*\0")
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\W_]+")
_UNSEEN = {0xFE00: None, 0xFE01: None, 0x2062: None}
_APPLIED = re.compile("\u2061")
_BEFORE_BRACKET = re.compile(r"\u2061\s*(?=[(\[{|‖⟨])")
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
    """What there is to find in a `<math>` element, as written on a page."""
    try:
        plain = _ADDRESS.sub("", mathml) if "\0" in mathml else mathml
        root = fromstring(plain)  # noqa: S314 - our own markup, without a DTD
    except ParseError:
        # What an author wrote as MathML by hand need not be XML.
        return Findable(" ".join(_TAG.sub(" ", mathml).split()), (), ())
    reading = _Reading()
    text = reading.read(root)
    if "\u2061" in text:
        text = _APPLIED.sub(" ", _BEFORE_BRACKET.sub("", text))
    text = " ".join(text.split())
    return Findable(text, tuple(reading.names[:_MOST_NAMES]), tuple(reading.spoken[:_MOST_NAMES]))


class _Reading:
    """Walks through one formula, gathering names as it goes."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.spoken: list[str] = []
        self._is_in_norm = False

    def read(self, element: Element) -> str:
        """The text of an element; its names are added."""
        kind = element.tag
        name = element.get("class")
        if name and name.startswith(("equation-number", "equation-margin")):
            return ""
        special = _SPECIAL.get(kind)
        if special:
            return special(self, element)
        if not len(element):
            return self._leaf(element.text or "", is_text=kind == "mtext")
        own = element.text or ""
        return own + "".join(self.read(child) + (child.tail or "") for child in element)

    def _leaf(self, text: str, *, is_text: bool) -> str:
        if "‖" in text or "∥" in text:
            # Whether one opens or closes depends on those before it.
            self._symbols(text)
            shown = text.translate(_UNSEEN)
        else:
            names, spoken, shown = _leaf_of(text)
            self.names += names
            self.spoken += spoken
        return shown if is_text else LOOSE.get(shown, shown)

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

    def _sub(self, element: Element) -> str:
        base, below = (self.read(child) for child in element)
        return base + _lowered(below.strip()) if below.strip() else base

    def _sup(self, element: Element) -> str:
        base = self.read(element[0])
        return base + self._raised(element[1])

    def _sub_and_sup(self, element: Element) -> str:
        base, below = self.read(element[0]), self.read(element[1]).strip()
        return base + (_lowered(below) if below else "") + self._raised(element[2])

    def _raised(self, element: Element) -> str:
        if "".join(element.itertext()).strip() in TRANSPOSED:
            self._add("top", "transpose")
            return "ᵀ"
        text = self.read(element).strip()
        return _raised(text) if text else ""

    def _accented(self, element: Element) -> str:
        if element.get("accent") == "true" or element.get("accentunder") == "true":
            # `\hat x` is looked for as x.
            text = self.read(element[0])
            accent = "".join(element[1].itertext()).strip()
            return text + _ACCENTS.get(accent, "") if len(text) == 1 else text
        return self._sup(element) if element.tag == "mover" else self._sub(element)

    def _fraction(self, element: Element) -> str:
        above, below = (self.read(child).strip() for child in element)
        return f"{_as_factor(above)}/{_as_factor(below)}"

    def _root(self, element: Element) -> str:
        self._add("sqrt", "root")
        inside = "".join(self.read(child) for child in element)
        return f"√{_as_factor(inside.strip())}"

    def _row(self, element: Element) -> str:
        return " ".join(self.read(child).strip() for child in element) + " ; "

    def _table(self, element: Element) -> str:
        return "".join(self.read(child) for child in element).removesuffix(" ; ")

    def _silent(self, _element: Element) -> str:
        return ""


_raised = lru_cache(maxsize=5_000)(raised)
_lowered = lru_cache(maxsize=5_000)(lowered)
_as_factor = lru_cache(maxsize=5_000)(as_factor)


@lru_cache(maxsize=20_000)
def _leaf_of(text: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """The names of a text without bars, its spoken names, and the text as it is shown."""
    if text.isascii():
        words = tuple(_WORD.findall(text.lower()))
        return words, words, text
    reading = _Reading()
    reading._symbols(text)  # noqa: SLF001 - of this module
    return tuple(reading.names), tuple(reading.spoken), text.translate(_UNSEEN)


_SPECIAL: dict[str, Callable[[_Reading, Element], str]] = {
    "msub": _Reading._sub,  # noqa: SLF001 - a table of this class's methods
    "msup": _Reading._sup,  # noqa: SLF001
    "msubsup": _Reading._sub_and_sup,  # noqa: SLF001
    "munderover": _Reading._sub_and_sup,  # noqa: SLF001
    "munder": _Reading._accented,  # noqa: SLF001
    "mover": _Reading._accented,  # noqa: SLF001
    "mfrac": _Reading._fraction,  # noqa: SLF001
    "msqrt": _Reading._root,  # noqa: SLF001
    "mroot": _Reading._root,  # noqa: SLF001
    "mtr": _Reading._row,  # noqa: SLF001
    "mtable": _Reading._table,  # noqa: SLF001
    "mphantom": _Reading._silent,  # noqa: SLF001
    "annotation": _Reading._silent,  # noqa: SLF001
}
