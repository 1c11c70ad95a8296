"""Styles in CSL, and what is added to citeproc-py."""

from __future__ import annotations

import pytest

from notesite.bibliography.citing import AUTHOR, PROSE, YEAR, Citation, Item, Words
from notesite.bibliography.csl import StyleError, csl_style
from notesite.bibliography.entries import Date, Entry, Name
from notesite.bibliography.runs import Run, to_html, to_text
from tests.bibliography.library import cite, item, library

AUTHOR_DATE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>Test</title><id>test</id><updated>2020-01-01T00:00:00+00:00</updated></info>
  <citation et-al-min="3" et-al-use-first="1" disambiguate-add-year-suffix="true">
    <layout prefix="(" suffix=")" delimiter="; ">
      <group delimiter=" ">
        <names variable="author"><name form="short" and="symbol"/><substitute>
          <text variable="title"/></substitute></names>
        <date variable="issued"><date-part name="year"/></date>
        <group><label variable="locator" form="short"/><text variable="locator" prefix=" "/></group>
      </group>
    </layout>
  </citation>
  <bibliography>
    <sort><key variable="author"/></sort>
    <layout suffix=".">
      <group delimiter=", ">
        <names variable="author"><name initialize-with="." name-as-sort-order="first"/></names>
        <text variable="title" font-style="italic" text-case="title"/>
        <date variable="issued"><date-part name="year"/></date>
      </group>
    </layout>
  </bibliography>
</style>
"""
NUMBERS = (
    AUTHOR_DATE.split("<citation", 1)[0]
    + """
  <citation><layout prefix="[" suffix="]" delimiter=", "><text variable="citation-number"/></layout>
  </citation>
  <bibliography><layout><text variable="citation-number" suffix=". "/>
    <text variable="title"/></layout></bibliography></style>
