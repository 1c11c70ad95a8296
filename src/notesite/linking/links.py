"""Links to notes and to places in them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from notesite.linking.anchors import find_heading, has_id
from notesite.linking.files import file_link, find_file
from notesite.linking.labels import Home, labelled
from notesite.linking.missing import compare_capitals, report_unresolved
from notesite.linking.referring import Words
from notesite.linking.urls import mark, tag_url
from notesite.model import PLAIN, ReferenceKind
from notesite.text import attributes_html, escape_html, match_key, nearest, slugify

if TYPE_CHECKING:
    from notesite.linking.filling import Filling
    from notesite.linking.finding import Found
    from notesite.model import Note, Reference

_MOST_NAMED = 5
"""Of the notes that a name may mean so many are named."""


def hashtag(reference: Reference) -> str:
    """A link to the page of a tag."""
    address = mark(tag_url(reference.target))
    return f'<a class="hashtag" href="{address}">{escape_html(reference.text or "")}</a>'


def link(filling: Filling, reference: Reference) -> tuple[str, str]:
    """What opens and closes a link."""
    if reference.kind is ReferenceKind.FILE:
        return file_link(filling, reference)
    if not reference.target:
        return anchor_tag(filling, reference, filling.path)
    found = find_note(filling, reference)
    if found is None:
        if reference.is_wikilink:
            return unresolved(filling, reference)
        if find_file(filling, reference):
            return file_link(filling, reference)
        return _label_link(filling, reference) or unresolved(filling, reference)
    if found.candidates:
        names = ", ".join(found.candidates[:_MOST_NAMED])
        more = len(found.candidates) - _MOST_NAMED
        names += f" and {more:,} more" if more > 0 else ""
        message = f"'{reference.target}' may be any of {names}; the first is taken"
        filling.report("link-ambiguous", message, reference, ("write more of the path",))
    filling.targets[found.path] = None
    return anchor_tag(filling, reference, found.path)


def _label_link(filling: Filling, reference: Reference) -> tuple[str, str] | None:
    """A link whose address is a label, as MyST writes them: `[the theorem](thm-riesz)`."""
    homes = () if reference.fragment else filling.site.labels.find(reference.target, filling.path)
    if not homes:
        return None
    path, label = homes[0].path, homes[0].label
    filling.targets[path] = None
    return anchor_tag(filling, replace(reference, target="", fragment=label.name), path)


def find_note(filling: Filling, reference: Reference) -> Found | None:
    """The note that a reference names, if there is one."""
    finder, target = filling.site.finder, reference.target
    found = None if reference.is_wikilink else finder.relative(target, filling.path)
    found = found or finder.by_name(target, filling.path)
    if found is not None:
        compare_capitals(filling, reference, found.path)
    return found


def anchor_tag(filling: Filling, reference: Reference, path: str) -> tuple[str, str]:
    """What opens and closes a link to the note at `path`."""
    note = filling.site.notes[path]
    fragment = fragment_id(filling, reference, note) if reference.fragment else ""
    address = filling.site.urls[path] + (f"#{fragment}" if fragment else "")
    label = _label(filling, reference, note) if reference.text is not None else ""
    if PLAIN in reference.attributes:
        return f"<span>{label}", "</span>"
    return f'<a href="{mark(address)}"{attributes_html(reference.attributes)}>{label}', "</a>"


def _label(filling: Filling, reference: Reference, note: Note) -> str:
    """What a wikilink without a text shows: the words as written where they are the title."""
    words = reference.text or ""
    label = labelled(note, reference.fragment) if reference.fragment else None
    if label:
        form = "eqref" if label.kind == "equation" else "prose"
        return Words(filling, form).name(Home(note.path, label))
    if not words:
        heading = find_heading(note, reference.fragment)
        return heading.title.html if heading else note.title.html
    name = reference.target.removesuffix(".md").rpartition("/")[2]
    if not reference.target or reference.fragment or slugify(name) == slugify(note.title.text):
        heading = find_heading(note, reference.fragment)
        is_alone = heading is not None and not reference.target
        return heading.title.html if heading and is_alone else escape_html(words)
    if match_key(name) in map(match_key, note.front_matter.aliases):
        return escape_html(words)
    return note.title.html


def fragment_id(filling: Filling, reference: Reference, note: Note) -> str:
    """The id in the note that a reference names; empty after a problem."""
    wanted = reference.fragment
    label = labelled(note, wanted)
    heading = None if label else find_heading(note, wanted)
    if label or heading:
        return (label or heading).anchor  # type: ignore[union-attr]
    if has_id(note, wanted):
        return wanted
    if slugify(wanted) == slugify(note.title.text):
        # The heading that became the page's title: the page itself.
        return ""
    names = [heading.source for heading in note.headings]
    names += [label.name for label in note.labels]
    close = nearest(wanted.rpartition("#")[2], names)
    hints = (f"did you mean '#{close[0]}'?",) if close else ()
    name = reference.target or note.path
    filling.report("link-heading-not-found", f"no '{wanted}' in '{name}'", reference, hints)
    return ""


def unresolved(filling: Filling, reference: Reference) -> tuple[str, str]:
    """What opens and closes the words of a link to a note that is not there, which is said."""
    report_unresolved(filling, reference)
    filling.hidden.append((reference.span, reference.text if reference.is_wikilink else None))
    label = escape_html(reference.text) if reference.text is not None else ""
    return f'<span class="link-unresolved">{label}', "</span>"
