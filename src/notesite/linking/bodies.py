"""Filling bodies: from a body with open references to HTML with marked URLs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.linking import embedding
from notesite.linking.citing import ends_with_heading
from notesite.linking.embeds import embed
from notesite.linking.files import image, raw_address
from notesite.linking.filling import Elsewhere, Filling
from notesite.linking.links import hashtag, link
from notesite.linking.referring import refer
from notesite.linking.restating import restate, uses
from notesite.model import ReferenceKind
from notesite.text import escape_html

if TYPE_CHECKING:
    from collections.abc import Callable

    from notesite.model import Body, Reference


def fill(filling: Filling, body: Body) -> str:
    """The HTML of `body`; URLs are marked, unresolved links become plain text."""
    return "".join(fill_pieces(filling, body))


def fill_pieces(filling: Filling, body: Body) -> tuple[str, ...]:
    """The HTML of `body` in pieces, its own texts among them as they are."""
    pieces: list[str] = []
    closings: list[str] = []
    for piece in body:
        if isinstance(piece, str):
            pieces.append(piece)
        elif piece.kind is ReferenceKind.END:
            pieces.append(closings.pop())
        elif piece.kind in _WHOLE:
            shown = _WHOLE[piece.kind](filling, piece)
            pieces.append(shown if isinstance(shown, str) else _fill_elsewhere(filling, shown))
        else:
            opening, closing = link(filling, piece)
            pieces.append(opening)
            closings.append(closing)
    return tuple(pieces)


def _fill_elsewhere(filling: Filling, shown: Elsewhere) -> str:
    """The HTML of a part of a note as it stands in this one, its ids and headings adapted."""
    note = shown.note
    url = filling.site.urls[note.path]
    around = (*(filling.around or (f"{filling.path}#",)), f"{note.path}#{shown.fragment}")
    inner = Filling(
        note.path,
        note.file,
        url,
        filling.site,
        around=around,
        citing=filling.citing,
        allowance=filling.allowance,
    )
    html = fill(inner, shown.body)
    if ends_with_heading(note):
        html = embedding.without_list_heading(html, note.headings[-1].anchor)
    filling.allowance.take(len(html))
    filling.targets.update(inner.targets)
    filling.assets.update(inner.assets)
    # The rest of what is wrong with the other note is said once, where it is at home.
    filling.problems.extend(each for each in inner.problems if each.code.startswith("embed-"))
    filling.embeds += 1
    return shown.finish(embedding.distinct(html, filling.embeds, url, filling.level))


def _begin_part(filling: Filling, part: Reference) -> str:
    filling.level = int(part.target) if part.target.isdecimal() else filling.level
    return ""


_WHOLE: dict[ReferenceKind, Callable[[Filling, Reference], str | Elsewhere]] = {
    ReferenceKind.IMAGE: image,
    ReferenceKind.URL: raw_address,
    ReferenceKind.TAG: lambda _, reference: hashtag(reference),
    ReferenceKind.EMBED: embed,
    ReferenceKind.CITE_OR_LABEL: refer,
    ReferenceKind.RESTATE: restate,
    ReferenceKind.USES: uses,
    ReferenceKind.PART: _begin_part,
}
"""What stands in the place of a reference that has no closing."""


def without_links(body: Body) -> str:
    """The HTML of a body that stands where links cannot be followed, their words kept."""
    kinds = {ReferenceKind.NOTE, ReferenceKind.FILE, ReferenceKind.TAG}
    return "".join(
        piece if isinstance(piece, str) else escape_html(piece.text or "")
        for piece in body
        if isinstance(piece, str) or piece.kind in kinds
    )
