"""Which environments are diagrams, and what reads each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.diagrams.cd import parse_cd
from notesite.math.diagrams.tikzcd import parse_tikzcd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from notesite.math.diagrams.model import Diagram, Report
    from notesite.math.tex import Token

PARSERS: dict[str, Callable[[Iterable[Token], Report], Diagram]] = {
    "CD": parse_cd,
    "tikzcd": parse_tikzcd,
}
"""By the name of the environment. They raise what a `TokenStream` raises."""
