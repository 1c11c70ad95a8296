"""The sheet of constructs, read from `sheet.txt`."""

from __future__ import annotations

from pathlib import Path

_FILE = Path(__file__).with_name("sheet.txt")


def read_sheet() -> dict[str, list[str]]:
    """The formulas by their groups; those displayed begin with `$$`."""
    groups: dict[str, list[str]] = {}
    formulas: list[str] = []
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]") and "\\" not in line:
            formulas = groups.setdefault(line[1:-1], [])
        elif line and not line.startswith("%"):
            formulas.append(line)
    return groups
