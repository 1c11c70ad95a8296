"""How formulas look: a sheet of constructs beside its golden boxes and pictures, and their laws.

After a change on purpose,

    pytest tests/browser/test_math_sheet.py --regenerate

writes `tests/browser/sheet` anew; look at the pictures before committing them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from notesite.diagnostics import Severity
from tests.browser.images import decode, encode, unlike
from tests.conftest import SiteMaker
from tests.math.sheet import read_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

GOLDEN = Path(__file__).with_name("sheet")
SHEET = read_sheet()
WIDTH = 760
# Text is drawn by the machine's rasteriser: tiles differ in weight, rarely in more than a few.
TILE_TOLERANCE, TILES_ALLOWED = 24.0, 0.01
# Another version of the browser moves what follows by a pixel here and there.
TILES_ALLOWED_ELSEWHERE = 0.1


class Tolerance(NamedTuple):
    """What a length may differ by: a share of it, and pixels."""

    share: float
    pixels: float

    def allows(self, found: float, expected: float) -> bool:
        return abs(found - expected) <= self.pixels + self.share * expected


SAME_BROWSER, OTHER_BROWSER = Tolerance(0.03, 0.5), Tolerance(0.08, 2.0)

_BOXES = """() => [...document.querySelectorAll('.content math')]
    .filter((math) => !math.parentElement.closest('math'))
    .map((math) => math.getBoundingClientRect())
    .map((box) => [Math.round(box.width * 10) / 10, Math.round(box.height * 10) / 10])"""


def make_site(root: Path, notes: dict[str, list[str]]) -> SiteMaker:
    """A site with a note for each group of formulas, a paragraph for each formula."""
    maker = SiteMaker(root)
    # Formulas of all kinds stand side by side, one with a number that another has as its tag.
    settings = '[site]\ngit_dates = false\n[diagnostics]\nmath-tag-duplicate = "off"\n'
    maker.write("notesite.toml", settings)
    for name, formulas in notes.items():
        shown = [text + "$$" if text.startswith("$$") else f"${text}$" for text in formulas]
        maker.note(name, "\n\n".join(shown), title=name)
    report = maker.build()
    found = [each for each in report.diagnostics if each.severity is not Severity.HINT]
    assert [each.message for each in found if each.code.startswith("math")] == []
    return maker


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a site that shows the sheet."""
    return make_site(tmp_path_factory.mktemp("sheet"), SHEET).root / "output"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page for reading formulas, of light colours."""
    context = browser.new_context(
        viewport={"width": WIDTH, "height": 900}, color_scheme="light", reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def show(page: Page, file: Path) -> None:
    """Open a page, and wait for its fonts."""
    page.goto(file.as_uri(), wait_until="load")
    page.evaluate("document.fonts.ready")
    page.wait_for_function("document.fonts.status === 'loaded'")


@pytest.fixture(scope="module")
def golden(request: pytest.FixtureRequest, browser: Browser) -> Iterator[dict[str, Any]]:
    """The golden boxes by group, and the browser's version; written back when regenerating."""
    file = GOLDEN / "boxes.json"
    if not request.config.getoption("--regenerate"):
        yield json.loads(file.read_text(encoding="utf-8"))
        return
    GOLDEN.mkdir(exist_ok=True)
    known: dict[str, Any] = {"browser": browser.version, "boxes": {}}
    yield known
    lines = [f"  {json.dumps(name)}: {json.dumps(boxes)}" for name, boxes in known["boxes"].items()]
    version = json.dumps(known["browser"])
    text = f'{{"browser": {version}, "boxes": {{\n' + ",\n".join(lines) + "\n}}\n"
    file.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("group", SHEET)
