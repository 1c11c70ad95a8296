"""The pages of this repository's site are valid HTML, and say what a site must."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import html5lib
import pytest
from bs4 import BeautifulSoup

from notesite.building import Builder, BuildOptions

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, str]:
    output = tmp_path_factory.mktemp("valid") / "output"
    options = BuildOptions(output=output, strict=True, base_url="https://example.org/notes/")
    report = Builder(options, ROOT).build()
    assert report.is_published, [f"{d.file}: {d.message}" for d in report.diagnostics]
    return {
        path.relative_to(output).as_posix(): path.read_text(encoding="utf-8")
        for path in output.rglob("*.html")
    }


def test_pages_parse_without_an_error(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(text)
        faults = [(position, code) for position, code, _ in parser.errors]
        assert faults == [], path


def test_pages_hold_no_inline_style_or_handler(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        assert not re.search(r"<[^>]+\s(?:style|on\w+)=", text), path


def test_each_page_has_one_first_heading_and_no_gaps(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", text)]
        assert levels.count(1) == 1, path
        steps = [after - before for before, after in pairwise(levels)]
        assert all(step <= 1 for step in steps), (path, levels)


def test_images_have_alt_text_and_size(pages: dict[str, str]) -> None:
    images = [tag for text in pages.values() for tag in BeautifulSoup(text, "html5lib")("img")]
    assert images
    assert all(tag.get("alt") and tag.get("width") and tag.get("height") for tag in images)


def test_index_groups_notes_in_the_order_of_the_config(pages: dict[str, str]) -> None:
    soup = BeautifulSoup(pages["index.html"], "html5lib")
    headings = [heading.get_text(" ", strip=True) for heading in soup.select("h2, h3")]
    wanted = [
        "A Learning Mechanic’s Toolkit", "Deep Dives", "Notes", "Math Proofs",
        "Exploratory Notes", "Mathematics", "Computer Science", "Philosophy", "Margins",
    ]  # fmt: skip
    assert [re.sub(r"^\W+ ", "", heading) for heading in headings] == wanted
    for section in soup.select("section.section, section.part, div.group"):
        assert section.select("a.entry-title"), section.get("id")


def test_titles_with_math_are_readable_text(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        title = re.search(r"<title>(.*?)</title>", text)
        assert title is not None
        assert not set(title[1]) & set("$\\<"), path
