"""The options of tikz-cd's arrows and labels.

Names and lengths are those of the package's manual, and of what the editor quiver writes.
"""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING

from notesite.math.diagrams.items import items_of, name_and_value, report_unknown
from notesite.math.diagrams.labels import OF_LABELS, LabelSettings, label_of, set_label
from notesite.math.diagrams.looks import color_of, is_passed
from notesite.math.diagrams.model import (
    Arrow,
    Cell,
    End,
    Line,
    Shape,
    Side,
    Stroke,
)
from notesite.math.diagrams.pieces import content, split, stripped, text_of, unbraced
from notesite.math.diagrams.shapes import LOOPS, shaped
from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from notesite.math.diagrams.model import Report
    from notesite.math.tex import Token

    Styles = Mapping[str, list[Token]]

_DIRECTION = re.compile(r"[rlud]+")
_CELL = re.compile(r"(\d{1,3})-(\d{1,3})")
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

_VALUES = (
    *("from", "to", "bend left", "bend right", "shift left", "shift right", "color", "draw"),
    *("curve", "out", "in", "looseness", "shorten", "shorten <", "shorten >", "pos", "phantom"),
)


@dataclass(slots=True)
class ArrowDraft:
    """An arrow while its options are read."""

    stroke: dict[str, str] = field(default_factory=dict)
    shape: Shape = field(default_factory=Shape)
    labels: list[tuple[Token, tuple[Token, ...], LabelSettings]] = field(default_factory=list)
    defaults: LabelSettings = field(default_factory=LabelSettings)
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
            report_unknown(item, (*_STROKES, *LOOPS, *_VALUES, *OF_LABELS), "an arrow", report)


def add_label(draft: ArrowDraft, tokens: list[Token], options: list[Token], at: Token,
              report: Report) -> None:  # fmt: skip
    """Adds a label with its options."""
    settings = LabelSettings()
    for item in items_of(options):
        name, value = name_and_value(item)
        is_known = set_label(settings, name, value) or is_passed(name, "a label")
        if name == "anchor" and not stripped(tokens):
            is_known = True  # nothing is there to be moved
        if not is_known and color_of(value or name) is None:
            report_unknown(item, OF_LABELS, "a label", report)
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
    labels = tuple(label_of(*each, draft.defaults) for each in draft.labels)
    source = here if draft.source is None else draft.source
    target = here if draft.target is None else draft.target
    return Arrow(token, source, target, labels, draft.shape, stroke)


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
    shape = shaped(draft.shape, name, value)
    if shape is not None:
        draft.shape = shape
        return True
    return (
        _set_end(draft, name, value, here)
        or _set_color(draft, name, value)
        or (name not in {"name", "anchor"} and set_label(draft.defaults, name, value))
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


def _set_color(draft: ArrowDraft, name: str, value: str) -> bool:
    written = value if name in {"color", "draw"} else name if not value else ""
    color = color_of(written)
    draft.color = color or draft.color
    return color is not None
