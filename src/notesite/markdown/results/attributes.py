"""What the opening line of a fence says: a kind, a name, a label and other attributes.

Four spellings are read: `theorem "Riesz" {#thm-riesz}`, pandoc's and Quarto's
`{#thm-riesz .theorem name="Riesz"}`, MyST's `{prf:theorem} Riesz`, and the `theorem[Riesz]` of
Markdown's generic directives.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from notesite.patterns import pattern
from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_DIRECTIVE = pattern(r"\{(?:prf:)?([A-Za-z][\w-]*)\}\s*(.*)")
_WORD = pattern(r"([A-Za-z][\w-]*)(\*?)(?=[\s{\"“[]|$)\s*(.*)")
_BRACES = pattern(r"\{([^{}]*)\}\s*:*\s*$")
_ATTRIBUTE = pattern(
    r"""\#(?P<id>[^\s{}]+)|\.(?P<class>[\w-]+)"""
    r"""|(?P<key>[A-Za-z][\w-]*)=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s{}]+))"""
    r"""|(?P<word>[^\s{}]+)"""
)
_QUOTED = pattern(r'"(.*)"|“(.*)”|\[(?!\[)((?:[^\[\]]|\[[^\[\]]*\])*)\]')
_OPTION = pattern(r":([A-Za-z][\w-]*):[ \t]*(.*)")

_UNNUMBERED = frozenset({"-", "*", "unnumbered", "nonumber", "no-number"})
_FOLDED = {
    "fold": "-", "folded": "-", "closed": "-", "dropdown": "-", "unfolded": "+", "open": "+",
}  # fmt: skip


@dataclass(slots=True)
class Info:
    """What an opening line says; `kind` is as written and empty where only attributes stand.

    `offset` is where the kind stands in the line's info; `name_line` the number of the line that
    the name stands in, if that is another. `unknown` are attributes without
    a meaning.
    """

    kind: str = ""
    name: str = ""
    label: str = ""
    number: str | None = None
    of: str = ""
    fold: str = ""
    display: str = ""
    classes: list[str] = field(default_factory=list)
    offset: int = 0
    is_directive: bool = False
    unknown: list[str] = field(default_factory=list)
    name_line: int | None = None


def read_info(text: str) -> Info | None:
    """What the info string of a fence says; None for what opens nothing."""
    directive = _DIRECTIVE.fullmatch(text)
    if directive is not None:
        return Info(directive[1], directive[2].strip(), offset=1, is_directive=True)
    braces = _BRACES.search(text)
    before = (text[: braces.start()] if braces else text).strip().rstrip(":").strip()
    info = Info()
    if before:
        word = _WORD.fullmatch(before)
        if word is None:
            return None
        info.kind, info.name = word[1], _unquoted(word[3].strip())
        info.number = "" if word[2] else None
    elif braces is None:
        return None
    for key, value in attributes_of(braces[1] if braces else ""):
        _read_attribute(info, key, value)
    return info


def attributes_of(text: str) -> Iterator[tuple[str, str]]:
    """The attributes between a pair of braces, each with its key.

    That is `#` for a name, `.` for a class, and empty for a word alone.
    """
    for found in _ATTRIBUTE.finditer(text):
        if found["key"]:
            values = (found[name] for name in ("double", "single", "bare"))
            yield found["key"], next(value for value in values if value is not None)
        else:
            key = "#" if found["id"] else "." if found["class"] else ""
            yield key, found["id"] or found["class"] or found["word"]


def read_option(info: Info, line: str) -> bool:
    """Read an option line of MyST such as `:label: thm-riesz`; False for any other line."""
    found = _OPTION.fullmatch(line.strip())
    if found is None:
        return False
    key, value = found[1], found[2].strip()
    if key == "class":
        for name in value.split():
            _read_class(info, name)
    elif key in _UNNUMBERED:
        info.number = ""
    else:
        _read_pair(info, key, value)
    return True


def _read_attribute(info: Info, key: str, value: str) -> None:
    if key == "#":
        info.label = value
    elif key == ".":
        _read_class(info, value)
    elif key:
        _read_pair(info, key, value)
    elif value in _UNNUMBERED:
        info.number = ""
    else:
        info.unknown.append(value)


def read_classes(names: Iterable[str]) -> Info:
    """What the classes of a heading say: folded, without a number, or nothing to us."""
    info = Info()
    for name in names:
        _read_class(info, name)
    return info


def _read_class(info: Info, name: str) -> None:
    if name in _UNNUMBERED:
        info.number = ""
    elif name in _FOLDED:
        info.fold = _FOLDED[name]
    else:
        info.classes.append(name)


def _read_pair(info: Info, key: str, value: str) -> None:
    if key in {"name", "title"}:
        info.name = value
    elif key in {"label", "id"}:
        info.label = value
    elif key in {"number", "tag"}:
        info.number = value
    elif key == "of":
        info.of = value.removeprefix("@")
    elif key == "display":
        info.display = value
    elif key in {"fold", "collapse"}:
        info.fold = "+" if value == "false" else _FOLDED.get(value, "-")
    else:
        info.unknown.append(key)


def _unquoted(text: str) -> str:
    found = _QUOTED.fullmatch(text)
    return next(filter(None, found.groups()), "") if found else text
