"""latex2mathml's output, built anew in MathML Core, or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from notesite.math.engines.engine import EngineError
from notesite.patterns import pattern
from notesite.text import attributes_html, escape_html

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

FIRST_FRAGMENT = 0xF0000
"""Fragments stand in the TeX as characters of the first private-use plane, from this one on."""

_ARITY = {
    "mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3,
    "munderover": 3,
}  # fmt: skip
_CONTAINERS = frozenset({"mrow", "msqrt", "mphantom", "menclose", *_ARITY})
_KEPT = frozenset(
    {"stretchy", "form", "minsize", "maxsize", "movablelimits", "symmetric", "lspace", "rspace"}
    | {"linethickness", "displaystyle", "scriptlevel", "width", "height", "depth", "notation"}
)
"""The attributes that MathML Core knows, or that a later step turns into a class."""
_SPACES = {
    "negativethinmathspace": "-0.1667em", "negativemediummathspace": "-0.2222em",
    "negativethickmathspace": "-0.2778em", "thinmathspace": "0.1667em",
    "mediummathspace": "0.2222em", "thickmathspace": "0.2778em",
}  # fmt: skip
_ACCENTS = frozenset("^~ˆ˜¯―‾→←↔˙¨ˇ˘´`˚⃛⃜⃗_")
_FENCES = frozenset("⟨⟩⌈⌉⌊⌋‖⟦⟧⟪⟫⟮⟯")
_LIMITS = frozenset(
    {"lim", "max", "min", "sup", "inf", "liminf", "limsup", "lim inf", "lim sup", "det", "gcd"}
    | {"Pr", "argmin", "argmax", "arg min", "arg max", "injlim", "projlim", "plim"}
    | set("∑∏∐⋃⋂⋁⋀⨁⨂⨀⨄⨆⨅⨃⨉")
)
_FRAGMENT_NAME = pattern(r"<mi>([^<]*)</mi>")
_RUN_OR_TAG = pattern(r"((?:<mi>[A-Za-z]</mi>){2,})|<(/?)(\w+)[^>]*?(/?)>")
_NAME_PARTS = pattern(r"<mi>(.)</mi>")
_UNDER = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}


def rebuilt(mathml: str, fragments: Mapping[str, str], limits: frozenset[str]) -> str:
    """The content of the `<math>` element `mathml`.

    `fragments` has the markup for the characters that stand for some, `limits` those of them
    whose scripts go below and above. Raises EngineError.
    """
    try:
        root = ET.fromstring(mathml)  # noqa: S314 - the input is the engine's, without a DTD
    except ET.ParseError as error:
        raise EngineError(-1, f"latex2mathml wrote what is not XML: {error}") from error
    whole = root[0] if len(root) == 1 and _name(root[0]) == "mrow" else root
    return _Rebuilder(fragments, limits).children(whole)


def with_joined_letters(mathml: str) -> str:
    """Letters side by side as one name, but where each of them is an argument: in a fraction."""
    opened = [""]

    def joined(match: re.Match[str]) -> str:
        run, is_closing, name, is_empty = match.groups()
        if run:
            is_name = opened[-1] not in _ARITY
            return f"<mi>{''.join(_NAME_PARTS.findall(run))}</mi>" if is_name else run
        if is_closing:
            opened.pop()
        elif not is_empty:
            opened.append(name)
        return match[0]

    return _RUN_OR_TAG.sub(joined, mathml)


class _Rebuilder:
    """Builds one formula."""

    def __init__(self, fragments: Mapping[str, str], limits: frozenset[str]) -> None:
        self._fragments = fragments
        self._limits = limits

    def children(self, node: Element) -> str:
        """All that is inside of `node`, with the space that a function's name wants after it."""
        parts: list[str] = []
        nodes = list(node)
        for index, child in enumerate(nodes):
            parts.append(self._element(child))
            if (
                self._is_function(child)
                and index + 1 < len(nodes)
                and _name(nodes[index + 1]) != "mo"
            ):
                parts.append('<mspace width="0.1667em"/>')
        return "".join(parts)

    def _is_function(self, node: Element) -> bool:
        base = node[0] if _name(node) in _UNDER and len(node) else node
        text = base.text or ""
        name = _FRAGMENT_NAME.fullmatch(self._fragments.get(text, ""))
        text = name[1] if name else text
        return _name(base) in {"mi", "mo"} and len(text) > 1 and text.replace(" ", "").isalpha()

    def _element(self, node: Element) -> str:
        name = _name(node)
        if name in {"mi", "mn", "mo", "mtext"}:
            return self._leaf(node, name)
        if name == "mspace":
            return _space(node)
        if name == "mpadded":
            gap = '<mspace width="0.4286em"/>'
            return f"<mrow>{gap}{self.children(node)}{gap}</mrow>"
        if name == "mstyle":
            return f"<mrow{_attributes(node)}>{self.children(node)}</mrow>"
        if name not in _CONTAINERS:
            raise EngineError(-1, f"latex2mathml writes <{name}>, which MathML Core lacks")
        return self._container(node, name)

    def _container(self, node: Element, name: str) -> str:
        if len(node) != _ARITY.get(name, len(node)):
            raise EngineError(-1, "Expected argument but reached end of input.")
        if name in _UNDER and self._has_limits(node[0]):
            return self._with_limits(node, _UNDER[name])
        accent = ""
        if name in {"mover", "munder"} and _name(node[1]) == "mo" and node[1].text in _ACCENTS:
            accent = ' accent="true"' if name == "mover" else ' accentunder="true"'
        parts = "".join(self._element(child) for child in node) if name in _ARITY else None
        content = self.children(node) if parts is None else parts
        return f"<{name}{accent}{_attributes(node)}>{content}</{name}>"

    def _has_limits(self, base: Element) -> bool:
        text = base.text or ""
        return base.get("movablelimits") == "true" or text in _LIMITS or text in self._limits

    def _with_limits(self, node: Element, name: str) -> str:
        base, *scripts = node
        text = base.text or ""
        shown = self._fragments.get(text)
        if shown is None:
            shown = f'<mo movablelimits="true">{escape_html(text)}</mo>'
        content = "".join(self._element(script) for script in scripts)
        return f"<{name}>{shown}{content}</{name}>"

    def _leaf(self, node: Element, name: str) -> str:
        text = node.text or ""
        if text in self._fragments:
            return self._fragments[text]
        if len(node) or (text.startswith("\\") and len(text) > 1):
            raise EngineError(-1, f'latex2mathml cannot render "{text}" here.')
        if name == "mi" and text in _FENCES:
            return f'<mo stretchy="false">{text}</mo>'
        if name == "mo" and text.isalpha() and text.isascii():
            return f"<mi>{text}</mi>"
        if name == "mo" and text in {"|", "‖"} and "stretchy" not in node.attrib:
            return f'<mo stretchy="false">{text}</mo>'
        if name == "mi" and text in {"′", "″", "‴", "⁗"}:
            name = "mo"
        return f"<{name}{_attributes(node)}>{escape_html(text)}</{name}>"


def _name(node: Element) -> str:
    return node.tag.rpartition("}")[2]


def _space(node: Element) -> str:
    if "linebreak" in node.attrib:
        raise EngineError(-1, "latex2mathml cannot break lines here")
    width = node.get("width", "0")
    return f'<mspace width="{escape_html(_SPACES.get(width, width))}"/>'


def _attributes(node: Element) -> str:
    return attributes_html((name, value) for name, value in node.items() if name in _KEPT)
