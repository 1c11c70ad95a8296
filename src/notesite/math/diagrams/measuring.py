"""How large a formula will be, from its MathML; no font is at hand when a site is built.

Boxes are combined as MathML Core lays them out, with the constants of STIX Two Math.
"""

from __future__ import annotations

import re
from dataclasses import field
from html import unescape
from typing import TYPE_CHECKING

from notesite.math.diagrams.widths import width_of
from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

SCRIPT = 0.7
"""The size of a script, relative to its base."""
AXIS = 0.258
"""How far the axis of fractions and arrows is above the base line, in em."""

_PART = re.compile(r"<(/?)([a-zA-Z]+)([^>]*?)(/?)>|([^<]+)")
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
_LENGTH = re.compile(r"(-?[\d.]+)(em)?")
_SHALLOW = frozenset("acemnorsuvwxzαεικνοπστυω∘∙•⋅−=∼+")
_DEEP = frozenset("gjpqyfβγζημξρςφχψ()[]{}|∫,;/")
_BINARY = frozenset("+−±×⊗⊕⊠∘∙⋅∗*∪∩∧∨⊔∖⋆⋊⋉∐†")
_RELATIONS = frozenset("=<>≤≥≅≃∼≈≡≠⊂⊆⊃⊇∈∋∉→←↦↪⇒⊢⊣:↠↣⟶⟵⟼")
_LARGE = frozenset("∑∏∐⋃⋂⨁⨂∫")


@dataclass(frozen=True, slots=True)
class Box:
    """A size in em, `ascent` above and `descent` below the base line.

    `space` is what an operator has around it in a row, and only there.
    """

    width: float = 0.0
    ascent: float = 0.0
    descent: float = 0.0
    space: float = 0.0

    def scaled(self, by: float) -> Box:
        """The same in another size."""
        return Box(self.width * by, self.ascent * by, self.descent * by, self.space * by)


@dataclass(slots=True)
class _Element:
    name: str
    attributes: dict[str, str]
    boxes: list[Box] = field(default_factory=list)
    text: str = ""


def measure(mathml: str) -> Box:
    """The size of the content of a `<math>` element, good to about a tenth."""
    open_ = [_Element("mrow", {})]
    for match in _PART.finditer(mathml):
        closing, name, attributes, empty, text = match.groups()
        if text is not None:
            open_[-1].text += unescape(text)
        elif closing:
            if len(open_) > 1:
                box = _box_of(open_.pop())
                open_[-1].boxes.append(box)
        else:
            element = _Element(name, dict(_ATTRIBUTE.findall(attributes)))
            if empty:
                open_[-1].boxes.append(_box_of(element))
            else:
                open_.append(element)
    while len(open_) > 1:
        box = _box_of(open_.pop())
        open_[-1].boxes.append(box)
    return _row(open_[0])


def _box_of(element: _Element) -> Box:
    if element.name in {"mi", "mn", "mo", "ms", "mtext"} and element.text.strip():
        return _token(element)
    return _ELEMENTS.get(element.name, _row)(element)


def _length(element: _Element, name: str, default: float) -> float:
    match = _LENGTH.fullmatch(element.attributes.get(name, ""))
    return default if match is None else float(match[1])


def _row(element: _Element) -> Box:
    boxes = element.boxes
    if len(boxes) == 1 and "mathsize" not in element.attributes:
        return boxes[0]
    size = _LENGTH.match(element.attributes.get("mathsize", ""))
    scale = float(size[1]) / 100 if size is not None and size[1] else 1.0
    return Box(
        sum(box.width + box.space for box in boxes),
        max((box.ascent for box in boxes), default=0.0),
        max((box.descent for box in boxes), default=0.0),
    ).scaled(scale)


def _token(element: _Element) -> Box:
    text = element.text
    is_italic = (
        element.name == "mi"
        and len(text.strip()) == 1
        and element.attributes.get("mathvariant") != "normal"
    )
    width = sum(width_of(character, is_italic=is_italic) for character in text)
    width *= 0.95 if element.name == "mtext" else 1.0
    if element.name == "mo" and text in _LARGE:
        return Box(1.4, 1.0, 0.5, 0.167)
    ascent = 0.48 if _SHALLOW.issuperset(text) else 0.72
    descent = 0.22 if _DEEP.intersection(text) else 0.02
    return Box(width, ascent, descent, _space_around(element) if element.name == "mo" else 0.0)


