"""Linking: what the notes say together, from what each says on its own."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from notesite.bibliography.citing import NOTHING_TO_CITE, Citing
from notesite.bibliography.references import links as work_links
from notesite.diagnostics import diagnose
from notesite.kinds import kinds_of
from notesite.linking import relating
from notesite.linking.filling import Surroundings, without_links
from notesite.linking.finding import Finder, note_finder
from notesite.linking.labels import LabelIndex
from notesite.linking.moving import quartz_addresses
from notesite.linking.notation import collect_notation
from notesite.linking.placing import (
    Entry,
    Place,
    Placing,
    SectionBuilder,
    arrange,
    assign_urls,
    introductions,
)
from notesite.linking.remembering import Filler
from notesite.linking.results import ResultGraph
from notesite.linking.series import collect_series, parts_beside
from notesite.linking.urls import (
    ALL_NOTES,
    ALL_TAGS,
    INDEX,
    MAP,
    NOT_FOUND,
    NOTATION,
    RESULTS,
    is_old_address,
    page_path,
    section_url,
    tag_url,
    why_no_address,
)
from notesite.markdown.mermaid import has_diagrams
from notesite.model import LinkedNote, Site, Survey, Tag, WebLink
from notesite.seeing import RESULTS as RESULTS_GROUP
from notesite.seeing import digest, digest_of_group

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from notesite.config import Config
    from notesite.diagnostics import Diagnostic
    from notesite.linking.remembering import Filled
    from notesite.model import Change, ConfigTexts, ImageSize, Note, Respelling, Section, Title

    History = Mapping[str, tuple[date, date]]


_MEDIA = (
    ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".bmp", ".pdf",
    ".mp3", ".wav", ".ogg", ".flac", ".m4a", ".mp4", ".webm", ".mov",
)  # fmt: skip
"""The files that are there to be shown on a page."""

WORDS_A_MINUTE = 200
FORMULAS_A_MINUTE = 30
"""A formula takes about two seconds; both numbers only aim at the right order."""


@dataclass(frozen=True, slots=True)
class Surrounding:
    """What linking takes besides the notes.

    `files` gives the files of the notes folder by path, with the size of those that are images, and
    `ignored` the paths of what the configuration leaves out; `static` the output paths of static
    files; `history` the dates of the first and the last change of a note by its path, `changes` all
    of them; `texts` the configuration's Markdown, parsed; `citing` what notes can cite.
    """

    files: Mapping[str, ImageSize | None]
    static: frozenset[str]
    history: History
    texts: ConfigTexts
    ignored: tuple[str, ...] = ()
    citing: Citing = NOTHING_TO_CITE
    changes: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class LinkMemory:
    """What linking a site leaves for when it is linked again."""

    filler: Filler
    last: _Last | None = None
    marks: dict[str, str] = field(default_factory=dict)

    def mark(self, note: Note) -> str:
        """A digest of all that a site's structure takes from a note."""
        if not note.results:
            return note.face
        if note.key not in self.marks:
            self.marks[note.key] = f"{note.face} {digest_of_group(note, RESULTS_GROUP)}"
        return self.marks[note.key]


@dataclass(frozen=True, slots=True)
class _Last:
    """A site as it was linked last.

    `outline` is all that its sections, its addresses and everything else on it but the texts of
    notes depend on.
    """

    outline: tuple[object, ...]
    linking: _Linking
    site: Site


@dataclass(frozen=True, slots=True)
class _Placed:
    """A note in its place, with what filling it found."""

    note: Note
    url: str
    place: Place
    filled: Filled
    targets: tuple[str, ...]
    html: Callable[[], str]


def link(
    notes: Iterable[Note],
    config: Config,
    around: Surrounding,
    *,
    drafts: bool = False,
    memory: LinkMemory | None = None,
) -> Site:
    """The site that the notes make under `config`; `drafts` publishes drafts too.

    With a `memory` of having linked the site before, only what has changed is done again.
    """
    memory = memory or LinkMemory(Filler())
    listed = sorted(notes, key=lambda note: note.path)
    outline = (
        [(note.path, memory.mark(note)) for note in listed if note.face], config, drafts,
        replace(around, citing=NOTHING_TO_CITE), around.citing.names(),
    )  # fmt: skip
    if memory.last and memory.last.outline == outline:
        site = memory.last.linking.again(memory.last.site, listed)
        if site:
            memory.last = replace(memory.last, site=site)
            return site
    linking, site = _link_all(listed, config, around, memory.filler, drafts=drafts)
    memory.last = _Last(outline, linking, site) if len(outline[0]) == len(listed) else None
    return site


