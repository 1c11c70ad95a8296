"""HTML pages from a linked site, one function a kind of page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from notesite.linking import urls
from notesite.model import Heading, Page, PlannedPage, Title
from notesite.records import dataclass
from notesite.rendering import maps, reading
from notesite.rendering.at import At
from notesite.rendering.scholarly import cite_view, scholar_view
from notesite.rendering.setting import flattened
from notesite.rendering.views import (
    ContentsItem,
    EntryView,
    NoteView,
)
from notesite.text import escape_html, replaced, shorten, title_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from notesite.config import Config
    from notesite.languages import Catalogue
    from notesite.model import LinkedNote, Site
    from notesite.rendering.setting import Setting

DEEPEST_CONTENTS = 3
"""The heading level down to which the table of contents goes."""


@dataclass(frozen=True, slots=True)
class PageRenderer:
    """Renders the pages of one site."""

    setting: Setting

    @property
    def _site(self) -> Site:
        return self.setting.site

    @property
    def _config(self) -> Config:
        return self.setting.config

    def pages(self) -> Iterator[PlannedPage]:
        """Each HTML page, in a fixed order."""
        yield self._planned(urls.INDEX, "index")
        yield from (self._planned(url, "note", url) for url in self._site.notes)
        yield from (self._planned(s.url, "section", s.id) for s in flattened(self._site.sections))
        yield from (self._planned(tag.url, "tag", tag.url) for tag in self._site.tags)
        yield self._planned(urls.ALL_TAGS, "all_tags")
        yield self._planned(urls.ALL_NOTES, "all_notes")
        if self.setting.has_map:
            yield self._planned(urls.MAP, "map")
        if self._site.notation:
            yield self._planned(urls.NOTATION, "notation")
        if self._site.has_results:
            yield self._planned(urls.RESULTS, "results")
        yield self._planned(urls.NOT_FOUND, "not_found")

    def _planned(self, path: str, kind: str, *given: str) -> PlannedPage:
        return PlannedPage(path, self._make, (kind, *given))

    def _make(self, site: Site, kind: str, *given: str) -> bytes:
        """The page of that kind from what `site` shows of it."""
        render: Callable[..., Page] = getattr(PageRenderer(replace(self.setting, site=site)), kind)
        return render(*given).content

    def _is_stream(self, section: str) -> bool:
        styles = {each.id: each.style for each in self._config.sections}
        return styles.get(section) == "stream"

    # Pages

    def index(self) -> Page:
        """The index: the introduction and every section."""
        at = At(self.setting, urls.INDEX)
        site = self._config.site
        page = at.page("index", site.title, site.description, html=self._site.introduction_html)
        shown = self._config.site.index
        introduction = self._site.introduction_html if shown != "sections" else ""
        listed = () if introduction and shown == "note" else self._site.sections
        return at.render(
            "index.html",
            page,
            introduction=at.html(introduction),
            sections=tuple(at.section(section) for section in listed),
        )

    def note(self, url: str) -> Page:
        """The page of the note at `url`."""
        linked = self._site.notes[url]
        at = At(self.setting, linked.url, linked.note.front_matter.language)
        note, matter = linked.note, linked.note.front_matter
        description = shorten(linked.summary_text or linked.excerpt)
        html = linked.html
        page = at.page("note", note.title.text, description, linked, html)
        section = self.setting.sections_by_id[linked.section]
        group = next((g.title.text for g in section.groups if g.id == (linked.group or "")), "")
        repository = self._config.site.repository.rstrip("/")
        previous, following = reading.neighbours(linked)
        view = NoteView(
            title=at.html(note.title.html),
            section=at.section_link(section),
            group=group,
            created=linked.created,
            updated=linked.updated,
            tags=at.tags(linked.tags),
            minutes=linked.minutes,
            words=note.words,
            contents=_contents(_headings(linked, at.words)) if matter.contents else (),
            body=at.html(html),
            summary=at.html(linked.summary_html),
            previous=at.entry_or_none(previous),
            following=at.entry_or_none(following),
            backlinks=at.mentions(linked),
            related=reading.related_entries(linked, self._site.notes, at),
            map=at.html(
                maps.neighbourhood(self._site, linked, at.words) if self._config.theme.maps else ""
            ),
            authors=matter.authors,
            source_url=f"{repository}/{note.file}" if repository else "",
            is_draft=linked.note.front_matter.is_draft,
            symbols=at.symbols(linked, html),
            series=reading.series_view(linked.series, url, self._site.notes, at),
            changes=reading.changes_view(linked),
            rests=at.results().rests(linked) if self._config.results.uses else (),
            scholar=scholar_view(linked, self._config, at.words.tag, description),
            cite=cite_view(linked, self._config, at.words),
            extra=matter.extra,
        )
        return at.render("note.html", page, note=view)

    def section(self, section_id: str) -> Page:
        """The page of one section."""
        section = next(each for each in flattened(self._site.sections) if each.id == section_id)
        at = At(self.setting, section.url)
        description = self._config.site.description
        stream = tuple(reading.streams(section, self._site.notes, self._is_stream, at))
        html = section.introduction_html + "".join(each.body for each in stream)
        page = at.page("section", section.title.text, description, html=html)
        parent = self.setting.sections_by_id.get(section.parent)
        return at.render(
            "section.html",
            page,
            section=at.section(section),
            stream=stream,
            parent=at.section_link(parent) if parent else None,
        )

    def tag(self, url: str) -> Page:
        """The page of the tag whose page has this URL."""
        tag = self._site.tags_by_url[url]
        at = At(self.setting, tag.url)
        page = at.page("tag", tag.name, at.words.text("tag.description", tag=tag.name))
        return at.render("tag.html", page, tag=at.tag(tag), entries=at.entries(tag.notes))

    def all_tags(self) -> Page:
        """The list of all tags."""
        at = At(self.setting, urls.ALL_TAGS)
        page = at.page("tags", at.words.text("tags.title"), at.words.text("tags.description"))
        return at.render("tags.html", page, tags=tuple(at.tag(tag) for tag in self._site.tags))

    def all_notes(self) -> Page:
        """All notes by year, newest first, those without a date last."""
        at = At(self.setting, urls.ALL_NOTES)
        page = at.page("all", at.words.text("all.title"), at.words.text("all.description"))
        years: dict[int | None, list[EntryView]] = {}
        for note in newest_first(self._site):
            year = note.created.year if note.created else None
            years.setdefault(year, []).append(at.entry(note.url))
        return at.render(
            "all.html",
            page,
            years=tuple((y, tuple(e)) for y, e in years.items()),
            revised=reading.recently_revised(self._site, at),
        )

    def map(self) -> Page:
        """The map of the whole site."""
        at = At(self.setting, urls.MAP)
        page = at.page("map", at.words.text("map.title"), at.words.text("map.description"))
        return at.render("map.html", page, map=at.html(maps.whole(self._site, at.words)))

    def notation(self) -> Page:
        """All described symbols, each with the note that uses it first."""
        at = At(self.setting, urls.NOTATION)
        title, description = at.words.text("notation.title"), at.words.text("notation.description")
        page = at.page("notation", title, description)
        symbols = tuple(at.notation(entry) for entry in self._site.notation)
        return at.render("notation.html", page, symbols=symbols)

    def results(self) -> Page:
        """All results by section and kind, those without a proof, and what uses what."""
        at = At(self.setting, urls.RESULTS)
        title = at.words.text("result_index.title")
        page = at.page("results", title, at.words.text("result_index.description"))
        views = at.results()
        return at.render(
            "results.html", page, sections=views.sections(), unproved=views.unproved(),
            map=views.whole() if self._config.results.uses else "",
        )  # fmt: skip

    def not_found(self) -> Page:
        """The page a server shows for an address that is not there, at any depth."""
        at = At(self.setting, urls.NOT_FOUND)
        page = at.page("not-found", at.words.text("missing.title"), "")
        return at.render("404.html", page, pages_url=at.url(urls.PAGES))


def newest_first(site: Site) -> list[LinkedNote]:
    """The notes of a site by date, those of one day by title, those without a date last."""
    by_title = sorted(
        site.notes.values(), key=lambda note: (title_key(note.note.title.text), note.url)
    )
    return sorted(
        by_title, key=lambda note: note.created.toordinal() if note.created else 0, reverse=True
    )


def _headings(linked: LinkedNote, words: Catalogue) -> tuple[Heading, ...]:
    """The headings of a page: the note's, and that of its list of references."""
    said = {escape_html(source): escape_html(shown) for source, shown in linked.said}
    own = tuple(
        replace(each, title=Title(replaced(each.title.html, said), each.title.text))
        for each in linked.note.headings
    )
    if not linked.references_anchor:
        return own
    title = words.text("references.title")
    shown = Title(str(escape(title)), title)
    return (*own, Heading(2, linked.references_anchor, shown, title, None))


def _contents(headings: Iterable[Heading]) -> tuple[ContentsItem, ...]:
    """The table of contents: headings nested by level, a skipped level counting as one step."""
    listed = [heading for heading in headings if heading.level <= DEEPEST_CONTENTS]
    return _nest(listed) if len(listed) > 1 else ()


def _nest(headings: list[Heading]) -> tuple[ContentsItem, ...]:
    items = []
    index = 0
    while index < len(headings):
        heading = headings[index]
        end = index + 1
        while end < len(headings) and headings[end].level > heading.level:
            end += 1
        inner = _nest(headings[index + 1 : end])
        # Markup on purpose: a heading is rendered Markdown.
        items.append(ContentsItem(Markup(heading.title.html), heading.anchor, inner))  # noqa: S704
        index = end
    return tuple(items)
