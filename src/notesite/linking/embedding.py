"""Embeds: a part of a note's body inside of another, and media in their places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeGuard

from notesite.linking.urls import mark
from notesite.model import Reference, ReferenceKind
from notesite.patterns import pattern
from notesite.records import dataclass
from notesite.text import escape_html

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notesite.model import Body

EMBEDDED = "embed-"
"""How the ids begin of what is embedded or shown again."""

DEEPEST = 5
"""How many embeds may stand inside of each other."""

_SOUNDS = frozenset({"mp3", "wav", "ogg", "flac", "m4a", "oga", "opus"})
_FILMS = frozenset({"mp4", "webm", "mov", "mkv", "ogv", "3gp"})
_ID = pattern(r'(<[a-zA-Z][^<>]*?\s)id="([^"]*)"')
_LOCAL = pattern(r'(\s)(href="#|aria-labelledby="|aria-describedby="|for=")([^"]*)"')
_LANDMARK = pattern(r'(<section class="footnotes") aria-label="[^"]*"')
_HEADING = pattern(r"<(/?)h([2-6])\b")
_LOWEST_HEADING = 6


MOST = 500
"""How many embeds one page may hold, those inside of others among them."""

MOST_CHARACTERS = 5_000_000
"""How much HTML the embeds of one page may bring."""


@dataclass(slots=True)
class Allowance:
    """What is left of embeds for one page: ten notes of ten embeds each would make it endless."""

    embeds: int = MOST
    characters: int = MOST_CHARACTERS
    is_told: bool = False

    def take(self, characters: int) -> None:
        """Count an embed of so much HTML."""
        self.embeds -= 1
        self.characters -= characters

    def refusal(self) -> tuple[str, str] | None:
        """A diagnostic's code and message when there is nothing left; said once, then empty."""
        if self.embeds > 0 and self.characters > 0:
            return None
        if self.is_told:
            return "", ""
        self.is_told = True
        return "embed-too-deep", (
            f"more than {MOST} embeds on one page"
            if self.embeds <= 0
            else f"embeds of more than {MOST_CHARACTERS:,} characters on one page"
        )


def section_of(body: Body, anchor: str) -> Body | None:
    """The part of `body` under the heading `anchor`, its heading included; None without one."""
    found: list[str | Reference] = []
    level = 0
    for piece in body:
        if _is_heading(piece):
            if level and int(piece.target) <= level:
                break
            if not level and piece.fragment == anchor:
                level = int(piece.target)
        if level:
            found.append(piece)
    return tuple(found) if level else None


def _is_heading(piece: str | Reference) -> TypeGuard[Reference]:
    is_part = isinstance(piece, Reference) and piece.kind is ReferenceKind.PART
    return is_part and piece.target.isdecimal()  # type: ignore[union-attr]


def block_of(body: Body, name: str) -> Body | None:
    """The block of `body` with the id `name`; None without one."""
    found: list[str | Reference] = []
    is_inside = False
    for piece in body:
        if isinstance(piece, Reference) and piece.fragment == name:
            if piece.kind is ReferenceKind.PART and piece.target == "begin":
                is_inside = True
            elif piece.kind is ReferenceKind.PART and piece.target == "end":
                return tuple(found)
        if is_inside:
            found.append(piece)
    return None


def without_list_heading(html: str, anchor: str) -> str:
    """A note's HTML without a heading at its end, under which its own page lists what it cites."""
    heading = re.escape(escape_html(anchor))
    empty = rf'<(h[1-6])\b[^<>]*\bid="{heading}"[^<>]*>(?:(?!</?h[1-6]).)*</\1>\s*'
    return re.sub(rf'{empty}(?=<section class="footnotes"|\Z)', "", html, flags=re.DOTALL)


def distinct(html: str, number: int, url: str, level: int) -> str:
    """Embedded HTML with ids and headings that fit where it stands.

    Its ids get a prefix of their own; what it refers to and has not got leads to the page `url`.
    Its highest heading comes one level below `level`.
    """
    prefix = f"{EMBEDDED}{number}-"
    ids = {match[2] for match in _ID.finditer(html)}

    def local(match: re.Match[str]) -> str:
        space, attribute, name = match.groups()
        if name in ids:
            return f'{space}{attribute}{prefix}{name}"'
        return f'{space}href="{mark(f"{url}#{name}")}"' if attribute == 'href="#' else match[0]

    # Of the places on a page that one may jump to, each has a name of its own.
    html = _LANDMARK.sub(r"\1", html)
    html = _LOCAL.sub(local, html)
    html = _ID.sub(rf'\1id="{prefix}\2"', html)
    return _with_lower_headings(html, level)


def _with_lower_headings(html: str, level: int) -> str:
    levels = [int(match[2]) for match in _HEADING.finditer(html)]
    down = level + 1 - min(levels, default=level + 1)
    return _HEADING.sub(lambda m: f"<{m[1]}h{min(int(m[2]) + down, _LOWEST_HEADING)}", html)


def framed(html: str, url: str, name: str) -> str:
    """An embed with a link to where it comes from; `name` is HTML, `url` has its fragment."""
    source = f'<a class="embed-source" href="{mark(url)}">{name}</a>'
    return f'<div class="embed">\n<p class="embed-title">{source}</p>\n{html}</div>\n'


_HEIGHT = pattern(r"height=(\d+)")


def is_medium(target: str) -> bool:
    """Whether a file of that name can be shown as it is, besides images."""
    return _extension(target) in {*_SOUNDS, *_FILMS, "pdf"}


def medium(path: str, fragment: str, name: str, attributes: Mapping[str, str]) -> str:
    """A PDF, a sound or a film at `path` of the output, called `name`."""
    extension = _extension(path)
    address = mark(path + (f"#{fragment}" if fragment else ""))
    label = escape_html(name)
    height = _HEIGHT.fullmatch(fragment)
    if height:
        attributes = {**attributes, "height": height[1]}
    size = "".join(f' {key}="{escape_html(value)}"' for key, value in attributes.items())
    link = f'<a href="{address}">{label}</a>'
    if extension in _SOUNDS:
        shown = (
            f'<audio controls preload="none" src="{address}" aria-label="{label}">{link}</audio>'
        )
    elif extension in _FILMS:
        shown = (
            f'<video controls preload="metadata" src="{address}" aria-label="{label}"{size}>'
            f"{link}</video>"
        )
    else:
        shown = (
            f'<object type="application/pdf" data="{address}" aria-label="{label}"{size}>'
            f"<p>{link}</p></object>"
        )
    return f'<figure class="embed-{"pdf" if extension == "pdf" else "medium"}">{shown}</figure>\n'


def _extension(name: str) -> str:
    return name.rpartition(".")[2].lower()
