"""What goes into the compilation of formulas, and what comes out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from notesite.diagnostics import Diagnostic, Related
    from notesite.spans import Origin, Span


ARRAY_STRETCH = "arraystretch"
"""The macro that is a setting; in a formula that shows something it is set for that one alone."""


QUANTITY_OPTIONS = "options of siunitx"
r"""The name, which no command can have, of the macro whose body is what `\sisetup` says."""


class Macro(NamedTuple):
    r"""A command defined by its replacement.

    `body` may hold `#1` to `#9`, as many as `arguments` says. With a `default` the first argument
    is optional and written in brackets. `description` says to people what the macro stands for;
    `defined_at` is the place to show when the macro turns out to be wrong. `delimiters` is what
    `\def` wants to find before, between and behind the arguments (TeXbook, chapter 20), one more
    than there are arguments; empty when it wants nothing. `form` names a way of expanding that
    replacement alone cannot say, see `forms.FORMS`.
    """

    body: str
    arguments: int = 0
    default: str | None = None
    description: str = ""
    defined_at: Related | None = None
    delimiters: tuple[str, ...] = ()
    form: str = ""


class UserEnvironment(NamedTuple):
    r"""An environment made by `\newenvironment`: what its beginning and its end stand for."""

    begin: Macro
    end: str


class Preamble(NamedTuple):
    """A file of definitions for all notes: its text, and its name for diagnostics."""

    text: str
    file: str


@dataclass(frozen=True, slots=True)
class MathSettings:
    """What the configuration says about formulas.

    `engine` is `math-core`, `latex2mathml` or `package.module:factory`; `macros` are the site's,
    their names without the backslash; `macro_sets` are names of `macro_sets.MACRO_SETS`. `number`
    says which displays get a number: those of numbering environments (`environments`), of these
    only the ones that their note refers to (`referenced`), or `all`. With `number_by_section` the
    count begins anew in each section of a note.
    """

    engine: str = "math-core"
    macros: tuple[tuple[str, Macro], ...] = ()
    macro_sets: tuple[str, ...] = ()
    preamble: Preamble | None = None
    number: str = "environments"
    number_by_section: bool = False


class Formula(NamedTuple):
    """One formula of a note, as it was cut out of its Markdown, the delimiters gone.

    `inline` marks a display formula that stands within a line or a table cell, where a block is
    not allowed. `block_id` is the name that a `^name` behind a display gives it, as in Obsidian;
    `section` the number of the note's section it stands in, empty before the first.
    """

    tex: str
    display: bool
    origin: Origin
    inline: bool = False
    block_id: str = ""
    section: str = ""


class OpenReference(NamedTuple):
    r"""A `\ref` and the like to labels that no equation of the note has, still to be found.

    `command` goes without its backslash.
    """

    command: str
    names: tuple[str, ...]
    span: Span


class Rendered(NamedTuple):
    """A formula as HTML; `failed` when that shows an error.

    Where the HTML holds a number between two NUL characters, the reference of that number among
    `references` is to stand.

    `say` gives it as readable plain text. It is called only for the few formulas of a note that
    stand in titles and summaries, as it takes longer than all else.
    """

    html: str
    say: Callable[[], str]
    failed: bool = False
    references: tuple[OpenReference, ...] = ()

    @property
    def text(self) -> str:
        """The formula as readable plain text."""
        return self.say()


class EquationLabel(NamedTuple):
    """A numbered equation that has a name; `anchor` is the id of its element."""

    name: str
    number: str
    anchor: str
    span: Span | None


class UsedSymbol(NamedTuple):
    """A macro with a description that a note uses, by its name without the backslash.

    `tex` is how it is written, `html` how it looks by itself, empty where it cannot stand so.
    """

    name: str
    tex: str
    html: str
    description: str
    defined_at: Related | None


class CompiledMath(NamedTuple):
    """All formulas of a note, in the order in which they were given."""

    formulas: tuple[Rendered, ...]
    labels: tuple[EquationLabel, ...]
    diagnostics: tuple[Diagnostic, ...]
    symbols: tuple[UsedSymbol, ...] = ()
    """In the order of their first uses."""