def _link_all(
    listed: list[Note], config: Config, around: Surrounding, filler: Filler, *, drafts: bool
) -> tuple[_Linking, Site]:
    published = [note for note in listed if drafts or _is_published(note, config)]
    hidden = [note for note in listed if not drafts and not _is_published(note, config)]
    placing = Placing(config)
    places = {note.path: placing.place(note) for note in published}
    pages = introductions(places)
    made = around.static | _made_pages(published, config)
    urls, problems = assign_urls(published, pages, config.site.urls, made)
    published = [note for note in published if note.path in urls]
    linking = _Linking(published, hidden, urls, config=config, around=around, filler=filler)
    return linking, linking.site(places, pages, [*problems, *placing.problems])


def _is_published(note: Note, config: Config) -> bool:
    matter = note.front_matter
    if matter.is_draft:
        return False
    return matter.publish is True or not config.site.explicit_publish


class _Linking:
    def __init__(  # noqa: PLR0913 - it ties these together
        self,
        published: list[Note],
        hidden: list[Note],
        urls: dict[str, str],
        *,
        config: Config,
        around: Surrounding,
        filler: Filler,
    ) -> None:
        self._published = published
        self._urls = urls
        self._config = config
        self._around = around
        self._problems: list[Diagnostic] = []
        self._assets: dict[str, None] = {}
        self._wanted: Counter[str] = Counter()
        self._respelled: list[Respelling] = []
        labels, finder = LabelIndex(published), note_finder(published)
        self._graph = ResultGraph.of(published, urls, labels, finder)
        self._placed: dict[str, _Placed] = {}
        self._introductions: frozenset[str] = frozenset()
        self._mentioned: dict[str, list[tuple[str, int]]] = {}
        self._has_more_problems = False
        self._surroundings = Surroundings(
            notes={note.path: note for note in published},
            urls=urls,
            finder=finder,
            drafts=note_finder(hidden),
            ignored=Finder(around.ignored, suffix=".md"),
            file_finder=Finder(around.files),
            files=around.files,
            outputs=around.static | _made_pages(published, config),
            labels=labels,
            hidden_labels=LabelIndex(hidden),
            kinds=kinds_of(config.results),
            citing=around.citing,
            strings=config.words(),
            results=self._graph.results,
            shows_uses=config.results.uses,
        )
        self._filler = filler
        filler.begin(self._surroundings, config)

    def site(
        self, places: Mapping[str, Place], pages: Mapping[str, str], problems: list[Diagnostic]
    ) -> Site:
        """The site; `pages` are the introductions, `problems` those found before."""
        self._problems.extend(problems)
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
        referred = _referred(placed)
        notes = self._linked(entries, sections, tags, referred)
        self._check_citable(notes.values())
        self._has_more_problems = before > 0 or len(self._problems) > after
        return Site(
            notes=notes,
            sections=sections,
            navigation=tuple(map(_without_notes, sections)),
            tags=tags,
            assets=tuple(sorted(self._assets)),
            introduction_html="".join(each.html() for each in openings if each.url == INDEX),
            footer_html=self._text(self._config.theme.footer),
            redirects=self._redirects(entries, sections, tags),
            survey=self._survey(placed),
            web_links=self._web_links(),
            diagnostics=(*self._problems, *self._graph.problems),
            has_links=any(note.links for note in notes.values()),
            has_diagrams=any(each.filled.has_diagrams for each in placed)
            or any(map(has_diagrams, _introductions(sections))),
            tags_by_url={tag.url: tag for tag in tags},
            results=self._graph.results,
            has_results=bool(self._graph.results) and self._config.results.index,
            notation=collect_notation(sections, {each.url: each.note for each in entries}),
        )

    def again(self, site: Site, listed: list[Note]) -> Site | None:
        """The site as it is after edits that touched nothing but the texts of notes.

        `site` is what it was. None where more than that has changed; then the whole has to be
        linked again, although nothing need be filled again.
        """
        if self._has_more_problems:
            # They may name places in notes, which edits move.
            return None
        known = {note.path: note for note in listed}
        notes = {path: known[path] for path in self._surroundings.notes}
        self._surroundings = replace(self._surroundings, notes=notes)
        self._filler.begin(self._surroundings, self._config)
        changed = []
        for note in notes.values():
            old = self._placed[note.path]
            filled = self._filler.filled(note)
            if note is old.note and filled is old.filled:
                continue
            if note.path in self._introductions or not filled.shows_same(old.filled):
                return None
            changed.append(replace(old, note=note, filled=filled))
        self._placed.update((each.note.path, each) for each in changed)
        return self._with_texts(site, changed)

    def _with_texts(self, site: Site, changed: list[_Placed]) -> Site:
        """The site with the new texts of those notes."""
        linked = dict(site.notes)
        for each in changed:
            linked[each.url] = replace(
                linked[each.url], note=each.note, html_digest=each.filled.digest,
                withheld=each.filled.withheld,
                has_public_source=each.filled.withheld is not None, minutes=_minutes(each.note),
            )  # fmt: skip
        for url in dict.fromkeys(url for each in changed for url in each.targets if url in linked):
            mentions_digest = self._filler.mentions_digest(self._mentioned.get(url, ()))
            linked[url] = replace(linked[url], mentions_digest=mentions_digest)
        placed = self._placed.values()
        found = ((*each.note.diagnostics, *each.filled.problems) for each in placed)
        return replace(
            site,
            notes=linked,
            web_links=self._web_links(),
            diagnostics=tuple(chain.from_iterable(found)),
        )

    def _place(self, note: Note, filled: Filled, place: Place) -> _Placed:
        self._problems.extend(note.diagnostics)
        self._problems.extend(filled.problems)
        self._wanted.update(filled.wanted)
        self._respelled.extend(filled.respelled)
        self._assets.update(dict.fromkeys(filled.assets))
        targets = tuple(self._urls[path] for path in filled.targets)
        html = partial(self._filler.html, note.path)
        return _Placed(note, self._urls[note.path], place, filled, targets, html)

    def _web_links(self) -> tuple[WebLink, ...]:
        links = (link for each in self._placed.values() for link in each.note.web_links)
        return (*links, *self._cited_links())

    def _cited_links(self) -> Iterable[WebLink]:
        """Where the works that notes cite can be read: links of the lists of references."""
        citing = self._around.citing
        entries = {}
        for note in self._published if citing.look() else ():
            found = (citing.find(note.path, key) for key in note.cited)
            entries.update({(e.entry.file, e.entry.key): e.entry for e in found if e})
        for entry in entries.values():
            for address in dict.fromkeys(run.link for run in work_links(entry) if run.link):
                yield WebLink(address, entry.file, entry.span)

    def _check_citable(self, notes: Iterable[LinkedNote]) -> None:
        """Report notes that scholars are to find and that say too little for it."""
        for linked in notes:
            matter = linked.note.front_matter
            missing = [] if matter.authors or self._config.site.author else ["author"]
            missing += [] if linked.created else ["date"]
            if matter.citable and missing:
                message = f"a note to be cited needs its {' and its '.join(missing)}"
                span = matter.spans.get("citable")
                problem = diagnose("citable-incomplete", message, linked.note.file, span)
                self._problems.append(problem)

    def _created(self, note: Note) -> date | None:
        history = self._around.history.get(note.path)
        return note.front_matter.date or (history[0] if history else None)

    def _updated(self, note: Note) -> date | None:
        first, last = self._around.history.get(note.path, (None, None))
        # The commit that brought the file in changed nothing.
        updated = note.front_matter.updated or (last if last != first else None)
        created = self._created(note)
        return updated if updated and created and updated > created else None

    def _entry(self, each: _Placed) -> Entry:
        title, order = each.note.title.text, each.note.front_matter.order
        return Entry(each.url, each.place.group, title, order, self._created(each.note))

    def _sections(self, openings: list[_Placed], entries: list[_Placed]) -> tuple[Section, ...]:
        introduced: dict[str, tuple[Title, str]] = {
            each.place.section: (each.note.title, each.html())
            for each in openings
            if each.url != INDEX
        }
        by_section: dict[str, list[Entry]] = {section: [] for section in introduced}
        for each in entries:
            by_section.setdefault(each.place.section, []).append(self._entry(each))
        return SectionBuilder(self._config, self._around.texts, introduced).build(by_section)

    def _tags(self, entries: list[_Placed]) -> tuple[Tag, ...]:
        newest = arrange((self._entry(each) for each in entries), "newest")
        newest.sort(key=lambda entry: entry.created or date.min, reverse=True)
        tags_of = {each.url: each.note.tags for each in entries}
        return relating.collect_tags(tags_of, [entry.url for entry in newest])

    def _linked(
        self,
        entries: list[_Placed],
        sections: tuple[Section, ...],
        tags: tuple[Tag, ...],
        referred: Mapping[str, set[str]],
    ) -> dict[str, LinkedNote]:
        pages = {each.url for each in entries}
        targets = {each.url: [u for u in each.targets if u in pages] for each in entries}
        back = relating.backlinks(targets)
        linked = {url: frozenset(targets[url]) | frozenset(back.get(url, ())) for url in targets}
        works = {each.url: [work.key for work in each.filled.works] for each in entries}
        series, problems = collect_series(
            (each.url, each.note, self._created(each.note)) for each in entries
        )
        self._problems.extend(problems)
        known = {url: linked[url] | parts_beside(series.get(url)) for url in linked}
        related = self._filler.related_by(
            digest(repr((tags, targets, works, series))),
            lambda: relating.all_related(tags, targets, works, known),
        )
        beside = _neighbours(sections)
        mentioned = self._mentioned = _mentions(entries)
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
                minutes=_minutes(each.note),
                created=self._created(each.note),
                updated=self._updated(each.note),
                tags=each.note.tags,
                links=tuple(u for u in targets[each.url] if u != each.url),
                backlinks=back.get(each.url, ()),
                referred=tuple(sorted(referred.get(each.url, ()))),
                load_mentions=partial(self._filler.mentions, mentioned.get(each.url, ())),
                mentions_digest=self._filler.mentions_digest(mentioned.get(each.url, ())),
                image=each.filled.image,
                related=related.get(each.url, ()),
                previous=beside[each.url][0],
                following=beside[each.url][1],
                series=series.get(each.url),
                changes=self._around.changes.get(each.note.path, ()),
                withheld=each.filled.withheld,
                has_public_source=each.filled.withheld is not None,
            )
            for each in entries
        }

    def _survey(self, placed: list[_Placed]) -> Survey:
        linked = {url for each in placed for url in each.targets if url != each.url}
        return Survey(
            orphans=tuple(
                each.note.file
                for each in placed
                if each.url not in linked and not set(each.targets) - {each.url}
            ),
            unused=tuple(
                path
                for path in self._around.files
                if path not in self._assets and path.lower().endswith(_MEDIA)
            ),
            wanted=tuple(sorted(self._wanted.items(), key=lambda item: (-item[1], item[0]))),
            respelled=tuple(dict.fromkeys(self._respelled)),
        )

    def _redirects(
        self, entries: list[_Placed], sections: tuple[Section, ...], tags: tuple[Tag, ...]
    ) -> dict[str, str]:
        pages = {each.url for each in entries}
        redirects: dict[str, str] = {}
        for each in entries:
            for alias in each.note.front_matter.aliases:
                if is_old_address(alias) and not why_no_address(alias):
                    address = page_path(alias)
                    if address not in pages and address not in self._surroundings.outputs:
                        redirects.setdefault(address, each.url)
        if self._config.site.old_urls == "quartz":
            for address, url in quartz_addresses(self._urls, sections, tags):
                if address not in pages and address not in self._surroundings.outputs:
                    redirects.setdefault(address, url)
        return redirects

    def _text(self, text: str) -> str:
        passage = self._around.texts.inline.get(text)
        return without_links(passage.body) if passage else ""


