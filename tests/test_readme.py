"""The README tells the truth: its commands, its examples, the files it names."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from notesite.config import parse_config

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_both_commands_are_what_ci_runs() -> None:
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    commands = re.findall(r"^(?:python3 -m venv|\./scripts/test).*$", README, re.MULTILINE)
    assert len(commands) == 2
    assert all(command in ci.replace(" --quiet", "") for command in commands)


def test_example_settings_are_valid() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    assert tomllib.loads(example)
    assert parse_config(example)[1] == ()


def test_files_it_names_are_there() -> None:
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", README, flags=re.DOTALL)
    paths = re.findall(r"\]\((?!http)([^)#]+)\)", prose)
    assert len(paths) > 1
    assert [path for path in paths if not (ROOT / path).exists()] == []
