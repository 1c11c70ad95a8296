"""Accent colours that were chosen for buttons, and are to be read as links."""

from __future__ import annotations

from pathlib import Path

import pytest

from notesite.importing.accents import PAPER, PAPER_DARK, readable_on

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("colour", ["#1f4f8f", "#000", "#8b3a3a", "rebeccapurple", "hsl(1 2% 3%)"])
def test_a_readable_colour_is_left_as_it_is(colour: str) -> None:
    assert readable_on(colour, PAPER) == colour


@pytest.mark.parametrize(
    ("colour", "paper", "taken"),
    [
        ("#8b3a3a", PAPER_DARK, "#ab7171"),
        ("#ff0", PAPER, "#787800"),
        ("#fff", PAPER, "#737373"),
        ("#000000", PAPER_DARK, "#828282"),
    ],
)
def test_a_faint_colour_gets_as_much_black_or_white_as_it_needs(
    colour: str, paper: str, taken: str
) -> None:
    assert readable_on(colour, paper) == taken


def test_the_papers_are_the_themes() -> None:
    tokens = (ROOT / "static/css/tokens.css").read_text(encoding="utf-8")
    assert f"--paper: light-dark({PAPER}, {PAPER_DARK});" in tokens
