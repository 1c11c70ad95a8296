"""Notes such as people write, full of dollars: one wrong pairing would swallow the rest.

Each ends with a comment that lists its formulas, displays behind `D:`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from notesite.config import MarkdownConfig
from notesite.markdown.note import NoteParser
from notesite.markdown.parser import build_parser
from notesite.math import MathSettings
from tests.conftest import parse

NOTES = Path(__file__).parent / "long_notes"
MD = build_parser(MarkdownConfig())
PARSER = NoteParser(MarkdownConfig(), MathSettings())


def formulas(text: str) -> list[str]:
    """The formulas of a text, blanks folded."""
    found = []

    def walk(tokens) -> None:
        for token in tokens:
            if token.type == "math":
                mark = "D:" if token.meta["display"] else ""
                found.append(mark + " ".join(token.content.split()))
            walk(token.children or ())

    walk(MD.parse(text, {}))
    return found


@pytest.mark.parametrize("name", sorted(path.name for path in NOTES.glob("*.md")))
def test_long_notes(name: str) -> None:
    text, _, expected = (NOTES / name).read_text(encoding="utf-8").partition("<!--EXPECT\n")
    assert formulas(text) == expected.removesuffix("-->\n").splitlines()
    assert all(each.severity.value == "hint" for each in parse(PARSER, text).diagnostics)
