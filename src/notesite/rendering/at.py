"""Views as one page sees them: with every URL relative to it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from markupsafe import Markup

import notesite
from notesite.linking import urls
from notesite.linking.embedding import EMBEDDED
from notesite.markdown.mermaid import has_diagrams
from notesite.model import Page
from notesite.records import dataclass
from notesite.rendering import look
from notesite.rendering.naming import name_formulas
from notesite.rendering.results import ResultViews
from notesite.rendering.views import (
    EntryView,
    GroupView,
    LinkView,
    PageView,
    SectionView,
    SiteView,
    SymbolView,
    TagView,
)
from notesite.rendering.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from typing import TypeVar

    from notesite.config import Config
    from notesite.languages import Catalogue
    from notesite.model import LinkedNote, NotationEntry, Section, Site, Symbol, Tag
    from notesite.rendering.setting import Setting

    T = TypeVar("T")

_SYMBOL = re.compile(r'class="symbol symbol-([^" ]+)"')

MOST_TAGS = 24
"""So many of a note's tags stand with it in lists; all of them stand on its own page."""


@dataclass(frozen=True)
class At:
    """Views as one page sees them; `targets` takes up the pages that they link to."""

    setting: Setting
    here: str
    language: str | None = None
    targets: set[str] | None = None

    @property
    def site(self) -> Site:
        """The site."""
        return self.setting.site

    @property
    def config(self) -> Config:
        """The configuration."""
        return self.setting.config

    @cached_property
    def place(self) -> str:
        """What all pages share that see the same: their folder, for most."""
        return self.here if self._is_anywhere else f"{self.here.rpartition('/')[0]}/".lstrip("/")

    @cached_property
    def _is_anywhere(self) -> bool:
        """Whether a server shows this page at any address, where a relative link goes astray."""
        return self.here == urls.NOT_FOUND and bool(self.config.site.base_url)

    def neutral(self, site: Site, targets: set[str]) -> At:
        """A page in the same place, which nothing links to, with another stand-in for the site."""
        return At(replace(self.setting, site=site), self.place, targets=targets)

    def _shared(self, make: Callable[..., T], *given: str) -> T:
        found: T = self.setting.shared.get(self, make, *given)
        return found

    @cached_property
    def words(self) -> Catalogue:
        """The strings of the page's language."""
        return self.setting.strings.of(self.language)

    def url(self, target: str) -> str:
        """The address of `target` in a link on this page."""
        if self.targets is not None:
            self.targets.add(target.partition("#")[0])
        if self._is_anywhere:
            return urls.absolute_url(self.config.site.base_url, target)
        return urls.relative_url(self.here, target)

    def html(self, html: str) -> Markup:
        """HTML of the site as it stands on this page."""
        if self.targets is not None:
            self.targets.update(urls.marked(html))
        # Markup on purpose: this is the rendered Markdown of the site's own authors.
        return Markup(urls.fill_relative(html, self.here))  # noqa: S704

    def render(self, template: str, page: PageView, **values: object) -> Page:
        """This page, from the template and what it needs besides `site` and `page`."""
        text = self.setting.environment.get_template(template).render(
            site=self._shared(At.site_view), page=page, url=self.url, t=Words(self.words), **values
        )
        return Page(self.here, name_formulas(text).encode())

    def site_view(self) -> SiteView:
        """The view of the site."""
        config = self.config
        return SiteView(
            title=config.site.title,
            description=config.site.description,
            author=config.site.author,
            language=config.site.language,
            base_url=config.site.base_url,
            map_url=self.url(urls.MAP) if self.setting.has_map else "",
            notation_url=self.url(urls.NOTATION) if self.site.notation else "",
            results_url=self.url(urls.RESULTS) if self.site.has_results else "",
            feed_url=self.url(urls.FEED) if config.site.base_url else "",
            json_feed_url=self.url(urls.JSON_FEED) if self.setting.has_json_feed else "",
            repository=config.site.repository,
            footer=self.html(self.site.footer_html),
            version=notesite.__version__,
            navigation=tuple(self.section_link(s) for s in self.site.navigation),
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
        base_url = self.config.site.base_url
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
        matter = linked.note.front_matter if linked else None
        return PageView(
            kind=kind,
            title=title,
            description=description,
            canonical=self._canonical(kind),
            language=self.words.tag,
            css_classes=matter.css_classes if matter else (),
            image=self._image(linked.image if linked and linked.image else self._card(linked)),
            has_card=bool(self.config.theme.cards) and not (linked and linked.image),
            has_diagrams=has_diagrams(html),
            created=linked.created if linked else None,
            updated=linked.updated if linked else None,
            is_indexed=kind != "not-found" and not (matter and (matter.noindex or matter.is_draft)),
            markdown_url=self._markdown(linked) if linked else "",
            authors=matter.authors if matter else (),
            section=self.setting.section_title(linked) if linked else "",
            tags=linked.tags if linked else (),
        )

    def _canonical(self, kind: str) -> str:
        """The page's address; that for lost readers is shown at any but its own."""
        base_url = self.config.site.base_url
        return urls.absolute_url(base_url, self.here) if base_url and kind != "not-found" else ""

    def _card(self, linked: LinkedNote | None) -> str:
        if not self.config.theme.cards:
            return ""
        return urls.card_url(linked.url) if linked else urls.SITE_CARD

    def _markdown(self, linked: LinkedNote) -> str:
        is_there = self.setting.has_markdown(linked)
        return self.url(urls.markdown_url(linked.url)) if is_there else ""

    def symbols(self, linked: LinkedNote, html: str) -> tuple[SymbolView, ...]:
        """The described symbols of the note on its own page, those of its embeds behind them."""
        own = tuple(
            self._symbol(symbol, f"{linked.url}#{symbol.anchor}" if symbol.anchor else "")
            for symbol in linked.note.symbols
        )
        return (*own, *self._embedded_symbols(linked, html, {each.name for each in own}))

    def _embedded_symbols(
        self, linked: LinkedNote, html: str, known: Collection[str]
    ) -> Iterator[SymbolView]:
        """The symbols that only notes embedded in this one describe, as the first of them does."""
        if f'id="{EMBEDDED}' not in html:
            return
        for name in dict.fromkeys(_SYMBOL.findall(html)):
            meant = (
                entry.symbol
                for entry in (self.site.notation if name not in known else ())
                if entry.symbol.name == name and not set(linked.links).isdisjoint(entry.notes)
            )
            for symbol in islice(meant, 1):
                yield self._symbol(symbol, "")

    def results(self) -> ResultViews:
        """Views of results."""
        return ResultViews(self.site, self.config, self.words, self.url, self.html)

    def notation(self, entry: NotationEntry) -> SymbolView:
        """A symbol of the site with the note that uses it first."""
        first = self.site.notes[entry.notes[0]]
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
        known = self.site.tags_by_url
        return tuple(self.tag(known[urls.tag_url(name)]) for name in names)

    def entries(self, addresses: Iterable[str]) -> tuple[EntryView, ...]:
        """The notes at these URLs."""
        return tuple(map(self.entry, addresses))

    def mentions(self, linked: LinkedNote) -> tuple[EntryView, ...]:
        """The notes that link to this one, each with the sentence in which it does."""
        return tuple(
            replace(entry, summary=self.html(sentence)) if sentence else entry
            for entry, sentence in zip(self.entries(linked.backlinks), linked.mentions, strict=True)
        )

    def entry_or_none(self, address: str | None) -> EntryView | None:
        """The note at this URL, if there is one."""
        return self.entry(address) if address else None

    def link(self, address: str) -> Markup:
        """A link to the note at this URL, for a place in a sentence."""
        return self._shared(At._link, address)

    def _link(self, address: str) -> Markup:
        title = self.html(self.site.notes[address].note.title.html)
        return Markup('<a href="{}">{}</a>').format(self.url(address), title)

    def entry(self, address: str) -> EntryView:
        """The note at this URL as a line of a list."""
        return self._shared(At._entry, address)

    def _entry(self, address: str) -> EntryView:
        linked = self.site.notes[address]
        section = self.setting.sections_by_id[linked.section]
        return EntryView(
            title=self.html(linked.note.title.html),
            url=self.url(linked.url),
            summary=self.html(linked.summary_html),
            tags=self.tags(linked.tags[:MOST_TAGS]),
            created=linked.created,
            updated=linked.updated,
            minutes=linked.minutes,
            section=self.section_link(section),
            is_draft=linked.note.front_matter.is_draft,
        )
