"""Linking the notes of a site, again and again: what is known from before is not done anew."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING

from notesite.bibliography.citing import NOTHING_TO_CITE, Citing
from notesite.linking.assembling import Assembly
from notesite.linking.placing import Placing, assign_urls, introductions, made_pages
from notesite.linking.remembering import Filler
from notesite.records import dataclass
from notesite.seeing import RESULTS, digest_of_group

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from notesite.config import Config
    from notesite.linking.dating import History
    from notesite.model import Change, ConfigTexts, ImageSize, Note, Site


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
            self.marks[note.key] = f"{note.face} {digest_of_group(note, RESULTS)}"
        return self.marks[note.key]


@dataclass(frozen=True, slots=True)
class _Last:
    """A site as it was linked last.

    `outline` is all that its sections, its addresses and everything else on it but the texts of
    notes depend on.
    """

    outline: tuple[object, ...]
    linking: Assembly
    site: Site


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
) -> tuple[Assembly, Site]:
    published = [note for note in listed if drafts or is_published(note, config)]
    hidden = [note for note in listed if not drafts and not is_published(note, config)]
    placing = Placing(config)
    places = {note.path: placing.place(note) for note in published}
    pages = introductions(places)
    made = around.static | made_pages(published, config)
    urls, problems = assign_urls(published, pages, config.site.urls, made)
    published = [note for note in published if note.path in urls]
    linking = Assembly(published, hidden, urls, config=config, around=around, filler=filler)
    return linking, linking.site(places, pages, [*problems, *placing.problems])


def is_published(note: Note, config: Config) -> bool:
    """Whether readers get the note, where drafts are not published too."""
    matter = note.front_matter
    if matter.is_draft:
        return False
    return matter.publish is True or not config.site.explicit_publish
