"""Bibliographies made to do harm, or by chance: never a crash, and in bounded time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notesite.bibliography.citing import Words
from notesite.bibliography.latex import read_words
from notesite.bibliography.reading import Library, read_library
from notesite.bibliography.runs import to_html
from notesite.bibliography.styles import AuthorYear, Numeric
from tests.bibliography.library import cite
from tests.hostile.confining import confined

FAN = ",".join(f"k{number}" for number in range(200))

HOSTILE = {
    "braces": "@misc{a, title={" + "{" * 50_000 + "}" * 50_000 + "}}",
    "braces and commands": "@misc{a, title={\\x" + "{" * 5_000 + "}" * 5_000 + "}}",
    "emphasis": "@misc{a, title={" + "\\emph{" * 3_000 + "}" * 3_000 + "}}",
    "dollars": "@misc{a, title={" + "$" * 5_001 + "}}",
    "people": "@misc{a, author={" + " and ".join(["A, B"] * 5_000) + "}}",
    "commas": "@misc{a, author={" + "," * 20_000 + "}}",
    "entries in entries": "@misc{" * 5_000,
    "pieces": "@misc{a, title={x} " + "# {x} " * 5_000 + "}",
    "strings of strings": "@string{s0={"
    + "x" * 99
    + "}}\n"
    + "".join(f"@string{{s{n + 1}={' # '.join([f's{n}'] * 9)}}}\n" for n in range(12))
    + "@misc{a, title=s12}",
    "a chain": "".join(f"@misc{{k{n}, crossref={{k{n + 1}}}}}\n" for n in range(2_000)),
    "a circle of all": "".join(f"@misc{{k{n}, crossref={{{FAN}}}}}\n" for n in range(200)),
    "numbers": "@misc{a, year=2000, month=" + "9" * 5_000 + ", day=" + "9" * 5_000 + "}",
    "blanks": "@misc{a, pages={1" + " " * 50_000 + "x}, note={arXiv:" + "a" * 50_000 + "}}",
    "verbatim": "@misc{a, title={\\begin{verbatim} \\verb|x \\( \\[}}",
    "control": "@misc{a, title={x\0y\x01z}}",
}


def write_all(library: Library) -> str:
    """The list of references of a page that cites all of a library."""
    citations = [cite(key) for key in list(library)[:20]]
    pages = [style.format(citations, library, Words()) for style in (AuthorYear(), Numeric())]
    return "".join(to_html(line.text, {}) for page in pages for line in page.references)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files(name: str) -> None:
    assert "<script" not in write_all(read_library(HOSTILE[name], "r.bib"))


@pytest.mark.parametrize(
    "text",
    [
        "[" * 50_000,
        '[{"id": "a", "volume": ' + "9" * 6_000 + "}]",
        '[{"id": "a", "issued": {"date-parts": [[99999999999]]}, "author": "x", "title": []}]',
        '[{"id": {}, "type": [], "author": [{"family": null}, 3], "DOI": {}}]',
        '{"items": {"a": 1}}',
    ],
)
def test_hostile_json(text: str) -> None:
    write_all(read_library(text, "r.json"))


@pytest.mark.parametrize(
    "text",
    [
        "\\input",
        "\\footnote",
        "\\sqrt",
        "\\begin{array}",
        "\\textcolor{red}",
        "\\verb",
        "\\'\\title",
    ],
)
def test_commands_without_their_arguments_are_shown_as_they_are(text: str) -> None:
    assert read_words(f"Before {text}").startswith("Before ")


PIECES = st.sampled_from(
    ["@", "misc", "{", "}", "a", ",", "=", '"', "#", "\\", "'e", "$", "title", " ", "\n", "and",
     "<script>", "%", "~", "--", "year", "2000", "\\emph", "é", "@string", "author"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60).map("".join))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read(text: str) -> None:
    for source in (text, "@misc{a, title={" + text + "}, author={" + text + "}}"):
        assert "<script" not in write_all(read_library(source, "r.bib"))


def test_blanks_in_pages_are_looked_at_once() -> None:
    text = '[{"id": "a", "page": "1' + " " * 100_000 + 'x"}]'
    assert confined(lambda: len(read_library(text, "r.json")), seconds=5, mebibytes=600) == 1
