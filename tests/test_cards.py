"""Pictures for social networks: what is set in them, when they are painted, what names them."""

from __future__ import annotations

import re
import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest

import notesite.cards.painting
from notesite.cards.boxes import Box
from notesite.cards.formulas import italic
from notesite.cards.painting import Card, Painter
from notesite.cards.places import font_files
from notesite.cards.titles import lines_of
from notesite.config import FontConfig, FontsConfig
from notesite.markdown.note import NoteParser
from tests.conftest import SiteMaker, codes, parse

STATIC = Path(__file__).parents[1] / "static"
FILES = {path.relative_to(STATIC).as_posix(): path for path in sorted(STATIC.rglob("*.*"))}
CONFIG = '[site]\ntitle = "Site"\ngit_dates = false\nbase_url = "https://a.b/c"\n'
ON = CONFIG + "[theme]\ncards = true\n"


@pytest.fixture(scope="module")
def painter() -> Painter:
    return Painter(font_files(FILES, FontsConfig()), "these")


def svg_of(painter: Painter, parser: NoteParser, title: str) -> str:
    note = parse(parser, f"---\ntitle: '{title}'\n---\nx")
    return painter.svg(Card(note.title.html, note.title.text, "", ""))


def marks(svg: str) -> list[tuple[float, float, float]]:
    """Place and size of each glyph."""
    found = re.findall(r"translate\(([\d.]+) ([\d.]+)\) scale\(([\d.]+)", svg)
    return [(float(x), float(y), float(size)) for x, y, size in found]


def test_a_card_is_outlines_only(painter: Painter, parser: NoteParser) -> None:
    svg = svg_of(painter, parser, "On <b> & $x^2$")
    root = ElementTree.fromstring(svg)
    assert {element.tag.partition("}")[2] for element in root} == {"rect", "path"}
    assert (root.get("width"), root.get("height")) == ("1200", "630")


@pytest.mark.parametrize(
    ("title", "glyphs"),
    [
        ("Two words", 8),
        ("One $x_k^2$ two", 9),
        (r"$\frac{a}{b}$", 2),
        (r"$\sqrt{2}$", 2),
        (r"$\hat\theta$", 2),
        (r"Über *AV* `code`", 10),
        ("Emoji 😀 and ‘quotes’", 16),
    ],
)
def test_every_letter_and_formula_is_set(
    painter: Painter, parser: NoteParser, title: str, glyphs: int
) -> None:
    assert len(marks(svg_of(painter, parser, title))) == glyphs


def test_scripts_are_smaller_and_stand_higher_and_lower(
    painter: Painter, parser: NoteParser
) -> None:
    base, above, below = marks(svg_of(painter, parser, "$x_k^2$"))
    assert above[2] == below[2] < base[2]
    assert {above[1] < base[1], below[1] > base[1]} == {True}


def test_what_is_not_drawn_is_set_in_readable_letters(painter: Painter, parser: NoteParser) -> None:
    title = r"$\begin{matrix} a & b \\ c & d \end{matrix}$"
    assert len(marks(svg_of(painter, parser, title))) >= 4


def test_long_titles_become_smaller_and_stay_on_the_card(
    painter: Painter, parser: NoteParser
) -> None:
    short = marks(svg_of(painter, parser, "Short"))
    long = marks(svg_of(painter, parser, "many words " * 300))
    assert long[0][2] < short[0][2]
    assert all(x < 1150 and 100 < y < 560 for x, y, _ in long)


def test_pairs_of_letters_are_kerned(painter: Painter, parser: NoteParser) -> None:
    one, two = (marks(svg_of(painter, parser, title)) for title in ("Tx", "To"))
    assert two[1][0] - two[0][0] < one[1][0] - one[0][0] + 3


def test_lines_are_few_and_even() -> None:
    lines = lines_of([Box(3.0)] * 5, 10.0)
    assert [round(line.width, 2) for line in lines] == [9.52, 6.26]
    assert len(lines_of([Box(20.0), Box(1.0)], 10.0)) == 2


def test_single_letters_are_italic() -> None:
    assert [italic(letter) for letter in "xhα1"] == ["\U0001d465", "\u210e", "\U0001d6fc", "1"]


