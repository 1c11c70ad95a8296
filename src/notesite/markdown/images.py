"""Images in Markdown's own syntax, as Obsidian reads them: sizes in the alt text, films by address.

`![Alt|640x480](address)`, `![Alt|100](address)` and `![100](address)` give the size in pixels
(help page "Basic formatting syntax", section on external images, and "Embed files"). The address
of a film on YouTube shows the film ("Embed web pages").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from notesite.patterns import pattern
from notesite.text import escape_html

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

_SIZED = pattern(r"(?:(.*)\|)?\s*(\d+)(?:x(\d+))?\s*", re.DOTALL)
_FILM = pattern(r"[\w-]{6,20}")
_FILM_HOSTS = frozenset({"youtube.com", "m.youtube.com", "youtube-nocookie.com"})
_FILM_FOLDERS = frozenset({"embed", "shorts", "live"})


_PLACING = pattern(
    r"(?:align-?|float-?)?(?:left|right|cente?re?d?|ctr|inl|inline|wrap)(?:-?[lr])?",
    re.IGNORECASE,
)
"""Words by which themes of Obsidian place an image, where its alt text would stand."""


def without_placing(words: list[str]) -> list[str]:
    """The parts of an image's text between pipes that say something of it."""
    return [word for word in words if not _PLACING.fullmatch(word.strip())]


def images_plugin(md: MarkdownIt) -> None:
    """Add the rule to `md`; it comes before those that make figures."""
    md.core.ruler.after("inline", "image_sizes", _read_sizes)


def _read_sizes(state: StateCore) -> None:
    for block in state.tokens:
        for token in block.children or ():
            if token.type == "image" and not token.meta.get("reference"):
                _read_size(state, token)


def _read_size(state: StateCore, image: Token) -> None:
    found = _SIZED.fullmatch(image.content)
    said = (found[1] or "").strip() if found else image.content
    words = said.split("|")
    kept = "|".join(without_placing(words)) if len(words) > 1 or found else said
    if found is None and kept == said:
        return
    if found:
        image.attrs["width"] = found[2]
        if found[3]:
            image.attrs["height"] = found[3]
    image.content = kept.strip()
    image.children = []
    if image.content:
        state.md.inline.parse(image.content, state.md, state.env, image.children)


def film_frame(address: str, name: str) -> str:
    """A frame called `name` that plays the film at `address`; empty if it is no film on YouTube.

    The frame comes from the host that sets no cookies, and loads nothing before it is in sight.
    """
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    names = parts.path.strip("/").split("/")
    query = parse_qs(parts.query)
    if host == "youtu.be":
        film = names[0]
    elif host in _FILM_HOSTS and names[0] in _FILM_FOLDERS and len(names) > 1:
        film = names[1]
    elif host in _FILM_HOSTS and names[0] == "watch":
        film = query.get("v", [""])[0]
    else:
        return ""
    if not _FILM.fullmatch(film):
        return ""
    start = re.sub(r"\D", "", query.get("t", query.get("start", [""]))[0])
    source = f"https://www.youtube-nocookie.com/embed/{film}" + (f"?start={start}" if start else "")
    return (
        f'<iframe class="film" src="{source}" title="{escape_html(name)}" '
        'loading="lazy" allowfullscreen></iframe>'
    )
