"""The look in Firefox, where it is not that of Chromium by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.firefox import Firefox, find_firefox
from tests.conftest import SiteMaker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with Firefox(find_firefox(), tmp_path_factory.mktemp("profile")) as started:
        started.resize(1280, 900)
        yield started


@pytest.mark.parametrize("path", ["index.html", "all.html", "toolkit/index.html"])
def test_tags_that_fit_in_a_line_stand_in_one(firefox: Firefox, built: Path, path: str) -> None:
    firefox.show(built / path)
    tags = "[...document.querySelectorAll('.entry .tags')]"
    heights = firefox.run(f"{tags}.map((each) => each.clientHeight)")
    assert heights
    assert max(heights) < 30


def test_formulas_in_a_line_stay_in_one_piece_and_push_no_page_wide(
    firefox: Firefox, site: SiteMaker
) -> None:
    """By itself Firefox breaks them anywhere, and lets run out of the page what it cannot break."""
    text = " ".join(
        f"{'word ' * (number % 5)}$f(x) = -x/2 + (y, {number})$" for number in range(40)
    )
    terms = "+".join(f"x_{{{number}}}" for number in range(60))
    site.note("a", f"{text}\n\nA long one, $\\left({terms}\\right)$.\n")
    site.build()
    firefox.show(site.root / "output/a.html")
    broken = firefox.run(
        """[...document.querySelectorAll('math')].filter((math) => {
            const tops = [...math.children].map((part) => part.getBoundingClientRect().bottom);
            return Math.max(...tops) - Math.min(...tops) > 20;
        }).length"""
    )
    assert broken == 0
    assert firefox.run("document.documentElement.scrollWidth - innerWidth") <= 0
    box = firefox.run(
        "(({ scrollWidth, clientWidth, tabIndex }) => [scrollWidth > clientWidth, tabIndex])"
        "([...document.querySelectorAll('.wide-formula')].at(-1))"
    )
    assert box == [True, 0]
