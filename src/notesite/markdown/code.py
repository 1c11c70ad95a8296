"""Fenced code, highlighted by Pygments with classes and no colours of its own."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from notesite.text import escape_html

if TYPE_CHECKING:
    from pygments.lexer import Lexer

LONGEST_HIGHLIGHTED = 200_000
"""Characters of one block above which it is shown plain: lexers are regular expressions."""


@lru_cache(maxsize=4096)
def highlight(code: str, language: str) -> str:
    """`code` as HTML spans with Pygments' short classes; escaped and plain if no lexer fits."""
    lexer = find_lexer(language) if language and len(code) <= LONGEST_HIGHLIGHTED else None
    if lexer is None:
        return escape_html(code)
    from pygments import format  # noqa: A004, PLC0415 - Pygments is slow to import
    from pygments.formatters import HtmlFormatter  # noqa: PLC0415

    html: str = format(lexer.get_tokens(code), HtmlFormatter(nowrap=True))
    return html


@lru_cache(maxsize=256)
def find_lexer(language: str) -> Lexer | None:
    """Pygments' lexer of that name or alias, or None."""
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None


def code_block(code: str, language: str, attributes: str = "") -> str:
    """The HTML of a block of `code`; `attributes` is ready-made HTML for the outer element."""
    label = f' data-language="{escape_html(language)}"' if language else ""
    body = highlight(code, language)
    return (
        f'<div class="code-block"{label}{attributes}>'
        f'<pre tabindex="0"><code class="highlight">{body}</code></pre></div>\n'
    )
