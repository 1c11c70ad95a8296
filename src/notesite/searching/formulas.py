"""Formulas as the index has them: a line that can be read, and the words it is found by."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain, pairwise, repeat, starmap
from typing import TYPE_CHECKING, NamedTuple

from notesite.math.findable import read_formula
from notesite.math.names import words_for
from notesite.searching.words import pair, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from notesite.math.findable import Findable

BEGIN, END = "\u2063", "\u2064"
"""What stands before and behind a formula."""

SEPARATOR = "\u200b"
"""What stands between the tokens of a text that blanks alone do not cut."""

_OURS = dict.fromkeys(map(ord, (BEGIN, END, SEPARATOR, "\ufeff")), " ")


def pairs(names: Iterable[str]) -> Iterator[str]:
    """Each name with the next one, as one word."""
    return starmap(pair, pairwise(filter(None, names)))


def hidden_words(formula: Findable, language: str) -> dict[str, None]:
    """The words by which a formula can be found, besides pairs."""
    words = map(_words_of, formula.names, formula.spoken, repeat(language))
    return dict.fromkeys(chain.from_iterable(words))


@lru_cache(maxsize=20_000)
def _words_of(name: str, spoken: str, language: str) -> tuple[str, ...]:
    """The words for a part by its two names, `name` perhaps none."""
    texts = dict.fromkeys((name, spoken, words_for(name, language), words_for(spoken, language)))
    return tuple(word for text in texts for word in words_of(text))


class Formula(NamedTuple):
    """A formula's line of text, and by which words and pairs it is found."""

    text: str
    words: tuple[str, ...]
    pairs: tuple[str, ...]


@lru_cache(maxsize=8_000)
def formula_of(mathml: str, language: str) -> Formula:
    """What a `<math>` element, as written on a page, is found by in a language."""
    formula = read_formula(mathml)
    found = dict.fromkeys(pairs(formula.names))
    if formula.spoken != formula.names:
        found.update(dict.fromkeys(pairs(formula.spoken)))
    return Formula(plain(formula.text), tuple(hidden_words(formula, language)), tuple(found))


def plain(text: str) -> str:
    """Text in which nothing looks like one of our own marks."""
    return text if text.isascii() else text.translate(_OURS)
