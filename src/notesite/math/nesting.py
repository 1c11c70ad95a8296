"""Styles of fractions and tables as elements around them.

MathML Core lets any element say `displaystyle` and `scriptlevel`; MathML 3, by which validators
still judge, has them on `<mstyle>` alone (and `displaystyle` on tables). An `<mstyle>` around the
element means the same to both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.patterns import pattern

if TYPE_CHECKING:
    import re

_TAG = pattern(
    r"<(/?)(mrow|mfrac|mtable|msub|msup|msubsup|munder|mover|munderover|mroot)\b([^>]*?)(/?)>"
)
_STYLE = pattern(r' (?:displaystyle|scriptlevel)="[^"]*"')
_FRACTION = pattern(r"<mfrac[^>]*displaystyle=")
_WHOLE_TABLE = pattern(r'(<math[^>]*><mtable(?: displaystyle="true")?) scriptlevel="0"')
_LEVEL = pattern(r' scriptlevel="[^"]*"')


def with_style_elements(mathml: str) -> str:
    """The MathML with `<mstyle>` in the place of the attributes that only MathML Core allows.

    A table's `scriptlevel="0"` says something only inside of a script or a fraction; elsewhere it
    is left out.
    """
    levels = mathml.count("scriptlevel=")
    if not levels and ("<mfrac " not in mathml or not _FRACTION.search(mathml)):
        return mathml
    if levels == 1 and "<mfrac " not in mathml and (table := _WHOLE_TABLE.match(mathml)):
        return table[1] + mathml[table.end() :]
    closings: list[tuple[str, str]] = []

    def replace(match: re.Match[str]) -> str:
        is_closing, name, attributes, is_empty = match.groups()
        if is_closing:
            return closings.pop()[1]
        if is_empty:
            return match[0]
        is_nested = any(outer != "mrow" for outer, _ in closings)
        opening, closing = _opening(name, attributes, is_nested=is_nested)
        closings.append((name, closing))
        return opening

    return _TAG.sub(replace, mathml)


def _opening(name: str, attributes: str, *, is_nested: bool) -> tuple[str, str]:
    """The element's opening and its closing."""
    if name == "mrow" and _STYLE.search(attributes):
        return f"<mstyle{attributes}>", "</mstyle>"
    if name == "mfrac" and "displaystyle=" in attributes:
        styles = "".join(_STYLE.findall(attributes))
        return f"<mstyle{styles}><mfrac{_STYLE.sub('', attributes)}>", "</mfrac></mstyle>"
    level = _LEVEL.search(attributes) if name == "mtable" else None
    if level is None:
        return f"<{name}{attributes}>", f"</{name}>"
    table = f"<mtable{_LEVEL.sub('', attributes)}>"
    if is_nested or '"0"' not in level[0]:
        return f"<mstyle{level[0]}>{table}", "</mtable></mstyle>"
    return table, "</mtable>"
