"""What is installed, and what the workflows run, is fixed."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WORKFLOWS = sorted(
    path
    for folder in (".github", "src/notesite/scaffold/site/dot-github")
    for path in (ROOT / folder / "workflows").glob("*.yml")
)
WANTED = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


PINS = [
    Requirement(pin)
    for pin in re.findall(r"^([\w.-]+(?:\[[\w,.-]+\])?==[^\s;]+)", LOCK, re.MULTILINE)
]
LOCKED = {plain(pin.name): str(pin.specifier).removeprefix("==") for pin in PINS}
EXTRAS = {plain(pin.name): pin.extras for pin in PINS}


def asked_with_extras(name: str) -> list[Requirement]:
    """What an installed package asks for by an extra, such as `coverage[toml]`."""
    try:
        wanted = [Requirement(line) for line in distribution(name).requires or ()]
    except PackageNotFoundError:  # one for other platforms or Pythons
        return []
    return [
        each
        for each in wanted
        if each.extras and (each.marker is None or each.marker.evaluate({"extra": ""}))
    ]


@pytest.mark.parametrize("wanted", WANTED)
def test_what_the_project_wants_is_locked_at_a_version_it_takes(wanted):
    """`scripts/lock` brings the lock up to date."""
    found = re.match(r"([\w.-]+)(?:\[[^\]]*\])?(?:>=([\d.]+))?", wanted)
    assert found
    name, least = plain(found[1]), found[2] or "0"
    assert name in LOCKED, "run scripts/lock"
    assert numbers(LOCKED[name]) >= numbers(least), "run scripts/lock"


@pytest.mark.parametrize("name", sorted(LOCKED))
def test_extras_that_a_locked_package_asks_for_are_locked(name):
    """An older pip reads `coverage==7` and `coverage[toml]` as two, and refuses the second."""
    for wanted in asked_with_extras(name):
        assert wanted.extras <= EXTRAS[plain(wanted.name)], "run scripts/lock"


def test_everything_locked_has_hashes_and_comes_from_no_host_in_particular():
    entries = re.split(r"^(?=[\w.-]+(?:\[[\w,.-]+\])?==)", LOCK, flags=re.MULTILINE)[1:]
    assert len(entries) >= len(LOCKED) > 0
    for entry in entries:
        assert "--hash=sha256:" in entry
    assert "://" not in LOCK
    assert "--index" not in LOCK
    assert "--find-links" not in LOCK


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.parent.parts[-4] + path.stem)
def test_workflows_run_fixed_actions_with_the_least_permissions(path):
    text = path.read_text(encoding="utf-8")
    for used in re.findall(r"uses:\s*(.*)", text):
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", used)
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {"contents": "read"}
    assert text.count("persist-credentials: false") == text.count("actions/checkout@")
    assert "pull_request_target" not in text
    for job in workflow["jobs"].values():
        for permission, level in job.get("permissions", {}).items():
            assert level == "read" or permission in {"pages", "id-token"}
