"""Titles as lines: words of text and formulas, broken so that the lines are of like length."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree

from notesite.cards.boxes import ASCENT, DEPTH, Box, beside, space, text
from notesite.cards.formulas import UnknownFormula, formula_box

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from xml.etree.ElementTree import Element

    from notesite.cards.fonts import Family

WORD_SPACE = 0.26
MOST_WORDS = 80
_CODE_SIZE = 0.8
_ITALIC = frozenset({"em", "i", "cite", "var"})
_CODE = frozenset({"code", "kbd", "samp"})


class Type(NamedTuple):
    """The families that a title is set in."""

    roman: Family
    italic: Family
    code: Family
    math: Family


def words_of(html: str, plain: str, families: Type) -> list[Box]:
    """The words of a title, from its HTML, or from its plain text if that holds what is not drawn.

    Of a title without end only the beginning is set.
    """
    try:
        root = ElementTree.fromstring(f"<title>{html}</title>")  # noqa: S314 - our own output
        pieces = list(_pieces(root, families.roman, families))
    except (ElementTree.ParseError, UnknownFormula, RecursionError):
        return plain_words(plain, families)[:MOST_WORDS]
    return _joined(pieces)[:MOST_WORDS]


def plain_words(words: str, families: Type) -> list[Box]:
    """The words of a plain text; a sign that the text's face lacks comes from the one for math."""
    return _joined(_of_text(words, families.roman, families))


def _pieces(element: Element, family: Family, families: Type) -> Iterator[Box | None]:
    """Boxes without space between them, and None for each space."""
    yield from _of_text(element.text or "", family, families)
    for child in element:
        if child.tag == "math":
            yield formula_box(child, families.math)
        else:
            inner = families.italic if child.tag in _ITALIC else family
            inner = families.code if child.tag in _CODE else inner
            yield from _pieces(child, inner, families)
        yield from _of_text(child.tail or "", family, families)


def _of_text(words: str, family: Family, families: Type) -> Iterator[Box | None]:
    word = ""
    for character in words:
        if character.isspace():
            yield from _word(word, family, families)
            yield None
            word = ""
        else:
            word += character
    yield from _word(word, family, families)


def _word(word: str, family: Family, families: Type) -> Iterator[Box]:
    run, current = "", family
    for character in word:
        known = family if family.glyph(character) is not None else families.math
        if known is not current and run:
            yield _line(text(run, current), current, families)
            run = ""
        current = known
        run += character
    if run:
        yield _line(text(run, current), current, families)


def _line(box: Box, family: Family, families: Type) -> Box:
    """The box as high as a line of text; code is set smaller, as its letters are larger."""
    box = box.scaled(_CODE_SIZE) if family is families.code else box
    return box._replace(ascent=ASCENT, depth=DEPTH) if box.width else box


def _joined(pieces: Iterable[Box | None]) -> list[Box]:
    words: list[list[Box]] = [[]]
    for piece in pieces:
        if piece is None:
            words.append([])
        else:
            words[-1].append(piece)
    boxes = (beside(word) for word in words if word)
    return [box for box in boxes if box.width > 0]


def lines_of(words: Sequence[Box], width: float) -> list[Box]:
    """The fewest lines of at most that width (in ems), with their ends as even as can be.

    A word that is wider than a line has one to itself.
    """
    count = len(_filled(words, width))
    low, high = 0.0, width
    # The narrowest width that takes no more lines; twenty halvings are finer than a pixel.
    for _ in range(20):
        middle = (low + high) / 2
        low, high = (low, middle) if len(_filled(words, middle)) <= count else (middle, high)
    return [beside(_with_spaces(line)) for line in _filled(words, high)]


def _filled(words: Sequence[Box], width: float) -> list[list[Box]]:
    lines: list[list[Box]] = []
    taken = 0.0
    for word in words:
        needed = taken + WORD_SPACE + word.width
        if lines and needed <= width:
            lines[-1].append(word)
            taken = needed
        else:
            lines.append([word])
            taken = word.width
    return lines


def _with_spaces(line: Sequence[Box]) -> Iterator[Box]:
    for at, word in enumerate(line):
        if at:
            yield space(WORD_SPACE)
        yield word
