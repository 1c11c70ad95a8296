"""Front matter: synonyms, types, places, and YAML that means harm."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesite.frontmatter import missed_front_matter, split_front_matter
from notesite.frontmatter.reading import parse_front_matter
from notesite.model import FrontMatter, MacroText
from notesite.spans import Span


def read(yaml: str):
    block = split_front_matter(f"---\n{yaml}\n---\nbody")
    assert block is not None
    return parse_front_matter(block, "a.md")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("---\ntitle: a\n---\nbody", 3),
        ("---\n---\n", 2),
        ("---  \na: b\n...\n", 3),
        ("text\n---\na: b\n---\n", None),
        ("---\nnever closed\n", None),
        ("----\na: b\n----\n", None),
        (" ---\na: b\n---\n", None),
    ],
)
def test_where_front_matter_ends(text: str, lines: int | None) -> None:
    block = split_front_matter(text)
    assert (block.lines if block else None) == lines


@pytest.mark.parametrize(
    ("yaml", "field", "value"),
    [
        ("title: 1984", "title", "1984"),
        ("title: true", "title", "true"),
        ("tags: [a, '#b', a]", "tags", ("a", "b")),
        ("tags: a, b c", "tags", ("a", "b c")),
        ("tags:\n  - a\n  -\n  - b", "tags", ("a", "b")),
        ("tag: x", "tags", ("x",)),
        ("date: 2026-05-14", "date", date(2026, 5, 14)),
        ("created: 2026-05-14T10:00:00Z", "date", date(2026, 5, 14)),
        ("date: '2026-05-14 10:00'", "date", date(2026, 5, 14)),
        ("lastmod: 2026-05-14", "updated", date(2026, 5, 14)),
        ("draft: true", "draft", True),
        ("publish: false", "publish", False),
        ("publish: true", "draft", False),
        ("published: 2024-01-01", "draft", False),
        ("weight: 2", "order", 2.0),
        ("order: 1.5", "order", 1.5),
        ("slug: /x/", "permalink", "/x/"),
        ("description: d", "summary", "d"),
        ("alias: Other", "aliases", ("Other",)),
        ("cssclass: wide", "css_classes", ("wide",)),
        ("author: A, B", "authors", ("A", "B")),
        ("macros:\n  R: '\\mathbb{R}'", "macros", (("R", MacroText("\\mathbb{R}")),)),
        ("math:\n  '\\R': '\\mathbb{R}'", "macros", (("R", MacroText("\\mathbb{R}")),)),
        (
            "math:\n  \\R: \\mathbb{R}\nmacros:\n  N: n",
            "macros",
            (("R", MacroText("\\mathbb{R}")), ("N", MacroText("n"))),
        ),
        ("math: true", "macros", ()),
        ("math:\n  enable: true", "macros", ()),
        ("Title: x", "title", "x"),
        ("title:", "title", None),
    ],
)
def test_fields(yaml: str, field: str, value: object) -> None:
    matter, problems = read(yaml)
    assert problems == ()
    assert getattr(matter, field) == value


@pytest.mark.parametrize(
    "written",
    [
        "2024-05-07",
        "2024-5-7",
        "2024/05/07",
        "2024-05-07-星期二 08:45",
        "2024-05-07, 08:45",
        "2024-05-07T08:45:10+08:00",
        "2024年5月7日",
        "20240507",
        "202405070845",
        "7.5.2024",
        "07.05.2024 08:45",
        "May 7, 2024",
        "Tuesday 7th May 2024",
        "Tuesday, May 7th 2024",
        "'[[2024-05-07]]'",
        "[[2024-05-07]]",
        "'[[2024-05-07|yesterday]]'",
        "'[[04 - Daily/2024-05-07]]'",
    ],
)
def test_dates_as_vaults_hold_them(written: str) -> None:
    assert read(f"date: {written}") == (
        FrontMatter(date=date(2024, 5, 7), spans=read(f"date: {written}")[0].spans),
        (),
    )


@pytest.mark.parametrize("written", ["05/07/2024", "May 2024", "2024", "2024-13-07", "20241307"])
def test_no_date_is_guessed(written: str) -> None:
    matter, (problem,) = read(f"date: {written}")
    assert (matter.date, problem.code) == (None, "front-matter-type")


@pytest.mark.parametrize(
    ("written", "is_draft"), [("'true'", True), ('"No"', False), ("yes", True), ("'false'", False)]
)
def test_flags_in_quotes(written: str, is_draft: bool) -> None:
    assert read(f"draft: {written}")[0].draft is is_draft
    assert read(f"publish: {written}")[0].publish is is_draft


@pytest.mark.parametrize(
    "text", ["Agenda\n---\nx", "\nText.\n\n---\nx", "- a\n- b\n---\n", "***\n---"]
)
def test_text_between_two_rules_is_no_front_matter(text: str) -> None:
    assert split_front_matter(f"---\n{text}") is None
    problem = missed_front_matter(f"---\n{text}", "a.md")
    assert problem is not None
    assert (problem.code, problem.severity.value) == ("front-matter-text", "warning")


def test_front_matter_below_blank_lines_is_told_of() -> None:
    problem = missed_front_matter("\n\n---\ntitle: a\n---\nb", "a.md")
    assert problem is not None
    assert (problem.code, problem.span) == ("front-matter-text", Span.at(3, 1, 3))
    assert missed_front_matter("\n---\n\ntext: a\n\n---\nb", "a.md") is None


def test_tags_and_aliases_of_two_keys_are_gathered() -> None:
    matter, problems = read("tag: a\ntags: [b, a]\nalias: c\naliases: d")
    assert (matter.tags, matter.aliases, problems) == (("a", "b"), ("c", "d"), ())


def test_a_backslash_in_double_quotes_is_explained() -> None:
    _, (problem,) = read(r'title: "The norm $\lVert x \rVert$"')
    assert problem.code == "front-matter-syntax"
    assert problem.span == Span.at(2, 19)
    assert "single quotes" in problem.hints[0]


def test_a_blank_before_the_first_key() -> None:
    block = split_front_matter("---\n\nkanban-plugin: board\n\n---\n")
    assert block is not None
    assert parse_front_matter(block, "a.md")[0].extra == {"kanban-plugin": "board"}


def test_the_first_of_two_synonyms_wins() -> None:
    assert read("summary: a\ndescription: b")[0].summary == "a"


@pytest.mark.parametrize(
    ("yaml", "field", "value"),
    [
        ("url: https://arxiv.org/abs/1", "permalink", None),
        ("url: my/page", "permalink", "my/page"),
        ("permalink: a\nurl: https://x.org", "permalink", "a"),
        ("author: '[[Emmy Noether]]'", "authors", ("Emmy Noether",)),
        ("authors: ['[[People/EN|Emmy]]', Ada]", "authors", ("Emmy", "Ada")),
        ("author: [{name: Emmy, orcid: 1}, {name: '[[Ada]]'}]", "authors", ("Emmy", "Ada")),
        ("author: {name: Emmy}", "authors", ("Emmy",)),
        ("order: '3'", "order", 3.0),
        ("order: '-1.5'", "order", -1.5),
    ],
)
def test_values_as_vaults_hold_them(yaml: str, field: str, value: object) -> None:
    matter, problems = read(yaml)
    assert problems == ()
    assert getattr(matter, field) == value


@pytest.mark.parametrize("yaml", ["party: x", "dates: y", "update:", "source: z"])
def test_other_words_are_no_misspellings(yaml: str) -> None:
    assert read(yaml)[1] == ()


def test_unknown_keys_are_kept_for_templates() -> None:
    matter, problems = read("reviewer: [Ada, Emmy]")
    assert problems == ()
    assert matter.extra == {"reviewer": ["Ada", "Emmy"]}


@pytest.mark.parametrize(
    ("yaml", "code", "place"),
    [
        ("a: 1\nsumary: x", "front-matter-unknown-key", (3, 1)),
        ("draft: perhaps", "front-matter-draft", (2, 8)),
        ("date: 2026-13-40", "front-matter-type", (2, 7)),
        ("date: soon", "front-matter-type", (2, 7)),
        ("title: [a]", "front-matter-type", (2, 8)),
        ("macros:\n  a: x\n  b: {bdy: y}", "front-matter-type", (4, 6)),
        ("tags: {a: b}", "front-matter-type", (2, 7)),
        ("order: first", "front-matter-type", (2, 8)),
        ("macros: [R]", "front-matter-type", (2, 9)),
        ("title: a\ntitle: b", "front-matter-duplicate", (3, 1)),
        ("draft: true\ndraft: false", "front-matter-draft", (3, 1)),
        ("title: a: b", "front-matter-syntax", (2, 9)),
        ("title: x\n\ttags: y", "front-matter-syntax", (3, 1)),
        ("title: 'open", "front-matter-syntax", (2, 13)),
        ("- a: b", "front-matter-syntax", (2, 1)),
        ("title: {{title}}", "front-matter-template", (2, 8)),
        ("x: !!python/object/apply:os.system [ls]", "front-matter-type", (2, 4)),
    ],
)
def test_faults_are_placed(yaml: str, code: str, place: tuple[int, int]) -> None:
    (problem,) = read(yaml)[1]
    assert problem.code == code
    assert problem.span is not None
    assert (problem.span.start.line, problem.span.start.column) == place


def test_one_fault_spares_the_other_fields() -> None:
    matter, problems = read("title: good\ndraft: perhaps\nsection: proofs")
    assert (matter.title, matter.section, len(problems)) == ("good", "proofs", 1)


@pytest.mark.parametrize("key", ["- *{}", "<<: *{}"])
def test_aliases_that_explode_are_refused(key: str) -> None:
    names = "abcdefghij"
    first = "a: &a {x: 1}" if key.startswith("<<") else "a: &a [x]"
    lines = [first]
    for before, name in pairwise(names):
        if key.startswith("<<"):
            lines.append(
                f"{name}: &{name} {{k1: *{before}, k2: *{before}, <<: [*{before}, *{before}]}}"
            )
        else:
            lines.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]")
    matter, (problem,) = read("\n".join(lines))
    assert problem.code == "front-matter-syntax"
    assert "expand" in problem.message
    assert matter == FrontMatter()


def test_alias_to_itself_is_refused() -> None:
    assert read("a: &a [*a]")[1][0].code == "front-matter-syntax"


@given(st.text(max_size=80))
def test_any_text_is_read_or_reported(yaml: str) -> None:
    block = split_front_matter(f"---\n{yaml}\n---\n")
    if block is not None:
        parse_front_matter(block, "a.md")
