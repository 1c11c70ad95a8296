"""Contents that no theme expects, seen in a browser: long words, odd tables, long rows, paper."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.browser.test_site import pages_of
from tests.conftest import SiteMaker, codes

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

_LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


@pytest.mark.parametrize("width", [320, 820, 1440])
def test_a_very_long_word_is_broken_wherever_it_stands(
    site: SiteMaker, browser: Browser, width: int
) -> None:
    """In the header, the footer, a list of tags, beside the neighbours, behind a result."""
    site.write(
        "notesite.toml",
        f"[site]\ntitle = '{_LONG}'\nauthor = '{_LONG}'\n"
        f"[[theme.links]]\ntitle = '{_LONG}'\nurl = 'https://example.org'\n",
    )
    for name in "abc":
        site.note(name, f"::: theorem\nText.\n:::\n\n[[{name}]]", title=f"{name} {_LONG * 3}",
                  tags=[_LONG.lower()])  # fmt: skip
    assert codes(site.build()) == []
    page = browser.new_page(viewport={"width": width, "height": 900})
    for path in pages_of(site.root / "output"):
        page.goto((site.root / "output" / path).as_uri())
        outside = page.evaluate(
            """[...document.querySelectorAll('a, span, p, li, h1, h2')]
                .filter((each) => !each.closest('svg, .skip-link'))
                .filter((each) => each.checkVisibility())
                .filter((each) => [...each.getClientRects()]
                    .some((box) => box.width && (box.left < -1 || box.right > innerWidth + 1)))
                .map((each) => each.outerHTML.slice(0, 80))"""
        )
        assert outside == [], path
    page.close()


@pytest.mark.parametrize("width", [390, 1440])
def test_a_caption_is_as_wide_as_there_is_room_whatever_its_table_is(
    site: SiteMaker, browser: Browser, width: int
) -> None:
    caption = "Of some words that take a line or two where there is room. {#tbl-a}"
    head = "| " + " | ".join(f"column {number}" for number in range(14)) + " |"
    wide = f"{head}\n{'|--' * 14}|\n{'| x ' * 14}|"
    site.note("a", f"| a |\n|--|\n| 1 |\n\nTable: {caption}\n\n{wide}\n\nTable: Wide.\n")
    site.build()
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto((site.root / "output/a.html").as_uri())
    page.evaluate("document.fonts.ready")
    boxes = page.evaluate(
        """() => {
            const wraps = [...document.querySelectorAll('.table-wrap')];
            wraps.at(-1).scrollLeft = 9999;
            return wraps.map((each) => [each, each.querySelector('caption'),
                each.querySelector('td')].map((part) => {
                    const { left, right, height } = part.getBoundingClientRect();
                    return [left, right, height];
                }));
        }"""
    )
    for (left, right, _), (start, end, height), _ in boxes:
        assert abs(start - left) < 1
        assert abs(end - right) < 1
        assert height < 90
    assert boxes[0][2][1] - boxes[0][2][0] < 60  # The narrow table stays narrow.
    page.close()


def test_rows_fade_out_under_their_numbers(site: SiteMaker, watched: Watched) -> None:
    """However high the row is: nothing of it is left around the number."""
    row = " + ".join(f"\\frac{{x_{{{number}}}}}{{y}}" for number in range(40))
    site.note("a", f"\\begin{{align}}\na &= {row} \\\\\nb &= c\n\\end{{align}}\n")
    site.build()
    watched.page.goto((site.root / "output/a.html").as_uri())
    cell, high, cover = watched.page.evaluate(
        """() => {
            const cell = document.querySelector('.equation-number');
            return [cell.getBoundingClientRect().height,
                document.querySelector('.equation-rows mfrac').getBoundingClientRect().height,
                getComputedStyle(cell).backgroundImage];
        }"""
    )
    assert cell >= high
    assert "linear-gradient" in cover


def test_printed_pages_after_the_first_say_where_they_belong(
    site: SiteMaker, watched: Watched, tmp_path: Path
) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("no pdftotext")
    site.write("notesite.toml", '[[sections]]\nid = "s"\ntitle = "A section"\n')
    site.note("s/a", "Text.\n\n" * 200, title="Of <x> & more")
    site.build()
    watched.page.goto((site.root / "output/s/a.html").as_uri())
    file = tmp_path / "a.pdf"
    watched.page.pdf(path=file, format="A4")
    pages = subprocess.check_output(["pdftotext", "-layout", file, "-"], text=True).split("\f")
    assert len(pages) > 3
    heads = [page.strip().splitlines()[0].split() for page in pages[:-1]]
    assert heads[0][0] == "Of"
    assert all(head[:1] + head[-2:] == ["Of", "A", "section"] for head in heads[1:])
    assert [page.split()[-1] for page in pages[:3]] == ["1", "2", "3"]


def test_what_is_wider_than_the_paper_is_printed_smaller(site: SiteMaker, watched: Watched) -> None:
    fits, wide, inline = "a + " * 14, "a + " * 80, "c + " * 80
    displays = rf"$$x = y$$|$${fits}b \label{{fits}}$$|$${wide}b \label{{wide}}$$"
    site.note("a", "\n\n".join([*displays.split("|"), f"In a line ${inline}d$ too."]))
    site.build()
    page = watched.page
    page.goto((site.root / "output/a.html").as_uri())
    page.set_viewport_size({"width": 620, "height": 900})
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    room, boxes = page.evaluate(
        """() => [
            document.querySelector('.content').getBoundingClientRect().right + 1,
            [...document.querySelectorAll('.content math')].map((each) => [
                each.getBoundingClientRect().right,
                parseFloat(getComputedStyle(each).fontSize),
            ]),
        ]"""
    )
    assert [right for right, _ in boxes if right > room] == [], (room, boxes)
    sizes = [size for _, size in boxes]
    assert sizes[0] == sizes[1] > 2 * sizes[2]
    assert sizes[3] < sizes[1]
    # Where there is room the number stays beside the formula.
    beside = page.evaluate(
        """[...document.querySelectorAll('.equation-number')].map((number) =>
            number.getBoundingClientRect().top
                < number.previousElementSibling.getBoundingClientRect().bottom)"""
    )
    assert beside == [True, False]


def test_a_tall_figure_is_seen_whole(site: SiteMaker, watched: Watched) -> None:
    svg = "<svg xmlns='http://www.w3.org/2000/svg' width='{}' height='{}'/>"
    site.write("notes/tall.svg", svg.format(100, 3000))
    site.write("notes/usual.svg", svg.format(300, 200))
    site.note("a", "![Tall](tall.svg)\n\n![Usual](usual.svg)\n\n![Small|90](usual.svg)\n")
    site.build()
    watched.page.goto((site.root / "output/a.html").as_uri())
    sizes = watched.page.evaluate(
        "[...document.querySelectorAll('figure img')].map((e) => [e.clientWidth, e.clientHeight])"
    )
    assert sizes == [[100, 810], [300, 200], [90, 60]]


def test_numbers_stand_on_one_side_in_languages_from_right_to_left(
    site: SiteMaker, watched: Watched
) -> None:
    rows = "\\begin{align}\na &= b \\label{eq:b} \\\\\nc &= d\n\\end{align}"
    text = f"\\begin{{equation}}\nx = y \\label{{eq:a}}\n\\end{{equation}}\n\n{rows}\n"
    site.note("a", f"---\ntitle: A\nlanguage: ar\n---\n{text}")
    site.build()
    watched.page.goto((site.root / "output/a.html").as_uri())
    rights = watched.page.evaluate(
        """[...document.querySelectorAll('.equation-number')]
            .map((each) => each.querySelector('mtext') ?? each)
            .map((each) => Math.round(each.getBoundingClientRect().right))"""
    )
    assert len(rights) == 3
    assert max(rights) - min(rights) <= 1


def test_titles_of_sections_are_lines_of_text_in_the_navigation(
    site: SiteMaker, watched: Watched
) -> None:
    title = 'title = "Spaces *of* $L^2$"'
    site.write("notesite.toml", f'[site]\ngit_dates = false\n[[sections]]\nid = "s"\n{title}\n')
    site.note("s/a", title="A", language="ar")
    site.note("s/b", "Text.", title="B $x$ c")
    site.build()
    for name, is_reversed in {"a": True, "b": False}.items():
        watched.page.goto((site.root / f"output/s/{name}.html").as_uri())
        # The words and the formula stand in the order in which English has them.
        word, emphasis, formula = watched.page.evaluate(
            """() => {
                const link = document.querySelector('.site-navigation li > a:has(math)');
                const range = document.createRange();
                range.selectNodeContents(link.firstChild);
                return [range, link.querySelector('em'), link.querySelector('math')]
                    .map((each) => each.getBoundingClientRect())
                    .map((box) => [box.left, box.right]);
            }"""
        )
        assert word[0] < emphasis[0] < formula[0], name
        assert emphasis[0] - word[1] > -1, name
        assert formula[0] - emphasis[1] > 0, name
        way = watched.page.locator(".neighbour-way").first
        leads_back, drawn = way.evaluate(
            """(way) => [
                way.parentElement.rel === 'prev',
                ['::before', '::after'].map((side) => getComputedStyle(way, side).content).join(),
            ]"""
        )
        assert ("→" if leads_back is is_reversed else "←") in drawn, name


def test_what_hangs_over_the_text_is_not_cut(site: SiteMaker, watched: Watched) -> None:
    """At 720 pixels, which is a usual window in letters of twice the size."""
    site.note("a", f"Text.\n\n$$\n{'a + ' * 80}b\n$$\n\n| a | b |\n|---|---|\n| c | d |\n")
    site.build()
    watched.page.goto((site.root / "output/a.html").as_uri())
    for width in (320, 600, 720, 768, 769):
        watched.page.set_viewport_size({"width": width, "height": 600})
        page, *parts = watched.page.evaluate(
            """['.page', '.equation-body', '.table-wrap', '.content p', '.site-title'].map((each) =>
                document.querySelector(each).getBoundingClientRect().left)"""
        )
        if width <= 768:
            assert page <= min(parts), width
        assert parts[2] == parts[3], width
