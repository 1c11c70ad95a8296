"""KaTeX's functions in both engines: rendered, or refused by name; their page is up to date."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from notesite.building import Builder, BuildOptions

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import functions  # noqa: E402 - the scripts are no package

OUTCOMES = {engine: functions.measure(engine) for engine in functions.ENGINES}
_SHOWN = re.compile(r'alttext="[^"]*"|<code>.*?</code>|<[^>]*>')


def test_every_function_has_three_formulas() -> None:
    all_functions = list(functions.functions())
    assert len(all_functions) > 1_000
    assert [each.name for each in all_functions if len(set(each.formulas)) < 3] == []


def test_the_default_engine_renders_nearly_all() -> None:
    assert functions.share(OUTCOMES["math-core"]) >= 0.99


def test_the_other_engine_renders_nearly_all() -> None:
    assert functions.share(OUTCOMES["latex2mathml"]) >= 0.99


@pytest.mark.parametrize("engine", functions.ENGINES)
def test_what_is_not_rendered_is_refused_with_a_reason(engine: str) -> None:
    refused = [pair for outcome in OUTCOMES[engine] for pair in outcome.refused]
    assert refused
    for tex, diagnostic in refused:
        assert diagnostic.message, tex
        if engine == "math-core":
            assert diagnostic.code == "math-unsupported", tex


@pytest.mark.parametrize("engine", functions.ENGINES)
def test_no_command_is_printed_as_text(engine: str) -> None:
    for outcome in OUTCOMES[engine]:
        for tex in outcome.function.formulas:
            html, diagnostics = functions.compiled(engine, tex)
            assert html or diagnostics, tex
            is_meant = "backslash" in tex
            assert is_meant or re.search(r"\\[A-Za-z]", _SHOWN.sub(" ", html)) is None, tex
            assert " style=" not in html, tex


def test_the_page_of_functions_is_up_to_date() -> None:
    assert functions.PAGE.read_text(encoding="utf-8") == functions.page(), (
        "run: python scripts/functions.py --write"
    )


def test_the_page_of_functions_builds_without_complaint(tmp_path: Path) -> None:
    (tmp_path / "notesite.toml").write_text("[site]\ngit_dates = false\n", encoding="utf-8")
    (tmp_path / "notes").mkdir()
    note = tmp_path / "notes" / "functions.md"
    note.write_text(functions.PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    report = Builder(BuildOptions(), tmp_path).build()
    assert [problem.message for problem in report.diagnostics] == []
    page = (tmp_path / "output" / "functions.html").read_text(encoding="utf-8")
    assert page.count("<math") > 900
