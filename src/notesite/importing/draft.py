"""The draft of a configuration: settings gathered one by one, with what is to be said of them."""

from __future__ import annotations

import json
from dataclasses import field

from notesite.records import dataclass

Setting = str | bool | int | list[str] | dict[str, str]

_TABLES = ("site", "markdown", "math", "math.macros", "theme", "diagnostics")


@dataclass(slots=True)
class Draft:
    """A configuration being gathered.

    Each of `understood`, `left` and `wrong` is a sentence for a person: what the new configuration
    says, what has no place in it, and what is wrong where it came from.
    """

    settings: dict[str, dict[str, Setting]] = field(default_factory=dict)
    comments: dict[tuple[str, str], str] = field(default_factory=dict)
    understood: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def put(
        self, table: str, key: str, value: Setting, origin: str = "", comment: str = ""
    ) -> None:
        """Set a key; `origin` is where the value was read, `comment` a line to stand above it."""
        self.settings.setdefault(table, {})[key] = value
        if comment:
            self.comments[table, key] = comment
        if origin:
            self.understood.append(f"{table}.{key} = {_toml(value)}, from {origin}")

    def render(self, heading: str) -> str:
        """The configuration as TOML, below `heading` as a comment."""
        lines = [f"# {line}" for line in heading.splitlines()]
        for table in _TABLES:
            values = self.settings.get(table, {})
            if not values:
                continue
            lines += ["", f"[{table}]"]
            for key, value in values.items():
                comment = self.comments.get((table, key))
                lines += [f"# {comment}"] if comment else []
                name = key if key.replace("_", "a").isalnum() and key.isascii() else _toml(key)
                lines.append(f"{name} = {_toml(value)}")
        return "\n".join(lines) + "\n"


def _toml(value: Setting) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, dict):
        pairs = ", ".join(f"{key} = {_toml(item)}" for key, item in value.items())
        return "{ " + pairs + " }"
    # TOML's basic strings are JSON's, but for the one control character that JSON leaves alone.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
