"""Every reader of what strangers write, on texts at random and on what was found so."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hostile.fuzzing import TARGETS

ROOT = Path(__file__).parents[2]


def texts(name: str) -> st.SearchStrategy[str]:
    """Texts of the pieces of a target, and of any characters."""
    piece = st.one_of(st.sampled_from(TARGETS[name].pieces), st.text(max_size=3))
    return st.lists(piece, max_size=60).map("".join)


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_breaks_a_reader(name: str) -> None:
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(texts(name))
    def check(text: str) -> None:
        TARGETS[name].check(text)

    check()


FOUND: list[tuple[str, str]] = [
    ("front-matter", "\u2028\u2028\u2028macros:\n  a"),
    ("front-matter", "title: a\x85tags: [b\ndate: c"),
    ("front-matter", "draft: !!bool maybe"),
    ("configuration", "title = 'a\x85\u2028\x0c\x1c"),
    ("configuration", "\x0b\u2029\n[site]\nnonsense = 1"),
    ("notes", "[^1]: text\n\\[\n==="),
]
"""What a fuzzer found, each once broken: the target and the text."""


@pytest.mark.parametrize(("name", "text"), FOUND)
def test_what_was_found_stays_mended(name: str, text: str) -> None:
    TARGETS[name].check(text)


@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="needs atheris")
@pytest.mark.parametrize("name", [*TARGETS, "math"])
def test_a_fuzzer_finds_nothing_in_a_few_seconds(name: str, tmp_path: Path) -> None:
    # From one seed, so that a change is judged by what it changed; longer runs are for people.
    bounds = ("-seed=1", "-runs=3000", "-max_total_time=20")
    command = [sys.executable, str(ROOT / "scripts" / "fuzz.py"), name, *bounds]
    run = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, env=dict(os.environ), check=False
    )
    assert run.returncode == 0, run.stderr[-2000:]