def _referred(placed: Iterable[_Placed]) -> dict[str, set[str]]:
    """For each page that others link to the anchors that they name; none is the empty text."""
    found: dict[str, set[str]] = {}
    for each in placed:
        for place in each.filled.places:
            url, _, anchor = place.partition("#")
            if url != each.url:
                found.setdefault(url, set()).add(anchor)
    return found


def _made_pages(notes: Iterable[Note], config: Config) -> frozenset[str]:
    """The pages that no note is behind, as far as they are known before notes are placed."""
    tags = {tag_url(tag) for note in notes for tag in note.tags}
    sections = {section_url(section.id) for section in config.sections}
    own = {INDEX, ALL_NOTES, MAP, ALL_TAGS, NOTATION, RESULTS, NOT_FOUND}
    return frozenset({*own, *tags, *sections})


def _mentions(entries: Iterable[_Placed]) -> dict[str, list[tuple[str, int]]]:
    """For each URL the notes that link to it, by path, and the number it has among their targets.

    In the order of backlinks.
    """
    found: dict[str, list[tuple[str, int]]] = {}
    for each in entries:
        for number, url in enumerate(each.targets):
            if url != each.url:
                found.setdefault(url, []).append((each.note.path, number))
    return found


def _minutes(note: Note) -> int:
    return max(1, math.ceil(note.words / WORDS_A_MINUTE + note.formulas / FORMULAS_A_MINUTE))


def _introductions(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        yield section.introduction_html
        yield from _introductions(section.parts)


def _without_notes(section: Section) -> Section:
    return replace(
        section,
        introduction_html="",
        groups=tuple(replace(group, notes=()) for group in section.groups),
        parts=tuple(map(_without_notes, section.parts)),
    )


def _neighbours(sections: Iterable[Section]) -> dict[str, tuple[str | None, str | None]]:
    """The note before and after each note in its section, by URL."""
    found: dict[str, tuple[str | None, str | None]] = {}
    for section in sections:
        urls = section.notes
        for index, url in enumerate(urls):
            before = urls[index - 1] if index else None
            after = urls[index + 1] if index + 1 < len(urls) else None
            found[url] = (before, after)
        found.update(_neighbours(section.parts))
    return found
