"""Linking the notes of a site, again and again: what is known from before is not done anew."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING

from notesite.bibliography.citing import NOTHING_TO_CITE
from notesite.linking.assembling import Again, Assembly
from notesite.linking.placing import Placing, assign_urls, introductions, made_pages
from notesite.linking.remembering import Filler
from notesite.records import dataclass
from notesite.seeing import RESULTS, digest_of_group

if TYPE_CHECKING:
    from collections.abc import Iterable

    from notesite.config import Config
    from notesite.linking.surroundings import Surroundings
    from notesite.model import Note, Site


@dataclass(slots=True)
class LinkMemory:
    """What linking a site leaves for when it is linked again.

    `again` says which texts of notes have changed since the last time, while nothing else of the
    site has; None where more may have.
    """

    filler: Filler
    last: _Last | None = None
    again: Again | None = None
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

    `listed` are its notes, published or not. `outline` is all besides that its sections, its
    addresses and everything else on it but the texts of notes depend on.
    """

    listed: list[Note]
    outline: tuple[object, ...]
    linking: Assembly
    site: Site


def link(
    notes: Iterable[Note],
    config: Config,
    around: Surroundings,
    *,
    drafts: bool = False,
    memory: LinkMemory | None = None,
) -> Site:
    """The site that the notes make under `config`; `drafts` publishes drafts too.

    With a `memory` of having linked the site before, only what has changed is done again.
    """
    memory = memory or LinkMemory(Filler())
    listed = sorted(notes, key=lambda note: note.path)
    names = around.citing.names()
    outline = (config, drafts, replace(around, citing=NOTHING_TO_CITE), names)
    memory.again = _again(listed, outline, memory)
    if memory.again and memory.last:
        memory.last = replace(memory.last, listed=listed, site=memory.again.site)
        return memory.again.site
    linking, site = _link_all(listed, config, around, memory.filler, drafts=drafts)
    has_faces = all(note.face for note in listed)
    memory.last = _Last(listed, outline, linking, site) if has_faces else None
    return site


def _again(listed: list[Note], outline: tuple[object, ...], memory: LinkMemory) -> Again | None:
    """What comes of linking again a site of which only texts have changed, if that is so."""
    last = memory.last
    if last is None or len(last.listed) != len(listed) or last.outline != outline:
        return None
    others = [pair for pair in zip(last.listed, listed, strict=True) if pair[0] is not pair[1]]
    if any(old.path != new.path or memory.mark(old) != memory.mark(new) for old, new in others):
        return None
    return last.linking.again(last.site, [new for _, new in others])


def _link_all(
    listed: list[Note], config: Config, around: Surroundings, filler: Filler, *, drafts: bool
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
