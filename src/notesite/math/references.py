r"""What a reference to equations says: `\ref`, `\eqref`, `\cref`, `\Cref`, `\autoref`.

The words are those of the LaTeX packages cleveref (its defaults) and hyperref.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from notesite.math import mathml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notesite.math.values import EquationLabel

_WORDS = {"cref": ("eq.", "eqs."), "Cref": ("Equation", "Equations")}
_SHORTEST_RANGE = 3


def referring(command: str, labels: Sequence[EquationLabel]) -> tuple[str, str]:
    r"""The HTML and the plain text of `\command` to these labels, of which there is one or more."""
    if command not in _WORDS:
        text = _alone(command, labels[0].number)
        return mathml.link(labels[0].anchor, text), text
    pieces = _ranges(labels)
    one, several = _WORDS[command]
    if len(labels) == 1:
        text = f"{one}\u00a0({labels[0].number})"
        return mathml.link(labels[0].anchor, text), text
    linked = [tuple(mathml.link(each.anchor, f"({each.number})") for each in p) for p in pieces]
    plain = [tuple(f"({each.number})" for each in piece) for piece in pieces]
    return f"{several}\u00a0{_listed(linked)}", f"{several}\u00a0{_listed(plain)}"


def _alone(command: str, number: str) -> str:
    return {"eqref": f"({number})", "autoref": f"Equation\u00a0{number}"}.get(command, number)


def _ranges(labels: Sequence[EquationLabel]) -> list[tuple[EquationLabel, ...]]:
    """The labels in the order of their numbers; three neighbours or more as first and last."""
    unique = list({label.anchor: label for label in labels}.values())
    if not all(label.number.isdecimal() for label in unique):
        return [(label,) for label in unique]
    ordered = sorted(unique, key=lambda label: int(label.number))
    pieces: list[tuple[EquationLabel, ...]] = []
    for _, group in groupby(enumerate(ordered), key=lambda pair: int(pair[1].number) - pair[0]):
        run = [label for _, label in group]
        if len(run) >= _SHORTEST_RANGE:
            pieces.append((run[0], run[-1]))
        else:
            pieces.extend((label,) for label in run)
    return pieces


def _listed(pieces: Sequence[tuple[str, ...]]) -> str:
    shown = [" to ".join(piece) for piece in pieces]
    if len(shown) == 1:
        return shown[0]
    return f"{', '.join(shown[:-1])} and {shown[-1]}"
