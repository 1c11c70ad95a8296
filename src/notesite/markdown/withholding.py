"""What of a note's source is not for its readers, when the source itself is published."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from notesite.markdown.places import COMMENT_MARK, COMMENTS
from notesite.model import Reference, Withheld
from notesite.spans import Position, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from notesite.model import Note

# A Markdown link with its address beside it; one whose address is elsewhere cannot be cut alone.
_LINK = re.compile(r"!?\[(.*)\]\(.*\)", re.DOTALL)


def withheld_from(
    note: Note, hidden: Iterable[tuple[Span | None, str | None]]
) -> tuple[Withheld, ...] | None:
    """The comments of `note`, and its `hidden` links to what is not published, by place.

    None where the place of one of them is not known: then nothing of the source can be shown.
    """
    found = list(note.comments) if note.comments is not None else []
    for span, shown in hidden:
        if span is None:
            return None
        found.append(Withheld(span, shown))
    if note.comments is None:
        return None
    return tuple(sorted(found, key=lambda each: each.span))


def without_withheld(text: str, withheld: Sequence[Withheld]) -> str | None:
    """The source `text` as its readers may see it; None where something is not what it seemed."""
    starts = _line_starts(text)
    kept = []
    at = 0
    for each in withheld:
        begin, end = (_offset(starts, place) for place in (each.span.start, each.span.end))
        shown = _shown(text[begin:end], each.shown)
        if shown is None:
            return None
        if begin >= at:
            # What lies within a stretch that is already cut is gone with it.
            kept.append(text[at:begin] + shown)
        at = max(at, end)
    return "".join(kept) + text[at:]


def _shown(written: str, shown: str | None) -> str | None:
    if shown == "":
        return ""
    if written.startswith(("[[", "![[")):
        inner = written.partition("[[")[2].removesuffix("]]")
        return inner.partition("|")[2] or shown or ""
    found = _LINK.fullmatch(written)
    return found[1] if found else None


def _line_starts(text: str) -> list[int]:
    """Where each line begins; a line behind the last one begins at the end."""
    return [0, *(found.end() for found in re.finditer("\n", text)), len(text)]


def _offset(starts: Sequence[int], place: Position) -> int:
    return min(starts[min(place.line, len(starts)) - 1] + place.column - 1, starts[-1])


_NO_TARGETS = frozenset({"", "#"})


def comments_of(
    env: Mapping[str, Any], text: str, shown: tuple[str | Reference, ...]
) -> tuple[Withheld, ...] | None:
    """The comments of a parsed text: Obsidian's, and `[//]: # (…)`, a link that is never used.

    None where there are more of their marks left than its page has, which is `shown`: then one
    stands where nothing is read, as in a cell that a table has lost.
    """
    spans = list(env.get(COMMENTS, ()))
    definitions = [*env.get("references", {}).values(), *env.get("duplicate_refs", ())]
    for definition in definitions:
        if definition["href"] in _NO_TARGETS:
            first, end = definition["map"]
            spans.append(Span(Position(first + 1, 1), Position(end + 1, 1)))
    if None in spans:
        return None
    comments = tuple(Withheld(span) for span in sorted(spans))
    if COMMENT_MARK not in text:
        return comments
    left = without_withheld(text, comments)
    most = sum(_shown_marks(piece) for piece in shown)
    return comments if left is not None and left.count(COMMENT_MARK) <= most else None


def _shown_marks(piece: str | Reference) -> int:
    if isinstance(piece, str):
        return piece.count(COMMENT_MARK)
    texts = (piece.target, piece.text or "", *(value for _, value in piece.attributes))
    return sum(text.count(COMMENT_MARK) for text in texts)
