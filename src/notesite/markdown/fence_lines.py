"""The lines of a fence, whatever quotes and lists it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.records import dataclass
from notesite.spans import Span

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a fence's container; `column` counts from 1."""

    number: int
    column: int
    text: str

    @property
    def span(self) -> Span:
        """All of it but the blanks at its end."""
        return Span.at(self.number + 1, self.column, len(self.text.rstrip()))


def line_of(state: StateBlock, number: int) -> Line:
    """The line of that number without what its container puts before it."""
    begin = state.bMarks[number] + state.tShift[number]
    column = begin - state.src.rfind("\n", 0, begin)
    return Line(number, column, state.src[begin : state.eMarks[number]])


def closing_marks(state: StateBlock, marks: str, first: int, end_line: int) -> int | None:
    """The line of as many backticks or tildes as `marks`, or more, that closes a fence of them."""
    for number in range(first, end_line):
        if state.sCount[number] < state.blkIndent and not state.isEmpty(number):
            return None
        text = line_of(state, number).text.rstrip()
        if len(text) >= len(marks) and not text.strip(marks[0]):
            return number
    return None
