"""Formulas in what is called by its content get a name of their own: browsers leave out the rest.

What computes an accessible name from content (Accessible Name and Description Computation 1.2, 2F)
goes through text, and Chromium's does not go through MathML: a link "see x²" would be called "see".
The name stands on the formula, not on what holds it, so that the words of a link remain what is
seen (Label in Name, WCAG 2.5.3) and the formula can still be explored.
"""

from __future__ import annotations

import re

from notesite.math.findable import read_formula
from notesite.text import escape_html

_OPENING = re.compile(r"<(a|h[1-6]|th)(?=[ >])")
_FORMULA = re.compile(r"<math\b(?=[^>]*>)(?![^>]*\saria-label=).*?</math>", re.DOTALL)


def name_formulas(html: str) -> str:
    """The page with an `aria-label` on each formula of a link, a heading or a table head."""
    written = []
    done = 0
    for opening in _OPENING.finditer(html):
        end = html.find(">", opening.end())
        close = html.find(f"</{opening[1]}>", end)
        # A link in a heading has had its turn.
        if close < 0 or opening.start() < done or "<math" not in html[end:close]:
            continue
        if html.find("aria-label", opening.end(), end) < 0:
            written += [html[done:end], _FORMULA.sub(_named, html[end:close])]
            done = close
    return "".join((*written, html[done:])) if done else html


def _named(formula: re.Match[str]) -> str:
    name = escape_html(_spoken(formula[0]))
    return f'<math aria-label="{name}"{formula[0].removeprefix("<math")}'


def _spoken(formula: str) -> str:
    """A formula in characters, without the line that stands for a lower index and says nothing."""
    return read_formula(formula).text.replace("_", " ")
