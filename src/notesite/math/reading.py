"""What the reader makes of one formula: rows of macro-free TeX, holes, and problems."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, NamedTuple

from notesite.math.environments import PLAIN, TopLevel
from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from notesite.math.tex import Token
    from notesite.math.values import Macro

FIRST_HOLE = 0x100000
"""Holes stand in the TeX as characters of the last private-use plane, from this one on."""
MOST_HOLES = 0xFFFD


class Problem(NamedTuple):
    """Something wrong with a formula, at a range of its source; see `Diagnostic`."""

    code: str
    message: str
    start: int
    end: int
    hints: tuple[str, ...] = ()


class Wrapped(NamedTuple):
    """A part of a formula that is rendered on its own and put between two pieces of markup.

    `is_script` says that it stands in a script, where operators have no space beside them.
    """

    before: str
    content: tuple[Token, ...]
    after: str
    is_script: bool = False


class ReferenceHole(NamedTuple):
    r"""A `\ref`, `\eqref`, `\cref`, `\Cref` or `\autoref` to these labels, at its place."""

    names: tuple[str, ...]
    token: Token


class Assembled(NamedTuple):
    """Parts of a formula that are rendered on their own and made into one piece of markup.

    `assemble` takes the markup of the parts in their order; each part is set as in a line of text.
    """

    contents: tuple[tuple[Token, ...], ...]
    assemble: Callable[[Sequence[str]], str]


Hole = Wrapped | ReferenceHole | Assembled


class WrittenTag(NamedTuple):
    r"""A `\tag`: what it shows, and the command; `macros` and `aliases` are those in force."""

    content: str
    parentheses: bool
    token: Token
    macros: Mapping[str, Macro]
    aliases: Mapping[str, str]


@dataclass(slots=True)
class Frame:
    r"""Something open.

    `kind` is `{`, `group` (between `\begingroup` and its end), `left`, `begin` (an inner
    environment), `top` (a top-level one), `text` (a braced text, or braces inside of one) or `$`
    (math inside of a text).
    """

    kind: str
    token: Token
    name: str = ""
    """The environment's name."""
    closing: str = ""
    """The TeX that closes it for the engine."""
    columns: bool = False
    """Whether `&` separates columns here."""
    start: int = 0
    """Where in the row's tokens an inner environment or a group begins."""
    stretch: float = 1.0
    r"""How many times as far apart as usual its rows are: `\arraystretch`."""
    doubled: tuple[int, ...] = ()
    """Behind which columns of an array a double line stands; 0 is the side before the first."""
    row_start: int = 0
    """Where in the row's tokens the current line of an inner environment begins."""

    @property
    def shown(self) -> str:
        """How to name it to a person."""
        return f"\\begin{{{self.name}}}" if self.name else self.token.text

    @property
    def expected(self) -> str:
        """What would close it."""
        if self.name:
            return f"\\end{{{self.name}}}"
        return {"left": "\\right", "$": "$", "group": "\\endgroup"}.get(self.kind, "}")


@dataclass(slots=True)
class Row:
    """One line of a display formula while it is read."""

    tokens: list[Token] = field(default_factory=list)
    label: tuple[str, Token] | None = None
    tag: WrittenTag | None = None
    is_unnumbered: bool = False
    is_text: bool = False
    r"""Whether the line is an `\intertext`."""
    is_centred: bool = False
    """Whether the line is of an environment without columns, as one of `gather` is."""
    side: str = ""
    """The side that the line of a multline is to stand at, if it is told to: `left` or `right`."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be seen of it."""
        return all(token.is_space for token in self.tokens)


@dataclass(slots=True)
class Reading:
    """A formula as read.

    `name` is the top-level environment's, empty without one; `trailing` is what follows it.
    """

    top: TopLevel = PLAIN
    name: str = ""
    rows: list[Row] = field(default_factory=lambda: [Row()])
    trailing: Row | None = None
    holes: list[Hole] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    defines: bool = False
    """Whether the formula holds definitions, so that it may be empty."""
    subequations: Token | None = None
    """The beginning of the `subequations` that the formula's environment stands in."""
    joined_from: int = 0
    """With which row the last of several environments in one `subequations` begins."""
    is_subequations_closed: bool = False
    parent_label: tuple[str, Token] | None = None
    """The label of the subequations as a whole."""
