"""Titles and names of other notes as LaTeX: their words, their formulas as they were written."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from notesite.latex_text import commands_in
from notesite.text import without_tags

if TYPE_CHECKING:
    from collections.abc import Collection

    from notesite.exporting.material import InlineWriter
    from notesite.model import Title

_PIECE = re.compile(
    r'<math\b[^<>]*?\balttext="([^"]*)"[^<>]*>.*?</math>|<(/?)(em|strong|code)>', re.DOTALL
)
_MARKS = {"em": "\\emph{", "strong": "\\textbf{", "code": "\\texttt{"}


def title_in_latex(title: Title, inlines: InlineWriter, foreign: Collection[str] = ()) -> str:
    """A title, in words where its formulas need one of the `foreign` macros, which are not here."""
    found = list(_PIECE.finditer(title.html))
    formulas = [unescape(each[1]) for each in found if each[1]]
    if any(name in foreign for tex in formulas for name in commands_in(tex)):
        return inlines.text(title.text)
    latex, place = "", 0
    for piece in found:
        latex += inlines.text(without_tags(title.html[place : piece.start()]))
        mark = "}" if piece[2] else _MARKS.get(piece[3], "")
        latex += inlines.short_formula(unescape(piece[1])) if piece[1] else mark
        place = piece.end()
    return latex + inlines.text(without_tags(title.html[place:]))
