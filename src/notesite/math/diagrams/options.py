"""The options of tikz-cd's arrows and labels.

Names and lengths are those of the package's manual, and of what the editor quiver writes.
"""

from __future__ import annotations

import re
from dataclasses import field, replace
from typing import TYPE_CHECKING

from notesite.math.diagrams.looks import color_of, is_passed
from notesite.math.diagrams.model import (
    Arrow,
    Cell,
    End,
    Label,
    Line,
    Shape,
    Side,
    Stroke,
)
from notesite.math.diagrams.pieces import content, nested, split, stripped, text_of, unbraced
from notesite.math.lengths import in_em
from notesite.math.tex import Token
from notesite.records import dataclass
from notesite.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from notesite.math.diagrams.model import Report

    Styles = Mapping[str, list[Token]]

_SHIFT = 0.24
"""What `shift left` comes to without a length: 0.56ex."""
_BEND = 30.0
_DIRECTION = re.compile(r"[rlud]+")
_CELL = re.compile(r"(\d{1,3})-(\d{1,3})")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")
_STEPS = {"r": (0, 1), "l": (0, -1), "d": (1, 0), "u": (-1, 0)}

_STROKES: dict[str, dict[str, str]] = {
    "rightarrow": {}, "leftarrow": {"tail": "head", "head": ""}, "leftrightarrow": {"tail": "head"},
    "to": {}, "hook": {"tail": "hook"}, "hook'": {"tail": "hook'"},
    "hookrightarrow": {"tail": "hook"}, "hookleftarrow": {"tail": "head", "head": "hook"},
    "tail": {"tail": "tail"}, "rightarrowtail": {"tail": "tail"},
    "leftarrowtail": {"tail": "head", "head": "tail"}, "tail reversed": {"tail": "head"},
    "two heads": {"head": "two"}, "twoheadrightarrow": {"head": "two"},
    "twoheadleftarrow": {"tail": "two", "head": ""},
    "maps to": {"tail": "bar"}, "mapsto": {"tail": "bar"},
    "mapsfrom": {"tail": "head", "head": "bar"},
    "dashed": {"dash": "dashed"}, "dotted": {"dash": "dotted"},
    "dashrightarrow": {"dash": "dashed"},
    "dashleftarrow": {"dash": "dashed", "tail": "head", "head": ""},
    "dashleftrightarrow": {"dash": "dashed", "tail": "head"},
    "Rightarrow": {"line": "double"}, "Leftarrow": {"line": "double", "tail": "head", "head": ""},
    "Leftrightarrow": {"line": "double", "tail": "head"},
    "Mapsto": {"line": "double", "tail": "bar"},
    "equal": {"line": "double", "head": ""}, "equals": {"line": "double", "head": ""},
    "Equal": {"line": "double", "head": ""},
    "no head": {"head": ""}, "no tail": {"tail": ""}, "dash": {"head": "", "tail": ""},
    "-": {"head": "", "tail": ""},
    "squiggly": {"line": "squiggly"}, "rightsquigarrow": {"line": "squiggly"},
    "leftsquigarrow": {"line": "squiggly", "tail": "head", "head": ""},
    "leftrightsquigarrow": {"line": "squiggly", "tail": "head"},
    "harpoon": {"head": "harpoon"}, "harpoon'": {"head": "harpoon'"},
    "rightharpoonup": {"head": "harpoon"}, "rightharpoondown": {"head": "harpoon'"},
    "leftharpoonup": {"tail": "harpoon'", "head": ""},
    "leftharpoondown": {"tail": "harpoon", "head": ""},
    "draw=none": {"line": "none"}, "crossing over": {"crosses": "yes"},
}  # fmt: skip
"""What each style sets."""

_POSITIONS: dict[str, float] = {
    "at start": 0.0, "very near start": 0.125, "near start": 0.25, "midway": 0.5,
    "near end": 0.75, "very near end": 0.875, "at end": 1.0,
}  # fmt: skip
_ANCHORS = {"south": Side.ABOVE, "north": Side.BELOW, "east": Side.WEST, "west": Side.EAST}
"""The side on which a label is whose anchor this is."""
_SIDES = {"above": Side.ABOVE, "below": Side.BELOW, "left": Side.WEST, "right": Side.EAST}
_LOOPS = {"loop": 90.0, "loop above": 90.0, "loop below": 270.0, "loop left": 180.0,
          "loop right": 0.0}  # fmt: skip
_VALUES = (
    *("from", "to", "bend left", "bend right", "shift left", "shift right", "color", "draw"),
    *("curve", "out", "in", "looseness", "shorten", "shorten <", "shorten >", "pos", "phantom"),
)
_OF_LABELS = (*_POSITIONS, *_SIDES, "swap", "description", "sloped", "marking", "pos", "name")


