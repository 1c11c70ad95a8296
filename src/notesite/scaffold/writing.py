"""Writing files that are not there yet, and the titles that stand in them."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from pathlib import Path


class ScaffoldError(Exception):
    """Nothing was written where something stands already; the message is for a person."""


def write_new(file: Path, text: str) -> None:
    """Write `file` with the folders above it; raises ScaffoldError when it is there already."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError as error:
        raise ScaffoldError(f"'{file}' is there already; nothing was changed") from error
    except OSError as error:
        raise ScaffoldError(f"'{file}' cannot be written: {error.strerror or error}") from error


def clean_title(title: str) -> str:
    """`title` on one line, without control characters; raises ScaffoldError when nothing is left.

    Raises ScaffoldError, too, for what came from a terminal and is no text.
    """
    spaced = " ".join(title.split())
    cleaned = "".join(each for each in spaced if unicodedata.category(each) != "Cc")
    if any(unicodedata.category(each) == "Cs" for each in cleaned):
        raise ScaffoldError("the title is not valid UTF-8")
    if not cleaned:
        raise ScaffoldError("the title is empty")
    return cleaned


def yaml_line(key: str, value: str) -> str:
    """`key: value` in YAML, quoted where it must be, without a line break."""
    line: str = yaml.safe_dump({key: value}, allow_unicode=True, width=float("inf"))
    return line.rstrip("\n")
