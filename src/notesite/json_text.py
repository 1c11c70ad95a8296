"""JSON as it is published."""

from __future__ import annotations

import json


def json_text(value: object, indent: int | None = None) -> str:
    """`value` as JSON that holds no tag, so that nobody can take it for HTML."""
    return json.dumps(value, ensure_ascii=False, indent=indent).replace("<", "\\u003c")
