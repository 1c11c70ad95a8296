"""The formulas among a note's tokens: found, told their place, compiled together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notesite.math import Formula
from notesite.model import Label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from notesite.math import CompiledMath


def formulas_of(tokens: Sequence[Token]) -> Iterator[Token]:
    """The formula tokens in the order in which a reader meets them."""
    for token in tokens:
        if token.type == "math":
            yield token
        elif token.children:
            yield from formulas_of(token.children)


def formula_of(token: Token) -> Formula:
    """What the compiler has to know of a formula token."""
    meta = token.meta
    return Formula(
        token.content,
        meta["display"],
        meta["origin"],
        meta["inline"],
        block_id=meta.get("block_id", "") or _name_in_comment(token),
        section=meta.get("section", ""),
    )


_NAME = re.compile(r"%[ \t]*id:[ \t]*(eq-[A-Za-z0-9-]+)[ \t]*(?:\n|\Z)")


def _name_in_comment(token: Token) -> str:
    r"""What a comment names a display, `% id: eq-energy`: a plugin of Obsidian's writes it so."""
    found = _NAME.search(token.content) if "% id:" in token.content else None
    return found[1] if found and token.meta["display"] else ""


def set_sections(tokens: Sequence[Token]) -> None:
    """Tells each formula the number of the section it stands in; sections begin at `<h2>`."""
    section = 0
    for token in tokens:
        if token.type == "heading_open" and token.tag == "h2":
            section += 1
        elif section and (token.children or token.type == "math"):
            for formula in formulas_of([token]):
                formula.meta["section"] = str(section)


def equation_labels(compiled: CompiledMath) -> tuple[Label, ...]:
    """The labels of the equations that were numbered or named."""
    return tuple(
        Label(label.name, "equation", label.number, label.anchor, label.span)
        for label in compiled.labels
    )
