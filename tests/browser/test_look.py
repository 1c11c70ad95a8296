"""The look in a browser: a second one by the guide, a strict policy, pictures that open large."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from tests.browser.conftest import ROOT
from tests.browser.test_site import DEEP_DIVE, pages_of
from tests.conftest import SiteMaker, codes

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

_FILE = re.compile(r"^`([\w./-]+)`:\n\n```\w+\n(.*?)```", re.MULTILINE | re.DOTALL)
_BACKGROUND = "getComputedStyle(document.documentElement).backgroundColor"


def test_the_second_look_of_the_guide(site: SiteMaker, browser: Browser) -> None:
    guide = (ROOT / "docs/theming.md").read_text(encoding="utf-8")
    files = dict(_FILE.findall(guide.partition("## A second look")[2]))
    assert set(files) == {"notesite.toml", "static/css/night.css"}
    for path, content in files.items():
        site.write(path, content)
    site.note("a", "Text and $x^2$.\n\n## Part\n\nMore.")
    assert codes(site.build()) == []
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    page.goto((site.root / "output/a.html").as_uri())
    assert page.evaluate(_BACKGROUND) == "rgb(15, 20, 24)"
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith("system-ui")
    heading = page.evaluate("getComputedStyle(document.querySelector('h2')).color")
    assert heading == "rgb(127, 214, 198)"
    # One click of the switch is enough, and is remembered.
    page.locator(".theme-switch").click()
    assert page.evaluate(_BACKGROUND) == "rgb(251, 251, 250)"
    page.reload()
    assert page.evaluate(_BACKGROUND) == "rgb(251, 251, 250)"
    page.locator(".theme-switch").click()
    assert page.evaluate("document.documentElement.dataset.theme ?? 'none'") == "none"
    context.close()


def write_strict(site: SiteMaker) -> None:
    site.write(
        "notesite.toml",
        "[site]\ngit_dates = false\ncontent_security_policy = 'strict'\n"
        "[theme]\naccent = '#7a1f3d'\n",
    )
    site.write("notes/x.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")
    site.note(
        "a",
        "Text[^1] with $\\color{red}{x}$.\n\n[^1]: Note.\n\n$$\\begin{CD} A @>>> B \\end{CD}$$\n\n"
        "| a | b |\n|:-:|--:|\n| 1 | 2 |\n\n![Alt](x.svg 'Caption')\n\n```python\nx = 1\n```\n\n"
        "> [!theorem] Name\n> Text.\n\n<p onclick='document.title = 1'>raw</p>\n\n"
        "<script>document.title = 'inline'</script>",
    )


def test_a_strict_policy_lets_everything_of_ours_through(
    site: SiteMaker, browser: Browser, serve_folder
) -> None:
    write_strict(site)
    assert codes(site.build()) == []
    context = browser.new_context()
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.goto(serve_folder(site.root / "output") + "a.html", wait_until="load")
    page.evaluate("document.fonts.ready")
    # The note's own script and handler are refused, and nothing else.
    assert len(told) == 2, told
    assert all("xecuting inline" in each for each in told)
    assert "inline" not in page.title()
    accent = "getComputedStyle(document.documentElement).getPropertyValue('--accent-light')"
    assert page.evaluate(accent).strip() == "#7a1f3d"
    assert page.locator(".theme-switch").count() == 1
    context.close()


def test_every_page_of_the_site_keeps_to_a_strict_policy(
    browser: Browser, serve_folder, tmp_path: Path
) -> None:
    """No inline script, style or handler is in any page that the theme makes."""
    from notesite.building import Builder, BuildOptions

    config = (ROOT / "notesite.toml").read_text(encoding="utf-8")
    text = config.replace("[site]", "[site]\ncontent_security_policy = 'strict'", 1)
    options = BuildOptions(
        config=ROOT / "notesite.toml", config_text=text, output=tmp_path / "output",
        source=ROOT / "notes", keep_going=True, whole_fonts=True,
    )  # fmt: skip
    report = Builder(options, ROOT).build()
    assert report.is_published
    context = browser.new_context()
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    address = serve_folder(tmp_path / "output")
    for path in pages_of(tmp_path / "output"):
        if not path.startswith("tags/"):
            page.goto(address + path, wait_until="load")
    assert told == []
    context.close()


def test_pictures_open_large_and_close(site: SiteMaker, watched: Watched) -> None:
    site.write("notes/x.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='60'/>")
    site.note("a", "![A picture](x.svg 'Caption')")
    site.build()
    watched.page.goto((site.root / "output/a.html").as_uri())
    button = watched.page.get_by_role("button", name="A picture")
    button.focus()
    watched.page.keyboard.press("Enter")
    dialog = watched.page.locator("dialog.enlarged")
    assert dialog.is_visible()
    box = dialog.locator("img").bounding_box()
    assert box
    assert box["width"] > 900
    watched.page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    assert watched.page.evaluate("document.activeElement.className") == "enlarge"
    assert watched.errors == []


def test_browsers_are_told_what_they_may_fetch_ahead(served: str, watched: Watched) -> None:
    watched.page.goto(served + DEEP_DIVE)
    rules = watched.page.locator("script[type=speculationrules]").text_content() or ""
    assert '"href_matches":"/repo/*"' in rules


_WIDE = " + ".join(f"x_{{{number}}}" for number in range(14))


def test_a_display_hangs_into_the_gutters_before_it_scrolls(
    site: SiteMaker, watched: Watched
) -> None:
    site.note("a", f"Text[^1].\n\n$$\n{_WIDE} = y + z\n$$\n\n[^1]: {'A note at the side. ' * 9}")
    site.build()
    page = watched.page
    page.goto((site.root / "output/a.html").as_uri())
    page.evaluate("document.fonts.ready")
    excess = "(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)"
    body = "document.querySelector('.equation-body')"
    box = "getBoundingClientRect()"
    # Wider than the text, it is seen whole, and touches no note in the margin.
    assert page.evaluate(
        f"document.querySelector('.equation-body > math').{box}.width"
    ) > page.evaluate(f"document.querySelector('.content').{box}.width")
    assert page.evaluate(f"{excess}({body})") == 0
    assert page.evaluate(f"{body}.{box}.right") < page.evaluate(
        f"document.querySelector('.footnotes li').{box}.left"
    )
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate(f"{excess}({body})") > 0
    assert page.evaluate(f"{excess}(document.documentElement)") == 0


_AXES = f"""
$$
a = b
$$

