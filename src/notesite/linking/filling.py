"""The filling of one body with what its references name: where it stands, what was found."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from notesite.diagnostics import Diagnostic, Fix, diagnose
from notesite.linking.embedding import Allowance
from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from notesite.languages import Catalogue
    from notesite.linking.citing import PageCiting
    from notesite.linking.context import Context
    from notesite.model import Body, Note, Reference, Respelling
    from notesite.spans import Span


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A part of another note that is to stand in a body; what stands there `finish` makes of it."""

    note: Note
    body: Body
    fragment: str
    finish: Callable[[str], str]


@dataclass(slots=True)
class Filling:
    """One body being filled: what was found wrong, which notes and files it uses.

    `around` names the embeds that this body stands in, each as `path#fragment`.
    """

    path: str
    file: str
    page: str
    site: Context
    problems: list[Diagnostic] = field(default_factory=list)
    targets: dict[str, None] = field(default_factory=dict)
    assets: dict[str, None] = field(default_factory=dict)
    wanted: list[str] = field(default_factory=list)
    """The names of notes that are not there."""
    respelled: list[Respelling] = field(default_factory=list)
    hidden: list[tuple[Span | None, str | None]] = field(default_factory=list)
    """Links to what is not published: where each stands, and what it shows (see `Withheld`)."""
    around: tuple[str, ...] = ()
    level: int = 1
    """The level of the heading that the next piece stands under."""
    embeds: int = 0
    allowance: Allowance = field(default_factory=Allowance)
    citing: PageCiting | None = None
    """What the page cites, if there is anything to cite."""
    is_away: bool = False
    """Whether what is filled may be shown on any page, as a summary is."""

    @property
    def words(self) -> Catalogue:
        """The strings of the language of this note."""
        return self.site.strings.of(self.site.notes[self.path].front_matter.language)

    def report(
        self,
        code: str,
        message: str,
        reference: Reference,
        hints: tuple[str, ...] = (),
        fix: Fix | None = None,
    ) -> None:
        """Say at its place what is wrong with a reference."""
        problem = diagnose(code, message, self.file, reference.span, hints=hints, fix=fix)
        self.problems.append(problem)
