"""The reader of a formula, as the handlers of commands see it: what is open, what is put out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from notesite.math.macros import Expander
from notesite.math.reading import FIRST_HOLE, MOST_HOLES, Problem, Reading, Row
from notesite.math.tex import Token, TokenStream, tokenize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from notesite.diagnostics import Related
    from notesite.math.reading import Frame, Hole
    from notesite.math.scope import Scope


class FormulaReader(ABC):
    """Reads one formula in a scope of macros; the handlers of commands work on it.

    A stack of frames knows what is open.
    """

    def __init__(
        self,
        scope: Scope,
        *,
        display: bool,
        locate: Callable[[Token], Related | None] = lambda _: None,
    ) -> None:
        self.scope = scope
        self.display = display
        self.locate = locate
        """Where in the note a token stands, as the place of a definition."""
        self.expander = Expander()
        self.stream = TokenStream(())
        self.reading = Reading()
        self.frames: list[Frame] = []
        self.depth = 0
        self.is_script = False
        """Whether the whole of it belongs to a script of the formula it is a part of."""

    @abstractmethod
    def read(self, tokens: Iterable[Token]) -> Reading:
        """Reads all `tokens`."""

    @abstractmethod
    def part(self, tokens: Iterable[Token], place: Token) -> tuple[Token, ...]:
        """What `tokens` come to when read as a formula of their own inside of this one."""

    @property
    def row(self) -> Row:
        """The row being read."""
        return self.reading.trailing or self.reading.rows[-1]

    @property
    def frame(self) -> Frame | None:
        """The innermost thing that is open."""
        return self.frames[-1] if self.frames else None

    def inside(self, kind: str) -> bool:
        """Whether the innermost open thing is of this kind."""
        return bool(self.frames) and self.frames[-1].kind == kind

    @property
    def is_in_script(self) -> bool:
        """Whether what comes next belongs to a subscript or a superscript."""
        tokens = self.row.tokens
        groups = [frame.start for frame in self.frames if frame.kind == "{"]
        # A group that was never closed may have begun in a row before.
        places = [at for at in (*groups, len(tokens)) if 0 < at <= len(tokens)]
        return self.is_script or any(tokens[at - 1].text in {"_", "^"} for at in places)

    def emit(self, *tokens: Token) -> None:
        """Puts `tokens` out to the engine."""
        self.row.tokens.extend(tokens)

    def emit_text(self, text: str, place: Token) -> None:
        """Puts out TeX that stands for the source of `place`."""
        self.emit(*(place.replaced(token.text) for token in tokenize(text)))

    def emit_hole(self, hole: Hole, place: Token) -> None:
        """Puts out a mark that is replaced by `hole` in the engine's output."""
        holes = self.reading.holes
        if len(holes) >= MOST_HOLES:
            self.problem("math-too-large", "too many constructs in one formula", place)
            return
        holes.append(hole)
        self.emit(place.replaced(chr(FIRST_HOLE + len(holes) - 1)))

    def push_text(self, text: str, place: Token) -> None:
        """Has TeX read next that stands for the source of `place`."""
        self.stream.push([place.replaced(token.text) for token in tokenize(text)])

    def problem(self, code: str, message: str, token: Token, hints: tuple[str, ...] = ()) -> None:
        """Notes something wrong at `token`, once, be it read for every cell of a column."""
        end = max(token.end, token.start + 1)
        problem = Problem(code, message, token.start, end, hints)
        if problem not in self.reading.problems:
            self.reading.problems.append(problem)
