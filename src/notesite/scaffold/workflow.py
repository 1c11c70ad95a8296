"""The workflow that publishes notes which were there before notesite: a vault, a Quartz site."""

from __future__ import annotations

from importlib.resources import files as package_files
from typing import TYPE_CHECKING

from notesite.scaffold.origin import NAME, with_requirement
from notesite.scaffold.writing import write_new

if TYPE_CHECKING:
    from pathlib import Path

WORKFLOW = ".github/workflows/pages.yml"

_CHANGES = {
    "notesite build": "notesite build --output _site",
    "path: output": "path: _site",
    "branches: [main]": "branches: [main, master]",
}


def write_workflow(root: Path, requirement: str = NAME) -> Path:
    """Write the workflow for the notes at `root`, the top of their repository; returns the file.

    Raises ScaffoldError when it is there already. `requirement` is what `pip install` is told.
    """
    template = package_files("notesite.scaffold") / "site/dot-github/workflows/pages.yml"
    text = template.read_text(encoding="utf-8")
    for before, after in _CHANGES.items():
        text = text.replace(before, after)
    file = root / WORKFLOW
    write_new(file, with_requirement(text, requirement))
    return file
