"""HTML pages from a linked site, one function a kind of page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

import notesite
from notesite.linking import urls
from notesite.markdown.mermaid import has_diagrams
from notesite.markdown.plain import shorten
from notesite.model import Heading, Page, PlannedPage, Title
from notesite.rendering import look, maps, reading
from notesite.rendering.results import ResultViews
from notesite.rendering.scholarly import cite_view, scholar_view
from notesite.rendering.views import (
    ContentsItem,
    EntryView,
    GroupView,
    LinkView,
    NoteView,
    PageView,
    SectionView,
    SiteView,
    SymbolView,
    TagView,
)
from notesite.rendering.words import Words
from notesite.text import title_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jinja2 import Environment

    from notesite.config import Config
    from notesite.languages import Catalogue, Strings
    from notesite.model import LinkedNote, NotationEntry, Section, Site, Symbol, Tag

DEEPEST_CONTENTS = 3
"""The heading level down to which the table of contents goes."""


@dataclass(frozen=True)
class PageRenderer:
    """Renders the pages of one site; `note_source` gives the address of a note's source."""

    environment: Environment
    config: Config
    site: Site

    def pages(self) -> Iterator[PlannedPage]:
        """Each HTML page, in a fixed order."""
        yield self._planned(urls.INDEX, "index")
        yield from (self._planned(url, "note", url) for url in self.site.notes)
        yield from (self._planned(s.url, "section", s.id) for s in _flatten(self.site.sections))
        yield from (self._planned(tag.url, "tag", tag.url) for tag in self.site.tags)
        yield self._planned(urls.ALL_TAGS, "all_tags")
        yield self._planned(urls.ALL_NOTES, "all_notes")
        if self.has_map:
            yield self._planned(urls.MAP, "map")
        if self.site.notation:
            yield self._planned(urls.NOTATION, "notation")
        if self.site.has_results:
            yield self._planned(urls.RESULTS, "results")
        yield self._planned(urls.NOT_FOUND, "not_found")

    def _planned(self, path: str, kind: str, *given: str) -> PlannedPage:
        return PlannedPage(path, self._make, (kind, *given))

    def _make(self, site: Site, kind: str, *given: str) -> bytes:
        """The page of that kind from what `site` shows of it."""
        render: Callable[..., Page] = getattr(replace(self, site=site), kind)
        return render(*given).content

    @cached_property
    def strings(self) -> Strings:
        """The site's language and its own words."""
        return self.config.words()

    @cached_property
    def _sections_by_id(self) -> dict[str, Section]:
        """The sections without their notes."""
        return {section.id: section for section in _flatten(self.site.navigation)}

    @property
    def has_map(self) -> bool:
        """Whether there is a map: it is wanted, and there is something to draw."""
        return self.config.theme.maps and self.site.has_links

    @cached_property
    def has_json_feed(self) -> bool:
        """Whether there is a JSON Feed."""
        return bool(self.config.site.base_url) and self.config.machines.json_feed

    def has_markdown(self, linked: LinkedNote) -> bool:
        """Whether the note's own Markdown is published (`outputs.markdown_source`)."""
        is_wanted = bool(self.config.site.base_url) and self.config.machines.markdown
        is_shown = linked.has_public_source and not linked.note.front_matter.is_draft
        return is_wanted and is_shown

    def section_title(self, linked: LinkedNote) -> str:
        """The readable title of the note's section."""
        return self._sections_by_id[linked.section].title.text

    def _is_stream(self, section: str) -> bool:
        styles = {each.id: each.style for each in self.config.sections}
        return styles.get(section) == "stream"

    # Pages

    def index(self) -> Page:
        """The index: the introduction and every section."""
        at = _At(self, urls.INDEX)
        site = self.config.site
        page = at.page("index", site.title, site.description, html=self.site.introduction_html)
        shown = self.config.site.index
        introduction = self.site.introduction_html if shown != "sections" else ""
        listed = () if introduction and shown == "note" else self.site.sections
        return at.render(
            "index.html",
            page,
            introduction=at.html(introduction),
            sections=tuple(at.section(section) for section in listed),
        )

    def note(self, url: str) -> Page:
        """The page of the note at `url`."""
        linked = self.site.notes[url]
        at = _At(self, linked.url, linked.note.front_matter.language)
        note, matter = linked.note, linked.note.front_matter
        description = shorten(linked.summary_text) or note.excerpt
        html = linked.html
        page = at.page("note", note.title.text, description, linked, html)
        section = self._sections_by_id[linked.section]
        group = next((g.title.text for g in section.groups if g.id == (linked.group or "")), "")
        repository = self.config.site.repository.rstrip("/")
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
            related=reading.related_entries(linked, self.site.notes, at),
            map=at.html(
                maps.neighbourhood(self.site, linked, at.words) if self.config.theme.maps else ""
            ),
            authors=matter.authors,
            source_url=f"{repository}/{note.file}" if repository else "",
            is_draft=linked.note.front_matter.is_draft,
            symbols=at.symbols(linked),
            series=reading.series_view(linked.series, url, self.site.notes, at),
            changes=reading.changes_view(linked),
            rests=at.results().rests(linked) if self.config.results.uses else (),
            scholar=scholar_view(linked, self.config, at.words.tag, description),
            cite=cite_view(linked, self.config, at.words),
            extra=matter.extra,
        )
        return at.render("note.html", page, note=view)

    def section(self, section_id: str) -> Page:
        """The page of one section."""
        section = next(each for each in _flatten(self.site.sections) if each.id == section_id)
        at = _At(self, section.url)
        description = self.config.site.description
        stream = tuple(reading.streams(section, self.site.notes, self._is_stream, at))
        html = section.introduction_html + "".join(each.body for each in stream)
        page = at.page("section", section.title.text, description, html=html)
        parent = self._sections_by_id.get(section.parent)
        return at.render(
            "section.html",
            page,
            section=at.section(section),
            stream=stream,
            parent=at.section_link(parent) if parent else None,
        )

    def tag(self, url: str) -> Page:
        """The page of the tag whose page has this URL."""
        tag = self.site.tags_by_url[url]
        at = _At(self, tag.url)
        page = at.page("tag", tag.name, at.words.text("tag.description", tag=tag.name))
        return at.render("tag.html", page, tag=at.tag(tag), entries=at.entries(tag.notes))

    def all_tags(self) -> Page:
        """The list of all tags."""
        at = _At(self, urls.ALL_TAGS)
        page = at.page("tags", at.words.text("tags.title"), at.words.text("tags.description"))
        return at.render("tags.html", page, tags=tuple(at.tag(tag) for tag in self.site.tags))

    def all_notes(self) -> Page:
        """All notes by year, newest first, those without a date last."""
        at = _At(self, urls.ALL_NOTES)
        page = at.page("all", at.words.text("all.title"), at.words.text("all.description"))
        years: dict[int | None, list[EntryView]] = {}
        for note in newest_first(self.site):
            year = note.created.year if note.created else None
            years.setdefault(year, []).append(at.entry(note))
        return at.render(
            "all.html",
            page,
            years=tuple((y, tuple(e)) for y, e in years.items()),
            revised=reading.recently_revised(self.site, at),
        )

    def map(self) -> Page:
        """The map of the whole site."""
        at = _At(self, urls.MAP)
        page = at.page("map", at.words.text("map.title"), at.words.text("map.description"))
        return at.render("map.html", page, map=at.html(maps.whole(self.site, at.words)))

    def notation(self) -> Page:
        """All described symbols, each with the note that uses it first."""
        at = _At(self, urls.NOTATION)
        title, description = at.words.text("notation.title"), at.words.text("notation.description")
        page = at.page("notation", title, description)
        symbols = tuple(at.notation(entry) for entry in self.site.notation)
        return at.render("notation.html", page, symbols=symbols)

    def results(self) -> Page:
        """All results by section and kind, those without a proof, and what uses what."""
        at = _At(self, urls.RESULTS)
        title = at.words.text("result_index.title")
        page = at.page("results", title, at.words.text("result_index.description"))
        views = at.results()
        return at.render(
            "results.html", page, sections=views.sections(), unproved=views.unproved(),
            map=views.whole() if self.config.results.uses else "",
        )  # fmt: skip

    def not_found(self) -> Page:
        """The page a server shows for an address that is not there, at any depth."""
        at = _At(self, urls.NOT_FOUND)
        page = at.page("not-found", at.words.text("missing.title"), "")
        return at.render("404.html", page, pages_url=at.url(urls.PAGES))