def test_a_family_of_the_site_takes_the_place_of_the_themes() -> None:
    mono = ("fonts/jetbrains-mono-latin.woff2",)
    chosen = font_files(FILES, FontsConfig(text=FontConfig("Mono", mono)))
    assert [file.name for file in chosen.roman] == ["jetbrains-mono-latin.woff2"]
    assert chosen.italic == chosen.roman
    assert chosen.math[0].name.startswith("stix-two-math")
    assert chosen.state != font_files(FILES, FontsConfig()).state


# On a site


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_each_note_has_a_card_that_its_page_names(site: SiteMaker) -> None:
    site.write("notesite.toml", ON)
    site.note("proofs/a", title="'On $x$ & y'")
    site.write("notes/own.png", b"\x89PNG\r\n\x1a\n")
    site.note("b", image="own.png")
    assert codes(site.build(cards=True)) == []
    output = site.root / "output"
    assert size_of((output / "cards/notes/proofs/a.png").read_bytes()) == (1200, 630)
    assert size_of((output / "cards/site.png").read_bytes()) == (1200, 630)
    page = site.page("proofs/a.html")
    assert '<meta property="og:image" content="https://a.b/c/cards/notes/proofs/a.png">' in page
    assert '<meta property="og:image:alt" content="On x &amp; y">' in page
    assert '<meta name="twitter:card" content="summary_large_image">' in page
    assert 'content="https://a.b/c/cards/site.png"' in site.page("index.html")
    assert 'content="https://a.b/c/own.png"' in site.page("b.html")
    assert "cards/notes/b.png" not in site.outputs()


@pytest.mark.parametrize(
    "config",
    [CONFIG + "[theme]\ncards = false\n", ON.replace('base_url = "https://a.b/c"', ""),
     CONFIG.replace('base_url = "https://a.b/c"', "")],
)  # fmt: skip
def test_without_the_wish_or_an_address_there_are_none(site: SiteMaker, config: str) -> None:
    site.write("notesite.toml", config)
    site.note("a")
    assert codes(site.build(cards=True)) == []
    assert not any(path.startswith("cards/") for path in site.outputs())
    assert 'content="summary"' in site.page("a.html")


def test_a_site_that_says_nothing_has_cards_where_they_can_be_painted(
    site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write("notesite.toml", CONFIG)
    site.note("a")
    assert codes(site.build(cards=True)) == []
    assert "cards/notes/a.png" in site.outputs()
    assert 'content="https://a.b/c/cards/notes/a.png"' in site.page("a.html")
    monkeypatch.setattr("notesite.building.opening.has_cards", lambda: False)
    assert codes(site.build(cards=True)) == []
    assert "cards/notes/a.png" not in site.outputs()


def test_a_check_and_a_preview_paint_none(site: SiteMaker) -> None:
    site.write("notesite.toml", ON)
    site.note("a")
    assert codes(site.build(cards=False)) == []
    assert "cards/site.png" not in site.outputs()
    assert "og:image" not in site.page("a.html")


def test_without_what_paints_them_a_site_says_so(
    site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notesite.building.opening.has_cards", lambda: False)
    site.write("notesite.toml", ON)
    site.note("a")
    (problem,) = site.build(cards=True).diagnostics
    assert (problem.code, problem.hints[0]) == ("cards-missing", "pip install 'notesite[cards]'")
    assert "og:image" not in site.page("a.html")


def test_an_unchanged_title_is_not_painted_again(
    site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[str] = []
    original = notesite.cards.painting.Painter.svg

    def counting(self: Painter, card: Card, accent: str = "") -> str:
        painted.append(card.title)
        return original(self, card, accent)

    monkeypatch.setattr(notesite.cards.painting.Painter, "svg", counting)
    site.write("notesite.toml", ON)
    site.note("a", "one", title="A")
    site.note("b", "one", title="B")
    site.build(cards=True, cached=True)
    first = (site.root / "output/cards/notes/a.png").read_bytes()
    assert sorted(painted) == ["A", "B", "Site"]
    painted.clear()
    site.note("a", "two", title="A")
    site.note("b", "two", title="C")
    site.build(cards=True, cached=True)
    assert painted == ["C"]
    assert (site.root / "output/cards/notes/a.png").read_bytes() == first


def test_cards_are_the_same_bytes_again(site: SiteMaker) -> None:
    site.write("notesite.toml", ON)
    site.note("a", title="'$\\int_0^1 x$ and so on'")
    site.build(cards=True)
    card = site.root / "output/cards/notes/a.png"
    first = card.read_bytes()
    card.unlink()
    site.build(cards=True)
    assert card.read_bytes() == first
