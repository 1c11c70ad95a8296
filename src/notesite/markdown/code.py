"""Fenced code, highlighted by Pygments with classes and no colours of its own."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from notesite.patience import TooLongError, at_most
from notesite.patterns import pattern
from notesite.records import dataclass
from notesite.text import escape_html

if TYPE_CHECKING:
    from markdown_it.token import Token
    from pygments.lexer import Lexer

LONGEST_HIGHLIGHTED = 200_000
"""Characters of one block above which it is shown plain: lexers are regular expressions."""

SECONDS = 2.0
"""Processor time that the code of one block may take, besides what its length allows it."""

_CHARACTERS_A_SECOND = 50_000
"""A tenth of what lexers do."""

_LONG_RUN = pattern(r"\s{1000}|\w{1000}")
"""What no program holds; on such runs some lexers (of AutoIt, Fantom, Gherkin, Zeek) take a time
that grows with the square of the length."""

_INFO = re.compile(
    r"""\#(?P<label>[\w:.-]+)|(?P<key>[A-Za-z][\w-]*)=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'"""
    r"""|(?P<bare>[^\s{}]+))|(?P<word>[^\s{}]+)"""
)
_CAPTIONS = frozenset({"caption", "lst-cap", "title"})


@dataclass(frozen=True, slots=True)
class FenceInfo:
    """What the first line of fenced code says."""

    language: str = ""
    label: str = ""
    caption: str = ""


@lru_cache(maxsize=512)
def read_fence_info(info: str) -> FenceInfo:
    """The language, the first word, with or without a dot before it; a label and a caption."""
    language = label = caption = ""
    for found in _INFO.finditer(info):
        value = found["double"] or found["single"] or found["bare"] or ""
        if found["label"]:
            label = found["label"]
        elif found["key"] in _CAPTIONS:
            caption = value
        elif found["word"] and not language:
            language = found["word"].lstrip(".").split(",")[0].split(":")[0].lower()
    return FenceInfo(language, label, caption)


def fence_language(token: Token) -> str:
    """The language that a fence names."""
    return read_fence_info(token.info).language


@lru_cache(maxsize=4096)
def highlight(code: str, language: str) -> str | None:
    """`code` as HTML spans with Pygments' short classes, plain if no lexer fits.

    None if the lexer takes too long: of many, a few dozen signs are enough for hours.
    """
    is_program = len(code) <= LONGEST_HIGHLIGHTED and not _LONG_RUN.search(code)
    lexer = find_lexer(language) if language and is_program else None
    if lexer is None:
        return escape_html(code)
    from pygments import format  # noqa: A004, PLC0415 - Pygments is slow to import
    from pygments.formatters import HtmlFormatter  # noqa: PLC0415

    try:
        with at_most(SECONDS + len(code) / _CHARACTERS_A_SECOND):
            html: str = format(lexer.get_tokens(code), HtmlFormatter(nowrap=True))
    except TooLongError:
        return None
    return html


def has_lexer(language: str) -> bool:
    """Whether Pygments has a lexer of that name or alias."""
    # Names are looked through first: a lexer takes long to make.
    return language.lower() in _names_of_lexers() or find_lexer(language) is not None


@cache
def _names_of_lexers() -> frozenset[str]:
    from pygments.lexers import get_all_lexers  # noqa: PLC0415 - as above

    return frozenset(
        name.lower() for _, names, *_ in get_all_lexers(plugins=False) for name in names
    )


@lru_cache(maxsize=256)
def find_lexer(language: str) -> Lexer | None:
    """Pygments' lexer of that name or alias, or None."""
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None


def code_block(html: str, language: str, attributes: str = "") -> str:
    """The HTML of a block of code that is `html`, marked up or not; `attributes` are HTML too."""
    label = f' data-language="{escape_html(language)}"' if language else ""
    return (
        f'<div class="code-block"{label}{attributes}>'
        f'<pre tabindex="0"><code class="highlight">{html}</code></pre></div>\n'
    )
