"""Styles of fractions and tables as elements around them.

MathML Core lets any element say `displaystyle` and `scriptlevel`; MathML 3, by which validators
still judge, has them on `<mstyle>` alone (and `displaystyle` on tables). An `<mstyle>` around the
element means the same to both.
"""

from __future__ import annotations

import re

_TAG = re.compile(
    r"<(/?)(mfrac|mtable|msub|msup|msubsup|munder|mover|munderover|mroot)\b([^>]*?)(/?)>"
)
_STYLE = re.compile(r' (?:displaystyle|scriptlevel)="[^"]*"')
_LEVEL = re.compile(r' scriptlevel="[^"]*"')


def with_style_elements(mathml: str) -> str:
    """The MathML with `<mstyle>` in the place of the attributes that only MathML Core allows.

    A table's `scriptlevel="0"` says something only inside of a script or a fraction; elsewhere it
    is left out.
    """
    if "scriptlevel=" not in mathml and "<mfrac displaystyle=" not in mathml:
        return mathml
    closings: list[str] = []

    def replace(match: re.Match[str]) -> str:
        is_closing, name, attributes, is_empty = match.groups()
        if is_closing:
            return f"{match[0]}{closings.pop()}"
        if is_empty:
            return match[0]
        opening, closing = _opening(name, attributes, is_nested=bool(closings))
        closings.append(closing)
        return opening

    return _TAG.sub(replace, mathml)


def _opening(name: str, attributes: str, *, is_nested: bool) -> tuple[str, str]:
    """The element's opening, and what follows its closing."""
    if name == "mfrac" and "displaystyle=" in attributes:
        styles = "".join(_STYLE.findall(attributes))
        return f"<mstyle{styles}><mfrac{_STYLE.sub('', attributes)}>", "</mstyle>"
    level = _LEVEL.search(attributes) if name == "mtable" else None
    if level is None:
        return f"<{name}{attributes}>", ""
    table = f"<mtable{_LEVEL.sub('', attributes)}>"
    says_something = is_nested or '"0"' not in level[0]
    return (f"<mstyle{level[0]}>{table}", "</mstyle>") if says_something else (table, "")