@dataclass(frozen=True)
class _At:
    """Views as one page sees them: with every URL relative to it."""

    renderer: PageRenderer
    here: str
    language: str | None = None

    @property
    def words(self) -> Catalogue:
        """The strings of the page's language."""
        return self.renderer.strings.of(self.language)

    def url(self, target: str) -> str:
        """The address of `target` in a link on this page."""
        base_url = self.renderer.config.site.base_url
        if self.here == urls.NOT_FOUND and base_url:
            # A server shows this page at any address, where a relative link would go astray.
            return urls.absolute_url(base_url, target)
        return urls.relative_url(self.here, target)

    def html(self, html: str) -> Markup:
        """HTML of the site as it stands on this page."""
        # Markup on purpose: this is the rendered Markdown of the site's own authors.
        return Markup(urls.fill_relative(html, self.here))  # noqa: S704

    def render(self, template: str, page: PageView, **values: object) -> Page:
        """This page, from the template and what it needs besides `site` and `page`."""
        text = self.renderer.environment.get_template(template).render(
            site=self.site(), page=page, url=self.url, t=Words(self.words), **values
        )
        return Page(self.here, text.encode())

    def site(self) -> SiteView:
        """The view of the site."""
        config = self.renderer.config
        return SiteView(
            title=config.site.title,
            description=config.site.description,
            author=config.site.author,
            language=config.site.language,
            base_url=config.site.base_url,
            map_url=self.url(urls.MAP) if self.renderer.has_map else "",
            notation_url=self.url(urls.NOTATION) if self.renderer.site.notation else "",
            results_url=self.url(urls.RESULTS) if self.renderer.site.has_results else "",
            feed_url=self.url(urls.FEED) if config.site.base_url else "",
            json_feed_url=self.url(urls.JSON_FEED) if self.renderer.has_json_feed else "",
            repository=config.site.repository,
            footer=self.html(self.renderer.site.footer_html),
            version=notesite.__version__,
            navigation=tuple(self.section_link(s) for s in self.renderer.site.navigation),
            favicon=self.url(look.favicon_path(config)),
            logo=self.url(f"static/{config.theme.logo}") if config.theme.logo else "",
            links=look.links(config.theme.links, self.url),
            social=look.links(config.theme.social, self.url),
            policy=look.policy(config),
            previews_url=self.url(f"{urls.PREVIEWS}/") if config.theme.previews else "",
            search_url=self.url(f"{urls.SEARCH_INDEX}/") if config.search.enabled else "",
        )

    def _image(self, image: str) -> str:
        """The address of a note's image as social networks want it: absolute, or none."""
        base_url = self.renderer.config.site.base_url
        if not image or image.startswith(("https://", "http://")):
            return image
        return urls.absolute_url(base_url, image) if base_url else ""

    def page(
        self,
        kind: str,
        title: str,
        description: str,
        linked: LinkedNote | None = None,
        html: str = "",
    ) -> PageView:
        """The view of this page for its `<head>`; `html` is what of the notes stands on it."""
        base_url = self.renderer.config.site.base_url
        matter = linked.note.front_matter if linked else None
        return PageView(
            kind=kind,
            title=title,
            description=description,
            canonical=urls.absolute_url(base_url, self.here) if base_url else "",
            language=self.words.tag,
            css_classes=matter.css_classes if matter else (),
            image=self._image(linked.image if linked and linked.image else self._card(linked)),
            has_card=self.renderer.config.theme.cards and not (linked and linked.image),
            has_diagrams=has_diagrams(html),
            created=linked.created if linked else None,
            updated=linked.updated if linked else None,
            is_indexed=kind != "not-found" and not (matter and (matter.noindex or matter.is_draft)),
            markdown_url=self._markdown(linked) if linked else "",
            authors=matter.authors if matter else (),
            section=self.renderer.section_title(linked) if linked else "",
            tags=linked.tags if linked else (),
        )

    def _card(self, linked: LinkedNote | None) -> str:
        if not self.renderer.config.theme.cards:
            return ""
        return urls.card_url(linked.url) if linked else urls.SITE_CARD

    def _markdown(self, linked: LinkedNote) -> str:
        is_there = self.renderer.has_markdown(linked)
        return self.url(urls.markdown_url(linked.url)) if is_there else ""

    def symbols(self, linked: LinkedNote) -> tuple[SymbolView, ...]:
        """The described symbols of the note on its own page."""
        return tuple(
            self._symbol(symbol, f"{linked.url}#{symbol.anchor}" if symbol.anchor else "")
            for symbol in linked.note.symbols
        )

    def results(self) -> ResultViews:
        """Views of results."""
        renderer = self.renderer
        return ResultViews(renderer.site, renderer.config, self.words, self.url, self.html)

    def notation(self, entry: NotationEntry) -> SymbolView:
        """A symbol of the site with the note that uses it first."""
        first = self.renderer.site.notes[entry.notes[0]]
        fragment = f"#{entry.symbol.anchor}" if entry.symbol.anchor else ""
        view = self._symbol(entry.symbol, first.url + fragment)
        note = LinkView(view.url, self.html(first.note.title.html))
        return replace(view, note=note, count=len(entry.notes))

    def _symbol(self, symbol: Symbol, target: str) -> SymbolView:
        return SymbolView(
            name=symbol.name,
            tex=symbol.tex,
            html=self.html(symbol.html),
            meaning=self.html(symbol.meaning.html),
            url=self.url(target) if target else "",
        )

    def section_link(self, section: Section) -> LinkView:
        """A link to a section, with links to its parts."""
        return LinkView(
            url=self.url(section.url),
            title=self.html(section.title.html),
            emoji=section.emoji,
            is_current=section.url == self.here,
            parts=tuple(self.section_link(part) for part in section.parts),
        )

    def section(self, section: Section) -> SectionView:
        """A section with all its entries."""
        groups = tuple(
            GroupView(
                id=group.id,
                title=self.html(group.title.html),
                description=self.html(group.description_html),
                entries=self.entries(group.notes),
            )
            for group in section.groups
        )
        parts = tuple(self.section(part) for part in section.parts)
        return SectionView(
            id=section.id,
            title=self.html(section.title.html),
            emoji=section.emoji,
            url=self.url(section.url),
            description=self.html(section.description_html),
            introduction=self.html(section.introduction_html),
            groups=groups,
            parts=parts,
            count=len(section.notes) + sum(part.count for part in parts),
        )

    def tag(self, tag: Tag) -> TagView:
        """A tag with its number of notes."""
        return TagView(tag.name, self.url(tag.url), len(tag.notes))

    def tags(self, names: Iterable[str]) -> tuple[TagView, ...]:
        """The tags of a note, in its order."""
        known = self.renderer.site.tags_by_url
        return tuple(self.tag(known[urls.tag_url(name)]) for name in names)

    def entries(self, addresses: Iterable[str]) -> tuple[EntryView, ...]:
        """The notes at these URLs."""
        return tuple(self.entry(self.renderer.site.notes[address]) for address in addresses)

    def mentions(self, linked: LinkedNote) -> tuple[EntryView, ...]:
        """The notes that link to this one, each with the sentence in which it does."""
        return tuple(
            replace(entry, summary=self.html(sentence)) if sentence else entry
            for entry, sentence in zip(self.entries(linked.backlinks), linked.mentions, strict=True)
        )

    def entry_or_none(self, address: str | None) -> EntryView | None:
        """The note at this URL, if there is one."""
        return self.entry(self.renderer.site.notes[address]) if address else None

    def entry(self, linked: LinkedNote) -> EntryView:
        """A note as a line of a list."""
        section = self.renderer._sections_by_id[linked.section]  # noqa: SLF001 - two halves of one thing
        return EntryView(
            title=self.html(linked.note.title.html),
            url=self.url(linked.url),
            summary=self.html(linked.summary_html),
            tags=self.tags(linked.tags),
            created=linked.created,
            updated=linked.updated,
            minutes=linked.minutes,
            section=self.section_link(section),
            is_draft=linked.note.front_matter.is_draft,
        )


def newest_first(site: Site) -> list[LinkedNote]:
    """The notes of a site by date, those of one day by title, those without a date last."""
    by_title = sorted(
        site.notes.values(), key=lambda note: (title_key(note.note.title.text), note.url)
    )
    return sorted(
        by_title, key=lambda note: note.created.toordinal() if note.created else 0, reverse=True
    )


def _flatten(sections: Iterable[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _flatten(section.parts)


def _headings(linked: LinkedNote, words: Catalogue) -> tuple[Heading, ...]:
    """The headings of a page: the note's, and that of its list of references."""
    if not linked.references_anchor:
        return linked.note.headings
    title = words.text("references.title")
    shown = Title(str(escape(title)), title)
    return (*linked.note.headings, Heading(2, linked.references_anchor, shown, title, None))


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
