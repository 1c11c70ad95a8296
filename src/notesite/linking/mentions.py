"""The sentences in which one note links to others, for their lists of backlinks."""

from __future__ import annotations

import re
import struct
from itertools import accumulate
from typing import TYPE_CHECKING

from notesite.patterns import pattern
from notesite.text import signs_shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BLOCK = pattern(r"</?(?:p|li|dd|dt|td|th|div|ul|ol|table|figcaption|h[1-6]|section)\b[^>]*>")
_NOTE_MARK = pattern(r'<sup class="footnote-ref">.*?</sup>', re.DOTALL)
_ID = pattern(r'\sid="[^"]*"')
_END = pattern(r"""[.!?…]["'’”)\]]*(?:(?:</span>)*[ \n\t]+(?=[^a-z]|\Z)|(?=[<\ufdd1]|\Z))""")
"""What may end a sentence; where a tag, a formula or nothing follows at once, that is open.

A formula and the full stop behind it stand in a span. A space that keeps what is on its two sides
on one line, as in "Eq. (1)", ends no sentence."""
_SHORTENED = pattern(
    r"\b(?:abb|abschn|anm|bzw|cf|chap|cor|defn?|dr|eds?|eqs?|éq|figs?|gl|hrsg|kap|lem|mrs?|nos|nr"
    r"|pp?|prof|props?|resp|sects?|secs?|sog|thms?|vgl|viz|vols?|vs)\Z",
    re.IGNORECASE,
)
"""Words before a full stop that ends no sentence; of those that may end one, none."""
_INITIAL = pattern(r"[.\s(][A-Za-z]")
"""What a full stop may stand behind without ending a sentence, as in "e.g." and "A. Weil"."""
_NAMES = "em|strong|code|b|i|mark|s|sub|sup"
_KEPT = pattern(rf"<(/?)({_NAMES})\b[^>]*>")
_OTHER = pattern(rf"<(?!/?(?:{_NAMES})\b)[^>]*>")
_TAG = pattern(r"<[^>]*>")
_LINK = pattern('<a href="\0([^\0#]*)[\0#]')
_FORMULA = "\ufdd1"
"""Stands for a formula while sentences are looked for: a noncharacter, which no page holds."""
_USUAL_BLOCK = 4_000
"""Characters of HTML behind which a paragraph's beginning is looked for at first."""
_LONGEST = 420
"""How many characters a sentence may show."""


def mentions(html: str, urls: Iterable[str]) -> tuple[str, ...]:
    """For each URL the sentence of `html` around the first link to it, or an empty one.

    Formulas and emphasis stay, links lose their way, the one in question becomes strong. A sentence
    that is very long or cannot be made out is left out.
    """
    html, formulas = _without_formulas(html)
    places: dict[str, int] = {}
    for match in _LINK.finditer(html):
        places.setdefault(match[1], match.start())
    return tuple(_sentence(html, places[url], formulas) if url in places else "" for url in urls)


def _without_formulas(html: str) -> tuple[str, list[str]]:
    """The HTML with a mark in place of each formula, and the formulas in their order.

    A formula is many times as long as what it shows.
    """
    first, *rest = html.split("<math")
    texts, formulas = [first], []
    for each in rest:
        formula, closing, text = each.partition("</math>")
        formulas.append("<math" + formula + closing)
        texts.append(text)
    return _FORMULA.join(texts), formulas


def _sentence(html: str, start: int, formulas: Sequence[str]) -> str:
    """The sentence around the link that begins at `start`."""
    following = _BLOCK.search(html, start)
    block_end = following.start() if following else len(html)
    end = html.find("</a>", start, block_end) + len("</a>")
    if end < start:
        # The link holds blocks.
        return ""
    before = _sentence_end(_without_notes(html[_block_start(html, start) : start]))
    link = html[html.index(">", start) + 1 : end - len("</a>")]
    link = link if _FORMULA in link else _TAG.sub("", link) or "…"
    after = _sentence_start(_without_notes(html[end:block_end]))
    sentence = f"{_with_emphasis(before)}<strong>{link}</strong>{_with_emphasis(after)}".strip()
    if not _is_balanced(sentence):
        sentence = _TAG.sub("", sentence)
    first = html.count(_FORMULA, 0, start) - before.count(_FORMULA)
    return _with_formulas(sentence, formulas[first : first + sentence.count(_FORMULA)])


def _with_emphasis(html: str) -> str:
    """The HTML without its other tags, and without ids, which are for the note's own page."""
    if "<" not in html:
        return html
    html = _OTHER.sub("", html)
    return _ID.sub("", html) if 'id="' in html else html


def _with_formulas(sentence: str, formulas: Sequence[str]) -> str:
    """The sentence with its formulas in place of their marks, or nothing if it shows too much."""
    if not formulas:
        return sentence if _shown(sentence) <= _LONGEST else ""
    left = _LONGEST - _shown(sentence)
    # Formulas need not be looked through where the rest alone is too long.
    if left < 0 or sum(map(signs_shown, formulas)) > left + len(formulas):
        return ""
    first, *texts = sentence.split(_FORMULA)
    bare = (_ID.sub("", each) if 'id="' in each else each for each in formulas)
    return first + "".join(formula + text for formula, text in zip(bare, texts, strict=True))


def _shown(html: str) -> int:
    """How many characters the HTML shows."""
    return len(_TAG.sub("", html)) if "<" in html else len(html)


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
    """Whether a sentence ends there: not behind an initial or an abbreviation, nor in a tag."""
    start = match.start()
    if start > 1 and _INITIAL.match(html, start - 2, start):
        return False
    if _SHORTENED.search(html, max(0, start - 8), start):
        return False
    return html.rfind("<", 0, start) <= html.rfind(">", 0, start)


def _is_balanced(html: str) -> bool:
    opened: list[str] = []
    for match in _KEPT.finditer(html):
        if not match[1]:
            opened.append(match[2])
        elif not opened or opened.pop() != match[2]:
            return False
    return not opened


def packed(sentences: Sequence[str]) -> bytes:
    """Sentences as bytes, from which `unpack_one` takes a single one without the others."""
    texts = [sentence.encode("utf-8", "surrogatepass") for sentence in sentences]
    ends = accumulate(map(len, texts), initial=0)
    return struct.pack(f"<{len(texts) + 2}I", len(texts), *ends) + b"".join(texts)


def unpack_one(content: bytes, number: int) -> str:
    """The sentence of that number; raises ValueError where the bytes are not those of `packed`."""
    try:
        count, start, end = (*struct.unpack_from("<I", content),
                             *struct.unpack_from("<2I", content, 4 * (number + 1)))  # fmt: skip
    except struct.error as error:
        raise ValueError("damaged") from error
    first = 4 * (count + 2)
    if not (number < count and start <= end <= len(content) - first):
        raise ValueError("damaged")
    return content[first + start : first + end].decode("utf-8", "surrogatepass")
