"""What references by name say where words stand without links: in contents and excerpts."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from notesite.math.findable import read_formula
from notesite.model import Reference, ReferenceKind
from notesite.text import escape_html, without_tags

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notesite.model import Body, Note

_MARKS = ("@", "\\", "›", "[](")
"""What is in the sources of references that say something else."""
_FORMULA = re.compile(r"<math\b.*?</math>", re.DOTALL)
_FOOTNOTES = "1"
"""The part of a body behind which its pieces are no longer those of the page, one for one."""


def names_said(note: Note, body: Body, pieces: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The sources of those references that headings or the excerpt show, with what they say.

    `pieces` are those of the page that the note's `body` became.
    """
    shown = unescape("\0".join((note.excerpt, *(each.title.html for each in note.headings))))
    has_marks = any(mark in shown for mark in _MARKS)
    said: dict[str, str] = {}
    is_opening = True
    for reference, html in zip(body, pieces, strict=False):
        if not isinstance(reference, Reference):
            is_opening = is_opening and "</p>" not in reference
            if not (is_opening or has_marks):
                break
            continue
        if reference.kind is ReferenceKind.PART and reference.target == _FOOTNOTES:
            break
        source = reference.stand_in
        is_named = _is_by_name(reference) or (is_opening and _names_note(reference, shown))
        if source and source in shown and is_named:
            said.setdefault(source, _readable(html))
    return tuple(said.items()) if any(source != words for source, words in said.items()) else ()


def _readable(html: str) -> str:
    """Words, with formulas as a line that can be read."""
    return without_tags(_FORMULA.sub(lambda found: escape_html(read_formula(found[0]).text), html))


def _names_note(reference: Reference, shown: str) -> bool:
    """Whether what is shown has the name of a linked note, and nothing else that could be meant."""
    is_note = reference.kind is ReferenceKind.NOTE and reference.text is not None
    return is_note and shown.count(reference.text or "") == 1


def _is_by_name(reference: Reference) -> bool:
    """Whether the page says something else than what is written."""
    is_place = reference.kind is ReferenceKind.NOTE and (reference.fragment or reference.text == "")
    return reference.kind is ReferenceKind.CITE_OR_LABEL or bool(is_place)
