"""The run-in title of a result as HTML: its kind, its number, its name.

Classes that a theme has to know:

`result`, `result-theorem`, `result-style-plain`   the whole, its kind, how it is set
`result-title`, `result-body`                      its two parts
`result-link`                                      the kind and the number, a link to the result
`result-kind`, `result-number`, `result-name`      the parts of the title
`proof-end`, `proof-end-line`                      the sign at the end, and a line of it alone
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.languages import pieces
from notesite.text import escape_html

if TYPE_CHECKING:
    from notesite.languages import Catalogue
    from notesite.markdown.results.tokens import Written


def title_beginning(written: Written, words: Catalogue) -> str:
    """What stands before the name in a result's title."""
    kind = escape_html(written.kind.title_in(words))
    shown = f'<span class="result-kind">{kind}</span>'
    if written.shown_number:
        number = escape_html(written.shown_number)
        shown += f'\u00a0<span class="result-number">{number}</span>'
    if not written.kind.is_proof and not written.fold:
        anchor = escape_html(written.anchor)
        shown = f'<a class="result-link" href="#{anchor}">{shown}</a>'
    if written.names_another:
        before, _, between, *_ = pieces(words.pattern("result.of"))
        return f'{escape_html(before)}{shown}<span class="result-of">{escape_html(between)}'
    return shown + (' <span class="result-name">(' if written.name else "")


def spoken_title(written: Written, words: Catalogue) -> str:
    """What a result is called where it is not seen: its kind and its number."""
    return f"{written.kind.title_in(words)} {written.shown_number or ''}".strip()


def title_ending(written: Written) -> str:
    """What stands behind the name."""
    if written.names_another:
        return "</span>."
    return ")</span>." if written.name else "."


def proof_sign(sign: str, words: Catalogue) -> str:
    """The sign at the end of a proof as HTML; empty where the site wants none."""
    label = escape_html(words.text("result.end"))
    shown = escape_html(sign)
    return f'<span class="proof-end" role="img" aria-label="{label}">{shown}</span>' if sign else ""