@dataclass(slots=True)
class _LabelSettings:
    """What options say about labels; None where they say nothing."""

    is_swapped: bool = False
    side: Side | None = None
    position: float | None = None
    breaks: bool = False
    is_sloped: bool = False
    is_full_size: bool = False
    rotation: float = 0.0
    name: str = ""


@dataclass(slots=True)
class ArrowDraft:
    """An arrow while its options are read."""

    stroke: dict[str, str] = field(default_factory=dict)
    shape: Shape = field(default_factory=Shape)
    labels: list[tuple[Token, tuple[Token, ...], _LabelSettings]] = field(default_factory=list)
    defaults: _LabelSettings = field(default_factory=_LabelSettings)
    color: str = ""
    source: End | None = None
    target: End | None = None


def read_options(
    draft: ArrowDraft, tokens: Iterable[Token], here: Cell, report: Report, styles: Styles
) -> None:
    """Takes the options of an arrow at the object `here` into `draft`."""
    for item in items_of(tokens):
        name = name_and_value(item)[0]
        if item[0].text == '"':
            _read_label(draft, item, report)
        elif name in styles:
            others = {other: style for other, style in styles.items() if other != name}
            read_options(draft, styles[name], here, report, others)
        elif not _set_option(draft, unbraced(item), here) and not is_passed(name, "an arrow"):
            report_unknown(item, (*_STROKES, *_LOOPS, *_VALUES, *_OF_LABELS), "an arrow", report)


def add_label(draft: ArrowDraft, tokens: list[Token], options: list[Token], at: Token,
              report: Report) -> None:  # fmt: skip
    """Adds a label with its options."""
    settings = _LabelSettings()
    for item in items_of(options):
        name, value = name_and_value(item)
        is_known = _set_label(settings, name, value) or is_passed(name, "a label")
        if name == "anchor" and not stripped(tokens):
            is_known = True  # nothing is there to be moved
        if not is_known and color_of(value or name) is None:
            report_unknown(item, _OF_LABELS, "a label", report)
    draft.labels.append((at, content(tokens), settings))


def finished(draft: ArrowDraft, token: Token, here: Cell) -> Arrow:
    """The arrow with all that its options said."""
    stroke = Stroke(
        Line(draft.stroke.get("line", "single")),
        draft.stroke.get("tail", ""),
        draft.stroke.get("head", "head"),
        draft.stroke.get("dash", ""),
        draft.color,
        "crosses" in draft.stroke,
    )
    labels = tuple(_label(draft, *each) for each in draft.labels)
    source = here if draft.source is None else draft.source
    target = here if draft.target is None else draft.target
    return Arrow(token, source, target, labels, draft.shape, stroke)


def _label(
    draft: ArrowDraft, token: Token, tokens: tuple[Token, ...], own: _LabelSettings
) -> Label:
    common = draft.defaults
    side = own.side or common.side or Side.LEFT
    if side is Side.LEFT and own.is_swapped != common.is_swapped:
        side = Side.RIGHT
    position = own.position if own.position is not None else common.position
    return Label(
        tokens, token, side, 0.5 if position is None else position,
        breaks=own.breaks or common.breaks,
        is_sloped=own.is_sloped or common.is_sloped,
        is_full_size=own.is_full_size or common.is_full_size,
        rotation=own.rotation,
        name=own.name,
    )  # fmt: skip


def items_of(tokens: Iterable[Token]) -> list[list[Token]]:
    """The options between commas, those in quotes kept whole; empty ones left out."""
    items: list[list[Token]] = [[]]
    is_quoted = False
    for depth, token in nested(tokens):
        is_quoted ^= depth == 0 and token.text == '"'
        if depth == 0 and token.text == "," and not is_quoted:
            items.append([])
        else:
            items[-1].append(token)
    return [item for item in map(stripped, items) if item]


def _read_label(draft: ArrowDraft, item: list[Token], report: Report) -> None:
    parts = split(item[1:], '"')
    if len(parts) < 2:
        report("math-syntax", "'\"' is never closed", item[0], ("add the missing '\"'",))
        return
    after = [token for part in parts[1:] for token in part]
    options = stripped(after)
    comma = item[0].replaced(",")
    written: list[Token] = []
    while options and options[0].text == "'":
        written += [options[0], comma]
        options = stripped(options[1:])
    add_label(draft, unbraced(parts[0]), [*written, *unbraced(options)], item[0], report)


def name_and_value(item: list[Token]) -> tuple[str, str]:
    """An option in two."""
    name, _, value = text_of(item).partition("=")
    if value.strip().startswith("{") and value.strip().endswith("}"):
        value = value.strip()[1:-1]
    return name.strip(), value.strip()


