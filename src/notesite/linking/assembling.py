"""Putting the filled notes of a site together."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from notesite.kinds import kinds_of
from notesite.linking import relating
from notesite.linking.bodies import without_links
from notesite.linking.context import Context
from notesite.linking.dating import Dates
from notesite.linking.finding import Finder, note_finder
from notesite.linking.labels import LabelIndex
from notesite.linking.moving import quartz_addresses
from notesite.linking.notation import collect_notation
from notesite.linking.placing import Entry, SectionBuilder, arrange, made_pages
from notesite.linking.results import ResultGraph
from notesite.linking.sections import introductions, neighbours, without_notes
from notesite.linking.series import collect_series, parts_beside
from notesite.linking.surveying import (
    Placed,
    Surveyed,
    cited_links,
    mention_digests,
    mentions,
    redirects,
    referred,
    survey,
    uncitable,
)
from notesite.linking.titling import SaidTitles
from notesite.linking.urls import INDEX
from notesite.markdown.mermaid import has_diagrams
from notesite.model import LinkedNote, Site
from notesite.records import dataclass
from notesite.seeing import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from notesite.config import Config
    from notesite.diagnostics import Diagnostic
    from notesite.linking.filled import Filled
    from notesite.linking.placing import Place
    from notesite.linking.remembering import Filler, Related
    from notesite.linking.surroundings import Surroundings
    from notesite.model import Note, Relation, Section, Tag, Title, WebLink

WORDS_A_MINUTE = 200
FORMULAS_A_MINUTE = 30
"""A formula takes about two seconds; both numbers only aim at the right order."""

_LIKE_NONE: Related = ((), "")


@dataclass(frozen=True, slots=True)
class Again:
    """A site linked again after edits of texts.

    `edited` are the URLs of the notes with other texts, `touched` those and the URLs of the notes
    that they link to.
    """

    site: Site
    edited: frozenset[str]
    touched: frozenset[str]


class Assembly:
    """The notes of a site put together: their sections, their links, what they say of others."""

    def __init__(  # noqa: PLR0913 - it ties these together
        self,
        published: list[Note],
        hidden: list[Note],
        urls: dict[str, str],
        *,
        config: Config,
        around: Surroundings,
        filler: Filler,
    ) -> None:
        self._urls = urls
        self._config = config
        self._around = around
        self._problems: list[Diagnostic] = []
        self._found = Surveyed()
        self._dates = Dates(around.history)
        labels, finder = LabelIndex(published), note_finder(published)
        self._graph = ResultGraph.of(published, urls, labels, finder)
        self._placed: dict[str, Placed] = {}
        self._introductions: frozenset[str] = frozenset()
        self._mentioned: dict[str, list[tuple[str, int]]] = {}
        self._has_more_problems = False
        self._context = Context(
            notes={note.path: note for note in published},
            urls=urls,
            finder=finder,
            drafts=note_finder(hidden),
            ignored=Finder(around.ignored, suffix=".md"),
            file_finder=Finder(around.files),
            files=around.files,
            outputs=around.static | made_pages(published, config),
            labels=labels,
            hidden_labels=LabelIndex(hidden),
            kinds=kinds_of(config.results),
            citing=around.citing,
            strings=config.words(),
            results=self._graph.results,
            shows_uses=config.results.uses,
        )
        self._said_titles = SaidTitles.of(self._context)
        self._published = list(map(self._said_titles.titled, published))
        notes = {note.path: note for note in self._published}
        self._context = replace(self._context, notes=notes)
        self._filler = filler
        filler.begin(self._context, config)

    def site(
        self, places: Mapping[str, Place], pages: Mapping[str, str], problems: list[Diagnostic]
    ) -> Site:
        """The site; `pages` are the introductions, `problems` those found before."""
        self._problems.extend((*problems, *self._said_titles.problems))
        self._introductions = frozenset(pages)
        before = len(self._problems)
        placed = [
            self._place(note, filled, places[note.path])
            for note, filled in zip(
                self._published, self._filler.fill(self._published), strict=True
            )
        ]
        after = len(self._problems)
        self._placed = {each.note.path: each for each in placed}
        entries = [each for each in placed if each.note.path not in pages]
        openings = [each for each in placed if each.note.path in pages]
        sections = self._sections(openings, entries)
        tags = self._tags(entries)
        named = referred(placed)
        notes = self._linked(entries, sections, tags, named)
        self._problems.extend(uncitable(notes.values(), self._config.site.author))
        self._has_more_problems = before > 0 or len(self._problems) > after
        return Site(
            notes=notes,
            sections=sections,
            navigation=tuple(map(without_notes, sections)),
            tags=tags,
            assets=tuple(sorted(self._found.assets)),
            introduction_html="".join(each.html() for each in openings if each.url == INDEX),
            footer_html=self._text(self._config.theme.footer),
            redirects=redirects(entries, self._moved(sections, tags), self._context.outputs),
            survey=survey(placed, self._around.files, self._found),
            web_links=self._web_links(),
            diagnostics=(*self._problems, *self._graph.problems),
            has_links=any(note.links for note in notes.values()),
            has_diagrams=any(each.filled.has_diagrams for each in placed)
            or any(map(has_diagrams, introductions(sections))),
            tags_by_url={tag.url: tag for tag in tags},
            results=self._graph.results,
            has_results=bool(self._graph.results) and self._config.results.index,
            notation=collect_notation(sections, {each.url: each.note for each in entries}),
        )

    def again(self, site: Site, others: Iterable[Note]) -> Again | None:
        """The site as it is after edits that touched nothing but the texts of some notes.

        `site` is what it was, `others` are the notes that are not what they were. None where more
        than that has changed; then the whole has to be linked again, although nothing need be
        filled again.
        """
        if self._has_more_problems:
            # They may name places in notes, which edits move.
            return None
        known = self._context.notes
        new = {note.path: self._said_titles.titled(note) for note in others if note.path in known}
        notes = {**known, **new}
        self._context = replace(self._context, notes=notes)
        lost = self._filler.begin(self._context, self._config, new.keys())
        changed = []
        for path in sorted(new.keys() | lost):
            note, old = notes[path], self._placed[path]
            filled = self._filler.filled(note)
            if path in self._introductions or not filled.shows_same(old.filled):
                return None
            changed.append(replace(old, note=note, filled=filled))
        self._placed.update((each.note.path, each) for each in changed)
        edited = frozenset(each.url for each in changed)
        touched = edited.union(*(each.targets for each in changed))
        return Again(self._with_texts(site, changed), edited, touched)

    def _with_texts(self, site: Site, changed: list[Placed]) -> Site:
        """The site with the new texts of those notes."""
        linked = dict(site.notes)
        for each in changed:
            linked[each.url] = replace(
                linked[each.url], note=each.note, html_digest=each.filled.digest,
                withheld=each.filled.withheld,
                has_public_source=each.filled.withheld is not None,
                minutes=reading_minutes(each.note),
            )  # fmt: skip
        for url in dict.fromkeys(url for each in changed for url in each.targets if url in linked):
            mentions_digest = self._filler.mentions_digest(self._mentioned.get(url, ()))
            if mentions_digest != linked[url].mentions_digest:
                linked[url] = replace(linked[url], mentions_digest=mentions_digest)
        placed = self._placed.values()
        found = ((*each.note.diagnostics, *each.filled.problems) for each in placed)
        return replace(
            site,
            notes=linked,
            web_links=self._web_links(),
            diagnostics=tuple(chain.from_iterable(found)),
        )

    def _place(self, note: Note, filled: Filled, place: Place) -> Placed:
        self._problems.extend(note.diagnostics)
        self._problems.extend(filled.problems)
        self._found.add(filled)
        targets = tuple(self._urls[path] for path in filled.targets)
        html = partial(self._filler.html, note.path)
        return Placed(note, self._urls[note.path], place, filled, targets, html)

    def _web_links(self) -> tuple[WebLink, ...]:
        links = (link for each in self._placed.values() for link in each.note.web_links)
        return (*links, *cited_links(self._published, self._around.citing))

    def _moved(self, sections: Iterable[Section], tags: Iterable[Tag]) -> Iterable[tuple[str, str]]:
        """The addresses that the site had with another generator, and what is there now."""
        if self._config.site.old_urls != "quartz":
            return ()
        return quartz_addresses(self._urls, sections, tags)

    def _entry(self, each: Placed) -> Entry:
        title, order = each.note.title.text, each.note.front_matter.order
        return Entry(each.url, each.place.group, title, order, self._dates.created(each.note))

    def _sections(self, openings: list[Placed], entries: list[Placed]) -> tuple[Section, ...]:
        introduced: dict[str, tuple[Title, str]] = {
            each.place.section: (each.note.title, each.html())
            for each in openings
            if each.url != INDEX
        }
        by_section: dict[str, list[Entry]] = {section: [] for section in introduced}
        for each in entries:
            by_section.setdefault(each.place.section, []).append(self._entry(each))
        return SectionBuilder(self._config, self._around.texts, introduced).build(by_section)

    def _tags(self, entries: list[Placed]) -> tuple[Tag, ...]:
        newest = arrange((self._entry(each) for each in entries), "newest")
        newest.sort(key=lambda entry: entry.created or date.min, reverse=True)
        tags_of = {each.url: each.note.tags for each in entries}
        return relating.collect_tags(tags_of, [entry.url for entry in newest])

    def _linked(
        self,
        entries: list[Placed],
        sections: tuple[Section, ...],
        tags: tuple[Tag, ...],
        named: Mapping[str, set[str]],
    ) -> dict[str, LinkedNote]:
        pages = {each.url for each in entries}
        targets = {each.url: [u for u in each.targets if u in pages] for each in entries}
        back = relating.backlinks(targets)
        works = {each.url: [work.identity for work in each.filled.works] for each in entries}
        series, problems = collect_series(
            (each.url, each.note, self._dates.created(each.note)) for each in entries
        )
        self._problems.extend(problems)

        def find_related() -> dict[str, tuple[Relation, ...]]:
            known = {
                url: frozenset(named) | frozenset(back.get(url, ())) | parts_beside(series.get(url))
                for url, named in targets.items()
            }
            return relating.all_related(tags, targets, works, known)

        related = self._filler.related_by(
            digest(repr((tags, targets, works, series))), find_related
        )
        beside = neighbours(sections)
        mentioned = self._mentioned = mentions(entries)
        mentioned_as = mention_digests(entries)
        return {
            each.url: LinkedNote(
                note=each.note,
                url=each.url,
                section=each.place.section,
                group=each.place.group or None,
                load_pieces=partial(self._filler.pieces, each.note.path),
                html_digest=each.filled.digest,
                has_diagrams=each.filled.has_diagrams,
                works=each.filled.works,
                references_anchor=each.filled.references_anchor,
                said=each.filled.said,
                summary_html=each.filled.summary_html,
                summary_text=each.filled.summary_text,
                minutes=reading_minutes(each.note),
                created=self._dates.created(each.note),
                updated=self._dates.updated(each.note),
                tags=each.note.tags,
                links=tuple(u for u in targets[each.url] if u != each.url),
                backlinks=back.get(each.url, ()),
                referred=tuple(sorted(named.get(each.url, ()))),
                load_mentions=partial(self._filler.mentions, mentioned.get(each.url, ())),
                mentions_digest=mentioned_as.get(each.url, ""),
                image=each.filled.image,
                related=related.get(each.url, _LIKE_NONE)[0],
                related_digest=related.get(each.url, _LIKE_NONE)[1],
                previous=beside[each.url][0],
                following=beside[each.url][1],
                series=series.get(each.url),
                changes=self._around.changes.get(each.note.path, ()),
                withheld=each.filled.withheld,
                has_public_source=each.filled.withheld is not None,
            )
            for each in entries
        }

    def _text(self, text: str) -> str:
        passage = self._around.texts.inline.get(text)
        return without_links(passage.body) if passage else ""


def reading_minutes(note: Note) -> int:
    """For how many minutes one reads the note."""
    return max(1, math.ceil(note.words / WORDS_A_MINUTE + note.formulas / FORMULAS_A_MINUTE))
