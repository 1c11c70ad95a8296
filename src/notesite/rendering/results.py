"""The page of all results, and what each rests on, drawn."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from notesite.kinds import kinds_of
from notesite.linking.referring import fill_pattern
from notesite.records import dataclass
from notesite.rendering import arcs
from notesite.text import escape_html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from markupsafe import Markup

    from notesite.config import Config
    from notesite.kinds import Kinds
    from notesite.languages import Catalogue
    from notesite.model import LinkedNote, LinkedResult, Note, Section, Site

MOST_DRAWN = 40
"""Results in one drawing of what a result rests on; the furthest are left out."""


@dataclass(frozen=True, slots=True)
class ResultView:
    """A result in a list: what it is called, where it is, what it uses and what uses it."""

    url: str
    heading: str
    """Kind and number as plain text, such as `Theorem 2`."""
    name: Markup
    note: Markup
    note_url: str
    text: str
    uses: tuple[ResultLink, ...]
    used_by: tuple[ResultLink, ...]


@dataclass(frozen=True, slots=True)
class ResultLink:
    """A link to a result, with the formulas of its name."""

    url: str
    title: Markup


@dataclass(frozen=True, slots=True)
class ResultGroupView:
    """The results of one kind in a section."""

    title: str
    results: tuple[ResultView, ...]

    @property
    def by_note(self) -> list[tuple[ResultView, ...]]:
        """The results of each note together."""
        return [tuple(own) for _, own in groupby(self.results, lambda each: each.note_url)]


@dataclass(frozen=True, slots=True)
class ResultSectionView:
    """The results of a section of the site, by kind."""

    id: str
    title: Markup
    url: str
    groups: tuple[ResultGroupView, ...]


@dataclass(frozen=True, slots=True)
class RestView:
    """A result of a note with the drawing of all that it rests on."""

    title: Markup
    drawing: Markup


@dataclass(frozen=True, slots=True)
class ResultViews:
    """Views of results for one page: `url` and `html` make addresses relative to it."""

    site: Site
    config: Config
    words: Catalogue
    url: Callable[[str], str]
    html: Callable[[str], Markup]

    def sections(self) -> tuple[ResultSectionView, ...]:
        """All results by section and kind, in the order of the sections and their notes."""
        by_page = _by_page(self.site)
        shown = []
        for section in _flat(self.site.sections):
            pages = (section.url, *section.notes)
            results = [each for page in pages for each in by_page.get(page, ())]
            if results:
                shown.append(self._section(section, results))
        return tuple(shown)

    def unproved(self) -> tuple[ResultView, ...]:
        """The results that want a proof and have none in the site, those much used first."""
        kinds = self._kinds
        wanting = [
            each
            for each in self.site.results.values()
            if kinds.by_id(each.result.kind).wants_proof and not each.is_proved
        ]
        wanting.sort(key=lambda each: -len(each.used_by))
        return tuple(self.result(each) for each in wanting)

    def whole(self) -> Markup:
        """The drawing of the results and of what uses what; empty where nothing uses another.

        In a site of very many, those that are connected most.
        """
        everything = frozenset(self.site.results)
        near = {url: self._near(url, everything) for url in self.site.results}
        pages = (page for section in _flat(self.site.sections) for page in section.notes)
        by_page = _by_page(self.site)
        groups = [
            (page, self.site.notes[page].note.title.text, tuple(self._rows(by_page[page], page)))
            for page in pages
            if page in by_page
        ]
        label = self.words.text("result_index.map")
        return self.html(arcs.arc_diagram(groups, arcs.most_linked(near), escape_html(label)))

    def rests(self, linked: LinkedNote) -> tuple[RestView, ...]:
        """For each result of a note that rests on more than one other a drawing of them all."""
        own = (f"{linked.url}#{each.anchor}" for each in linked.note.results if not each.is_proof)
        rested = ((url, self._ancestors(url)) for url in own)
        return tuple(self._rest(url, found) for url, found in rested if len(found) > 2)

    def result(self, linked: LinkedResult) -> ResultView:
        """A result as an entry of a list."""
        page = linked.url.partition("#")[0]
        note = self.site.notes.get(page)
        name = linked.result.name
        return ResultView(
            url=self.url(linked.url),
            heading=self._heading(linked),
            name=self.html(name.html if name else ""),
            note=self.html(note.note.title.html if note else ""),
            note_url=self.url(page),
            text=linked.result.text,
            uses=tuple(self._link(url, page) for url in linked.uses),
            used_by=tuple(self._link(url, page) for url in linked.used_by),
        )

    def _section(self, section: Section, results: list[LinkedResult]) -> ResultSectionView:
        groups = []
        for kind in self._kinds.results:
            own = tuple(self.result(each) for each in results if each.result.kind == kind.id)
            if own:
                groups.append(ResultGroupView(kind.plural_in(self.words), own))
        title = self.html(section.title.html)
        return ResultSectionView(section.id, title, self.url(section.url), tuple(groups))

    def _rest(self, url: str, found: list[str]) -> RestView:
        page = url.partition("#")[0]
        inside = frozenset(found)
        near = {each: self._near(each, inside) for each in found}
        rows = tuple(self._rows((self.site.results[each] for each in found), page))
        title = self._title(self.site.results[url], page)
        label = self.words.text("result_index.rest_map", result=title)
        drawing = arcs.arc_diagram([("", "", rows)], near, escape_html(label), here=url)
        return RestView(self._shown(self.site.results[url], page), self.html(drawing))

    def _near(self, url: str, inside: frozenset[str]) -> tuple[str, ...]:
        """What of `inside` a result uses or is used by."""
        linked = self.site.results[url]
        both = dict.fromkeys((*linked.uses, *linked.used_by))
        return tuple(each for each in both if each in inside)

    def _ancestors(self, url: str) -> list[str]:
        """The result and all that it rests on, the nearest first."""
        found = {url: None}
        waiting = [url]
        while waiting and len(found) < MOST_DRAWN:
            used = (other for each in waiting for other in self.site.results[each].uses)
            waiting = list(dict.fromkeys(other for other in used if other not in found))
            found |= dict.fromkeys(waiting[: MOST_DRAWN - len(found)])
        return list(found)

    def _rows(self, results: Iterable[LinkedResult], page: str) -> Iterator[tuple[str, str]]:
        return ((each.url, self._title(each, page)) for each in results)

    def _link(self, url: str, page: str) -> ResultLink:
        return ResultLink(self.url(url), self._shown(self.site.results[url], page))

    def _shown(self, linked: LinkedResult, page: str) -> Markup:
        """A result as `_title` says it, with the formulas of its name and of its note's title."""
        name = linked.result.name
        title = escape_html(self._heading(linked)) + (f" ({name.html})" if name else "")
        note = self._other_note(linked, page)
        if note is not None:
            pattern = self.words.pattern("result.in_note")
            title = fill_pattern(pattern, result=title, note=note.title.html)
        return self.html(title)

    def _title(self, linked: LinkedResult, page: str) -> str:
        """A result as plain text: its kind, number and name, and whose it is on another page."""
        name = linked.result.name
        title = self._heading(linked) + (f" ({name.text})" if name else "")
        note = self._other_note(linked, page)
        if note is None:
            return title
        return self.words.text("result.in_note", result=title, note=note.title.text)

    def _other_note(self, linked: LinkedResult, page: str) -> Note | None:
        """The note that a result is in, where that is not this page."""
        home = linked.url.partition("#")[0]
        there = self.site.notes.get(home) if home != page else None
        return there.note if there else None

    def _heading(self, linked: LinkedResult) -> str:
        kind = self._kinds.by_id(linked.result.kind).title_in(self.words)
        return f"{kind}\u00a0{linked.result.number}" if linked.result.number else kind

    @property
    def _kinds(self) -> Kinds:
        return kinds_of(self.config.results)


def _by_page(site: Site) -> Mapping[str, list[LinkedResult]]:
    found: dict[str, list[LinkedResult]] = {}
    for each in site.results.values():
        found.setdefault(each.url.partition("#")[0], []).append(each)
    return found


def _flat(sections: Iterable[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _flat(section.parts)
