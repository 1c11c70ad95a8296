"""What filling a note finds: its HTML, and what the rest of the site shows or counts of it."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import blake2b
from sys import intern
from typing import TYPE_CHECKING, cast

from notesite.cache import pack
from notesite.linking.asking import Asking
from notesite.linking.bodies import fill, fill_pieces
from notesite.linking.citing import Closed, page_citing
from notesite.linking.files import picture
from notesite.linking.filling import Filling
from notesite.linking.mentions import mentions, packed
from notesite.linking.saying import names_said
from notesite.markdown.mermaid import has_diagrams
from notesite.markdown.withholding import withheld_from
from notesite.model import Reference, ReferenceKind
from notesite.records import dataclass
from notesite.seeing import digest
from notesite.text import without_tags

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notesite.diagnostics import Diagnostic
    from notesite.linking.asking import Question
    from notesite.linking.context import Context
    from notesite.model import Body, CitedWork, Note, Respelling, Withheld

SHORT = 8
"""Bytes of a sentence's digest."""
_LINK = re.compile('href="\0([^\0]+)\0"')


@dataclass(frozen=True, slots=True)
class Filled:
    """What filling a note found, its HTML aside, and what it saw and asked to find it.

    `targets` are paths of notes. The sentences that link to them are kept apart, as they are long;
    `mentions` holds a short digest of each, one after the other, of `SHORT` bytes.
    """

    key: str
    seen: tuple[str, ...]
    asked: bytes
    """The questions with the digests of their answers, packed."""
    digest: str
    """Of the HTML and what is withheld."""
    has_diagrams: bool
    summary_html: str
    summary_text: str
    image: str
    targets: tuple[str, ...]
    places: tuple[str, ...]
    """What it links to besides its own page: URLs, with fragments where they have one."""
    assets: tuple[str, ...]
    wanted: tuple[str, ...]
    respelled: tuple[Respelling, ...]
    mentions: bytes
    withheld: tuple[Withheld, ...] | None
    works: tuple[CitedWork, ...]
    references_anchor: str
    said: tuple[tuple[str, str], ...]
    problems: tuple[Diagnostic, ...]

    def shows_same(self, other: Filled) -> bool:
        """Whether nothing but the text differs, as others may show or count it."""
        return replace(self, **{name: getattr(other, name) for name in _OWN}) == other


_OWN = ("key", "seen", "asked", "digest", "mentions", "withheld", "problems")
"""What of a filled note is its own: nobody shows it on another page, or only as a mention."""


def with_shared_names(filled: Filled) -> Filled:
    """The same, with one string for each name that many notes have: half of what it takes."""
    return replace(
        filled,
        seen=tuple(map(intern, filled.seen)),
        targets=tuple(map(intern, filled.targets)),
        places=tuple(map(intern, filled.places)),
    )


@dataclass(frozen=True, slots=True)
class FilledNote:
    """A note just filled: what is remembered of it, its HTML, and its sentences packed."""

    found: Filled
    pieces: tuple[str, ...]
    sentences: bytes


def fill_note(note: Note, site: Context, urls: Mapping[str, str]) -> FilledNote:
    """Fill the body, summary and image of `note` for `site`, writing down what that sees and asks.

    `urls` are those of all notes by their paths; looking there is not written down.
    """
    seen: set[str] = set()
    asked: dict[Question, str] = {}
    filling = filling_of(note, urls[note.path], cast("Context", Asking(site, seen, asked)))
    body = note.body
    closed = closed_body(filling, note, body)
    html = "".join(closed.pieces)
    matter = note.front_matter
    filling.is_away = True
    filling.citing = page_citing(note, filling.site)
    summary = _summary(filling, note)
    image = picture(filling, matter.image, matter.spans.get("image")) if matter.image else ""
    withheld = withheld_from(note, filling.hidden)
    sentences = mentions(html, [urls[path] for path in filling.targets])
    found = Filled(
        key=note.key,
        digest=digest(html, repr(withheld), sentences),
        has_diagrams=has_diagrams(html),
        summary_html=summary,
        summary_text=_summary_text(filling, note),
        image=image,
        targets=tuple(filling.targets),
        places=tuple(sorted(set(_LINK.findall(html)))),
        assets=tuple(filling.assets),
        wanted=tuple(filling.wanted),
        respelled=tuple(filling.respelled),
        mentions=b"".join(map(_short_digest, sentences)),
        withheld=withheld,
        works=closed.works,
        references_anchor=closed.anchor,
        said=names_said(note, body, closed.apart),
        problems=tuple(filling.problems),
        seen=tuple(sorted(seen)),
        asked=pack(tuple(asked.items())),
    )
    return FilledNote(found, closed.pieces, packed(sentences))


def filling_of(note: Note, url: str, site: Context) -> Filling:
    """A filling of the note's own page, which is at `url`."""
    filling = Filling(note.path, note.file, url, site)
    filling.citing = page_citing(note, site)
    return filling


def closed_body(filling: Filling, note: Note, body: Body) -> Closed:
    """The HTML of the body of `note` with its references."""
    pieces = fill_pieces(filling, body)
    return filling.citing.close(pieces, note, body) if filling.citing else Closed(pieces, pieces)


def _summary(filling: Filling, note: Note) -> str:
    if note.summary is None:
        return ""
    html = fill(filling, note.summary.body)
    return filling.citing.plain(html) if filling.citing else html


def _summary_text(filling: Filling, note: Note) -> str:
    """The summary as plain text, with what its references by name say in place of their source."""
    if note.summary is None:
        return ""
    text = note.summary.text
    for piece in note.summary.body:
        if isinstance(piece, Reference) and piece.kind is ReferenceKind.CITE_OR_LABEL:
            html = fill(filling, (piece,))
            shown = filling.citing.plain(html) if filling.citing else html
            text = text.replace(piece.text or "", without_tags(shown), 1)
    return text


def _short_digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=SHORT).digest()
