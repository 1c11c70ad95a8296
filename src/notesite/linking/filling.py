"""Filling references: from a body with open references to HTML with marked URLs."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from dataclasses import field
from typing import TYPE_CHECKING

from notesite.diagnostics import Diagnostic, Fix, diagnose
from notesite.linking import embedding
from notesite.linking.anchors import find_heading, has_id
from notesite.linking.citing import ends_with_heading
from notesite.linking.finding import Found
from notesite.linking.images import alt_hint, sized
from notesite.linking.labels import Home, labelled
from notesite.linking.referring import Words, refer
from notesite.linking.restating import restate, uses
from notesite.linking.urls import mark, tag_url
from notesite.model import PLAIN, Reference, ReferenceKind, Respelling
from notesite.records import dataclass
from notesite.text import escape_html, match_key, nearest, slugify

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from notesite.languages import Catalogue
    from notesite.linking.citing import PageCiting
    from notesite.linking.finding import Finder
    from notesite.linking.surroundings import Surroundings
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
    site: Surroundings
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

    def picture(self, address: str, span: Span | None) -> str:
        """What the front matter's `image` names: a URL of the site or of the web, or empty."""
        target = address.removeprefix("!").removeprefix("[[").removesuffix("]]").partition("|")[0]
        if not target or target.startswith(("https://", "http://")):
            return target
        reference = Reference(ReferenceKind.IMAGE, target, span=span)
        path = self._find_file(reference)
        if path is None:
            self._report_missing("file-link-not-found", "image", reference, self.site.file_finder)
        return path or ""

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

    def _report(
        self,
        code: str,
        message: str,
        reference: Reference,
        hints: tuple[str, ...] = (),
        fix: Fix | None = None,
    ) -> None:
        problem = diagnose(code, message, self.file, reference.span, hints=hints, fix=fix)
        self.problems.append(problem)

    def _report_missing(self, code: str, what: str, reference: Reference, finder: Finder) -> None:
        """Report that what `reference` names is not there, with where it may be instead."""
        target = reference.target
        if target.lower().endswith(SKIPPED_SUFFIXES):
            message = f"'{target}' opens in Obsidian only and has no page"
            self._report("obsidian-file", message, reference)
            return
        if self.site.ignored.by_name(target.lstrip("/"), self.path):
            self._report(code, f"the {what} '{target}' is left out of the site", reference)
            return
        moved = finder.by_name(target.rpartition("/")[2], self.path) if "/" in target else None
        if moved and not moved.candidates:
            hint = f"it is now at '{moved.path}'; 'notesite check --fix' writes that"
            fix = Fix(target, self._written(moved.path, reference))
            self._report(code, f"no {what} '{target}'", reference, (hint,), fix)
            return
        close = finder.suggestions(target)
        hints = (f"did you mean '{close[0]}'?",) if close else ()
        if _HOST.match(target) and not reference.is_wikilink:
            hints = (f"an address of the web begins with https://, as in 'https://{target}'",)
        elif _ELSEWHERE.match(target):
            hints = ("it lies on your computer alone; put a copy among the notes",)
        self._report(code, f"no {what} '{target}'", reference, hints)

    def _written(self, path: str, reference: Reference) -> str:
        """How a reference of that kind in this note names the file at `path`."""
        if not reference.is_wikilink:
            return posixpath.relpath(path, posixpath.dirname(self.path) or ".")
        return path if reference.target.lower().endswith(".md") else path.removesuffix(".md")

    def _pass(self, part: Reference) -> str:
        self.level = int(part.target) if part.target.isdecimal() else self.level
        return ""

    # Links to notes

    def _tag(self, reference: Reference) -> str:
        address = mark(tag_url(reference.target))
        return f'<a class="hashtag" href="{address}">{escape_html(reference.text or "")}</a>'

    def _link(self, reference: Reference) -> tuple[str, str]:
        if reference.kind is ReferenceKind.FILE:
            return self._file_link(reference)
        if not reference.target:
            return self._anchor_tag(reference, self.path)
        found = self.find_note(reference)
        if found is None:
            if not reference.is_wikilink and self._find_file(reference):
                return self._file_link(reference)
            return self._unresolved(reference)
        if found.candidates:
            names = ", ".join(found.candidates)
            message = f"'{reference.target}' may be any of {names}; the first is taken"
            self._report("link-ambiguous", message, reference, ("write more of the path",))
        self.targets[found.path] = None
        return self._anchor_tag(reference, found.path)

    def find_note(self, reference: Reference) -> Found | None:
        """The note that a reference names, if there is one."""
        finder, target = self.site.finder, reference.target
        found = None if reference.is_wikilink else finder.relative(target, self.path)
        found = found or finder.by_name(target, self.path)
        if found is not None:
            self._compare_capitals(reference, found.path)
        return found

    def _compare_capitals(self, reference: Reference, path: str) -> None:
        if f"/{path}".endswith((f"/{reference.target}", f"/{reference.target}.md")):
            return
        parts = [part for part in reference.target.split("/") if part not in {"", ".", ".."}]
        wanted = "/".join(path.split("/")[-len(parts) :])
        written = "/".join(parts)
        if not written.lower().endswith(".md"):
            wanted = wanted.removesuffix(".md")
        is_other_name = match_key(written) != match_key(wanted)
        if is_other_name or _nfc(written) == _nfc(wanted):
            return
        line = reference.span.start.line if reference.span else 1
        self.respelled.append(Respelling(self.file, line, reference.target, path))

    def _anchor_tag(self, reference: Reference, path: str) -> tuple[str, str]:
        note = self.site.notes[path]
        fragment = self._fragment(reference, note) if reference.fragment else ""
        address = self.site.urls[path] + (f"#{fragment}" if fragment else "")
        label = self._label(reference, note) if reference.text is not None else ""
        if PLAIN in reference.attributes:
            return f"<span>{label}", "</span>"
        return f'<a href="{mark(address)}"{_attributes(reference)}>{label}', "</a>"

    def _label(self, reference: Reference, note: Note) -> str:
        """What a wikilink without a text shows: the words as written where they are the title."""
        written = reference.text or ""
        label = labelled(note, reference.fragment) if reference.fragment else None
        if label:
            form = "eqref" if label.kind == "equation" else "prose"
            return Words(self, form).name(Home(note.path, label))
        if not written:
            heading = find_heading(note, reference.fragment)
            return heading.title.html if heading else note.title.html
        name = reference.target.removesuffix(".md").rpartition("/")[2]
        if not reference.target or reference.fragment or slugify(name) == slugify(note.title.text):
            heading = find_heading(note, reference.fragment)
            is_alone = heading is not None and not reference.target
            return heading.title.html if heading and is_alone else escape_html(written)
        if match_key(name) in map(match_key, note.front_matter.aliases):
            return escape_html(written)
        return note.title.html

    def _fragment(self, reference: Reference, note: Note) -> str:
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
        self._report("link-heading-not-found", f"no '{wanted}' in '{name}'", reference, hints)
        return ""

    def _unresolved(self, reference: Reference) -> tuple[str, str]:
        self.report_unresolved(reference)
        self.hidden.append((reference.span, reference.text if reference.is_wikilink else None))
        label = escape_html(reference.text) if reference.text is not None else ""
        return f'<span class="link-unresolved">{label}', "</span>"

    def report_unresolved(self, reference: Reference) -> None:
        """Report why no published note is what `reference` names."""
        target = reference.target
        if self.site.drafts.by_name(target, self.path):
            self._report("link-to-draft", f"'{target}' is a draft", reference)
        elif self.site.ignored.by_name(target, self.path):
            self._report("link-to-draft", f"'{target}' is left out of the site", reference)
        else:
            self._report_missing("link-not-found", "note", reference, self.site.finder)
            self.wanted.append(target)

    # Embeds

    def _embed(self, reference: Reference) -> str:
        if embedding.is_medium(reference.target):
            return self._medium(reference)
        found = self.find_note(reference) if reference.target else Found(self.path)
        if found is None:
            opening, closing = self._unresolved(reference)
            return f"<p>{opening}{closing}</p>\n"
        self.targets[found.path] = None
        note = self.site.notes[found.path]
        fragment = self._fragment(reference, note) if reference.fragment else ""
        body = self._part(reference, note, fragment)
        problem = self._endless(f"{found.path}#{fragment}", fragment) or self.allowance.refusal()
        if problem and problem[0]:
            self._report(problem[0], problem[1], reference)
        if problem or body is None:
            opening, closing = self._anchor_tag(reference, found.path)
            return f"<p>{opening}{closing}</p>\n"
        return self._embedded(note, body, fragment)

    def _part(self, reference: Reference, note: Note, fragment: str) -> Body | None:
        """What of the note is to be embedded; None after a problem."""
        if not reference.fragment:
            return note.body
        if reference.fragment.startswith("^"):
            return embedding.block_of(note.body, reference.fragment)
        if any(result.anchor == fragment for result in note.results):
            return embedding.block_of(note.body, fragment)
        return embedding.section_of(note.body, fragment)

    def _endless(self, key: str, fragment: str) -> tuple[str, str] | None:
        """A diagnostic's code and message when the embed must not be followed."""
        around = (*self.around, f"{self.path}#")
        path = key.removesuffix(f"#{fragment}")
        is_inside = any(each.startswith(f"{path}#") for each in around)
        if key in around or (not fragment and is_inside):
            return "embed-cycle", f"'{path}' embeds itself"
        if len(self.around) > embedding.DEEPEST:
            return "embed-too-deep", f"more than {embedding.DEEPEST} embeds inside of each other"
        return None

    def _embedded(self, note: Note, body: Body, fragment: str) -> str:
        url = self.site.urls[note.path]
        html = self.fill_elsewhere(note, body, fragment)
        heading = find_heading(note, fragment)
        name = note.title.html + (f" › {heading.title.html}" if heading else "")
        return embedding.framed(html, url + (f"#{fragment}" if fragment else ""), name)

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

    def _medium(self, reference: Reference) -> str:
        path = self._find_file(reference)
        if path is None:
            self._report_missing("file-not-found", "file", reference, self.site.file_finder)
            return (
                f'<p><span class="link-unresolved">{escape_html(reference.text or "")}</span></p>'
            )
        attributes = dict(reference.attributes)
        return embedding.medium(path, reference.fragment, reference.text or "", attributes)

    # Files and images

    def _find_file(self, reference: Reference) -> str | None:
        finder = self.site.file_finder
        found = None if reference.is_wikilink else finder.relative(reference.target, self.path)
        found = found or finder.by_name(reference.target.lstrip("/"), self.path)
        if found is not None:
            self.assets[found.path] = None
            self._compare_capitals(reference, found.path)
            return found.path
        return self._made_page(reference.target)

    def _made_page(self, target: str) -> str | None:
        """A page that notesite makes or a static file, named as it stands in the output."""
        folder = posixpath.dirname(self.page)
        relative = posixpath.normpath(posixpath.join(folder, target))
        for path in (relative, target.lstrip("/")):
            if path in self.site.outputs:
                return path
        return None

    def _file_link(self, reference: Reference) -> tuple[str, str]:
        path = self._find_file(reference)
        label = escape_html(reference.text) if reference.text is not None else ""
        if path is None:
            self._report_missing("file-link-not-found", "file", reference, self.site.file_finder)
            return f'<span class="link-unresolved">{label}', "</span>"
        fragment = f"#{reference.fragment}" if reference.fragment else ""
        return f'<a href="{mark(path + fragment)}"{_attributes(reference)}>{label}', "</a>"

    def _image(self, reference: Reference) -> str:
        path = self._find_file(reference)
        attributes = dict(reference.attributes)
        if path is None:
            self._report_missing("file-not-found", "image", reference, self.site.file_finder)
            label = escape_html(attributes.get("alt") or reference.target)
            return f'<span class="image-missing">{label}</span>'
        if not attributes.get("alt"):
            message = "the image has no alt text"
            self._report("image-alt-missing", message, reference, alt_hint(reference))
        attributes = sized(attributes, self.site.files.get(path))
        attributes.setdefault("loading", "lazy")
        return f'<img src="{mark(path)}"{_pairs(attributes)}>'

    def _raw_address(self, reference: Reference) -> str:
        """The address in an attribute of raw HTML; what is not found is left as it was."""
        found = self.site.finder.relative(reference.target, self.path)
        if found is not None and reference.target.endswith(".md"):
            self.targets[found.path] = None
            fragment = f"#{reference.fragment}" if reference.fragment else ""
            return mark(self.site.urls[found.path] + fragment)
        path = self._find_file(reference)
        if path is not None:
            return mark(path)
        self._report("file-link-not-found", f"no file '{reference.target}'", reference)
        return escape_html(reference.text or "")


SKIPPED_SUFFIXES = (".canvas", ".base")
"""The files that Obsidian alone can open."""

_WHOLE: dict[ReferenceKind, Callable[[Filling, Reference], str]] = {
    ReferenceKind.IMAGE: Filling._image,  # noqa: SLF001 - a table of this class's methods
    ReferenceKind.URL: Filling._raw_address,  # noqa: SLF001
    ReferenceKind.TAG: Filling._tag,  # noqa: SLF001
    ReferenceKind.EMBED: Filling._embed,  # noqa: SLF001
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


_ELSEWHERE = re.compile(r"[A-Za-z]:[\\/]|file:|/(?:Users|home)/")
"""What looks like a file of somebody's computer."""
_HOST = re.compile(r"www\.|(?:[\w-]+\.)+(?:com|org|net|edu|gov|io|dev|ai|app|me|info|eu)(?:/|$)")
"""What looks like a site of the web: a host with one of the usual endings."""


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _attributes(reference: Reference) -> str:
    return _pairs(dict(reference.attributes))


def _pairs(attributes: Mapping[str, str]) -> str:
    return "".join(f' {name}="{escape_html(value)}"' for name, value in attributes.items())
