r"""What `\ref` and `\eqref` to equations of the same note show: their numbers.

What has words besides, such as `\cref`, is left to who knows the language and the other notes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math import mathml

if TYPE_CHECKING:
    from notesite.math.values import EquationLabel

NUMBERS_ALONE = frozenset({"ref", "eqref"})
"""The commands that show nothing but a number."""


def referring(command: str, label: EquationLabel) -> tuple[str, str]:
    r"""The HTML and the plain text of `\command`, which is one of `NUMBERS_ALONE`, to a label."""
    text = f"({label.number})" if command == "eqref" else label.number
    return mathml.link(label.anchor, text), text