"""
)


def said(style: str, *citations: object) -> list[str]:
    page = csl_style(style, "en").format(citations, library(), Words())  # type: ignore[arg-type]
    return [to_text(text, {}) for text in page.citations]


def test_citations_by_author() -> None:
    assert said(
        AUTHOR_DATE,
        cite("jacot2018", item("axler2015", "see", "sec. 2", "and more")),
        cite("axler2015", form=PROSE),
        cite(item("axler2015", suppresses_author=True)),
        cite("axler2015", form=AUTHOR),
        cite("axler2015", form=YEAR),
        cite(item("axler2015", locator="thm. 3"), form=PROSE),
    ) == [
        "(Jacot et al. 2018; see Axler 2015 sec. 2, and more)",
        "Axler (2015)",
        "(2015)",
        "Axler",
        "2015",
        "Axler (2015, thm.\u00a03)",
    ]


def described(style: str, **fields: object) -> str:
    work = Entry(key="k", kind="chapter", **fields)  # type: ignore[arg-type]
    page = csl_style(style, "en").format([Citation((Item("k"),))], {"k": work}, Words())
    return to_text(page.references[0].text, {})


TITLED = {"title": (Run("A Title"),), "issued": Date(1990, until=1992)}


def test_what_stands_for_missing_names_is_not_said_again() -> None:
    style = AUTHOR_DATE.replace('name-as-sort-order="first"/>', "/><substitute><names variable="
                                '"editor"/><text macro="t"/></substitute>')  # fmt: skip
    macro = '<macro name="t"><text variable="title"/></macro>\n  <citation'
    style = style.replace("<citation", macro, 1)
    assert described(style, **TITLED) == "A Title, 1990–1992."
    names = {"editors": (Name("Abel", "Ada"),)}
    assert described(style, **TITLED, **names) == "A. Abel, A Title, 1990–1992."


@pytest.mark.parametrize(
    ("element", "said"),
    [
        ('<group><text value="no. "/><text variable="number"/></group>', ""),
        ('<group><choose><if type="chapter"><text value="no. "/></if><else><text variable="note"/>'
         '</else></choose><text variable="number"/></group>', ""),
        ('<group><text value="no. "/><text variable="volume"/></group>', "no. 3"),
        ('<names variable="container-author"/>', "Ada Abel"),
        ('<names variable="editor"><label form="short" text-case="title" prefix=" "/></names>',
         "Bo Weil Ed."),
    ],
)  # fmt: skip
def test_groups_roles_and_labels(element: str, said: str) -> None:
    style = AUTHOR_DATE.replace('<text variable="title" font-style="italic" text-case="title"/>',
                                element)  # fmt: skip
    people = {"container_authors": (Name("Abel", "Ada"),), "editors": (Name("Weil", "Bo"),)}
    written = described(style, issued=Date(1990), volume="3", **people)
    assert written == ", ".join(filter(None, (said, "1990."))), element


def test_chapters_and_days_of_access_are_said() -> None:
    style = AUTHOR_DATE.replace(
        '<text variable="title" font-style="italic" text-case="title"/>',
        '<text variable="chapter-number" prefix="ch. "/><date variable="accessed" prefix="seen ">'
        '<date-part name="day" suffix="/"/><date-part name="month" form="numeric" suffix="/"/>'
        '<date-part name="year"/></date>',
    )
    seen = described(style, chapter="9", accessed=Date(2021, 3, 4), issued=Date(1990))
    assert seen == "ch. 9, seen 4/3/2021, 1990."


def test_locators_may_be_several_numbers() -> None:
    numeric = '<choose><if is-numeric="locator"><text value="N"/></if></choose>'
    style = AUTHOR_DATE.replace(
        '<group><label variable="locator" form="short"/>', f"{numeric}<group>"
    )
    assert said(style, cite(item("axler2015", locator="pp. 3-5"))) == ["(Axler 2015 N 3–5)"]
    assert said(style, cite(item("axler2015", locator="chap. intro"))) == ["(Axler 2015 intro)"]


def test_two_marks_do_not_end_one_sentence() -> None:
    date = '<date variable="issued"><date-part name="year"/></date>\n      </g'
    style = AUTHOR_DATE.replace(date, "</g")
    assert described(style, title=(Run("Why?"),)) == "Why?"


def test_the_list_is_sorted_by_names_without_accents_and_markup() -> None:
    style = AUTHOR_DATE.replace('<key variable="author"/>', '<key macro="n"/>')
    macro = ('<macro name="n"><names variable="author"><name/><substitute><text variable="title" '
             'font-style="italic"/></substitute></names></macro>\n  <citation')  # fmt: skip
    works = {
        key: Entry(key, "book", (Run(f"{key} x"),), (Name(key),) if key != "O no title" else ())
        for key in ("Zorn", "Öre", "O no title", "O’Neill", "Orr")
    }
    page = csl_style(style.replace("<citation", macro, 1), "en").format(
        [Citation(tuple(map(Item, works)))], works, Words()
    )
    assert [line.key for line in page.references] == [
        "O no title", "O’Neill", "Öre", "Orr", "Zorn",
    ]  # fmt: skip


def test_letters_behind_the_years_of_works_that_read_alike() -> None:
    page = csl_style(AUTHOR_DATE, "en").format(
        [cite("saxe2014"), cite("saxe2014b")], library(), Words()
    )
    assert [to_text(text, {}) for text in page.citations] == [
        "(Saxe et al. 2014b)",
        "(Saxe et al. 2014a)",
    ]
    years = {line.key: to_text(line.text, {}).split(", ")[-1] for line in page.references}
    assert years["saxe2014b"].startswith("2014a.")
    assert years["saxe2014"].startswith("2014b.")


def test_numbers() -> None:
    page = csl_style(NUMBERS, "en").format(
        [cite("saxe2014"), cite("axler2015", "saxe2014"), cite("axler2015", form=PROSE)],
        library(),
        Words(),
    )
    assert [to_text(text, {}) for text in page.citations] == ["[1]", "[1, 2]", "Axler [2]"]
    assert [line.label for line in page.references] == ["1.", "2."]


def test_formulas_and_braces_go_through_unharmed() -> None:
    page = csl_style(AUTHOR_DATE, "en").format(
        [cite("riesz1907"), cite("jacot2018")], library(), Words()
    )
    formulas = {"L^2": ("<math>L2</math>", "L²"), r"\mathbb{R}^d": ("<math>Rd</math>", "ℝᵈ")}
    lines = {line.key: to_html(line.text, formulas) for line in page.references}
    assert "<math>L2</math>" in lines["riesz1907"]
    assert "Convergence" in to_text(page.references[0].text, {})
    assert 'href="https://doi.org/10.1000/a_b"' in lines["riesz1907"]


def test_the_language_of_the_site_chooses_the_locale() -> None:
    page = csl_style(AUTHOR_DATE, "de").format(
        [cite(item("axler2015", locator="p. 3"))], library(), Words()
    )
    assert to_text(page.citations[0], {}) == "(Axler 2015 S. 3)"


@pytest.mark.parametrize(
    "text", ["", "no xml", "<style/>", "<!DOCTYPE x [<!ENTITY a 'b'>]><style/>", "<html></html>"]
)
def test_a_file_that_is_no_style_is_refused(text: str) -> None:
    with pytest.raises(StyleError):
        csl_style(text, "en")


@pytest.mark.parametrize(
    ("macros", "says"),
    [
        ('<macro name="m"><text macro="m"/></macro>', "its macro 'm' calls itself"),
        (
            '<macro name="m"><text macro="n"/></macro><macro name="n"><text macro="m"/></macro>',
            "calls itself",
        ),
        (
            '<macro name="m0"><text value="x"/></macro>'
            + "".join(
                f'<macro name="m{n + 1}"><text macro="m{n}"/><text macro="m{n}"/></macro>'
                for n in range(40)
            ),
            "calls more than 10,000 others",
        ),
    ],
)
def test_macros_without_end_are_refused(macros: str, says: str) -> None:
    with pytest.raises(StyleError, match=says):
        csl_style(AUTHOR_DATE.replace("<citation", f"{macros}<citation", 1), "en")
