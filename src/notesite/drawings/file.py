"""A note that is a drawing: what Excalidraw keeps in it, and what its author wrote on its back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notesite.drawings.elements import Drawing, DrawingError, read_elements
from notesite.drawings.lz_string import LzStringError, decompress
from notesite.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

EXCALIDRAW = ".excalidraw"
"""What the name of a drawing ends with, before `.md`."""

_KEY = "excalidraw-plugin"
_OPENS_AS_MARKDOWN = "excalidraw-open-md"
_DATA = pattern(r"^```(json|compressed-json)[ \t]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_EMBEDDED = pattern(r"^([0-9a-f]{8,64}):\s*\[\[([^\]|#\n]+)[^\]\n]*\]\]", re.MULTILINE)
_WARNING = pattern(r"==⚠.*EXCALIDRAW VIEW.*")
_SECTIONS = pattern(r"#{1,2} (?:Excalidraw Data|Text Elements|Element Links|Drawing)\s*")


def has_drawing(extra: Mapping[str, object]) -> bool:
    """Whether a note whose front matter has these further keys holds the data of a drawing."""
    return _KEY in extra


def is_drawing(extra: Mapping[str, object]) -> bool:
    """Whether the note is that drawing, rather than a text with a drawing behind it."""
    return _KEY in extra and extra.get(_OPENS_AS_MARKDOWN) is not True


def read_drawing(text: str) -> Drawing:
    """The drawing in a note's text; raises DrawingError when there is none that can be read."""
    listed = list(_DATA.finditer(text))
    if not listed:
        raise DrawingError("there is no data of a drawing in it")
    # The last one: texts of the drawing may hold code of their own.
    found = listed[-1]
    data = found[2]
    if found[1] == "compressed-json":
        try:
            data = decompress(data)
        except LzStringError as error:
            raise DrawingError(f"its data cannot be decompressed: {error}") from error
    return Drawing(read_elements(data), dict(_EMBEDDED.findall(text)))


def back_of(text: str) -> str:
    """What a drawing's author wrote beside it, in its lines; the plugin's own lines are empty."""
    lines = text.split("\n")
    end = next((at for at, line in enumerate(lines) if _SECTIONS.fullmatch(line)), len(lines))
    if end and lines[end - 1].strip() == "%%":
        end -= 1
    kept = ["" if _WARNING.match(line) else line for line in lines[:end]]
    return "\n".join(kept + [""] * (len(lines) - end))
