"""What holds a formula and is called by its content gets a name: browsers leave formulas out.

What computes an accessible name from content (Accessible Name and Description Computation 1.2, 2F)
goes through text, and Chromium's does not go through MathML: a link "see x²" would be called "see".
"""

from __future__ import annotations

import re
from html import unescape

from notesite.math.findable import read_formula
from notesite.text import escape_html

_OPENING = re.compile(r"<(a|h[1-6]|th)(?=[ >])")
_FORMULA = re.compile(r"<math\b.*?</math>", re.DOTALL)
_SILENT = re.compile(r"<(\w+)\b[^>]*\saria-hidden=\"true\"[^>]*>[^<]*</\1>")
_TAG = re.compile(r"<[^>]*>")


def name_formulas(html: str) -> str:
    """The page with an `aria-label` on each link, heading and table head that holds a formula."""
    written = []
    done = 0
    for opening in _OPENING.finditer(html):
        end = html.find(">", opening.end())
        content = html[end + 1 : max(html.find(f"</{opening[1]}>", end), 0)]
        if "<math" in content and html.find("aria-label", opening.end(), end) < 0:
            written.append(f'{html[done:end]} aria-label="{escape_html(_read_out(content))}"')
            done = end
    return "".join((*written, html[done:])) if done else html


def _read_out(html: str) -> str:
    """The content as plain text, its formulas in characters."""
    html = _FORMULA.sub(lambda formula: escape_html(_spoken(formula[0])), html)
    text = unescape(_TAG.sub("", _SILENT.sub("", html))).replace("\N{WORD JOINER}", "")
    return " ".join(text.split())


def _spoken(formula: str) -> str:
    """A formula in characters, without the line that stands for a lower index and says nothing."""
    return read_formula(formula).text.replace("_", " ")
