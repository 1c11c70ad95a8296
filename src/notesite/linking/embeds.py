"""Transclusion: notes, and parts of them, as they stand in another note."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notesite.drawings import is_drawing
from notesite.linking import embedding
from notesite.linking.anchors import find_heading
from notesite.linking.files import medium
from notesite.linking.filling import Elsewhere
from notesite.linking.finding import Found
from notesite.linking.links import anchor_tag, find_note, fragment_id, unresolved

if TYPE_CHECKING:
    from notesite.linking.filling import Filling
    from notesite.model import Body, Note, Reference

_SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)"')


def embed(filling: Filling, reference: Reference) -> str | Elsewhere:
    """What a reference embeds; a link to it where that cannot be."""
    if embedding.is_medium(reference.target):
        return medium(filling, reference)
    found = find_note(filling, reference) if reference.target else Found(filling.path)
    if found is None:
        opening, closing = unresolved(filling, reference)
        return f"<p>{opening}{closing}</p>\n"
    filling.targets[found.path] = None
    note = filling.site.notes[found.path]
    if is_drawing(note.front_matter.extra):
        # What follows `#` is a frame or a group within it.
        return _picture(note, reference)
    fragment = fragment_id(filling, reference, note) if reference.fragment else ""
    problem = filling.allowance.refusal() or _endless(filling, found.path, fragment)
    if problem:
        # To refuse one takes time, too.
        filling.allowance.take(0)
    if problem and problem[0]:
        filling.report(problem[0], problem[1], reference)
    # A body that is not shown is not unpacked either: there may be very many of them.
    body = None if problem else _part(reference, note, fragment)
    if body is None:
        opening, closing = anchor_tag(filling, reference, found.path)
        return f"<p>{opening}{closing}</p>\n"
    return _framed(filling, note, body, fragment)


def _part(reference: Reference, note: Note, fragment: str) -> Body | None:
    """What of the note is to be embedded; None after a problem."""
    if not reference.fragment:
        return note.body
    if reference.fragment.startswith("^"):
        return embedding.block_of(note.body, reference.fragment)
    if any(result.anchor == fragment for result in note.results):
        return embedding.block_of(note.body, fragment)
    return embedding.section_of(note.body, fragment)


def _endless(filling: Filling, path: str, fragment: str) -> tuple[str, str] | None:
    """A diagnostic's code and message when the embed must not be followed."""
    around = (*filling.around, f"{filling.path}#")
    is_inside = any(each.startswith(f"{path}#") for each in around)
    if f"{path}#{fragment}" in around or (not fragment and is_inside):
        return "embed-cycle", f"'{path}' embeds itself"
    if len(filling.around) > embedding.DEEPEST:
        return "embed-too-deep", f"more than {embedding.DEEPEST} embeds inside of each other"
    return None


def _picture(note: Note, reference: Reference) -> Elsewhere:
    """A drawing in another note, as wide as that wants it."""
    width = dict(reference.attributes).get("width", "")
    return Elsewhere(note, note.body, "", lambda html: _as_wide(html, width))


def _as_wide(html: str, width: str) -> str:
    """A drawing `width` pixels wide, if that says anything, and as high in proportion."""
    size = _SIZE.search(html) if width else None
    if size is None:
        return html
    height = float(size[2]) * float(width) / max(float(size[1]), 1.0)
    shown = f'width="{width}" height="{height:.0f}"'
    return html[: size.start()] + shown + html[size.end() :]


def _framed(filling: Filling, note: Note, body: Body, fragment: str) -> Elsewhere:
    url = filling.site.urls[note.path] + (f"#{fragment}" if fragment else "")
    heading = find_heading(note, fragment)
    name = note.title.html + (f" › {heading.title.html}" if heading else "")
    return Elsewhere(note, body, fragment, lambda html: embedding.framed(html, url, name))
