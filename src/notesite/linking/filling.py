"""Filling references: from a body with open references to HTML with marked URLs."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from notesite.diagnostics import Diagnostic, Fix, diagnose
from notesite.linking import embedding
from notesite.linking.anchors import find_heading, has_id
from notesite.linking.citing import ends_with_heading
from notesite.linking.embeds import embed
from notesite.linking.files import file_link, find_file, image, raw_address
from notesite.linking.labels import Home, labelled
from notesite.linking.missing import compare_capitals, report_unresolved
from notesite.linking.referring import Words, refer
from notesite.linking.restating import restate, uses
from notesite.linking.urls import mark, tag_url
from notesite.model import PLAIN, Reference, ReferenceKind, Respelling
from notesite.records import dataclass
from notesite.text import attributes_html, escape_html, match_key, nearest, slugify

if TYPE_CHECKING:
    from collections.abc import Callable

    from notesite.languages import Catalogue
    from notesite.linking.citing import PageCiting
    from notesite.linking.context import Context
    from notesite.linking.finding import Found
    from notesite.model import Body, Note
    from notesite.spans import Span


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
    allowance: embedding.Allowance = field(default_factory=embedding.Allowance)
    citing: PageCiting | None = None
    """What the page cites, if there is anything to cite."""
    is_away: bool = False
    """Whether what is filled may be shown on any page, as a summary is."""

    @property
    def words(self) -> Catalogue:
        """The strings of the language of this note."""
        return self.site.strings.of(self.site.notes[self.path].front_matter.language)

    def fill(self, body: Body) -> str:
        """The HTML of `body`; URLs are marked, unresolved links become plain text."""
        return "".join(self.fill_pieces(body))

    def fill_pieces(self, body: Body) -> tuple[str, ...]:
        """The HTML of `body` in pieces, its own texts among them as they are."""
        pieces: list[str] = []
        closings: list[str] = []
        for piece in body:
            if isinstance(piece, str):
                pieces.append(piece)
            elif piece.kind is ReferenceKind.END:
                pieces.append(closings.pop())
            elif piece.kind in _WHOLE:
                pieces.append(_WHOLE[piece.kind](self, piece))
            else:
                opening, closing = self._link(piece)
                pieces.append(opening)
                closings.append(closing)
        return tuple(pieces)

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

    def _pass(self, part: Reference) -> str:
        self.level = int(part.target) if part.target.isdecimal() else self.level
        return ""

    # Links to notes

    def _tag(self, reference: Reference) -> str:
        address = mark(tag_url(reference.target))
        return f'<a class="hashtag" href="{address}">{escape_html(reference.text or "")}</a>'

    def _link(self, reference: Reference) -> tuple[str, str]:
        if reference.kind is ReferenceKind.FILE:
            return file_link(self, reference)
        if not reference.target:
            return self.anchor_tag(reference, self.path)
        found = self.find_note(reference)
        if found is None:
            if not reference.is_wikilink and find_file(self, reference):
                return file_link(self, reference)
            return self.unresolved(reference)
        if found.candidates:
            names = ", ".join(found.candidates)
            message = f"'{reference.target}' may be any of {names}; the first is taken"
            self.report("link-ambiguous", message, reference, ("write more of the path",))
        self.targets[found.path] = None
        return self.anchor_tag(reference, found.path)

    def find_note(self, reference: Reference) -> Found | None:
        """The note that a reference names, if there is one."""
        finder, target = self.site.finder, reference.target
        found = None if reference.is_wikilink else finder.relative(target, self.path)
        found = found or finder.by_name(target, self.path)
        if found is not None:
            compare_capitals(self, reference, found.path)
        return found

    def anchor_tag(self, reference: Reference, path: str) -> tuple[str, str]:
        """What opens and closes a link to the note at `path`."""
        note = self.site.notes[path]
        fragment = self.fragment(reference, note) if reference.fragment else ""
        address = self.site.urls[path] + (f"#{fragment}" if fragment else "")
        label = self._label(reference, note) if reference.text is not None else ""
        if PLAIN in reference.attributes:
            return f"<span>{label}", "</span>"
        return f'<a href="{mark(address)}"{attributes_html(reference.attributes)}>{label}', "</a>"

    def _label(self, reference: Reference, note: Note) -> str:
        """What a wikilink without a text shows: the words as written where they are the title."""
        words = reference.text or ""
        label = labelled(note, reference.fragment) if reference.fragment else None
        if label:
            form = "eqref" if label.kind == "equation" else "prose"
            return Words(self, form).name(Home(note.path, label))
        if not words:
            heading = find_heading(note, reference.fragment)
            return heading.title.html if heading else note.title.html
        name = reference.target.removesuffix(".md").rpartition("/")[2]
        if not reference.target or reference.fragment or slugify(name) == slugify(note.title.text):
            heading = find_heading(note, reference.fragment)
            is_alone = heading is not None and not reference.target
            return heading.title.html if heading and is_alone else escape_html(words)
        if match_key(name) in map(match_key, note.front_matter.aliases):
            return escape_html(words)
        return note.title.html

    def fragment(self, reference: Reference, note: Note) -> str:
        """The id in the note that a reference names; empty after a problem."""
        wanted = reference.fragment
        label = labelled(note, wanted)
        heading = None if label else find_heading(note, wanted)
        if label or heading:
            return (label or heading).anchor  # type: ignore[union-attr]
        if has_id(note, wanted):
            return wanted
        if slugify(wanted) == slugify(note.title.text):
            # The heading that became the page's title: the page itself.
            return ""
        names = [heading.source for heading in note.headings]
        names += [label.name for label in note.labels]
        close = nearest(wanted.rpartition("#")[2], names)
        hints = (f"did you mean '#{close[0]}'?",) if close else ()
        name = reference.target or note.path
        self.report("link-heading-not-found", f"no '{wanted}' in '{name}'", reference, hints)
        return ""

    def unresolved(self, reference: Reference) -> tuple[str, str]:
        """What opens and closes the words of a link to a note that is not there, which is said."""
        report_unresolved(self, reference)
        self.hidden.append((reference.span, reference.text if reference.is_wikilink else None))
        label = escape_html(reference.text) if reference.text is not None else ""
        return f'<span class="link-unresolved">{label}', "</span>"

    def fill_elsewhere(self, note: Note, body: Body, fragment: str) -> str:
        """The HTML of a part of a note as it stands in this one, its ids and headings adapted."""
        url = self.site.urls[note.path]
        around = (*(self.around or (f"{self.path}#",)), f"{note.path}#{fragment}")
        inner = Filling(
            note.path,
            note.file,
            url,
            self.site,
            around=around,
            citing=self.citing,
            allowance=self.allowance,
        )
        html = inner.fill(body)
        if ends_with_heading(note):
            html = embedding.without_list_heading(html, note.headings[-1].anchor)
        self.allowance.take(len(html))
        self.targets.update(inner.targets)
        self.assets.update(inner.assets)
        # The rest of what is wrong with the other note is said once, where it is at home.
        self.problems.extend(each for each in inner.problems if each.code.startswith("embed-"))
        self.embeds += 1
        return embedding.distinct(html, self.embeds, url, self.level)


_WHOLE: dict[ReferenceKind, Callable[[Filling, Reference], str]] = {
    ReferenceKind.IMAGE: image,
    ReferenceKind.URL: raw_address,
    ReferenceKind.TAG: Filling._tag,  # noqa: SLF001 - a table of this class's methods, too
    ReferenceKind.EMBED: embed,
    ReferenceKind.CITE_OR_LABEL: refer,
    ReferenceKind.RESTATE: restate,
    ReferenceKind.USES: uses,
    ReferenceKind.PART: Filling._pass,  # noqa: SLF001
}
"""What is done about a reference that has no closing."""


def without_links(body: Body) -> str:
    """The HTML of a body that stands where links cannot be followed, their words kept."""
    kinds = {ReferenceKind.NOTE, ReferenceKind.FILE, ReferenceKind.TAG}
    return "".join(
        piece if isinstance(piece, str) else escape_html(piece.text or "")
        for piece in body
        if isinstance(piece, str) or piece.kind in kinds
    )
