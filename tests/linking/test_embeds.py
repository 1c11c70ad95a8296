"""Embeds and block ids, by the rules of Obsidian's help (pages "Embed files", "Internal links")."""

from __future__ import annotations

import re

import pytest

from tests.conftest import SiteMaker, codes

HOME = """# Home

Before.

## First

One [^1] with \\eqref{eq:a}, [[#Second]].

$$ x = y \\label{eq:a} $$

### Inner

Deep.

## Second

A paragraph. ^para

- one
- two ^item

| a | b |
|---|---|
| 1 | 2 |

^table

$$ e = m $$ ^eq-energy

[^1]: A footnote.
"""


def article(site: SiteMaker, path: str = "a.html") -> str:
    return re.sub(r"\s+", " ", site.page(path))


def test_whole_note(site: SiteMaker) -> None:
    site.note("home", HOME)
    site.note("a", "## Here\n\n![[home]]\n\nAfter.")
    assert codes(site.build()) == []
    page = article(site)
    assert '<a class="embed-source" href="home.html">Home</a>' in page
    # Headings come below the one above the embed, ids get a prefix, references follow.
    assert '<h3 id="embed-1-first">' in page
    assert '<h4 id="embed-1-inner">' in page
    assert 'id="embed-1-eq-a"' in page
    assert 'href="#embed-1-eq-a" class="eqref">(1)</a>' in page
    assert 'href="#embed-1-fn1"' in page
    assert 'id="embed-1-fn1"' in page
    assert page.index("embed-1-first") < page.index("<p>After.")


def test_section_ends_at_the_next_of_its_level(site: SiteMaker) -> None:
    site.note("home", HOME)
    site.note("a", "![[home#First]]")
    assert codes(site.build()) == []
    page = article(site)
    assert "Deep." in page
    assert "A paragraph." not in page
    assert "Before." not in page
    assert 'href="home.html#first"' in page
    # What the section refers to and has not got is at home.
    assert 'href="home.html#fn1"' in page


def test_subsection(site: SiteMaker) -> None:
    site.note("home", HOME)
    site.note("a", "![[home#First#Inner]]\n\n## End")
    site.build()
    page = article(site)
    assert "Deep." in page
    assert "One" not in page


@pytest.mark.parametrize(
    ("name", "shown", "hidden"),
    [
        ("para", "A paragraph.", "two"),
        ("item", "two", "one"),
        ("table", "<table", "A paragraph."),
        ("eq-energy", "<mi>e</mi>", "<table"),
    ],
)
def test_blocks(site: SiteMaker, name: str, shown: str, hidden: str) -> None:
    site.note("home", HOME)
    site.note("a", f"![[home#^{name}]]\n\nSee [[home#^{name}]].")
    assert codes(site.build()) == []
    page = article(site)
    embed = page[page.index('<div class="embed">') : page.rindex("See ")]
    assert shown in embed
    assert hidden not in embed
    anchor = name if name == "eq-energy" else f"%5E{name}"
    assert f'href="home.html#{anchor}"' in page


def test_block_ids_are_not_shown(site: SiteMaker) -> None:
    site.note("home", HOME)
    site.build()
    page = article(site, "home.html")
    text = re.sub("<[^>]*>", "", page)
    assert "^" not in text
    assert '<p id="^para">A paragraph.</p>' in page
    assert '<li id="^item">' in page


def test_a_caret_in_text_is_no_block_id(site: SiteMaker) -> None:
    site.note("a", "Two ^ three\n\na^b\n\n`x ^code`\n\n^\n")
    site.build()
    assert "Two ^ three" in article(site)
    assert 'id="^' not in article(site)


def test_two_embeds_of_one_note_stay_apart(site: SiteMaker) -> None:
    site.note("home", HOME)
    site.note("a", "![[home#First]]\n\n![[home#First]]")
    assert codes(site.build()) == []
    ids = re.findall(r'\bid="([^"]+)"', article(site))
    assert len(ids) == len(set(ids))


def test_cycles_are_errors_and_end(site: SiteMaker) -> None:
    site.note("a", "![[b]]")
    site.note("b", "![[a]]")
    site.note("c", "![[c]]")
    report = site.build(keep_going=True)
    assert set(codes(report)) == {"embed-cycle"}
    assert {problem.file for problem in report.diagnostics if problem.code == "embed-cycle"} == {
        "notes/a.md", "notes/b.md", "notes/c.md",
    }  # fmt: skip


def test_a_section_of_the_note_itself(site: SiteMaker) -> None:
    site.note("a", "![[#Two]]\n\n## Two\n\nText.")
    assert codes(site.build()) == []
    assert article(site).count("Text.") >= 2


def test_embeds_in_embeds(site: SiteMaker) -> None:
    for index in range(8):
        site.note(f"n{index}", f"Text {index}.\n\n![[n{index + 1}]]")
    site.note("n8", "Last.")
    assert set(codes(site.build())) == {"embed-too-deep"}
    page = article(site, "n0.html")
    assert "Text 5." in page
    assert "Last." not in page


def test_what_is_not_there(site: SiteMaker) -> None:
    site.note("b", "## Known")
    site.note("a", "![[gone]]\n\n![[b#Nope]]\n\n![[b#^nope]]\n\n![[gone.pdf]]")
    assert sorted(codes(site.build(keep_going=True))) == [
        "file-not-found", "link-heading-not-found", "link-heading-not-found", "link-not-found",
    ]  # fmt: skip


def test_an_embed_among_words_is_a_link(site: SiteMaker) -> None:
    site.note("b", "Text.")
    site.note("a", "See ![[b]] here.")
    assert codes(site.build()) == ["embed-in-line"]
    assert 'See <a href="b.html">b</a> here.' in article(site)


def test_media(site: SiteMaker) -> None:
    for name in ("p.pdf", "s.mp3", "f.mp4"):
        site.write(f"notes/media/{name}", b"x")
    site.note("a", "![[p.pdf#page=3|600x400]]\n\n![[s.mp3]]\n\n![[f.mp4|320]]")
    assert codes(site.build()) == []
    page = article(site)
    assert 'data="media/p.pdf#page=3" aria-label="p.pdf" width="600" height="400"' in page
    assert '<audio controls preload="none" src="media/s.mp3"' in page
    assert 'src="media/f.mp4"' in page
    assert 'width="320"' in page
    assert {"media/p.pdf", "media/s.mp3", "media/f.mp4"} <= site.outputs()