def _set_label(settings: _LabelSettings, name: str, value: str) -> bool:
    """Takes one option of a label; whether it is one."""
    position = _fraction(value) if name == "pos" else _POSITIONS.get(name)
    if position is not None:
        settings.position = position
    elif name in {"swap", "'"}:
        settings.is_swapped = not settings.is_swapped
    elif name in {"description", "marking"} or (name, value) == ("anchor", "center"):
        settings.side = Side.ON
        settings.breaks = name == "description"
        settings.is_sloped |= name == "marking"
    elif name in _SIDES and not value:
        settings.side = _SIDES[name]
    elif name == "sloped":
        settings.is_sloped = True
    elif name == "name" and value:
        settings.name = value
    elif name == "anchor" and value in _ANCHORS:
        settings.side = _ANCHORS[value]
    elif name == "rotate" and (angle := _number(value)) is not None:
        settings.rotation = angle
    else:
        return False
    return True


def _set_option(draft: ArrowDraft, item: list[Token], here: Cell) -> bool:
    """Takes one option that is no label; whether it is one."""
    name, value = name_and_value(item)
    if not value and _DIRECTION.fullmatch(name):
        draft.target = _moved(here, name)
        return True
    if name == "phantom":
        draft.stroke["line"] = "none"
        draft.defaults.side = Side.ON
        draft.defaults.is_full_size = True
        return True
    style = _STROKES.get(text_of(item).replace(" =", "=").replace("= ", "="))
    if style is not None:
        draft.stroke.update(style)
        return True
    return (
        _set_end(draft, name, value, here)
        or _set_shape(draft, name, value)
        or _set_color(draft, name, value)
        or (name not in {"name", "anchor"} and _set_label(draft.defaults, name, value))
    )


def _moved(start: Cell, letters: str) -> Cell:
    row, column = start
    for letter in letters:
        row, column = row + _STEPS[letter][0], column + _STEPS[letter][1]
    return row, column


def _set_end(draft: ArrowDraft, name: str, value: str, here: Cell) -> bool:
    if name not in {"from", "to"} or not value:
        return False
    cell = _CELL.fullmatch(value.replace(" ", ""))
    end: End = value
    if cell is not None:
        end = (int(cell[1]) - 1, int(cell[2]) - 1)
    elif _DIRECTION.fullmatch(value):
        end = _moved(here, value)
    if name == "from":
        draft.source = end
    else:
        draft.target = end
    return True


def _set_shape(draft: ArrowDraft, name: str, value: str) -> bool:
    shape = draft.shape
    before, after = shape.shortened
    number = _number(value)
    length = in_em(value) if value else None
    changed: Shape | None = None
    if name in _LOOPS and not value:
        changed = replace(shape, loop=_LOOPS[name])
    elif name in {"bend left", "bend right"} and (number is not None or not value):
        angle = _BEND if number is None else min(max(number, -120.0), 120.0)
        changed = replace(shape, bend=angle if name == "bend left" else -angle)
    elif name in {"shift left", "shift right"}:
        by = _SHIFT if not value else length if number is None else number * _SHIFT
        sign = 1 if name == "shift left" else -1
        changed = None if by is None else replace(shape, shift=shape.shift + sign * by)
    elif name == "curve":
        height = _height(value) if value else 0.0
        changed = None if height is None else replace(shape, height=height)
    elif name in {"shorten", "shorten <", "shorten >"} and length is not None:
        both = (before if name[-1] == ">" else length, after if name[-1] == "<" else length)
        changed = replace(shape, shortened=both)
    elif number is not None:
        changed = _angled(shape, name, number)
    draft.shape = changed or shape
    return changed is not None


def _angled(shape: Shape, name: str, number: float) -> Shape | None:
    if name == "out":
        return replace(shape, leaves=number)
    if name == "in":
        return replace(shape, arrives=number)
    return replace(shape, looseness=min(abs(number), 20.0)) if name == "looseness" else None


def _height(value: str) -> float | None:
    """The height of quiver's `curve={height=…}`, in em."""
    name, _, length = value.partition("=")
    return in_em(length) if name.strip() == "height" else None


def _set_color(draft: ArrowDraft, name: str, value: str) -> bool:
    written = value if name in {"color", "draw"} else name if not value else ""
    color = color_of(written)
    draft.color = color or draft.color
    return color is not None


def _number(value: str) -> float | None:
    return float(value) if _NUMBER.fullmatch(value) and len(value) < 12 else None


def _fraction(value: str) -> float | None:
    number = _number(value)
    return number if number is not None and 0 <= number <= 1 else None


def report_unknown(item: list[Token], known: Iterable[str], whose: str, report: Report) -> None:
    """Tells of an option that is not known, or of its value."""
    written = text_of(item)
    place = Token(written, item[0].start, max(item[-1].end, item[0].start + 1))
    name, _, value = written.partition("=")
    name = name.strip()
    if value and name in {*known}:
        report("math-unsupported", f"'{value.strip()}' is not a value of '{name}'", place)
        return
    report(
        "math-unsupported",
        f"the option '{name}' of {whose} is not supported",
        place,
        did_you_mean(name, known),
    )
