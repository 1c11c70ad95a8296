"""The sentences in which one note links to others, for their lists of backlinks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_BLOCK = re.compile(r"</?(?:p|li|dd|dt|td|th|div|ul|ol|table|figcaption|h[1-6]|section)\b[^>]*>")
_NOTE_MARK = re.compile(r'<sup class="footnote-ref">.*?</sup>', re.DOTALL)
_ID = re.compile(r'\sid="[^"]*"')
_END = re.compile(r"""[.!?…]["'’”)\]]*(?:\s+(?=[^a-z]|\Z)|(?=<|\Z))""")
"""What may end a sentence; where a tag or nothing follows at once, that is open."""
_INITIAL = re.compile(r"[.\s(][A-Za-z]")
"""What a full stop may stand behind without ending a sentence, as in "e.g." and "A. Weil"."""
_NAMES = "em|strong|code|b|i|mark|s|sub|sup"
_KEPT = re.compile(rf"<(/?)({_NAMES})\b[^>]*>")
_OTHER = re.compile(rf"<(?!/?(?:{_NAMES})\b)[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_LINK = re.compile('<a href="\0([^\0#]*)[\0#]')
_FORMULA = "<math"
_USUAL_BLOCK = 4_000
"""Characters of HTML behind which a paragraph's beginning is looked for at first."""
_LONGEST = 420
"""How many characters a sentence may show."""


def mentions(html: str, urls: Iterable[str]) -> tuple[str, ...]:
    """For each URL the sentence of `html` around the first link to it, or an empty one.

    Formulas and emphasis stay, links lose their way, the one in question becomes strong. A sentence
    that is very long or cannot be made out is left out.
    """
    places: dict[str, int] = {}
    for match in _LINK.finditer(html):
        places.setdefault(match[1], match.start())
    return tuple(_sentence(html, places[url]) if url in places else "" for url in urls)


def _sentence(html: str, start: int) -> str:
    """The sentence around the link that begins at `start`."""
    following = _BLOCK.search(html, start)
    block_end = following.start() if following else len(html)
    end = html.find("</a>", start, block_end) + len("</a>")
    if end < start:
        # The link holds blocks.
        return ""
    link = html[html.index(">", start) + 1 : end - len("</a>")]
    link = link if _FORMULA in link else _TAG.sub("", link) or "…"
    parts = [
        *_parts(_sentence_end(_without_notes(html[_block_start(html, start) : start]))),
        *("<strong>", *_parted(link), "</strong>"),
        *_parts(_sentence_start(_without_notes(html[end:block_end]))),
    ]
    texts = [part for part in parts if not part.startswith(_FORMULA)]
    whole = "".join(parts)
    sentence = whole.strip()
    longest = _LONGEST + len(whole) - len(sentence)
    # The formulas of a sentence that is too long without them need not be looked through.
    formulas = (part for part in parts if part.startswith(_FORMULA))
    left = longest - _shown(texts)
    if left < 0 or (len(sentence) > _LONGEST and _shown(formulas) > left):
        return ""
    if not _is_balanced("".join(texts)):
        bare = (part if part.startswith(_FORMULA) else _TAG.sub("", part) for part in parts)
        return "".join(bare).strip()
    return sentence


def _shown(parts: Iterable[str]) -> int:
    """How many characters parts of HTML show."""
    return sum(len(_TAG.sub("", part)) if "<" in part else len(part) for part in parts)


def _block_start(html: str, place: int) -> int:
    """Where the innermost block around `place` begins; a note is long, its paragraphs are not."""
    paragraph = html.rfind("<p>", 0, place)
    reach = place - paragraph if paragraph >= 0 else _USUAL_BLOCK
    while True:
        first = max(place - reach, 0)
        ends = [match.end() for match in _BLOCK.finditer(html, first, place)]
        if ends or first == 0:
            return ends[-1] if ends else 0
        reach *= 8


def _without_notes(html: str) -> str:
    return _NOTE_MARK.sub("", html) if "footnote-ref" in html else html


def _parted(html: str) -> list[str]:
    """The HTML cut into formulas and what is between them."""
    first, *rest = html.split(_FORMULA)
    parts = [first]
    for each in rest:
        formula, closing, text = each.partition("</math>")
        parts += [_FORMULA + formula + closing, text]
    return parts


def _parts(html: str) -> list[str]:
    """Formulas and the texts between them with their emphasis, what else there is left out."""
    parts = _parted(html)
    for place in range(0, len(parts), 2):
        if "<" in parts[place]:
            parts[place] = _OTHER.sub("", parts[place])
    return [_ID.sub("", part) if 'id="' in part else part for part in parts]


def _sentence_end(html: str) -> str:
    """What the HTML holds of the sentence that goes on behind it."""
    ends = [match for match in _END.finditer(html) if match[0][-1].isspace()]
    for match in reversed(ends):
        if _ends_sentence(html, match):
            return html[match.end() :]
    return html


def _sentence_start(html: str) -> str:
    """What the HTML holds of the sentence that began before it."""
    for match in _END.finditer(html):
        if _ends_sentence(html, match):
            return html[: match.end()].rstrip()
    return html


def _ends_sentence(html: str, match: re.Match[str]) -> bool:
    """Whether a sentence ends there: not behind an initial, in a formula or in a tag."""
    start = match.start()
    if start > 1 and _INITIAL.match(html, start - 2, start):
        return False
    is_in_math = html.rfind(_FORMULA, 0, start) > html.rfind("</math>", 0, start)
    return not is_in_math and html.rfind("<", 0, start) <= html.rfind(">", 0, start)


def _is_balanced(html: str) -> bool:
    opened: list[str] = []
    for match in _KEPT.finditer(html):
        if not match[1]:
            opened.append(match[2])
        elif not opened or opened.pop() != match[2]:
            return False
    return not opened
