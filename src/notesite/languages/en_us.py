"""American English: September 14, 2026."""

from __future__ import annotations

from dataclasses import replace

from notesite.languages.en import LANGUAGE as BRITISH
from notesite.languages.en import WORDS

LANGUAGE = replace(
    BRITISH,
    code="en-us",
    name="American English",
    date="{month} {day}, {year}",
    words={
        **WORDS,
        "note.neighbours": "Neighboring notes",
        "map.neighbours": "Map of the neighboring notes",
    },
)
