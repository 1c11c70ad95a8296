"""What is looked up in all the notes of a site together, once each is in its place and filled."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import field
from typing import TYPE_CHECKING

from notesite.bibliography.references import links as work_links
from notesite.diagnostics import diagnose
from notesite.linking.filled import SHORT
from notesite.linking.urls import is_old_address, page_path, why_no_address
from notesite.model import Survey, WebLink
from notesite.records import dataclass
from notesite.seeing import digest_of_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Sequence

    from notesite.bibliography.citing import Citing
    from notesite.diagnostics import Diagnostic
    from notesite.linking.filled import Filled
    from notesite.linking.placing import Place
    from notesite.model import LinkedNote, Note, Respelling

_MEDIA = (
    ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".bmp", ".pdf",
    ".mp3", ".wav", ".ogg", ".flac", ".m4a", ".mp4", ".webm", ".mov",
)  # fmt: skip
"""The files that are there to be shown on a page."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A note in its place, with what filling it found."""

    note: Note
    url: str
    place: Place
    filled: Filled
    targets: tuple[str, ...]
    html: Callable[[], str]


@dataclass(slots=True)
class Surveyed:
    """What filling the notes came upon: files they show, notes they miss, names they misspell."""

    assets: dict[str, None] = field(default_factory=dict)
    wanted: Counter[str] = field(default_factory=Counter)
    respelled: list[Respelling] = field(default_factory=list)

    def add(self, filled: Filled) -> None:
        """Count what filling one of them came upon."""
        self.assets.update(dict.fromkeys(filled.assets))
        self.wanted.update(filled.wanted)
        self.respelled.extend(filled.respelled)


def survey(placed: Sequence[Placed], files: Iterable[str], found: Surveyed) -> Survey:
    """What the site's author may want to look after; `files` are all files beside notes."""
    linked = {url for each in placed for url in each.targets if url != each.url}
    return Survey(
        orphans=tuple(
            each.note.file
            for each in placed
            if each.url not in linked and not set(each.targets) - {each.url}
        ),
        unused=tuple(
            path for path in files if path not in found.assets and path.lower().endswith(_MEDIA)
        ),
        wanted=tuple(sorted(found.wanted.items(), key=lambda item: (-item[1], item[0]))),
        respelled=tuple(dict.fromkeys(found.respelled)),
    )


def redirects(
    entries: Sequence[Placed], moved: Iterable[tuple[str, str]], taken: Container[str]
) -> dict[str, str]:
    """The pages by their old addresses: aliases of notes, and what has `moved`.

    An address that is `taken` by something else leads to that.
    """
    pages = {each.url for each in entries}
    found: dict[str, str] = {}
    for each in entries:
        for alias in each.note.front_matter.aliases:
            if is_old_address(alias) and not why_no_address(alias):
                address = page_path(alias)
                if address not in pages and address not in taken:
                    found.setdefault(address, each.url)
    for address, url in moved:
        if address not in pages and address not in taken:
            found.setdefault(address, url)
    return found


def cited_links(notes: Iterable[Note], citing: Citing) -> Iterator[WebLink]:
    """Where the works that notes cite can be read: links of the lists of references."""
    entries = {}
    for note in notes if citing.look() else ():
        found = (citing.find(note.path, key) for key in note.cited)
        entries.update({(e.entry.file, e.entry.key): e.entry for e in found if e})
    for entry in entries.values():
        for address in dict.fromkeys(run.link for run in work_links(entry) if run.link):
            yield WebLink(address, entry.file, entry.span)


def uncitable(notes: Iterable[LinkedNote], author: str) -> Iterator[Diagnostic]:
    """Notes that scholars are to find and that say too little for it; `author` is the site's."""
    for linked in notes:
        matter = linked.note.front_matter
        missing = [] if matter.authors or author else ["author"]
        missing += [] if linked.created else ["date"]
        if matter.citable and missing:
            message = f"a note to be cited needs its {' and its '.join(missing)}"
            span = matter.spans.get("citable")
            yield diagnose("citable-incomplete", message, linked.note.file, span)


def referred(placed: Iterable[Placed]) -> dict[str, set[str]]:
    """For each page that others link to the anchors that they name; none is the empty text."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for each in placed:
        for place in each.filled.places:
            # There are as many as links, and few name an anchor.
            url, _, anchor = place.partition("#") if "#" in place else (place, "", "")
            if url != each.url:
                found[url].add(anchor)
    return dict(found)


def mentions(entries: Iterable[Placed]) -> dict[str, list[tuple[str, int]]]:
    """For each URL the notes that link to it, by path, and the number it has among their targets.

    In the order of backlinks.
    """
    found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for each in entries:
        path = each.note.path
        for number, url in enumerate(each.targets):
            if url != each.url:
                found[url].append((path, number))
    return dict(found)


def mention_digests(entries: Iterable[Placed]) -> dict[str, str]:
    """For each URL a digest of the sentences that link to it, as `mentioned_as` has it.

    They are gone through note by note, as they lie in memory: there are as many as links.
    """
    found: defaultdict[str, list[bytes]] = defaultdict(list)
    for each in entries:
        short = each.filled.mentions
        for number, url in enumerate(each.targets):
            if url != each.url:
                found[url].append(short[number * SHORT : number * SHORT + SHORT])
    return {url: mentioned_as(parts) for url, parts in found.items()}


_FEW = 3


def mentioned_as(parts: Sequence[bytes]) -> str:
    """A digest of sentences by the short digest of each."""
    short = b"".join(parts)
    return short.hex() if len(parts) < _FEW else digest_of_bytes(short)
