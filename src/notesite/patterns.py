"""Regular expressions that cost nothing until they are used.

A module's patterns take longer to compile than the rest of it to import, and a run uses few.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from typing import Any


class _Pattern:
    """Becomes the compiled pattern one method at a time: what was used once is found at once."""

    def __init__(self, expression: str, flags: int) -> None:
        self._expression = expression
        self._flags = flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a pattern has
        method = getattr(re.compile(self._expression, self._flags), name)
        setattr(self, name, method)
        return method


def pattern(expression: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile`, put off until a method is called; what is wrong with it shows only then."""
    return cast("re.Pattern[str]", _Pattern(expression, flags))
