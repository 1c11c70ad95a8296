"""YAML that was made to break its reader: each a diagnostic at its place, or a value left out."""

from __future__ import annotations

import pytest

from notesite.frontmatter import split_front_matter
from notesite.frontmatter.reading import parse_front_matter
from tests.hostile.confining import confined

BOMB = "a: &a [x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
MERGES = "a: &a {k: 1}\n" + "".join(
    f"{name}: &{name}\n  <<: [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def problems(yaml: str) -> list[tuple[str, int, int, str]]:
    """Code, line, column and message of all that is wrong with a block of front matter."""
    block = split_front_matter(f"---\n{yaml}\n---\n")
    assert block
    _, found = confined(lambda: parse_front_matter(block, "a.md"), seconds=10, mebibytes=300)
    assert all(each.span for each in found)
    return [(p.code, p.span.start.line, p.span.start.column, p.message) for p in found if p.span]


@pytest.mark.parametrize(
    ("yaml", "line", "column", "says"),
    [
        (BOMB, 6, 1, "aliases expand without end"),
        (MERGES, 9, 1, "aliases expand without end"),
        ("title: x\na: &a [*a]", 3, 1, "aliases expand without end"),
        ("a: &a\n  <<: *a\n  b: 1", 2, 1, "aliases expand without end"),
        ("a: [" + "x, " * 6000 + "]", 2, 1, "too large"),
        ("a: " + "[" * 3000, 2, 1003, "nesting"),
        ("a: " + "[" * 3000 + "]" * 3000, 2, 1003, "nesting"),
        ("title: a\n\ttags: b", 3, 1, "tab"),
        ("title: a\nsummary: b\x01c", 3, 11, "U+0001"),
        ("title: 'a\x00b'", 2, 10, "U+0000"),
        ("title: '\x1b[31m'", 2, 9, "U+001B"),
        ("- a: b", 2, 1, "'key: value'"),
        ("a: 'b", 2, 6, ""),
        ("a: b: c", 2, 5, "a second colon"),
        ("a: *b", 2, 4, "an alias that is not defined"),
        ("a: *b*", 2, 6, "'*' and '&' mean something to YAML"),
        ("a: @b", 2, 4, "no value begins with '@'"),
        ("a:\n\t- b", 3, 1, "a tab, where YAML has spaces"),
    ],
)
def test_what_yaml_cannot_be_is_said_at_its_place(yaml, line, column, says):
    (problem,) = problems(yaml)
    assert problem[:3] == ("front-matter-syntax", line, column)
    assert says in problem[3]


@pytest.mark.parametrize(
    ("yaml", "line", "column", "says"),
    [
        ("title: a\ntitle: b", 3, 1, "'title' stands twice; the first counts"),
        ("x:\n  a: 1\n  a: 2", 4, 3, "'a' stands twice; the last counts"),
        ("x: [{b: 1, b: 2}]", 2, 12, "'b' stands twice; the last counts"),
    ],
)
def test_a_key_that_stands_twice_does_not_keep_a_note_back(yaml, line, column, says):
    (problem,) = problems(yaml)
    assert problem[:3] == ("front-matter-duplicate", line, column)
    assert says in problem[3]


@pytest.mark.parametrize(
    ("yaml", "line", "says"),
    [
        ("draft: maybe", 2, "true or false"),
        ("draft: 1", 2, "true or false"),
        ("draft: false\ndraft: true", 3, "'draft' stands twice"),
        ("publish: true\npublish: false", 3, "'publish' stands twice"),
    ],
)
def test_whether_a_note_is_published_is_never_guessed(yaml, line, says):
    (problem,) = problems(yaml)
    assert problem[:2] == ("front-matter-draft", line)
    assert says in problem[3]


@pytest.mark.parametrize(
    ("yaml", "wanted"),
    [
        ("title: [a]", "a text"),
        ("title: {a: b}", "a text"),
        ('title: "a\\0b"', "U+0000"),
        ('summary: "a\\x01b"', "U+0001"),
        ('tags: [a, "b\\eb"]', "U+001B"),
        ("tags: {a: b}", "a list of texts"),
        ("aliases: [[a]]", "a list of texts"),
        ("date: tomorrow", "a date"),
        ("date: 2026-02-31", "a date"),
        ("date: 99999-01-01", "a date"),
        ("order: .nan", "a number"),
        ("order: .inf", "a number"),
        ("order: " + "9" * 400, "a number"),
        ("order: " + "9" * 6000, "a value that YAML can read"),
        ("order: yes", "a number"),
        ("language: '\"><script>'", "a language's tag"),
        ("language: [en]", "a text"),
        ("macros: 5", "a table"),
        ("x: !!python/object/apply:os.system [true]", "a value that YAML can read"),
        ("x: !!python/name:os.system", "a value that YAML can read"),
        ("x: 2026-13-45", "a value that YAML can read"),
        ("x: {[a]: b}", "a value that YAML can read"),
    ],
)
def test_values_of_the_wrong_kind_are_left_out(yaml, wanted):
    ((code, _, _, message),) = problems(yaml)
    assert code == "front-matter-type"
    assert wanted in message


@pytest.mark.parametrize(
    "yaml",
    ["", "# only a comment", "a:", "1: b\ntrue: c", "a: &x 1\nb: *x", "? [a]\n: b", "a: \u2028"],
)
def test_odd_but_lawful_yaml_is_read(yaml):
    assert problems(yaml) == []


@pytest.mark.parametrize("unit", ["[[a", "[[a|", "[[a]"])
def test_brackets_in_names_are_looked_at_once(unit: str) -> None:
    assert problems(f'author: "{unit * 5000}"') == []


@pytest.mark.parametrize("tag", ["!!int", "!!float", "!!bool", "!!timestamp", "!!binary", "!!omap"])
@pytest.mark.parametrize("value", ["''", "maybe", "é", "[a]", "{=: 1}", "9-9-9"])
@pytest.mark.parametrize("key", ["draft", "date", "title", "tags", "other"])
def test_a_value_that_its_tag_does_not_fit_is_told_of_or_taken_as_text(
    key: str, tag: str, value: str
) -> None:
    for _, line, column, message in problems(f"{key}: {tag} {value}"):
        assert (line, column) >= (2, 1)
        assert f"'{key}' must be" in message
