"""Reading CSL-JSON."""

from __future__ import annotations

import json

import pytest

from notesite.bibliography.entries import Date, Name
from notesite.bibliography.reading import read_library

ITEM = {
    "id": "saxe2014",
    "type": "article-journal",
    "title": "Exact <i>solutions</i> in $L^2$",
    "author": [{"family": "Saxe", "given": "Andrew M."}, {"literal": "The Group"}],
    "issued": {"date-parts": [[2014, 5]]},
    "container-title": "J. of X",
    "page": "1-10",
    "DOI": "https://doi.org/10.1000/x",
}


def test_an_item_is_read_field_by_field() -> None:
    entry = read_library(json.dumps([ITEM]), "r.json")["saxe2014"]
    styles = [(run.text, run.style) for run in entry.title]
    assert styles == [("Exact ", ""), ("solutions", "italic"), (" in ", ""), ("L^2", "math")]
    assert entry.authors == (Name("Saxe", "Andrew M."), Name("The Group"))
    assert entry.issued == Date(2014, 5)
    assert (entry.pages, entry.doi) == ("1–10", "10.1000/x")


def test_chapters_and_days_of_access() -> None:
    item = {**ITEM, "chapter-number": 9, "accessed": {"date-parts": [[2021, 3, 4]]}}
    entry = read_library(json.dumps([item]), "r.json")["saxe2014"]
    assert (entry.chapter, entry.accessed) == ("9", Date(2021, 3, 4))


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ({"raw": "2014-05-02"}, Date(2014, 5, 2)),
        ({"literal": "in press"}, Date(text="in press")),
        ({"date-parts": [["2014"]]}, Date(2014)),
        (None, Date()),
        ({"date-parts": [[]]}, Date()),
    ],
)
def test_dates(issued: object, date: Date) -> None:
    text = json.dumps({"items": [{**ITEM, "issued": issued}]})
    assert read_library(text, "r.json")["saxe2014"].issued == date


@pytest.mark.parametrize(
    ("text", "code", "place", "message"),
    [
        ('[\n  {"id": a}\n]', "syntax", (2, 10), "not valid JSON"),
        ('{"a": 1}', "syntax", (1, 1), "is a list of items"),
        ('[{"title": "x"}]', "syntax", (1, 2), "item 1 of the list has no 'id'"),
        ("[3]", "syntax", (1, 2), "item 1 of the list is no object"),
        ('[\n{"id":"a"},\n {"id":"a"}]', "duplicate", (2, 2), "a second entry 'a'"),
        ('[\n {"id": "a", "type": "artcle"}]', "entry-type", (2, 3), "no item type 'artcle'"),
        ("[" * 100_000, "syntax", (1, 1), "nested too deeply"),
    ],
)
def test_mistakes_are_said_at_their_place(
    text: str, code: str, place: tuple[int, int], message: str
) -> None:
    problem = read_library(text, "r.json").diagnostics[0]
    assert problem.span
    assert problem.code == f"bibliography-{code}"
    assert (problem.span.start.line, problem.span.start.column) == place
    assert message in problem.message
