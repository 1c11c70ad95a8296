"""What a Quartz site's own files say.

Quartz 4 keeps its configuration in TypeScript (`quartz.config.ts`, `quartz.layout.ts`), Quartz 5 in
YAML (`quartz.config.yaml`). Both name the same things: a `configuration`, and plugins with options.
"""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING, Any

import yaml

from notesite.importing.typescript import Call, find_calls, find_object
from notesite.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

TYPESCRIPT = "quartz.config.ts"
LAYOUT = "quartz.layout.ts"
YAML = ("quartz.config.yaml", "quartz.config.yml")


class QuartzError(Exception):
    """There is no Quartz configuration to read; the message is for a person."""


@dataclass(slots=True)
class QuartzSite:
    """What a Quartz site's files say: the configuration, plugins by name, links of the footer."""

    file: str
    configuration: dict[str, Any] = field(default_factory=dict)
    plugins: dict[str, dict[str, Any]] = field(default_factory=dict)
    footer: dict[str, Any] = field(default_factory=dict)


def read_site(root: Path) -> QuartzSite:
    """The Quartz configuration in the folder `root`; raises QuartzError as `read_quartz` does."""
    for name in YAML:
        if (root / name).is_file():
            return _from_yaml(_read(root / name), name)
    if (root / TYPESCRIPT).is_file():
        layout = _read(root / LAYOUT) if (root / LAYOUT).is_file() else ""
        return read_typescript(_read(root / TYPESCRIPT), layout)
    raise QuartzError(f"there is no {TYPESCRIPT} and no {YAML[0]} in '{root}'")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise QuartzError(f"'{path}' cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise QuartzError(f"'{path}' is not UTF-8") from error


def read_typescript(text: str, layout: str) -> QuartzSite:
    """What Quartz 4's `quartz.config.ts` and `quartz.layout.ts` hold.

    Raises QuartzError when the first has no configuration in it.
    """
    configuration = find_object(text, "configuration")
    if not configuration:
        raise QuartzError(f"no 'configuration: {{ … }}' in {TYPESCRIPT}")
    site = QuartzSite(TYPESCRIPT, configuration)
    for stage in find_object(text, "plugins").values():
        for call in stage if isinstance(stage, list) else ():
            if isinstance(call, Call):
                first = call.arguments[0] if call.arguments else None
                options: dict[str, Any] = first if isinstance(first, dict) else {}
                site.plugins[_kebab(call.name.rpartition(".")[2])] = options
    for call in find_calls(layout, "Component.Footer"):
        first = call.arguments[0] if call.arguments else None
        links = first.get("links") if isinstance(first, dict) else None
        site.footer = links if isinstance(links, dict) else {}
    if find_calls(layout, "Component.Comments"):
        site.plugins.setdefault("comments", {})
    return site


def _from_yaml(text: str, file: str) -> QuartzSite:
    try:
        table = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise QuartzError(f"{file} is not valid YAML: {' '.join(str(error).split())}") from error
    if not isinstance(table, dict) or not isinstance(table.get("configuration"), dict):
        raise QuartzError(f"no 'configuration' in {file}")
    site = QuartzSite(file, table["configuration"])
    for plugin in items(table.get("plugins")):
        if isinstance(plugin, dict) and plugin.get("enabled", True):
            source = plugin.get("source")
            name = source.get("name") if isinstance(source, dict) else source
            options = plugin.get("options")
            key = str(name).rstrip("/").rpartition("/")[2].partition("#")[0]
            site.plugins[key] = options if isinstance(options, dict) else {}
    links = site.plugins.get("footer", {}).get("links")
    site.footer = links if isinstance(links, dict) else {}
    return site


def items(value: object) -> Iterable[Any]:
    """The items of a list, and none of what is no list."""
    return value if isinstance(value, list) else ()


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", name).lower()
