"""The types of boxes: Obsidian's types of callouts, and what other generators call theirs."""

from __future__ import annotations

_ALIASES = {
    "summary": "abstract", "tldr": "abstract", "hint": "tip", "important": "tip",
    "check": "success", "done": "success", "help": "question", "faq": "question",
    "caution": "warning", "attention": "warning", "fail": "failure", "missing": "failure",
    "error": "danger", "cite": "quote", "details": "note",
}  # fmt: skip
_LOOKS = frozenset(_ALIASES.values()) | {"note", "info", "todo", "bug", "example"}
BOX_TYPES = _LOOKS | _ALIASES.keys()
"""The types, in small letters."""


def look_of(name: str) -> str:
    """The type that a box of that type, in small letters, looks like; a note for any other."""
    look = _ALIASES.get(name, name)
    return look if look in _LOOKS else "note"
