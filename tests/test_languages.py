"""Interface strings: complete in every language, plural forms, dates, a site's own words."""

from __future__ import annotations

from datetime import date

import pytest

from notesite.config import parse_config
from notesite.languages import (
    LANGUAGES,
    Strings,
    base_keys,
    catalogue,
    override_problem,
    placeholders,
)
from tests.conftest import SiteMaker, codes


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_every_string(code: str) -> None:
    assert base_keys(catalogue(code).language.words) == base_keys(catalogue("en").language.words)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_plural_form_is_there(code: str) -> None:
    language = catalogue(code).language
    assert {language.plural(count) for count in range(200)} == set(language.categories)
    plurals = {key.removesuffix(".other") for key in language.words if key.endswith(".other")}
    wanted = {f"{key}.{category}" for key in plurals for category in language.categories}
    assert wanted <= language.words.keys()


@pytest.mark.parametrize("code", LANGUAGES)
def test_placeholders_are_those_of_english(code: str) -> None:
    english = catalogue("en").language.words
    for key, text in catalogue(code).language.words.items():
        base, _, category = key.rpartition(".")
        like = english.get(key) or english[f"{base}.other"]
        allowed = placeholders(like)
        # A form for a single count may say it in words.
        optional = {"count"} if category in {"zero", "one", "two"} else set()
        assert allowed - optional <= placeholders(text) <= allowed, key


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("de", "de"), ("de-AT", "de"), ("de-Latn-CH", "de"), ("DE_de", "de"), ("en-US", "en-us"),
        ("en-GB", "en"), ("ar-EG", "ar"), ("fr-CA", "fr"), ("tlh", "en"), ("", "en"),
    ],
)  # fmt: skip
def test_the_nearest_language_is_taken(asked: str, found: str) -> None:
    assert catalogue(asked).language.code == found


def test_values_and_plural_forms() -> None:
    english, arabic = catalogue("en"), catalogue("ar")
    assert english.text("count.notes", count=1) == "1 note"
    assert english.text("count.notes", count=12345) == "12,345 notes"
    assert catalogue("de").text("count.notes", count=12345) == "12.345 Notizen"
    assert catalogue("fr").text("count.notes", count=0) == "0 note"
    assert catalogue("fr").text("count.notes", count=12345) == "12\u202f345 notes"
    assert arabic.text("count.notes", count=2) == "مذكرتان"
    assert arabic.text("count.notes", count=103) == "103 مذكرات"
    assert english.text("tag.description", tag="{count}") == "Notes tagged {count}"
    with pytest.raises(AssertionError, match="no string"):
        english.text("no.such.key")


def test_dates_are_written_as_the_language_does() -> None:
    day = date(2026, 3, 4)
    written = {code: catalogue(code).date(day) for code in LANGUAGES}
    assert written["en"] == "4 March 2026"
    assert written["en-us"] == "March 4, 2026"
    assert written["de"] == "4. März 2026"
    assert written["fr"] == "4 mars 2026"
    assert written["ar"] == "4 مارس 2026"
    assert catalogue("fr").date(date(2026, 5, 1)) == "1er mai 2026"
    assert catalogue("de").date(date(2026, 5, 1)) == "1. Mai 2026"


def test_a_sites_own_words_hold_for_its_language_only() -> None:
    strings = Strings("en", (("note.backlinks", "Cited in"), ("de.note.source", "Herkunft")))
    assert strings.of().text("note.backlinks") == "Cited in"
    assert strings.of("de").text("note.backlinks") == "Verweise hierher"
    assert strings.of("de-AT").text("note.source") == "Herkunft"
    assert strings.of().text("note.source") == "Source of this note"


def test_overrides_are_checked() -> None:
    assert override_problem("note.updated", "on {date}") == ""
    assert "it can hold {date}" in override_problem("note.updated", "on {day}")
    assert override_problem("count.notes.few", "{count}") == ""
    text = '[strings]\nnote.backlink = "x"\n"note.minutes.other" = "{minuets}"\n'
    config, problems = parse_config(text)
    assert [(p.code, p.span.start.line) for p in problems if p.span] == [
        ("config-value", 2), ("config-value", 3),
    ]  # fmt: skip
    assert problems[0].hints == ("did you mean 'note.backlinks'?",)
    assert config.strings == {}


def test_a_page_speaks_the_language_of_its_note(site: SiteMaker) -> None:
    site.write(
        "notesite.toml",
        '[site]\ngit_dates=false\ntitle="S"\n[strings]\nnote.minutes.one="a minute"\n',
    )
    site.note("english", "[[german]]\n\n> [!thm]\n> x\n\n> [!tip]\n> y", date="2026-03-04")
    site.note("german", "> [!thm]\n> x\n\n> [!tip]\n> y", lang="de", date="2026-03-04")
    site.note("arabic", "> [!thm]\n> x\n\n> [!proof]\n> x", language="ar")
    assert codes(site.build()) == []
    english, german, arabic = (site.page(f"{n}.html") for n in ("english", "german", "arabic"))
    assert '<html lang="en" dir="ltr" ' in english
    assert "4 March 2026" in english
    assert ">a minute<" in english
    assert '<html lang="de" dir="ltr" ' in german
    for words in ("4. März 2026", ">Satz<", "Tipp", "Verweise hierher", "Zum Text springen"):
        assert words in german
    assert '<html lang="ar" dir="rtl" ' in arabic
    assert ">برهان<" in arabic


def test_the_whole_site_in_another_language(site: SiteMaker) -> None:
    site.write("notesite.toml", '[site]\ngit_dates=false\ntitle="S"\nlanguage="de"\n')
    site.note("a", "[[b]]", tags="[one]", aliases="[/old/place/]")
    site.note("b", "x")
    assert codes(site.build()) == []
    assert "Alle Notizen" in site.page("all.html")
    assert "1 Notiz · " in site.page("tags/one.html")
    assert "2 Notizen und 1 Verweis zwischen ihnen." in site.page("map.html")
    assert "das Verzeichnis dieser Notizen" in site.page("404.html")
    assert 'ist <a href="../../a.html">nun hier</a> zu finden.' in site.page("old/place/index.html")


def test_the_section_of_notes_in_no_other_has_a_name_of_the_language(site: SiteMaker) -> None:
    site.write("notesite.toml", '[site]\ngit_dates=false\nlanguage="de"\n')
    site.note("a", "Text.")
    assert codes(site.build()) == []
    assert "<h1>Notizen</h1>" in site.page("notes/index.html")
    # Whoever gives it a name has the last word.
    site.write(
        "notesite.toml",
        '[site]\ngit_dates=false\nlanguage="de"\n[strings]\nsection.notes = "Zettel"\n',
    )
    assert codes(site.build()) == []
    assert "<h1>Zettel</h1>" in site.page("notes/index.html")
