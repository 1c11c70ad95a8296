"""Safe HTML from notes by strangers: what is rendered, through a list of what is allowed.

With `markdown.html = false` raw HTML is text, the first lock. The second: all HTML of a note
goes through ammonia (by way of nh3), which parses it as browsers do and keeps what is named here,
the markup that our rules make. The marks of open references stand between elements and are carried
through.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""What the addresses of links and images may begin with, besides the site's own."""

RESERVED_IDS = ("page:", "symbol:")
"""What the ids begin with that the theme and its scripts go by."""

_FILMS = "https://www.youtube-nocookie.com/embed/"

_TEXT = (
    "a abbr aside b blockquote br cite code dd del details dfn div dl dt em figcaption figure h1 "
    "h2 h3 h4 h5 h6 hr i iframe img input ins kbd label li mark ol p pre q rp rt ruby s samp "
    "section small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr "
    "caption"
)
_MATH = (
    "math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms "
    "mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover"
)
_DRAWING = "circle desc ellipse foreignObject g line path polygon polyline rect svg text tspan"

_EVERYWHERE = frozenset({"class", "dir", "id", "lang", "role", "tabindex", "title"})
_OF_MATH = frozenset(
    {
        "accent", "accentunder", "alttext", "arg", "columnspan", "depth", "display", "displaystyle",
        "fence", "form", "height", "intent", "largeop", "linethickness", "lspace", "mathbackground",
        "mathcolor", "mathsize", "mathvariant", "maxsize", "minsize", "movablelimits", "rowspan",
        "rspace", "scriptlevel", "separator", "stretchy", "symmetric", "voffset", "width",
    }
)  # fmt: skip
_OF_DRAWING = frozenset(
    {
        "cx", "cy", "d", "dominant-baseline", "fill", "fill-opacity", "font-family", "font-size",
        "height", "opacity", "overflow", "points", "r", "rx", "ry", "stroke", "stroke-dasharray",
        "stroke-linecap",
        "stroke-linejoin", "stroke-width", "text-anchor", "transform", "viewBox", "width", "x",
        "x1", "x2", "y", "y1", "y2",
    }
)  # fmt: skip
_OF_TEXT = {
    "a": {"href", "rel"}, "details": {"open"}, "iframe": {"src", "loading", "allowfullscreen"},
    "img": {"src", "alt", "width", "height", "loading"}, "input": {"checked", "disabled"},
    "label": {"for"}, "ol": {"start", "reversed"}, "table": {"width", "height"},
    "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"}, "time": {"datetime"},
}  # fmt: skip

_MARK = re.compile("\0([0-9]+)\0")
# Noncharacters, which no text may hold (Unicode 16, section 23.7): ammonia lets no NUL through.
_BEGIN, _END = "\ufdd2", "\ufdd3"
_OURS = re.compile(f"[{_BEGIN}{_END}]")
_CARRIED = re.compile(f"{_BEGIN}([0-9]+){_END}")


def sanitising_plugin(md: MarkdownIt) -> None:
    """Add the rules for notes by strangers to `md`, whose option `html` is off."""
    md.validateLink = is_safe_address  # type: ignore[method-assign, assignment]
    md.core.ruler.push("reserved_ids", _drop_reserved_ids)


def _drop_reserved_ids(state: StateCore) -> None:
    for token in _all_tokens(state.tokens):
        if str(token.attrs.get("id", "")).startswith(RESERVED_IDS):
            del token.attrs["id"]


def _all_tokens(tokens: list[Token]) -> list[Token]:
    children = [child for token in tokens for child in token.children or ()]
    return tokens + (_all_tokens(children) if children else [])


def sanitised(html: str) -> str:
    """Rendered `html` without anything that could run, load from elsewhere, or pass for the page's.

    Marks of references come through where they stand; there are none within tags.
    """
    carried = _MARK.sub(rf"{_BEGIN}\1{_END}", _OURS.sub("", html))
    return _CARRIED.sub("\0\\1\0", _cleaner()(carried))


def is_safe_address(address: str) -> bool:
    """Whether a link or an image may lead to `address`: a page of the web, a letter, a call."""
    # Browsers drop blanks before a scheme, and tabs and line ends within it.
    bare = re.sub(r"[\x00-\x20]", "", address)
    scheme = re.match(r"([^/?#:]*):", bare)
    return scheme is None or scheme[1].lower() in SCHEMES


@cache
def _cleaner() -> Callable[[str], str]:
    import nh3  # noqa: PLC0415 - only sites that ask for it need it

    text, math, drawing = _TEXT.split(), _MATH.split(), _DRAWING.split()
    attributes: dict[str, set[str]] = {"*": set(_EVERYWHERE), **_OF_TEXT}
    attributes |= {tag: set(_OF_MATH) for tag in math}
    attributes |= {tag: set(_OF_DRAWING) for tag in drawing}
    cleaner: Any = nh3.Cleaner(
        tags={*text, *math, *drawing},
        clean_content_tags={"script", "style"},
        attributes=attributes,
        attribute_filter=_checked,
        strip_comments=True,
        link_rel=None,
        generic_attribute_prefixes={"aria-", "data-"},
        tag_attribute_values={"input": {"type": {"checkbox"}}},
        url_schemes=set(SCHEMES),
    )
    return cleaner.clean  # type: ignore[no-any-return]


def _checked(tag: str, attribute: str, value: str) -> str | None:
    """The value that an allowed attribute may have, None for none."""
    if tag == "iframe" and attribute == "src":
        return value if value.startswith(_FILMS) else None
    return value
