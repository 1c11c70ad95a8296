"""From an engine's inline styles to classes and attributes.

A strict Content-Security-Policy forbids `style=`, so each declaration that an engine writes has a
class, or is said by an attribute of MathML Core.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from notesite.patterns import pattern

if TYPE_CHECKING:
    import re

_FONTS = {"math-core-sans-serif-font": "math-sans", "math-core-serif-font": "math-roman"}
"""The classes that an engine gives to fonts, and ours."""
_STYLE = pattern(r' style="([^"]*)"')
_BACK = pattern(r'<mspace(?: width="-([\d.]+)em"| style="margin-left:-([\d.]+)em;?") ?/>')
_ENCLOSED = pattern(r'<menclose notation="([a-z ]+)">')
_STROKE = pattern(r'<mrow class="menclose-\w+"></mrow>')

_CLASSES: dict[str, str] = {
    "text-align:right": "math-right", "text-align:left": "math-left", "justify-items:end": "",
    "justify-items:start": "", "padding-right:0": "math-flush-right",
    "padding-left:0": "math-flush-left", "padding-left:1em": "math-condition",
    "padding-left:0.1em": "math-double-rule", "padding-right:0.1em": "math-double-rule",
    "padding-top:0": "math-tight", "padding-bottom:0": "math-tight",
    "padding-top:0.1667em": "math-cfrac", "math-shift:compact": "math-cramped",
    "font-variant-caps:small-caps": "math-small-caps",
    **{
        f"border-{side}:0.05em {line} currentcolor": f"math-{line}-{side}"
        for side in ("top", "right", "bottom", "left") for line in ("solid", "dashed")
    },
    **{
        f"padding-{side}:{length}": f"math-{name}-{mu}"
        for side, name in (("left", "before"), ("right", "after"))
        for length, mu in (("0.1667em", 3), ("0.2222em", 4), ("0.2778em", 5))
    },
}  # fmt: skip
"""Each declaration an engine may write, its blanks taken out, and the class that stands for it."""

_NOTATIONS = {
    "box": "math-boxed",
    "updiagonalstrike": "math-cancel",
    "downdiagonalstrike": "math-bcancel",
    "updiagonalstrike downdiagonalstrike": "math-cancel math-bcancel",
    "phasorangle": "math-phase",
    "actuarial": "math-actuarial",
}
"""What `<menclose>`, which MathML Core lacks, becomes a class for."""


class UnknownStyleError(Exception):
    """A style that no class stands for: the engine has learnt something this room has not."""


def without_styles(mathml: str) -> str:
    """The MathML with classes in the place of styles; raises UnknownStyleError."""
    if "math-core-" in mathml:
        for theirs, ours in _FONTS.items():
            mathml = mathml.replace(theirs, ours)
    if "<mspace" in mathml:
        mathml = _BACK.sub(_space_back, mathml)
    if "<menclose" in mathml:
        mathml = _ENCLOSED.sub(_enclosed, _STROKE.sub("", mathml))
        mathml = mathml.replace("</menclose>", "</mrow>")
    if ' style="' in mathml:
        mathml = _STYLE.sub(lambda match: _attribute(match[1]), mathml)
    return mathml


def _space_back(match: re.Match[str]) -> str:
    """A negative space, which MathML Core lacks, in steps of a mu, each a class of its own."""
    steps = min(round(float(match[1] or match[2]) * 18), 1800)
    whole, rest = divmod(steps, 18)
    spaces = ['<mspace class="math-back-18"/>'] * whole
    return "".join(spaces) + (f'<mspace class="math-back-{rest}"/>' if rest else "")


def _enclosed(match: re.Match[str]) -> str:
    return f'<mrow class="{_NOTATIONS[match[1]]}">'


@lru_cache(maxsize=512)
def _attribute(style: str) -> str:
    classes: dict[str, None] = {}
    others = ""
    for declaration in filter(None, style.split(";")):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if name == "color":
            others += f' mathcolor="{value}"'
        elif name == "font-size":
            others += f' mathsize="{value}"'
        elif f"{name}:{value}" in _CLASSES:
            classes[_CLASSES[f"{name}:{value}"]] = None
        else:
            raise UnknownStyleError(style)
    named = " ".join(filter(None, classes))
    return (f' class="{named}"' if named else "") + others
