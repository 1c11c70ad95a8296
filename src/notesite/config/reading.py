"""From parsed TOML to the classes of `tables`, by the types of their fields."""

from __future__ import annotations

from dataclasses import MISSING, fields
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from notesite.diagnostics import Diagnostic, diagnose
from notesite.text import did_you_mean
from notesite.toml_places import find_place

Path = tuple[str | int, ...]
"""The way to a value: names of tables and keys, numbers in lists."""

T = TypeVar("T")


class Complaints:
    """What does not fit in the text of a configuration."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self._file = file
        self.problems: list[Diagnostic] = []

    def add(self, code: str, message: str, path: Path, hints: tuple[str, ...] = ()) -> None:
        """Note what is wrong at `path`."""
        span = find_place(self.text, path)
        self.problems.append(diagnose(code, message, self._file, span, hints=hints))


class Reader:
    """Turns parsed TOML into dataclasses; `complaints` are told what does not fit."""

    def __init__(self, complaints: Complaints) -> None:
        self._report = complaints.add

    def read(self, kind: type[T], table: dict[str, Any], path: Path) -> T:
        """An instance of the dataclass `kind`; ill-typed values fall back to the default."""
        hints = get_type_hints(kind)
        known = {each.name: each for each in fields(kind) if each.metadata}  # type: ignore[arg-type]
        values: dict[str, Any] = {}
        for name, value in table.items():
            if name not in known:
                self._report(
                    "config-unknown-key",
                    f"unknown key '{name}'" + (f" in [{_dotted(path)}]" if path else ""),
                    (*path, name),
                    did_you_mean(name, known) or (f"known keys: {', '.join(known)}",),
                )
                continue
            converted = self._convert(hints[name], value, (*path, name))
            if converted is not MISSING:
                values[name] = converted
        for name, each in known.items():
            is_needed = each.default is each.default_factory is MISSING
            if is_needed and not str(values.get(name, "")).strip():
                if not str(table.get(name, "")).strip():
                    self._report("config-value", f"'{name}' is missing", path)
                values[name] = ""
        return kind(**values)

    def _convert(self, hint: Any, value: Any, path: Path) -> Any:
        origin, inner = get_origin(hint), get_args(hint)
        if origin in (UnionType, Union):
            return self._convert_union(inner, value, path)
        if origin is tuple and isinstance(value, list):
            items = [self._convert(inner[0], item, (*path, i)) for i, item in enumerate(value)]
            return tuple(item for item in items if item is not MISSING)
        if origin is dict and isinstance(value, dict):
            read = {key: self._convert(inner[1], item, (*path, key)) for key, item in value.items()}
            return {key: item for key, item in read.items() if item is not MISSING}
        if hasattr(hint, "__dataclass_fields__") and isinstance(value, dict):
            return self.read(hint, value, path)
        if origin is None and type(value) is hint:
            return value
        return self._mismatch(hint, value, path)

    def _convert_union(
        self,
        kinds: tuple[Any, ...],
        value: Any,
        path: Path,
    ) -> Any:
        for kind in kinds:
            is_table = hasattr(kind, "__dataclass_fields__")
            if (is_table and isinstance(value, dict)) or type(value) is kind:
                return self._convert(kind, value, path)
        return self._mismatch(kinds[0], value, path)

    def _mismatch(self, hint: Any, value: Any, path: Path) -> Any:
        wanted, found = _type_name(hint), _type_name(type(value))
        self._report("config-value", f"'{_dotted(path)}' must be {wanted}, not {found}", path)
        return MISSING


def _dotted(path: Path) -> str:
    return ".".join(str(part) for part in path)


def _type_name(kind: Any) -> str:
    names = {
        str: "a string",
        bool: "true or false",
        int: "a whole number",
        float: "a number",
        list: "a list",
        dict: "a table",
        tuple: "a list",
    }
    plain = get_origin(kind) or kind
    return names.get(
        plain, "a table" if hasattr(plain, "__dataclass_fields__") else "a date or time"
    )
