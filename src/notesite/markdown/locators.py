"""Locators: the page or the chapter that a citation names, in the terms of CSL.

The terms are those of the locale en-US of CSL 1.0.2, with the abbreviations that people write, and
the German and French ones: whoever writes `S. 3` means a page in any language. A number without a
term is a page, as in pandoc.
"""

from __future__ import annotations

import re

from notesite.patterns import pattern
from notesite.text import nearest

_TERMS = {
    "appendix": "app. appendix appendices Anhang annexe",
    "article": "art. article articles Art. Artikel",
    "book": "bk. bks. book books",
    "chapter": "ch. chap. chaps. chapter chapters Kap. Kapitel chapitre chapitres",
    "column": "col. cols. column columns Sp. Spalte Spalten",
    "equation": "eq. eqs. equation equations Gl. Gleichung Gleichungen éq. équation équations",
    "figure": "fig. figs. figure figures Abb. Abbildung Abbildungen Fig.",
    "folio": "fol. fols. folio folios",
    "issue": "no. nos. number numbers Nr. n°",
    "line": "l. ll. line lines Z. Zeile Zeilen ligne lignes",
    "note": "n. nn. note notes Anm. Anmerkung",
    "page": "p. pp. page pages S. Seite Seiten",
    "paragraph": "para. paras. paragraph paragraphs ¶ ¶¶ Abs. Absatz",
    "part": "pt. pts. part parts Teil Teile partie parties",
    "section": "sec. secs. sect. section sections § §§ Abschn. Abschnitt Abschnitte",
    "sub-verbo": "s.v. s.vv.",
    "table": "tab. table tables Tab. Tabelle Tabellen tableau",
    "verse": "v. vv. verse verses",
    "volume": "vol. vols. volume volumes Bd. Band Bde. Bände tome",
}
"""The labels of CSL, each with the words that stand for it."""
_LABELS = {word: label for label, words in _TERMS.items() for word in words.split()}

_WORDS = "|".join(re.escape(word) for word in sorted(_LABELS, key=len, reverse=True))
_NUMBER = r"(?:[A-Z]\.?)?\d[\w.:]*|[ivxlcdm]+\b|[IVXLCDM]+\b|[A-Z]\b"
_PLAIN = r"\d[\w.:]*"
_JOINED = r"(?:\s*(?:[-–—]|,|&|and|und|u\.|et)\s*{0})*"
_LOCATOR = pattern(
    rf"\s*,?\s*(?:({_WORDS})\s*((?:{_NUMBER}){_JOINED.format(f'(?:{_NUMBER})')})"
    rf"|({_PLAIN}{_JOINED.format(_PLAIN)}))"
)
_SLIP = pattern(r"\s*,\s*([^\W\d_]{3,}\.?)\s+\d")
_CLOSE = 0.75
"""How alike a word and a term must be: `sceton` and `section` are, `lemma` and `line` are not."""
_BRACED = re.compile(r"\s*,?\s*\{([^{}]*)\}")


def split_locator(text: str) -> tuple[tuple[str, str] | None, str, str]:
    """The locator that `text` begins with as (label, value), its source, and the rest of the text.

    `{…}` holds a locator whatever it looks like; `{}` says that there is none.
    """
    braced = _BRACED.match(text)
    if braced is not None:
        inner = braced[1].strip()
        found = _LOCATOR.match(inner)
        locator = _read(found) if found else ("page", inner)
        return (locator if inner else None), inner, text[braced.end() :]
    found = _LOCATOR.match(text)
    if found is None:
        return None, "", text
    source = found[0].strip().removeprefix(",").strip()
    value = source.rstrip(".,:")
    cut = len(source) - len(value)
    return _read(found), value, text[found.end() - cut :]


def meant_term(text: str) -> tuple[str, str] | None:
    """The word before a number that `text` begins with, and the term that it is almost."""
    found = _SLIP.match(text)
    word = found[1] if found else ""
    if not word or word.lower() in _LABELS:
        return None
    close = nearest(word, _LABELS, likeness=_CLOSE)
    return (word, close[0]) if close else None


def _read(found: re.Match[str]) -> tuple[str, str]:
    value = (found[2] or found[3]).rstrip(".,:")
    return (_LABELS[found[1]] if found[1] else "page"), value
