"""What a diagram says, before it is known where anything goes: values only."""

from __future__ import annotations

from enum import Enum
from typing import Protocol

from notesite.math.tex import Token
from notesite.records import dataclass

Content = tuple[Token, ...]
"""The TeX of an object or a label."""

Cell = tuple[int, int]
"""Row and column of an object, from 0."""

End = Cell | str
"""Where an arrow begins or ends: at an object, or at the label of that name."""

MOST = 200
"""How many objects, and how many arrows, a diagram may have."""


class Report(Protocol):
    """Notes something wrong at a token."""

    def __call__(self, code: str, message: str, token: Token, hints: tuple[str, ...] = ()) -> None:
        """`code` is a diagnostic's."""


class Side(Enum):
    """Where a label goes: seen by one who travels along the arrow, or seen on the page."""

    LEFT = "left of the way"
    ON = "on the arrow"
    RIGHT = "right of the way"
    ABOVE = "above"
    BELOW = "below"
    WEST = "left"
    EAST = "right"


class Line(Enum):
    """How an arrow's shaft is drawn."""

    SINGLE = "single"
    DOUBLE = "double"
    SQUIGGLY = "squiggly"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Label:
    """What stands beside an arrow.

    `position` runs from 0, the arrow's beginning, to 1. `breaks` says whether the shaft leaves room
    for a label that stands on it.
    """

    content: Content
    token: Token
    side: Side = Side.LEFT
    position: float = 0.5
    breaks: bool = False
    is_sloped: bool = False
    is_full_size: bool = False
    rotation: float = 0.0
    """By how many degrees it is turned, counter-clockwise."""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """The way an arrow takes; angles in degrees, lengths in em.

    `bend` is the angle to the left at which it leaves the straight way; `height` how far the
    middle is pulled to the right; `leaves` and `arrives` are directions counter-clockwise from
    the right; `shift` moves all of it to the left.
    """

    bend: float = 0.0
    height: float = 0.0
    leaves: float | None = None
    arrives: float | None = None
    looseness: float = 1.0
    loop: float | None = None
    shift: float = 0.0
    shortened: tuple[float, float] = (0.0, 0.0)


STRAIGHT = Shape()


@dataclass(frozen=True, slots=True)
class Stroke:
    """How an arrow is drawn.

    `tail` and `head` are among `""`, `head`, `two`, `hook`, `hook'`, `tail`, `bar`, `harpoon` and
    `harpoon'`; `dash` is `""`, `dashed` or `dotted`; `color` a hexadecimal colour or empty.
    """

    line: Line = Line.SINGLE
    tail: str = ""
    head: str = "head"
    dash: str = ""
    color: str = ""
    crosses_over: bool = False


PLAIN = Stroke()


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow, and the place in the source that stands for it."""

    token: Token
    source: End
    target: End
    labels: tuple[Label, ...] = ()
    shape: Shape = STRAIGHT
    stroke: Stroke = PLAIN


@dataclass(frozen=True, slots=True)
class Spacing:
    """The room between rows and columns in em, and what is added after the one or the other."""

    rows: float = 1.8
    columns: float = 2.4
    extra_rows: tuple[float, ...] = ()
    extra_columns: tuple[float, ...] = ()
    margin: float = 0.43
    """The room between an object and the arrows at it; tikz-cd's 1ex."""


@dataclass(frozen=True, slots=True)
class Diagram:
    """Objects in a grid, empty where there is none, and the arrows between them."""

    rows: tuple[tuple[Content, ...], ...]
    arrows: tuple[Arrow, ...]
    spacing: Spacing

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max((len(row) for row in self.rows), default=0)

    def objects(self) -> list[tuple[Cell, Content]]:
        """All that is not empty, row by row."""
        return [
            ((row, column), content)
            for row, cells in enumerate(self.rows)
            for column, content in enumerate(cells)
            if content
        ]

    def labels(self) -> list[Label]:
        """The labels of all arrows in their order."""
        return [label for arrow in self.arrows for label in arrow.labels]