def _space_around(operator: _Element) -> float:
    text = operator.text
    usual = 0.222 if text in _BINARY else 0.278 if text in _RELATIONS else 0.0
    before = _length(operator, "lspace", usual)
    return before + _length(operator, "rspace", 0.167 if text in ",;" else usual)


def _space(element: _Element) -> Box:
    return Box(
        _length(element, "width", 0.0),
        _length(element, "height", 0.0),
        _length(element, "depth", 0.0),
    )


def _fraction(element: _Element) -> Box:
    above, below = _some(element, 2)
    above, below = above.scaled(SCRIPT), below.scaled(SCRIPT)
    ascent = AXIS + 0.15 + above.ascent + above.descent
    descent = max(0.0, 0.15 - AXIS + below.ascent + below.descent)
    return Box(max(above.width, below.width) + 0.16, ascent, descent)


def _scripts(element: _Element) -> Box:
    base, *scripts = _some(element, 3)
    scripts = [script.scaled(SCRIPT) for script in scripts]
    width = base.width + max(script.width for script in scripts) + 0.05
    is_above = element.name != "msub"
    above = scripts[-1] if element.name == "msubsup" else scripts[0]
    ascent = max(base.ascent, 0.36 + above.ascent) if is_above else base.ascent
    below = scripts[0]
    descent = base.descent if element.name == "msup" else max(base.descent, 0.2 + below.descent)
    return Box(width, ascent, descent, base.space)


def _over(element: _Element) -> Box:
    base, *others = _some(element, 3)
    is_accent = element.attributes.get("accent") == "true"
    others = [box.scaled(1.0 if is_accent else SCRIPT) for box in others]
    wide = max(base.width, 0.0 if is_accent else max(box.width for box in others))
    ascent, descent = base.ascent, base.descent
    if element.name != "munder":
        over = others[-1] if element.name == "munderover" else others[0]
        ascent += 0.2 if is_accent else 0.1 + over.ascent + over.descent
    if element.name != "mover":
        descent += 0.15 + others[0].ascent + others[0].descent
    return Box(wide, ascent, descent, base.space)


def _root(element: _Element) -> Box:
    inside = _row(element) if element.name == "msqrt" else _some(element, 2)[0]
    return Box(inside.width + 0.75, inside.ascent + 0.15, inside.descent)


def _table(element: _Element) -> Box:
    rows = [box for box in element.boxes if box.width or box.ascent]
    height = sum(box.ascent + box.descent + 0.4 for box in rows)
    width = max((box.width for box in rows), default=0.0)
    return Box(width, height / 2 + AXIS, max(0.0, height / 2 - AXIS))


def _table_row(element: _Element) -> Box:
    row = _row(element)
    return Box(row.width + 0.8 * len(element.boxes), max(row.ascent, 0.6), max(row.descent, 0.1))


def _nothing(_element: _Element) -> Box:
    return Box()


def _picture(element: _Element) -> Box:
    height = _length(element, "height", 1.0)
    return Box(_length(element, "width", 1.0), height / 2 + AXIS, height / 2 - AXIS)


def _padded(element: _Element) -> Box:
    inside = _row(element)
    return Box(
        _length(element, "width", inside.width),
        _length(element, "height", inside.ascent),
        _length(element, "depth", inside.descent),
    )


def _some(element: _Element, count: int) -> list[Box]:
    """The first boxes, `count` of them at most and two at least."""
    return [*element.boxes, Box(), Box()][: max(2, min(count, len(element.boxes)))]


_ELEMENTS: dict[str, Callable[[_Element], Box]] = {
    "mspace": _space, "mpadded": _padded, "mfrac": _fraction,
    **dict.fromkeys(("msup", "msub", "msubsup"), _scripts),
    **dict.fromkeys(("munder", "mover", "munderover"), _over),
    **dict.fromkeys(("msqrt", "mroot"), _root),
    "mtable": _table, "mtr": _table_row, "mphantom": _row, "svg": _picture,
    "annotation": _nothing,
}  # fmt: skip
