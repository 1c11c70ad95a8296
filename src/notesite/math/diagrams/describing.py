"""A diagram in words, for those who hear it and for search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.diagrams.model import Line

if TYPE_CHECKING:
    from collections.abc import Callable

    from notesite.math.diagrams.model import Arrow, Content, Diagram, End

    Say = Callable[[Content], str]


def describe(diagram: Diagram, say: Say) -> str:
    """One line such as "Commutative diagram: A to B by f; B to C"; `say` says an object."""
    said: list[str] = []
    mentioned: set[End] = set()
    names = _names(diagram, say)
    for arrow in diagram.arrows:
        ends = arrow.source, arrow.target
        if arrow.stroke.line is not Line.NONE and all(end in names for end in ends):
            said.append(_clause(arrow, names, say))
            mentioned.update(ends)
    alone = [say(content) for cell, content in diagram.objects() if cell not in mentioned]
    return "Commutative diagram: " + "; ".join([*filter(None, alone), *said])


def _names(diagram: Diagram, say: Say) -> dict[End, str]:
    """What to call what arrows go between."""
    names: dict[End, str] = {
        (row, column): "an empty place"
        for row in range(len(diagram.rows))
        for column in range(diagram.width)
    }
    names |= {cell: say(content) for cell, content in diagram.objects()}
    for arrow in diagram.arrows:
        for label in arrow.labels:
            shown = [say(each.content) for each in arrow.labels if each.content]
            if label.name and shown:
                names[label.name] = shown[0]
            elif label.name:
                ends = (names.get(arrow.source, ""), names.get(arrow.target, ""))
                names[label.name] = f"the arrow {ends[0]} to {ends[1]}"
    return names


def _clause(arrow: Arrow, names: dict[End, str], say: Say) -> str:
    stroke = arrow.stroke
    source, target = names[arrow.source], names[arrow.target]
    by = " and ".join(filter(None, (say(label.content) for label in arrow.labels)))
    way = "to"
    if not stroke.head and not stroke.tail:
        way = "equals" if stroke.line is Line.DOUBLE else "is joined to"
    elif stroke.tail == "bar":
        way = "maps to"
    elif not stroke.head:
        source, target = target, source
    elif stroke.tail == stroke.head:
        way = "to and from"
    return f"{source} {way} {target} by {by}" if by else f"{source} {way} {target}"
