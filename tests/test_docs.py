"""The documentation is a site of notesite's own, without a fault."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from reference import described, updated

from notesite.building import Builder, BuildOptions
from notesite.config import Config, MarkdownConfig, parse_config
from notesite.diagnostics import CATALOGUE
from notesite.markdown.note import NoteParser
from notesite.math import MathSettings
from notesite.model import Source
from tests.conftest import SiteMaker

DOCS = Path(__file__).parents[1] / "docs"


def test_the_documentation_builds_strictly(tmp_path: Path) -> None:
    options = BuildOptions(output=tmp_path / "output", strict=True)
    report = Builder(options, DOCS).build()
    assert [f"{each.file}: {each.message}" for each in report.diagnostics] == []
    assert report.is_published


@pytest.mark.parametrize("name", ["configuration.md", "diagnostics.md"])
def test_tables_are_those_of_the_code(name: str) -> None:
    page = (DOCS / name).read_text(encoding="utf-8")
    assert "<!-- /" in page
    assert updated(page) == page, "run python scripts/reference.py --write"


def test_no_table_of_the_settings_is_left_out() -> None:
    kinds = {type(getattr(Config(), each.name)) for each in fields(Config)}
    tables = {kind for kind in kinds if is_dataclass(kind)}
    assert len(tables) > 5
    assert tables <= described()


EXAMPLE = re.compile(r"^### `([a-z-]+)`\n(.*?)^(`{3,})(markdown|toml)\n(.*?)^\3$", re.M | re.S)
EXAMPLES = EXAMPLE.findall((DOCS / "diagnostics.md").read_text(encoding="utf-8"))


def test_all_codes_of_the_page_exist_once() -> None:
    codes = [example[0] for example in EXAMPLES]
    assert len(codes) == len(set(codes))
    assert set(codes) <= set(CATALOGUE)
    page = (DOCS / "diagnostics.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", page)) >= set(CATALOGUE)


@pytest.mark.parametrize(
    ("code", "language", "text"),
    [pytest.param(code, lang, text, id=code) for code, _, _, lang, text in EXAMPLES],
)
def test_each_example_brings_about_its_code(
    site: SiteMaker, code: str, language: str, text: str
) -> None:
    site.note("riesz", '## Proof\n\n::: theorem "Riesz" {#thm-riesz}\nText.\n:::')
    site.note("one/twin", "x")
    site.note("two/twin", "x")
    site.note("secret", "x", draft="true")
    site.write("notes/pic.png", b"")
    site.write(
        "notes/references.bib",
        "@article{saxe2014, title={T}, author={Saxe, A.}, journal={J}, year=2014}",
    )
    if language == "toml":
        site.write("notesite.toml", text)
    else:
        site.write("notesite.toml", '[[sections]]\nid = "proofs"\n')
        site.write("notes/example.md", text)
    report = site.build(keep_going=True)
    assert code in {each.code for each in report.diagnostics}


SNIPPET = re.compile(r"^( *)(`{3,})(toml|markdown)\n(.*?)^ *\2$", re.M | re.S)


@pytest.mark.parametrize("file", sorted({*DOCS.glob("*.md"), DOCS.parent / "README.md"}))
def test_snippets_are_read_without_a_fault(file: Path) -> None:
    parser = NoteParser(MarkdownConfig(), MathSettings())
    if file.name == "diagnostics.md":
        return
    for indent, _, language, text in SNIPPET.findall(file.read_text(encoding="utf-8")):
        written = re.sub(f"(?m)^{indent}", "", text)
        problems = (
            parse_config(written)[1]
            if language == "toml"
            else parser.parse(Source("a", "a.md", written, "")).diagnostics
        )
        # One result may be written three ways to show that they are equal.
        mild = {"label-duplicate", "proof-alone"}
        assert [each.message for each in problems if each.code not in mild] == []