def test_sheet_looks_as_it_did(
    group: str, sheet: Path, page: Page, golden: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    show(page, sheet / f"{group}.html")
    page.add_style_tag(content=":root { --hang: 0px; }")  # The picture ends where the text does.
    boxes = page.evaluate(_BOXES)
    picture = decode(page, page.locator(".content").screenshot())
    file = GOLDEN / f"{group}.png"
    if request.config.getoption("--regenerate"):
        golden["boxes"][group] = boxes
        file.write_bytes(encode(picture))
    is_same = golden["browser"] == request.getfixturevalue("browser").version
    tolerance = SAME_BROWSER if is_same else OTHER_BROWSER
    expected = golden["boxes"][group]
    assert len(boxes) == len(expected) == len(SHEET[group])
    changed = [
        (tex, found, wanted)
        for tex, found, wanted in zip(SHEET[group], boxes, expected, strict=True)
        if not all(map(tolerance.allows, found, wanted))
    ]
    assert changed == []
    share = unlike(picture, decode(page, file.read_bytes()), TILE_TOLERANCE)
    allowed = TILES_ALLOWED if is_same else TILES_ALLOWED_ELSEWHERE
    assert share <= allowed, f"{share:.1%} of {file.name} look otherwise"


def test_pictures_are_small() -> None:
    assert sum(file.stat().st_size for file in GOLDEN.iterdir()) < 1_000_000


@pytest.mark.parametrize("group", SHEET)
def test_every_formula_has_a_size_and_no_fault(group: str, sheet: Path, page: Page) -> None:
    show(page, sheet / f"{group}.html")
    boxes = page.evaluate(_BOXES)
    assert len(boxes) == len(SHEET[group])
    assert all(width > 0 and height > 0 for width, height in boxes)
    assert page.locator(".math-error, merror").count() == 0


_MODES = ("math:not([display])", "math[display]")
LAWS = {
    "braces": [r"$$\overbrace{a+b+c+d+e+f+g+h}", r"$$\underbrace{a+b+c+d}", r"$$\overbrace{abcd}",
               r"$$\overrightarrow{ABCDEF}", r"$$\overleftrightarrow{ABCDEF}",
               r"$$\widetilde{abcd}", r"$$\widehat{abcd}", r"$$\overline{abcd}"],
    "sums": [r"\sum_{i=1}^n", r"$$\sum_{i=1}^n", r"$$\lim_{n}"],
    "numbers": [r"$$" + "+".join("abcdefghijklmnopqrstuvwxyz") + r"\tag{17}",
                r"$$\begin{align} " + "+".join("abcdefghijklmnopqrstuvwxyz")
                + r" &= 1 \\ x &= y \end{align}"],
    "accents": [r"\hat{x}^2", "x^2"],
    "delimiters": ["(", r"\big(", r"\Big(", r"\bigg(", r"\Bigg("],
    "fences": [r"$$\left(\sum_{i=1}^n x_i\right)"],
    "integrals": [r"$$\int_0^1 x", r"$$\int_{-\infty}^\infty x", r"$$\left(\oint_C^D x\right)"],
    "binary-signs": [r"a \oplus b \otimes c \odot d \ominus e \uplus f",
                     r"$$a \oplus b \otimes c \odot d \ominus e \uplus f"],
}  # fmt: skip


@pytest.fixture(scope="module")
def laws(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a site that shows the formulas for which there are laws."""
    return make_site(tmp_path_factory.mktemp("laws"), LAWS).root / "output"


def rectangles(page: Page, selector: str) -> list[dict[str, float]]:
    """Where the elements stand that a selector finds."""
    found: list[dict[str, float]] = page.evaluate(
        "(s) => [...document.querySelectorAll(s)].map((e) => e.getBoundingClientRect().toJSON())",
        f".content {selector}",
    )
    return found


def ink_width(page: Page, left: float, top: float, width: float, height: float) -> int:
    """How far the dark pixels of a part of the page reach, from the first column to the last."""
    clip = {"x": left - 8, "y": top, "width": width + 16, "height": max(height, 1)}
    wide, _, pixels = decode(page, page.screenshot(clip=clip, full_page=True))  # type: ignore[arg-type]
    columns = [column for column in range(wide) if min(pixels[column::wide]) < 128]
    return columns[-1] - columns[0] + 1 if columns else 0


def test_what_stretches_is_as_wide_as_what_it_stretches_over(laws: Path, page: Page) -> None:
    """Chromium tells the box of a sign before it stretched, so that its ink is measured."""
    show(page, laws / "braces.html")
    bases = rectangles(page, ":is(mover, munder) > :first-child")
    wholes = rectangles(page, ":is(mover, munder)")
    assert len(bases) == len(wholes) == len(LAWS["braces"])
    for tex, base, whole in zip(LAWS["braces"], bases, wholes, strict=True):
        is_under = whole["bottom"] - base["bottom"] > base["top"] - whole["top"]
        top, bottom = (base["bottom"], whole["bottom"]) if is_under else (whole["top"], base["top"])
        found = ink_width(page, base["left"], top, base["width"], bottom - top)
        assert 0.85 < found / base["width"] < 1.35, tex


def test_displayed_sum_is_taller_with_its_limits_above_and_below(laws: Path, page: Page) -> None:
    show(page, laws / "sums.html")
    inline, display = (rectangles(page, f"{math} mo:first-child")[0] for math in _MODES)
    assert display["height"] > 1.2 * inline["height"]
    beside = rectangles(page, f"{_MODES[0]} :is(munderover, msubsup) > *")
    assert beside[1]["left"] >= beside[0]["right"] - 1
    sign, under, over = rectangles(page, f"{_MODES[1]} munderover > *")
    assert over["bottom"] <= sign["top"] + 1
    assert under["top"] >= sign["bottom"] - 1
    limit, below = rectangles(page, "munder > *")
    assert below["top"] >= limit["bottom"] - 1


def test_numbers_are_visible_on_a_phone(laws: Path, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    show(page, laws / "numbers.html")
    numbers = rectangles(page, "span.equation-number") + rectangles(page, "mtd.equation-number > *")
    page.set_viewport_size({"width": WIDTH, "height": 900})
    assert len(numbers) == 3
    assert all(0 <= box["left"] < box["right"] <= 390 and box["width"] > 0 for box in numbers)


def test_exponent_of_an_accented_letter_is_no_higher(laws: Path, page: Page) -> None:
    show(page, laws / "accents.html")
    accented, plain = rectangles(page, "msup > :last-child")
    heights = rectangles(page, "msup > :first-child")
    ours = heights[0]["bottom"] - accented["bottom"]
    assert ours == pytest.approx(heights[1]["bottom"] - plain["bottom"], abs=1)


def test_sized_delimiters_grow_as_latexs(laws: Path, page: Page) -> None:
    show(page, laws / "delimiters.html")
    heights = [box["height"] for box in rectangles(page, "mo")]
    assert heights == sorted(heights)
    assert heights[4] / heights[1] > 2


def test_fences_cover_limits(laws: Path, page: Page) -> None:
    show(page, laws / "fences.html")
    fence = rectangles(page, "mrow > mo:first-child")[0]
    inside = rectangles(page, "munderover")[0]
    assert fence["height"] >= 0.85 * inside["height"]


_LISTEN = """() => document.addEventListener('copy', (event) => {
    window.copied = {
        text: event.clipboardData.getData('text/plain'),
        html: event.clipboardData.getData('text/html'),
    };
})"""


def copied(page: Page, selection: str) -> dict[str, str]:
    """What the clipboard gets of what a script selects."""
    page.evaluate(_LISTEN)
    page.evaluate(f"() => {{ const selection = getSelection(); {selection} }}")
    page.keyboard.press("Control+C")
    found: dict[str, str] = page.evaluate("window.copied")
    return found


@pytest.fixture(scope="module")
def prose(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of text with formulas."""
    maker = SiteMaker(tmp_path_factory.mktemp("prose"))
    maker.write("notesite.toml", "[site]\ngit_dates = false\n")
    text = "Let $x^2 < \\frac12$ be.\n\n$$\n\\sum_i a_i\n$$ ^eq-s\n\nPlain *words* here."
    maker.note("a", f"{text}\n\n| $a$ |\n|---|\n| b |")
    maker.build()
    return maker.root / "output/a.html"


_WHOLE = "selection.selectAllChildren(document.querySelector('.content'))"
_PART = """const part = document.querySelector('.content mfrac');
    selection.selectAllChildren(part);"""
_WORDS = "selection.selectAllChildren(document.querySelector('.content em'))"


def test_copying_gives_tex_as_text_and_mathml_as_html(prose: Path, page: Page) -> None:
    show(page, prose)
    clipboard = copied(page, _WHOLE)
    assert clipboard["text"].split() == (
        [
            r"Let",
            r"$x^2",
            r"<",
            r"\frac12$",
            r"be.",
            r"$$\sum_i",
            r"a_i$$",
            r"Plain",
            r"words",
            r"here.",
            r"$a$",
            r"b",
        ]
    )
    assert "<mfrac>" in clipboard["html"]
    assert "<em>words</em>" in clipboard["html"]


def test_copying_a_part_of_a_formula_gives_the_whole(prose: Path, page: Page) -> None:
    show(page, prose)
    assert copied(page, _PART)["text"].strip() == r"$x^2 < \frac12$"


def test_copying_words_is_left_to_the_browser(prose: Path, page: Page) -> None:
    show(page, prose)
    assert copied(page, _WORDS) == {"text": "", "html": ""}


def test_formulas_are_open_to_screen_readers(prose: Path, page: Page) -> None:
    """As structure: an `alttext` that became a name would hide it behind TeX read aloud."""
    show(page, prose)
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    roles = [node["role"]["value"] for node in nodes]
    names = [node["name"]["value"] for node in nodes if node["role"]["value"] == "MathMLMath"]
    # The head of a table is called by what it holds, so that there a formula has a name.
    assert names == ["", "", "a"]
    assert {"MathMLFraction", "MathMLSup", "MathMLUnder", "MathMLOperator"} <= set(roles)
