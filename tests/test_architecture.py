"""Imports point one way: from the command line down to the vocabulary."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Collection

PACKAGE = Path(__file__).parents[1] / "src" / "notesite"

FLOORS = [
    {
        "records",
        "patterns",
        "patience",
        "temporary",
        "spans",
        "text",
        "json_text",
        "latex_text",
        "diagnostics",
        "model",
        "languages",
    },
    {
        "sources",
        "frontmatter",
        "config",
        "kinds",
        "toml_places",
        "history",
        "vault",
        "cache",
        "theme",
        "yaml_nodes",
        "forking",
        "seeing",
        "traces",
        "stamps",
    },
    {"math"},
    {"bibliography"},
    {"markup", "drawings"},
    {"markdown"},
    {"linking"},
    {
        "rendering",
        "searching",
        "previewing",
        "outputs",
        "publishing",
        "parsing",
        "styling",
        "cards",
    },
    {"unchanged", "remaking", "indexing"},
    {"building"},
    {"server", "scaffold", "importing", "webchecking", "fixing", "exporting"},
    {"cli"},
]
"""The rooms, from the lowest floor up; a room imports from its own floor or below."""

# Each of these sees nothing of its neighbours on the same floor.
SEPARATE = {
    "searching",
    "previewing",
    "exporting",
    "rendering",
    "outputs",
    "publishing",
    "styling",
    "cards",
    "server",
    "scaffold",
    "importing",
    "webchecking",
}


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def imports(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("notesite"):
            names = [node.module]
            if node.module == "notesite":
                names = [f"notesite.{alias.name}" for alias in node.names]
            found |= {room_of(name) for name in names}
        elif isinstance(node, ast.Import):
            found |= {room_of(a.name) for a in node.names if a.name.startswith("notesite.")}
    return found


def test_imports_point_downward() -> None:
    floor_of = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}
    wrong = []
    for file in sorted(PACKAGE.rglob("*.py")):
        room = file.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if room in {"__init__", "__main__"}:
            continue
        assert room in floor_of, f"{room} has no floor"
        for other in imports(file) - {room, "", "__version__"}:
            is_neighbour = floor_of[other] == floor_of[room] and {room, other} & SEPARATE
            if floor_of[other] > floor_of[room] or is_neighbour:
                wrong.append(f"{file.relative_to(PACKAGE)} imports {other}")
    assert wrong == []


def module_of(file: Path) -> str:
    parts = ("notesite", *file.relative_to(PACKAGE).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_modules(file: Path, modules: Collection[str]) -> set[str]:
    """What a module imports of this package anywhere, for its types too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module in modules:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in modules else node.module for name in names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name in modules}
    return found - {module_of(file)}


def test_no_modules_import_each_other_in_a_circle() -> None:
    files = {module_of(file): file for file in PACKAGE.rglob("*.py")}
    graph = {module: imported_modules(file, files) for module, file in files.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"a circle of imports: {' -> '.join(error.args[1])}")


def test_only_the_command_line_prints_and_exits() -> None:
    for file in PACKAGE.rglob("*.py"):
        if "cli" in file.parts or file.name == "__main__.py":
            continue
        calls = {
            node.func.id
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not calls & {"print", "input", "exit", "quit"}, file