\\begin{{equation}}
a = b
\\end{{equation}}

\\begin{{equation}}
{_WIDE}
\\end{{equation}}

> [!theorem]
> Text.
> $$a = b$$

> [!proof]
> Text.
> $$a = b$$

- Text.
  $$a = b$$
- Text.
  $$
  {_WIDE} = y
  $$
"""


def test_displays_stand_around_one_axis_and_wide_ones_hang(
    site: SiteMaker, watched: Watched
) -> None:
    """Numbered, in results, before the end of a proof, in lists; numbers end with the lines."""
    site.note("a", _AXES)
    assert codes(site.build()) == []
    watched.page.goto((site.root / "output/a.html").as_uri())
    watched.page.evaluate("document.fonts.ready")
    axis, end, middles, numbers, scrolling = watched.page.evaluate(
        """() => {
            const text = document.querySelector('.content').getBoundingClientRect();
            const boxes = [...document.querySelectorAll('.equation-body')];
            return [
                (text.left + text.right) / 2, text.right,
                boxes.map((each) => each.firstElementChild.getBoundingClientRect())
                    .filter((box) => box.width < 200).map((box) => (box.left + box.right) / 2),
                [...document.querySelectorAll('.equation-number')]
                    .map((each) => each.getBoundingClientRect().right),
                boxes.filter((each) => each.scrollWidth > each.clientWidth).length,
            ];
        }"""
    )
    assert len(middles) == 5
    assert all(abs(middle - axis) < 2 for middle in middles)
    assert all(abs(number - end) < 2 for number in numbers)
    assert scrolling == 0


def test_the_line_under_a_title_is_of_one_size(site: SiteMaker, watched: Watched) -> None:
    site.note("a", "---\ntitle: A\ntags: [x]\ndate: 2026-01-02\n---\nText.")
    site.build()
    watched.page.goto((site.root / "output/a.html").as_uri())
    sizes = watched.page.evaluate(
        """[...document.querySelectorAll('.note-line li, .note-line .tags, .note-line a')]
            .map((each) => getComputedStyle(each).fontSize)"""
    )
    assert len(set(sizes)) == 1


def test_arabic_is_never_slanted(site: SiteMaker, watched: Watched) -> None:
    text = "> [!theorem] X\n> *نص* ونص.\n\n<p lang='en'><em>Text</em></p>"
    site.note("a", f"---\ntitle: نص\nlanguage: ar\n---\n{text}")
    site.note("b", "*Text* and <em lang='ar'>نص</em>.")
    site.build()
    styles = """[...document.querySelectorAll('em, .result-body p')]
        .map((each) => getComputedStyle(each).fontStyle)"""
    watched.page.goto((site.root / "output/a.html").as_uri())
    assert watched.page.evaluate(styles) == ["normal", "normal", "italic"]
    watched.page.goto((site.root / "output/b.html").as_uri())
    assert watched.page.evaluate(styles) == ["italic", "normal"]


_WIDE_SUM = " + ".join(f"a_{{{number}}}" for number in range(60))


def test_formulas_on_a_page_from_right_to_left(site: SiteMaker, watched: Watched) -> None:
    """What is wide begins with its beginning; the full stop at its left is seen."""
    short = " ".join("xyzuvwabcdefgh")
    site.note(
        "a", f"---\ntitle: نص\nlanguage: ar\n---\nنص $a$.\n\n$$\n{_WIDE_SUM}\n$$\n\nنص ${short}$."
    )
    site.build()
    page = watched.page
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto((site.root / "output/a.html").as_uri())
    page.evaluate("document.fonts.ready")
    first, start = page.evaluate(
        """(() => {
            const body = document.querySelector('.equation-body');
            const sign = body.querySelector('mi').getBoundingClientRect();
            return [sign.left, body.getBoundingClientRect().left];
        })()"""
    )
    assert start <= first < start + 40
    gaps = page.evaluate(
        """[...document.querySelectorAll('.no-break')].map((each) => {
            const [formula, stop] = [each.firstElementChild, document.createRange()];
            stop.selectNodeContents(each.lastChild);
            if (getComputedStyle(formula).backgroundImage === 'none') return 0;
            return formula.getBoundingClientRect().left - stop.getBoundingClientRect().right;
        })"""
    )
    assert len(gaps) == 2
    assert min(gaps) > -0.5


def test_minutes_stay_with_their_number(site: SiteMaker, watched: Watched) -> None:
    site.note("a", "---\ntitle: A\ndate: 2026-01-02\ntags: [a, b]\n---\n" + "word " * 7000)
    site.build()
    watched.page.goto((site.root / "output/a.html").as_uri())
    lines = """(() => {
        const items = [...document.querySelectorAll('.note-line li')];
        const minutes = items.find((each) => /min/.test(each.textContent));
        return new Set([...minutes.getClientRects()].map(({ top }) => top)).size;
    })()"""
    for width in range(120, 320, 10):
        watched.page.set_viewport_size({"width": width, "height": 700})
        assert watched.page.evaluate(lines) == 1


@pytest.mark.parametrize("width", [390, 820])
def test_a_tag_is_not_torn_unless_it_is_long(site: SiteMaker, watched: Watched, width: int) -> None:
    long = "the asymptotic behaviour of solutions of non-linear parabolic equations"
    tags = ", ".join((*(f"x-{number} two-by-two" for number in range(12)), long))
    site.note("a", f"---\ntitle: A\ntags: [{tags}]\n---\nText.")
    assert codes(site.build()) == []
    page = watched.page
    page.set_viewport_size({"width": width, "height": 800})
    page.goto((site.root / "output/a.html").as_uri())
    lines = (
        "[...document.querySelectorAll('.note-line .tag')].map((e) => e.getClientRects().length)"
    )
    *short, last = page.evaluate(lines)
    assert short == [1] * 12
    assert last > 1 or width > 390
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_on_paper_long_results_may_go_on_and_nothing_shows_that_it_folds(
    site: SiteMaker, watched: Watched
) -> None:
    part = "> Text.\n>\n> $$x$$\n>\n"
    site.note(
        "a",
        f"> [!theorem]\n{part}\n> [!theorem]\n{part * 3}\n> [!tip]- Folded\n> Hidden.\n",
    )
    assert codes(site.build()) == []
    page = watched.page
    page.goto((site.root / "output/a.html").as_uri())
    page.emulate_media(media="print")
    inside = "[...document.querySelectorAll('.result')].map((e) => getComputedStyle(e).breakInside)"
    assert page.evaluate(inside) == ["avoid", "auto"]
    sign = "getComputedStyle(document.querySelector('.callout > summary'), '::after').display"
    assert page.evaluate(sign) == "none"


def test_printed_without_scripts_a_wide_formula_hangs_into_the_margins(
    site: SiteMaker, browser: Browser
) -> None:
    site.note("a", f"Text.\n\n$$\n{_WIDE_SUM}\n$$\n\n$$\nx \\tag{{1}}\n$$")
    site.build()
    context = browser.new_context(java_script_enabled=False, viewport={"width": 540, "height": 800})
    page = context.new_page()
    page.goto((site.root / "output/a.html").as_uri())
    page.emulate_media(media="print")
    text, wide, number = page.evaluate(
        """['.content > p', '.equation', '.equation-number'].map((each) => {
            const { left, right } = document.querySelector(each).getBoundingClientRect();
            return [left, right];
        })"""
    )
    assert wide[0] < text[0] - 80
    assert wide[1] > text[1] + 80
    assert abs(number[1] - text[1]) < 1
    context.close()


def test_a_name_in_a_table_is_not_torn(site: SiteMaker, watched: Watched) -> None:
    """However long the text beside it is."""
    site.note("a", f"| name | text |\n|--|--|\n| `probability` | {'long text ' * 30} |")
    site.build()
    watched.page.goto((site.root / "output/a.html").as_uri())
    lines = "document.querySelector('td code').getClientRects().length"
    assert watched.page.evaluate(lines) == 1
    watched.page.set_viewport_size({"width": 320, "height": 700})
    assert watched.page.evaluate(lines) == 1
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("path", ["map.html", "results.html"])
def test_a_map_has_room_for_its_titles_and_no_more(
    served: str, watched: Watched, path: str
) -> None:
    watched.page.goto(served + path)
    watched.page.evaluate("document.fonts.ready")
    starts = watched.page.evaluate(
        "[...document.querySelectorAll('.map-whole text')].map((text) => text.getBBox().x)"
    )
    assert 0 <= min(starts) < 50


def test_a_small_map_is_made_as_narrow_as_a_phone(served: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(served + "map.html")
    assert page.evaluate(
        "(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)"
        "(document.querySelector('.map-whole'))"
    )
    page.close()


_UNBROKEN = r"""---
title: "The identity $\\sum_{k=0}^n \\binom{n}{k} x^k y^{n-k} = \\int_0^1 \\prod_{j=1}^{n} (x + y t_j)\\, dt_1 \\cdots dt_n + O(n^{-3/2})$"
---
A formula that nothing breaks, $\bigl(a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q+r+s+t+u+v+w+x+y+z+a+b+c+d+e+f+g\bigr)$.

