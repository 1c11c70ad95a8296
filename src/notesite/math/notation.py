r"""Notation: the macros that are described to people, where formulas use them.

A macro has a `description` from the configuration or the front matter, or from a comment behind its
definition in TeX:

    \newcommand{\KL}{\operatorname{KL}} % notation: the Kullback–Leibler divergence

What such a macro draws is found again in the formulas that use it, and gets a class. Nothing is
wrapped and nothing moved: a formula with marked symbols is laid out as it was without.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from notesite.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from notesite.math.values import Macro

SYMBOL_CLASS = "symbol"
"""The class of all marked signs; each has one that names its macro besides."""

PLACEHOLDER = r"{\cdot}"
"""What stands for an argument where a macro is shown by itself."""

DOCUMENTATION = "notation:"
"""What begins a comment that describes the macro before it."""

_STEP = pattern(
    r"""
    \\(?:(?:re)?newcommand|providecommand|DeclareRobustCommand|DeclareMathOperator
        |DeclarePairedDelimiter(?:X(?:PP)?)?|(?:New|Renew|Provide|Declare)DocumentCommand|[gex]?def|let)\*?\s*(?:\{\s*)?\\(?P<name>[A-Za-z]+)
    | (?<!\\)%\s*notation:[ \t]*(?P<meaning>[^\n]*)
    """,
    re.VERBOSE,
)
_ELEMENT = pattern(r"<(/?)([a-z]+)\b([^>]*?)(/?)>")
_LEAF = pattern(r"<(mi|mo|mn|mtext)\b[^>]*>([^<]*)</\1>")
_CLASS = pattern(r'^(<[a-z]+[^>]*?\sclass=")([^"]*)(")')
_COMMON = frozenset("()[]{}|,.;:=+-\u2212/\u22c5\u2061\u2062")
"""Signs that say nothing by themselves: too many other things are written with them."""


def documented(tex: str) -> list[tuple[str, str, int]]:
    """The macros of `tex` that a comment describes: name, description, where the comment begins.

    The name is empty for a comment that stands behind no definition.
    """
    if DOCUMENTATION not in tex:
        return []
    found = []
    name = ""
    for step in _STEP.finditer(tex):
        if step["name"]:
            name = step["name"]
        else:
            found.append((name, step["meaning"].strip(), step.start()))
            name = ""
    return found


def shown_use(name: str, macro: Macro) -> str | None:
    r"""The TeX that shows the macro by itself, such as `\norm{\cdot}`; None where none can."""
    if macro.delimiters and not macro.form.startswith("paired"):
        return None
    return f"\\{name}" + PLACEHOLDER * _needed(macro)


def written_use(name: str, macro: Macro) -> str:
    r"""How the macro is written, such as `\norm{…}`."""
    return f"\\{name}" + "{…}" * _needed(macro)


def _needed(macro: Macro) -> int:
    return macro.arguments - (macro.default is not None)


def pattern_of(names: Iterable[str]) -> re.Pattern[str] | None:
    """What finds the commands of these names; None where there are none."""
    ordered = sorted(names)
    return re.compile(rf"\\({'|'.join(ordered)})(?![A-Za-z])") if ordered else None


class Signs(NamedTuple):
    """The markup by which a macro is known in a formula."""

    name: str
    pieces: tuple[str, ...]


def signs_of(name: str, html: str) -> Signs:
    """The signs of a macro that `html` shows by itself.

    One whole element is one sign; of more, those that are the macro's own, its arguments and what
    anything may be written with left out.
    """
    content = html[html.index(">") + 1 : html.rindex("</math>")]
    if _is_one_element(content):
        return Signs(name, (content,))
    leaves = dict.fromkeys(leaf[0] for leaf in _LEAF.finditer(content) if _is_telling(leaf[2]))
    return Signs(name, tuple(leaves))


def _is_telling(text: str) -> bool:
    return text.strip() not in _COMMON and not text.isspace() and text != ""


def _is_one_element(content: str) -> bool:
    depth = 0
    for element in _ELEMENT.finditer(content):
        if depth == 0 and element.start() > 0:
            return False
        depth += -1 if element[1] else (0 if element[4] else 1)
    return content.startswith("<")


Marking = tuple[tuple[str, str], ...]
"""Pieces of markup, and what is to stand in their place."""


def marking(signs: Iterable[Signs]) -> Marking:
    """What marks these signs in a formula; a sign of more than one macro is nobody's."""
    owners: dict[str, list[str]] = {}
    for each in signs:
        for piece in each.pieces:
            owners.setdefault(piece, []).append(each.name)
    # A sign that holds another one first, or it would not be found again.
    return tuple(
        (piece, _with_class(piece, owners[piece][0]))
        for piece in sorted(owners, key=len, reverse=True)
        if len(owners[piece]) == 1
    )


def marked(html: str, pieces: Marking) -> str:
    """A formula's `html` with the signs marked."""
    for piece, shown in pieces:
        html = html.replace(piece, shown)
    return html


def _with_class(piece: str, name: str) -> str:
    classes = f"{SYMBOL_CLASS} {SYMBOL_CLASS}-{name}"
    if _CLASS.match(piece):
        return _CLASS.sub(rf"\g<1>{classes} \g<2>\g<3>", piece, count=1)
    return re.sub(r"^<[a-z]+", rf'\g<0> class="{classes}"', piece, count=1)
