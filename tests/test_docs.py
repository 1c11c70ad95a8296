"""The documentation is a site of notesite's own, without a fault."""

from __future__ import annotations

from pathlib import Path

from notesite.building import Builder, BuildOptions

DOCS = Path(__file__).parents[1] / "docs"


def test_the_documentation_builds_strictly(tmp_path: Path) -> None:
    options = BuildOptions(output=tmp_path / "output", strict=True)
    report = Builder(options, DOCS).build()
    assert [f"{each.file}: {each.message}" for each in report.diagnostics] == []
    assert report.is_published
