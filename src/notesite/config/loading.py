"""Reading a configuration: from a file, or from a text."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from notesite.config.checking import (
    Checker,
    valid_citations,
    valid_sections,
    valid_severities,
    valid_site,
    valid_strings,
)
from notesite.config.reading import Complaints, Reader
from notesite.config.tables import CONFIG_NAME, Config
from notesite.diagnostics import Diagnostic, diagnose
from notesite.spans import Span
from notesite.toml_places import find_place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TWICE = re.compile(r"Cannot declare (\(.*\)) twice")
_TABLE_NAME = re.compile(r"'([^']*)'")


def parse_config(text: str, file: str = CONFIG_NAME) -> tuple[Config, tuple[Diagnostic, ...]]:
    """The configuration that `text` (TOML) states, with everything that is wrong with it.

    What cannot be understood is reported and replaced by its default, so that one run names every
    problem. `file` is the name used in the diagnostics.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Config(), (_syntax_problem(error, text, file),)
    except RecursionError:
        return Config(), (diagnose("config-syntax", "lists are nested too deeply", file),)
    if isinstance(table.get("strings"), dict):
        table["strings"] = dict(_flat(table["strings"]))
    complaints = Complaints(text, file)
    config = Reader(complaints).read(Config, table, ())
    Checker(complaints).check(config)
    if complaints.problems:
        config = replace(
            config, diagnostics=valid_severities(config), strings=valid_strings(config),
            site=valid_site(config), sections=valid_sections(config),
            citations=valid_citations(config),
        )  # fmt: skip
    config = replace(
        config, macro_places=_macro_places(text, config), theme_places=_theme_places(text, config),
        file=file,
    )  # fmt: skip
    return config, tuple(complaints.problems)


def load_config(path: Path, file: str = CONFIG_NAME) -> tuple[Config, tuple[Diagnostic, ...]]:
    """The configuration in the file at `path`; raises OSError when it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"not valid UTF-8 (byte {error.start})"
        return Config(), (diagnose("config-syntax", message, file),)
    return parse_config(text, file)


def find_config(start: Path) -> Path | None:
    """The nearest `notesite.toml` in `start` or a folder above it."""
    for folder in (start, *start.parents):
        candidate = folder / CONFIG_NAME
        if candidate.is_file():
            return candidate
    return None


def _flat(table: dict[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """The values of nested tables by the whole of their dotted keys."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield before + key, value


def _macro_places(text: str, config: Config) -> dict[str, Span]:
    found = {name: find_place(text, ("math", "macros", name)) for name in config.math.macros}
    return {name: span for name, span in found.items() if span}


def _theme_places(text: str, config: Config) -> dict[str, Span]:
    found = {n: find_place(text, ("theme", "fonts", n)) for n in ("text", "math", "code")}
    found |= {n: find_place(text, ("theme", n)) for n in ("logo", "favicon")}
    for key in ("links", "social"):
        for index, link in enumerate(getattr(config.theme, key)):
            found[link.url] = find_place(text, ("theme", key, index, "url"))
    return {name: span for name, span in found.items() if span}


def _syntax_problem(error: tomllib.TOMLDecodeError, text: str, file: str) -> Diagnostic:
    # The position stands only in the message ("… (at line 3, column 7)") before Python 3.14.
    message, _, place = str(error).partition(" (at ")
    numbers = [
        int(word) for word in place.replace(",", " ").replace(")", " ").split() if word.isdigit()
    ]
    lines = text.split("\n")
    line, column = numbers if len(numbers) == 2 else (len(lines), len(lines[-1]) + 1)
    if twice := _TWICE.fullmatch(message):
        # Python names the table as a tuple: ('theme', 'fonts').
        message = f"the table [{'.'.join(_TABLE_NAME.findall(twice[1]))}] stands twice"
    return diagnose("config-syntax", message[:1].lower() + message[1:], file, Span.at(line, column))
