"""Places in a file: positions, spans, and the way back from extracted text to the file.

Lines and columns are counted from 1, columns in Unicode code points, as editors show them.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple


class Position(NamedTuple):
    """A place between two characters of a file; `column` 1 is before the first one."""

    line: int
    column: int


class Span(NamedTuple):
    """A stretch of a file; `end` is exclusive and never before `start`."""

    start: Position
    end: Position

    @classmethod
    def at(cls, line: int, column: int, width: int = 1) -> Span:
        """A span of `width` characters on one line."""
        return cls(Position(line, column), Position(line, column + width))


class Origin(NamedTuple):
    """Where the characters of an extracted text stand in their file.

    A formula in a block quote loses the `> ` of each of its lines before TeX sees it; its origin
    remembers, for each run of characters that were neighbours in the file, where the run began.

    `runs` holds `(offset in the text, line, column)`, sorted by offset, the first at offset 0.
    """

    runs: tuple[tuple[int, int, int], ...]
    skipped: int = 0
    """How many characters of the text that `runs` tell about are before the first one."""

    @classmethod
    def at(cls, line: int, column: int) -> Origin:
        """The origin of a text that stands in one piece on one line."""
        return cls(((0, line, column),))

    def position(self, offset: int) -> Position:
        """The place in the file of the character at `offset`."""
        offset += self.skipped
        index = bisect_right(self.runs, offset, key=lambda run: run[0]) - 1
        start, line, column = self.runs[max(index, 0)]
        return Position(line, column + offset - start)

    def span(self, start: int, end: int) -> Span:
        """The span in the file of the characters from `start` up to `end` (at least one)."""
        last = self.position(max(end - 1, start))
        return Span(self.position(start), Position(last.line, last.column + 1))

    def shifted(self, offset: int) -> Origin:
        """The origin of the same text without its first `offset` characters."""
        return Origin(self.runs, self.skipped + offset)
