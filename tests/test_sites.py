"""Small whole sites: what is said of them, and what their pages hold.

Each folder of `tests/sites` is a site. `expected/diagnostics.txt` holds what a person reads, and
each other file of `expected` the `<main>` of the page of that name. After a change on purpose,

    pytest tests/test_sites.py --regenerate

writes them anew; read the difference before committing it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from notesite.building import Builder, BuildOptions
from notesite.cli.printing import render_diagnostics

SITES = Path(__file__).parent / "sites"


def main_of(page: str) -> str:
    """The part of a page that is not the frame, with blank lines taken out."""
    inner = page.partition('<main class="page" id="page:main">')[2].partition("</main>")[0]
    return "\n".join(line for line in inner.splitlines() if line.strip()) + "\n"


@pytest.mark.parametrize("name", sorted(path.name for path in SITES.iterdir()))
def test_site(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    root = tmp_path / name
    shutil.copytree(SITES / name, root, ignore=shutil.ignore_patterns("expected"))
    report = Builder(BuildOptions(keep_going=True), root).build()
    expected = SITES / name / "expected"
    found = {"diagnostics.txt": render_diagnostics(report.diagnostics, report.lines, colour=False)}
    if request.config.getoption("--regenerate"):
        names = [path.name for path in expected.glob("*.html")]
        found |= {page: main_of(_read(root, page)) for page in names}
        expected.mkdir(exist_ok=True)
        for file, text in found.items():
            (expected / file).write_text(text, encoding="utf-8")
    for path in sorted(expected.iterdir()):
        if path.name != "diagnostics.txt":
            found[path.name] = main_of(_read(root, path.name))
        assert found[path.name] == path.read_text(encoding="utf-8"), path.name


def _read(root: Path, page: str) -> str:
    # A page in a folder is kept as folder--name.html.
    return (root / "output" / page.replace("--", "/")).read_text(encoding="utf-8")
