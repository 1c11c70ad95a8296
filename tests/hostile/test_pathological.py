"""No note takes for ever: every hostile shape is read and rendered in time that grows with it.

`NOTESITE_HOSTILE_KILOBYTES=300 pytest tests/hostile/test_pathological.py` tries longer notes.
"""

from __future__ import annotations

import os

import pytest

from notesite.markdown.note import NoteParser
from tests.conftest import parse
from tests.hostile.confining import confined
from tests.hostile.shapes import SHAPES

LENGTH = 1000 * int(os.environ.get("NOTESITE_HOSTILE_KILOBYTES", "10"))
SECONDS = max(8, LENGTH // 2500)


def grown(name: str, length: int) -> str:
    """The shape of that name, at least `length` characters long."""
    count = 100
    while len(text := SHAPES[name](count)) < length:
        assert count < 10_000_000, "a shape that does not grow"
        count *= 2
    return text


@pytest.mark.parametrize("name", SHAPES)
def test_a_hostile_note_is_read_in_bounded_time_and_memory(parser: NoteParser, name: str) -> None:
    text = grown(name, LENGTH)

    def work() -> int:
        return len(parse(parser, text).body)

    assert confined(work, seconds=SECONDS, mebibytes=600) >= 0
