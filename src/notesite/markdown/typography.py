"""Dashes, ellipses and apostrophes, where they are safe: `--`, `---`, `...` and `$X$'s` in prose.

markdown-it's own replacements also turn `(c)` into a copyright sign and `+-` into ±; in
mathematical prose the first is an item of a list and the second belongs in a formula.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

_MARKS = re.compile(r"(?<![-.])(?:---|--|\.\.\.)(?![-.])")
_POSSESSIVE = re.compile(r"\A'(?=[^\W\d_])")
_SIGNS = {"---": "—", "--": "–", "...": "…"}

QUOTES = {
    "de": "„“‚‘", "fr": ["«\u202f", "\u202f»", "‹\u202f", "\u202f›"], "sv": "””’’", "fi": "””’’",
    "pl": "„”‚’", "cs": "„“‚‘", "es": "«»“”", "it": "«»“”", "ru": "«»„“", "nl": "“”‘’",
    "ar": "«»‹›",
}  # fmt: skip
"""Quotation marks by language (opening, closing, inner opening, inner closing)."""


def quotes_of(language: str) -> Sequence[str]:
    """The quotation marks of a language, of which `de-AT` is German; English ones if unknown."""
    return QUOTES.get(language.partition("-")[0].lower(), "“”‘’")


def typography_plugin(md: MarkdownIt) -> None:
    """Add the rule to `md`, before its smart quotes."""
    md.core.ruler.before("smartquotes", "dashes", _replace)


def _replace(state: StateCore) -> None:
    for block in state.tokens:
        before = ""
        for token in block.children or ():
            if token.type == "text":
                if "--" in token.content or "..." in token.content:
                    token.content = _MARKS.sub(lambda mark: _SIGNS[mark[0]], token.content)
                if before == "math":
                    # What the formula ends with says nothing about the mark behind it.
                    token.content = _POSSESSIVE.sub("’", token.content)
            before = token.type
