"""Reading the HTML that notesite writes: its pieces one after the other, and elements by their id.

No parser for HTML at large: what we write closes what it opens, and an author's raw HTML that does
not is cut short rather than misread.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PIECE = re.compile(
    r"""<math\b.*?</math>|<(script|style|template|svg)\b.*?</\1\s*>|<!--.*?-->"""
    r"""|</?[a-zA-Z](?:[^"'<>]|"[^"]*"|'[^']*')*>|[^<]+|<""",
    re.DOTALL,
)
"""A formula, something that is no text, a tag, or text."""

TAG = re.compile(r"""<(/?)([a-zA-Z][\w-]*)((?:[^"'<>]|"[^"]*"|'[^']*')*)>""")
"""A tag: a slash or nothing, the name, the attributes as written."""

_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>=]+)))?""")
VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()  # noqa: SIM905
)


def pieces(html: str) -> Iterator[str]:
    """The formulas, tags and texts of `html` in order."""
    return (match[0] for match in PIECE.finditer(html))


def attributes(tag: str) -> dict[str, str]:
    """The attributes of an opening tag, as written: still escaped."""
    match = TAG.match(tag)
    if not match:
        return {}
    found = _ATTRIBUTE.findall(match[3])
    return {name.lower(): double or single or bare for name, double, single, bare in found}


def element_at(html: str, start: int) -> int:
    """Where the element ends that begins at `start`; the end of `html` if it is never closed."""
    opening = TAG.match(html, start)
    assert opening, "an element begins with a tag"
    name = opening[2].lower()
    if name in VOID or opening[3].endswith("/"):
        return opening.end()
    depth = 0
    for tag in re.compile(rf"<(/?){name}\b[^>]*>", re.IGNORECASE).finditer(html, start):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.end()
    return len(html)


def find_id(html: str, name: str) -> tuple[int, int] | None:
    """Where the element with that id (escaped, as in the HTML) begins and ends, if there is one."""
    pattern = rf"""<[a-zA-Z](?:[^"'<>]|"[^"]*"|'[^']*')*?\sid=(["']){re.escape(name)}\1"""
    match = re.search(pattern, html)
    return (match.start(), element_at(html, match.start())) if match else None


def text_of(html: str) -> str:
    """The text of a piece of HTML, still escaped; of a formula its TeX."""
    return "".join(_text_of(piece) for piece in pieces(html))


def _text_of(piece: str) -> str:
    if piece.startswith("<math"):
        return attributes(piece[: piece.index(">") + 1]).get("alttext", "")
    return "" if piece.startswith("<") and len(piece) > 1 else piece
