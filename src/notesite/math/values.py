"""What goes into the compilation of formulas, and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notesite.diagnostics import Diagnostic, Related
    from notesite.spans import Origin, Span


@dataclass(frozen=True, slots=True)
class Macro:
    """A command defined by its replacement.

    `body` may hold `#1` to `#9`, as many as `arguments` says. With a `default` the first argument
    is optional and written in brackets. `description` says to people what the macro stands for;
    `defined_at` is the place to show when the macro turns out to be wrong.
    """

    body: str
    arguments: int = 0
    default: str | None = None
    description: str = ""
    defined_at: Related | None = None


@dataclass(frozen=True, slots=True)
class MathSettings:
    """What the configuration says about formulas.

    `engine` is `math-core`, `latex2mathml` or `package.module:factory`; `macros` are the site's,
    their names without the backslash.
    """

    engine: str = "math-core"
    macros: tuple[tuple[str, Macro], ...] = ()


@dataclass(frozen=True, slots=True)
class Formula:
    """One formula of a note, as it was cut out of its Markdown, the delimiters gone.

    `inline` marks a display formula that stands within a line or a table cell, where a block is
    not allowed.
    """

    tex: str
    display: bool
    origin: Origin
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Rendered:
    """A formula as HTML and as readable plain text; `failed` when the HTML shows an error."""

    html: str
    text: str
    failed: bool


@dataclass(frozen=True, slots=True)
class EquationLabel:
    """A numbered equation that has a name; `anchor` is the id of its element."""

    name: str
    number: str
    anchor: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class CompiledMath:
    """All formulas of a note, in the order in which they were given."""

    formulas: tuple[Rendered, ...]
    labels: tuple[EquationLabel, ...]
    diagnostics: tuple[Diagnostic, ...]
