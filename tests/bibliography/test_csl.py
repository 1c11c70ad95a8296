"""Styles in CSL, and what is added to citeproc-py."""

from __future__ import annotations

import pytest

from notesite.bibliography.citing import AUTHOR, PROSE, YEAR, Words
from notesite.bibliography.csl import StyleError, csl_style
from notesite.bibliography.runs import to_html, to_text
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
        "(see Axler 2015 sec. 2, and more; Jacot et al. 2018)",
        "Axler (2015)",
        "(2015)",
        "Axler",
        "2015",
        "Axler (2015, thm.\u00a03)",
    ]


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
