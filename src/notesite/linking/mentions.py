"""The sentence in which one note links to another, for the other's list of backlinks."""

from __future__ import annotations

import re

_BLOCK = re.compile(r"</?(?:p|li|dd|dt|td|th|div|ul|ol|table|figcaption|h[1-6]|section)\b[^>]*>")
_PIECE = re.compile(r"<math\b.*?</math>|<[^>]*>|[^<]+", re.DOTALL)
_NOTE_MARK = re.compile(r'<sup class="footnote-ref">.*?</sup>', re.DOTALL)
_ID = re.compile(r'\sid="[^"]*"')
# Not behind a single letter, as in "e.g." and "A. Weil".
_END = re.compile(r"""(?<![.\s(][A-Za-z])[.!?…]["'’”)\]]*\s+(?=[^a-z])""")
_KEPT = re.compile(r"<(/?)(em|strong|code|b|i|mark|s|sub|sup)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_USUAL_BLOCK = 4_000
"""Characters of HTML behind which a paragraph's beginning is looked for at first."""
_LONGEST = 420
"""How many characters a sentence may show."""


def mention(html: str, url: str) -> str:
    """The sentence of `html` around its first link to `url`; empty when none can be made out.

    Formulas and emphasis stay, links lose their way, the one in question becomes strong.
    """
    start = _first_link(html, url)
    if start < 0:
        return ""
    begin = _block_start(html, start)
    following = _BLOCK.search(html, start)
    block = html[begin : following.start() if following else len(html)]
    before = _sentence_end(_pieces(block[: start - begin]))
    end = block.index("</a>", start - begin) + len("</a>")
    link = _TAG.sub("", block[block.index(">", start - begin) + 1 : end]) or "…"
    if "<math" in block[start - begin : end]:
        link = block[block.index(">", start - begin) + 1 : end - len("</a>")]
    sentence = f"{before}<strong>{link}</strong>{_sentence_start(_pieces(block[end:]))}".strip()
    sentence = sentence if _is_balanced(sentence) else _without_emphasis(sentence)
    return sentence if len(_TAG.sub("", sentence)) <= _LONGEST else ""


def _first_link(html: str, url: str) -> int:
    opening = f'<a href="\0{url}'
    start = html.find(opening)
    while start >= 0 and html[start + len(opening)] not in "\0#":
        start = html.find(opening, start + 1)
    return start


def _block_start(html: str, place: int) -> int:
    """Where the innermost block around `place` begins; a note is long, its paragraphs are not."""
    reach = _USUAL_BLOCK
    while True:
        first = max(place - reach, 0)
        ends = [match.end() for match in _BLOCK.finditer(html, first, place)]
        if ends or first == 0:
            return ends[-1] if ends else 0
        reach *= 8


def _pieces(html: str) -> list[str]:
    """Text, formulas and emphasis, what else there is left out."""
    found = _PIECE.findall(_ID.sub("", _NOTE_MARK.sub("", html)))
    return [
        piece
        for piece in found
        if piece[0] != "<" or piece.startswith("<math") or _KEPT.fullmatch(piece)
    ]


def _sentence_end(pieces: list[str]) -> str:
    """What the pieces hold of the sentence that goes on behind them."""
    for index in range(len(pieces) - 1, -1, -1):
        ends = [] if pieces[index][0] == "<" else list(_END.finditer(pieces[index] + "A"))
        if ends:
            return pieces[index][ends[-1].end() :] + "".join(pieces[index + 1 :])
    return "".join(pieces)


def _sentence_start(pieces: list[str]) -> str:
    """What the pieces hold of the sentence that began before them."""
    for index, piece in enumerate(pieces):
        match = None if piece[0] == "<" else _END.search(piece + " A")
        if match:
            return "".join(pieces[:index]) + piece[: match.end()].rstrip()
    return "".join(pieces)


def _is_balanced(html: str) -> bool:
    opened: list[str] = []
    for match in _KEPT.finditer(html):
        if not match[1]:
            opened.append(match[2])
        elif not opened or opened.pop() != match[2]:
            return False
    return not opened


def _without_emphasis(html: str) -> str:
    pieces = _PIECE.findall(html)
    return "".join(piece for piece in pieces if piece[0] != "<" or piece.startswith("<math"))