## $\left(a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q+r+s+t+u+v+w+x+y+z+a+b+c+d+e+f+g\right)$
"""  # noqa: E501


@pytest.mark.parametrize("width", [390, 820, 1100, 1250])
def test_a_formula_in_a_title_or_a_line_pushes_no_page_wide(
    site: SiteMaker, browser: Browser, width: int
) -> None:
    site.write("notes/a.md", _UNBROKEN)
    site.build()
    page = browser.new_page(viewport={"width": width, "height": 900})
    for path in ("a.html", "index.html"):
        page.goto((site.root / "output" / path).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
    page.close()


@pytest.mark.parametrize("media", ["screen", "print"])
def test_lines_of_a_list_are_as_far_apart_with_formulas_as_without(
    site: SiteMaker, watched: Watched, media: Literal["screen", "print"]
) -> None:
    site.note("a", "- A line of text.\n- Two: $x$ and $y$.\n- Three: $x$, $y$ and $z$.\n")
    site.build()
    page = watched.page
    page.emulate_media(media=media)
    page.goto((site.root / "output/a.html").as_uri())
    heights = page.evaluate(
        "[...document.querySelectorAll('.content li')].map((each) => each.offsetHeight)"
    )
    assert max(heights) - min(heights) <= 1


@pytest.mark.parametrize("width", [390, 1440])
def test_no_formula_in_a_table_is_cut_off(site: SiteMaker, browser: Browser, width: int) -> None:
    site.note("a", "| n | x |\n|--:|--:|\n| $1.41$ | $x$ |\n| $12.00$ | $\\R^n$ |\n")
    site.write("notesite.toml", '[math.macros]\nR = "\\\\mathbb{R}"\n')
    site.build()
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto((site.root / "output/a.html").as_uri())
    page.evaluate("document.fonts.ready")
    assert page.evaluate(
        "[...document.querySelectorAll('td math')].map((e) => e.scrollWidth - e.clientWidth)"
    ) == [0, 0, 0, 0]
    page.close()


def test_maps_of_a_site_from_right_to_left_are_whole(site: SiteMaker, watched: Watched) -> None:
    site.write("notesite.toml", '[site]\ntitle = "مذكرات"\nlanguage = "ar"\n')
    site.note("a", "[[b]]", title="مبرهنة ريس للتمثيل")
    site.note("b", "[[c]]", title="A title in letters from left to right")
    site.note("c", "[[a]]", title="Français")
    site.build()
    page = watched.page
    for path in ("map.html", "a.html"):
        page.goto((site.root / "output" / path).as_uri())
        page.evaluate("document.fonts.ready")
        outside = page.evaluate(
            """[...document.querySelectorAll('.map svg')].filter((svg) => svg.checkVisibility())
            .flatMap((svg) => [...svg.querySelectorAll('text')].filter((text) => {
                const [inner, outer] = [text, svg].map((each) => each.getBoundingClientRect());
                return inner.left < outer.left - 1 || inner.right > outer.right + 1;
            }).map((text) => text.textContent))"""
        )
        assert outside == [], path


def test_the_sign_of_a_proof_stands_in_the_last_line_of_a_list(
    site: SiteMaker, watched: Watched
) -> None:
    lists = ("- a;\n- if not, then $d \\in D$.", "1. one *and*\n2. two `x`")
    proofs = "\n\n".join(f"::: lemma\nA.\n:::\n\n::: proof\nBy\n\n{each}\n:::" for each in lists)
    site.note("a", proofs)
    site.build()
    watched.page.goto((site.root / "output/a.html").as_uri())
    heights = """[...document.querySelectorAll('li > .proof-end')].map((sign) =>
        sign.getBoundingClientRect().top - sign.parentElement.getBoundingClientRect().top)"""
    for medium in ("screen", "print"):
        watched.page.emulate_media(media=medium)
        assert watched.page.evaluate(heights) == [0, 0], medium
