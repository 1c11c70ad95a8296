"""Mermaid diagrams: fenced blocks that a script of the site draws when a page is read.

The source stays on the page: it is what is shown without scripts, and what a screen reader is
offered besides the name of the diagram.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notesite.text import escape_html

if TYPE_CHECKING:
    from notesite.languages import Catalogue

LANGUAGE = "mermaid"
_MARK = '<figure class="diagram"'
# "accTitle: …" anywhere (Mermaid, "Accessibility options"), else a title in its front matter.
_TITLE = re.compile(r"(?:accTitle[ \t]*:|title[ \t]*:?)[ \t]*(\S.*)")


def mermaid_figure(source: str, words: Catalogue) -> str:
    """The HTML of a diagram written as `source`."""
    found = next(
        filter(None, (_TITLE.fullmatch(line.strip()) for line in source.split("\n"))), None
    )
    name = escape_html(found[1] if found else words.text("diagram.title"))
    return (
        f'{_MARK} aria-label="{name}"><details class="diagram-source" open>'
        f"<summary>{escape_html(words.text('diagram.source'))}</summary>"
        f'<pre tabindex="0"><code>{escape_html(source)}</code></pre></details></figure>\n'
    )


def has_diagrams(html: str) -> bool:
    """Whether there is a Mermaid diagram in `html`."""
    return _MARK in html
