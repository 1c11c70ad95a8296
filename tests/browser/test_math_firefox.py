"""How formulas look in Firefox: what can be told from boxes, where Firefox is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.firefox import Firefox, find_firefox
from tests.browser.test_math_sheet import LAWS, SHEET, make_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.browser

Box = dict[str, float]

WIDE, PHONE = 760, 390
_BOXES = """((selector) => [...document.querySelectorAll(selector)]
    .map((element) => element.getBoundingClientRect().toJSON()))"""
_SHOWN = """[...document.querySelectorAll('.content math')]
    .filter((math) => !math.parentElement.closest('math'))
    .map((math) => [...math.querySelectorAll('mi, mn, mo, mtext, mtable, mspace, svg')]
        .map((element) => element.getBoundingClientRect())
        .filter((box) => box.width > 0 && box.height > 0)
        .map((box) => [box.left, scrolls(math.closest('.equation-body')) ? 0 : box.right]))"""
_SCROLLS = "const scrolls = (body) => body && body.scrollWidth > body.clientWidth; return "
"""What is wider than the page may reach beyond it where a reader can scroll to it."""


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """Firefox with a page of the sheet's width."""
    with Firefox(find_firefox(), tmp_path_factory.mktemp("profile")) as started:
        started.resize(WIDE, 900)
        yield started


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a site that shows the sheet."""
    return make_site(tmp_path_factory.mktemp("sheet"), SHEET).root / "output"


@pytest.fixture(scope="module")
def laws(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a site that shows the formulas for which there are laws."""
    return make_site(tmp_path_factory.mktemp("laws"), LAWS).root / "output"


def boxes(firefox: Firefox, selector: str) -> list[Box]:
    """Where the elements stand that a selector finds in the note."""
    found: list[Box] = firefox.run(f"{_BOXES}('.content {selector}')")
    return found


@pytest.mark.parametrize("group", SHEET)
def test_every_formula_shows_something_within_the_page(
    group: str, sheet: Path, firefox: Firefox
) -> None:
    firefox.show(sheet / f"{group}.html")
    formulas = firefox.execute(_SCROLLS + _SHOWN)
    assert len(formulas) == len(SHEET[group])
    for tex, parts in zip(SHEET[group], formulas, strict=True):
        assert parts, tex
        assert min(left for left, _ in parts) >= 0, tex
        assert max(right for _, right in parts) <= WIDE, tex
    assert firefox.run("document.querySelectorAll('.math-error, merror').length") == 0


@pytest.mark.parametrize("group", SHEET)
def test_no_formula_makes_a_phone_scroll_sideways(
    group: str, sheet: Path, firefox: Firefox
) -> None:
    firefox.resize(PHONE, 844)
    firefox.show(sheet / f"{group}.html")
    wide = firefox.run("document.documentElement.scrollWidth - window.innerWidth")
    firefox.resize(WIDE, 900)
    assert wide <= 0


def test_numbers_are_visible_on_a_phone(laws: Path, firefox: Firefox) -> None:
    firefox.resize(PHONE, 844)
    firefox.show(laws / "numbers.html")
    width = firefox.run("document.documentElement.clientWidth")
    numbers = boxes(firefox, ":is(span.equation-number, mtd.equation-number > *)")
    firefox.resize(WIDE, 900)
    assert len(numbers) == 3
    assert all(0 <= box["left"] < box["right"] <= width for box in numbers)


def test_what_stretches_is_as_wide_as_what_it_stretches_over(laws: Path, firefox: Firefox) -> None:
    firefox.show(laws / "braces.html")
    bases = boxes(firefox, ":is(mover, munder) > :first-child")
    signs = boxes(firefox, ":is(mover, munder) > :last-child")
    assert len(bases) == len(signs) == len(LAWS["braces"])
    for tex, base, sign in zip(LAWS["braces"], bases, signs, strict=True):
        assert 0.85 < sign["width"] / base["width"] < 1.35, tex


def test_displayed_sum_is_taller_with_its_limits_above_and_below(
    laws: Path, firefox: Firefox
) -> None:
    firefox.show(laws / "sums.html")
    [inline] = boxes(firefox, "math:not([display]) munderover > mo:first-child")
    sign, under, over = boxes(firefox, "math[display] munderover > *")
    assert sign["height"] > 1.2 * inline["height"]
    assert over["bottom"] <= sign["top"] + 1
    assert under["top"] >= sign["bottom"] - 1


def test_sized_delimiters_grow_as_latexs(laws: Path, firefox: Firefox) -> None:
    firefox.show(laws / "delimiters.html")
    heights = [box["height"] for box in boxes(firefox, "mo")]
    assert heights == sorted(heights)
    assert heights[4] / heights[1] > 2


def test_fences_cover_limits(laws: Path, firefox: Firefox) -> None:
    firefox.show(laws / "fences.html")
    fence = boxes(firefox, "mrow > mo:first-child")[0]
    assert fence["height"] >= 0.85 * boxes(firefox, "munderover")[0]["height"]


def test_lower_limits_of_integrals_stand_beside_their_feet(laws: Path, firefox: Firefox) -> None:
    firefox.show(laws / "integrals.html")
    parts = boxes(firefox, "msubsup > *")
    assert len(parts) == 3 * len(LAWS["integrals"])
    for sign, lower, upper in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        assert sign["left"] + 0.35 * sign["width"] < lower["left"] < upper["left"]


def test_the_line_below_a_letter_is_near_it(
    tmp_path_factory: pytest.TempPathFactory, firefox: Firefox
) -> None:
    site = make_site(tmp_path_factory.mktemp("lines"), {"lines": [r"\underline{x} + \utilde{x}"]})
    firefox.show(site.root / "output/lines.html")
    run = "(([x, line]) => line.getBoundingClientRect().bottom - x.getBoundingClientRect().bottom)"
    line, tilde = (
        float(firefox.run(f"{run}(document.querySelectorAll('munder')[{index}].children)"))
        for index in (0, 1)
    )
    assert 0 < line < 4 < tilde


def test_signs_between_letters_are_as_large_in_displays_as_in_lines(
    laws: Path, firefox: Firefox
) -> None:
    firefox.show(laws / "binary-signs.html")
    heights = [box["height"] for box in boxes(firefox, "mo")]
    half = len(heights) // 2
    assert half == 5
    assert heights[:half] == pytest.approx(heights[half:], abs=1)
