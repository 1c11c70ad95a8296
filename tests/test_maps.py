"""The maps: of a note's neighbours, and of the whole site."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup

from notesite.rendering import arcs
from notesite.rendering.drawing import clipped, clipped_text
from tests.conftest import SiteMaker


def soup(site: SiteMaker, path: str) -> BeautifulSoup:
    return BeautifulSoup(site.page(path), "html.parser")


def test_a_note_shows_who_links_to_it_and_where_it_links(site: SiteMaker):
    site.note("proofs/a", "[[b]] [[c]]", title="'One `<i>` & \"two\"'")
    site.note("b", "[[a]]")
    site.note("c", "[[c]]")
    site.note("d", "[[a]]")
    site.build()
    page = soup(site, "proofs/a.html")
    links = [a["href"] for a in page.select(".map-wide svg a")]
    assert links == ["../d.html", "../b.html", "../c.html"]
    assert len(page.select(".map-wide .map-edge")) == 3
    there = page.select_one(".map .map-here text")
    assert there
    assert there.text == "One <i> & “two”"
    # On a phone the same notes stand below each other, on a stem and three branches.
    assert [a["href"] for a in page.select(".map-narrow svg a")] == links
    assert len(page.select(".map-narrow .map-edge")) == 4


def test_with_neighbours_on_one_side_alone_they_stand_on_a_stem(site: SiteMaker):
    """Half of a map for two sides would be empty."""
    site.note("a", "[[b]] [[c]]")
    site.note("b", "[[a]]", title="A title too long for a side of two")
    site.note("c")
    site.build()
    page = soup(site, "a.html")
    assert len(page.select(".map-wide .map-edge")) == 3
    assert "A title too long for a side of two" in page.select(".map-wide")[0].text


def test_a_note_apart_has_no_map(site: SiteMaker):
    site.note("a", "[[a]]")
    site.build()
    assert not soup(site, "a.html").select(".map")
    assert "map.html" not in site.outputs()


def test_more_neighbours_than_fit_are_counted(site: SiteMaker):
    for index in range(14):
        site.note(f"n{index:02}", "[[hub]]")
    site.note("hub")
    site.build()
    page = soup(site, "hub.html")
    assert len(page.select(".map-wide svg a")) == 10
    assert "and 4 more" in page.text


def test_the_whole_map_holds_every_note_once_and_covers_none(site: SiteMaker):
    for index in range(60):
        targets = {(index * 7 + 1) % 60, (index * 3) % 60}
        body = " ".join(f"[[n{target}]]" for target in sorted(targets))
        site.note(f"folder{index % 4}/n{index}", body, title=f"'The note of number {index}'")
    site.note("apart")
    site.build()
    page = soup(site, "map.html")
    notes = [a["href"] for a in page.select(".map-whole a:not(.map-section)")]
    assert len(notes) == len(set(notes)) == 61
    heights = [float(str(text["y"])) for text in page.select(".map-whole text")]
    gaps = [after - before for before, after in pairwise(heights)]
    assert min(gaps) > 12
    assert len(page.select(".map-whole .map-apart")) == 1


def test_of_a_large_site_the_most_linked_notes_are_drawn(
    site: SiteMaker, monkeypatch: pytest.MonkeyPatch
):
    """Megabytes of arcs are no map."""
    monkeypatch.setattr(arcs, "MOST_ROWS", 3)
    site.note("hub")
    site.note("second", "[[hub]] [[c]]")
    for name in "cde":
        site.note(name, "[[hub]]")
    site.build()
    page = soup(site, "map.html")
    drawn = [a["href"] for a in page.select("nav.map svg a:not(.map-section)")]
    assert sorted(drawn) == ["c.html", "hub.html", "second.html"]
    assert "5 notes and 5 links" in page.text
    assert "The 3 with the most links are drawn." in page.text


def test_a_long_title_is_clipped_and_told_in_full(site: SiteMaker):
    title = "A very long title " * 6
    site.note("a", "[[b]]")
    site.note("b", title=title.strip())
    site.build()
    link = soup(site, "a.html").select_one(".map-wide svg a")
    assert link
    assert link.title
    assert link.title.text == title.strip()
    assert re.fullmatch(r"A very long title .{0,44}\w…", link.find_all("text")[0].text)


def test_maps_can_be_turned_off(site: SiteMaker):
    site.write("notesite.toml", "[theme]\nmaps = false\n")
    site.note("a", "[[b]]")
    site.note("b")
    site.build()
    assert "map.html" not in site.outputs()
    assert 'class="map"' not in site.page("a.html")


@pytest.mark.parametrize(
    ("text", "longest", "shown"),
    [
        ("The largest stable rate: 2/λ_max", 32, "The largest stable rate: 2/λ_max"),
        ("The largest stable rate: 2/λ_max", 29, "The largest stable rate…"),
        ("The largest stable rate of all", 25, "The largest stable rate…"),
        ("Unbreakableness of one word", 10, "Unbreakab…"),
        ("A very_long_word_that_goes_on_and_on", 20, "A very_long_word_th…"),
    ],
)
def test_titles_are_cut_between_words(text: str, longest: int, shown: str) -> None:
    assert clipped_text(text, longest) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2/λ_max", '2/λ<tspan class="map-script" dy="3">max</tspan>'),
        (
            "On L^(p,q) & x_min",
            'On L<tspan class="map-script" dy="-4">p,q</tspan><tspan dy="4"> &amp; x</tspan>'
            '<tspan class="map-script" dy="3">min</tspan>',
        ),
        ("A learning_rate, x₁", "A learning_rate, x₁"),
    ],
)
def test_scripts_of_formulas_stand_above_and_below_the_line(text: str, shown: str):
    assert clipped(text, 60) == shown
