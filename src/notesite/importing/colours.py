"""Telling a colour of CSS from a slip of the pen."""

from __future__ import annotations

import re

_HEX = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)
_FUNCTION = re.compile(
    r"(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix)\([\w\s.,%/+#()-]+\)", re.IGNORECASE
)
_NAME = re.compile(r"[a-z]{3,20}", re.IGNORECASE)


def is_colour(text: str) -> bool:
    """Whether CSS would take `text` for a colour (CSS Color 4, section 4), names by their shape."""
    forms = (_HEX, _FUNCTION, _NAME)
    return any(form.fullmatch(text.strip()) for form in forms)
