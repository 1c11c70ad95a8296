"""Formulas of titles: the MathML that stands in them, as boxes.

Titles hold little more than letters with scripts, fractions, roots and accents. What is not among
the elements below makes the formula `UnknownFormula`, and its title is set in readable characters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.cards.boxes import Box, beside, rule, space, text

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

    from notesite.cards.fonts import Family

SCRIPT = 0.68
AXIS = 0.26
RULE = 0.05
_SUPERSCRIPT, _SUBSCRIPT = 0.38, 0.2
_RELATION, _OPERATION, _PUNCTUATION = 5 / 18, 4 / 18, 3 / 18
_OPERATIONS = frozenset("+-−±∓×·∘∗⋆∩∪⊕⊗⊙∧∨∖⋅⊂⊔")
_RELATIONS = frozenset("=<>≤≥≠≈∼≃≅≡∈∉∋⊂⊆⊃⊇→←↔⇒⇐⇔↦↪↠∣∥⊥≪≫≺≻∝⟶⟼⟹≔")
_PUNCTUATIONS = frozenset(",;:")
_INVISIBLE = frozenset("\u2061\u2062\u2063\u2064")
_ACCENTS = frozenset("^~¯‾_˙¨→ˇ˘´`⏞⏟ˉ˜ˆ")

_LATIN = {"A": 0x1D434, "a": 0x1D44E}
_GREEK = {"Α": 0x1D6E2, "α": 0x1D6FC}


_UNDER, _OVER = frozenset({"munder", "munderover"}), frozenset({"mover", "munderover"})
_LARGE = frozenset("∑∏∐⋃⋂⨁⨂⋁⋀⨀⨄⨆")


class UnknownFormula(Exception):  # noqa: N818 - no fault, only more than is drawn here
    """A formula with something in it that cannot be drawn."""


def formula_box(math: Element, family: Family) -> Box:
    """The box of a `<math>` element; raises UnknownFormula."""
    return _Setting(family).row(math)


class _Setting:
    def __init__(self, family: Family) -> None:
        self._family = family

    def row(self, element: Element) -> Box:
        boxes: list[Box] = []
        after_operator = True
        for child in element:
            boxes.append(self._spaced(child, is_prefix=after_operator))
            after_operator = child.tag == "mo" and _text(child) not in _CLOSING
        return beside(boxes)

    def box(self, element: Element) -> Box:
        make = _ELEMENTS.get(element.tag)
        if make is None:
            raise UnknownFormula(element.tag)
        return make(self, element)

    def _spaced(self, element: Element, *, is_prefix: bool) -> Box:
        box = self.box(element)
        core = element
        while core.tag in {"msub", "msup", "msubsup", "mover", "munder"} and len(core):
            core = core[0]
        if core.tag != "mo":
            return box
        sides = _spaces(_text(core), is_prefix=is_prefix)
        left = _length(core.get("lspace"), sides[0])
        right = _length(core.get("rspace"), sides[1])
        return beside((space(left), box, space(right)))

    def identifier(self, element: Element) -> Box:
        shown = _text(element)
        if len(shown) == 1 and element.get("mathvariant") != "normal":
            shown = italic(shown)
        return self.letters(shown)

    def token(self, element: Element) -> Box:
        return self.letters(_text(element))

    def letters(self, shown: str) -> Box:
        shown = "".join(each for each in shown if each not in _INVISIBLE)
        if any(self._family.glyph(each) is None for each in shown if not each.isspace()):
            raise UnknownFormula(shown)
        return text(shown, self._family)

    def blank(self, element: Element) -> Box:
        return space(_length(element.get("width"), 0.0))

    def scripts(self, element: Element) -> Box:
        base, *rest = [self.box(child) for child in element]
        below = rest[0] if element.tag in {"msub", "msubsup", *_UNDER} else None
        above = rest[-1] if element.tag in {"msup", "msubsup", *_OVER} else None
        marks = list(base.marks)
        ascent, depth, width = base.ascent, base.depth, base.width
        if above is not None:
            small, y = above.scaled(SCRIPT), -max(_SUPERSCRIPT, base.ascent - 0.34)
            marks += small.moved(base.width + 0.02, y)
            ascent, width = max(ascent, small.ascent - y), max(width, base.width + small.width)
        if below is not None:
            small, y = below.scaled(SCRIPT), max(_SUBSCRIPT, base.depth - 0.06)
            marks += small.moved(base.width + 0.02, y)
            depth, width = max(depth, small.depth + y), max(width, base.width + small.width)
        return Box(width + 0.04, ascent, depth, tuple(marks))

    def stacked(self, element: Element) -> Box:
        if element[0].tag == "mo" and _has_movable_limits(element[0]):
            return self.scripts(element)
        base, *rest = [self.box(child) for child in element]
        over = rest[-1] if element.tag in _OVER else None
        under = rest[0] if element.tag in _UNDER else None
        is_accent = over is not None and _text(element[-1]) in _ACCENTS
        marks, width = list(base.marks), base.width
        ascent, depth = base.ascent, base.depth
        if over is not None:
            small = over if is_accent else over.scaled(SCRIPT)
            # The ink of an accent hangs high above its own baseline.
            ink = 0.5 if is_accent else -small.depth
            y = -(base.ascent + 0.06 - ink)
            marks += small.moved((base.width - small.width) / 2, y)
            ascent = max(base.ascent, small.ascent - y)
        if under is not None:
            small = under.scaled(SCRIPT)
            y = base.depth + small.ascent + 0.02
            marks += small.moved((base.width - small.width) / 2, y)
            depth = y + small.depth
        return Box(width, ascent, depth, tuple(marks))

    def fraction(self, element: Element) -> Box:
        top, bottom = (self.box(child).scaled(0.74) for child in element)
        width = max(top.width, bottom.width) + 0.12
        up, down = AXIS + 0.1 + top.depth, bottom.ascent + 0.1 - AXIS
        bar = rule(width, RULE, AXIS - RULE / 2)
        marks = (
            *top.moved((width - top.width) / 2, -up),
            *bar.marks,
            *bottom.moved((width - bottom.width) / 2, down),
        )
        box = Box(width, up + top.ascent, down + bottom.depth, marks)
        return beside((space(0.06), box, space(0.06)))

    def root(self, element: Element) -> Box:
        inner = self.row(element)
        sign = self.letters("√")
        above = inner.ascent + 0.1
        factor = max(1.0, (above + RULE + inner.depth) / (sign.ascent + sign.depth))
        sign = sign.scaled(factor)
        bar = rule(inner.width + 0.08, RULE, above)
        marks = (
            *sign.moved(0, sign.ascent - above - RULE),
            *bar.moved(sign.width - 0.01, 0),
            *inner.moved(sign.width + 0.03, 0),
        )
        depth = max(inner.depth, sign.ascent + sign.depth - above - RULE)
        return Box(sign.width + inner.width + 0.09, above + RULE, depth, marks)

    def inside(self, element: Element) -> Box:
        return self.row(element)


_CLOSING = frozenset(")]}|‖⟩⌉⌋!′")

_ELEMENTS: dict[str, Callable[[_Setting, Element], Box]] = {
    "mi": _Setting.identifier,
    "mn": _Setting.token,
    "mo": _Setting.token,
    "mtext": _Setting.token,
    "mspace": _Setting.blank,
    "msub": _Setting.scripts,
    "msup": _Setting.scripts,
    "msubsup": _Setting.scripts,
    "mover": _Setting.stacked,
    "munder": _Setting.stacked,
    "munderover": _Setting.stacked,
    "mfrac": _Setting.fraction,
    "msqrt": _Setting.root,
    "mrow": _Setting.inside,
    "mstyle": _Setting.inside,
    "math": _Setting.inside,
}
"""How each element is set."""


def italic(letter: str) -> str:
    """The letter in the mathematical italic that browsers give an identifier (MathML Core 2.2)."""
    if letter == "h":
        return "\u210e"
    for first, start in (*_LATIN.items(), *_GREEK.items()):
        at = ord(letter) - ord(first)
        if 0 <= at < (26 if first in _LATIN else 25):
            return chr(start + at)
    return letter


def _has_movable_limits(operator: Element) -> bool:
    """Whether its limits stand at its side in a line (MathML Core 3.4.4)."""
    return operator.get("movablelimits") == "true" or _text(operator) in _LARGE


def _spaces(sign: str, *, is_prefix: bool) -> tuple[float, float]:
    if sign in _RELATIONS:
        return _RELATION, _RELATION
    if sign in _OPERATIONS and not is_prefix:
        return _OPERATION, _OPERATION
    return 0.0, _PUNCTUATION if sign in _PUNCTUATIONS else 0.0


def _length(written: str | None, default: float) -> float:
    if written is None:
        return default
    try:
        return float(written.removesuffix("em"))
    except ValueError:
        return default


def _text(element: Element) -> str:
    return "".join(element.itertext())
