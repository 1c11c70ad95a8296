"""Options of tikz-cd and TikZ about looks: colours, and what is passed over here.

What says only how thick or how large something is drawn, or moves it by a little, changes no
meaning; editors such as quiver write it without being asked.
"""

from __future__ import annotations

import re

from notesite.math.colors import color_in_model

_OF_DIAGRAMS = frozenset({
    "scale", "scale cd", "nodes", "cells", "labels", "baseline", "font", "transform shape",
    "execute at end picture", "execute at begin picture", "math mode", "background color",
    "center picture", "overlay", "remember picture", "inner sep", "outer sep", "x", "y",
    "arrow style", "line width", "thick", "every node", "trim left", "trim right",
})  # fmt: skip
_OF_ARROWS = frozenset({
    "thin", "very thin", "ultra thin", "semithick", "thick", "very thick", "ultra thick",
    "line width", "outer sep", "inner sep", "start anchor", "end anchor", "distance",
    "min distance", "max distance", "font", "scale", "opacity", "rounded corners", "line cap",
    "line join", "xshift", "yshift", "text", "auto", "every label", "->", "between", "double",
    "double distance", "text opacity", "draw opacity", "pos offset", "overlay",
})  # fmt: skip
_OF_LABELS = frozenset({
    "xshift", "yshift", "font", "scale", "inner sep", "outer sep", "text", "opacity", "auto",
    "allow upside down", "fill", "text width", "align", "minimum width", "minimum height",
    "inner xsep", "inner ysep", "text opacity", "rounded corners", "circle", "draw", "node font",
})  # fmt: skip
_TIP = re.compile(
    r"-(?:>|\{?(?:stealth|latex|to|triangle\s?\d*|straight barb|computer modern rightarrow)'?"
    r"(?:\[[^\]]*\])?\}?)|>=.*",
    re.IGNORECASE,
)
_STYLE_OF_TIKZ = re.compile(r"every .*|/tikz/.*|.*/\.(?:append|prefix) style")
_MIX = re.compile(r"\{?\s*rgb\s*,\s*255\s*:(.*)")
_PART = re.compile(r"\s*(red|green|blue)\s*,\s*(\d{1,3})\s*")


def is_passed(name: str, whose: str) -> bool:
    """Whether an option is about looks alone; `whose` is `tikzcd`, `an arrow` or `a label`."""
    if whose == "tikzcd":
        return name in _OF_DIAGRAMS or _STYLE_OF_TIKZ.fullmatch(name) is not None
    if whose == "an arrow":
        return name in _OF_ARROWS or _TIP.fullmatch(name) is not None
    return name in _OF_LABELS


def color_of(written: str) -> str | None:
    """A colour by its name, or mixed as quiver writes it, `{rgb,255:red,214;green,92;blue,92}`."""
    mix = _MIX.fullmatch(written)
    if mix is None:
        return color_in_model("", written, {}) if written.isalpha() else None
    parts = [_PART.fullmatch(part) for part in mix[1].strip(" }").split(";")]
    if not all(parts):
        return None
    amounts = {part[1]: min(int(part[2]), 255) for part in parts if part}
    return "#" + "".join(f"{amounts.get(name, 0):02x}" for name in ("red", "green", "blue"))
